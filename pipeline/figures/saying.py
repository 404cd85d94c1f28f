"""How a figure is said: its direction, kind and modality."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Sequence
from functools import lru_cache
from operator import attrgetter

from ..korean.comparing import GROWN
from ..korean.expressions import of_words
from ..korean.numerals import FRACTION
from ..korean.particles import COMMON, OBJECT, SUBJECT, WAS
from ..korean.quantities import HALF, Quantity
from ..korean.rounding import AROUND, PARTLY, QUALIFIERS
from ..korean.tags import PREDICATES, SENTENCE_ENDS, VERBAL_NOUNS
from ..korean.times import LENGTHS_AND_QUARTERS
from ..korean.units import AGES, POINTS, RATIOS
from ..records import Direction, FigureKind, FigureRules, Metric, Modality, Over, Token
from .naming import Name

_OPINIONS = frozenset({"목표주가", "상승 여력"})
#: Code points behind a quantity that tell who says so.
_BEHIND = 32
#: … and in which its sentence may look ahead.
_DUE = 40
_OF = re.compile(rf"의\s(?:(?:{of_words(QUALIFIERS)})\s)?$")
_STEMS = PREDICATES | VERBAL_NOUNS | {"VX"}
_BARE = re.compile(rf"\s?(?:이?나|만큼|씩|{of_words(AROUND)})?\s?(?:더\s)?")
_PARTICLE = re.compile(
    rf"\s?(?:{of_words((*AROUND, *PARTLY))}|대)?"
    rf"(?:{of_words((*COMMON[:-4], '까지', *WAS, '이다', '다'))}|[,()])"
)
_SHARE = re.compile(
    rf"\s?(?:{of_words(AROUND)})?(?:{of_words((*OBJECT, *SUBJECT[:2], '에'))})?"
    r"\s?(?:차지|해당|이르는|수준|불과|그치|그친|못 미)"
)


_start = attrgetter("start")


@lru_cache(maxsize=4)
def _modal(rules: FigureRules) -> tuple[re.Pattern[str], re.Pattern[str], re.Pattern[str]]:
    return tuple(  # type: ignore[return-value]
        re.compile(of_words(rules.modality[name])) for name in ("forecast", "plan", "foretold")
    )


@lru_cache(maxsize=4)
def _ahead(rules: FigureRules) -> re.Pattern[str]:
    return re.compile(of_words(rules.modality["ahead"]))


def looks_ahead(text: str, end: int, rules: FigureRules) -> bool:
    """Whether words behind a quantity, which ends at `end`, tell of what is planned, foretold or due."""
    return _ahead(rules).search(text, end, end + _DUE) is not None


def direction_of(
    tokens: Sequence[Token], end: int, limit: int, rules: FigureRules
) -> tuple[Direction | None, int]:
    """Where a figure went, by the first verb behind it, and where that stands.

    Parameters
    ----------
    end, limit
        Where the figure ends, and where the next one begins.
    """
    up, down = rules.directions["up"], rules.directions["down"]
    seen = 0
    for form, tag, start, _ in tokens[bisect_left(tokens, end, key=_start) :]:
        if start >= limit:
            break
        if tag in _STEMS:
            if form in up:
                return "up", start
            if form in down:
                return "down", start
            seen += 1
            if seen > 3:
                break
        elif tag in SENTENCE_ENDS:
            break
    return None, -1


def kind_of(text: str, one: Quantity, metric: Metric | None, verb: int, rules: FigureRules) -> FigureKind:
    """What kind of figure it is."""
    bare = verb >= 0 and verb <= _BARE.match(text, one.end).end()  # type: ignore[union-attr]
    near = verb >= 0 and not _PARTICLE.match(text, one.end) and verb - one.end < 8
    if one.unit == "%p":
        return "change"
    if one.unit in RATIOS:
        if metric is not None and metric.kind is not None:
            return "change" if bare else metric.kind
        whole = not bare and _OF.search(text, max(0, one.start - 6), one.start)
        if whole or _SHARE.match(text, one.end) or one.written in (FRACTION, HALF):
            return "share"
        if verb >= 0:
            return "change"
        return "rate" if one.unit == "배" else "share" if metric is None else "change"
    if bare or near:
        return "change"
    if one.unit in rules.measures.counted and one.unit not in _MEASURED:
        return "count"
    return "level"


#: Counters of what is measured; 주 counts shares more often than weeks.
_MEASURED = (LENGTHS_AND_QUARTERS - {"주"}) | {"점", "단", "층", "평", *AGES, *POINTS}


def modality_of(
    text: str, one: Quantity, limit: int, name: Name | None, ahead: bool, rules: FigureRules
) -> Modality:
    """Who says so.

    Parameters
    ----------
    limit
        Where the next quantity begins.
    ahead
        Whether its period lies after the day of the article.
    """
    forecast, plan, foretold = _modal(rules)
    if name is not None and name.source is not None:
        return name.source
    if name is not None and name.metric in _OPINIONS:
        return "opinion"
    end = min(limit, one.end + _BEHIND)
    if forecast.search(text, one.end, end) or foretold.search(text, max(0, one.start - 10), one.start):
        return "forecast"
    if plan.search(text, one.end, end):
        return "plan"
    if ahead:
        return "plan" if "까지" in text[max(0, one.start - _BEHIND) : one.start] else "forecast"
    return "reported"


def over_of(over: Over | None, kind: FigureKind, metric: Metric | None) -> Over | None:
    """What a change is measured against; 성장률 is of a year, and a share of nothing."""
    if kind == "change":
        return over
    growth = kind == "rate" and metric is not None and metric.name.endswith(GROWN)
    return (over or "YoY") if growth else None
