"""Keyword tables for people and spreadsheets."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Literal

from .digest import DigestKeyword
from .report import Keyword

#: How a term changed from one batch to the next.
Change = Literal["new", "rising", "steady", "falling", "gone"]


@dataclass(frozen=True, slots=True)
class Trend:
    """A keyword in two batches.

    Attributes
    ----------
    before, now
        How often each batch has it.
    z
        How sure the change is, in standard deviations; above 0 it rises.
    """

    keyword: DigestKeyword
    change: Change
    before: int
    now: int
    z: float


@dataclass(frozen=True, slots=True)
class KeywordRow:
    """A row of any keyword table, flat.

    Attributes
    ----------
    table, title
        Id of the article or theme that the table is of, ``all`` for a batch; and what people call it.
    first
        The first sentence that holds it, verbatim.
    sentences
        Indices of the units that hold it; after the article's id and a colon, where a table has several.
    parts
        What its score is made of; empty for tables over several articles.
    change, before
        Against an earlier batch; None without one.
    """

    table: str
    title: str
    rank: int
    term: str
    variants: tuple[str, ...]
    kind: str
    tag: str
    count: int
    score: float
    theme: str | None
    first: str
    sentences: tuple[str, ...]
    parts: dict[str, float] = field(default_factory=dict)
    change: Change | None = None
    before: int | None = None


@dataclass(frozen=True, slots=True)
class KeywordTable:
    """The keyword table of an article, a theme, a batch, or two batches: its records, and flat rows."""

    id: str
    title: str | None
    keywords: tuple[Keyword | DigestKeyword | Trend, ...]
    rows: tuple[KeywordRow, ...]


@dataclass(frozen=True, slots=True)
class WordSuggestion:
    """A word that Kiwi's dictionary lacks.

    Attributes
    ----------
    tag, score
        As Kiwi's dictionary format has them.
    count
        How often the articles have it.
    why
        ``introduced`` with its Latin form, ``repeated`` before different particles, or ``extracted`` by Kiwi.
    """

    form: str
    tag: str
    score: float
    count: int
    why: Literal["introduced", "repeated", "extracted"]
