"""All that a sentence counts, by what it counts: who counts differently says something different."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from functools import lru_cache

from ..records import CountRules
from .figures import rounded, value_of

#: Numbers that a text gives, by what they count: ``{"권": {30000.0}}``.
Counts = Mapping[str, frozenset[float]]

_NUMBER = r"\d[\d,]*+(?:\.\d+)?"
_BIG = rf"{_NUMBER}(?:\s?[천백]?[조억만](?:\s?{_NUMBER})?|[천백](?:{_NUMBER})?)*+[천백]?"
_RANGE = re.compile(rf"(?<![\d,.])({_NUMBER})\s?[~∼]\s?(?=\d)")
_ENDS = (
    "이었다", "이다", "이며", "이고", "이라", "이나", "였다", "으로", "에서", "까지", "부터", "보다", "씩",
    "은", "는", "이", "가", "을", "를", "의", "에", "도", "로", "과", "와", "만", "여", "다", "고",
)  # fmt: skip
_CLOCK = re.compile(
    r"(오전|오후|새벽|아침|낮|저녁|밤)?\s?(?<!\d)(\d{1,2})\s?"
    r"(?:시(?!간|즌|도|군|민|장|내)\s?(?:(\d{1,2})\s?분|(반))?|:(\d\d)(?!\d))"
)
_DATE = re.compile(r"(?<!\d)((?:19|20)\d\d)[.\-/]\s?(\d{1,2})[.\-/]\s?(\d{1,2})(?!\d)")
_YEAR = re.compile(r"(?<!\d)((?:19|20)\d\d)\s?년(?!\s?(?:만|간|동안|째))")
_MONTH = re.compile(r"(?<![\d.])(\d{1,2})\s?월(?!드)")
_DAY = re.compile(r"(?<![\d.,])(\d{1,2})\s?일(\s?(?:간|동안|째|연속|만에|치))?")
_PART = re.compile(r"(?<!\d)(\d{1,6}|한|두|세|네|다섯|열|백)\s?분의\s?(\d{1,6}|일|한|이|두|삼|세)")
_SCORE = re.compile(r"(?<![\d.,-])(\d{1,3})\s?[-:대]\s?(\d{1,3})(?![\d.,-]|\s?[년월일])")
_HALF = re.compile(r"(상|하)반기")
#: Numerals of the language itself.
_ONES = {
    "하나": 1, "다섯": 5, "여섯": 6, "일곱": 7, "여덟": 8, "아홉": 9, "한": 1, "두": 2, "둘": 2, "세": 3,
    "셋": 3, "석": 3, "서": 3, "네": 4, "넷": 4, "넉": 4, "너": 4, "닷": 5, "엿": 6,
}  # fmt: skip
_TENS = {
    "스물": 20, "스무": 20, "서른": 30, "마흔": 40, "예순": 60, "일흔": 70, "여든": 80, "아흔": 90, "열": 10,
    "쉰": 50,
}  # fmt: skip
#: Those that are words of their own too, and count only before a counter.
_AMBIGUOUS = frozenset({"한", "세", "네", "석", "서", "너", "넉", "닷", "엿"})
_DAYS = {
    "하루": 1, "이틀": 2, "사흘": 3, "나흘": 4, "닷새": 5, "엿새": 6, "이레": 7, "여드레": 8, "아흐레": 9,
    "열흘": 10, "보름": 15,
}  # fmt: skip
_DAY_WORD = re.compile(rf"(?<![가-힣])({'|'.join(_DAYS)})(?!아침)")
_WHOLE = {"십": 10.0, "백": 100.0, "천": 1000.0, "만": 10_000.0, "억": 1e8}
# What may follow a counter: 세 부담 counts nothing.
_AFTER = (
    r"(?=이|가|을|를|은|는|의|에|도|로|으로|과|와|만|씩|쯤|째|까지|부터|정도|나|다|였|짜리|당|마다|간|여"
    r"|[^가-힣]|$)"
)
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
        unit = "|".join(map(re.escape, sorted(rules.counters, key=lambda word: (-len(word), word))))
        return cls(
            re.compile(
                rf"(?P<sign>[$￦₩€])?\s?(?P<value>{_BIG})\s?여?\s?(?:(?P<mark>%\s?(?:포인트|p)|[%℃㎡㎞㎏㎜㎝ℓ㎾㎿]"
                rf"|[A-Za-z]{{1,4}}(?![A-Za-z0-9]))|(?P<unit>{unit})|(?P<other>[가-힣]{{1,4}}))?"
            ),
            re.compile(
                rf"(?<![가-힣0-9])(?P<tens>{'|'.join(_TENS)})?(?P<ones>{'|'.join(_ONES)})?\s?"
                rf"(?:(?P<unit>{unit}){_AFTER}|(?<=\s)(?P<other>[가-힣]{{1,4}}))"
            ),
            re.compile(rf"(?<![가-힣0-9])(수|몇\s?)?([십백천만억])\s?({unit}){_AFTER}"),
            dict(rules.same),
        )

    def counter(self, raw: str) -> str:
        """One name for what several count: 사람 and 명."""
        return self.same.get(raw, raw)

    def readers(self) -> Iterator[tuple[re.Pattern[str], _Read]]:
        """What is looked for, what is surest first."""
        yield from _TIMES
        yield self.word, self._whole
        yield self.native, self._spelt

    def _whole(self, match: re.Match[str]) -> list[tuple[str, float]]:
        counter = self.counter(match[3])
        return [(f"여러 {counter}" if match[1] else counter, _WHOLE[match[2]])]

    def _spelt(self, match: re.Match[str]) -> list[tuple[str, float]]:
        value = _TENS.get(match["tens"] or "", 0) + _ONES.get(match["ones"] or "", 0)
        counter = match["unit"] or ""
        if not counter and not match["tens"] and match["ones"] not in _AMBIGUOUS:
            counter = _bare(match["other"])
        return [(self.counter(counter), float(value))] if value and counter else []

    def given(self, match: re.Match[str]) -> str:
        """What a number in digits counts; empty for what is not said."""
        raw = re.sub(r"\s", "", match["mark"] or "").lower() or match["unit"] or match["sign"] or ""
        # What is no known counter counts only where it is not apart from its number: 93.7 이상.
        if not raw and match["other"] and match.end("value") == match.start("other"):
            raw = _bare(match["other"])
        return self.counter(raw)


_patterns = lru_cache(maxsize=4)(_Patterns.of)


def counts(text: str, rules: CountRules) -> Counts:
    """All numbers of a text, by what they count; spelt-out ones too (두 사람, 열흘)."""
    patterns = _patterns(rules)
    found: defaultdict[str, set[float]] = defaultdict(set)
    rest = text
    for pattern, read in patterns.readers():

        def take(match: re.Match[str], read: _Read = read) -> str:
            taken = read(match)
            for counter, value in taken:
                found[counter].add(value)
            return " ; " if taken else match[0]

        rest = pattern.sub(take, rest)
    ranges = {match.start(1) for match in _RANGE.finditer(rest)}
    waiting: list[float] = []
    for match in patterns.counted.finditer(rest):
        waiting.append(value_of(match["value"]))
        if match.start("value") not in ranges:
            found[patterns.given(match)].update(waiting)
            waiting.clear()
    return {counter: frozenset(values) for counter, values in found.items()}


def at_odds(ones: Counts, others: Counts) -> frozenset[str]:
    """What two texts count differently: neither has all the numbers of the other."""
    return frozenset(
        counter
        for counter in ones.keys() & others.keys()
        if not (_within(ones[counter], others[counter]) or _within(others[counter], ones[counter]))
    )


def _within(few: frozenset[float], many: frozenset[float]) -> bool:
    return all(any(rounded(one, other) for other in many) for one in few)


def _bare(word: str) -> str:
    """A word without its particles."""
    for _ in range(2):
        ending = next((end for end in _ENDS if word.endswith(end)), "")
        word = word.removesuffix(ending)
    return word


def _date(match: re.Match[str]) -> list[tuple[str, float]]:
    return [("연도", float(match[1])), ("월", float(match[2])), ("일", float(match[3]))]


def _part(match: re.Match[str]) -> list[tuple[str, float]]:
    names = {**_ONES, "일": 1, "이": 2, "삼": 3, "열": 10, "백": 100}
    whole, part = (float(names.get(one, 0) or one) for one in (match[1], match[2]))
    return [("몫", round(part / whole, 6))] if whole else []


def _clock(match: re.Match[str]) -> list[tuple[str, float]]:
    hour, minute = int(match[2]), 30 if match[4] else int(match[3] or match[5] or 0)
    if hour > 24 or minute > 59:
        return []
    late = hour > 12 or match[1] in ("오후", "저녁", "밤")
    told = late or match[1] in ("오전", "새벽")
    return [("시각", float(hour % 12 * 60 + minute)), *([("반날", float(late))] if told else [])]


def _score(match: re.Match[str]) -> list[tuple[str, float]]:
    few, many = sorted((int(match[1]), int(match[2])))
    return [("대", float(many * 1000 + few))]


_TIMES: tuple[tuple[re.Pattern[str], _Read], ...] = (
    (_DATE, _date),
    (_PART, _part),
    (_CLOCK, _clock),
    (_YEAR, lambda match: [("연도", float(match[1]))]),
    (_MONTH, lambda match: [("월", float(match[1]))]),
    (_DAY, lambda match: [("날" if match[2] else "일", float(match[1]))]),
    (_SCORE, _score),
    (_HALF, lambda match: [("반기", float(match[1] == "하"))]),
    (_DAY_WORD, lambda match: [("날", float(_DAYS[match[1]]))]),
)
