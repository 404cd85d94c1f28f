"""Of what period a quantity is, and what a change is measured against."""

from __future__ import annotations

import re
from collections.abc import Mapping

from ..korean.comparing import from_to
from ..korean.expressions import of_words
from ..korean.periods import is_measured_against, moved
from ..korean.quantities import Quantity
from ..korean.times import FORMER, LENGTHS
from ..korean.units import SHARES
from ..records import Metric, Over
from .context import Context, Sentence
from .owners import Measured

#: 24.6%에서 22.3%로: where it came from, and where it is.
_FROM_TO = re.compile(from_to(16, 12) + " (?!제시|예상|전망)")
_OF_NOW = re.compile(rf"(?:{of_words(FORMER)})\s?$")
#: 1년 전에는 140억 달러를 팔아 34억 달러를 남겼다: all of it is of then.
_ALL_ALONG = re.compile(r"에는|엔|만 해도|에도")
_DAY = 10
#: What a change is measured against, by what it lies before.
OVERS: Mapping[str, Over] = {"year": "YoY", "quarter": "QoQ", "month": "MoM"}


def period_of(
    text: str, quantity: Quantity, sentence: Sentence, what: Measured, context: Context
) -> tuple[str | None, bool, bool, Over | None]:
    """The period of a quantity, and what its change is measured against.

    Returns
    -------
    tuple
        The period; whether the next sentences go on with it; whether the sentence names it; the other one.
    """
    metric = what.name.known if what.name else None
    daily = metric is not None and metric.day
    coarse = metric is not None and metric.result and not daily
    period: str | None = None
    over: Over | None = None
    base: str | None = None
    passing = unknown = False
    for one in sentence.periods:
        if one.start >= quantity.start:
            break
        if one.back is not None and one.back in OVERS:
            if quantity.unit == "배":
                over = OVERS[one.back]
                continue
            inside = text[one.end : one.end + 1] == "(" and quantity.start == one.end + 1
            if not inside and is_measured_against(text, one.end):
                over, base = OVERS[one.back], None
            elif _ALL_ALONG.match(text, one.end) or not any(
                one.end <= other.start < quantity.start for other in sentence.quantities
            ):
                base = one.back
        elif one.back is not None:
            period = moved(context.result, one.back)
            over = base = None
        elif one.name is not None:
            if is_measured_against(text, one.end) or (
                quantity.unit == "배" and text[one.end : one.end + 1] == "의"
            ):
                continue
            of_day = len(one.name) == _DAY
            if of_day != daily and (of_day or daily):
                continue
            if text[one.start - 1 : one.start] == "(" and period is not None and "Q" in period:
                continue  # 2026회계연도 2분기(10~12월)
            period, unknown = one.name, False
            passing = one.until or one.passing
            over = base = None
        else:
            period, unknown = None, True  # 지난해, and nobody knows when that was
    told = period is not None
    if period is None and not unknown:
        if daily:
            period = context.about.day
        elif what.name is not None and what.name.yearly and what.name.source and context.about.year:
            period = str(context.about.year)
        elif context.period is not None and not _lasts(quantity) and not _of_no_period(metric):
            period = context.period
        elif _of_result(metric) or (sentence.unit.kind == "title" and quantity.unit in ("%", "%p")):
            period = context.result
    carried = told and not daily and not passing
    came_from = base is None and _of_result(metric) and not daily and _FROM_TO.match(text, quantity.end)
    if came_from and period and "Q" in period:
        before_now = _OF_NOW.search(text, max(0, quantity.start - 6), quantity.start)
        base = None if before_now else "year"
    if base is not None and (back := moved(period or context.result, base)) is not None:
        return back, False, True, None
    if quantity.unit not in SHARES or (metric is not None and metric.kind and over is None):
        return period, carried, told, None
    if over is None and coarse and metric is not None and metric.kind is None and quantity.unit == "%":
        over = "YoY"
    return period, carried, told, over


def _of_no_period(metric: Metric | None) -> bool:
    """Whether a metric is told of a company as it is: 목표주가, 시가총액."""
    return metric is not None and metric.whole and not metric.result


def _of_result(metric: Metric | None) -> bool:
    """Whether a metric is told of the period of the results."""
    return metric is not None and (metric.result or metric.kind is not None)


def _lasts(quantity: Quantity) -> bool:
    """Whether it is a length of time."""
    return quantity.unit in LENGTHS
