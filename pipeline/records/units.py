"""An article on its way to sentences: blocks, tokens, units."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, NamedTuple

from .article import CONTENT_KINDS, Article, Kind

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray


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
    seams
        Positions in `text` of spaces that stand for a line break inside of which a word may go on.
    """

    kind: Kind
    text: str
    starts: Sequence[int]
    ends: Sequence[int]
    whole: bool
    seams: tuple[int, ...] = ()


class Token(NamedTuple):
    """A morpheme, with offsets into the text of its unit. Tags are Kiwi's."""

    form: str
    tag: str
    start: int
    end: int


@dataclass(frozen=True, slots=True, eq=False)
class Tokens:
    """The morphemes of a document in columns, for steps that loop over all of them.

    Attributes
    ----------
    forms
        Distinct forms. A property of a word is computed once for each, and looked up by `form`.
    ids
        Position of each form in `forms`.
    form
        Position of each token's form in `forms`; int32, shape (n,).
    tag
        Id of its tag, a position in ``korean.TAGS``; int32, shape (n,).
    start, end
        Offsets into the text of its unit; int32, shape (n,).
    bounds
        Unit u has the tokens from ``bounds[u]`` to ``bounds[u + 1]``; int32, shape (units + 1,).
    """

    forms: tuple[str, ...]
    ids: Mapping[str, int]
    form: NDArray[np.int32]
    tag: NDArray[np.int32]
    start: NDArray[np.int32]
    end: NDArray[np.int32]
    bounds: NDArray[np.int32]


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
        For reading one by one, and empty for boilerplate, which nothing reads; `Document.tokens` has them
        all in columns.
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


@dataclass(frozen=True, slots=True, kw_only=True)
class Made:
    """What a piece of a genre is made of: the least lines, words and share of its text, the most prose."""

    lines: int = 0
    words: int = 0
    prose: int = 0
    share: float = 0.0


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)  # compared by identity: a key of caches
class Genre:
    """A kind of piece that is no article: a list of names, a horoscope, a picture (``configs/genres.toml``).

    Attributes
    ----------
    label
        Regular expressions for how a title says so.
    lines, words
        Regular expressions for what it is made of, and what it speaks of.
    labelled, bare
        What it has to be made of with such a title, and without; any of these.
    listing
        There is nothing to summarize in it.
    examples, against
        Pieces, as pairs of title and text, that are of the genre, and that only look like it.
    """

    id: str
    label: tuple[str, ...]
    lines: tuple[str, ...]
    words: tuple[str, ...]
    labelled: tuple[Made, ...]
    bare: tuple[Made, ...]
    listing: bool
    examples: tuple[tuple[str, str], ...] = ()
    against: tuple[tuple[str, str], ...] = ()


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
    genre
        What it is if it is no article: see `Genre`.
    """

    article: Article
    title: str | None
    blocks: tuple[Block, ...]
    tables: tuple[Table, ...] = ()
    genre: Genre | None = None


@dataclass(frozen=True, slots=True)
class Document:
    """An article split into units: what every later step works on.

    Attributes
    ----------
    tokens
        The tokens of `units` in columns.
    title_tokens
        Of `title`, whether the article's text has it too or not.
    """

    article: Article
    title: str | None
    units: tuple[Unit, ...]
    tokens: Tokens
    tables: tuple[Table, ...] = ()
    title_tokens: tuple[Token, ...] = ()
    genre: Genre | None = None


def kinds_before(units: Sequence[Unit]) -> tuple[Kind | None, ...]:
    """For each body sentence and item the kind of the unit right before it, boilerplate left out."""
    kinds: list[Kind | None] = []
    last: Kind | None = None
    for unit in units:
        if unit.kind in CONTENT_KINDS:
            kinds.append(last)
        if unit.kind != "boilerplate":
            last = unit.kind
    return tuple(kinds)
