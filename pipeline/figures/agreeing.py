"""Whether two values may be one: rounded, told as a range, or only by a bound."""

from __future__ import annotations

import re
from collections.abc import Sequence
from decimal import Decimal
from functools import lru_cache
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from ..korean.expressions import of_words
from ..korean.numerals import ROUNDING, digits_of, find_numbers, last_place_of
from ..korean.particles import OBJECT, SUBJECT
from ..korean.rounding import BY_HOW_MUCH, PASSED
from ..records import Figure

if TYPE_CHECKING:
    Column = NDArray[np.float64]
    Ids = NDArray[np.int64]
    Mask = NDArray[np.bool_]

#: The unit of a time at which something is done (`milestones`).
DATE = "date"
#: What a number that is no range leaves open by the words behind it, as shares of it: 200%를 넘겼다.
_ABOVE, _BELOW = 0.5, 0.15
#: How far apart two values may be of which one says that it is rounded.
_ABOUT = 0.1
_BOUNDS = ("over", "under")
_OVER = re.compile(
    rf"\s?(?:{of_words((*OBJECT, *SUBJECT[:2]))})?\s?(?:{PASSED}"
    rf"|(?:(?:{of_words(BY_HOW_MUCH)})\s)?(?:이상|초과|웃[도돌]|상회|돌파|남짓|여\s))"
)
_UNDER = re.compile(
    rf"\s?(?:{of_words((*OBJECT, *SUBJECT[:2], '에', '에도'))})?\s?(?:(?:{of_words(BY_HOW_MUCH)})\s)?"
    r"(?:못 ?미[쳐치친]|밑[도돌]|미만|이하|하회|육박|가까이|가까운|채 (?:안|못))"
)


def ends_of(figure: Figure) -> tuple[float, float]:
    """The two ends of a value; they are one where it is no range."""
    low, high = figure.value if isinstance(figure.value, tuple) else (figure.value, figure.value)
    return float(low), float(high)


def bound_of(behind: str) -> str:
    """``over`` or ``under`` by what stands behind a figure; else empty."""
    over, under = _BOUNDS
    return over if _OVER.match(behind) else under if _UNDER.match(behind) else ""


def agree(one: Figure, other: Figure, bounds: tuple[str, str] = ("", "")) -> bool:
    """Whether the values of two figures of one unit may be the same value.

    Parameters
    ----------
    bounds
        Whether they are told by a bound (`bound_of`).
    """
    (low, high), (low2, high2) = ends_of(one), ends_of(other)
    if one.unit == DATE:
        return low <= high2 and low2 <= high
    if low < high or low2 < high2:  # a range, and what lies in it
        slack = max(_place(one.text), _place(other.text)) / 2 if one.text != other.text else 0.0
        return low <= high2 + slack and low2 <= high + slack
    most, off = max(abs(low), abs(low2)), abs(low - low2)
    if not off or (low < 0) != (low2 < 0):
        return not off
    for bound, mine, its in ((bounds[0], low, low2), (bounds[1], low2, low)):
        if bound == "over" and mine <= its <= mine * (1 + _ABOVE):
            return True
        if bound == "under" and mine * (1 - _BELOW) <= its <= mine:
            return True
    about = one.approximate or other.approximate
    few = max(_place(one.text), _place(other.text))
    if off <= (few if about else few / 2) and off <= 0.5 * most:
        return True
    coarse = max(last_place_of(low), last_place_of(low2))
    if about:
        return off <= coarse and off <= _ABOUT * most
    return digits_of(low) != digits_of(low2) and off <= coarse / 2 and off <= ROUNDING * most


class Values:
    """Values of figures in columns, with all that `agree` asks of them.

    Parameters
    ----------
    bounds
        As `agree` has them, one for each.
    """

    def __init__(self, figures: Sequence[Figure], bounds: Sequence[str]) -> None:
        ends = np.array(list(map(ends_of, figures)), dtype=np.float64).reshape(-1, 2)
        self.low, self.high = ends[:, 0], ends[:, 1]
        number: dict[str, int] = {}
        self.text = np.array([number.setdefault(one.text, len(number)) for one in figures], dtype=np.int64)
        self.place = np.array(list(map(_place, number)), dtype=np.float64)[self.text]
        self.digits = np.array(list(map(digits_of, self.low.tolist())), dtype=np.int64)
        self.last_place = np.array(list(map(last_place_of, self.low.tolist())), dtype=np.float64)
        self.about = np.array([one.approximate for one in figures], dtype=bool)
        self.date = np.array([one.unit == DATE for one in figures], dtype=bool)
        self.over, self.under = (np.array([one == of for one in bounds], dtype=bool) for of in _BOUNDS)


def agree_all(values: Values, a: Ids, b: Ids, *, bounds: bool) -> Mask:
    """As `agree`, of many pairs: positions of the ones and of the others, of one unit each two.

    Parameters
    ----------
    bounds
        Whether those by which they are told count.
    """
    low, high, low2, high2 = values.low[a], values.high[a], values.low[b], values.high[b]
    few = np.maximum(values.place[a], values.place[b])
    most, off = np.maximum(np.abs(low), np.abs(low2)), np.abs(low - low2)
    about = values.about[a] | values.about[b]
    coarse = np.maximum(values.last_place[a], values.last_place[b])
    one: Mask = (off <= np.where(about, few, few / 2)) & (off <= 0.5 * most)
    one |= about & (off <= coarse) & (off <= _ABOUT * most)
    unlike = values.digits[a] != values.digits[b]
    one |= ~about & unlike & (off <= coarse / 2) & (off <= ROUNDING * most)
    if bounds:
        for of, mine, its in ((a, low, low2), (b, low2, low)):
            one |= values.over[of] & (mine <= its) & (its <= mine * (1 + _ABOVE))
            one |= values.under[of] & (mine * (1 - _BELOW) <= its) & (its <= mine)
    one &= (low < 0) == (low2 < 0)
    one |= off == 0
    slack = np.where(values.text[a] != values.text[b], few / 2, 0.0)
    ranged = (low <= high2 + slack) & (low2 <= high + slack)
    one = np.where((low < high) | (low2 < high2), ranged, one)
    found: Mask = np.where(values.date[a], (low <= high2) & (low2 <= high), one)
    return found


@lru_cache(maxsize=20_000)
def _place(text: str) -> float:
    """What the last digit that is written stands for: 1e12 in 7조원, 0.1 in 23.6%."""
    numbers = [number for number in find_numbers(text) if number.value is not None]
    if not numbers:
        return 0.0
    number = numbers[-1]
    written = text[number.start : number.end]
    digits = list(re.finditer(r"\d[\d,]*(?:\.(\d+))?", written))
    if not digits:
        return 0.0
    last = digits[-1]
    scale = written[last.end() :].strip()
    value = next((n.value for n in find_numbers(f"1{scale}")), 1) if scale else 1
    return float(Decimal(str(value or 1)) / 10 ** len(last[1] or ""))
