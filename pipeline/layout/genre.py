"""Pieces that are no articles: lists of names, horoscopes, tables of figures, pictures with a line below.

A title says so in brackets ([인사]), or the text does by what it is made of; either has to be borne out by
the text, for an article about a reshuffle may carry the same label.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache
from itertools import pairwise

from ..korean.bullets import SHAPES, TRIANGLES
from ..korean.endings import CLOSED
from ..records import CONTENT_KINDS, Block, Genre, Layout, Made
from .guards import held

_OPEN, _CLOSE = "[\\[［【〔〈<《(]", "[\\]］】〕〉>》)]"
_BRACKETS = (
    re.compile(rf"\s{{0,4}}+{_OPEN}\s?([^\[\]［］【】〔〕〈〉<>《》()]{{1,24}}?)\s?{_CLOSE}"),
    re.compile(rf"{_OPEN}\s?([^\[\]［］【】〔〕〈〉<>《》()]{{1,24}}?)\s?{_CLOSE}\s?$"),
)
_LEAD = re.compile(r"\s{0,4}+([^\n:：|–—-]{2,24}?)\s?(?:$|\s[:：|–—-]|[:：|])")
#: A sentence that reports something: … 밝혔다. … 했습니다.
_PROSE = re.compile(rf"[{CLOSED}](?<=[가-힣].)(?:[.!?…]|[\"”’]?$)", re.MULTILINE)
_LETTER = re.compile(r"[^\W_]")
#: Where an item of a list begins inside a line, and the ranks that stand above some.
_MARK = re.compile(rf"[{TRIANGLES}{SHAPES}∙•◈](?=[ ]?[가-힣A-Za-z<〈(])")
_ITEM = re.compile("[▲△▶▷●○∙•]")
_NAMED = re.compile(r"[<〈《【][^<>〈〉《》【】]{1,20}[>〉》】]")
_RANK = re.compile(_NAMED.pattern + rf"|[◇◆■□◈][ ]?[^{TRIANGLES}{SHAPES}∙•◈<〈]{{1,30}}")
_FEWEST_ITEMS = 2
_LONGEST_TITLE = 300


@dataclass(frozen=True, slots=True)
class _Patterns:
    label: re.Pattern[str]
    lines: re.Pattern[str]
    in_lines: tuple[str, ...]  # of which each has one
    words: tuple[re.Pattern[str], ...]


@lru_cache(maxsize=64)
def _compiled(genre: Genre) -> _Patterns:
    lines = "|".join(genre.lines) or "(?!)"
    return _Patterns(
        re.compile("|".join(genre.label) or "(?!)"),
        re.compile(lines),
        held(lines),
        tuple(map(re.compile, genre.words)),
    )


def recognize(laid_out: Layout, genres: Sequence[Genre]) -> Layout:
    """A layout that knows its genre; each item of a list of names is a block of its own."""
    texts = [
        block.text for block in laid_out.blocks if block.kind in CONTENT_KINDS or block.kind == "heading"
    ]
    genre = genre_of(_title(laid_out), "\n".join(texts), genres)
    if genre is None:
        return laid_out
    blocks = laid_out.blocks
    if genre.listing:
        blocks = tuple(part for block in blocks for part in _items(block))
    return replace(laid_out, blocks=blocks, genre=genre)


def _title(laid_out: Layout) -> str:
    """The title with what was cut off its ends: a label looks like the name of an outlet."""
    blocks = laid_out.blocks
    at = next((n for n, block in enumerate(blocks) if block.kind == "title"), None)
    parts = [laid_out.title or ""]
    if at is not None:
        parts = [
            block.text for block in blocks[max(0, at - 1) : at + 2] if block.kind in ("title", "boilerplate")
        ]
    return " ".join(part for part in parts if len(part) <= _LONGEST_TITLE)


def genre_of(title: str, text: str, genres: Sequence[Genre]) -> Genre | None:
    """What a piece is by its title and its text; None for an article."""
    labels = list(_labels(title))
    prose = len(_PROSE.findall(text))
    for genre in genres:
        patterns = _compiled(genre)
        labelled = any(patterns.label.fullmatch(label) for label in labels)
        if any(
            _is_made(text, made, patterns, prose) for made in (genre.labelled if labelled else genre.bare)
        ):
            return genre
    return None


def _labels(title: str) -> Iterator[str]:
    for match in (_BRACKETS[0].match(title), _BRACKETS[1].search(title), _LEAD.match(title)):
        if match is not None:
            yield match[1].strip()


def _is_made(text: str, made: Made, patterns: _Patterns, prose: int) -> bool:
    # What most articles fail at comes first.
    if prose > made.prose:
        return False
    if sum(pattern.search(text) is not None for pattern in patterns.words) < made.words:
        return False
    if patterns.in_lines and sum(map(text.count, patterns.in_lines)) < made.lines:
        return False
    found = [match[0] for match in patterns.lines.finditer(text)] if made.lines or made.share else []
    if len(found) < made.lines:
        return False
    letters = len(_LETTER.findall(text))
    return not made.share or len(_LETTER.findall(" ".join(found))) >= made.share * letters


def _items(block: Block) -> Iterator[Block]:
    """A paragraph that runs on as a list, as its items and the ranks above them."""
    if block.kind not in ("body", "item", "heading") or len(_MARK.findall(block.text)) < _FEWEST_ITEMS:
        yield block
        return
    ranks = [match.span() for match in (_RANK if _ITEM.search(block.text) else _NAMED).finditer(block.text)]
    marks = [match.start() for match in _MARK.finditer(block.text)]
    inside = {start for start, _ in ranks}
    cuts = sorted({0, *(at for span in ranks for at in span), *marks, len(block.text)})
    for start, end in pairwise(cuts):
        text = block.text[start:end]
        first = start + len(text) - len(text.lstrip())
        last = start + len(text.rstrip())
        if first < last:
            kind = "heading" if start in inside else "item" if start in marks else block.kind
            own = slice(first, last)
            yield Block(kind, block.text[own], block.starts[own], block.ends[own], True)
