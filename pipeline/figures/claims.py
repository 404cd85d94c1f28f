"""What is known of a figure beside its record, to tell whether another one is of the same thing."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from ..korean.comparing import GROWTH, LAST_YEAR, THAN
from ..korean.endings import PAST
from ..korean.expressions import of_words
from ..korean.numerals import FEW
from ..korean.periods import ENDS, Calendar, Period, find_periods, is_measured_against
from ..korean.spelling import key_of, letters_of
from ..korean.tags import NAMES
from ..korean.times import ANNUAL, NOW, SPANS
from ..korean.units import RATIOS
from ..records import CONTENT_KINDS, Apart, CompareRules, Figure, Report, Token
from .agreeing import bound_of
from .around import (
    AGAINST,
    Compiled,
    between,
    compiled,
    inside,
    keys_of,
    label_of,
    owner_of,
    role_of,
    same_name,
    serials,
    stems,
)
from .fiscal import comparable, spans_of
from .growing import as_growth, is_of_then, over_what

#: What follows a metric that is a growth.
_GROWTH = re.compile(rf"\s?(?:{of_words((*GROWTH, '증가폭'))})$")
_PAST = re.compile(f"[{PAST}]")
#: The quarter whose results are told, which need not be one of the calendar.
_THIS = re.compile(r"이번\s(?:분기|석\s달|3개월)")
_CURRENT = re.compile(rf"(?:{of_words(NOW)}).{{0,16}}(?:분기|{GROWTH[0]}|연\s?$|연\s?\d)|분기 매출이")
#: A time before the one that is spoken of, whose figure it is: 1년 전 점유율은 9.3%, 두 분기 전의 17%.
_AGO = re.compile(
    rf"(?:(?<!\d)\d{{1,3}}|한|반|{of_words(FEW)})\s?(?:{of_words((*SPANS, '해', '분기'))})\s?전{ENDS}"
    rf"(?!의?\s?(?:{of_words((*THAN, '과', '동기', '같은', '분기보다', '세계'))}))"
    rf"|(?:{of_words(LAST_YEAR)}|지난 분기|전 분기)의?\s?$"
)
#: Where a clause ends.
_CLAUSE = re.compile(r"[,;]|(?<=[며고만데])\s")
#: A size that tells a kind of home: 84㎡의 분양가.
_SIZE = re.compile(r"\d{1,4}\s?(?:㎡|평)(?:의|형|\s?타입|\s분양가)")
_BASE = re.compile(r"(?<![전년])의\s(?:약\s|무려\s)?$")
#: Behind a figure that is told of each, and units at the top that tell whose results they are.
_PARTS, _TOP = "씩", 20
#: What the metric of a share is called.
_SHARE = "비중"
_ANNUAL = re.compile(rf"(?:{ANNUAL})(?!\s전)|연\s?\d")
#: Before 사업, and no name of a part: 제출된 사업 설명서.
_ADNOMINAL = re.compile("[된한는]$")


@dataclass(frozen=True, slots=True, eq=False)
class Claim:
    """A figure with what stands around it.

    Attributes
    ----------
    article
        Position of its report.
    unit
        That of its figure, one for those that count the same: 곳 and 개.
    subjects
        Keys under which its subject goes; empty where it has none.
    metric, growth
        The metric without 성장률 and its like, and whether it is one's growth.
    spare
        What stands before the last word of the metric: 회원 in 회원 갱신율.
    over
        What its growth is measured against.
    period
        Its own, or the nearest that its sentence names.
    said
        The figure as it is written, where `figure` has another unit: 1.4배로 커졌다 is a growth of 40 %.
    own
        Whether its sentence tells subject and metric.
    assumed
        Whether its period is the one whose results the article tells of, as far as it says.
    near, words, names
        Stems around it up to the figures beside it, those of its sentence, and the names among them.
    label
        A noun right before it.
    apart
        Words of each group of `CompareRules.apart` that stand around it.
    parts
        Names of parts of a whole around it.
    about
        What its article begins with, letters only: who is named there needs no mention.
    spans
        Months that its time is of, where these may be no calendar quarter: ``9-11``.
    serials
        Names with a number around it: ATTO-2.
    each
        How often or for what each it is.
    modal
        ``expected``, ``planned``, ``past`` or ``plain``.
    role
        ``old`` for what another one takes the place of, ``aside`` for what it is measured against.
    running
        Whether it grows from day to day.
    listed
        Whether it stands in an item of a list.
    titled
        Whether it stands in a title, which tells little.
    result
        Whether its metric is one that a report gives for its quarter or year, or that is told for a day.
    current
        Whether it is told of the quarter that is the last one: 현재 분기 매출.
    annual
        Whether it is told of a year that is not named.
    """

    article: int
    figure: Figure
    said: Figure
    unit: str
    day: str | None
    subjects: frozenset[str]
    metric: str
    spare: frozenset[str]
    growth: bool
    over: str
    period: str | None
    own: bool
    assumed: bool
    near: frozenset[str]
    words: frozenset[str]
    names: frozenset[str]
    label: str
    apart: tuple[frozenset[str], ...]
    parts: frozenset[str]
    about: str
    spans: frozenset[str]
    serials: frozenset[str]
    each: str
    modal: str
    role: str
    bound: str
    running: bool
    listed: bool
    titled: bool
    result: bool
    current: bool
    annual: bool


def claims_of(
    article: int,
    report: Report,
    tokens: Mapping[int, Sequence[Token]],
    calendar: Calendar,
    rules: CompareRules,
    quarters: Mapping[str, str],
) -> list[Claim]:
    """The figures of a report, those in tables left out, with what stands around them.

    Parameters
    ----------
    tokens
        Morphemes of the sentences with figures, by index.
    calendar
        What periods are reckoned from; that of the event, where the article tells no day.
    quarters
        Months of the quarters of whom the event is about, by number (`quarters_of`).
    """
    by_sentence: dict[int, list[Figure]] = {}
    for figure in report.figures:
        sentence = report.sentences[figure.sentence]
        if sentence.start <= figure.start < sentence.end:
            by_sentence.setdefault(figure.sentence, []).append(figure)
    told = _told_of(report, calendar, rules) if report.source.day is None else None
    opening = next((s.text for s in report.sentences if s.kind in CONTENT_KINDS), "")
    about = letters_of(f"{report.title or ''} {opening}")
    found: list[Claim] = []
    for index, figures in by_sentence.items():
        sentence = report.sentences[index]
        if sentence.kind in ("boilerplate", "heading"):
            continue
        places = []
        at = 0
        for figure in figures:
            at = sentence.text.find(figure.text, at)
            if at < 0:
                break
            places.append((at, at + len(figure.text)))
            at += len(figure.text)
        if len(places) < len(figures):
            continue
        found += _in_sentence(
            article,
            report,
            figures,
            places,
            sentence.text,
            tokens.get(index, ()),
            calendar,
            told,
            rules,
            about,
            quarters,
        )
    return found


def _told_of(report: Report, calendar: Calendar, rules: CompareRules) -> str | None:
    """The quarter or half of a year whose results an article without a day tells of: the first it names."""
    for sentence in report.sentences[:_TOP]:
        for one in find_periods(sentence.text, calendar, rules.figures.periods):
            if one.name and not one.until and one.name[4:5] in ("Q", "H"):
                return one.name
    return None


def _in_sentence(
    article: int,
    report: Report,
    figures: Sequence[Figure],
    places: Sequence[tuple[int, int]],
    text: str,
    tokens: Sequence[Token],
    calendar: Calendar,
    told_of: str | None,
    rules: CompareRules,
    about: str,
    quarters: Mapping[str, str],
) -> list[Claim]:
    cues = compiled(rules)
    roles = [role_of(text, n, places, cues) for n in range(len(places))]
    every = find_periods(text, calendar, rules.figures.periods)
    periods = [one for one in every if comparable(one.name)]
    stemmed = stems(tokens, places, rules)
    words = between(stemmed, 0, len(text))
    head = text[: places[0][0]]
    in_head = tuple(
        [
            _words(pattern, one, head) if one.narrows else frozenset()
            for pattern, one in zip(cues.apart, rules.apart, strict=True)
        ]
    )
    commons = rules.figures.subjects["commons"]
    names = frozenset(
        key
        for token in tokens
        if token.tag in NAMES and token.form not in commons
        for key in keys_of(token.form, rules)
        if len(key) > 1 and not inside(token.start, places)
    )
    found = []
    for n, figure in enumerate(figures):
        start, end = places[n]
        # The old value and the new one stand together.
        first = n - 1 if n and roles[n - 1] == "old" and roles[n] == "" else n
        left = places[first - 1][1] if first else 0
        right = places[n + 1][0] if n + 1 < len(places) else len(text)
        before, behind = text[left:start], text[end:right]
        # 20대 may be told as a count, and is whose figure the next one is.
        around = text[places[first - 1][0] if first else 0 : start] + _CLAUSE.split(behind, maxsplit=1)[0]
        written, figure = figure, as_growth(figure, before, behind)
        told = figure.metric if "metric" not in figure.inherited else None
        owner = keys_of(owner_of(tokens, text, start), rules)
        subjects = keys_of(figure.subject, rules)
        if owner and not same_name(owner, subjects):
            subjects = owner
        growth = figure.unit in RATIOS and figure.kind == "change"
        if figure.unit in RATIOS and told and _GROWTH.search(told):
            growth, told = True, _GROWTH.sub("", told)
        metric_words = (told or "").split()
        metric = key_of(metric_words[-1]) if metric_words else ""
        if metric in rules.vague and len(metric_words) > 1:
            metric = key_of("".join(metric_words[-2:]))  # 수전 용량
            del metric_words[-2]
        if metric in rules.vague or (figure.unit == "배" and _BASE.search(before)):
            metric = ""  # 매출의 2.7배 is no value of sales
        period = comparable(figure.period)
        if period is None:
            named = [one for one in periods if one.end <= start and not AGAINST.match(text, one.end)]
            period = named[-1].name if named else None
        if figure is not written and is_of_then(before):
            period = None  # 작년 같은 때의 1.5배: that is when it was less
        near = between(stemmed, *_between(first, n, figures, places, len(text)))
        if figure.kind == "share" and not near.isdisjoint(rules.shares):
            metric = _SHARE
        metric = rules.metric_names.get(metric, metric)
        own = "subject" not in figure.inherited and "metric" not in figure.inherited
        assumed = own and n == 0 and period is None and not every and metric in cues.of_results
        assumed = assumed and figure.unit in rules.figures.measures.money
        if assumed:
            period = told_of
        if period and "Q" in period and "period" in figure.inherited and _ANNUAL.search(text, left, start):
            period = period.partition("Q")[0]
        this = _THIS.search(text, 0, start) is not None
        if this:
            period = None
        apart = in_head
        said = f"{figure.metric or ''} {around}"
        if cues.any_apart.search(said):
            found_in = [_words(*pair, said) for pair in zip(cues.apart, rules.apart, strict=True)]
            apart = tuple([own or before_all for own, before_all in zip(found_in, in_head, strict=True)])
        found.append(
            Claim(
                article=article,
                figure=figure,
                said=written,
                unit=rules.counters.get(figure.unit, figure.unit),
                day=report.source.published,
                subjects=subjects,
                metric=metric,
                spare=frozenset(map(key_of, metric_words[:-1])),
                growth=growth,
                over=over_what(figure, text, left, start, end, right)
                if growth or figure.unit == "%p"
                else "",
                period=period,
                own=own,
                assumed=assumed,
                near=near,
                words=words,
                names=names,
                label=label_of(tokens, text, start, rules),
                apart=apart,
                parts=frozenset(
                    key_of(m[1])
                    for m in cues.part.finditer(f"{figure.subject or ''} {before}")
                    if not (m[1][0].isdigit() or _ADNOMINAL.search(m[1]) or m[1] in rules.no_part)
                ),
                about=about,
                spans=spans_of(text, start, period, quarters),
                serials=frozenset(serials(text, tokens, left, right, places)),
                each=_each(before, behind, cues, rules),
                modal=_modal(figure, before, behind, text[end:], cues),
                role=roles[n]
                or ("aside" if figure is written and _is_aside(text, start, before, period, every) else ""),
                bound=bound_of(behind),
                running=cues.running.search(text) is not None,
                result=metric in cues.results,
                current=this
                or (figure.period is None and period is None and _CURRENT.search(text, 0, start) is not None),
                annual=period is None and _ANNUAL.search(text, left, start) is not None,
                titled=report.sentences[figure.sentence].kind == "title",
                listed=report.sentences[figure.sentence].kind == "item",
            )
        )
    return found


def _words(pattern: re.Pattern[str], rule: Apart, text: str) -> frozenset[str]:
    """Words of a rule that a text has, one for those that say one thing."""
    return frozenset([rule.also.get(word, word) for word in map(key_of, pattern.findall(text))])


def _is_aside(text: str, start: int, before: str, period: str | None, every: Sequence[Period]) -> bool:
    """Whether a figure is what another one is measured against: 1년 전 같은 분기의 이익률은 32.9%."""
    if _AGO.search(before) or _SIZE.match(text, start):
        return True
    back = [one.end for one in every if one.back and one.end <= start]
    return period is None and bool(back) and not is_measured_against(text, back[-1])


def _each(before: str, behind: str, cues: Compiled, rules: CompareRules) -> str:
    """How often or for what each a figure is; 15억 원씩 is one of several."""
    each = cues.each.search(before)
    return f"{rules.each[each[1]] if each else ''}{_PARTS if behind.startswith(_PARTS) else ''}"


def _between(
    first: int, n: int, figures: Sequence[Figure], places: Sequence[tuple[int, int]], length: int
) -> tuple[int, int]:
    """Where the figures of one's unit beside it end and begin; an old value stands with the new one."""
    unit = figures[n].unit
    left = [m for m in range(first) if figures[m].unit == unit]
    right = [m for m in range(n + 1, len(figures)) if figures[m].unit == unit]
    return places[left[-1]][1] if left else 0, places[right[0]][0] if right else length


def _modal(figure: Figure, before: str, behind: str, rest: str, cues: Compiled) -> str:
    around = f"{before} # {behind}"
    if cues.planned.search(rest if len(rest) < 80 else behind) and figure.modality != "opinion":
        return "planned"
    if figure.modality == "plan":
        return "planned"
    if cues.expected.search(around) or figure.modality == "opinion":
        return "expected"
    if figure.modality == "forecast" and cues.expected.search(rest):
        return "expected"
    return "past" if _PAST.search(behind) else "plain"
