"""Figures, periods and days in a text, in a form that can be compared."""

from __future__ import annotations

import math
import re
from functools import lru_cache
from typing import NamedTuple

from ..korean.counting import find_others
from ..korean.numerals import ROUNDING, digits_of, last_place_of
from ..korean.quantities import find_quantities
from ..korean.times import ANY, BARE_DAY, BARE_MONTH, HALF, MINUTE, QUARTER, SCORE
from ..records import CountRules

#: From here on figures are rounded in the news.
_ROUNDED = 10_000
#: Smallest value that may be one that can be rounded, itself rounded.
NEARLY = _ROUNDED * (1 - ROUNDING)
#: High end over low end of a range that says little: 두 자릿수.
VAGUE = 1.5
#: Digits that are not zero from which on a number says something whatever it counts.
_TELLING = 3
#: What a time to the minute and the end of a game go under.
_MINUTE, _GAME = "시각", "승부"
#: What stands before a number that is part of a name: RTX 5090, S26, F-35.
_NAME_BEFORE = re.compile(r"[A-Za-z][ -]?$")
# Times are no figures.
_CLOCK = re.compile(ANY)
_TIME, _SCORE = (re.compile(rf"(?=\d)(?:{one})") for one in (MINUTE, SCORE))
_QUARTER, _HALF = map(re.compile, (QUARTER, HALF))
_MONTH = re.compile(BARE_MONTH)
_DAY = re.compile(BARE_DAY)


class Figure(NamedTuple):  # it is looked for in many sets
    """A value with its unit: 6조9800억원 is ``Figure(6.98e12, "KRW")``."""

    value: float
    unit: str

    @property
    def year(self) -> bool:
        """Whether it is a bare year, of which many events have the same: CES 2026."""
        return not self.unit and 1900 <= self.value < 2100 and self.value == int(self.value)

    @property
    def precise(self) -> bool:
        """Whether two events hardly share it by chance: four digits that count, or a time to the minute."""
        return self.unit == _MINUTE or (self.unit != _GAME and digits_of(self.value) >= 4)


def quantities(text: str, rules: CountRules) -> frozenset[Figure]:
    """Telling figures of a text. Dates are left out; a time to the minute tells an event, and stays in."""
    found: set[Figure] = {
        Figure(float(int(m[1]) % 12 * 60 + int(m[2] or m[3])), _MINUTE)  # 오후 2시 is 14시
        for m in _TIME.finditer(text)
    }
    text = _TIME.sub(" ", text) if found else text
    scores = [sorted((int(match[1]), int(match[2]))) for match in _SCORE.finditer(text)]
    found.update(Figure(float(ones * 1000 + others), _GAME) for ones, others in scores)
    text = _CLOCK.sub(" ", _SCORE.sub(" ", text) if scores else text)
    read = find_quantities(text, rules.measures)
    for one in read:
        if one.low is None or one.high is None or one.native or one.high > VAGUE * abs(one.low):
            continue
        name = rules.same.get(one.unit, one.unit)
        values = {abs(float(one.low)), abs(float(one.high))}
        found.update(Figure(v, name) for v in values if name in rules.telling or digits_of(v) >= _TELLING)
    for start, value, _ in find_others(text, read):
        figure = Figure(float(value), "")
        named = _NAME_BEFORE.search(text, max(0, start - 2), start)
        if digits_of(figure.value) >= _TELLING and not figure.year and not named:
            found.add(figure)
    return frozenset(found)


def alike(one: Figure, other: Figure) -> bool:
    """Whether two figures may stand for the same: the same unit, and as close as rounding leaves them."""
    return one.unit == other.unit and rounded(one.value, other.value)


def rounded(one: float, other: float) -> bool:
    """Whether one of two values is the other, or the other rounded.

    7조원 stands for 6조9800억원 and 355.8억원 for 356억원, but 5조7300억원 is not 5조8511억원. Small figures
    are exact: 38% is not 39%.
    """
    most, off = max(one, other), abs(one - other)
    # Most pairs end here, before digits are counted.
    if not off or most < _ROUNDED or off > ROUNDING * most:
        return not off
    few, many = sorted((one, other), key=digits_of)
    if digits_of(few) == digits_of(many):
        return False
    return off <= 0.5 * last_place_of(few)


def shared(ones: frozenset[Figure], others: frozenset[Figure]) -> int:
    """How many figures of the smaller set the other one has too."""
    if not ones or not others:
        return 0
    few, many = (others, ones) if len(others) < len(ones) else (ones, others)
    found = len(few & many)
    if found == len(few):
        return found
    # Small figures are exact, large ones may be rounded: those of one unit are compared.
    return found + sum(
        any(rounded(a.value, b) for b in _large(many).get(a.unit, ()))
        for a in few - many
        if a.value >= NEARLY
    )


def told_of(ones: frozenset[Figure], others: frozenset[Figure]) -> float:
    """How much the figures say that two texts have in common: one of four digits as much as it can."""
    few, many = sorted((ones, others), key=len)
    common = few & many
    rounded_in = (
        a
        for a in few - many
        if a.value >= NEARLY and any(rounded(a.value, b) for b in _large(many).get(a.unit, ()))
    )
    return math.fsum(_weight(one) for one in (*common, *rounded_in))


@lru_cache(maxsize=4096)
def _weight(figure: Figure) -> float:
    return min(digits_of(figure.value), 4) / 3


@lru_cache(maxsize=4096)
def precise_of(figures: frozenset[Figure]) -> frozenset[Figure]:
    """Those that two events hardly share by chance."""
    return frozenset(figure for figure in figures if figure.precise)


@lru_cache(maxsize=4096)
def _large(figures: frozenset[Figure]) -> dict[str, tuple[float, ...]]:
    """The values that may be rounded, by unit."""
    found: dict[str, list[float]] = {}
    for figure in sorted(figures, key=lambda one: one.value):
        if figure.value >= NEARLY:
            found.setdefault(figure.unit, []).append(figure.value)
    return {unit: tuple(values) for unit, values in found.items()}


def periods(text: str) -> dict[str, frozenset[str]]:
    """The quarters, halves and months that a text names, by kind."""
    return {
        "quarter": frozenset(_QUARTER.findall(text)),
        "half": frozenset(_HALF.findall(text)),
        "month": frozenset(_MONTH.findall(text)),
    }


def days(text: str) -> frozenset[int]:
    """Days of the month that a text names."""
    return frozenset(int(day) for day in _DAY.findall(text) if 1 <= int(day) <= 31)
