"""What is known of a figure beside its record, to tell whether another one is of the same thing."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from ..korean.comparing import BESIDE, GROWTH, LAST_YEAR, THAN, WEIGHED
from ..korean.expressions import of_words
from ..korean.numerals import CURRENCIES, FEW
from ..korean.periods import ENDS, Calendar, Period, find_periods, is_measured_against
from ..korean.spelling import key_of, letters_of
from ..korean.times import ANNUAL, NOW, SPANS
from ..korean.units import EACH, RATIOS
from ..records import CONTENT_KINDS, CompareRules, Figure, Report, Token
from .around import AGAINST, compiled, keys_of, same_name
from .fiscal import comparable, spans_of
from .growing import as_growth, is_of_then, over_what
from .surroundings import Nearby, Surroundings, apart_in, parts_in, surroundings

#: What follows a metric that is a growth.
_GROWTH = re.compile(rf"\s?(?:{of_words((*GROWTH, '증가폭'))})$")
#: The quarter whose results are told, which need not be one of the calendar.
_THIS = re.compile(r"이번\s(?:분기|석\s달|3개월)")
_CURRENT = re.compile(rf"(?:{of_words(NOW)}).{{0,16}}(?:분기|{GROWTH[0]}|연\s?$|연\s?\d)|분기 매출이")
#: A time before the one that is spoken of, whose figure it is: 1년 전 점유율은 9.3%, 두 분기 전의 17%.
_AGO = re.compile(
    rf"(?:(?<!\d)\d{{1,3}}|한|반|{of_words(FEW)})\s?(?:{of_words((*SPANS, '해', '분기'))})\s?전{ENDS}"
    rf"(?!의?\s?(?:{of_words((*THAN, '과', '동기', '같은', '분기보다', '세계'))}))"
    rf"|(?:{of_words(LAST_YEAR)}|지난 분기|전 분기)의?\s?$"
)
#: Behind a time before: (한 해 전) 같은 석 달보다 62% 늘었다.
_THAN_THEN = re.compile(rf"\s같은 [가-힣 ]{{1,6}}?(?:{of_words((*THAN, *BESIDE, *WEIGHED))})")
#: A size that tells a kind of home: 84㎡의 분양가.
_SIZE = re.compile(r"\d{1,4}\s?(?:㎡|평)(?:의|형|\s?타입|\s분양가)")
_BASE = re.compile(r"(?<![전년])의\s(?:약\s|무려\s)?$")
#: Units at the top that tell whose results they are.
_TOP = 20
#: What the metric of a share is called.
_SHARE = "비중"
#: What prices for each of something are called by, where it is no code: 원/건.
_MONEY = {CURRENCIES[0]: "KRW"}
_ANNUAL = re.compile(rf"(?:{ANNUAL})(?!\s전)|연\s?\d")
#: By text, places and units of the figures.
Seen = dict[tuple[str, tuple[tuple[int, int], ...], tuple[str, ...]], Surroundings]


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
    known
        Whether its metric is one that the rules list.
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
    label, counted
        A noun right before it, and whether it counts things.
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
    known: bool
    growth: bool
    over: str
    period: str | None
    own: bool
    assumed: bool
    near: frozenset[str]
    words: frozenset[str]
    names: frozenset[str]
    label: str
    counted: bool
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
    seen: Seen,
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
    seen
        What stands around the figures of sentences, as far as it has been looked at; it grows.
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
        text, units = sentence.text, tuple([figure.unit for figure in figures])
        key = (text, tuple(places), units)
        if key not in seen:
            seen[key] = surroundings(text, places, units, tokens.get(index, ()), rules)
        found += _in_sentence(
            article, report, figures, places, text, seen[key], calendar, told, rules, about, quarters
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
    seen: Surroundings,
    calendar: Calendar,
    told_of: str | None,
    rules: CompareRules,
    about: str,
    quarters: Mapping[str, str],
) -> list[Claim]:
    cues = compiled(rules)
    every = find_periods(text, calendar, rules.figures.periods)
    periods = [one for one in every if comparable(one.name)]
    kind = report.sentences[figures[0].sentence].kind
    found = []
    for n, (figure, nearby) in enumerate(zip(figures, seen.figures, strict=True)):
        start, end = places[n]
        left, right, before, behind = nearby.left, nearby.right, nearby.before, nearby.behind
        written, figure = figure, as_growth(figure, before, behind)
        told = figure.metric if "metric" not in figure.inherited else None
        subjects = keys_of(figure.subject, rules)
        if nearby.owner and not same_name(nearby.owner, subjects):
            subjects = nearby.owner
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
        if figure.kind == "share" and not nearby.near.isdisjoint(rules.shares):
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
        unit, each = _unit_and_each(figure.unit, rules)
        aside = figure is written and _is_aside(text, start, before, period, every)
        over = over_what(figure, text, left, start, end, right) if growth or figure.unit == "%p" else ""
        found.append(
            Claim(
                article=article,
                figure=figure,
                said=written,
                unit=unit,
                day=report.source.published,
                subjects=subjects,
                metric=metric,
                spare=frozenset(map(key_of, metric_words[:-1])),
                known=metric in cues.metrics,
                growth=growth,
                over=over,
                period=period,
                own=own,
                assumed=assumed,
                near=nearby.near,
                words=seen.words,
                names=seen.names,
                label=nearby.label,
                counted=figure.unit in rules.figures.measures.counted,
                apart=apart_in(f"{figure.metric or ''} {nearby.around}", seen.head, rules),
                parts=parts_in(f"{figure.subject or ''} {before}", rules),
                about=about,
                spans=spans_of(text, start, period, quarters),
                serials=nearby.serials,
                each=nearby.each or each,
                modal=_modal(figure, nearby),
                role=nearby.role or ("aside" if aside else ""),
                bound=nearby.bound,
                running=seen.running,
                result=metric in cues.results,
                current=this
                or (figure.period is None and period is None and _CURRENT.search(text, 0, start) is not None),
                annual=period is None and _ANNUAL.search(text, left, start) is not None,
                titled=kind == "title",
                listed=kind == "item",
            )
        )
    return found


def _unit_and_each(unit: str, rules: CompareRules) -> tuple[str, str]:
    """The unit that counts the same, and for what each a price is: 원/건 is won, and 건당."""
    name, slash, per = unit.partition("/")
    money = _MONEY.get(name, name) if slash else ""
    if money in rules.figures.measures.money:
        each = f"{per}{EACH}"
        return money, rules.each.get(each, each)
    return rules.counters.get(unit, unit), ""


def _is_aside(text: str, start: int, before: str, period: str | None, every: Sequence[Period]) -> bool:
    """Whether a figure is what another one is measured against: 1년 전 같은 분기의 이익률은 32.9%."""
    if _AGO.search(before) or _SIZE.match(text, start):
        return True
    back = [one.end for one in every if one.back and one.end <= start]
    if period is not None or not back or is_measured_against(text, back[-1]):
        return False
    return _THAN_THEN.match(text, back[-1]) is None


def _modal(figure: Figure, nearby: Nearby) -> str:
    if (nearby.planned and figure.modality != "opinion") or figure.modality == "plan":
        return "planned"
    if nearby.expected or figure.modality == "opinion":
        return "expected"
    if figure.modality == "forecast" and nearby.foretold:
        return "expected"
    return "past" if nearby.past else "plain"
