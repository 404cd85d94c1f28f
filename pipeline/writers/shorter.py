"""A digest cut down step by step: whole threads first, those worth least before the others."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

from ..records import Digest, Thread

#: Rows of the keyword table that stay once anything has to go.
_KEYWORDS = 20
#: Disagreements that stay then.
_DISAGREEMENTS = 3
#: Of so many threads one goes at each step.
_STEP = 10


def shorter(digest: Digest, over: float) -> Digest | None:
    """A digest that is one step shorter; None when nothing can go any more.

    Parameters
    ----------
    over
        How many times as long as it may be its page is.

    Notes
    -----
    A long keyword table shrinks first, the figures go, then threads; the last one loses lines, then what else
    cites sources. What is left cites no article that has no row in the list of sources.
    """
    for step in _STEPS:
        made = _with_sources(step(digest, over))
        if made != digest:
            return made
    return None


def _fewer_keywords(digest: Digest, over: float) -> Digest:
    return replace(digest, keywords=digest.keywords[:_KEYWORDS])


def _fewer_disagreements(digest: Digest, over: float) -> Digest:
    return replace(digest, disagreements=digest.disagreements[:_DISAGREEMENTS])


def _no_figures(digest: Digest, over: float) -> Digest:
    return replace(digest, figures=())


def _fewer_stories(digest: Digest, over: float) -> Digest:
    """The lead stays longest, then the first of each theme, then those worth most.

    Of threads alone so many go as the page is too long; what stays on it besides makes that too few, never
    too many.
    """
    worth = []
    for place, theme in enumerate(digest.themes):
        for n, one in enumerate(theme.stories):
            outlets = len(one.articles) - len(one.copies)
            worth.append(
                (one.id != digest.lead, n > 0, not one.lines, -one.worth, -outlets, n, place, one.id)
            )
    left = max(1, min(len(worth) - max(1, len(worth) // _STEP), int(len(worth) / over)))
    keep = {key[-1] for key in sorted(worth)[:left]}
    themes = (replace(t, stories=tuple(one for one in t.stories if one.id in keep)) for t in digest.themes)
    return replace(
        digest,
        themes=tuple(theme for theme in themes if theme.stories),
        glance=tuple(line for line in digest.glance if line.story in keep),
    )


def _no_tables(digest: Digest, over: float) -> Digest:
    return replace(digest, keywords=(), failures=(), earlier=(), disagreements=())


def _fewer_lines(digest: Digest, over: float) -> Digest:
    return _each(digest, lambda one: replace(one, lines=one.lines[: max(1, len(one.lines) // 2)]))


def _alone(digest: Digest, over: float) -> Digest:
    """A thread told by its first article, with lines that cite no other."""

    def alone(one: Thread) -> Thread:
        lines = tuple(replace(line, also=()) for line in one.lines)
        kept = {one.articles[0], *(line.article for line in lines)}
        return replace(
            one,
            lines=lines,
            articles=tuple(article for article in one.articles if article in kept),
            copies=tuple(article for article in one.copies if article in kept),
        )

    return replace(_each(digest, alone), glance=())


def _no_lines(digest: Digest, over: float) -> Digest:
    return _each(digest, lambda one: replace(one, lines=(), articles=one.articles[:1], copies=()))


_STEPS: tuple[Callable[[Digest, float], Digest], ...] = (
    _fewer_keywords,
    _fewer_disagreements,
    _no_figures,
    _fewer_stories,
    _no_tables,
    _fewer_lines,
    _alone,
    _no_lines,
)


def _each(digest: Digest, trim: Callable[[Thread], Thread]) -> Digest:
    themes = (replace(theme, stories=tuple(map(trim, theme.stories))) for theme in digest.themes)
    return replace(digest, themes=tuple(themes))


def _with_sources(digest: Digest) -> Digest:
    """The same with the sources that it cites, and no others."""
    cited = {line.article for line in digest.glance}
    cited.update(told.article for table in digest.figures for row in table.rows for told in row.sources)
    cited.update(side.article for odds in digest.disagreements for side in odds.sides)
    for one in (one for theme in digest.themes for one in theme.stories):
        cited.update(one.articles)
        for line in one.lines:
            cited.update((line.article, *(place.article for place in line.also)))
    return replace(digest, sources=tuple(source for source in digest.sources if source.id in cited))
