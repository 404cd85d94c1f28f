"""A batch of reports folded into one newsletter issue."""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Mapping, Sequence

from .records import (
    OTHER,
    Digest,
    DigestKeyword,
    DigestSource,
    DigestTheme,
    Failure,
    Line,
    Report,
    Story,
)


def in_order(reports: Sequence[Report]) -> tuple[Report, ...]:
    """Reports by date and id: an order that the order of files can't change. Undated ones come last."""
    return tuple(sorted(reports, key=lambda r: (r.source.published is None, r.source.published or "", r.id)))


def fold(
    reports: Sequence[Report],
    stories: Sequence[Sequence[int]],
    failures: Sequence[Failure],
    *,
    title: str,
    date: str | None,
    labels: Mapping[str, str],
    lines_per_story: int,
    stories_per_theme: int,
    keywords: tuple[DigestKeyword, ...],
    theme_keywords: Mapping[str, tuple[DigestKeyword, ...]],
) -> Digest:
    """Make a digest.

    Parameters
    ----------
    reports
        As `in_order` gives them.
    stories
        Positions of `reports`, as the stories step groups them. A story stands under the theme that most
        of its sentences have.
    date
        ISO date; None takes the latest one that a source gives.
    labels
        Theme labels by id, in the order of the sections.
    keywords, theme_keywords
        The keyword tables of the batch and of its themes.
    """
    told = [_story([reports[i] for i in positions], list(labels), lines_per_story) for positions in stories]
    weight = {story.id: _weight(story, reports) for story in told}
    sections = []
    for theme, label in labels.items():
        own = sorted((s for s in told if s.theme == theme), key=lambda s: (-weight[s.id], s.id))
        if own:
            table = theme_keywords.get(theme, ())
            sections.append(DigestTheme(theme, label, tuple(own[:stories_per_theme]), table))
    return Digest(
        title=title,
        date=date or max((r.source.published[:10] for r in reports if r.source.published), default=None),
        themes=tuple(sections),
        keywords=keywords,
        sources=tuple(_source(report) for report in reports),
        failures=tuple(sorted(failures, key=lambda f: (f.source, f.step, f.reason, f.detail))),
    )


def _story(reports: Sequence[Report], themes: Sequence[str], count: int) -> Story:
    theme = _theme(reports, themes)
    taken: list[tuple[Report, int]] = []
    # Articles take turns by rank, those with the most to say on the theme first, so that none is left out.
    by_theme = sorted(reports, key=lambda r: (-sum(s.theme == theme for s in r.sentences), r.id))
    queues = [[(report, index) for index in report.ranking] for report in by_theme]
    while len(taken) < count and any(queues):
        for queue in queues:
            while queue and len(taken) < count:
                report, index = queue.pop(0)
                if not any(
                    _says_the_same(report.sentences[index].text, r.sentences[i].text) for r, i in taken
                ):
                    taken.append((report, index))
                    break
    order = {report.id: n for n, report in enumerate(by_theme)}
    taken.sort(key=lambda pair: (order[pair[0].id], pair[1]))
    lines = tuple(
        Line(report.id, index, report.sentences[index].text, _reason(report, index))
        for report, index in taken
    )
    first = by_theme[0]
    headline = next((r.title for r in by_theme if r.title), None) or _headline(first)
    return Story(f"story-{first.id}", headline, theme, tuple(r.id for r in by_theme), lines)


def _theme(reports: Sequence[Report], themes: Sequence[str]) -> str:
    """The theme of most sentences; a configured one from a fifth of them on, for other is the rest."""
    votes = Counter(s.theme for r in reports for s in r.sentences if s.theme is not None)
    named = [theme for theme in themes if theme != OTHER and votes[theme] * 5 >= sum(votes.values())]
    return max(named, key=lambda theme: votes[theme]) if named and sum(votes.values()) else OTHER


def _headline(report: Report) -> str:
    """The best short sentence, verbatim, for an article without a title."""
    texts = [report.sentences[i].text for i in report.ranking[:8]]
    return next((text for text in texts if len(text) <= 60), min(texts, key=len, default=report.id))


def _reason(report: Report, index: int) -> str:
    sentence = report.sentences[index]
    rank = report.ranking.index(index) + 1
    score = f" {sentence.scores[sentence.theme]:.2f}" if sentence.theme in sentence.scores else ""
    return f"rank {rank}/{len(report.ranking)}, {sentence.theme}{score}"


def _says_the_same(one: str, other: str) -> bool:
    """Whether two sentences share most of their character bigrams (Dice 1945, at least 0.7)."""
    a, b = ({t[i : i + 2] for i in range(len(t) - 1)} for t in (one.replace(" ", ""), other.replace(" ", "")))
    return 2 * len(a & b) >= 0.7 * (len(a) + len(b))


def _weight(story: Story, reports: Sequence[Report]) -> float:
    """More outlets first, then the longer coverage."""
    own = [report for report in reports if report.id in story.articles]
    return len(own) + math.log1p(sum(len(report.ranking) for report in own)) / 10


def _source(report: Report) -> DigestSource:
    source = report.source
    return DigestSource(
        id=report.id,
        title=report.title,
        path=source.path,
        url=source.url,
        publisher=source.publisher,
        author=source.author,
        published=source.published,
        rights=source.rights,
    )
