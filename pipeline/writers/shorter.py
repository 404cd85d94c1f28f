"""A digest cut down step by step: whole stories first, those worth least before the others."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

from ..records import Digest, Story

#: Rows of the keyword table that stay once anything has to go.
_KEYWORDS = 20
#: Of so many stories one goes at each step.
_STEP = 10


def shorter(digest: Digest) -> Digest | None:
    """A digest that is one step shorter; None when nothing can go any more.

    A long keyword table shrinks first, the figures go, then stories; the last one loses lines, then what else
    cites sources. What is left cites no article that has no row in the list of sources.
    """
    for step in _STEPS:
        made = _with_sources(step(digest))
        if made != digest:
            return made
    return None


def _fewer_keywords(digest: Digest) -> Digest:
    return replace(digest, keywords=digest.keywords[:_KEYWORDS])


def _no_figures(digest: Digest) -> Digest:
    return replace(digest, figures=())


def _fewer_stories(digest: Digest) -> Digest:
    """The lead stays longest, then the first of each theme, then those of most outlets."""
    worth = []
    for place, theme in enumerate(digest.themes):
        for n, story in enumerate(theme.stories):
            outlets = len(story.articles) - len(story.copies)
            worth.append((story.id != digest.lead, n > 0, -outlets, n, place, story.id))
    left = max(1, len(worth) - max(1, len(worth) // _STEP))
    keep = {key[-1] for key in sorted(worth)[:left]}
    themes = (replace(t, stories=tuple(s for s in t.stories if s.id in keep)) for t in digest.themes)
    return replace(
        digest,
        themes=tuple(theme for theme in themes if theme.stories),
        glance=tuple(line for line in digest.glance if line.story in keep),
    )


def _no_tables(digest: Digest) -> Digest:
    return replace(digest, keywords=(), failures=(), earlier=(), disagreements=())


def _fewer_lines(digest: Digest) -> Digest:
    return _each(digest, lambda story: replace(story, lines=story.lines[: max(1, len(story.lines) // 2)]))


def _alone(digest: Digest) -> Digest:
    """A story told by its first article, with lines that cite no other."""

    def alone(story: Story) -> Story:
        lines = tuple(replace(line, also=()) for line in story.lines)
        kept = {story.articles[0], *(line.article for line in lines)}
        return replace(
            story,
            lines=lines,
            articles=tuple(article for article in story.articles if article in kept),
            copies=tuple(article for article in story.copies if article in kept),
        )

    return replace(_each(digest, alone), glance=())


def _no_lines(digest: Digest) -> Digest:
    return _each(digest, lambda story: replace(story, lines=(), articles=story.articles[:1], copies=()))


_STEPS: tuple[Callable[[Digest], Digest], ...] = (
    _fewer_keywords,
    _no_figures,
    _fewer_stories,
    _no_tables,
    _fewer_lines,
    _alone,
    _no_lines,
)


def _each(digest: Digest, trim: Callable[[Story], Story]) -> Digest:
    themes = (replace(theme, stories=tuple(map(trim, theme.stories))) for theme in digest.themes)
    return replace(digest, themes=tuple(themes))


def _with_sources(digest: Digest) -> Digest:
    """The same with the sources that it cites, and no others."""
    cited = {line.article for line in digest.glance}
    cited.update(told.article for table in digest.figures for row in table.rows for told in row.sources)
    cited.update(side.article for one in digest.disagreements for side in one.sides)
    for story in (story for theme in digest.themes for story in theme.stories):
        cited.update(story.articles)
        for line in story.lines:
            cited.update((line.article, *(place.article for place in line.also)))
    return replace(digest, sources=tuple(source for source in digest.sources if source.id in cited))
