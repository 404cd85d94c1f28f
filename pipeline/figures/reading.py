"""From the quantities of a document to its figures: what each sentence says, and what stands before it."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import date

from ..korean.quantities import Quantity
from ..records import Document, Figure, FigureRules, Note, Part, Unit
from .context import Context, Sentence
from .naming import Name, name_of
from .owners import TOPICS, Measured, measured, subject_of
from .periods import Calendar, find_periods
from .phrases import phrases_of
from .quantities import quantities_of
from .saying import direction_of, kind_of, modality_of, over_of
from .tables import table_figures
from .times import period_of

_FISCAL = re.compile(r"(20\d\d)\s?회계연도\s?(?:제)?\s?([1-4])\s?분기")
#: Code points of a name; what is longer is a description.
_LONGEST = 20
#: A year that never comes.
_FAR = 9999
_DAY = 10
#: Sentences at the top of an article that name whom it is about.
_LEAD = 3
#: Units at the top that tell of what period the results are.
_TOP = 10


def figures_of(
    document: Document, rules: FigureRules, antecedents: Sequence[int | None] = ()
) -> tuple[tuple[Figure, ...], tuple[Note, ...]]:
    """Figures of a document, in its order, and notes on what is written like one and has no value.

    Parameters
    ----------
    rules
        Lexicons and rules of ``configs/figures``.
    antecedents
        For each unit whose subject is left out the unit that names it (`Cohesion.antecedents`).
    """
    article = document.article
    calendar = _calendar(article.source.day, article.text[slice(*article.body)])
    every = [quantities_of(unit, rules) for unit in document.units]
    if not document.tables and not any(own or wrong for own, wrong in every):
        return (), ()
    needed = _needed(document, every)
    read = [
        _read(unit, *own, calendar, rules) if unit.index in needed else None
        for unit, own in zip(document.units, every, strict=True)
    ]
    main = _main(read)
    result, day = _defaults(read, calendar)
    told_of = main is not None and _is_told_of(main, read)
    titled = None if told_of else _titled(read)
    main = titled or main
    figures: list[Figure] = []
    spoken: dict[int, str | None] = {}
    section = block = own = period = subject = None
    name: Name | None = None
    here, strong, of_section = main, told_of, result
    for one in read:
        if one is None:
            continue
        unit = one.unit
        if unit.kind == "heading" or unit.section != section:
            section = unit.index if unit.kind == "heading" else unit.section
            heading = read[section] if section is not None else None
            own, here, of_section = _section(heading, read, main, told_of or titled is not None, result)
            strong = own is not None or (told_of and here == main)
            name = None
        if unit.block != block:
            block, subject, period = unit.block, own, None
            name = name if unit.kind == "item" or _of_result(name) else None
        subject = _left_out(unit, antecedents, spoken) or subject
        if one.quantities:
            context = Context(here, strong, subject, name, period, of_section, day, calendar.year)
            _, name, period = _figures(one, context, figures, rules)
        elif names := [name for _, name in one.phrases if name.metric]:
            name = names[-1]
        subject = _topic(one) or subject
        spoken[unit.index] = subject
    figures = _in_article(figures, document)
    figures.extend(table_figures(document, calendar, main, result, rules))
    # A table's line may be a unit too; what both give is one figure.
    by_place = {(one.start, one.end): one for one in figures}
    notes = (
        Note("figure-malformed", unit.text[one.start : one.end])
        for unit, (_, wrong) in zip(document.units, every, strict=True)
        for one in wrong
    )
    return tuple(by_place[place] for place in sorted(by_place)), tuple(dict.fromkeys(notes))


def _in_article(figures: Sequence[Figure], document: Document) -> list[Figure]:
    """Figures of sentences where they stand in the article: a unit's text is without marks (**매출**)."""
    text = document.article.text
    units = {unit.index: unit for unit in document.units}
    found: list[Figure] = []
    for one in figures:
        unit = units[one.sentence]
        if unit.end - unit.start != len(unit.text):
            after = found[-1].end if found and found[-1].sentence == one.sentence else 0
            at = text.find(one.text, max(one.start, after), unit.end)
            if at >= 0:
                one = replace(one, start=at, end=at + len(one.text))
        found.append(one)
    return found


def _needed(
    document: Document, every: Sequence[tuple[Sequence[Quantity], Sequence[Quantity]]]
) -> frozenset[int]:
    """The units that figures are read from: those with quantities, what stands before and above them."""
    found: set[int] = set()
    lead = 0
    before: Unit | None = None
    for unit, (quantities, _) in zip(document.units, every, strict=True):
        if unit.kind == "boilerplate":
            continue
        lead += unit.kind == "body"
        if quantities or unit.kind in ("title", "heading") or (unit.kind == "body" and lead <= _LEAD):
            found.add(unit.index)
            if quantities and before is not None and before.block == unit.block:
                found.add(before.index)
        before = unit
    return frozenset(found)


def _section(
    heading: Sentence | None,
    read: Sequence[Sentence | None],
    main: str | None,
    told_of: bool,
    result: str | None,
) -> tuple[str | None, str | None, str | None]:
    """Whom a heading names, whom its section is about, and of what period its results are."""
    if heading is None:
        return None, main, result
    own = _heading_name(heading, read)
    named = [period.name for period in heading.periods if period.name and not period.back]
    within = [one for one in read if one is not None and one.unit.section == heading.unit.index]
    # A letter of many stories: whom a section is about stands in it.
    known = told_of or any(main in one.unit.text for one in within if main)
    return own, own or (main if known else _main(within)), named[0] if named else result


def _left_out(unit: Unit, antecedents: Sequence[int | None], spoken: Mapping[int, str | None]) -> str | None:
    """Whom a sentence speaks of whose subject is left out."""
    named = antecedents[unit.index] if unit.index < len(antecedents) else None
    return spoken.get(named) if named is not None else None


def _of_result(name: Name | None) -> bool:
    return name is not None and name.known is not None and name.known.result


def _read(
    unit: Unit, quantities: list[Quantity], wrong: list[Quantity], calendar: Calendar, rules: FigureRules
) -> Sentence:
    periods = find_periods(unit.text, calendar, rules)
    if periods and quantities:
        spans = [(period.start, period.end) for period in periods]
        quantities = [q for q in quantities if not any(a <= q.start < b for a, b in spans)]
    taken = [(q.start, q.end, True) for q in quantities]
    taken += [(period.start, period.end, False) for period in periods]
    taken.sort()
    phrases = phrases_of(unit.text, unit.tokens, taken, rules)
    return Sentence(unit, quantities, wrong, periods, [(one, name_of(one, rules)) for one in phrases])


def _calendar(day: date | None, text: str) -> Calendar:
    fiscal = {int(quarter): int(year) for year, quarter in _FISCAL.findall(text)}
    if fiscal:
        year = max(fiscal.values())
        fiscal = {quarter: fiscal.get(quarter, year) for quarter in range(1, 5)}
    if day is not None:
        return Calendar(day, day.year, fiscal)
    return Calendar(None, None, fiscal)


def _main(read: Sequence[Sentence | None]) -> str | None:
    """Whom the article is about: the name that is most often a topic, those of title and lead before all."""
    counts: Counter[str] = Counter()
    lead = True
    titled = False
    for one in read:
        if one is None:
            continue
        for phrase, name in one.phrases:
            if not name.subject or not name.proper or len(name.subject) > _LONGEST:
                continue
            if one.unit.kind == "title":
                counts[name.subject] += 1 if titled else 4
                titled = True
            elif phrase.particle in TOPICS or name.metric or phrase.particle == "의":
                topic = phrase.particle in ("은", "는")
                counts[name.subject] += 2 if topic else 1
                if lead and topic:
                    counts[name.subject] += 4
                    lead = False
    best = max(counts, key=lambda name: (counts[name], -len(name), name), default=None)
    return best if best is not None and (counts[best] > 3 or len(counts) == 1) else None


def _is_told_of(main: str, read: Sequence[Sentence | None]) -> bool:
    """Whether the title names it, or the lead, and the article more than once."""
    named = [one for one in read if one is not None and main in one.unit.text]
    text = [one for one in read if one is not None and one.unit.kind == "body"][:_LEAD]
    return len(named) > 1 and any(one.unit.kind == "title" or one in text for one in named)


def _titled(read: Sequence[Sentence | None]) -> str | None:
    """What the first quantity of a title is of, where no name is: 전력망 41GW."""
    for one in read:
        if one is not None and one.unit.kind == "title" and one.quantities:
            at = one.quantities[0].start
            for phrase, name in one.phrases:
                if name.subject and name.metric is None and 0 <= at - phrase.end <= 1:
                    return name.subject
    return None


def _heading_name(heading: Sentence, read: Sequence[Sentence | None]) -> str | None:
    """Whom a section is about: a name in its heading that it speaks of."""
    section = heading.unit.index
    own = [one for one in read if one is not None and one.unit.section == section]
    for _, name in heading.phrases:
        if name.subject and name.proper and any(name.subject in one.unit.text for one in own):
            return name.subject
    return None


def _defaults(read: Sequence[Sentence | None], calendar: Calendar) -> tuple[str | None, str | None]:
    """The period that the article's results are of, and the day of its prices."""
    result = day = None
    for nth, one in enumerate(one for one in read if one is not None):
        for period in one.periods:
            if period.name is None or period.until:
                continue
            of_results = "Q" in period.name or "H" in period.name
            if result is None and of_results and (nth < _TOP or one.unit.kind == "heading"):
                result = period.name
            elif day is None and len(period.name) == _DAY:
                day = period.name
    return result, day or (calendar.day.isoformat() if calendar.day else None)


def _topic(one: Sentence) -> str | None:
    """Whom a sentence speaks of, by name."""
    for phrase, name in one.phrases:
        if name.subject and name.proper and (phrase.particle in TOPICS or name.metric):
            return name.subject
    return None


def _figures(
    one: Sentence, context: Context, found: list[Figure], rules: FigureRules
) -> tuple[str | None, Name | None, str | None]:
    """Add the figures of a sentence, and tell what it leaves for the next: whom, which metric and period."""
    unit = one.unit
    text = unit.text
    at = 0
    count = len(found)
    last: Measured | None = None
    subject: str | None = None
    told: str | None = None
    for n, quantity in enumerate(one.quantities):
        limit = one.quantities[n + 1].start if n + 1 < len(one.quantities) else len(text)
        while at < len(unit.tokens) and unit.tokens[at].end <= quantity.end:
            at += 1
        direction, verb = direction_of(unit.tokens, at, quantity.end, limit, rules)
        what = measured(text, quantity, one.phrases, last, context.name, rules)
        metric = what.name.known if what.name else None
        subject, own = subject_of(
            text, quantity, one.phrases, what, context, subject, unit.kind == "item", rules
        )
        period, carried, near, over = period_of(text, quantity, one, what, context)
        if carried:
            told = period
        name = what.name.metric if what.name else None
        kind = kind_of(text, quantity, metric, verb, rules)
        ahead = period is not None and period[:4].isdigit() and int(period[:4]) > (context.year or _FAR)
        low, high = quantity.low, quantity.high
        lost = metric is not None and metric.name in rules.losses and _LOSS.match(text, quantity.end)
        if lost and low is not None and high is not None and low > 0:
            low, high = -high, -low
        inherited: list[Part] = []
        if subject is not None and not own:
            inherited.append("subject")
        if name is not None and not what.told:
            inherited.append("metric")
        if period is not None and not near:
            inherited.append("period")
        found.append(
            Figure(
                subject=subject,
                metric=name,
                text=text[quantity.start : quantity.end],
                value=low if low == high else (low, high),  # type: ignore[arg-type]
                unit=quantity.unit,
                approximate=quantity.about,
                period=period,
                over=over_of(over, kind, metric),
                kind=kind,
                direction=direction,
                modality=modality_of(text, quantity, limit, what.name, ahead, rules),
                sentence=unit.index,
                start=unit.start + quantity.start,
                end=unit.start + quantity.end,
                inherited=tuple(inherited),
            )
        )
        if direction and len(found) > count + 1 and kind == "change" and found[-2].direction is None:
            before = one.quantities[n - 1]
            if text[before.end : before.end + 2].removeprefix("으")[:1] == "로":
                found[-2] = replace(found[-2], direction=direction)  # 814억 달러로 17% 늘었다
        if what.name is not None:
            last = what
    return subject, last.name if last else context.name, told or context.period


_LOSS = re.compile(r"\s?(?:의\s)?(?:적자|순손실|손실|마이너스)")
