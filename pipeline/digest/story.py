"""One story: its headline and lines."""

from __future__ import annotations

import math
import re
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import replace

from ..records import CONTENT_KINDS, OTHER, DigestPlan, Line, Place, Report, Story
from .rights import Quotes

#: By position of the report and index of the sentence: sentences of other articles that are nearly the same,
#: and sentences that repeat it.
Facts = Mapping[tuple[int, int], tuple[frozenset[tuple[int, int]], frozenset[tuple[int, int]]]]

Related = Mapping[tuple[str, int], tuple[set[tuple[str, int]], ...]]

_SHORT, _SHORTEST = 60, 12
#: Share of the fullest article's length below which an article tells too little to lead.
_BRIEF = 1 / 3


def tell(
    reports: Sequence[Report],
    copies: Sequence[str],
    facts: Related,
    themes: Sequence[str],
    plan: DigestPlan,
    quotes: Mapping[str, Quotes],
) -> Story | None:
    """Make a story of articles about one event.

    Articles take turns by rank, so that none is left out; the one that tells most of what the others tell
    goes first, and twice; what a line says already is not said again. Copies of another text have no turn:
    lines name them beside the text that they copy. A flash or a caption leads no story that a whole article
    tells.

    Returns
    -------
    Story or None
        None when rights leave neither headline nor line to show.
    """
    theme = _theme(reports, themes)
    originals = [r for r in reports if r.id not in copies]
    fullest = max(map(_length, originals))
    ordered = sorted(
        originals,
        key=lambda r: (
            _is_brief(r, plan.brief) or _length(r) < _BRIEF * fullest,
            r.title is None,
            -_shared(r, facts),
            -len(r.ranking),
        ),
    )
    first = ordered[0]
    titled = next((r.title for r in ordered if r.title), None)
    told = _headline(first, quotes[first.id]) if titled is None else None
    shown = [(first.id, told)] if told is not None else []
    lines = _lines(ordered, copies, facts, plan, quotes, shown)
    if titled is None and told is None:
        return None
    copied = [r for r in reports if r.id in copies]
    return Story(
        id=f"story-{first.id}",
        headline=titled if titled is not None else first.sentences[told or 0].text,
        theme=theme,
        articles=tuple(r.id for r in [*ordered, *copied]),
        lines=lines,
        copies=tuple(r.id for r in copied),
    )


def apart(
    theme: str,
    reports: Sequence[Report],
    facts: Related,
    plan: DigestPlan,
    quotes: Mapping[str, Quotes],
    shown: Sequence[tuple[str, int]],
) -> tuple[Story, ...]:
    """What articles say on a found theme that is not the main one of any: a story for each of them.

    The headline is the article's title, or else its best sentence on the theme; lines that other stories
    show already are left out.
    """
    known = list(shown)
    told = []
    for report in reports:
        own = replace(report, ranking=tuple(i for i in report.ranking if report.sentences[i].theme == theme))
        headline = own.title
        if headline is None:
            fresh = [i for i in own.ranking if (own.id, i) not in known and not own.sentences[i].needs]
            fresh.sort(key=lambda i: own.sentences[i].unnamed)
            best = next((i for i in fresh if quotes[own.id].take(i)), None)
            if best is None:
                continue
            known.append((own.id, best))
            headline = own.sentences[best].text
        lines = _lines([own], (), facts, plan, quotes, known)
        if lines:
            told.append(Story(f"story-{theme}-{own.id}", headline, theme, (own.id,), lines))
    return tuple(told)


def weight(story: Story, reports: Sequence[Report]) -> float:
    """More independent outlets first, then the longer coverage."""
    own = [r for r in reports if r.id in story.articles and r.id not in story.copies]
    return len(own) + math.log1p(sum(len(report.ranking) for report in own)) / 10


def _theme(reports: Sequence[Report], themes: Sequence[str]) -> str:
    """The theme of most sentences; a configured one from a fifth of them on, for other is the rest."""
    votes = Counter(s.theme for r in reports for s in r.sentences if s.theme is not None)
    named = [theme for theme in themes if theme != OTHER and votes[theme] * 5 >= sum(votes.values())]
    return max(named, key=lambda theme: votes[theme]) if named and sum(votes.values()) else OTHER


def _length(report: Report) -> int:
    return sum(len(report.sentences[i].text) for i in report.ranking)


def _is_brief(report: Report, brief: Sequence[str]) -> bool:
    return any(re.search(pattern, report.title or "") for pattern in brief)


def _shared(report: Report, facts: Related) -> int:
    """How many sentences of an article say what another article of the story says too."""
    related = (facts.get((report.id, index), (set(), set())) for index in report.ranking)
    return sum(any(article != report.id for article, _ in same | repeats) for same, repeats in related)


def _headline(report: Report, quotes: Quotes) -> int | None:
    """The best short sentence of an article without a title: near the start, and clear by itself."""
    content = [s for s in report.sentences if s.kind in CONTENT_KINDS]
    rank = {index: n for n, index in enumerate(report.ranking)}
    candidates = sorted(
        content,
        key=lambda s: (
            bool(s.needs) or s.unnamed or s.kind != "body",
            not _SHORTEST <= len(s.text) <= _SHORT,
            min(content.index(s), 12) + min(rank[s.index], 12),
            s.index,
        ),
    )
    return next((s.index for s in candidates if quotes.take(s.index)), None)


def _lines(
    reports: Sequence[Report],
    copies: Sequence[str],
    facts: Related,
    plan: DigestPlan,
    quotes: Mapping[str, Quotes],
    shown: list[tuple[str, int]],
) -> tuple[Line, ...]:
    taken: list[tuple[Report, int]] = []
    queues = [(report, _queue(report, facts)) for report in reports]
    count = plan.lines_per_story
    turns = [queues[0], *queues]

    def known(place: tuple[str, int]) -> bool:
        return any(place in facts.get(p, (set(), set()))[1] or place == p for p in shown)

    while len(taken) < count and any(queue for _, queue in queues):
        for report, queue in turns:
            while queue and len(taken) < count:
                told = {index for r, index in taken if r.id == report.id}
                new = [i for i in _standing(report, queue.pop(0)) if i not in told]
                fits = len(taken) + len(new) <= count and not any(known((report.id, i)) for i in new)
                if new and fits and quotes[report.id].take(*new):
                    taken += [(report, i) for i in new]
                    shown += [(report.id, i) for i in new]
                    break
        turns = queues
    order = {report.id: n for n, report in enumerate(reports)}
    taken.sort(key=lambda pair: (order[pair[0].id], pair[1]))
    return tuple(_line(report, index, copies, facts, quotes[report.id]) for report, index in taken)


def _standing(report: Report, index: int) -> list[int]:
    """A sentence with all that it leans on, in document order: alone, it would dangle."""
    found: set[int] = set()
    open_ = [index]
    while open_:
        here = open_.pop()
        if here not in found:
            found.add(here)
            open_ += report.sentences[here].needs
    return sorted(found)


def _queue(report: Report, facts: Related) -> list[int]:
    """Sentences by rank.

    What other outlets say too moves up three places for each of them; what leans on a sentence that is not
    shown moves down as far.
    """

    def place(n_index: tuple[int, int]) -> tuple[int, int]:
        n, index = n_index
        outlets = {article for article, _ in facts.get((report.id, index), (set(),))[0]}
        return n - 3 * len(outlets) + 3 * bool(report.sentences[index].needs), n

    return [index for _, index in sorted(enumerate(report.ranking), key=place)]


def _line(report: Report, index: int, copies: Sequence[str], facts: Related, quotes: Quotes) -> Line:
    also = sorted(facts.get((report.id, index), (set(),))[0])
    named: dict[str, Place] = {}
    for article, at in also:
        named.setdefault(article, Place(article, at, article in copies))
    before, after = (None, None) if quotes.restricted else _neighbours(report, index, quotes)
    return Line(
        report.id,
        index,
        report.sentences[index].text,
        _reason(report, index),
        tuple(named.values()),
        before,
        after,
        report.sentences[index].speech,
    )


def _neighbours(report: Report, index: int, quotes: Quotes) -> tuple[str | None, str | None]:
    shown: list[str | None] = []
    for at in (index - 1, index + 1):
        inside = 0 <= at < len(report.sentences)
        if inside and report.sentences[at].kind in (*CONTENT_KINDS, "quote"):
            quotes.take(at)
            shown.append(report.sentences[at].text)
        else:
            shown.append(None)
    return shown[0], shown[1]


def _reason(report: Report, index: int) -> str:
    sentence = report.sentences[index]
    if index not in report.ranking:  # of a found theme's own lines, one leans on it
        return f"leant on, {sentence.theme}"
    rank = report.ranking.index(index) + 1
    score = f" {sentence.scores[sentence.theme]:.2f}" if sentence.theme in sentence.scores else ""
    return f"rank {rank}/{len(report.ranking)}, {sentence.theme}{score}"
