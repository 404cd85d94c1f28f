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
    section = None
    for unit, own in zip(document.units, read, strict=True):
        if own is None:
            continue
        if unit.kind == "heading" or unit.section != section:
            section = unit.index if unit.kind == "heading" else unit.section
            heading = read[section] if section is not None else None
            named = _first_name(heading, rules) if heading else None
            context = replace(context, subject=named, name=None, period=None)
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
    """Whom the article is about: the name that is most often a topic, those of the title before all."""
    counts: Counter[str] = Counter()
    for unit, own in zip(document.units, read, strict=True):
        if own is None:
            continue
        for phrase, name in zip(own.phrases, own.names, strict=True):
            if name.subject and name.proper:
                if unit.kind == "title":
                    counts[name.subject] += 3
                elif phrase.particle in _TOPICS:
                    counts[name.subject] += 2 if phrase.particle in ("은", "는") else 1
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
        subject, told_subject = _subject_for(one, own, name if told_metric else None, metric, context)
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
    one: Quantity, own: _Read, name: Name | None, metric: Metric | None, context: Context
) -> tuple[str | None, bool]:
    """Whose a quantity is, and whether its sentence says so."""
    if name is not None and name.subject and name.proper:
        return name.subject, True
    best: Name | None = None
    for phrase, other in zip(own.phrases, own.names, strict=True):
        if phrase.start >= one.start:
            break
        if not other.subject or (other.metric and not other.proper):
            continue
        if phrase.particle in _TOPICS or (phrase.particle == "," and best is None and other.proper):
            if other.proper or best is None or not best.proper:
                best = other
    if best is not None and best.subject:
        return best.subject, True
    if name is not None and name.subject:
        return name.subject, True
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
    for other in own.periods:
        if other.start >= one.start:
            break
        if other.back in ("year", "quarter", "month"):
            if _THAN.match(text, other.end):
                over = OVERS[other.back]
            else:
                base = other.back
        elif other.back == "next":
            period, told = moved(context.result, "next"), True
            over = base = None
        elif other.name is not None:
            period, told = other.name, True
            over = base = None
    if period is None and metric is not None:
        if metric.result:
            period = context.period or context.result
        elif metric.day:
            period = context.day
    if base is not None:
        back = moved(period or context.result, base)
        if back is not None:
            return back, True, None
    if one.unit not in ("%", "%p", "배") or (metric is not None and metric.kind):
        return period, told, None
    if over is None and metric is not None and metric.result and metric.kind is None:
        over = "YoY"
    return period, told, over
