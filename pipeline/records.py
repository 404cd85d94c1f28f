"""The records that pass between the steps: frozen, slotted, complete at birth.

All offsets are code points (Python string indices), half open. `Report` and `Digest` are also the JSON
that the program writes; `yoyak schema` prints their JSON Schema from these definitions.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field
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
    format
        The reader that read it, such as ``html``.
    encoding
        What the bytes were decoded with, as Python spells it: decoding the file with it gives the text that
        offsets point into. None for a format that holds its own text (docx, hwpx, pdf, parquet).
    """

    path: str
    url: str | None = None
    publisher: str | None = None
    author: str | None = None
    published: str | None = None
    rights: str | None = None
    sha256: str
    format: str | None = None
    encoding: str | None = None

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
        The decoded text of the file as it came (for a JSON record: its ``body``; for HTML, docx and the like
        the text that their reader took out, written as Markdown). Offsets point into it.
    body
        Where the article itself starts and ends in `text`, front matter left out.
    sentences
        Spans of sentences that the source gave one by one; None when the text is still to be split.
    notes
        What a reader should know: ``code`` or ``code: detail``, the codes being those of ``notes`` in
        ``configs/messages``. They become warnings of the report.
    """

    id: str
    title: str | None
    source: Source
    text: str
    body: tuple[int, int]
    sentences: tuple[tuple[int, int], ...] | None = None
    notes: tuple[str, ...] = ()


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


@dataclass(frozen=True, slots=True, kw_only=True)
class Limits:
    """What an input may cost. Over a limit it is a failure that names the limit.

    Attributes
    ----------
    file_bytes
        One file, or one member of an archive, or one answer from the web.
    article_chars, line_chars
        One article, and its longest line.
    archive_members, archive_bytes, archive_ratio
        Files in an archive, their inflated size together, and inflated over packed size of one of them.
    depth
        Nesting of HTML, XML and JSON, and of archives in archives.
    seconds
        For reading one file, and for one answer from the web.
    least_letters, korean_share
        What is left of an article without boilerplate: fewer letters than this is nearly empty, a smaller
        share of Hangul among them is not Korean.
    """

    file_bytes: int = 50_000_000
    article_chars: int = 2_000_000
    line_chars: int = 500_000
    archive_members: int = 100_000
    archive_bytes: int = 1_000_000_000
    archive_ratio: int = 200
    depth: int = 200
    seconds: float = 30.0
    least_letters: int = 8
    korean_share: float = 0.25


@dataclass(frozen=True, slots=True, kw_only=True)
class Web:
    """How pages are fetched.

    Attributes
    ----------
    agent
        User-Agent, and the name that robots.txt is asked about.
    cache
        Folder that keeps answers; None for no cache.
    cache_seconds
        How long a kept answer is used unasked; older ones are asked after with their ETag.
    retries
        Further tries after a passing fault, waiting twice as long each time.
    pages
        Pages taken from one feed.
    """

    agent: str = "yoyak"
    robots: bool = True
    cache: str | None = None
    cache_seconds: float = 3600.0
    retries: int = 2
    pages: int = 100


@dataclass(frozen=True, slots=True, kw_only=True)
class Reading:
    """How inputs are read.

    Attributes
    ----------
    fields
        Which key of a record holds what, in pairs: ``(("title", "headline"), ("body", "content"))``. The
        rest is guessed.
    """

    limits: Limits = Limits()
    web: Web = Web()
    fields: tuple[tuple[str, str], ...] = ()


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
class Table:
    """A table in an article, for figures to read.

    Attributes
    ----------
    start, end
        The slice of the article's text that it stands for.
    rows
        Cells as a reader sees them, without the line that sets the head apart.
    """

    start: int
    end: int
    rows: tuple[tuple[str, ...], ...]


@dataclass(frozen=True, slots=True)
class Layout:
    """An article cut into blocks.

    Attributes
    ----------
    article
        With the facts in its source that its boilerplate gives: by-line, publisher, rights.
    title
        The article's own, else the text of the title block, else None.
    blocks
        In document order, none of them empty. At most one is a title, and it comes before all content.
    """

    article: Article
    title: str | None
    blocks: tuple[Block, ...]
    tables: tuple[Table, ...] = ()


@dataclass(frozen=True, slots=True)
class Document:
    """An article split into units: what every later step works on."""

    article: Article
    title: str | None
    units: tuple[Unit, ...]
    tables: tuple[Table, ...] = ()
    title_tokens: tuple[Token, ...] = ()


# ── data files, loaded ─────────────────────────────────────────────────────────────────────────────


@dataclass(frozen=True, slots=True)
class BoilerplateRule:
    """What is not the article.

    Attributes
    ----------
    where
        ``line`` (all of it), ``start`` or ``end`` of a line; ``list``: the line, and those below it that do
        not end as sentences do.
    pattern
        Regular expression. Its groups named like a field of `Source` (``author``, ``publisher``,
        ``published``, ``rights``, ``url``) are facts for the metadata.
    example
        Text that it finds. Where it takes a part of it, that part stands between « and ».
    facts
        What the groups hold in the example.
    against
        Texts that it must leave alone.
    """

    name: str
    where: Literal["line", "start", "end", "list"]
    pattern: str
    example: str
    facts: tuple[tuple[str, str], ...] = ()
    against: tuple[str, ...] = ()


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


@dataclass(frozen=True, slots=True, kw_only=True)
class LeaningWords:
    """Words by which a sentence leans on one before it (``configs/leaning.toml``).

    Attributes
    ----------
    openers
        Regular expressions for how such a sentence opens.
    endings, afterthoughts
        Regular expressions for how a sentence ends that explains the one before: the first unless it has
        a topic of its own.
    days
        Forms that stand for a day named before.
    pronouns, determiners
        Forms that point back.
    set_phrases
        What may follow a determiner that points at nothing (그 어느 때보다).
    empty_nouns
        Nouns that mean the sentence before when a determiner stands before them (이 점).
    kind_nouns
        Nouns that do so unless they are what the article is about (이 제품).
    frames
        Nouns whose topic particle marks a time, not a subject.
    addresses, speakers
        Endings, as regular expressions, and words by which the writer or the reader is the subject.
    auxiliary_nouns
        Nouns that close a predicate whose subject is the sentence's (정부가 발표할 예정이다).
    predicate_nouns
        Nouns whose subject particle belongs to the predicate (할 수가 있다).
    """

    openers: tuple[str, ...] = ()
    endings: tuple[str, ...] = ()
    afterthoughts: tuple[str, ...] = ()
    days: frozenset[str] = frozenset()
    pronouns: frozenset[str] = frozenset()
    determiners: frozenset[str] = frozenset()
    set_phrases: frozenset[str] = frozenset()
    empty_nouns: frozenset[str] = frozenset()
    kind_nouns: frozenset[str] = frozenset()
    frames: frozenset[str] = frozenset()
    addresses: tuple[str, ...] = ()
    speakers: frozenset[str] = frozenset()
    auxiliary_nouns: frozenset[str] = frozenset()
    predicate_nouns: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True, kw_only=True)
class EditorModel:
    """The weights of the ``editor`` method (``models/editor.toml``).

    Attributes
    ----------
    weights
        By feature.
    redundancy
        What a candidate loses for its likeness to what is chosen already.
    coverage
        What the first sentence of a theme that the summary does not cover yet gains.
    query, theme
        What a sentence gains that answers the query in full, or is surely of the theme asked for.
    """

    weights: dict[str, float]
    redundancy: float = 0.0
    coverage: float = 0.0
    query: float = 0.0
    theme: float = 0.0


# ── the report ─────────────────────────────────────────────────────────────────────────────────────


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
    reasons
        Why each sentence of `summary` and of the themes' summaries was taken, best first.
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
    reasons: tuple[Reason, ...] = ()


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
    kind: str = "noun"
    first: str = ""
    sentences: dict[str, tuple[int, ...]] = field(default_factory=dict)
    change: Literal["new", "up", "down", "same"] | None = None
    last: int | None = None


@dataclass(frozen=True, slots=True)
class DigestTheme:
    """A section of a digest.

    Attributes
    ----------
    share
        Of the batch's body sentences and items, 0..1.
    found
        True for a theme that nobody configured: it was found in the batch.
    keywords
        What sets the theme apart from the others.
    """

    id: str
    label: str
    stories: tuple[Story, ...]
    share: float = 0.0
    found: bool = False
    keywords: tuple[DigestKeyword, ...] = ()


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
    order: tuple[str, ...]
    leans: tuple[str, ...]
    limits: QuoteLimits


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
