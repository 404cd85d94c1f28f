"""The records that pass between the steps: frozen, slotted, complete at birth.

All offsets are code points (Python string indices), half open. `Report` and `Digest` are also the JSON
that the program writes; `yoyak schema` prints their JSON Schema from these definitions.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Literal

_DAY = re.compile(
    r"(?<!\d)((?:19|20)\d\d)(?:\D{1,3}(?=\d{1,2}\D)|(?=\d{4}(?!\d)))(\d{1,2})\D{0,3}(\d{1,2})(?!\d)"
)

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

    @property
    def day(self) -> date | None:
        """The day of `published`, when it names one, such as ``2026-02-10`` or ``2026. 2. 10. 17:42``."""
        match = _DAY.search(self.published or "")
        try:
            return date(int(match[1]), int(match[2]), int(match[3])) if match else None
        except ValueError:
            return None


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
    """A theme that an editor has named. Labels are keyed by language.

    Attributes
    ----------
    terms
        Words that name the theme.
    against
        Phrases that hide a term inside them and speak against the theme.
    examples
        Sentences that belong to it.
    hints
        Words that lean towards it and decide nothing alone; verbs in dictionary form.
    """

    id: str
    labels: dict[str, str]
    definition: str
    terms: tuple[Term, ...]
    against: tuple[str, ...]
    examples: tuple[str, ...]
    hints: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class ThemeSet:
    """The themes of a newsletter, in the order in which it shows them.

    Attributes
    ----------
    other
        Labels of what belongs to none of them.
    outside
        What such sentences look like when they share the themes' words, described as a theme is.
    """

    id: str
    labels: dict[str, str]
    themes: tuple[Theme, ...]
    other: dict[str, str]
    outside: Theme | None = None


@dataclass(frozen=True, slots=True)
class ThemeModel:
    """How evidence becomes theme scores: weights that hold for any theme set, and the words that lean.

    Attributes
    ----------
    weights
        Weight of each feature, by stage and side: ``said.theme``, ``said.other``, ``stands.theme`` …
    cues
        Patterns, by name, of how a unit opens or points elsewhere.
    fitted
        What the weights were fitted on, for people.
    """

    weights: dict[str, dict[str, float]]
    cues: dict[str, str]
    fitted: dict[str, str]


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


# ── the report ─────────────────────────────────────────────────────────────────────────────────────


@dataclass(frozen=True, slots=True)
class Sentence:
    """A unit in a report. `theme` and `scores` are for body sentences and items only.

    `second` is a further theme, for the few sentences that really have two.
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
    """

    term: str
    variants: tuple[str, ...]
    tag: str
    count: int
    score: float
    theme: str | None
    sentences: tuple[int, ...]


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
class Place:
    """A sentence of an article that says what a line of a digest says.

    Attributes
    ----------
    copy
        True when the article repeats the text of another one of the story: no confirmation, then.
    """

    article: str
    sentence: int
    copy: bool = False


@dataclass(frozen=True, slots=True)
class Line:
    """A sentence of a digest, verbatim, and where it stands. `reason` says why it was taken.

    Attributes
    ----------
    also
        Sentences of other articles that say the same, folded into this one.
    before, after
        Its neighbours in the article; None where there is none, or the source's rights leave no room.
    """

    article: str
    sentence: int
    text: str
    reason: str
    also: tuple[Place, ...] = ()
    before: str | None = None
    after: str | None = None


@dataclass(frozen=True, slots=True)
class Story:
    """Articles about one event, and their best lines.

    Attributes
    ----------
    articles
        The one that leads the story first.
    copies
        Those of `articles` that repeat the text of another one.
    """

    id: str
    headline: str
    theme: str
    articles: tuple[str, ...]
    lines: tuple[Line, ...]
    copies: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class DigestTheme:
    """A section of a digest.

    Attributes
    ----------
    share
        Of the batch's body sentences and items, 0..1.
    found
        True for a theme that nobody configured: it was found in the batch.
    """

    id: str
    label: str
    stories: tuple[Story, ...]
    share: float = 0.0
    found: bool = False


@dataclass(frozen=True, slots=True)
class DigestKeyword:
    """A row of the batch's keyword table.

    Attributes
    ----------
    change
        Against the last issue: ``new``, ``up``, ``down``, ``same``; None without a last issue.
    last
        Its rank in the last issue, from 1; None when it was not in the table.
    """

    term: str
    variants: tuple[str, ...]
    tag: str
    count: int
    score: float
    theme: str | None
    articles: tuple[str, ...]
    change: Literal["new", "up", "down", "same"] | None = None
    last: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class DigestSource:
    """An article behind a digest, and how much of it the digest quotes.

    Attributes
    ----------
    restricted
        Its rights forbid redistribution: it is quoted within limits.
    sentences
        Body sentences and items of the article.
    quoted
        How many different sentences of it the digest shows, neighbours of lines included.
    quoted_share
        Their share of the article's body, in characters, 0..1.
    over
        The quotes go beyond the limits, because the article is too short to be quoted within them.
    """

    id: str
    title: str | None
    path: str
    url: str | None
    publisher: str | None
    author: str | None
    published: str | None
    rights: str | None
    restricted: bool = False
    sentences: int = 0
    quoted: int = 0
    quoted_share: float = 0.0
    over: bool = False


@dataclass(frozen=True, slots=True)
class Glance:
    """What is new in a theme, in one line."""

    theme: str
    story: str
    article: str
    sentence: int
    text: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Issue:
    """An issue of the newsletter, as a list of issues shows it."""

    title: str
    number: int | None
    date: str | None
    url: str | None
    headlines: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Newsletter:
    """What is the same in every issue of a newsletter.

    Attributes
    ----------
    accent
        ``#rrggbb``.
    logo
        A ``data:image/…`` address.
    home
        Where its issues are on the web.
    sender, recipient, reply_to, unsubscribe, list_id
        For the headers of the e-mail.
    """

    name: str = ""
    tagline: str = ""
    footer: str = ""
    accent: str = "#1d4ed8"
    logo: str | None = None
    home: str | None = None
    sender: str = ""
    recipient: str = ""
    reply_to: str = ""
    unsubscribe: str = ""
    list_id: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Digest:
    """A batch, folded into one newsletter issue.

    Attributes
    ----------
    number
        Of the issue.
    url
        Where the issue is on the web.
    lead
        Id of the story that opens the issue.
    glance
        The best line of each theme.
    earlier
        The issues before this one, the last one first.
    """

    schema: Literal["yoyak.digest/1"] = "yoyak.digest/1"
    title: str
    date: str | None
    themes: tuple[DigestTheme, ...]
    keywords: tuple[DigestKeyword, ...]
    sources: tuple[DigestSource, ...]
    failures: tuple[Failure, ...]
    newsletter: Newsletter = Newsletter()
    number: int | None = None
    url: str | None = None
    lead: str | None = None
    glance: tuple[Glance, ...] = ()
    earlier: tuple[Issue, ...] = ()


# ── how a digest is made: rules and limits ─────────────────────────────────────────────────────────


@dataclass(frozen=True, slots=True, kw_only=True)
class StoryRules:
    """Words that tell events of one kind apart, from ``configs/stories.toml``. Patterns.

    Attributes
    ----------
    preview, result
        An event ahead, and its outcome.
    recurring
        Kinds of event that come back in the same words (weather, market closes, rate decisions).
    leans
        How a sentence begins that leans on the one before it.
    """

    preview: tuple[str, ...]
    result: tuple[str, ...]
    recurring: dict[str, str]
    leans: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class QuoteLimits:
    """How much of a source that forbids redistribution may be quoted.

    Attributes
    ----------
    forbids
        Patterns of rights lines that forbid it.
    sentences, share
        The most sentences, and the most of the body in characters (0..1).
    strict
        Never more, not even the one sentence of an article too short for the limits.
    """

    forbids: tuple[str, ...]
    sentences: int
    share: float
    strict: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class DigestPlan:
    """What a digest takes from its batch, and how much.

    Attributes
    ----------
    stories_per_theme
        By theme id; ``*`` for the others.
    order
        Theme ids that come first, in this order.
    leans
        Patterns of how a sentence begins that leans on the one before it, and can't be a headline.
    """

    lines_per_story: int
    stories_per_theme: dict[str, int]
    keywords: int
    order: tuple[str, ...]
    leans: tuple[str, ...]
    limits: QuoteLimits
