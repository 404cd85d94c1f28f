"""Of what period a quantity may be: the periods of its sentence, and those that the article goes by."""

from __future__ import annotations

import re
from collections.abc import Collection
from functools import lru_cache
from typing import NamedTuple

from ..korean.quantities import Quantity
from ..records import Metric
from .choosing import Ballot, Features
from .context import Context, Sentence
from .owners import Measured
from .periods import OVERS, Period, moved

_THAN = re.compile(r"\s?(?:보다|에 비해|대비|과 비교|와 비교|같은\s?(?:기간|분기)보다|\([^)]{1,20}\)보다)")
_OF = re.compile(r"의\s|\s?(?:기준|누적)")
#: 24.6%에서 22.3%로: where it came from, and where it is.
_FROM = re.compile(r"에서\s(?:[^.]|\.\d){0,20}?\d(?:[^.]|\.\d){0,14}?로(?:\s|$)")
_AHEAD = re.compile(r"겠|계획|예정|전망|예상|목표|방침|하기로|될 것|할 것|일 것|까지")
_LENGTHS = frozenset({"년", "개월", "달", "주", "일", "시간", "분", "초", "주일", "분기"})


def _grain(name: str | None) -> str:
    """How long a period is."""
    if name is None:
        return "none"
    if name == "TTM":
        return "ttm"
    plain = name.removeprefix("FY")
    return {4: "year", 6: plain[4:5], 7: "month", 10: "day"}.get(len(plain), "other")


def sort_of(metric: Metric | None) -> str:
    """What kind of metric it is, for when it is told."""
    if metric is None:
        return "none"
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


def period_candidates(
    text: str,
    quantity: Quantity,
    nth: int,
    sentence: Sentence,
    what: Measured,
    context: Context,
    last: str | None,
    rule: str | None,
    money: Collection[str],
) -> Ballot:
    """Of what period a quantity may be, with what speaks for each."""
    ballot = Ballot()
    sort = sort_of(what.name.known if what.name else None)
    sort = "named" if sort == "none" and what.name is not None and what.name.metric else sort
    unit = quantity.unit
    measure = measure_of(unit, money)
    start, end = quantity.start, quantity.end
    about, result, spoken = context.about, context.result, context.period
    own = [one for one in sentence.periods if one.name or one.back]
    count = sum([one.start < start for one in own])
    state = ("p" if count else "a" if own else "n") + ("1" if nth == 0 else "2")
    ahead = _AHEAD.search(text, end, min(len(text), end + 40)) is not None
    moving = "from" if text.startswith("에서", end) and _FROM.match(text, end) else "still"
    told = "told" if what.told else "bare"
    for rank, one in enumerate(own):
        value = _resolved(one, spoken or result, last, context)
        if value is None:
            continue
        first = rank < count
        gap = start - one.end if first else one.start - end
        than = "than" if _THAN.match(text, one.end) else "of" if _OF.match(text, one.end) else "at"
        between = sum([one.end <= q.start < start for q in sentence.quantities]) if first else 0
        ballot.tell(
            value,
            _of_period(
                count - rank if first else 0,
                one.back or "named",
                than,
                between,
                _grain(value),
                0 if gap < 4 else 1 if gap < 20 else 2 if gap < 50 else 3,
                text[one.end : one.end + 1] == "(" and start == one.end + 1,
                text[one.start - 1 : one.start] == "(",
                one.passing,
                ("until." + str(ahead)) if one.until else "",
                measure,
                moving,
                sort,
            ),
        )
    grain = _grain(last), _grain(spoken), _grain(about.top), _grain(rule), _grain(context.dated)
    known = _known(
        state,
        sort,
        measure,
        moving,
        ahead,
        told,
        *grain,
        context.near,
        about.market,
        about.dated,
        spoken is not None,
        result is not None,
        sentence.unit.kind,
        what.name is not None and what.name.yearly,
    )
    if last is not None:
        ballot.add(last, known.last)
    elif context.dated is not None:
        ballot.add(context.dated, known.dated)
    if spoken is not None:
        ballot.add(spoken, known.spoken)
    if result is not None:
        ballot.add(result, known.result)
        if moving == "from":
            ballot.add(moved(result, "year"), known.before)
    if moving == "from" and spoken is not None and (ago := moved(spoken, "year")) is not None:
        ballot.add(ago, known.ago)
    if about.top is not None:
        ballot.add(about.top, known.top)
    if about.day is not None:
        ballot.add(about.day, known.day)
    if about.month is not None:
        ballot.add(about.month, known.month)
    if about.year is not None:
        ballot.add(str(about.year), known.year)
    ballot.add(rule, known.rule)
    ballot.add(None, known.none)
    return ballot


@lru_cache(maxsize=16_384)
def _of_period(
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
) -> Features:
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
    return tuple(features)


class _Known(NamedTuple):
    """What speaks for the periods that stand before a sentence, and for none."""

    last: Features
    dated: Features
    spoken: Features
    ago: Features
    result: Features
    before: Features
    top: Features
    day: Features
    month: Features
    year: Features
    rule: Features
    none: Features


@lru_cache(maxsize=16_384)
def _known(
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
        (f"last.{state}", f"last.{sort}", f"last.{of_last}.{measure}", f"last.{moving}"),
        (
            f"dated.{near}.{state}",
            f"dated.{near}.{sort}",
            f"dated.{of_dated}.{sort}",
            f"dated.{near}.{measure}.{told}",
            f"dated.{kind}",
        ),
        (
            f"spoken.{state}.{measure}",
            f"spoken.{of_spoken}.{sort}",
            f"spoken.{told}.{near}",
            f"spoken.yearly.{yearly}",
        ),
        (f"ago.{of_spoken}.{sort}", "ago"),
        (f"result.{sort}.{measure}", f"result.{state}", f"result.{ahead}", f"result.yearly.{yearly}"),
        (f"from.{sort}", f"from.{state}"),
        (f"top.{of_top}.{sort}", f"top.{of_top}.{state}", f"top.{measure}.{ahead}"),
        (f"day.{sort}.{market}", f"day.{state}", f"day.{measure}.{market}", f"day.of.{dated}"),
        (f"month.{sort}", f"month.{measure}", f"month.{state}.{ahead}"),
        (f"year.{sort}.{ahead}", f"year.{measure}.{state}", f"year.yearly.{yearly}.{ahead}"),
        ("rule", f"rule.{state}", f"rule.{of_rule}"),
        (
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
