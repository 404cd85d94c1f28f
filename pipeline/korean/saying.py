"""Verbs of saying, as news writes them: what somebody said, what was made known."""

from __future__ import annotations

#: The past that most quotations end in, all that they end in, and what an announcement ends in, up to the
#: ending.
SAID = ("밝혔", "말했", "전했")
TOLD = (*SAID, "강조했", "설명했", "적었", "썼", "답했")
ANNOUNCED = ("밝혔", "발표했", "공개했", "공시했")
#: What was announced and has changed since: 밝혔던 목표.
ONCE_SAID = tuple(f"{said}던" for said in ANNOUNCED)
#: What is said now, plain and formal: 오른다고 말한다.
SAYING = ("한다", "전한다", "말한다", "본다", "밝힌다", "합니다", "말합니다", "밝힙니다")
