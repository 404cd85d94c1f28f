"""Of what period a quantity may be: the periods of its sentence, and those that the article goes by."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import lru_cache
from typing import NamedTuple

from ..korean.comparing import from_to
from ..korean.endings import ANY_PAST
from ..korean.expressions import of_words
from ..korean.periods import Period, is_measured_against, moved, quarter_of
from ..korean.quantities import Quantity
from ..korean.times import ANNUAL, NOWADAYS
from .cases import Case
from .choosing import Ballot, Scale, Weighed
from .context import Context, Sentence
from .resolving import bound_of, grain, resolved

_OF = re.compile(r"의\s|\s?(?:기준|누적)")
#: 24.6%에서 22.3%로: where it came from, and where it is.
_FROM = re.compile(from_to(20, 14) + r"(?:\s|$)")
#: 했, 었, 랐, 렸: of the past; and the code points behind a quantity in which it is looked for.
_PAST = re.compile(f"[{ANY_PAST}]")
_TENSE = 30
_NOW = re.compile(of_words(NOWADAYS))
_ANNUAL = re.compile(rf"{ANNUAL}|(?<![가-힣])연(?=\s\d)")


def period_candidates(
    text: str,
    quantity: Quantity,
    case: Case,
    sentence: Sentence,
    own: Sequence[Period],
    context: Context,
    last: str | None,
    rule: str | None,
    ahead: bool,
    scale: Scale,
) -> Ballot:
    """Of what period a quantity may be, with what speaks for each.

    Parameters
    ----------
    own
        The periods of its sentence that are of some time.
    last
        The period of the quantity before it in the sentence.
    rule
        What `period_of` says.
    ahead
        Whether words behind it look ahead.
    """
    nth, kind, sort, measure, told, _, _, yearly, _ = case
    start, end = quantity.start, quantity.end
    about, result, spoken = context.about, context.result, context.period
    moving = "from" if text.startswith("에서", end) and _FROM.match(text, end) else "still"
    count = sum([one.start < start for one in own]) if own else 0
    names: list[tuple[str, Weighed]] = []
    for rank, one in enumerate(own):
        first, to = rank < count, one.end
        bound = bound_of(text, one, quantity, sentence) if first else ""
        value, others = resolved(text, one, spoken or result, last, context)
        if value is None:
            continue
        gap = start - to if first else one.start - end
        weighed = _of_period(
            scale,
            count - rank if first else 0,
            one.back or "named",
            "than" if is_measured_against(text, to) else "of" if _OF.match(text, to) else "at",
            sum([to <= q.start < start for q in sentence.quantities]) if first else 0,
            grain(value),
            0 if gap < 4 else 1 if gap < 20 else 2 if gap < 50 else 3,
            text[to : to + 1] == "(" and start == to + 1,
            text[one.start - 1 : one.start] == "(",
            one.passing,
            f"until.{ahead}" if one.until else "",
            bound,
            measure,
            moving,
            sort,
        )
        names.append((value, weighed))
        told_too = {value}
        for how, other in others:
            if other is not None and other not in told_too:
                told_too.add(other)
                names.append((other, _other(scale, how, bool(first), sort, bound, measure)))
    tense = _tense(text, end)
    state = ("p" if count else "a" if own else "n") + ("2" if nth else "1")
    behind = sentence.quantities[nth - 1].end if nth else 0
    now = _NOW.search(text, behind, start) is not None
    said = _said(scale, sort, measure, state, told, tense, ahead, yearly, now)
    in_unit = _in_unit(scale, quantity.unit, case.name)
    near, market = context.near, about.market
    more: list[tuple[str | None, Weighed]] = []
    if about.day is not None:
        day = _day(scale, sort, measure, state, tense, market, about.dated)
        more += [(about.day, day), (about.day, in_unit.day)]
    if last is not None:
        more.append((last, _last(scale, sort, measure, state, moving, grain(last))))
    elif context.dated is not None:
        dated = _dated(scale, sort, measure, state, told, kind, near, grain(context.dated))
        more.append((context.dated, dated))
    if sort != "day":
        if spoken is not None:
            more.append((spoken, _spoken(scale, sort, measure, state, told, yearly, near, grain(spoken))))
        if result is not None:
            more += [(result, said.result), (result, in_unit.result)]
        elif sort == "result" and (ended := moved(quarter_of(about.month), "quarter")) is not None:
            more.append((ended, _ended(scale, measure, state, told, "분기" in text)))
        if moving == "from":
            more += _of_what_was(scale, sort, state, result, spoken)
        if about.top is not None:
            more.append((about.top, _top(scale, sort, measure, state, ahead, grain(about.top))))
        if about.month is not None:
            more += [(about.month, said.month), (about.month, in_unit.month)]
        if about.year is not None:
            year = str(about.year)
            more += [(year, said.year), (year, in_unit.year)]
        if (annual := result or about.top) is not None and _ANNUAL.search(text, behind, start):
            more.append((annual[: 6 if annual.startswith("FY") else 4], said.annual))
        for rank, name in enumerate(about.most):
            more.append((name, _most(scale, sort, measure, state, rank, grain(name))))
    if (lately := context.lately) is not None:
        here = context.lately_near
        more.append((lately, _lately(scale, sort, measure, state, told, tense, kind, here, grain(lately))))
    for rank, name in enumerate(context.recent):
        more.append((name, _recent(scale, rank, sort, state, context.lately_near, grain(name))))
    more.append((rule, _ruled(scale, state, grain(rule))))
    known = result is not None, spoken is not None, context.lately is not None
    none = _none(scale, sort, kind, ahead, market, *known, context.lately_near, len(about.most))
    more += [(None, said.none), (None, in_unit.none), (None, none)]
    return Ballot(scale, names, more)


def _of_what_was(
    scale: Scale, sort: str, state: str, result: str | None, spoken: str | None
) -> list[tuple[str | None, Weighed]]:
    """Periods that something came from: 24.6%에서 22.3%로."""
    more: list[tuple[str | None, Weighed]] = []
    if result is not None:
        more.append((moved(result, "year"), scale(f"from.{sort}", f"from.{state}")))
    if (ago := moved(spoken, "year")) is not None:
        more.append((ago, scale(f"ago.{grain(spoken)}.{sort}", "ago")))
    return more


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
    bound: str,
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
    if bound:
        features += [f"bound.{bound}.{how}", f"bound.{bound}.{than}"]
    if passing:
        features.append("passing")
    return scale(*features)


class _Said(NamedTuple):
    """What speaks for the periods of an article, and for none, by how a figure is told."""

    result: Weighed
    month: Weighed
    year: Weighed
    annual: Weighed
    none: Weighed


@lru_cache(maxsize=8_192)
def _said(
    scale: Scale,
    sort: str,
    measure: str,
    state: str,
    told: str,
    tense: str,
    ahead: bool,
    yearly: bool,
    now: bool,
) -> _Said:
    return _Said(
        scale(
            f"result.{sort}.{measure}",
            f"result.{state}",
            f"result.{ahead}",
            f"result.yearly.{yearly}",
            f"result.{tense}.{measure}",
        ),
        scale(
            f"month.{sort}",
            f"month.{measure}",
            f"month.{state}.{ahead}",
            f"month.{tense}.{measure}",
            f"month.now.{now}",
            f"month.now.{now}.{state}",
        ),
        scale(
            f"year.{sort}.{ahead}",
            f"year.{measure}.{state}",
            f"year.yearly.{yearly}.{ahead}",
            f"year.{tense}.{sort}",
        ),
        scale("annual", f"annual.{ahead}", f"annual.{state}", f"annual.{measure}"),
        scale(
            "none",
            f"none.{measure}.{state}",
            f"none.{told}.{measure}",
            f"none.{tense}.{measure}",
            f"none.{tense}.{sort}",
            f"none.now.{now}",
        ),
    )


class _InUnit(NamedTuple):
    """What speaks for them by unit and metric."""

    result: Weighed
    day: Weighed
    month: Weighed
    year: Weighed
    none: Weighed


@lru_cache(maxsize=8_192)
def _in_unit(scale: Scale, unit: str, metric: str) -> _InUnit:
    return _InUnit(
        scale(f"result.unit.{unit}", f"result.metric.{metric}"),
        scale(f"day.metric.{metric}"),
        scale(f"month.unit.{unit}"),
        scale(f"year.unit.{unit}", f"year.metric.{metric}"),
        scale(f"none.unit.{unit}", f"none.metric.{metric}"),
    )


@lru_cache(maxsize=4_096)
def _last(scale: Scale, sort: str, measure: str, state: str, moving: str, grain: str) -> Weighed:
    return scale(f"last.{state}", f"last.{sort}", f"last.{grain}.{measure}", f"last.{moving}")


@lru_cache(maxsize=8_192)
def _dated(
    scale: Scale, sort: str, measure: str, state: str, told: str, kind: str, near: bool, grain: str
) -> Weighed:
    return scale(
        f"dated.{near}.{state}",
        f"dated.{near}.{sort}",
        f"dated.{grain}.{sort}",
        f"dated.{near}.{measure}.{told}",
        f"dated.{kind}",
    )


@lru_cache(maxsize=8_192)
def _spoken(
    scale: Scale, sort: str, measure: str, state: str, told: str, yearly: bool, near: bool, grain: str
) -> Weighed:
    return scale(
        f"spoken.{state}.{measure}",
        f"spoken.{grain}.{sort}",
        f"spoken.{told}.{near}",
        f"spoken.yearly.{yearly}",
    )


@lru_cache(maxsize=8_192)
def _day(scale: Scale, sort: str, measure: str, state: str, tense: str, market: bool, dated: bool) -> Weighed:
    return scale(
        f"day.{sort}.{market}",
        f"day.{state}",
        f"day.{measure}.{market}",
        f"day.of.{dated}",
        f"day.{tense}.{market}",
    )


@lru_cache(maxsize=1_024)
def _ended(scale: Scale, measure: str, state: str, told: str, quarterly: bool) -> Weighed:
    return scale(f"ended.{quarterly}", f"ended.{quarterly}.{measure}", f"ended.{state}", f"ended.{told}")


@lru_cache(maxsize=4_096)
def _top(scale: Scale, sort: str, measure: str, state: str, ahead: bool, grain: str) -> Weighed:
    return scale(f"top.{grain}.{sort}", f"top.{grain}.{state}", f"top.{measure}.{ahead}")


@lru_cache(maxsize=8_192)
def _lately(
    scale: Scale,
    sort: str,
    measure: str,
    state: str,
    told: str,
    tense: str,
    kind: str,
    near: bool,
    grain: str,
) -> Weighed:
    return scale(
        f"lately.{grain}.{sort}",
        f"lately.{state}.{measure}",
        f"lately.{told}.{near}",
        f"lately.{kind}.{near}",
        f"lately.{tense}.{near}",
        f"lately.{grain}.{tense}",
    )


@lru_cache(maxsize=4_096)
def _recent(scale: Scale, rank: int, sort: str, state: str, near: bool, grain: str) -> Weighed:
    return scale(f"recent.{rank}.{near}", f"recent.{grain}.{sort}", f"recent.{grain}.{state}")


@lru_cache(maxsize=4_096)
def _most(scale: Scale, sort: str, measure: str, state: str, rank: int, grain: str) -> Weighed:
    return scale(f"most.{rank}.{sort}", f"most.{grain}.{measure}", f"most.{grain}.{state}")


@lru_cache(maxsize=256)
def _ruled(scale: Scale, state: str, grain: str) -> Weighed:
    return scale("rule", f"rule.{state}", f"rule.{grain}")


@lru_cache(maxsize=8_192)
def _none(
    scale: Scale,
    sort: str,
    kind: str,
    ahead: bool,
    market: bool,
    result: bool,
    spoken: bool,
    named: bool,
    near: bool,
    most: int,
) -> Weighed:
    return scale(
        f"none.{sort}.{result}",
        f"none.{ahead}",
        f"none.market.{market}",
        f"none.{kind}",
        f"none.{spoken}",
        f"none.named.{named}.{near}",
        f"none.most.{most}.{result}",
    )


@lru_cache(maxsize=256)
def _other(scale: Scale, how: str, before: bool, sort: str, bound: str, measure: str) -> Weighed:
    return scale(
        f"other.{how}.{before}", f"other.{how}.{sort}", f"other.{how}.{bound}", f"other.{how}.{measure}"
    )


def _tense(text: str, end: int) -> str:
    """Whether what stands behind a quantity is told of the past."""
    return "past" if _PAST.search(text, end, end + _TENSE) else "-"
