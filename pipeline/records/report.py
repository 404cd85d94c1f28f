"""The report of an article: what `yoyak summarize` writes."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Literal

from .article import Kind, Note, Source
from .figures import Figure


@dataclass(frozen=True, slots=True)
class Beaten:
    """A sentence that a chosen one was preferred to.

    Attributes
    ----------
    margin
        By how much, in units of the score.
    why
        ``score``: it was worth less; ``same``: it says the same as the chosen one; ``leans``: it can't
        stand without a sentence that would have had to come along.
    """

    sentence: int
    margin: float
    why: Literal["score", "same", "leans"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Reason:
    """Why a sentence stands where it does in the ranking.

    Attributes
    ----------
    rank
        Its place, from 1.
    score
        Sum of `features`.
    features
        What each feature adds or takes, largest first; those that say nothing are left out.
    redundancy
        What it lost, at its turn, for repeating what is ranked above it.
    covers
        The theme that it is the first in the ranking to cover.
    needs
        Sentences that it leans on: ranked above it.
    needed_by
        The sentence for which it was taken along, where its own score would not have brought it up.
    beat
        The best of those that it left behind, and those that say the same.
    """

    sentence: int
    rank: int
    score: float
    features: dict[str, float]
    redundancy: float = 0.0
    covers: str | None = None
    needs: tuple[int, ...] = ()
    needed_by: int | None = None
    beat: tuple[Beaten, ...] = ()


@dataclass(frozen=True, slots=True)
class Sentence:
    """A unit in a report. `theme` and `scores` are for body sentences and items only.

    `second` is a further theme, for the few sentences that really have two.
    `needs` are the sentences without which it does not stand: what it leans on, the line that introduces a
    bullet. A summary that takes it takes them too.
    `speech`: it is all somebody's words, out of a quotation that runs over several sentences, so that its
    own text may have no quotation marks.
    `unnamed`: it does not name whom it speaks of; its subject is left out, or called by its kind (회사는).
    """

    index: int
    text: str
    start: int
    end: int
    kind: Kind
    section: int | None
    theme: str | None
    scores: dict[str, float]
    salience: float
    second: str | None = None
    needs: tuple[int, ...] = ()
    speech: bool = False
    unnamed: bool = False


@dataclass(frozen=True, slots=True)
class ThemeSummary:
    """What an article says about one theme.

    Attributes
    ----------
    share
        Of the article's body sentences and items.
    sentences, summary
        Indices in document order.
    keywords
        Terms, best first.
    """

    id: str
    label: str
    share: float
    sentences: tuple[int, ...]
    summary: tuple[int, ...]
    keywords: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Keyword:
    """A row of a keyword table.

    Attributes
    ----------
    variants
        Other forms in which the article writes it.
    tag
        ``NNG`` common noun, ``NNP`` name, ``SL`` Latin, ``NP`` noun phrase.
    sentences
        Indices of the units that hold it.
    kind
        ``name``, ``person``, ``compound`` (several nouns) or ``noun``.
    first
        Index of the first sentence that holds it; a title or heading only where nothing else does.
    parts
        What its score is made of: a sum, before it is scaled to the best of the table.
    """

    term: str
    variants: tuple[str, ...]
    tag: str
    count: int
    score: float
    theme: str | None
    sentences: tuple[int, ...]
    kind: str = "noun"
    first: int = 0
    parts: dict[str, float] = field(default_factory=dict)


@dataclass(frozen=True, slots=True, kw_only=True)
class Report:
    """All that is known about one article. Depends on the article, settings and version alone.

    Attributes
    ----------
    ranking
        Every body sentence and item, best first.
    summary
        The chosen indices in document order.
    themes
        Configured themes in their order, then other; empty ones are left out.
    warnings
        What was odd in reading the article, and what of the settings' wishes its summary could not meet.
    reasons
        Why each sentence of `summary` and of the themes' summaries was taken, best first.
    genre
        What it is if it is no article: ``personnel``, ``obituary``, ``horoscope``, ``photo``, ``graphic``,
        ``market``, ``weather``, ``lottery``, ``activities``, ``notice``. A list has no summary and no
        keywords.
    morphemes
        Those of `sentences` and of the title, as `korean.packing` writes them: what goes over many reports
        need not analyse their texts again. Empty in reports of earlier versions.
    """

    schema: Literal["yoyak.report/1"] = "yoyak.report/1"
    id: str
    title: str | None
    source: Source
    sentences: tuple[Sentence, ...]
    ranking: tuple[int, ...]
    summary: tuple[int, ...]
    themes: tuple[ThemeSummary, ...]
    keywords: tuple[Keyword, ...]
    figures: tuple[Figure, ...] = ()
    warnings: tuple[Note, ...] = ()
    reasons: tuple[Reason, ...] = ()
    genre: str | None = None
    morphemes: str = ""
