"""Layout: the body of an article as blocks (title, heading, paragraph, item, quote, boilerplate).

Works on plain text and Markdown alike, for articles are pasted with and without marks into either.
Lines are sorted by their marks first (`lines`), bare lines by their neighbours then (`headings`), and the
marks inside a line are taken out last (`marks`); offsets into the article's text survive all three.
"""

from __future__ import annotations

from ..records import Article, Block, BoilerplateRule
from .headings import resolve
from .lines import Piece, cut
from .marks import strip


def lay_out(article: Article, rules: tuple[BoilerplateRule, ...]) -> tuple[str | None, tuple[Block, ...]]:
    """Split an article into blocks.

    Parameters
    ----------
    article
        Sentences that it came with stay whole, one block each.
    rules
        What is boilerplate.

    Returns
    -------
    title
        The article's own, else the text of the title block, else None.
    blocks
        In document order, none of them empty. At most one is a title, and it comes before all content.
    """
    if article.sentences is not None:
        given = tuple(Piece("paragraph", start, end, whole=True) for start, end in article.sentences)
        pieces = cut(article.text, given, rules, marks=False)
    else:
        start, end = article.body
        pieces = cut(article.text, (Piece("paragraph", start, end),), rules, marks=True)
        pieces = resolve(article.text, pieces, article.title)
    blocks = tuple(block for piece in pieces if (block := _block(article.text, piece)).text)
    title = article.title or next((block.text for block in blocks if block.kind == "title"), None)
    return title, blocks


def _block(text: str, piece: Piece) -> Block:
    kind = "body" if piece.kind == "paragraph" else piece.kind
    shown, starts, ends = strip(text, piece.start, piece.end)
    whole = piece.whole or kind in ("title", "heading", "boilerplate")
    return Block(kind, shown, starts, ends, whole)
