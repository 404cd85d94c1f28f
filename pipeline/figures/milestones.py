"""When something is begun or done: 양산 2028년 3분기, 착공 내년 6월. Two articles may differ on it."""

from __future__ import annotations

import re
from calendar import monthrange
from collections.abc import Iterator, Sequence
from datetime import date
from functools import lru_cache
from typing import NamedTuple

from ..korean.expressions import any_of, of_words
from ..korean.particles import UNTIL
from ..korean.periods import Calendar, Period, find_periods, is_measured_against
from ..korean.spelling import key_of
from ..korean.times import YEARS
from ..records import CONTENT_KINDS, CompareRules, Figure, Report
from .agreeing import DATE

#: Code points between a time and what is done then.
_BEHIND, _BEFORE = 24, 20
#: Code points before a time in which it is told that it is an old one.
_FORMERLY = 10
#: What is done by a day, where nothing else is told: 1월 8일까지.
_DEADLINE = "기한"
_BY_A_DAY = f"일{UNTIL}"
#: Months that a deadline without a year may lie behind the article; one that is longer past is next year's.
_PASSED = 6
_WITH_YEAR = re.compile(rf"['’]?\d{{2,4}}(?=\s?[년.\-/])|{of_words(YEARS)}")
_OPEN = re.compile(r"\s?(?:말|초)?\s?(?:이전|이후(?!\s\S{1,6}부터)|이내|전에|뒤에)")
#: A year, in days as they are numbered.
_YEAR = 10_000
_NAME = re.compile(r"(\d{4})(?:Q([1-4])|H([12])|-(\d\d)(?:-(\d\d))?)?")


class _Done(NamedTuple):
    """A word for what is done: where it stands, its key, and whether it says of anything that it begins."""

    start: int
    end: int
    what: str
    begun: bool


def milestones(report: Report, calendar: Calendar, rules: CompareRules) -> tuple[Figure, ...]:
    """The times of what an article says will be, or was, begun or done, as figures of the unit `DATE`.

    A value is the first and the last day of the time, as numbers: 2028년 3분기 is (20280701, 20280930).
    """
    done = _done(rules)
    found: list[Figure] = []
    for index, sentence in enumerate(report.sentences):
        if sentence.kind in CONTENT_KINDS and (done.search(sentence.text) or _BY_A_DAY in sentence.text):
            dated = report.source.day is not None
            found += _in_sentence(sentence.text, index, sentence.start, calendar, dated, rules)
    return tuple(found)


@lru_cache(maxsize=4)
def _done(rules: CompareRules) -> re.Pattern[str]:
    return any_of((*rules.milestones, *rules.begun))


@lru_cache(maxsize=4)
def _begun(rules: CompareRules) -> re.Pattern[str]:
    return any_of(rules.begun)


@lru_cache(maxsize=4)
def _formerly(rules: CompareRules) -> re.Pattern[str]:
    return any_of((*rules.old, *rules.once))


def _in_sentence(
    text: str, index: int, offset: int, calendar: Calendar, dated: bool, rules: CompareRules
) -> Iterator[Figure]:
    formerly = _formerly(rules)
    begun = _begun(rules)
    done = [
        _Done(one.start(), one.end(), key_of(one[0]), begun.match(text, one.start()) is not None)
        for one in _done(rules).finditer(text)
    ]
    periods = find_periods(text, calendar, rules.figures.periods)
    for n, period in enumerate(periods):
        days = _days(period.name)
        if days is None or period.back or is_measured_against(text, period.end):
            continue
        if period.until and days[0] != days[1]:
            continue
        # 3분기 and 9월 are of a year that is not told; 내년 and 3월 2일 are, in an article with a day.
        year = _WITH_YEAR.match(text, period.start)
        told = year is not None and (dated or year[0][-1:].isdecimal())
        if not (told or (dated and days[0] == days[1])) or _OPEN.match(text, period.end):
            continue
        if formerly.search(text, max(periods[n - 1].end if n else 0, period.start - _FORMERLY), period.start):
            continue
        what = _nearest(done, period, periods[n - 1 : n] if n else [], periods[n + 1 : n + 2])
        if period.until:
            what = _DEADLINE
            if year is None and calendar.day is not None and _is_long_past(days[0], calendar.day):
                days = (days[0] + _YEAR, days[1] + _YEAR)
        if what is None:
            continue
        yield Figure(
            subject=None,
            metric=rules.milestone_names.get(what, what),
            text=text[period.start : period.end].strip(),
            value=days if days[0] < days[1] else days[0],
            unit=DATE,
            approximate=False,
            period=None,
            over=None,
            kind="level",
            direction=None,
            modality="reported",
            sentence=index,
            start=offset + period.start,
            end=offset + period.end,
        )


def _is_long_past(day: int, today: date) -> bool:
    """Whether a day, told without its year, lies so far behind that the next year's is meant."""
    months = 12 * (today.year - day // _YEAR) + today.month - day // 100 % 100
    return months > _PASSED


def _nearest(done: Sequence[_Done], period: Period, before: list[Period], behind: list[Period]) -> str | None:
    """What is done at a time: what stands next behind it, else before it, with no other time between.

    That something begins says little: what stands before the time says more.
    """
    last = min(behind[0].start if behind else period.end + _BEHIND, period.end + _BEHIND)
    following = next((one for one in done if period.end <= one.start < last), None)
    if following is not None and not following.begun:
        return following.what
    first = max(before[0].end if before else 0, period.start - _BEFORE)
    leading = [one.what for one in done if first <= one.end <= period.start]
    return leading[-1] if leading else following.what if following is not None else None


def _days(name: str | None) -> tuple[int, int] | None:
    """The first and last day of a period; None for those of a company's own year."""
    match = _NAME.fullmatch(name or "")
    if match is None:
        return None
    year, quarter, half, month, day = (int(part) if part else 0 for part in match.groups())
    if day:
        return (year * 10_000 + month * 100 + day,) * 2
    first, last = 1, 12
    if quarter:
        first, last = 3 * quarter - 2, 3 * quarter
    elif half:
        first, last = 6 * half - 5, 6 * half
    elif month:
        first = last = month
    return year * 10_000 + first * 100 + 1, year * 10_000 + last * 100 + monthrange(year, last)[1]
