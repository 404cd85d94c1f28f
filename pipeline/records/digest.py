"""The digest of a batch: what `yoyak digest` writes, and the plan that it is made by."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Literal

from .article import Failure
from .figures import Disagreement, FigureTable


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
    speech
        It is all somebody's words, as `Sentence` has it.
    lead
        The issue opens with it: pages print it there, and no second time in its section.
    """

    article: str
    sentence: int
    text: str
    reason: str
    also: tuple[Place, ...] = ()
    before: str | None = None
    after: str | None = None
    speech: bool = False
    lead: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Follows:
    """The issue before this one, where it told of the same event, and under which headline."""

    headline: str
    number: int | None = None
    date: str | None = None
    url: str | None = None


@dataclass(frozen=True, slots=True)
class Thread:
    """What a section tells of one event: the best sentences on its theme.

    Attributes
    ----------
    headline
        The title of its first article, where the theme is that article's main one; else the text of its
        first line.
    articles
        Those that it quotes or names, the one that leads it first.
    lines
        Of the section's theme, as main or second theme, or what one of those leans on.
    copies
        Those of `articles` that repeat the text of another one.
    event
        The same in every section in which the event is told.
    elsewhere
        The other sections that tell of the event.
    worth
        What its lines add to the issue; where room is short, threads worth least go first.
    follows
        Where the issue before this one told of the event.
    """

    id: str
    headline: str
    theme: str
    articles: tuple[str, ...]
    lines: tuple[Line, ...]
    copies: tuple[str, ...] = ()
    event: str = ""
    elsewhere: tuple[str, ...] = ()
    worth: float = 0.0
    follows: Follows | None = None


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
    stories
        Its threads, most worth first.
    share
        Of the body sentences and items that the sections are made of, 0..1; they add up to 1.
    found
        True for a theme that nobody configured: it was found in the batch.
    keywords
        What sets the theme apart from the others.
    """

    id: str
    label: str
    stories: tuple[Thread, ...]
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
class LeftOut:
    """A piece that is no article, and that the digest leaves out for that."""

    id: str
    title: str | None
    path: str
    genre: str


@dataclass(frozen=True, slots=True)
class Glance:
    """What is new in a theme, in one line; `story` is the id of its thread."""

    theme: str
    story: str
    article: str
    sentence: int
    text: str
    speech: bool = False


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


@dataclass(frozen=True, slots=True)
class Words:
    """Words of the editor's own, set apart from what the articles say.

    Attributes
    ----------
    place
        ``opening``, ``closing``, or the id of the thread that they stand below.
    """

    text: str
    place: str


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
        Id of the thread that opens the issue; the lines that stand there have `Line.lead`, and may be of
        other threads of its event too.
    glance
        The best line of each theme, six at most.
    earlier
        The issues before this one, the last one first.
    left_out
        Pieces of the batch that are no articles, in no thread and no table.
    figures
        The figures most worth seeing, a table for each theme that has any, in the order of the themes.
    disagreements
        Where articles, or sentences of one, give values for one thing that can't both be right.
    words
        The editor's own.
    retitled
        Ids of the threads whose headlines are in the editor's words.
    """

    schema: Literal["yoyak.digest/2"] = "yoyak.digest/2"
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
    left_out: tuple[LeftOut, ...] = ()
    figures: tuple[FigureTable, ...] = ()
    disagreements: tuple[Disagreement, ...] = ()
    words: tuple[Words, ...] = ()
    retitled: tuple[str, ...] = ()


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
    publishers
        What may be quoted of single publishers, by the keys of their names, whatever their articles say of
        it: ``free``, ``limited``, or ``headline`` for nothing but that.
    """

    forbids: tuple[str, ...]
    sentences: int
    share: float
    strict: bool
    publishers: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True, kw_only=True)
class DigestPlan:
    """What a digest takes from its batch, and how much.

    Attributes
    ----------
    lines, words
        The most lines of an issue, and the most words (eojeol) in them; None: no such limit.
    lines_per_event
        The most lines of an event, in all sections together.
    lines_per_story, stories_per_theme
        The most lines of a thread, and threads of a section, by theme id; ``*`` for the others.
    order
        Theme ids that come first, in this order.
    brief
        Patterns of titles of what is short by its kind: a flash, a picture.
    """

    lines: int | None
    words: int | None
    lines_per_event: int
    lines_per_story: int
    stories_per_theme: dict[str, int]
    order: tuple[str, ...]
    brief: tuple[str, ...]
    limits: QuoteLimits
