"""Extractive summaries: which sentences, in which order, out of what each of them is worth."""

from __future__ import annotations

from .choose import choose, of_theme
from .rank import rank, unmet
from .ranked import Ranked, indexed

__all__ = ["Ranked", "choose", "indexed", "of_theme", "rank", "unmet"]
