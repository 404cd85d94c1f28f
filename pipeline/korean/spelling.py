"""The forms in which words and lines are compared, however they are spelled."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Sequence

#: Letters that number the items of a list: 가. 나. 다.
LETTERS = "가나다라마바사아자차카타파하"
#: Hyphens and dashes that stand inside words.
HYPHENS = "-‐‑–−"
#: The first and the last composed syllable of Hangul.
FIRST_SYLLABLE, LAST_SYLLABLE = "가", "힣"
#: Letters that syllables fall apart into, in a class; syllables that did, whole or but for their last letter.
JAMO = r"\u1100-\u11ff"
DECOMPOSED = r"[\u1100-\u115f][\u1160-\u11a7][\u11a8-\u11ff]?|[가-힣][\u11a8-\u11c2]"
#: Emoji, and the letters that laugh and cry, in a class.
EMOJI, LAUGHS, CRIES = r"\u2600-\u27bf\U0001f000-\U0001faff", "ㅋㅎ", "ㅠㅜ"
_GLUE = re.compile(rf"[\s{re.escape(HYPHENS)}·]+")
_MARKS = re.compile(r"[\W_]+")


def is_syllable(char: str) -> bool:
    """Whether it is a composed syllable of Hangul."""
    return FIRST_SYLLABLE <= char <= LAST_SYLLABLE


def key_of(text: str) -> str:
    """The key of a term: spacing, hyphens and letter case folded away (데이터 센터, 데이터센터)."""
    return _GLUE.sub("", text).casefold()


def first_names(groups: Iterable[Sequence[str]]) -> dict[str, str]:
    """By the key of each name that of the first of its group, for groups of names of one thing."""
    return {key_of(name): key_of(group[0]) for group in groups for name in group}


def letters_of(text: str) -> str:
    """What is left of a line without spaces and marks, in one letter case: a headline told twice."""
    return "".join(_MARKS.split(text.replace(" ", ""))).casefold()


def words_of(text: str) -> list[str]:
    """The words of a line, in one letter case, parted at spaces and marks."""
    return _MARKS.sub(" ", text).casefold().split()


def plain_letters_of(text: str) -> str:
    """`letters_of` with full-width and ligated characters as plain ones (NFKC), whoever typed the text."""
    return letters_of(unicodedata.normalize("NFKC", text))


def is_short_for(long: str, short: str) -> bool:
    """Whether the short form's syllables stand in the long one, in their order, from its first on."""
    letters = iter(long)
    return 2 <= len(short) < len(long) and long[0] == short[0] and all(c in letters for c in short)
