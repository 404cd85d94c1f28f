"""Of what period a quantity may be: the periods of its sentence, and those that the article goes by."""

from __future__ import annotations

import re
from collections.abc import Collection
from functools import lru_cache
from typing import NamedTuple

from ..korean.comparing import from_to
from ..korean.periods import Period, is_measured_against, moved
from ..korean.quantities import Quantity
from ..korean.times import LENGTHS
from ..records import Measures, Metric
from .choosing import Ballot, Scale, Weighed
from .context import Context, Sentence
from .owners import Measured
from .times import OVERS

_OF = re.compile(r"의\s|\s?(?:기준|누적)")
#: 24.6%에서 22.3%로: where it came from, and where it is.
_FROM = re.compile(from_to(20, 14) + r"(?:\s|$)")
_AHEAD = re.compile(r"겠|계획|예정|전망|예상|목표|방침|하기로|될 것|할 것|일 것|까지")
_LENGTHS = LENGTHS | {"분기"}


@lru_cache(maxsize=4_096)
def _grain(name: str | None) -> str:
    """How long a period is."""
    if name is None:
        return "none"
    if name == "TTM":
        return "ttm"
    plain = name.removeprefix("FY")
    return {4: "year", 6: plain[4:5], 7: "month", 10: "day"}.get(len(plain), "other")


def sort_of(metric: Metric) -> str:
    """What kind of metric it is, for when it is told."""
    if metric.day:
        return "day"
    if metric.result:
        return "result"
    if metric.whole:
        return "whole"
    return metric.kind or "other"


def measure_of(unit: str, money: Collection[str]) -> str:
    """What kind of unit it is, for when and whose it is told."""
    if unit in money:
        return "money"
    if unit in ("%", "%p", "배"):
        return "percent"
    if unit in _LENGTHS:
        return "length"
    return "points" if unit in ("포인트", "bp") else "other"


class Case(NamedTuple):
    """A figure whose subject and period are asked for.

    Attributes
    ----------
    nth
        Its position in its sentence.
    kind
        That of the unit.
    sort, measure
        `sort_of` its metric and `measure_of` its unit.
    told
        Whether its sentence tells the metric: ``told`` or ``bare``.
    whole
        Whether the metric is a company's.
    yearly
        Whether it is told of a year.
    counted
        Whether it counts something.
    """

    nth: int
    kind: str
    sort: str
    measure: str
    told: str
    whole: bool
    counted: bool
    yearly: bool


def case_of(quantity: Quantity, nth: int, kind: str, what: Measured, measures: Measures) -> Case:
    """A figure as its candidates are asked for it."""
    name = what.name
    known = name.known if name is not None else None
    sort = sort_of(known) if known is not None else "named" if name is not None and name.metric else "none"
    unit = quantity.unit
    return Case(
        nth,
        kind,
        sort,
        measure_of(unit, measures.money),
        "told" if what.told else "bare",
        known is not None and known.whole,
        unit in measures.counted,
        name is not None and name.yearly,
    )


def period_candidates(
    text: str,
    quantity: Quantity,
    case: Case,
    sentence: Sentence,
    context: Context,
    last: str | None,
    rule: str | None,
    scale: Scale,
) -> Ballot:
    """Of what period a quantity may be, with what speaks for each.

    Parameters
    ----------
    last
        The period of the quantity before it in the sentence.
    rule
        What `period_of` says.
    """
    nth, kind, sort, measure, told, _, _, yearly = case
    start, end = quantity.start, quantity.end
    about, result, spoken = context.about, context.result, context.period
    ahead = _AHEAD.search(text, end, end + 40) is not None
    moving = "from" if text.startswith("에서", end) and _FROM.match(text, end) else "still"
    own = [one for one in sentence.periods if one.name or one.back] if sentence.periods else ()
    count = sum([one.start < start for one in own])
    names: list[tuple[str, Weighed]] = []
    for rank, one in enumerate(own):
        value = _resolved(one, spoken or result, last, context)
        if value is None:
            continue
        first, to = rank < count, one.end
        gap = start - to if first else one.start - end
        weighed = _of_period(
            scale,
            count - rank if first else 0,
            one.back or "named",
            "than" if is_measured_against(text, to) else "of" if _OF.match(text, to) else "at",
            sum([to <= q.start < start for q in sentence.quantities]) if first else 0,
            _grain(value),
            0 if gap < 4 else 1 if gap < 20 else 2 if gap < 50 else 3,
            text[to : to + 1] == "(" and start == to + 1,
            text[one.start - 1 : one.start] == "(",
            one.passing,
            f"until.{ahead}" if one.until else "",
            measure,
            moving,
            sort,
        )
        names.append((value, weighed))
    known = _known(
        scale,
        ("p" if count else "a" if own else "n") + ("2" if nth else "1"),
        sort,
        measure,
        moving,
        ahead,
        told,
        _grain(last),
        _grain(spoken),
        _grain(about.top),
        _grain(rule),
        _grain(context.dated),
        context.near,
        about.market,
        about.dated,
        spoken is not None,
        result is not None,
        kind,
        yearly,
    )
    more: list[tuple[str | None, Weighed]] = []
    if last is not None:
        more.append((last, known.last))
    elif context.dated is not None:
        more.append((context.dated, known.dated))
    if spoken is not None:
        more.append((spoken, known.spoken))
    if result is not None:
        more.append((result, known.result))
        if moving == "from":
            more.append((moved(result, "year"), known.before))
    if moving == "from" and (ago := moved(spoken, "year")) is not None:
        more.append((ago, known.ago))
    if about.top is not None:
        more.append((about.top, known.top))
    if about.day is not None:
        more.append((about.day, known.day))
    if about.month is not None:
        more.append((about.month, known.month))
    if about.year is not None:
        more.append((str(about.year), known.year))
    more.append((rule, known.rule))
    more.append((None, known.none))
    return Ballot(scale, names, more)


@lru_cache(maxsize=16_384)
def _of_period(
    scale: Scale,
    back: int,
    how: str,
    than: str,
    between: int,
    grain: str,
    gap: int,
    inside: bool,
    bracketed: bool,
    passing: bool,
    until: str,
    measure: str,
    moving: str,
    sort: str,
) -> Weighed:
    """What speaks for a period in the figure's sentence; `back` is how many before the figure it is, or 0."""
    place = "before" if back else "after"
    features = [
        f"{place}.{how}.{than}.{min(between, 2)}",
        f"{place}.{how}.{measure}.{moving}",
        f"{place}.{grain}.{sort}",
        f"{place}.gap.{gap}",
    ]
    if back:
        features.append(f"rank.{min(back, 3)}")
        features.append(f"between.{min(between, 3)}")
    if inside:
        features.append(f"inside.{how}")
    if bracketed:
        features.append("bracketed")
    if until:
        features.append(until)
    if passing:
        features.append("passing")
    return scale(*features)


class _Known(NamedTuple):
    """What speaks for the periods that stand before a sentence, and for none."""

    last: Weighed
    dated: Weighed
    spoken: Weighed
    ago: Weighed
    result: Weighed
    before: Weighed
    top: Weighed
    day: Weighed
    month: Weighed
    year: Weighed
    rule: Weighed
    none: Weighed


@lru_cache(maxsize=16_384)
def _known(
    scale: Scale,
    state: str,
    sort: str,
    measure: str,
    moving: str,
    ahead: bool,
    told: str,
    of_last: str,
    of_spoken: str,
    of_top: str,
    of_rule: str,
    of_dated: str,
    near: bool,
    market: bool,
    dated: bool,
    spoken: bool,
    result: bool,
    kind: str,
    yearly: bool,
) -> _Known:
    return _Known(
        scale(f"last.{state}", f"last.{sort}", f"last.{of_last}.{measure}", f"last.{moving}"),
        scale(
            f"dated.{near}.{state}",
            f"dated.{near}.{sort}",
            f"dated.{of_dated}.{sort}",
            f"dated.{near}.{measure}.{told}",
            f"dated.{kind}",
        ),
        scale(
            f"spoken.{state}.{measure}",
            f"spoken.{of_spoken}.{sort}",
            f"spoken.{told}.{near}",
            f"spoken.yearly.{yearly}",
        ),
        scale(f"ago.{of_spoken}.{sort}", "ago"),
        scale(f"result.{sort}.{measure}", f"result.{state}", f"result.{ahead}", f"result.yearly.{yearly}"),
        scale(f"from.{sort}", f"from.{state}"),
        scale(f"top.{of_top}.{sort}", f"top.{of_top}.{state}", f"top.{measure}.{ahead}"),
        scale(f"day.{sort}.{market}", f"day.{state}", f"day.{measure}.{market}", f"day.of.{dated}"),
        scale(f"month.{sort}", f"month.{measure}", f"month.{state}.{ahead}"),
        scale(f"year.{sort}.{ahead}", f"year.{measure}.{state}", f"year.yearly.{yearly}.{ahead}"),
        scale("rule", f"rule.{state}", f"rule.{of_rule}"),
        scale(
            "none",
            f"none.{sort}.{result}",
            f"none.{measure}.{state}",
            f"none.{ahead}",
            f"none.market.{market}",
            f"none.{kind}",
            f"none.{told}.{measure}",
            f"none.{spoken}",
        ),
    )


def _resolved(one: Period, base: str | None, last: str | None, context: Context) -> str | None:
    if one.back is None:
        return one.name
    if one.back in OVERS:
        return moved(last or base, one.back) or moved(context.result, one.back)
    return moved(context.result, one.back)
