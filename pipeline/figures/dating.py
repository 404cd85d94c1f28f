"""Of what period a quantity may be: the periods of its sentence, and those that the article goes by."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import NamedTuple

from ..korean.comparing import BESIDE, THAN, from_to
from ..korean.endings import ANY_PAST
from ..korean.expressions import of_words
from ..korean.periods import Period, is_measured_against, moved
from ..korean.quantities import Quantity
from ..korean.rounding import AROUND
from .cases import Case
from .choosing import Ballot, Scale, Weighed
from .context import Context, Sentence
from .times import OVERS

_OF = re.compile(r"의\s|\s?(?:기준|누적)")
#: 24.6%에서 22.3%로: where it came from, and where it is.
_FROM = re.compile(from_to(20, 14) + r"(?:\s|$)")
_AHEAD = re.compile(r"겠|계획|예정|전망|예상|목표|방침|하기로|될 것|할 것|일 것|까지")
#: 했, 었, 랐, 렸: of the past; and the code points behind a quantity in which it is looked for.
_PAST = re.compile(f"[{ANY_PAST}]")
_TENSE = 30
#: Behind a quantity that another one is measured against, or comes from: 작년 27조5천억원보다 30% 많은.
_BASE = re.compile(
    rf"(?:\s?(?:{of_words(AROUND)}))?(?:{of_words((*THAN, *BESIDE))}|에서\s|[의이]던|였던|\)의\s)"
)
#: Said of all of a year.
_ANNUAL = re.compile(r"연간|한\s해|(?<![가-힣])연(?=\s\d)")


@lru_cache(maxsize=4_096)
def _grain(name: str | None) -> str:
    """How long a period is."""
    if name is None:
        return "none"
    if name == "TTM":
        return "ttm"
    plain = name.removeprefix("FY")
    return {4: "year", 6: plain[4:5], 7: "month", 10: "day"}.get(len(plain), "other")


@lru_cache(maxsize=1_024)
def _grains(names: tuple[str, ...]) -> tuple[str, ...]:
    return tuple([_grain(name) for name in names])


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
    nth, kind, sort, measure, told, _, _, yearly, _ = case
    start, end = quantity.start, quantity.end
    about, result, spoken = context.about, context.result, context.period
    ahead = _AHEAD.search(text, end, end + 40) is not None
    moving = "from" if text.startswith("에서", end) and _FROM.match(text, end) else "still"
    own = [one for one in sentence.periods if one.name or one.back] if sentence.periods else ()
    count = sum([one.start < start for one in own])
    names: list[tuple[str, Weighed]] = []
    for rank, one in enumerate(own):
        first, to = rank < count, one.end
        bound = _bound(text, one, quantity, sentence) if first else ""
        value, other = _resolved(one, spoken or result, last, context)
        if value is None:
            continue
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
            bound,
            measure,
            moving,
            sort,
        )
        names.append((value, weighed))
        if other is not None and other != value:
            names.append((other, _other(scale, bool(first), sort, bound)))
    known = _known(
        scale,
        quantity.unit,
        case.name,
        _tense(text, end),
        context.lately_near,
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
        _grain(context.lately),
        _grains(about.most),
    )
    more: list[tuple[str | None, Weighed]] = []
    if about.day is not None:
        more.append((about.day, known.day))
    if sort != "day":
        more += _of_article(text, start, nth, sentence, context, last, moving, known)
    more.append((rule, known.rule))
    more.append((None, known.none))
    return Ballot(scale, names, more)


def _of_article(
    text: str,
    start: int,
    nth: int,
    sentence: Sentence,
    context: Context,
    last: str | None,
    moving: str,
    known: _Known,
) -> list[tuple[str | None, Weighed]]:
    """Periods that the article goes by where it tells of no price of a day."""
    about, result, spoken = context.about, context.result, context.period
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
    if about.month is not None:
        more.append((about.month, known.month))
    if about.year is not None:
        more.append((str(about.year), known.year))
    at = sentence.quantities[nth - 1].end if nth else 0
    if (annual := result or about.top) is not None and _ANNUAL.search(text, at, start):
        more.append((annual[: 6 if annual.startswith("FY") else 4], known.annual))
    if context.lately is not None:
        more.append((context.lately, known.lately))
    for rank, name in enumerate(about.most):
        more.append((name, known.most[rank]))
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
    annual: Weighed
    lately: Weighed
    most: tuple[Weighed, ...]


@lru_cache(maxsize=16_384)
def _known(
    scale: Scale,
    unit: str,
    name: str,
    tense: str,
    lately_near: bool,
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
    of_lately: str,
    of_most: tuple[str, ...],
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
        scale(
            f"result.{sort}.{measure}",
            f"result.{state}",
            f"result.{ahead}",
            f"result.yearly.{yearly}",
            f"result.unit.{unit}",
            f"result.{tense}.{measure}",
            f"result.metric.{name}",
        ),
        scale(f"from.{sort}", f"from.{state}"),
        scale(f"top.{of_top}.{sort}", f"top.{of_top}.{state}", f"top.{measure}.{ahead}"),
        scale(
            f"day.{sort}.{market}",
            f"day.{state}",
            f"day.{measure}.{market}",
            f"day.of.{dated}",
            f"day.{tense}.{market}",
            f"day.metric.{name}",
        ),
        scale(
            f"month.{sort}",
            f"month.{measure}",
            f"month.{state}.{ahead}",
            f"month.{tense}.{measure}",
            f"month.unit.{unit}",
        ),
        scale(
            f"year.{sort}.{ahead}",
            f"year.{measure}.{state}",
            f"year.yearly.{yearly}.{ahead}",
            f"year.unit.{unit}",
            f"year.{tense}.{sort}",
            f"year.metric.{name}",
        ),
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
            f"none.unit.{unit}",
            f"none.metric.{name}",
            f"none.{tense}.{measure}",
            f"none.{tense}.{sort}",
            f"none.named.{of_lately != 'none'}.{lately_near}",
            f"none.most.{len(of_most)}.{result}",
        ),
        scale("annual", f"annual.{ahead}", f"annual.{state}", f"annual.{measure}"),
        scale(
            f"lately.{of_lately}.{sort}",
            f"lately.{state}.{measure}",
            f"lately.{told}.{lately_near}",
            f"lately.{kind}.{lately_near}",
            f"lately.{tense}.{lately_near}",
            f"lately.{of_lately}.{tense}",
        ),
        tuple(
            scale(f"most.{rank}.{sort}", f"most.{grain}.{measure}", f"most.{grain}.{state}")
            for rank, grain in enumerate(of_most)
        ),
    )


@lru_cache(maxsize=256)
def _other(scale: Scale, before: bool, sort: str, bound: str) -> Weighed:
    return scale(f"other.{before}", f"other.{sort}", f"other.{bound}")


def _tense(text: str, end: int) -> str:
    """Whether what stands behind a quantity is told of the past."""
    return "past" if _PAST.search(text, end, end + _TENSE) else "-"


def _bound(text: str, period: Period, quantity: Quantity, sentence: Sentence) -> str:
    """Whether a period belongs to the quantity behind it alone, which another one is measured against."""
    first = next((one for one in sentence.quantities if one.start >= period.end), None)
    if first is None or not _BASE.match(text, first.end):
        return ""
    return "mine" if first is quantity else "spent"


def _resolved(
    one: Period, base: str | None, last: str | None, context: Context
) -> tuple[str | None, str | None]:
    """What a period is, and what else it may be."""
    if one.back is None:
        return one.name, None
    of_result = moved(context.result, one.back)
    if one.back in OVERS:
        of_last = moved(last or base, one.back)
        return (of_last, of_result) if of_last is not None else (of_result, None)
    return of_result, None
