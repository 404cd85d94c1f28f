"""An issue as the choice made it, with all that an editor's changes are made out of."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass

from ..records import Digest, DigestKeyword, DigestPlan, Disagreement, FigureTable, Report
from .events import Related


@dataclass(frozen=True, slots=True, eq=False)
class Happening:
    """An event of an issue, by the ids of its articles.

    Attributes
    ----------
    title
        Of the article that tells it fullest, which is the first.
    copies
        Articles that repeat the text of another one.
    main
        The main theme of each article.
    theme
        The main theme of all of them together.
    """

    id: str
    title: str | None
    articles: tuple[str, ...]
    copies: frozenset[str]
    main: Mapping[str, str]
    theme: str


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Basis:
    """What `edited` needs. It stays the same while an editor changes the issue.

    Attributes
    ----------
    digest
        Without changes.
    reports
        By id.
    events
        By the ids of their articles.
    facts
        Which sentences state the same.
    labels
        Of all themes that a section can have, in the order of sections.
    found
        Those of them that nobody configured.
    counts
        Sentences and items on each theme.
    keywords, theme_keywords
        More rows than the digest shows: where one is hidden, another one moves up.
    rows
        How many the digest shows, and a theme of it.
    figures, disagreements
        As they were before rights and sections took any out.
    """

    digest: Digest
    reports: Mapping[str, Report]
    events: Mapping[str, Happening]
    facts: Related
    labels: Mapping[str, str]
    found: Collection[str]
    counts: Mapping[str, int]
    plan: DigestPlan
    keywords: tuple[DigestKeyword, ...]
    theme_keywords: Mapping[str, tuple[DigestKeyword, ...]]
    rows: tuple[int, int]
    figures: tuple[FigureTable, ...]
    disagreements: tuple[Disagreement, ...]
