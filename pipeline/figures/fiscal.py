"""Quarters that are not those of the calendar: 회계 2분기(9~11월) and 9~11월 are one time."""

from __future__ import annotations

import re
from collections.abc import Mapping

from ..korean.expressions import of_words
from ..korean.times import MONTH_OF_YEAR, TO, YEARS

_SPAN = (
    rf"(?P<first>{MONTH_OF_YEAR})\s?월?{TO}(?:(?:{of_words(YEARS)}|다음 해|(?:19|20)\d\d년)\s?)?"
    rf"(?P<last>{MONTH_OF_YEAR})\s?월"
)
_MONTHS = re.compile(rf"(?<!\d){_SPAN}")
#: 8월부터 10월까지, 8월부터 석 달 동안: a quarter that begins so.
_FROM = re.compile(
    rf"(?<!\d)(?P<first>{MONTH_OF_YEAR})월부터\s"
    rf"(?:(?P<last>{MONTH_OF_YEAR})월까지|(?:석|세|3)\s?(?:달|개월)(?!\s?(?:전|뒤|후)))"
)
_FROM_MONTH = "월부터"
#: 1~3분기: the months of a row of quarters.
_ROW = re.compile(rf"(?<!\d)(?P<since>[1-4])\s?(?:분기)?{TO}(?P<until>[2-4])\s?분기")
_GLOSS = re.compile(rf"(?P<quarter>[1-4])\s?분기\s?\(\s?(?:(?:{of_words(YEARS)}|(?:19|20)\d\d년)\s?)?{_SPAN}")
_QUARTER = re.compile(r"Q([1-4])$")


def comparable(period: str | None) -> str | None:
    """A period that another one can be the same as: not 8~10월, whose months `spans_of` tells, nor a week."""
    return None if period is None or "/" in period or "W" in period else period


def quarters_of(text: str) -> dict[str, str]:
    """Months of the quarters that a text tells them of, by number: ``{"2": "9-11"}``."""
    return {one["quarter"]: _name(one) for one in _GLOSS.finditer(text)} if "월)" in text else {}


def spans_of(text: str, end: int, period: str | None, quarters: Mapping[str, str]) -> frozenset[str]:
    """Months of the time of a figure: those that its sentence names before it, and of its quarter.

    Parameters
    ----------
    end
        Where the figure stands in the sentence.
    period
        Its period, as the sentence calls it.
    quarters
        As `quarters_of` gives them.
    """
    found = [*_MONTHS.finditer(text, 0, end), *(_FROM.finditer(text, 0, end) if _FROM_MONTH in text else ())]
    found += _ROW.finditer(text, 0, end) if "분기" in text else ()
    named = [_name(one) for one in sorted(found, key=re.Match.start)]
    quarter = _QUARTER.search(period or "")
    of_quarter = quarters.get(quarter[1]) if quarter else None
    return frozenset(named[-1:] or ([of_quarter] if of_quarter else []))


def _name(match: re.Match[str]) -> str:
    if match.re is _ROW:
        return f"{3 * int(match['since']) - 2}-{3 * int(match['until'])}"
    first = int(match["first"])
    return f"{first}-{int(match['last'] or (first + 1) % 12 + 1)}"
