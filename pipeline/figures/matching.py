"""Whether two figures are of one thing.

What tells them apart comes first: a disagreement that is none costs more than one that is missed.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence

from ..records import CompareRules
from .agreeing import agree, ends_of
from .around import compiled, same_name
from .claims import Claim

#: Share of the words around two figures of one thing: alone, and with the same metric or period.
ALIKE, SOMEWHAT = 0.5, 0.28
_YEAR = 4
DIGIT = re.compile(r"\d")
_DAY = re.compile(r"\d{4}-\d\d-\d\d")
#: High end over low end of a range that says little: 두 자릿수.
WIDE = 1.3
#: What one tells as foretold or planned is no other's result.
UNLIKE = ({"expected", "past"}, {"expected", "plain"}, {"planned", "past"})


def confirms(one: Claim, other: Claim) -> bool:
    """Whether another article gives a figure's value too, for what may be the same."""
    if one.unit != other.unit:
        return False
    if one.figure.value == other.figure.value:
        return True
    low, high = ends_of(other.figure)
    close = one.growth == other.growth and one.metric == other.metric and high <= WIDE * low
    return close and agree(one.figure, other.figure)


def opposed(a: Claim, b: Claim, rules: CompareRules, of_one_event: bool = False) -> bool:
    """Whether two values can't both be right, and nothing tells their things apart.

    Parameters
    ----------
    of_one_event
        Whether all that only speaks for two things is left to be weighed.
    """
    if not differing(a, b) or (labelled_apart(a, b) and not (of_one_event and a.counted)):
        return False
    told, weighed = words_apart(a, b, rules)
    return not told and (of_one_event or not (weighed or of_parts(a, b)))


def differing(a: Claim, b: Claim) -> bool:
    """Whether two values can't both be right, and their kinds and times tell no two things."""
    one, other = a.figure, b.figure
    if a.unit != b.unit or a.role or b.role or a.growth != b.growth or a.over != b.over:
        return False
    if one.value == other.value:
        return False
    if (one.kind == "change") != (other.kind == "change") and not a.growth:
        return False
    if (
        one.unit == "%"
        and not a.growth
        and {one.kind, other.kind} == {"share", "rate"}
        and a.metric != b.metric
    ):
        return False
    if a.growth and None not in (one.direction, other.direction) and one.direction != other.direction:
        return False
    if {a.modal, b.modal} in UNLIKE:
        return False
    if a.each != b.each and not {a.each, b.each} <= {"", "연"}:
        return False
    if (a.running or b.running) and a.day != b.day and not _of_one_day(a, b):
        return False
    # What takes longest comes last.
    return left_opposed(a, b) and not agree(one, other, (a.bound, b.bound))


def _of_one_day(a: Claim, b: Claim) -> bool:
    """Whether both say of which day they are, and it is one: 28일 오후 6시까지."""
    return a.period == b.period and is_of_a_day(a)


def is_of_a_day(claim: Claim) -> bool:
    """Whether a figure is told of a day."""
    return claim.period is not None and _DAY.fullmatch(claim.period) is not None


def labelled_apart(a: Claim, b: Claim) -> bool:
    """Whether nouns right before two figures are of two things: 기관 412억원, 외국인 380억원."""
    return bool(a.label and b.label) and not same_name(frozenset({a.label}), frozenset({b.label}))


def left_opposed(a: Claim, b: Claim) -> bool:
    """Whether two figures are not of two times or models: what `facing` leaves to be asked."""
    if timed(a) and timed(b) and not (of_one_time(a, b) or _of_its_part(a, b)):
        return False
    if any(one.annual and timed(other) and not of_a_year(other) for one, other in ((a, b), (b, a))):
        return False
    return not (a.serials and b.serials and not a.serials & b.serials)


def of_parts(a: Claim, b: Claim) -> bool:
    """Whether two figures are of two parts of a whole, or of one and the whole.

    What only one sentence calls a part may stand in the other one all the same.
    """
    if not (a.parts or b.parts) or a.parts & b.parts:
        return False
    if a.article == b.article:
        return True
    ours, theirs = (
        {part for part in own.parts if not (part in a.about and part in b.about)} for own in (a, b)
    )
    told = all(any(part[:2] == word[:2] for word in b.words) for part in ours)
    return not (told and all(any(part[:2] == word[:2] for word in a.words) for part in theirs))


def kept_apart(a: Claim, b: Claim, rules: CompareRules) -> bool:
    """Whether words around two figures tell their things apart: 국내 매출, 해외 매출."""
    return any(words_apart(a, b, rules))


def words_apart(a: Claim, b: Claim, rules: CompareRules) -> tuple[bool, bool]:
    """Whether words around two figures tell their things apart, and whether some speak for it."""
    told = weighed = False
    for one, ours, theirs in zip(rules.apart, a.apart, b.apart, strict=True):
        both = bool(ours and theirs)
        apart = not (one.alike or ours & theirs) if both else one.narrows and bool(ours or theirs)
        told = told or (apart and not one.weighed)
        weighed = weighed or (apart and one.weighed)
    return told, weighed


def named_alike(a: Claim, b: Claim, rules: CompareRules) -> bool:
    """Whether two figures of different events are of one thing: by name, metric and period."""
    if not (a.metric and a.metric == b.metric and a.spare == b.spare):
        return False
    if a.subjects & b.subjects <= compiled(rules).unnamed:
        return False
    # What an article without a day calls this year may be another one.
    period = a.figure.period
    return ((period is not None and period == b.figure.period) or _of_now(a, b)) and a.own and b.own


def told_alike(a: Claim, b: Claim) -> bool:
    """Whether two figures of one event are of one thing: by name, metric, time and the words around them."""
    if not (a.metric and a.metric == b.metric and a.own and b.own and same_name(a.subjects, b.subjects)):
        return False
    return (of_one_time(a, b) or _of_now(a, b)) and dice(a.near, b.near) >= SOMEWHAT


def worded_alike(a: Claim, b: Claim) -> bool:
    """Whether two sentences of one event tell their figures in the same words: 책은 모두 3만 권이다."""
    return bool(a.near) and a.near == b.near and a.words == b.words and a.metric == b.metric


def _of_now(a: Claim, b: Claim) -> bool:
    """Whether one tells the quarter or year, and the other says that it is of the last one, or this one."""
    for one, other in ((a, b), (b, a)):
        if one.annual and of_a_year(other):
            return True
    if a.current and b.current:
        return True
    quarter = a.period if b.current else b.period if a.current else None
    return quarter is not None and "Q" in quarter


def of_a_year(claim: Claim) -> bool:
    """Whether a figure is of a year, of the calendar or a company's own."""
    return claim.period is not None and len(claim.period.removeprefix("FY")) == _YEAR


def _of_its_part(a: Claim, b: Claim) -> bool:
    """Whether one is of a year and the other of a month in it, and neither is a result: 2028년, 그해 9월."""
    if a.result or b.result or a.period is None or b.period is None:
        return False
    return a.period.startswith(b.period) or b.period.startswith(a.period)


def timed_apart(a: Claim, b: Claim, apart: bool) -> bool:
    """Whether two figures may be of two times: what is told for each quarter needs to be told of one.

    Parameters
    ----------
    apart
        Whether their articles are about two quarters (`of_two_quarters`).
    """
    if apart and not (timed(a) and timed(b)):
        return True
    return (a.result or b.result) and not (of_one_time(a, b) or _of_now(a, b))


def timed(claim: Claim) -> bool:
    """Whether it is known when a figure was so."""
    return claim.period is not None or bool(claim.spans)


def of_one_time(a: Claim, b: Claim) -> bool:
    """Whether two figures are known to be of one time, whether by the calendar or by a company's own year."""
    # 회계 3분기 may be any quarter of the calendar, but two quarters of one reckoning are two.
    reckoned = {DIGIT.sub("0", period) for period in (a.period, b.period) if period is not None}
    if a.period == b.period is not None or (
        a.period is not None and b.period is not None and len(reckoned) < 2
    ):
        return a.period == b.period
    return not a.spans.isdisjoint(b.spans)


def of_two_quarters(ones: Sequence[Claim], others: Sequence[Claim]) -> bool:
    """Whether two articles are about the results of two quarters."""
    quarters = [Counter(c.period for c in own if c.period and "Q" in c.period) for own in (ones, others)]
    if not all(quarters):
        return False
    first, second = (min(found, key=lambda name: (-found[name], name)) for found in quarters)
    return first != second and not (first in quarters[1] or second in quarters[0])


def dice(ones: frozenset[str], others: frozenset[str]) -> float:
    """Share of two sets of words (Dice 1945)."""
    return 2 * len(ones & others) / (len(ones) + len(others)) if ones and others else 0.0


def likeness(a: Claim, b: Claim, words: float | None = None) -> float:
    """How much alike two figures are, to find the one that another is most like.

    Parameters
    ----------
    words
        The share of their sentences' words, where it is known.
    """
    return (
        dice(a.near, b.near)
        + 0.3 * (dice(a.words, b.words) if words is None else words)
        + 0.5 * (a.metric == b.metric and a.metric != "")
        + 0.3 * (a.period == b.period and a.period is not None)
        + 0.2 * bool(a.subjects & b.subjects)
    )
