"""Endings of verbs and adjectives, by what they tell."""

from __future__ import annotations

#: Syllables of a past that verbs are contracted with, and those of one that stand by themselves.
PAST = "았었였했됐갔왔났랐렀켰졌쳤꼈"
TENSES = "었았였겠"
#: What a word ends with that began before it: endings, and particles behind a plural.
REST = (
    "다",
    "요",
    "며",
    "고",
    "지만",
    "면서",
    "니다",
    "다고",
    "다며",
    "다는",
    "라는",
    "습니다",
    "는데",
    "으며",
    "으면",
    "려고",
    "도록",
    "던",
    "들은",
    "들이",
    "들을",
    "들의",
    "들도",
)
