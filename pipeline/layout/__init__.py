"""Layout: the body of an article as blocks (title, heading, paragraph, item, quote, boilerplate).

Works on plain text and Markdown alike, for articles are pasted with and without marks into either.
Boilerplate is cut off the lines first (`dress`), what is left is sorted by its marks (`lines`), bare lines by
their neighbours (`headings`), and the marks inside a line are taken out last (`marks`); offsets into the
article's text survive all of it.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from ..records import Article, Block, BoilerplateRule, Layout
from .dress import compiled
from .edges import trim
from .genre import recognize
from .headings import resolve
from .lines import Piece, cut
from .marks import strip
from .tables import tables
from .trouble import trouble

__all__ = ["lay_out", "recognize", "trouble"]

_FACTS = ("author", "publisher", "published", "rights", "url")


def lay_out(article: Article, rules: tuple[BoilerplateRule, ...]) -> Layout:
    """Split an article into blocks.

    Parameters
    ----------
    article
        Sentences that it came with stay whole, one block each.
    rules
        What is boilerplate.
    """
    if article.sentences is not None:
        given = tuple(Piece("paragraph", start, end, whole=True) for start, end in article.sentences)
        pieces = cut(article.text, given, compiled(rules), marks=False)
    else:
        start, end = article.body
        pieces = cut(article.text, (Piece("paragraph", start, end),), compiled(rules), marks=True)
        pieces = trim(article.text, pieces, compiled(rules))
        pieces = resolve(article.text, pieces, article.title)
    blocks = tuple(block for piece in pieces if (block := _block(article.text, piece)).text)
    title = article.title or next((block.text for block in blocks if block.kind == "title"), None)
    return Layout(_with_facts(article, pieces), title, blocks, tables(article.text, pieces))


def _block(text: str, piece: Piece) -> Block:
    kind = "body" if piece.kind == "paragraph" else piece.kind
    shown, starts, ends = strip(text, piece.start, piece.end)
    whole = piece.whole or kind in ("title", "heading", "boilerplate")
    return Block(kind, shown, starts, ends, whole)


def _with_facts(article: Article, pieces: Sequence[Piece]) -> Article:
    """Facts of the boilerplate fill what the source leaves out; the first to say something is believed."""
    said: dict[str, str] = {}
    for piece in pieces:
        for name, value in piece.facts:
            said.setdefault(name, value)
    found = {name: said[name] for name in _FACTS if name in said and getattr(article.source, name) is None}
    return replace(article, source=replace(article.source, **found)) if found else article
