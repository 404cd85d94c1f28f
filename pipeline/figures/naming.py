"""What a noun phrase names: whose figure it is, and what is measured."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import lru_cache
from typing import Literal, NamedTuple

from ..korean.expressions import of_words
from ..korean.names import CALLED
from ..korean.numerals import SCALES
from ..korean.particles import JOINING
from ..korean.pointing import BEFORE_NOUNS, DETERMINERS
from ..korean.suffixes import PLURAL
from ..korean.times import CALENDAR
from ..records import FigureRules, Metric, Modality
from .phrases import Phrase

_RATE = re.compile(r"[율률]$")
_EDGE = re.compile(r"^[\s,·+—–-]+|[\s,·+—–-]+$")
#: Companies by their number: 통신 3사.
_GROUP = re.compile(r"\d\s?(?:개)?사$")
#: Labels of questions and answers, numbers, and what something is for each of: kWh당.
_NO_NAME = re.compile(
    rf"[A-Z]\.?$|\d[\d,.]*(?:{of_words((*CALENDAR, '개월', '시', '배'))}|[{SCALES}])"
    r"|.*(?:[A-Za-z\d건주인명개대장]|비트)당$"
)
_RANK = re.compile(r"\d+위$")
_JOINING = frozenset({*JOINING, "·", ","})
_JOINED = re.compile(rf"(?:{of_words(_JOINING)})$")
_JOINING_ENDS = frozenset([word[-1] for word in _JOINING])


class Name(NamedTuple):
    """What a phrase names.

    Attributes
    ----------
    subject
        As an editor would write it; None where it names nobody.
    metric
        With what stands before it (광고 매출); None where it names none.
    known
        The metric of the lists that it is.
    source
        Who says so, where the phrase tells: a forecast, a plan.
    proper
        Whether the subject has a name in it.
    owned
        Whether a 의 parts it from the metric.
    spare
        What stands before the metric and is no name: 검사장비 매출. Whose it is, or what kind of it.
    yearly
        Whether it is told of a year: 연간 설비투자 전망.
    """

    subject: str | None
    metric: str | None
    known: Metric | None
    source: Modality | None
    proper: bool
    owned: bool = False
    spare: str | None = None
    yearly: bool = False


class Named(NamedTuple):
    """A phrase that names somebody."""

    phrase: Phrase
    name: Name
    value: str
    kind: str


_Around = Literal["forecast", "plan", "plain"]


@dataclass(frozen=True, slots=True)
class _Lexicon:
    """The word lists, as they are looked up.

    Attributes
    ----------
    measuring, official
        With what letters a metric ends, in a list or not, and an authority: most words need no closer look.
    people
        By their last letters.
    """

    metrics: Mapping[str, Metric]
    folded: frozenset[str]
    longest: int
    measuring: frozenset[str]
    around: Mapping[str, _Around]
    before: frozenset[str]
    generic: frozenset[str]
    people: Mapping[str, tuple[str, ...]]
    behind: tuple[str, ...]
    sources: frozenset[str]
    commons: frozenset[str]
    leads: frozenset[str]
    like_metric: re.Pattern[str]
    unlike: frozenset[str]
    authority: re.Pattern[str]
    official: frozenset[str]
    companies: tuple[str, ...]
    makers: tuple[str, ...]
    ones: frozenset[str]


@lru_cache(maxsize=4)
def lexicon(rules: FigureRules) -> _Lexicon:
    """The word lists, as they are looked up."""
    metrics: dict[str, Metric] = {}
    for metric in rules.metrics:
        for name in (metric.name, *metric.also):
            metrics.setdefault(_tight(name), metric)
    around, subjects = rules.metrics_around, rules.subjects
    # A price behind Korean letters: 수수료.
    like = (
        rf"[가-힣A-Za-z]+(?:[{''.join(sorted(around['syllables']))}]|(?<=[가-힣])료)"
        rf"|[가-힣A-Za-z]*(?:{of_words(around['ends'])})"
    )
    measuring = {name[-1] for name in (*metrics, *around["syllables"], *around["ends"])} | {"료"}
    authorities = {*subjects["authorities"], *subjects["deciders"]}
    no_ministry = "".join(f"(?<!{word})" for word in sorted(subjects["no_ministries"]))
    return _Lexicon(
        metrics=metrics,
        folded=frozenset(name.casefold() for name in metrics),
        longest=max(map(len, metrics)),
        measuring=frozenset(measuring),
        around={
            **dict.fromkeys(map(_tight, around["plain"]), "plain"),
            **dict.fromkeys(map(_tight, around["planned"]), "plan"),
            **dict.fromkeys(map(_tight, around["foretold"]), "forecast"),
        },
        before=around["before"],
        generic=frozenset(map(_tight, subjects["generic"])),
        people=_by_last_letter(subjects["people"]),
        behind=tuple(subjects["behind"]),
        sources=subjects["sources"],
        commons=subjects["commons"],
        leads=subjects["leads"],
        like_metric=re.compile(like),
        unlike=around["unlike"],
        authority=re.compile(rf"(?:^[가-힣]{{2,}}{no_ministry}부|{of_words(authorities)}|[가-힣]{{2}}청)$"),
        official=frozenset(word[-1] for word in (*authorities, "부", "청")),
        companies=tuple(subjects["companies"]),
        makers=tuple(subjects["makers"]),
        ones=subjects["ones"],
    )


def _by_last_letter(words: Iterable[str]) -> dict[str, tuple[str, ...]]:
    found: dict[str, tuple[str, ...]] = {}
    for word in words:
        found[word[-1]] = (*found.get(word[-1], ()), word)
    return found


def _tight(text: str) -> str:
    return text.replace(" ", "")


def name_of(phrase: Phrase, rules: FigureRules) -> Name:
    """What a phrase names."""
    first = phrase.proper - phrase.start if phrase.proper >= 0 else -1
    return _name(phrase.parts, first, rules)


def name_in(text: str, rules: FigureRules) -> Name:
    """What a text names that is a phrase by itself, such as the head of a table's row."""
    parts = tuple(part.strip() for part in text.split("의 ") if part.strip())
    return _name(parts, 0, rules) if parts else Name(None, None, None, None, False)


@lru_cache(maxsize=16_384)
def _name(parts: tuple[str, ...], proper: int, rules: FigureRules) -> Name:
    lex = lexicon(rules)
    words = parts[-1].split()
    yearly = "연간" in words
    source: Modality | None = None
    owners = list(parts[:-1])
    while words and (kind := lex.around.get(words[-1])) and (len(words) > 1 or owners):
        if kind != "plain":
            source = kind
        words.pop()
        if not words and owners:
            words = owners.pop().split()
    known, metric, rest = _metric(words, lex)
    if metric is None and len(words) == 1 and (alone := lex.around.get(words[0])):
        source = source or (alone if alone != "plain" else None)
    before = list(rest)
    while before and (before[-1] in lex.before or before[-1] in _JOINING):
        before.pop()
    while before and before[0] in lex.before:
        before.pop(0)
    named = proper >= 0 or (bool(before) and _GROUP.search(before[-1]) is not None)
    if not named:
        # 경쟁사 새벽전자, whatever words it is made of.
        whose = owners[-1].split() if owners else before
        named = len(whose) > 1 and any(word.endswith(lex.makers) for word in whose[:-1])
    if metric is None:
        subject = _clean(" ".join([*owners, *before]), lex)
        return Name(subject, None, None, source, named and subject is not None)
    spare = " ".join(before)
    owner = _clean(" ".join(owners), lex) if owners else None
    if owner is None:
        # 엑스박스 하드웨어 매출: whose it is; 광고 매출: what kind of it.
        subject = _clean(spare, lex)
        own = 0 <= proper < max(1, len(" ".join(rest))) or (proper < 0 and named)
        if own or subject is None:
            return Name(subject, metric, known, source, own and subject is not None, yearly=yearly)
        return Name(None, f"{spare} {metric}", known, source, False, False, subject, yearly)
    full = f"{spare} {metric}" if spare else metric
    if known is not None and known.kind == "rate" and not spare:
        _, of_what, whose = _metric(owner.split(), lex)
        if of_what is not None and of_what != metric:  # AWS 매출의 증가율
            full = f"{of_what} {metric}"
            known, owner = lex.metrics.get(_tight(full), known), _clean(" ".join(whose), lex)
            named = named and owner is not None
    return Name(owner, full, known, source, named, True, yearly=yearly)


def _metric(words: list[str], lex: _Lexicon) -> tuple[Metric | None, str | None, list[str]]:
    """The metric that ends a phrase, and the words before it."""
    if not words or words[-1][-1] not in lex.measuring:
        return None, None, words
    for count in range(min(4, len(words)), 0, -1):
        tail = "".join(words[-count:])
        if len(tail) <= lex.longest and (found := lex.metrics.get(tail)):
            return found, " ".join(words[-count:]) if found.as_written else found.name, words[:-count]
    last = words[-1]
    for cut in range(1, len(last) - 1):  # 광고매출
        if (found := lex.metrics.get(last[cut:])) and len(last) - cut > 1:
            return found, last[cut:] if found.as_written else found.name, [*words[:-1], last[:cut]]
    if lex.like_metric.fullmatch(last) and last not in lex.unlike:
        kind: Literal["rate"] | None = "rate" if _RATE.search(last) else None
        units = frozenset({"%", "%p"}) if kind else frozenset()
        return Metric(name=last, kind=kind, units=units), last, words[:-1]
    return None, None, words


def _named_last(words: list[str], lex: _Lexicon) -> list[str]:
    """The words of a name behind its rank and what it is: 4위 UMC, 드론 전문기업 스카이리프."""
    if len(words) == 1:
        return [] if _RANK.match(words[0]) else words
    for at in range(len(words) - 1, -1, -1):
        if _RANK.match(words[at]):
            return words[at + 1 :]
        if at < len(words) - 1 and words[at].endswith(lex.makers) and words[at + 1] not in lex.generic:
            return words[at + 1 :]
    return words


def _clean(text: str, lex: _Lexicon) -> str | None:
    """The name in what stands before a metric; None where it names nobody."""
    if not (text[:1].isalnum() and text[-1:].isalnum()):
        text = _EDGE.sub("", text)
    words = _named_last(text.split(), lex)
    if len(words) > 2 and words[0] in BEFORE_NOUNS and words[1] in ("가운데", "중"):
        del words[:2]
    if "등" in words[1:]:
        del words[words.index("등") :]  # AMD 등 나머지
    while words and words[-1] in lex.behind:
        words.pop()
    if len(words) > 1 and words[-2] == "한" and words[-1] not in lex.ones:
        return None  # 주문 한 건당, 한 해, 한 번
    if len(words) > 2 and words[-2] == "한" and words[-1] in lex.ones:
        del words[-2:]
    if "한" in words[1:-1]:
        words.remove("한")  # 국내 한 노트북 업체
    while words and (words[0] in lex.before or words[0] in lex.leads):
        words.pop(0)
    if not words or _NO_NAME.match(words[0]) or (len(words) > 1 and _NO_NAME.match(words[-1])):
        return None
    text = " ".join(words)
    if text[-1] in _JOINING_ENDS:
        text = _JOINED.sub("", text).strip()
    tight = _tight(text)
    if not tight or tight in lex.metrics or tight in lex.generic or words[0] in DETERMINERS:
        return None
    if tight.casefold() in lex.folded:
        return None
    if words[-1] in lex.generic and BEFORE_NOUNS.intersection(words):
        return None  # 좌석당 요금을 받던 시절 이 회사
    if words[-1] in lex.generic and not words[-1].endswith(lex.companies):
        return None
    last = words[-1]
    if lex.commons.issuperset(words) or not lex.sources.isdisjoint(words):
        return None
    people = lex.people.get(last[-1])
    if people and last != CALLED[0] and last.endswith(people) and (len(words) > 1 or last in people):
        return None
    if last[-1] in lex.official and lex.authority.search(last):
        return None
    if (len(text) < 2 and not text.isupper()) or text.endswith((PLURAL, "님")):
        return None
    return text
