"""Levels of a market index, which have no unit: 3,460선, 3,412.08에 마감."""

from __future__ import annotations

import re

#: A level of a market index, what follows one, and what stands before it.
_INDEX = re.compile(
    r"\d{1,3}(?:,\d{3})+(?:\.\d{1,2})?|\d{3,5}\.\d{1,2}|\d{3,5}(?=선)|\d만\s?\d{1,4}(?:,\d{3})?(?:\.\d{1,2})?"
)
#: An index by name right before its level, however small: 변동성지수(VIX)는 17.9로.
_NAMED = re.compile(
    r"(?:지수|VIX|인덱스|코스[피닥])\)?(?:[는은이가]|의\s예상\s(?:범위|밴드)[는로])?\s$|(?:코스[피닥]|지수)\s(?:예상\s)?(?:범위|밴드)[는로]\s$"
)
_BEFORE = frozenset("는은이가로")
_LEVEL = re.compile(r"\d{1,3}(?:,\d{3})*(?:\.\d{1,2})|\d{1,3}(?:,\d{3})+")
_REACHED = re.compile(r"(?:을|를|으?로|에|까지|이[었며고]|였|\s?[~∼〜～–-]\s?\d)")
_AT_LEVEL = re.compile(
    r"선(?=[을를이은도에까 ]|\s?(?:부근|아래|위|안팎))|\s?\([-+−–△▼▲]\s?\d[\d.]{0,5}(?:%|포인트)"
    r"|(?:에|로|으로)\s(?:거래를\s|장을\s)?(?:마감|마쳤|마친|출발|개장)"
)
_MOVED_TO = re.compile(r"(?:오른|내린|뛴|빠진|밀린|(?:상승|하락|급등|급락)한)\s$")


def is_level(text: str, start: int, end: int) -> bool:
    """Whether a number without a unit is a level of a market index: 3,460선, 3,412.08에 마감."""
    named = start > 1 and text[start - 2] in _BEFORE and _LEVEL.fullmatch(text, start, end) is not None
    if named and _REACHED.match(text, end) and _NAMED.search(text, max(0, start - 24), start):
        return True
    if not _INDEX.fullmatch(text, start, end):
        return False
    return bool(_AT_LEVEL.match(text, end) or _MOVED_TO.search(text, max(0, start - 6), start))
