"""An editor's changes, kind by kind, made in the stories of an issue."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace

from ..records import Changes, Disagreement, StoryKey
from .choice import Told
from .events import Spot
from .rights import Quotes
from .sheet import Entry, Sheet, Story, name_of


def move_stories(sheet: Sheet, changes: Changes) -> None:
    """Put stories under other themes: all other changes find them there."""
    for one in changes.moved:
        if isinstance(one.what, StoryKey):
            story = sheet.held(one.what, "moved")
            theme = story and sheet.theme(one.to, "moved", name_of(story))
            if story and theme:
                sheet.move(story, theme)


def move_lines(sheet: Sheet, changes: Changes) -> None:
    """Put lines under other themes: of one that was replaced, what stands there now."""
    now = {sheet.place(one.line): one.by for one in changes.replaced}
    for one in changes.moved:
        if isinstance(one.what, StoryKey):
            continue
        spot = sheet.spot(one.what, "moved")
        while spot in now:
            spot = sheet.place(now.pop(spot))
        theme = spot and sheet.theme(one.to, "moved", one.what.text)
        if spot and theme:
            into = sheet.open(sheet.basis.events[spot[0]], theme)
            _bring(sheet, into, Entry(spot, editors="moved"))


def swap(sheet: Sheet, changes: Changes) -> None:
    """Print sentences in the places of others; where a place is gone, in the story of its theme."""
    for one in changes.replaced:
        by = sheet.spot(one.by, "replaced")
        if by is None:
            continue
        old = sheet.spot(replace(one.line, article=by[0]), "replaced") if one.line.text else None
        old = old or (by[0], one.line.sentence)
        found = sheet.printed(old)
        if found is None:
            _bring(sheet, _home(sheet, by, old), Entry(by, editors="replaced"))
            continue
        story, entry = found
        twin = sheet.printed(by)
        line = twin[1].line if twin else None
        if twin:
            twin[0].entries.remove(twin[1])
        story.entries[story.entries.index(entry)] = Entry(by, line, "replaced", entry.lead, entry)


def pin(sheet: Sheet, changes: Changes) -> None:
    """Keep stories and sentences in the issue, or bring them in."""
    for key in changes.pinned:
        sheet.held(key, "pinned")
    for pin in changes.lines:
        spot = sheet.spot(pin.line, "pinned")
        if spot is None:
            continue
        found = sheet.printed(spot)
        if found:
            found[1].editors = found[1].editors or "pinned"
            continue
        story = sheet.find(StoryKey(spot[0], pin.theme))
        if story is None:
            theme = sheet.theme(pin.theme, "pinned", pin.line.text)
            story = sheet.open(sheet.basis.events[spot[0]], theme) if theme else None
        if story:
            _bring(sheet, story, Entry(spot, editors="pinned"))


def _bring(sheet: Sheet, story: Story, entry: Entry) -> None:
    """Print a line in a story, and nowhere else."""
    found = sheet.printed(entry.spot)
    if found and found[0] is story:
        found[1].editors = entry.editors
        return
    if found:
        found[0].entries.remove(found[1])
        entry.line = found[1].line
    sheet.put(story, entry)


def _home(sheet: Sheet, spot: Spot, old: Spot) -> Story:
    """Where a line goes of which the one that it replaces is gone: under a theme of either of them."""
    sentences = sheet.basis.reports[spot[0]].sentences
    event = sheet.basis.events[spot[0]]
    own = [one for one in sheet.stories if one.event is event]
    themes = [sentences[i].theme for i in (old[1], spot[1]) if 0 <= i < len(sentences)]
    for theme in themes:
        for one in own:
            if one.theme == theme:
                return one
    return own[0] if own else sheet.open(event, next(filter(None, themes), event.theme))


def drop(sheet: Sheet, changes: Changes) -> None:
    """Take out what is dropped; what is not there any more needs no word.

    A sentence that was dropped or replaced does not come back out of another article that states the same.
    """
    lines = [one.line for one in changes.replaced]
    for key in changes.dropped:
        if isinstance(key, StoryKey):
            story = sheet.find(key)
            if story:
                sheet.stories.remove(story)
            continue
        lines.append(key)
        spot = sheet.spot(key, "dropped") if key.article in sheet.basis.reports else None
        found = sheet.printed(spot) if spot else None
        if found:
            found[0].drop(found[1])
    gone = {spot for line in lines if (spot := sheet.place(line))}
    same = gone.union(*(sheet.basis.facts[spot][0] for spot in gone if spot in sheet.basis.facts))
    texts = {line.text for line in lines if line.text}
    for story, entry in list(sheet.entries()):
        article, index = entry.spot
        again = entry.spot in same or sheet.basis.reports[article].sentences[index].text in texts
        if again and not entry.editors:
            story.drop(entry)


def opened_by(sheet: Sheet, changes: Changes) -> Story | None:
    """The story that opens the issue, its lines marked."""
    asked = sheet.held(changes.lead, "lead") if changes.lead else None
    if asked is not None and asked is not sheet.lead:
        for story, entry in sheet.entries():
            entry.lead = story is asked
        sheet.lead = asked
    return sheet.lead


def once(sheet: Sheet, told: Callable[[], Told]) -> None:
    """What the choice made gives way to what the editor brings in, where both say the same."""
    brought = [entry.spot for _, entry in sheet.entries() if entry.editors and entry.line is None]
    if not brought:
        return
    said = told()
    for article, index in brought:
        said.add(sheet.basis.reports[article].sentences[index].text)
    facts = sheet.basis.facts
    same = {spot for one in brought for related in facts.get(one, (set(), set())) for spot in related}
    for story, entry in list(sheet.entries()):
        article, index = entry.spot
        if not entry.editors and (
            entry.spot in same or said.again(sheet.basis.reports[article].sentences[index].text)
        ):
            story.drop(entry)


def quotes_of(sheet: Sheet, disagreements: Sequence[Disagreement]) -> dict[str, Quotes]:
    """What is quoted of each article, the editor's lines first; lines that rights leave no room for go."""
    basis = sheet.basis
    articles = {source.id for source in basis.digest.sources if source.quoted}
    articles.update(entry.spot[0] for _, entry in sheet.entries())
    articles.update(e.instead.spot[0] for _, e in sheet.entries() if e.instead)
    articles.update(side.article for one in disagreements for side in one.sides)
    quotes = {a: Quotes(basis.reports[a], basis.plan.limits) for a in sorted(articles)}
    for story, entry in [pair for pair in sheet.entries() if pair[1].editors]:
        if not _taken(entry, quotes):
            article, index = entry.spot
            sheet.tell(entry.editors or "pinned", basis.reports[article].sentences[index].text, "rights")
            at = story.entries.index(entry)
            story.entries[at : at + 1] = [entry.instead] if entry.instead else []
    for side in (side for one in disagreements for side in one.sides):
        if basis.reports[side.article].title:
            quotes[side.article].take(side.sentence)
    for story, entry in [pair for pair in sheet.entries() if not pair[1].editors]:
        if not _taken(entry, quotes):
            story.drop(entry)
    return quotes


def _taken(entry: Entry, quotes: Mapping[str, Quotes]) -> bool:
    """Whether there is room for a line, with the neighbours that it has."""
    article, index = entry.spot
    around = (
        [i for i, text in ((index - 1, entry.line.before), (index + 1, entry.line.after)) if text is not None]
        if entry.line
        else []
    )
    return quotes[article].take(index, *around)
