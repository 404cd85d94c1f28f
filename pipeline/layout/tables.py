"""Tables: rows of lines with bars or tabs, kept cell by cell."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from ..records import Table
from .marks import strip
from .pieces import Piece

_BARS = re.compile(r"(?<!\\)\|")
_ELEMENT = re.compile(
    r"<t[dh](?:\s[^<>]{0,500})?>(?P<cell>(?:[^<]|<(?!/?t[dhr][\s>]|/?table)){0,2000})", re.IGNORECASE
)
_RULE = re.compile(r"[\s|:+\-=]+")


def tables(text: str, pieces: Sequence[Piece], *, tags: bool = False) -> tuple[Table, ...]:
    """Tables of an article: runs of table lines with no blank line between."""
    return tuple(_table(text, run, tags) for run in _runs(pieces) if len(run) > 1)


def _runs(pieces: Sequence[Piece]) -> Iterator[list[Piece]]:
    run: list[Piece] = []
    for piece in pieces:
        if run and not (piece.table and not piece.gap):
            yield run
            run = []
        if piece.table:
            run.append(piece)
    if run:
        yield run


def _table(text: str, run: Sequence[Piece], tags: bool) -> Table:
    rows = (
        tuple(strip(text, start, end, tags=tags)[0] for start, end in _cells(text, line.start, line.end))
        for line in run
        if not _RULE.fullmatch(text[line.start : line.end])
    )
    return Table(run[0].start, run[-1].end, tuple(rows))


def _cells(text: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    line = text[start:end]
    if found := list(_ELEMENT.finditer(line)):
        yield from ((start + cell.start("cell"), start + cell.end("cell")) for cell in found)
        return
    start += len(line) - len(line.lstrip(" "))
    line = line.strip(" ")
    if "\t" in line and not line.startswith("|"):
        cuts = [match.start() for match in re.finditer(r"\t", line)]
    else:
        cuts = [match.start() for match in _BARS.finditer(line)]
        if line.startswith("|"):
            start, line, cuts = start + 1, line[1:], [cut - 1 for cut in cuts[1:]]
        if cuts and cuts[-1] == len(line) - 1:
            line, cuts = line[:-1], cuts[:-1]
    last = 0
    for cut in (*cuts, len(line)):
        yield start + last, start + cut
        last = cut + 1
