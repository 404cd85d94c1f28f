"""The stories of an issue while an editor's changes are made in them."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field

from ..records import CONTENT_KINDS, ChangeKind, Line, LineKey, Report, StoryKey, Thread, Unmet
from .basis import Basis, Happening
from .events import Spot

#: Kinds of units that can be a line.
_LINES = (*CONTENT_KINDS, "quote")
#: As much of a text as tells a person which change is meant.
_ABOUT = 120


@dataclass(slots=True, eq=False)
class Entry:
    """A line of a story.

    Attributes
    ----------
    line
        As the choice made it; None for one that comes in by a change.
    editors
        The kind of change that prints it.
    instead
        What it makes way for, and what stays where its rights leave it no room.
    """

    spot: Spot
    line: Line | None = None
    editors: ChangeKind | None = None
    lead: bool = False
    instead: Entry | None = None


@dataclass(slots=True, eq=False)
class Story:
    """A thread: `base` is the choice's own."""

    event: Happening
    theme: str
    base: Thread | None
    entries: list[Entry] = field(default_factory=list)
    kept: bool = False
    headline: str | None = None
    lost: set[str] = field(default_factory=set)

    @property
    def id(self) -> str:
        """As a `Thread` has it."""
        return f"thread-{self.theme}-{self.event.id.removeprefix('event-')}"

    @property
    def titled(self) -> bool:
        """Whether its headline is not one of its lines."""
        return self.base is not None and all(line.text != self.base.headline for line in self.base.lines)

    def drop(self, entry: Entry) -> None:
        """Take a line out, and remember its article: one of which no line is left is no source any more."""
        self.entries.remove(entry)
        self.lost.add(entry.spot[0])


class Sheet:
    """The stories of an issue by their event and theme, with what of the changes can't be made.

    Attributes
    ----------
    stories
        In the order of the issue.
    lead
        The one that opens the issue.
    unmet
        What could not be done, in the order of the changes.
    """

    def __init__(self, basis: Basis) -> None:
        self.basis = basis
        self.stories: list[Story] = []
        self.unmet: list[Unmet] = []
        self._moved: dict[tuple[str, str], str] = {}
        for section in basis.digest.themes:
            for one in section.stories:
                entries = [Entry((line.article, line.sentence), line, lead=line.lead) for line in one.lines]
                event = basis.events[one.articles[0]]
                self.stories.append(Story(event, one.theme, one, entries))
        self.lead = next((one for one in self.stories if one.id == basis.digest.lead), None)

    def report(self, key: StoryKey | LineKey, kind: ChangeKind, about: str = "") -> Report | None:
        """The article of a key; without one that is told."""
        found = self.basis.reports.get(key.article)
        if found is None:
            self.tell(kind, about or (key.text if isinstance(key, LineKey) else key.article), "article")
        return found

    def spot(self, key: LineKey, kind: ChangeKind) -> Spot | None:
        """Where a sentence stands now; without a place that is told."""
        report = self.report(key, kind)
        if report is None:
            return None
        index = _index(report, key)
        if index is None:
            self.tell(kind, key.text or report.title or report.id, "sentence")
            return None
        return report.id, index

    def theme(self, name: str, kind: ChangeKind, about: str) -> str | None:
        """Id of a theme by its id or its label; one that there is not is told."""
        labels = self.basis.labels
        if name in labels and name not in self.basis.found:
            return name
        found = next((theme for theme, label in labels.items() if label == name), None)
        if found is None and name in labels:
            return name
        if found is None:
            self.tell(kind, about, "theme")
        return found

    def is_theme(self, name: str, theme: str) -> bool:
        """Whether a name, by id or label, is that of a theme."""
        return name == self.basis.labels[theme] or (name == theme and theme not in self.basis.found)

    def place(self, key: LineKey) -> Spot | None:
        """Where a sentence stands now, without a word where it does not."""
        report = self.basis.reports.get(key.article)
        index = _index(report, key) if report else None
        return None if index is None else (key.article, index)

    def find(self, key: StoryKey) -> Story | None:
        """The story that a key means: of the same event, under its theme, or where it was moved to."""
        event = self.basis.events.get(key.article)
        if event is None:
            return None
        own = [one for one in self.stories if one.event is event]
        themes = [key.theme, self._moved.get((event.id, key.theme), "")]
        themes += [theme for theme, label in self.basis.labels.items() if label == key.theme]
        for theme in themes:
            found = next((one for one in own if one.theme == theme), None)
            if found is not None:
                return found
        return None

    def held(self, key: StoryKey, kind: ChangeKind, about: str = "") -> Story | None:
        """The story that a key means, its event's only one, or else a new one out of its article."""
        found = self.find(key)
        if found is None:
            report = self.report(key, kind, about)
            if report is None:
                return None
            event = self.basis.events[report.id]
            own = [one for one in self.stories if one.event is event]
            found = own[0] if len(own) == 1 and kind != "pinned" else self._new(report, key, kind, about)
        elif kind == "pinned" and not found.entries:
            found.entries += map(Entry, self._free(self.basis.reports[key.article], found.theme))
        if found is not None:
            found.kept = True
        return found

    def _new(self, report: Report, key: StoryKey, kind: ChangeKind, about: str) -> Story | None:
        """A story out of what an article says on a theme, or, if nothing, out of its summary."""
        theme = self.theme(key.theme, kind, about or report.title or report.id)
        if theme is None:
            return None
        spots = self._free(report, theme)
        if not spots and not report.title:
            self.tell(kind, about or report.id, "story")
            return None
        made = self.open(self.basis.events[report.id], theme)
        made.entries += map(Entry, spots)
        made.headline = made.headline or report.title
        return made

    def _free(self, report: Report, theme: str) -> list[Spot]:
        """Sentences that a story can be made of: none that is printed, or that says the same as one."""
        printed = {entry.spot for _, entry in self.entries()}
        facts = self.basis.facts
        said = {spot for done in printed for same in facts.get(done, (set(), set())) for spot in same}
        most = self.basis.plan.lines_per_story
        own = next((one.summary for one in report.themes if one.id == theme), ()) or report.summary
        spots = [(report.id, index) for index in own]
        return [spot for spot in spots if spot not in printed and spot not in said][:most]

    def open(self, event: Happening, theme: str) -> Story:
        """The story of an event under a theme, made where there is none."""
        found = next((one for one in self.stories if one.event is event and one.theme == theme), None)
        if found is None:
            found = Story(event, theme, None)
            self.stories.append(found)
        return found

    def entries(self) -> Iterator[tuple[Story, Entry]]:
        """All lines with their stories."""
        for story in self.stories:
            for entry in story.entries:
                yield story, entry

    def printed(self, spot: Spot) -> tuple[Story, Entry] | None:
        """Where a sentence is printed."""
        return next((pair for pair in self.entries() if pair[1].spot == spot), None)

    def put(self, story: Story, entry: Entry) -> None:
        """Print a line in a story: after what its article says before it there, else at the end."""
        article, index = entry.spot
        before = [n for n, one in enumerate(story.entries) if one.spot[0] == article and one.spot[1] < index]
        entry.lead = story is self.lead
        story.entries.insert(before[-1] + 1 if before else len(story.entries), entry)

    def move(self, story: Story, theme: str) -> None:
        """Put a story under another theme, into what its event has there already."""
        self._moved[story.event.id, story.theme] = theme
        there = next((one for one in self.stories if one.event is story.event and one.theme == theme), None)
        if there is None:
            story.theme = theme
            self.stories.remove(story)
            self.stories.append(story)
        elif there is not story:
            self.stories.remove(story)
            for entry in story.entries:
                self.put(there, entry)
            there.kept = True

    def tell(self, kind: ChangeKind, about: str, why: object) -> None:
        """Keep what can't be done."""
        self.unmet.append(Unmet(kind, about[:_ABOUT], why))  # type: ignore[arg-type]


def name_of(story: Story) -> str:
    """What a person knows a story by."""
    return story.base.headline if story.base else story.event.title or story.event.id


def _index(report: Report, key: LineKey) -> int | None:
    """Index of a sentence: where it was, if it says the same there, else where alone it says so now."""
    sentences = report.sentences
    if 0 <= key.sentence < len(sentences):
        here = sentences[key.sentence]
        if here.kind in _LINES and key.text in ("", here.text):
            return key.sentence
    same = [s.index for s in sentences if s.text == key.text and s.kind in _LINES] if key.text else []
    return min(same, key=lambda index: abs(index - key.sentence)) if same else None
