"""All that a sentence counts, by what it counts: who counts differently says something different."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Callable, Mapping

from ..korean.counting import find_others
from ..korean.quantities import find_quantities
from ..korean.times import BARE_DAY, CLOCK, DATE, EVENING, HALF, MONTH, MORNING, SCORE, YEAR
from ..records import CountRules
from .figures import NEARLY, VAGUE, rounded

#: Numbers that a text gives, by what they count: ``{"권": {30000.0}}``.
Counts = Mapping[str, frozenset[float]]

#: Counters of when something happens.
WHEN = frozenset({"연도", "월", "일", "시각", "반날"})
#: Days that pass have another name than days of the month.
_PASSING = {"일": "날"}

_Read = Callable[[re.Match[str]], list[tuple[str, float]]]


def counts(text: str, rules: CountRules) -> Counts:
    """All numbers of a text, by what they count; those in words and vague ones too: 두 사람, 열흘, 절반.

    A vague one (수백 명, 두 자릿수) stands under a name of its own, for a value in it may be the same.
    """
    found: defaultdict[str, set[float]] = defaultdict(set)
    rest = text
    for letters, pattern, read in _TIMES:
        if not any(map(text.__contains__, letters)):
            continue

        def take(match: re.Match[str], read: _Read = read) -> str:
            taken = read(match)
            for counter, value in taken:
                found[counter].add(value)
            return " ; " if taken else match[0]

        rest = pattern.sub(take, rest)
    quantities = find_quantities(rest, rules.measures)
    for one in quantities:
        if one.low is not None and one.high is not None:
            name = rules.same.get(one.unit, _PASSING.get(one.unit, one.unit))
            vague = one.high > VAGUE * abs(one.low)
            found[f"여러 {name}" if vague else name].update((float(one.low), float(one.high)))
    for _, value, counter in find_others(rest, quantities):
        found[rules.same.get(counter, counter)].add(float(value))
    return {counter: frozenset(values) for counter, values in found.items()}


def at_odds(ones: Counts, others: Counts) -> frozenset[str]:
    """What two texts count differently: neither has all the numbers of the other."""
    found = []
    for counter in ones.keys() & others.keys():
        few, many = ones[counter], others[counter]
        if not (few <= many or few >= many or _within(few, many) or _within(many, few)):
            found.append(counter)
    return frozenset(found)


def _within(few: frozenset[float], many: frozenset[float]) -> bool:
    # Small figures are exact.
    return all(one >= NEARLY and any(rounded(one, other) for other in many) for one in few - many)


def _date(match: re.Match[str]) -> list[tuple[str, float]]:
    return [("연도", float(match[1])), ("월", float(match[2])), ("일", float(match[3]))]


def _clock(match: re.Match[str]) -> list[tuple[str, float]]:
    hour, minute = int(match[2]), 30 if match[4] else int(match[3] or match[5] or 0)
    if hour > 24 or minute > 59:
        return []
    late = hour > 12 or match[1] in (*EVENING, "밤")
    told = late or match[1] in MORNING
    return [("시각", float(hour % 12 * 60 + minute)), *([("반날", float(late))] if told else [])]


def _score(match: re.Match[str]) -> list[tuple[str, float]]:
    few, many = sorted((int(match[1]), int(match[2])))
    return [("승부", float(many * 1000 + few))]


#: Times and scores, with letters of which each has one.
_TIMES: tuple[tuple[str, re.Pattern[str], _Read], ...] = (
    (".-/", re.compile(DATE), _date),
    ("시:", re.compile(CLOCK), _clock),
    ("년", re.compile(YEAR), lambda match: [("연도", float(match[1]))]),
    ("월", re.compile(MONTH), lambda match: [("월", float(match[1]))]),
    ("일", re.compile(BARE_DAY), lambda match: [("일", float(match[1]))]),
    ("-:대", re.compile(SCORE), _score),
    ("기", re.compile(HALF), lambda match: [("반기", float(match[1] == "하"))]),
)
