"""Suffixes and bound nouns by what they make of the word before them, and of a number."""

from __future__ import annotations

#: They open a phrase, and are no noun alone: 생성형 AI, 서버용 D램.
OPENING = "형용급별"
#: They close one: 두 명씩, 세계적.
CLOSING = ("짜리", "끼리", "가량", *"적쯤당씩째간경여님발상")
#: More than one of what it names.
PLURAL = "들"
#: What a number before it names, and does not count: 3나노, 2공장.
NUMBERED = ("나노", "공장", "팹", "캠퍼스")
