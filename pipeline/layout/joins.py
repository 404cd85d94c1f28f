"""Lines that a narrow editor has wrapped, joined: below an item or a quotation, or of one width."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import replace

from ..korean.endings import STOPPED
from .marks import strip
from .pieces import Piece

_CLOSED = re.compile(STOPPED)
_NARROW = re.compile(r"[\x00-\u10ff]")


def joined(text: str, found: Iterable[Piece]) -> Iterator[Piece]:
    """Join lines that a narrow editor has wrapped: indented below an item, or a run of equal width."""
    run: list[Piece] = []
    for line in found:
        if run and _continues(text, run, line):
            run.append(line)
            continue
        yield from _unwrapped(text, run)
        run = [line]
    yield from _unwrapped(text, run)


def _continues(text: str, run: list[Piece], line: Piece) -> bool:
    if line.gap or not line.bare:
        return line.kind == "quote" and run[-1].kind == "quote" and not line.gap and not ends(text, run[-1])
    if run[0].kind == "item":
        return text[max(0, line.start - 2) : line.start].endswith(("  ", "\t")) and not ends(text, run[-1])
    return run[0].bare


def _unwrapped(text: str, run: list[Piece]) -> Iterator[Piece]:
    if len(run) > 1 and (run[0].kind in ("item", "quote") or _wrapped(text, run)):
        yield replace(run[0], end=run[-1].end, seams=tuple(at for one in run for at in one.seams))
    else:
        yield from run


def _wrapped(text: str, run: list[Piece]) -> bool:
    """Whether bare lines look like one paragraph broken at a column.

    All but the last reach nearly the same width, and most of them stop in the middle of a sentence.
    """
    widths = [_width(text[piece.start : piece.end].strip()) for piece in run[:-1]]
    open_ends = sum(not ends(text, piece) for piece in run[:-1])
    return (
        min(widths) >= 30
        and max(widths) - min(widths) <= 16
        and _width(text[run[-1].start : run[-1].end].strip()) <= max(widths) + 2
        and open_ends * 3 >= 2 * len(widths)
        and ends(text, run[-1])
    )


def ends(text: str, piece: Piece) -> bool:
    """Whether a piece ends as a sentence does."""
    return bool(_CLOSED.search(strip(text, piece.start, piece.end)[0]))


def _width(line: str) -> int:
    """Columns on a terminal: Hangul and other wide characters take two."""
    return 2 * len(line) - len(_NARROW.findall(line))
