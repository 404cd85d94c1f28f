"""Of what period a quantity may be: the periods of its sentence, and those that the article goes by."""

from __future__ import annotations

import re
from collections.abc import Collection

from ..korean.quantities import Quantity
from ..records import Metric
from .choosing import Ballot
from .context import Context, Sentence
from .owners import Measured
from .periods import OVERS, Period, moved

_THAN = re.compile(r"\s?(?:보다|에 비해|대비|과 비교|와 비교|같은\s?(?:기간|분기)보다|\([^)]{1,20}\)보다)")
_OF = re.compile(r"의\s|\s?(?:기준|누적)")
#: 24.6%에서 22.3%로: where it came from, and where it is.
_FROM = re.compile(r"에서\s[^.]{0,20}?\d[^.]{0,14}?로(?:\s|$)")
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
    own = [one for one in sentence.periods if one.name or one.back]
    before = [one for one in own if one.start < quantity.start]
    state = ("p" if before else "a" if own else "n") + ("1" if nth == 0 else "2")
    ahead = _AHEAD.search(text, quantity.end, min(len(text), quantity.end + 40)) is not None
    moving = "from" if _FROM.match(text, quantity.end) else "still"
    told = "told" if what.told else "bare"
    for rank, one in enumerate(own):
        base = context.period or context.result
        value = _resolved(one, base, last, context)
        how = one.back or "named"
        first = one.start < quantity.start
        place = "before" if first else "after"
        gap = quantity.start - one.end if first else one.start - quantity.end
        than = "than" if _THAN.match(text, one.end) else "of" if _OF.match(text, one.end) else "at"
        inside = text[one.end : one.end + 1] == "(" and quantity.start == one.end + 1
        between = sum(one.end <= q.start < quantity.start for q in sentence.quantities) if first else 0
        grain = _grain(value)
        features = [
            f"{place}.{how}.{than}.{min(between, 2)}",
            f"{place}.{how}.{measure}.{moving}",
            f"{place}.{grain}.{sort}",
            f"{place}.gap.{0 if gap < 4 else 1 if gap < 20 else 2 if gap < 50 else 3}",
        ]
        if first:
            back = len(before) - rank
            features.append(f"rank.{min(back, 3)}")
            features.append(f"between.{min(between, 3)}")
        if inside:
            features.append(f"inside.{how}")
        if text[one.start - 1 : one.start] == "(":
            features.append("bracketed")
        if one.until:
            features.append(f"until.{ahead}")
        if one.passing:
            features.append("passing")
        if value is not None:
            ballot.add(value, features, True)
    if last is not None:
        ballot.add(
            last, (f"last.{state}", f"last.{sort}", f"last.{_grain(last)}.{measure}", f"last.{moving}")
        )
    if context.period is not None:
        grain = _grain(context.period)
        ballot.add(
            context.period,
            (f"spoken.{state}.{measure}", f"spoken.{grain}.{sort}", f"spoken.{told}.{context.near}"),
        )
    if context.result is not None:
        ballot.add(context.result, (f"result.{sort}.{measure}", f"result.{state}", f"result.{ahead}"))
        previous = moved(context.result, "year")
        if moving == "from":
            ballot.add(previous, (f"from.{sort}", f"from.{state}"))
    if (top := context.about.top) is not None:
        grain = _grain(top)
        ballot.add(top, (f"top.{grain}.{sort}", f"top.{grain}.{state}", f"top.{measure}.{ahead}"))
    if context.about.day is not None:
        ballot.add(
            context.about.day,
            (
                f"day.{sort}.{context.about.market}",
                f"day.{state}",
                f"day.{measure}.{context.about.market}",
                f"day.of.{context.about.dated}",
            ),
        )
    if context.about.month is not None:
        ballot.add(context.about.month, (f"month.{sort}", f"month.{measure}", f"month.{state}.{ahead}"))
    if context.about.year is not None:
        ballot.add(str(context.about.year), (f"year.{sort}.{ahead}", f"year.{measure}.{state}"))
    ballot.add(rule, ("rule", f"rule.{state}", f"rule.{_grain(rule)}"))
    ballot.add(
        None,
        (
            "none",
            f"none.{sort}.{context.result is not None}",
            f"none.{measure}.{state}",
            f"none.{ahead}",
            f"none.market.{context.about.market}",
            f"none.{sentence.unit.kind}",
            f"none.{told}.{measure}",
            f"none.{context.period is not None}",
        ),
    )
    return ballot


def _resolved(one: Period, base: str | None, last: str | None, context: Context) -> str | None:
    if one.back is None:
        return one.name
    if one.back in OVERS:
        return moved(last or base, one.back) or moved(context.result, one.back)
    return moved(context.result, one.back)
