"""All that a sentence counts, by what it counts: who counts differently says something different."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from functools import lru_cache

from ..korean.expressions import of_words
from ..korean.numerals import (
    AMBIGUOUS,
    DAYS,
    FRACTIONS,
    ONES,
    TENS,
    Number,
    find_numbers,
    read_number,
)
from ..korean.particles import COPULA, LONGER, PARTICLES, SYLLABLES
from ..korean.quantities import find_quantities
from ..korean.times import CLOCK, DATE, DAY, EVENING, HALF, MONTH, MORNING, SCORE, SPAN, YEAR
from ..korean.units import SHARE_POINTS, SIGNS
from ..records import CountRules, Measures
from .figures import NEARLY, rounded, sign_before

#: Numbers that a text gives, by what they count: ``{"권": {30000.0}}``.
Counts = Mapping[str, frozenset[float]]

_ENDS = (*sorted(COPULA, key=len, reverse=True), *PARTICLES, "씩", "여", "다", "고")
_PART = re.compile(rf"(?<!\d){FRACTIONS.pattern}")
_DAY_WORD = re.compile(rf"(?<![가-힣])({'|'.join(sorted(DAYS, key=len, reverse=True))})(?!아침)")
#: High end over low end of a range that says little: 두 자릿수.
_WIDE = 1.5
#: What makes a range of a number and the next one.
_TO = re.compile(r"\s?[~∼]\s?\d")
# What may follow a counter: 세 부담 counts nothing.
_AFTER = rf"(?=[{SYLLABLES}나다씩쯤째당간여였]|{'|'.join(LONGER)}|정도|짜리|마다|[^가-힣]|$)"
#: Counters of when something happens.
WHEN = frozenset({"연도", "월", "일", "시각", "반날"})

_Read = Callable[[re.Match[str]], list[tuple[str, float]]]


@dataclass(frozen=True, slots=True)
class _Patterns:
    """What finds a number with what it counts, for a list of counters."""

    counted: re.Pattern[str]
    native: re.Pattern[str]
    word: re.Pattern[str]
    same: Mapping[str, str]

    @classmethod
    def of(cls, rules: CountRules) -> _Patterns:
        """Patterns of rules."""
        unit = of_words(rules.counters)
        unlike = "|".join(map(re.escape, rules.unlike))
        return cls(
            re.compile(
                rf"(?P<mark>\s?여?\s?(?:{SHARE_POINTS}|[{SIGNS}]|[A-Za-z]{{1,4}}(?![A-Za-z0-9])))"
                rf"|\s?여?\s?(?P<unit>(?!{unlike})(?:{unit}))|(?P<other>(?!여)[가-힣]{{1,4}})"
            ),
            re.compile(
                rf"(?<![가-힣0-9])(?P<tens>{'|'.join(TENS)})?(?P<ones>{'|'.join(ONES)})?\s?"
                rf"(?:(?P<unit>{unit}){_AFTER}|(?<=\s)(?P<other>[가-힣]{{1,4}}))"
            ),
            re.compile(rf"(?<![가-힣0-9])(수|몇\s?)?([십백천만억])\s?({unit}){_AFTER}"),
            dict(rules.same),
        )

    def counter(self, raw: str) -> str:
        """One name for what several count: 사람 and 명."""
        return self.same.get(raw, raw)

    def readers(self) -> Iterator[tuple[str, re.Pattern[str], _Read]]:
        """What is looked for, what is surest first, with letters of which it has one; empty for any."""
        yield from _TIMES
        yield "십백천만억", self.word, self._whole
        yield "", self.native, self._spelt

    def _whole(self, match: re.Match[str]) -> list[tuple[str, float]]:
        counter = self.counter(match[3])
        value = float(read_number(match[2]) or 0)
        return [(f"여러 {counter}" if match[1] else counter, value)]

    def _spelt(self, match: re.Match[str]) -> list[tuple[str, float]]:
        value = TENS.get(match["tens"] or "", 0) + ONES.get(match["ones"] or "", 0)
        if not value:  # nearly every word
            return []
        counter = match["unit"] or ""
        if not counter and not match["tens"] and match["ones"] not in AMBIGUOUS:
            counter = _bare(match["other"])
        return [(self.counter(counter), float(value))] if counter else []

    def given(self, text: str, number: Number) -> str:
        """What a number in digits counts; empty for what is not said."""
        match = self.counted.match(text, number.end)
        if match is None:
            return self.counter(sign_before(text, number.start))
        if match["mark"]:
            return self.counter("".join(match["mark"].split()).removeprefix("여").lower())
        # What is no known counter counts only where it is not apart from its number: 93.7 이상.
        return self.counter(match["unit"] or sign_before(text, number.start) or _bare(match["other"]))


_patterns = lru_cache(maxsize=4)(_Patterns.of)


def counts(text: str, rules: CountRules) -> Counts:
    """All numbers of a text, by what they count; spelt-out ones too (두 사람, 열흘)."""
    patterns = _patterns(rules)
    found: defaultdict[str, set[float]] = defaultdict(set)
    rest = text
    for letters, pattern, read in patterns.readers():
        if letters and not any(map(text.__contains__, letters)):
            continue

        def take(match: re.Match[str], read: _Read = read) -> str:
            taken = read(match)
            for counter, value in taken:
                found[counter].add(value)
            return " ; " if taken else match[0]

        rest = pattern.sub(take, rest)
    waiting: list[float] = []
    for number in find_numbers(rest):
        if number.value is None:
            continue
        waiting.append(float(number.value))
        if not _TO.match(rest, number.end):
            found[patterns.given(rest, number)].update(waiting)
            waiting.clear()
    return {counter: frozenset(values) for counter, values in found.items()}


def told(text: str, rules: CountRules, measures: Measures) -> Counts:
    """All numbers of a text, those in words and vague ones too: 이천오백 원, 절반, 두 자릿수.

    What figures are read with reads them once more, under their units (``KRW``, ``%``); the two ends of a
    range stand under a name of their own, for a value in it may be the same.
    """
    found: defaultdict[str, set[float]] = defaultdict(set)
    for one in find_quantities(text, measures):
        if one.low is not None and one.high is not None:
            wide = "~" if one.high > _WIDE * abs(one.low) else ""
            found[f"={one.unit}{wide}"].update((float(one.low), float(one.high)))
    return {**counts(text, rules), **{unit: frozenset(values) for unit, values in found.items()}}


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


@lru_cache(maxsize=1 << 12)
def _bare(word: str) -> str:
    """A word without its particles."""
    for _ in range(2):
        ending = next((end for end in _ENDS if word.endswith(end)), "")
        word = word.removesuffix(ending)
    return word


def _date(match: re.Match[str]) -> list[tuple[str, float]]:
    return [("연도", float(match[1])), ("월", float(match[2])), ("일", float(match[3]))]


def _part(match: re.Match[str]) -> list[tuple[str, float]]:
    whole, part = map(read_number, match.groups())
    return [("몫", round(float(part / whole), 6))] if whole and part is not None else []


def _clock(match: re.Match[str]) -> list[tuple[str, float]]:
    hour, minute = int(match[2]), 30 if match[4] else int(match[3] or match[5] or 0)
    if hour > 24 or minute > 59:
        return []
    late = hour > 12 or match[1] in (*EVENING, "밤")
    told = late or match[1] in MORNING
    return [("시각", float(hour % 12 * 60 + minute)), *([("반날", float(late))] if told else [])]


def _score(match: re.Match[str]) -> list[tuple[str, float]]:
    few, many = sorted((int(match[1]), int(match[2])))
    return [("대", float(many * 1000 + few))]


_TIMES: tuple[tuple[str, re.Pattern[str], _Read], ...] = (
    (".-/", re.compile(DATE), _date),
    ("의", _PART, _part),
    ("시:", re.compile(CLOCK), _clock),
    ("년", re.compile(YEAR), lambda match: [("연도", float(match[1]))]),
    ("월", re.compile(MONTH), lambda match: [("월", float(match[1]))]),
    ("일", re.compile(rf"{DAY}(\s?{SPAN})?"), lambda match: [("날" if match[2] else "일", float(match[1]))]),
    ("-:대", re.compile(SCORE), _score),
    ("기", re.compile(HALF), lambda match: [("반기", float(match[1] == "하"))]),
    ("", _DAY_WORD, lambda match: [("날", float(DAYS[match[1]]))]),
)
