"""Layout: the body of an article as blocks (title, heading, paragraph, item, quote, boilerplate).

Works on plain text and Markdown alike, for articles are pasted with and without marks into either.
Boilerplate is cut off the lines first (`dress`), what is left is sorted by its marks (`lines`), bare lines by
their neighbours (`headings`), and the marks inside a line are taken out last (`marks`); offsets into the
article's text survive all of it.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from functools import cache, partial
from typing import Any

from ..korean.dates import read_date
from ..korean.endings import CLOSERS, FINAL, STOPPED, STOPS
from ..records import ZONE, Article, Block, BoilerplateRule, Layout
from .dress import compiled
from .edges import named, trim
from .genre import recognize
from .headings import resolve
from .lines import cut
from .marks import Shown, raw, strip
from .pieces import Piece
from .tables import tables
from .trouble import trouble
from .turns import asked, turns

__all__ = ["lay_out", "recognize", "trouble"]

_LETTER = re.compile(r"\w")
_CLOSED = re.compile(STOPPED)
_LONGEST_NOTE = 100
#: Longest bullet of more than a sentence, in code points, that is one unit; and the sentences it may hold.
_LONGEST_ITEM = 120
_ITEM_SENTENCES = 2
#: Marks of paragraphs, as offices print them.
_PARAGRAPH = re.compile(r"[○ㅇ❍■◆]\s*$")
_SOFT = frozenset("□◇◎▷▶►★☆")
_STOPS = re.compile(rf"(?<![\d\s])[{STOPS}]{CLOSERS}+(?=\s|$)")
_NOUN = re.compile(rf"[가-힣%](?<![{FINAL}라자지])\.$")
_FACTS = ("author", "publisher", "rights", "url")


def lay_out(article: Article, rules: tuple[BoilerplateRule, ...], zone: str = ZONE) -> Layout:
    """Split an article into blocks.

    Parameters
    ----------
    article
        Sentences that it came with stay whole, one block each.
    rules
        What is boilerplate.
    zone
        The newsroom's, for dates that the boilerplate tells.
    """
    # Readers of other formats have taken the elements out; what looks like one there is text about them.
    dress = compiled(rules)
    tags = article.source.format in ("text", "markdown", None)
    # A piece is read by its neighbours, then made a block.
    read = cache(partial(strip, article.text, tags=tags))
    if article.sentences is not None:
        given = tuple(Piece("paragraph", start, end, whole=True) for start, end in article.sentences)
        pieces = cut(article.text, given, dress, marks=False)
    else:
        start, end = article.body
        # The reader of PDF leaves the breaks at which a word may go on.
        folded = article.source.format == "pdf"
        body = (Piece("paragraph", start, end),)
        pieces = cut(article.text, body, dress, marks=True, tags=tags, folded=folded)
        pieces = tuple(named(article.text, pieces, article.source.publisher))
        pieces = trim(article.text, pieces, dress)
        pieces = tuple(turns(article.text, tuple(asked(article.text, pieces))))
        pieces = resolve(article.text, pieces, article.title, read)
    blocks = tuple(block for piece in pieces if (block := _block(article.text, piece, read)).text)
    title = article.title or next((block.text for block in blocks if block.kind == "title"), None)
    return Layout(_with_facts(article, pieces, zone), title, blocks, tables(article.text, pieces, tags=tags))


def _block(text: str, piece: Piece, read: Callable[[int, int], Shown]) -> Block:
    kind = "body" if piece.kind == "paragraph" else piece.kind
    shown, starts, ends = read(piece.start, piece.end)
    if not shown and _LETTER.search(text, piece.start, piece.end):
        # All of it is marks, or deleted: not shown, but not lost.
        kind, (shown, starts, ends) = "boilerplate", raw(text, piece.start, piece.end)
    jotted = kind == "item" and (
        _is_note(shown)
        or (
            _is_short(shown)
            and not (piece.mark in _SOFT or _PARAGRAPH.search(text, max(0, piece.start - 4), piece.start))
        )
    )
    whole = piece.whole or jotted or kind in ("title", "heading", "boilerplate")
    return Block(kind, shown, starts, ends, whole, tuple(_seams(piece, shown, ends)))


def _is_note(item: str) -> bool:
    """Whether an item is jotted down: without a stop at its end, or with one behind a noun (가동 목표.)."""
    return len(item) <= _LONGEST_NOTE and (not _CLOSED.search(item) or _NOUN.search(item) is not None)


def _is_short(item: str) -> bool:
    """Whether an item is one unit though it holds a second sentence; a paragraph with a mark is split."""
    return len(item) <= _LONGEST_ITEM and len(_STOPS.findall(item)) <= _ITEM_SENTENCES


def _seams(piece: Piece, shown: str, ends: Sequence[int]) -> Iterator[int]:
    """Where the breaks are in the text shown: a space stands for each."""
    for seam in piece.seams:
        place = bisect_right(ends, seam)
        if place < len(shown) and shown[place] == " ":
            yield place


def _with_facts(article: Article, pieces: Sequence[Piece], zone: str) -> Article:
    """Facts of the boilerplate fill what the source leaves out; the first to say something is believed."""
    said: dict[str, str] = {}
    dates: list[str] = []
    for piece in pieces:
        for name, value in piece.facts:
            said.setdefault(name, value)
            if name == "published":
                dates.append(value)
    found: dict[str, Any] = {
        name: said[name] for name in _FACTS if name in said and getattr(article.source, name) is None
    }
    if article.source.published is None and (
        moment := next((one for date in dates if (one := read_date(date, zone))), None)
    ):
        found |= {"published": moment.day.isoformat()}
        found |= {"published_at": moment.at.isoformat()} if moment.at else {}
    return replace(article, source=replace(article.source, **found)) if found else article
