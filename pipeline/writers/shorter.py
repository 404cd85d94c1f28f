"""A digest cut down until it fits: whole stories first, those worth least before the others."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from functools import partial

from ..records import Digest, Story


@dataclass(frozen=True, slots=True)
class Cut:
    """What is left of a digest.

    Attributes
    ----------
    stories
        How many are left out.
    failures
        How many of the failures are.
    """

    digest: Digest
    stories: int = 0
    failures: int = 0


#: Failures that are told one by one, and rows of the keyword table that stay once anything has to go.
_FAILURES, _KEYWORDS = 20, 20


def fitted(digest: Digest, fits: Callable[[Cut], bool]) -> Cut:
    """The most of a digest that fits.

    Long tables shrink first, then stories go, those worth least before the others; the last one loses
    lines, then what else cites sources. What is left cites no article that has no row in the list of sources.

    Parameters
    ----------
    fits
        Whether a cut digest is short enough.
    """
    told = digest.failures[:_FAILURES]
    cut = Cut(replace(digest, failures=told), failures=len(digest.failures) - len(told))
    if fits(cut):
        return cut
    cut = replace(cut, digest=replace(cut.digest, keywords=digest.keywords[:_KEYWORDS]))
    worth = _by_worth(digest)
    most = _most(len(worth), lambda n: fits(_of(cut, worth[:n])))
    if most:
        return _of(cut, worth[:most])
    last = _last_resort(_of(cut, worth[:1]))
    found = next((step for step in last if fits(step)), last[-1])
    return replace(found, failures=len(digest.failures) - len(found.digest.failures))


def _by_worth(digest: Digest) -> list[str]:
    """Ids of the stories: the lead, the first of each theme, then those of most outlets."""
    found = []
    for place, theme in enumerate(digest.themes):
        for n, story in enumerate(theme.stories):
            outlets = len(story.articles) - len(story.copies)
            found.append((story.id != digest.lead, n > 0, -outlets, n, place, story.id))
    return [key[-1] for key in sorted(found)]


def _most(count: int, fits: Callable[[int], bool]) -> int:
    """The largest number that fits, 0 for none: by halves, for more never takes less room."""
    least, most = 0, count
    while least < most:
        middle = (least + most + 1) // 2
        if fits(middle):
            least = middle
        else:
            most = middle - 1
    return least


def _of(cut: Cut, stories: list[str]) -> Cut:
    """A digest of some of its stories, with the sources that these still cite."""
    digest, keep = cut.digest, frozenset(stories)
    themes = tuple(
        replace(theme, stories=kept)
        for theme in digest.themes
        if (kept := tuple(story for story in theme.stories if story.id in keep))
    )
    count = sum(len(theme.stories) for theme in digest.themes)
    told = {story.id for theme in themes for story in theme.stories}
    shorter = replace(
        digest,
        themes=themes,
        glance=tuple(line for line in digest.glance if line.story in told),
        lead=digest.lead if digest.lead in told else None,
    )
    return replace(cut, digest=_with_sources(shorter), stories=cut.stories + count - len(told))


def _with_sources(digest: Digest) -> Digest:
    """The same with the sources that it cites, and no others."""
    cited = {line.article for line in digest.glance}
    for story in (story for theme in digest.themes for story in theme.stories):
        cited.update(story.articles)
        for line in story.lines:
            cited.update((line.article, *(place.article for place in line.also)))
    return replace(digest, sources=tuple(source for source in digest.sources if source.id in cited))


def _last_resort(cut: Cut) -> list[Cut]:
    """What one story can still lose, more of it at each step."""
    bare = replace(cut.digest, keywords=(), failures=(), earlier=())
    longest = max((len(s.lines) for theme in bare.themes for s in theme.stories), default=0)
    fewer = [
        _trimmed(bare, partial(_first_lines, count)) for count in sorted({longest // 2, 1}, reverse=True)
    ]
    alone = replace(_trimmed(bare, _alone), glance=())
    steps = [bare, *fewer, alone, _trimmed(alone, partial(_first_lines, 0))]
    return [replace(cut, digest=_with_sources(step)) for step in steps]


def _trimmed(digest: Digest, trim: Callable[[Story], Story]) -> Digest:
    themes = (replace(theme, stories=tuple(map(trim, theme.stories))) for theme in digest.themes)
    return replace(digest, themes=tuple(themes))


def _first_lines(count: int, story: Story) -> Story:
    return replace(story, lines=story.lines[:count])


def _alone(story: Story) -> Story:
    """A story told by its first article, with one line that cites no other."""
    own = [line for line in story.lines if line.article == story.articles[0]] or list(story.lines)
    lines = tuple(replace(line, also=()) for line in own[:1])
    kept = {line.article for line in lines} | set(story.articles[:1])
    articles = tuple(article for article in story.articles if article in kept)
    return replace(story, lines=lines, articles=articles, copies=tuple(c for c in story.copies if c in kept))
