"""From the quantities of a document to its figures: what each sentence says, and what stands before it."""

from __future__ import annotations

import re
from collections import deque
from collections.abc import Mapping, Sequence
from dataclasses import replace
from functools import lru_cache
from typing import NamedTuple

from ..korean.expressions import of_words
from ..records import Document, Figure, FigureRules, Note, Part, Unit
from .about import main_name
from .candidates import Much, mentions, pointed, subject_candidates
from .cases import case_of
from .choosing import Ballot, Known, scales
from .context import About, Context, Sentence
from .dating import period_candidates
from .earlier import REACH, Likes, Since, Spoken, earlier, spoken
from .naming import Name
from .owners import TOPICS, Measured, measured
from .saying import direction_of, kind_of, looks_ahead, modality_of, over_of
from .sentences import Given, given
from .tables import table_figures
from .times import period_of

#: A year that never comes.
_FAR = 9999
#: A sum in the red, whatever it is of: 58억원 적자; 58억원의 적자 goes by its own name.
_IN_THE_RED = re.compile(r"\s?적자(?![가-힣]*\s?(?:규모|폭))")
#: Periods that were named last, from which one may go back to any.
_RECENT = 3


class Chosen(NamedTuple):
    """A figure, and the candidates that its subject and its period were chosen from."""

    figure: Figure
    subjects: Ballot
    periods: Ballot


def figures_of(
    documents: Sequence[Document], rules: FigureRules, antecedents: Sequence[Sequence[int | None]]
) -> list[tuple[tuple[Figure, ...], tuple[Note, ...]]]:
    """Figures of documents, in their order, and notes on what is written like one and has no value.

    Parameters
    ----------
    rules
        Lexicons and rules of ``configs/figures``, and the weights of ``models/figures.toml``.
    antecedents
        For each unit whose subject is left out the unit that names it (`Cohesion.antecedents`).
    """
    found = []
    for document, before, left_out in zip(documents, given(documents, rules), antecedents, strict=True):
        own, cells, notes = _read_figures(document, before, rules, left_out)
        # A table's line may be a unit too; what both give is one figure.
        by_place = {(one.start, one.end): one for one in (*own, *cells)}
        found.append((tuple([by_place[place] for place in sorted(by_place)]), notes))
    return found


def read_figures(
    document: Document, rules: FigureRules, antecedents: Sequence[int | None] = ()
) -> tuple[list[Chosen], tuple[Figure, ...], tuple[Note, ...]]:
    """Figures of sentences with what they were chosen from, those of tables, and notes."""
    ballots: list[tuple[Ballot, Ballot]] = []
    (before,) = given((document,), rules)
    own, cells, notes = _read_figures(document, before, rules, antecedents, ballots)
    return [Chosen(one, *votes) for one, votes in zip(own, ballots, strict=True)], cells, notes


def _read_figures(
    document: Document,
    told: Given | None,
    rules: FigureRules,
    antecedents: Sequence[int | None],
    ballots: list[tuple[Ballot, Ballot]] | None = None,
) -> tuple[list[Figure], tuple[Figure, ...], tuple[Note, ...]]:
    """Figures of a document's sentences, those of its tables, and notes; `ballots` takes their candidates."""
    if told is None:
        return [], (), ()
    read, calendar, about, wrong = told
    figures: list[Figure] = []
    of_subject, _ = scales(rules)
    likes = Likes(about, of_subject)
    since, much = Since(about, of_subject), Much(about, of_subject)
    before: deque[Spoken] = deque(maxlen=REACH)
    topics: dict[int, str | None] = {}
    section = block = own = period = subject = figured = dated = lately = None
    told_in = named_in = -1
    recent: list[str] = []
    name: Name | None = None
    here, strong, of_section = about.main, about.told_of, about.result
    for one in read:
        if one is None:
            continue
        unit = one.unit
        if unit.kind == "heading" or unit.section != section:
            section = unit.index if unit.kind == "heading" else unit.section
            heading = read[section] if section is not None else None
            own, here, of_section = _section(heading, read, about)
            strong = own is not None or (about.told_of and here == about.main)
            name = None
        if unit.block != block:
            block, subject, period = unit.block, own, None
            name = name if unit.kind == "item" or _of_result(name) else None
        left = _left_out(unit, antecedents, topics)
        subject = left or subject
        of_most = since.read(unit.text, bool(one.quantities))
        if one.quantities:
            context = Context(
                about=about,
                own=own,
                main=here,
                strong=strong,
                subject=subject,
                left=left is not None,
                figured=figured,
                near=told_in == unit.block,
                name=name,
                period=period,
                dated=dated,
                lately=lately,
                lately_near=named_in == unit.block,
                recent=recent[1:],
                result=of_section,
            )
            known = Known(of_most + earlier(unit.block, before, of_subject), likes)
            figured, name, period, dated = _figures(one, context, known, much, figures, ballots, rules)
            told_in = unit.block
        elif names := [name for _, name in one.phrases if name.metric]:
            name = names[-1]
        for period_named in one.periods:
            named_in = unit.block
            if (lately_named := period_named.name) is not None:
                lately = lately_named
                recent = [lately_named, *(one_of for one_of in recent if one_of != lately_named)][:_RECENT]
        subject = _topic(one) or subject
        topics[unit.index] = subject
        before.appendleft(spoken(one, about))
    placed = _in_article(figures, document)
    cells = table_figures(document, calendar, about.main, about.result, rules)
    malformed = dict.fromkeys(
        Note("figure-malformed", document.units[at].text[one.start : one.end]) for at, one in wrong
    )
    return placed, tuple(cells), tuple(malformed)


def _in_article(figures: Sequence[Figure], document: Document) -> list[Figure]:
    """Figures of sentences where they stand in the article: a unit's text is without marks (**매출**)."""
    text = document.article.text
    units = {unit.index: unit for unit in document.units}
    found: list[Figure] = []
    last: Figure | None = None
    for figure in figures:
        unit = units[figure.sentence]
        if unit.end - unit.start != len(unit.text):
            after = last.end if last is not None and last.sentence == figure.sentence else 0
            at = text.find(figure.text, max(figure.start, after), unit.end)
            if at >= 0:
                figure = replace(figure, start=at, end=at + len(figure.text))
        found.append(figure)
        last = figure
    return found


def _section(
    heading: Sentence | None, read: Sequence[Sentence | None], about: About
) -> tuple[str | None, str | None, str | None]:
    """Whom a heading names, whom its section is about, and of what period its results are."""
    main = about.main
    if heading is None:
        return None, main, about.result
    own = _heading_name(heading, read)
    named = [period.name for period in heading.periods if period.name and not period.back]
    within = [one for one in read if one is not None and one.unit.section == heading.unit.index]
    # A letter of many stories: whom a section is about stands in it.
    known = about.known or any(main in one.unit.text for one in within if main)
    return own, own or (main if known else main_name(within)), named[0] if named else about.result


def _left_out(unit: Unit, antecedents: Sequence[int | None], topics: Mapping[int, str | None]) -> str | None:
    """Whom a sentence speaks of whose subject is left out."""
    named = antecedents[unit.index] if unit.index < len(antecedents) else None
    return topics.get(named) if named is not None else None


def _of_result(name: Name | None) -> bool:
    return name is not None and name.known is not None and name.known.result


def _heading_name(heading: Sentence, read: Sequence[Sentence | None]) -> str | None:
    """Whom a section is about: a name in its heading that it speaks of."""
    section = heading.unit.index
    own = [one for one in read if one is not None and one.unit.section == section]
    for _, name in heading.phrases:
        if name.subject and name.proper and any(name.subject in one.unit.text for one in own):
            return name.subject
    return None


def _topic(one: Sentence) -> str | None:
    """Whom a sentence speaks of, by name."""
    for phrase, name in one.phrases:
        if name.subject and name.proper and (phrase.particle in TOPICS or name.metric):
            return name.subject
    return None


def _figures(
    one: Sentence,
    context: Context,
    known: Known,
    much: Much,
    found: list[Figure],
    ballots: list[tuple[Ballot, Ballot]] | None,
    rules: FigureRules,
) -> tuple[str | None, Name | None, str | None, str | None]:
    """Add the figures of a sentence, and tell what it leaves for the next.

    Returns
    -------
    tuple
        Whose its last figure is, which metric, the period that is spoken of, and that of its last figure.
    """
    unit = one.unit
    text = unit.text
    count = len(found)
    last: Measured | None = None
    subject: str | None = None
    told: str | None = None
    period: str | None = None
    of_subject, of_period = scales(rules)
    names = mentions(one, context.about)
    pointing = pointed(text)
    metrics = [(phrase, name) for phrase, name in one.phrases if name.metric]
    timed = [period for period in one.periods if period.name or period.back]
    for n, quantity in enumerate(one.quantities):
        limit = one.quantities[n + 1].start if n + 1 < len(one.quantities) else len(text)
        direction, verb = direction_of(unit.tokens, quantity.end, limit, rules)
        what = measured(text, quantity, metrics, last, context.name, rules)
        metric = what.name.known if what.name else None
        case = case_of(quantity, n, unit.kind, what, rules.measures)
        subjects = subject_candidates(
            quantity, case, names, pointing, what, context, subject, known, much, of_subject
        )
        subject, own = subjects.chosen()
        guess, carried, _, over = period_of(text, quantity, one, what, context)
        due = looks_ahead(text, quantity.end, rules)
        periods = period_candidates(text, quantity, case, one, timed, context, period, guess, due, of_period)
        period, near = periods.chosen()
        if carried and period == guess:
            told = period
        name = what.name.metric if what.name else None
        kind = kind_of(text, quantity, metric, verb, rules)
        ahead = period is not None and period[:4].isdigit() and int(period[:4]) > (context.about.year or _FAR)
        low, high = quantity.low, quantity.high
        lost = _IN_THE_RED.match(text, quantity.end) or (
            metric is not None and metric.name in rules.losses and _loss(rules).match(text, quantity.end)
        )
        if lost and low is not None and high is not None and low > 0:
            low, high = -high, -low
        inherited: list[Part] = []
        if subject is not None and not own:
            inherited.append("subject")
        if name is not None and not what.told:
            inherited.append("metric")
        if period is not None and not near:
            inherited.append("period")
        figure = Figure(
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
        found.append(figure)
        if ballots is not None:
            ballots.append((subjects, periods))
        if direction and len(found) > count + 1 and kind == "change" and found[-2].direction is None:
            before = one.quantities[n - 1]
            if text[before.end : before.end + 2].removeprefix("으")[:1] == "로":
                found[-2] = replace(found[-2], direction=direction)  # 814억 달러로 17% 늘었다
        if what.name is not None:
            last = what
    return subject, last.name if last else context.name, told or context.period, period


@lru_cache(maxsize=4)
def _loss(rules: FigureRules) -> re.Pattern[str]:
    """What says behind a quantity that it is a loss: 6억 달러 적자."""
    return re.compile(rf"\s?(?:의\s)?(?:{of_words(rules.metrics_around['lost'])})")
