"""What an editor changed in an issue, as data: apart from the digest, so that a re-run keeps it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from .digest import Digest

#: Kinds of change, as they are told to a person.
ChangeKind = Literal[
    "lead",
    "pinned",
    "dropped",
    "replaced",
    "headline",
    "moved",
    "order",
    "hidden",
    "merged",
    "words",
]


@dataclass(frozen=True, slots=True)
class StoryKey:
    """A story of an issue: what it tells, under a theme, of the event of an article.

    It is found again under another id, with more articles, or in another section.

    Attributes
    ----------
    theme
        Id of the theme that it stood under, or the label of one that was found in the batch.
    """

    article: str
    theme: str


@dataclass(frozen=True, slots=True)
class LineKey:
    """A sentence of an article.

    Attributes
    ----------
    text
        Its text: it is found by it where sentences are counted in another way. May be empty.
    """

    article: str
    sentence: int
    text: str = ""


@dataclass(frozen=True, slots=True)
class Pin:
    """A sentence that a story prints, whatever the choice is."""

    line: LineKey
    theme: str


@dataclass(frozen=True, slots=True)
class Replaced:
    """A line that makes way for another sentence of its article."""

    line: LineKey
    by: LineKey


@dataclass(frozen=True, slots=True)
class Headline:
    """A headline in the editor's words."""

    story: StoryKey
    text: str


@dataclass(frozen=True, slots=True)
class Moved:
    """A story or a line that belongs under another theme."""

    what: StoryKey | LineKey
    to: str


@dataclass(frozen=True, slots=True)
class StoryOrder:
    """The order of a section's stories, each by one of its articles; others come after them."""

    theme: str
    articles: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class LineOrder:
    """The order of a story's lines; others come after them."""

    story: StoryKey
    lines: tuple[LineKey, ...]


@dataclass(frozen=True, slots=True)
class Merged:
    """A keyword that is another one's variant."""

    term: str
    into: str


@dataclass(frozen=True, slots=True)
class Comment:
    """Words of the editor's own, below a story, or where an issue opens or closes."""

    text: str
    story: StoryKey | Literal["opening", "closing"]


@dataclass(frozen=True, slots=True)
class Hidden:
    """A row of the figures, or a disagreement, that the issue leaves out: by subject, metric and period."""

    table: Literal["figures", "disagreements"]
    subject: str | None = None
    metric: str | None = None
    period: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Changes:
    """All that an editor changed in one issue (``issue.toml``).

    Attributes
    ----------
    version
        Goes up by one with each change that is saved: whoever saves says which version they saw.
    lead
        The story that opens the issue.
    pinned, lines
        Stories and sentences that stay in the issue, or come into it.
    dropped
        Stories and lines that do not.
    sections
        Themes that come first, in this order.
    order
        Of stories in their sections, and of lines in their stories.
    hidden
        Keywords that the tables do not show.
    rows
        Rows of figures, and disagreements, that the issue does not show.
    """

    version: int = 0
    lead: StoryKey | None = None
    pinned: tuple[StoryKey, ...] = ()
    lines: tuple[Pin, ...] = ()
    dropped: tuple[StoryKey | LineKey, ...] = ()
    replaced: tuple[Replaced, ...] = ()
    headlines: tuple[Headline, ...] = ()
    moved: tuple[Moved, ...] = ()
    sections: tuple[str, ...] = ()
    order: tuple[StoryOrder | LineOrder, ...] = ()
    hidden: tuple[str, ...] = ()
    merged: tuple[Merged, ...] = ()
    rows: tuple[Hidden, ...] = ()
    words: tuple[Comment, ...] = ()


@dataclass(frozen=True, slots=True)
class Unmet:
    """A change that holds no longer, and why: nothing that an editor did is lost without a word.

    Attributes
    ----------
    about
        A headline, a sentence or a term, by which a person knows the change again.
    why
        ``article`` (not in the issue), ``sentence`` (not in its article), ``story``, ``line`` (not in the
        issue), ``theme``, ``keyword``, ``row`` (none of the name), ``rights`` (they leave no room), ``said``
        (an earlier change prints the same).
    """

    kind: ChangeKind
    about: str
    why: Literal["article", "sentence", "story", "line", "theme", "keyword", "row", "rights", "said"]


@dataclass(frozen=True, slots=True)
class Edited:
    """An issue with its editor's changes.

    Attributes
    ----------
    unmet
        Those that could not be made.
    """

    digest: Digest
    unmet: tuple[Unmet, ...] = ()
