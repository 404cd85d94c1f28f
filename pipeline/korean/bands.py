"""Bands of values, and parts of them: 30%대, 7만원대, 20%대 후반, 한 자릿수 초반."""

from __future__ import annotations

import re
from decimal import Decimal

#: A value, exact; an int wherever it is whole.
Value = int | float

_BAND = re.compile(r"대(?=[^가-힣]|$|[은는이가를에의로와까였라예인여도쯤])")
_PART = re.compile(r"\s(?P<part>[초중후])반(?!기|전|생|부|영|응|복|발|대)")
#: Tenths of a band that its parts begin at and end before; what lies about the middle is 4 to 6.
_PARTS = {"초": (0, 4), "중": (4, 6), "후": (7, 10)}


def plain(value: int | Decimal) -> Value:
    """A value as an int, wherever it is whole."""
    return value if isinstance(value, int) else int(value) if value == int(value) else float(value)


def band_of(text: str, end: int, low: Value) -> tuple[int, Value, Value] | None:
    """Where a band ends whose first value ends at a place, and its own first and last value, if it is one."""
    band = _BAND.match(text, end)
    if band is None:
        return None
    high = _top(low)
    return (part_of(text, band.end(), low, high) if low >= 2 else None) or (band.end(), low, high)


def part_of(text: str, end: int, low: Value, high: Value) -> tuple[int, Value, Value] | None:
    """The part of a band that is told behind it: of 20%대, 20 to 23.99, 24 to 26 or 27 to 29.99."""
    found = _PART.match(text, end)
    if found is None:
        return None
    gap = Decimal(1) if isinstance(high, int) else Decimal("0.01")
    begin = Decimal(str(low))
    tenth = (Decimal(str(high)) + gap - begin) / 10
    first, last = _PARTS[found["part"]]
    most = begin + tenth * last - (0 if found["part"] == "중" else gap)
    return found.end(), plain(begin + tenth * first), plain(most)


def _top(low: Value) -> Value:
    """The last value of a band: 30%대 ends at 39.99, 1%대 at 1.99, 7만원대 at 79,999."""
    if isinstance(low, float):
        return low
    step = 1
    while low and low % (step * 10) == 0:
        step *= 10
    return low + step - 1 if low >= 1000 else round(low + step - 0.01, 2)
