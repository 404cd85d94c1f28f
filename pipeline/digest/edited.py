"""An issue with its editor's changes: what they ask for holds, and all else stays consistent."""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import replace

from ..records import (
    Changes,
    Comment,
    DigestSource,
    DigestTheme,
    Edited,
    Line,
    LineOrder,
    StoryKey,
    StoryOrder,
    Thread,
    Words,
)
from . import making
from .basis import Basis
from .choice import Told
from .rights import Quotes, quoted, source
from .rows import edited_rows, edited_terms
from .sections import glance, leading, rounded
from .sheet import Entry, Sheet, Story, name_of
from .threads import line_of, linked


def edited(basis: Basis, changes: Changes, told: Callable[[], Told]) -> Edited:
    """Make an editor's changes in an issue.

    What the editor brings in comes first where rights leave little room; what the choice made gives way to
    it, too, where both say the same. Without changes the issue is what it was.

    Parameters
    ----------
    told
        Makes what tells which sentences say again what others said.

    Notes
    -----
    Takes time by what the issue prints, not by its articles.
    """
    sheet = Sheet(basis)
    making.move_stories(sheet, changes)
    making.swap(sheet, changes)
    making.pin(sheet, changes)
    making.move_lines(sheet, changes)
    headlines = {
        story.id: one.text
        for one in changes.headlines
        if (story := sheet.held(one.story, "headline", one.text)) is not None
    }
    lead = making.opened_by(sheet, changes)
    below = {
        one.story: story
        for one in changes.words
        if isinstance(one.story, StoryKey) and (story := sheet.held(one.story, "words", one.text)) is not None
    }
    making.drop(sheet, changes)
    making.once(sheet, told)
    disagreements = edited_rows(basis.disagreements, "disagreements", changes)
    quotes = making.quotes_of(sheet, disagreements)
    _order_lines(sheet, changes)
    parts = _sections(sheet, changes, headlines, quotes)
    opened, parts = _opening(parts, sheet, lead)
    shown = [section.id for section in parts]
    opposed = tuple(quoted(one, quotes) for one in disagreements)
    figures = [replace(table, rows=edited_rows(table.rows, "figures", changes)) for table in basis.figures]
    there = {one.id for section in parts for one in section.stories}
    digest = replace(
        basis.digest,
        themes=parts,
        keywords=edited_terms(basis.keywords, changes, basis.rows[0]),
        sources=_sources(basis, quotes),
        lead=opened,
        glance=glance(parts, basis.reports),
        figures=tuple(
            sorted(
                (t for t in figures if t.theme in shown and (t.rows or _empty(basis, t.theme))),
                key=lambda t: shown.index(t.theme),
            )
        ),
        disagreements=opposed,
        words=_words(changes.words, below, there),
        retitled=tuple(sorted(there.intersection(headlines))),
    )
    return Edited(digest, tuple(dict.fromkeys(sheet.unmet)))


def _order_lines(sheet: Sheet, changes: Changes) -> None:
    for one in changes.order:
        if not isinstance(one, LineOrder):
            continue
        story = sheet.find(one.story)
        if story is None:
            sheet.tell("order", one.lines[0].text if one.lines else one.story.article, "story")
            continue
        place = {spot: n for n, spot in enumerate(filter(None, map(sheet.place, one.lines)))}
        if one.lines and place.keys().isdisjoint(entry.spot for entry in story.entries):
            sheet.tell("order", name_of(story), "line")
        story.entries.sort(key=lambda entry: place.get(entry.spot, len(place)))


def _sections(
    sheet: Sheet, changes: Changes, headlines: Mapping[str, str], quotes: Mapping[str, Quotes]
) -> tuple[DigestTheme, ...]:
    basis = sheet.basis
    best = max((one.worth for t in basis.digest.themes for one in t.stories), default=0.0)
    first = [t for name in changes.sections if (t := sheet.theme(name, "order", name))]
    themes = list(dict.fromkeys([*first, *basis.labels]))
    shown: list[tuple[str, list[Thread]]] = []
    for theme in themes:
        made = [
            (story, one)
            for story in sheet.stories
            if story.theme == theme and (one := _thread(story, headlines, quotes, basis, best))
        ]
        for order in changes.order:
            if isinstance(order, StoryOrder) and sheet.is_theme(order.theme, theme):
                _in_order(made, order, sheet)
        made.sort(key=lambda pair: not pair[1].lines)
        if made:
            shown.append((theme, [one for _, one in made]))
    for order in changes.order:
        if isinstance(order, StoryOrder) and not any(sheet.is_theme(order.theme, t) for t, _ in shown):
            sheet.tell("order", order.theme, "theme")
    shares = rounded({theme: basis.counts.get(theme, 0) for theme, _ in shown})
    where = linked(shown)
    return tuple(
        DigestTheme(
            theme,
            basis.labels[theme],
            tuple(replace(one, elsewhere=tuple(t for t in where[one.event] if t != theme)) for one in own),
            shares[theme],
            theme in basis.found,
            edited_terms(basis.theme_keywords.get(theme, ()), changes, basis.rows[1]),
        )
        for theme, own in shown
    )


def _in_order(made: list[tuple[Story, Thread]], order: StoryOrder, sheet: Sheet) -> None:
    place: dict[str, int] = {}
    for n, article in enumerate(order.articles):
        if article in sheet.basis.events:
            place.setdefault(sheet.basis.events[article].id, n)
    made.sort(key=lambda pair: place.get(pair[0].event.id, len(order.articles)))


def _thread(
    story: Story, headlines: Mapping[str, str], quotes: Mapping[str, Quotes], basis: Basis, best: float
) -> Thread | None:
    """A story in words again; None where nothing is left to show."""
    base = story.base
    lines = [_line(entry, story, basis, quotes) for entry in story.entries]
    headline = headlines.get(story.id)
    if headline is None and base and story.titled:
        headline = base.headline
    headline = headline or story.headline
    if headline is None:
        if not lines:
            return None
        first = next((line for line in lines if not line.lead), lines[0])
        lines.sort(key=lambda line: line is not first)
        headline = first.text
    cited = list(dict.fromkeys(a for line in lines for a in (line.article, *(p.article for p in line.also))))
    named = base.articles if base else story.event.articles[:1] if not cited else ()
    leads = named[:1] if story.titled or not cited else ()
    left = [a for a in named if a in leads or a in cited or a not in story.lost]
    articles = tuple(dict.fromkeys([*left, *cited]))
    return Thread(
        id=story.id,
        headline=headline,
        theme=story.theme,
        articles=articles,
        lines=tuple(lines),
        copies=tuple(article for article in articles if article in story.event.copies),
        event=story.event.id,
        worth=best if story.kept or not base else base.worth,
        follows=base.follows if base else None,
    )


def _line(entry: Entry, story: Story, basis: Basis, quotes: Mapping[str, Quotes]) -> Line:
    """A line as the choice made it, or one that the editor brought in."""
    if entry.line:
        return replace(entry.line, lead=entry.lead)
    article, index = entry.spot
    made = line_of(basis.reports[article], index, story.event.copies, basis.facts, quotes[article])
    return replace(made, lead=entry.lead, reason=f"editor, {made.reason}" if entry.editors else made.reason)


def _opening(
    parts: tuple[DigestTheme, ...], sheet: Sheet, lead: Story | None
) -> tuple[str | None, tuple[DigestTheme, ...]]:
    """What opens the issue; where that was dropped, what is worth most of the rest does."""
    there = {one.id for section in parts for one in section.stories}
    if lead is not None and lead.id in there and lead in sheet.stories:
        return lead.id, parts
    opens = leading(parts)
    return opens.id if opens else None, tuple(
        replace(
            section,
            stories=tuple(
                replace(one, lines=tuple(replace(line, lead=one is opens) for line in one.lines))
                for one in section.stories
            ),
        )
        for section in parts
    )


def _sources(basis: Basis, quotes: Mapping[str, Quotes]) -> tuple[DigestSource, ...]:
    return tuple(
        source(basis.reports[one.id], quotes[one.id]) if one.id in quotes else one
        for one in basis.digest.sources
    )


def _words(
    comments: Sequence[Comment], below: Mapping[StoryKey, Story], there: Collection[str]
) -> tuple[Words, ...]:
    made = []
    for one in comments:
        if isinstance(one.story, str):
            made.append(Words(one.text, one.story))
        elif one.story in below and below[one.story].id in there:
            made.append(Words(one.text, below[one.story].id))
    return tuple(made)


def _empty(basis: Basis, theme: str) -> bool:
    """Whether a table of figures had no rows before any change."""
    return any(t.theme == theme and not t.rows for t in basis.figures)
