"""A batch at a glance: what `yoyak themes --format html` shows."""

from __future__ import annotations

from dataclasses import dataclass

from .digest import DigestSource


@dataclass(frozen=True, slots=True)
class Spot:
    """A sentence on the map of a batch.

    Attributes
    ----------
    x, y
        Its place; a sentence takes a square of 1 by 1, and y grows downwards.
    text
        Verbatim; empty where the rights of its article leave no room for so many.
    """

    article: str
    sentence: int
    theme: str
    x: float
    y: float
    text: str


@dataclass(frozen=True, slots=True, kw_only=True)
class MapTheme:
    """A theme on the map of a batch, as a disc that its sentences fill.

    Attributes
    ----------
    found
        Nobody configured it: it was found in the batch.
    x, y, radius
        Of its disc, in the units of `Spot`.
    sentences, articles
        How many sentences of the batch have it, and in how many articles.
    near
        The theme whose sentences are most like its own; None where there is no other.
    typical
        Position, in `Overview.spots`, of the sentence that is most like all others of the theme, of those
        with a text if there are any.
    keywords
        What sets it apart from the others.
    """

    id: str
    label: str
    found: bool
    x: float
    y: float
    radius: float
    sentences: int
    articles: int
    near: str | None
    typical: int
    keywords: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class ThemeCount:
    """How much of a theme one article tells, in sentences."""

    article: str
    theme: str
    sentences: int


@dataclass(frozen=True, slots=True)
class Column:
    """An issue of a timeline; without title, number and date it is the batch of today.

    Attributes
    ----------
    count
        Of all keywords that its table has.
    """

    title: str | None
    number: int | None
    date: str | None
    count: int


@dataclass(frozen=True, slots=True)
class TimelineRow:
    """A keyword over issues.

    Attributes
    ----------
    counts
        One an issue, the oldest first; None where the issue's table does not have it.
    """

    term: str
    variants: tuple[str, ...]
    counts: tuple[int | None, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Overview:
    """A batch at a glance: its sentences by theme, its themes by outlet, its keywords by issue.

    Attributes
    ----------
    themes
        Those that have sentences: the configured ones in their order, found ones, other.
    spots
        In the order of themes, articles and sentences; not all of a large batch.
    sources
        The articles, by which outlets are told.
    columns, timeline
        The issues, the oldest first, and the keywords that they tell most of; empty without any.
    """

    themes: tuple[MapTheme, ...] = ()
    spots: tuple[Spot, ...] = ()
    sources: tuple[DigestSource, ...] = ()
    told: tuple[ThemeCount, ...] = ()
    columns: tuple[Column, ...] = ()
    timeline: tuple[TimelineRow, ...] = ()
