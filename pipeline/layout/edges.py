"""Lines that are boilerplate because of where they stand: between title and text, below the text, alone."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from .dress import Rules, facts
from .lines import Piece
from .plain import plain
from .stretches import closed, places, tells

#: Longest line, in code points, that can be such a line.
_LONGEST = 300
#: Lines at the top that may stand before the text: title, decks, by-lines.
_TOP = 6
#: What a first line, which may be the title, must say to be the head of a post.
_DATED = re.compile(r"[|·ㅣ][^|]{0,20}(?:\d{1,2}월\s?\d{1,2}일|\d{4}[.-]\s?\d{1,2}[.-])")
_ITALIC = re.compile(r"\s*([*_])(?![*_\s])[^*_\n]{1,200}\1\s*")


def trim(text: str, pieces: Sequence[Piece], rules: Rules) -> tuple[Piece, ...]:
    """Make boilerplate of what the rules for an article's edges and for lone lines take."""
    found = list(pieces)
    _top(text, found, rules)
    _lone(text, found, rules)
    return (*_bottom(text, found, rules),)


def _top(text: str, pieces: list[Piece], rules: Rules) -> None:
    """Below the first line, which may be the title, and above the first sentence."""
    started = False
    for i, piece in enumerate(pieces[:_TOP]):
        line = _read(text, piece)
        if piece.kind == "boilerplate":
            continue
        if closed(line) or len(line) > _LONGEST or piece.table:
            break
        may_be = started or _DATED.search(line)
        if may_be and piece.kind in ("paragraph", "heading") and (match := rules.find("edge", line)):
            pieces[i] = replace(piece, kind="boilerplate", bare=False, facts=facts(match))
        started = True


def _lone(text: str, pieces: list[Piece], rules: Rules) -> None:
    """Captions: below a blank line, above another or the end."""
    started = False
    for i, piece in enumerate(pieces):
        if piece.kind == "boilerplate":
            continue
        alone = piece.gap and (i + 1 == len(pieces) or pieces[i + 1].gap)
        alone = alone or (i > 0 and _below_image(text, pieces, i))
        if started and alone and piece.bare and piece.end - piece.start <= _LONGEST:
            line = _read(text, piece)
            if rules.find("alone", line) or _below_image(text, pieces, i):
                pieces[i] = replace(piece, kind="boilerplate", bare=False)
        started = True


def _below_image(text: str, pieces: Sequence[Piece], i: int) -> bool:
    """Whether a line in italics stands straight below an image: its caption."""
    return bool(_ITALIC.fullmatch(text, pieces[i].start, pieces[i].end)) and text.startswith(
        "![", pieces[i - 1].start
    )


def _bottom(text: str, pieces: list[Piece], rules: Rules) -> list[Piece]:
    """From the end upwards, as long as there are such lines, or sentences at a paragraph's end."""
    below: list[Piece] = []
    while pieces:
        piece = pieces.pop()
        if piece.kind == "boilerplate" or piece.table:
            below.append(piece)
            continue
        first = all(one.kind == "boilerplate" for one in pieces)
        cut = None if first and not _sentences(text, piece) else _closing(text, piece, rules, first)
        if cut is None:
            pieces.append(piece)
            break
        start, said = cut
        below.append(
            Piece("boilerplate", start, piece.end, gap=piece.gap and start == piece.start, facts=said)
        )
        if start > piece.start:
            end = start
            while text[end - 1].isspace():
                end -= 1
            pieces.append(replace(piece, end=end))
    return [*pieces, *reversed(below)]


def _sentences(text: str, piece: Piece) -> bool:
    return len(places(_read(text, piece))) > 2


def _closing(
    text: str, piece: Piece, rules: Rules, first: bool
) -> tuple[int, tuple[tuple[str, str], ...]] | None:
    """Where the boilerplate at a piece's end begins, and its facts; None where there is none."""
    read = plain(text, max(piece.start, piece.end - 4 * _LONGEST), piece.end)
    line = read.text.strip()
    if not line or tells(line):
        return None
    if not first and len(line) <= _LONGEST:
        match = rules.find("closing", line) if len(places(line)) <= 2 or line[0] in "※[【(*" else None
        if match is None and piece.kind in ("paragraph", "heading") and not closed(line):
            match = rules.find("edge", line)
        if match is not None:
            return piece.start, facts(match)
    cuts = places(read.text)
    last = read.text[cuts[-2] :].strip() if len(cuts) > 2 else ""
    if 0 < len(last) <= _LONGEST and (match := rules.find("closing", last)):
        return read.starts[cuts[-2]], facts(match)
    return None


def _read(text: str, piece: Piece) -> str:
    return plain(text, piece.start, min(piece.end, piece.start + 2 * _LONGEST)).text.strip()
