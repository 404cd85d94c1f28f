"""The records that pass between the steps: frozen, slotted, complete at birth.

All offsets are code points (Python string indices), half open. `Report` and `Digest` are also the JSON
that the program writes; `yoyak schema` prints their JSON Schema from these definitions.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Literal

Kind = Literal["title", "heading", "body", "item", "quote", "boilerplate"]

#: The kinds that a summary may take from and that get a theme.
CONTENT_KINDS: frozenset[Kind] = frozenset({"body", "item"})

#: The theme of a sentence that belongs to none of the configured ones.
OTHER = "other"


# ── from a file to an article ──────────────────────────────────────────────────────────────────────


@dataclass(frozen=True, slots=True, kw_only=True)
class Source:
    """Where an article came from, and what may be done with it.

    Attributes
    ----------
    path
        The file as the user named it; ``file.jsonl:3`` for the third line of a JSON Lines file, ``-`` for
        standard input.
    published
        The date or time as the source gives it, unparsed.
    sha256
        Of the file's bytes, or of the record's own line in a JSON Lines file.
    """

    path: str
    url: str | None = None
    publisher: str | None = None
    author: str | None = None
    published: str | None = None
    rights: str | None = None
    sha256: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Article:
    """One article as it was read.

    Attributes
    ----------
    id
        A readable slug and a short hash of the content; safe as a file name on every system.
    title
        From the metadata; a title line inside the text is found later, by the layout.
    text
        The decoded text of the file as it came (for a JSON record: its ``body``). Offsets point into it.
    body
        Where the article itself starts and ends in `text`, front matter left out.
    sentences
        Spans of sentences that the source gave one by one; None when the text is still to be split.
    """

    id: str
    title: str | None
    source: Source
    text: str
    body: tuple[int, int]
    sentences: tuple[tuple[int, int], ...] | None = None


@dataclass(frozen=True, slots=True)
class Failure:
    """An input that gave no report.

    Attributes
    ----------
    source
        The file (or its line) that failed.
    step
        The step that gave up: ``read``, ``layout``, …
    reason
        A code out of ``failures`` in ``configs/messages``; the terminal shows the sentence behind it.
    detail
        What the sentence leaves open: a position, a key, an exception's own words.
    """

    source: str
    step: str
    reason: str
    detail: str = ""


# ── from an article to units ───────────────────────────────────────────────────────────────────────


@dataclass(frozen=True, slots=True)
class Block:
    """One line or paragraph of the body, its marks taken out and its white space folded.

    Attributes
    ----------
    text
        What a reader sees.
    starts, ends
        For each code point of `text` the piece of the article's text that it stands for. The piece takes
        in the marks around it, so that any slice of `text` maps to a slice with its marks complete.
    whole
        True when the block is one unit and is not to be split into sentences.
    """

    kind: Kind
    text: str
    starts: Sequence[int]
    ends: Sequence[int]
    whole: bool


@dataclass(frozen=True, slots=True)
class Token:
    """A morpheme, with offsets into the text of its unit. Tags are Kiwi's."""

    form: str
    tag: str
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Unit:
    """A sentence, item, heading … with its morphemes.

    Attributes
    ----------
    start, end
        The slice of the article's text that it stands for.
    section
        Index of the heading that it stands under.
    block
        Index of its block: units of one paragraph share it.
    tokens
        Empty for boilerplate, which nothing reads.
    """

    index: int
    text: str
    start: int
    end: int
    kind: Kind
    section: int | None
    block: int
    tokens: tuple[Token, ...]


@dataclass(frozen=True, slots=True)
class Document:
    """An article split into units: what every later step works on."""

    article: Article
    title: str | None
    units: tuple[Unit, ...]


# ── data files, loaded ─────────────────────────────────────────────────────────────────────────────


@dataclass(frozen=True, slots=True)
class BoilerplateRule:
    """What is not the article: `where` is ``line`` (all of it), ``start`` or ``end`` of a line."""

    name: str
    where: Literal["line", "start", "end"]
    pattern: str
    example: str


@dataclass(frozen=True, slots=True)
class Term:
    """A term of a theme with its other spellings."""

    name: str
    variants: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Theme:
    """A theme that an editor has named. Labels are keyed by language."""

    id: str
    labels: dict[str, str]
    definition: str
    terms: tuple[Term, ...]
    against: tuple[str, ...]
    examples: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class ThemeSet:
    """The themes of a newsletter, in the order in which it shows them."""

    id: str
    labels: dict[str, str]
    themes: tuple[Theme, ...]
    other: dict[str, str]


@dataclass(frozen=True, slots=True)
class Background:
    """How common morphemes are in Korean news: document frequencies that no batch can change.

    Attributes
    ----------
    documents
        Number of documents (sentences) that were counted.
    frequency
        Documents that hold the morpheme, by ``form/tag``.
    """

    documents: int
    frequency: dict[str, int]


@dataclass(frozen=True, slots=True)
class KeywordRules:
    """Word lists of the keyword tables. All words are keys: no spaces or hyphens, small letters.

    Attributes
    ----------
    never
        No keyword, and no phrase runs across them.
    alone
        No keyword by themselves.
    roles
        What people are: 대표, 연구원.
    sources
        Roles of those whom an article asks.
    surnames
        Of one syllable.
    places
        Countries, regions and cities.
    common
        Keywords seldom.
    not_first, not_last
        May not open or close a phrase.
    known
        Terms that editors follow.
    aliases
        Groups of forms, as written, that are one thing.
    weights
        Of the features of a score, with ``bias`` and ``least``, the chance that a row has to have.
    """

    never: frozenset[str]
    alone: frozenset[str]
    roles: frozenset[str]
    sources: frozenset[str]
    surnames: frozenset[str]
    places: frozenset[str]
    common: frozenset[str]
    not_first: frozenset[str]
    not_last: frozenset[str]
    known: frozenset[str]
    aliases: tuple[tuple[str, ...], ...]
    weights: dict[str, float]


# ── the report ─────────────────────────────────────────────────────────────────────────────────────


@dataclass(frozen=True, slots=True)
class Sentence:
    """A unit in a report. `theme` and `scores` are for body sentences and items only."""

    index: int
    text: str
    start: int
    end: int
    kind: Kind
    section: int | None
    theme: str | None
    scores: dict[str, float]
    salience: float


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


@dataclass(frozen=True, slots=True)
class Figure:
    """A figure that an article reports. No step makes one yet: `Report.figures` is empty."""

    text: str
    sentence: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Report:
    """All that is known about one article. Depends on the article, settings and version alone.

    Attributes
    ----------
    ranking
        Every body sentence and item, best first: a summary of k sentences is its first k.
    summary
        The chosen indices in document order.
    themes
        Configured themes in their order, then other; empty ones are left out.
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
    warnings: tuple[str, ...] = ()


# ── the digest ─────────────────────────────────────────────────────────────────────────────────────


@dataclass(frozen=True, slots=True)
class Line:
    """A sentence of a digest, verbatim, and where it stands. `reason` says why it was taken."""

    article: str
    sentence: int
    text: str
    reason: str


@dataclass(frozen=True, slots=True)
class Story:
    """Articles about one event, and their best lines."""

    id: str
    headline: str
    theme: str
    articles: tuple[str, ...]
    lines: tuple[Line, ...]


@dataclass(frozen=True, slots=True)
class DigestKeyword:
    """A row of the keyword table of a batch, or of a theme in it.

    Attributes
    ----------
    kind
        As in `Keyword`.
    first
        The sentence that shows it: the first of the article in which it counts most, verbatim.
    sentences
        Indices of the units that hold it, by article.
    """

    term: str
    variants: tuple[str, ...]
    tag: str
    count: int
    score: float
    theme: str | None
    articles: tuple[str, ...]
    kind: str = "noun"
    first: str = ""
    sentences: dict[str, tuple[int, ...]] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class DigestTheme:
    """A section of a digest.

    Attributes
    ----------
    keywords
        What sets the theme apart from the others.
    """

    id: str
    label: str
    stories: tuple[Story, ...]
    keywords: tuple[DigestKeyword, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class DigestSource:
    """An article behind a digest."""

    id: str
    title: str | None
    path: str
    url: str | None
    publisher: str | None
    author: str | None
    published: str | None
    rights: str | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Digest:
    """A batch, folded into one newsletter issue."""

    schema: Literal["yoyak.digest/1"] = "yoyak.digest/1"
    title: str
    date: str | None
    themes: tuple[DigestTheme, ...]
    keywords: tuple[DigestKeyword, ...]
    sources: tuple[DigestSource, ...]
    failures: tuple[Failure, ...]


# ── keyword tables for people and spreadsheets ─────────────────────────────────────────────────────

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
