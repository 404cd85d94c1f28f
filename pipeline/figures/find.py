"""From the quantities of a document to its figures."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date

from ..korean.quantities import Quantity
from ..records import Document, Figure, FigureRules, Metric, Over, Unit
from .naming import Name, name_of
from .periods import OVERS, Calendar, Period, find_periods, moved, quarter_name
from .phrases import Phrase, phrases_of
from .quantities import quantities_of
from .saying import direction_of, kind_of, modality_of

_TOPICS = frozenset({"은", "는", "이", "가", "도", "께서", "란"})
_FISCAL = re.compile(r"(20\d\d)\s?회계연도\s?(?:제)?\s?([1-4])\s?분기")
_YEARS = re.compile(r"(20\d\d)년")
_THAN = re.compile(r"\s?(?:보다|에 비해|대비|과 비교|와 비교|같은\s?(?:기간|분기)보다|\([^)]{1,20}\)보다)")
_FROM = re.compile(r"\s?(?:이던|였던|이었던|에서|에 그쳤던)")
_LONGEST = 20
_NEAR = 24
_COMPANY = ("회사", "업체", "기업", "당사", "은행", "측")
_DAY = 10
_FROM_TO = re.compile(r"에서\s[^.]{0,16}?\d[^.]{0,12}?로 (?!제시|예상|전망)")
_OF_NOW = re.compile(r"(?:종전|기존|당초|원래|이전)\s?$")


@dataclass(frozen=True, slots=True)
class Context:
    """What stands before a sentence, for what it leaves out."""

    main: str | None = None
    subject: str | None = None
    name: Name | None = None
    period: str | None = None
    result: str | None = None
    day: str | None = None


def find(document: Document, rules: FigureRules) -> tuple[tuple[Figure, ...], tuple[str, ...]]:
    """Figures of a document, in its order, and notes on what is written like one and has no value.

    Parameters
    ----------
    rules
        Lexicons and rules of ``configs/figures``.
    """
    article = document.article
    calendar = _calendar(article.source.day, article.text[slice(*article.body)])
    notes: list[str] = []
    figures: list[Figure] = []
    read = [_read(unit, calendar, rules) for unit in document.units]
    main = _main(document, read, rules)
    context = Context(main=main)
    context = replace(context, **_defaults(read, calendar))
    section = block = None
    section_subject: str | None = None
    for unit, own in zip(document.units, read, strict=True):
        if own is None:
            continue
        if unit.kind == "heading" or unit.section != section:
            section = unit.index if unit.kind == "heading" else unit.section
            heading = read[section] if section is not None else None
            section_subject = _first_name(heading, rules) if heading else None
            context = replace(context, main=section_subject or main, name=None)
        if unit.block != block:
            block = unit.block
            context = replace(context, subject=section_subject, period=None)
        notes.extend(f"figure-malformed: {unit.text[q.start : q.end]}" for q in own.wrong)
        context, found = _figures(unit, own, context, calendar, rules)
        figures.extend(found)
    return tuple(figures), tuple(dict.fromkeys(notes))


@dataclass(frozen=True, slots=True)
class _Read:
    """A unit, read: its quantities, periods and phrases."""

    quantities: list[Quantity]
    wrong: list[Quantity]
    periods: list[Period]
    phrases: list[Phrase]
    names: list[Name]


def _read(unit: Unit, calendar: Calendar, rules: FigureRules) -> _Read | None:
    if unit.kind == "boilerplate":
        return None
    quantities, wrong = quantities_of(unit.text, unit.tokens, rules)
    periods = find_periods(unit.text, calendar, rules)
    if periods and quantities:
        spans = [(p.start, p.end) for p in periods]
        quantities = [q for q in quantities if not any(a <= q.start < b for a, b in spans)]
    taken = sorted([(q.start, q.end, True) for q in quantities] + [(p.start, p.end, False) for p in periods])
    phrases = phrases_of(unit.text, unit.tokens, taken)
    return _Read(quantities, wrong, periods, phrases, [name_of(one, rules) for one in phrases])


def _calendar(day: date | None, text: str) -> Calendar:
    fiscal = {int(quarter): int(year) for year, quarter in _FISCAL.findall(text)}
    if fiscal:
        # 2분기 and the quarters around it, of the same fiscal year.
        quarter, year = next(iter(fiscal.items()))
        fiscal = {**{q: year for q in range(1, 5)}, **fiscal}
    years = [int(year) for year in _YEARS.findall(text)]
    year = day.year if day else max(Counter(years).items(), key=lambda item: (item[1], item[0]))[0] if years else None
    return Calendar(day, year, fiscal)


def _main(document: Document, read: Sequence[_Read | None], rules: FigureRules) -> str | None:
    """Whom the article is about: the name that is most often a topic, those of title and lead before all."""
    counts: Counter[str] = Counter()
    lead = True
    titled = False
    for unit, own in zip(document.units, read, strict=True):
        if own is None:
            continue
        for phrase, name in zip(own.phrases, own.names, strict=True):
            if not name.subject or not name.proper or len(name.subject) > _LONGEST:
                continue
            if unit.kind == "title":
                counts[name.subject] += 1 if titled else 5
                titled = True
            elif phrase.particle in _TOPICS or name.metric:
                counts[name.subject] += 2 if phrase.particle in ("은", "는") else 1
                if lead and phrase.particle in ("은", "는"):
                    counts[name.subject] += 3
                    lead = False
    if not counts:
        return None
    return max(counts, key=lambda name: (counts[name], -len(name), name))


def _first_name(own: _Read, rules: FigureRules) -> str | None:
    return next((name.subject for name in own.names if name.subject and name.proper), None)


def _defaults(read: Sequence[_Read | None], calendar: Calendar) -> dict[str, str | None]:
    """The period that the article's results are of, and the day of its prices."""
    result = day = None
    for own in read:
        if own is None:
            continue
        for period in own.periods:
            if period.name is None or period.until:
                continue
            if "Q" in period.name or "H" in period.name:
                if result is None:
                    result = period.name
            elif len(period.name) == 10 and day is None:
                day = period.name
        if result and day:
            break
    return {"result": result, "day": day or (calendar.day.isoformat() if calendar.day else None)}


def _figures(
    unit: Unit, own: _Read, context: Context, calendar: Calendar, rules: FigureRules
) -> tuple[Context, list[Figure]]:
    text = unit.text
    found: list[Figure] = []
    at = 0
    last: Name | None = None
    for n, one in enumerate(own.quantities):
        limit = own.quantities[n + 1].start if n + 1 < len(own.quantities) else len(text)
        while at < len(unit.tokens) and unit.tokens[at].end <= one.end:
            at += 1
        direction, verb = direction_of(unit.tokens, at, one.end, limit, rules)
        name, told_metric = _metric_for(one, own, last, context, rules)
        metric = name.known if name else None
        subject, told_subject = _subject_for(text, one, own, name if told_metric else None, metric, context)
        period, told_period, over = _period_for(text, one, own, metric, context)
        inherited = tuple(
            part
            for part, told, value in (
                ("subject", told_subject, subject),
                ("metric", told_metric, name),
                ("period", told_period, period),
            )
            if not told and value is not None
        )
        found.append(
            Figure(
                subject=subject,
                metric=name.metric if name else None,
                text=text[one.start : one.end],
                value=one.low if one.low == one.high else (one.low, one.high),  # type: ignore[arg-type]
                unit=one.unit,
                approximate=one.about,
                period=period,
                over=over,
                kind=kind_of(text, one, metric, verb, rules),
                direction=direction,
                modality=modality_of(text, one, name, rules),
                sentence=unit.index,
                start=unit.start + one.start,
                end=unit.start + one.end,
                inherited=inherited,  # type: ignore[arg-type]
            )
        )
        if name is not None:
            last = name
    for name in own.names:
        if name.metric and (last is None or not found):
            last = name
    told = [f.period for f in found if "period" not in f.inherited and f.period]
    named = [
        name.subject
        for phrase, name in zip(own.phrases, own.names, strict=True)
        if name.subject and (name.proper or phrase.particle in ("은", "는")) and phrase.particle in _TOPICS
    ]
    return (
        replace(
            context,
            subject=named[0] if named else context.subject,
            name=last or context.name,
            period=told[-1] if told else context.period,
        ),
        found,
    )


def _fits(one: Quantity, metric: Metric | None) -> bool:
    """Whether a metric may be measured in the unit of a quantity."""
    if metric is None or not metric.units:
        return True
    if one.unit in metric.units:
        return True
    if one.unit in ("%", "배"):
        return metric.kind is None
    return False


def _metric_for(
    one: Quantity, own: _Read, last: Name | None, context: Context, rules: FigureRules
) -> tuple[Name | None, bool]:
    """The metric of a quantity, and whether its sentence has it."""
    best: Name | None = None
    for phrase, name in zip(own.phrases, own.names, strict=True):
        if phrase.start >= one.end:
            if best is None and phrase.start - one.end <= 3 and name.metric and _fits(one, name.known):
                best = name
            break
        if name.metric and _fits(one, name.known):
            best = name
    if best is not None:
        return best, True
    if last is not None and _fits(one, last.known):
        return last, True
    if context.name is not None and context.name.metric and _fits(one, context.name.known):
        return context.name, False
    return None, False


def _subject_for(
    text: str, one: Quantity, own: _Read, name: Name | None, metric: Metric | None, context: Context
) -> tuple[str | None, bool]:
    """Whose a quantity is, and whether its sentence says so."""
    best: tuple[Phrase, Name] | None = None
    near: Name | None = None
    company = False
    for phrase, other in zip(own.phrases, own.names, strict=True):
        if phrase.start >= one.start:
            if best is None and phrase.start - one.end < _NEAR and other.proper and not other.metric:
                if phrase.particle in ("이", "가") and text[one.end : one.end + 1] in ("을", "를"):
                    return other.subject, True  # 27센트를 엔비디아가 챙긴다
                if phrase.particle == "에서" and text[one.end : one.end + 3].strip("가량정도").startswith(("이", "가")):
                    return other.subject, True  # 38%가 라티스 한 곳에서 나왔다
            if phrase.start - one.end >= _NEAR:
                break
            continue
        if phrase.particle == "(" and phrase.end == one.start - 1 and other.subject and not other.metric:
            return other.subject, True
        if phrase.particle in ("은", "는") and other.subject is None and not other.metric:
            company = phrase.parts[-1].endswith(_COMPANY)
            if company:
                best = None
        if not other.subject:
            continue
        topic = phrase.particle in _TOPICS
        if other.proper and (topic or (phrase.particle == "," and best is None)):
            best = phrase, other
        elif topic and not other.metric:
            near = other if one.start - phrase.end < _NEAR else None
        elif phrase.particle == "에" and one.start - phrase.end <= 3 and not other.metric:
            near = other
    if name is not None and name.subject and (name.proper or name.owned):
        return name.subject, True
    if best is not None:
        return best[1].subject, True
    if company and context.main:
        return context.main, False
    if near is not None and name is None:
        return near.subject, True
    if metric is not None and metric.whole and context.main:
        return context.main, False
    return context.subject or context.main, False


def _period_for(
    text: str, one: Quantity, own: _Read, metric: Metric | None, context: Context
) -> tuple[str | None, bool, Over | None]:
    """The period of a quantity, whether its sentence names it, and what a change is measured against."""
    period: str | None = None
    told = False
    over: Over | None = None
    base: str | None = None
    coarse = metric is not None and metric.result and not metric.day
    for other in own.periods:
        if other.start >= one.start:
            break
        if other.back in ("year", "quarter", "month"):
            if _THAN.match(text, other.end):
                over, base = OVERS[other.back], None
            elif not any(other.end <= q.start < one.start for q in own.quantities):
                base = other.back
        elif other.back in ("next", "same"):
            period, told = moved(context.result, other.back), True
            over = base = None
        elif other.name is not None:
            daily = len(other.name) == _DAY
            if (coarse and daily) or (metric is not None and metric.day and not daily):
                continue
            if text[other.start - 1 : other.start] == "(" and period is not None and "Q" in period:
                continue  # 2026회계연도 2분기(10~12월)
            period, told = other.name, True
            over = base = None
    if period is None:
        if metric is not None and metric.day:
            period = context.day
        elif metric is not None and metric.result:
            period = context.period or context.result
    if base is None and coarse and period and "Q" in period and _FROM_TO.match(text, one.end):
        if not _OF_NOW.search(text, max(0, one.start - 6), one.start):
            base = "year"
    if base is not None:
        back = moved(period or context.result, base)
        if back is not None:
            return back, True, None
    if one.unit not in ("%", "%p", "배") or (metric is not None and metric.kind):
        return period, told, None
    if over is None and metric is not None and metric.result and metric.kind is None:
        over = "YoY"
    return period, told, over
