"""Events of a batch, and what their articles say on each theme."""

from __future__ import annotations

import math
import re
from collections import Counter
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass

from ..records import CONTENT_KINDS, OTHER, Report, Sentence

#: By position of the report and index of the sentence: sentences of other articles that are nearly the same,
#: and sentences that repeat it.
Facts = Mapping[tuple[int, int], tuple[frozenset[tuple[int, int]], frozenset[tuple[int, int]]]]

#: A sentence: the id of its article, and its index.
Spot = tuple[str, int]

#: The same as `Facts`, by ids, which do not depend on the batch.
Related = Mapping[Spot, tuple[set[Spot], set[Spot]]]

#: Share of the fullest article's length below which an article tells too little to lead.
_BRIEF = 1 / 3
#: Share of an article's sentences from which on a configured theme may be its main one: other is the rest.
_MAIN = 1 / 5
#: Score of a theme from which on an article is said to speak of it, by one sentence or by several.
_SURE, _LIKELY, _SEVERAL = 0.6, 0.35, 2
#: Share of an article that no theme takes, from which on it is told too: the results of a company.
_RESTS = 1 / 3
#: Sentences of an article on a theme that may be printed, best first, for each line of a thread.
_DEEP = 2
#: Share of an article's sentences that are worth more than one line on a theme, and how many always are.
_BEST, _ALWAYS = 1 / 2, 8
#: Share of them that are worth a line of an event that has a theme, though they are of none.
_FIRST = 1 / 6
#: The most sentences that come along for one that leans on them.
_ALONG = 2
#: What a sentence is worth in a section that it is the second theme of, in a found one, and in other.
_SECOND, _FOUND, _REST = 0.8, 0.6, 0.45
#: What is left of its worth when its reader can't tell whom it speaks of.
_UNNAMED = 0.6
#: What a figure adds to it, and a second one: what readers quote under a theme has some.
_FIGURE, _FIGURES = 0.3, 2
#: What each doubling of the outlets that tell a fact adds to its worth.
_TOLD = 0.3
#: The least worth of a sentence, so that its theme still counts.
_LEAST = 0.02


@dataclass(frozen=True, slots=True, eq=False)
class Event:
    """Articles about one event.

    Attributes
    ----------
    reports
        The one that tells it fullest first, copies last.
    copies
        Ids of those that repeat the text of another one.
    before
        Ids of those that the last issue told of: they have had their turn.
    main
        The main theme of each article, by id.
    theme
        The main theme of all of them together.
    """

    id: str
    reports: tuple[Report, ...]
    copies: frozenset[str]
    before: frozenset[str]
    main: Mapping[str, str]
    theme: str

    def on(self, theme: str) -> tuple[Report, ...]:
        """Those of its articles that say something on a theme, those that are mainly about it first."""
        said = [
            report for report in self.reports if report.id not in self.before and self.says(report, theme)
        ]
        return tuple(sorted(said, key=lambda r: (r.id in self.copies, self.main[r.id] != theme)))

    def says(self, report: Report, theme: str) -> bool:
        """Whether one of its articles speaks of a theme, not just in passing."""
        if theme == OTHER:
            own = [s.theme == OTHER for s in report.sentences if s.theme is not None]
            return sum(own) >= _RESTS * len(own) > 0
        if self.main[report.id] == theme:
            return True
        scores = [s.scores.get(theme, 1.0) for s in report.sentences if s.theme == theme]
        return max(scores, default=0.0) >= _SURE or sum(score >= _LIKELY for score in scores) >= _SEVERAL


@dataclass(frozen=True, slots=True)
class Candidate:
    """A sentence that a section may print.

    Attributes
    ----------
    event
        Position of its event.
    places
        Indices of the sentence and of all that it leans on, in the order of the article.
    value
        What it is worth in the section, by itself.
    """

    event: int
    theme: str
    article: str
    index: int
    places: tuple[int, ...]
    value: float
    alone: bool


def event_of(
    reports: Sequence[Report],
    copies: Collection[str],
    before: Collection[str],
    facts: Related,
    themes: Sequence[str],
    brief: Sequence[str],
) -> Event:
    """Articles about one event, in the order in which they tell it.

    The one that tells most of what the others tell goes first; a flash or a caption never leads what a whole
    article tells. The event's id is that of its first article in the order of the batch.
    """
    originals = [r for r in reports if r.id not in copies]
    fullest = max(map(_length, originals))

    def place(report: Report) -> tuple[object, ...]:
        short = _is_brief(report, brief) or _length(report) < _BRIEF * fullest
        return report.id in copies, short, report.title is None, -_shared(report, facts), -len(report.ranking)

    ordered = tuple(sorted(reports, key=place))
    return Event(
        id=f"event-{reports[0].id}",
        reports=ordered,
        copies=frozenset(copies),
        before=frozenset(r.id for r in reports if r.id in before),
        main={report.id: main_theme([report], themes) for report in ordered},
        theme=main_theme(reports, themes),
    )


def main_theme(reports: Sequence[Report], themes: Sequence[str]) -> str:
    """The theme of most sentences; a configured one from a fifth of them on, for other is the rest."""
    votes = Counter(s.theme for r in reports for s in r.sentences if s.theme is not None)
    total = sum(votes.values())
    named = [theme for theme in themes if theme != OTHER and total and votes[theme] >= _MAIN * total]
    return max(named, key=lambda theme: votes[theme]) if named else OTHER


def candidates(
    position: int, event: Event, facts: Related, found: Collection[str], lines: int
) -> Iterator[Candidate]:
    """What an event's articles could be quoted with, for each theme: a few sentences each, best first.

    Copies have no turn: lines name them beside the text that they copy.

    Parameters
    ----------
    position
        Of the event.
    found
        Themes that nobody configured.
    lines
        The most lines of a thread.
    """
    for report in event.reports:
        if report.id in event.copies or report.id in event.before:
            continue
        figures = Counter(figure.sentence for figure in report.figures)
        told = {theme for theme in {s.theme for s in report.sentences} if theme and event.says(report, theme)}
        by_theme: dict[str, list[tuple[float, Sentence]]] = {}
        for sentence in report.sentences:
            if sentence.kind in CONTENT_KINDS and sentence.theme is not None:
                heard = len(
                    {a for a, _ in facts.get((report.id, sentence.index), (set(),))[0]} - event.copies
                )
                for theme in dict.fromkeys(filter(None, (sentence.theme, sentence.second))):
                    if theme in told:
                        value = _worth(sentence, heard, figures[sentence.index]) * _fit(
                            sentence, theme, found
                        )
                        by_theme.setdefault(theme, []).append((value, sentence))
        best = set(report.ranking[: max(_ALWAYS, int(_BEST * len(report.ranking)))])
        if event.theme != OTHER and OTHER in by_theme:
            first = report.ranking[: math.ceil(_FIRST * len(report.ranking))]
            by_theme[OTHER] = [pair for pair in by_theme[OTHER] if pair[1].index in first]
        for theme, own in by_theme.items():
            own.sort(key=lambda pair: (-pair[0], pair[1].index))
            good = [pair for n, pair in enumerate(own) if not n or pair[1].index in best]
            for value, sentence in good[: _DEEP * lines]:
                places = standing(report, sentence.index)
                if len(places) <= 1 + _ALONG:
                    alone = len(places) == 1 and not sentence.unnamed
                    yield Candidate(position, theme, report.id, sentence.index, places, value, alone)


def standing(report: Report, index: int) -> tuple[int, ...]:
    """A sentence with all that it leans on, in document order: alone, it would dangle."""
    found: set[int] = set()
    open_ = [index]
    while open_:
        here = open_.pop()
        if here not in found:
            found.add(here)
            open_ += report.sentences[here].needs
    return tuple(sorted(found))


def _worth(sentence: Sentence, heard: int, figures: int) -> float:
    worth = max(sentence.salience, _LEAST) * (1 + _TOLD * math.log2(1 + heard))
    worth *= 1 + _FIGURE * min(figures, _FIGURES)
    return worth * (_UNNAMED if sentence.unnamed else 1.0)


def _fit(sentence: Sentence, theme: str, found: Collection[str]) -> float:
    """How surely a sentence belongs under a theme, 0..1; squared, for a stray line costs a section most."""
    if theme in found:
        return _FOUND
    if theme == OTHER:
        return _REST * max(0.0, 1.0 - sum(sentence.scores.values())) ** 2
    score = sentence.scores.get(theme, 1.0) ** 2
    return score if theme == sentence.theme else _SECOND * score


def _length(report: Report) -> int:
    return sum(len(report.sentences[i].text) for i in report.ranking)


def _is_brief(report: Report, brief: Sequence[str]) -> bool:
    return any(re.search(pattern, report.title or "") for pattern in brief)


def _shared(report: Report, facts: Related) -> int:
    """How many sentences of an article say what another article of the event says too."""
    related = (facts.get((report.id, index), (set(), set())) for index in report.ranking)
    return sum(any(article != report.id for article, _ in same | repeats) for same, repeats in related)
