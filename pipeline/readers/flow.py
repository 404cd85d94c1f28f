"""Paragraphs, tables, boxes and notes of a document into lines: one pass, no recursion.

A reader opens and closes what it meets, in order. A box or a table that hangs in the middle of a paragraph
comes after it, so that no sentence is torn; notes come at the end.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from functools import partial

from ..records import Limits, Unreadable
from .grids import Cell, holds_data, table_lines

Rows = list[list[Cell]]


@dataclass(slots=True)
class _Frame:
    kind: str
    pieces: list[str] = field(default_factory=list)
    blocks: list[list[str] | Rows] = field(default_factory=list)
    rows: Rows = field(default_factory=list)


def _is_table(block: list[str] | Rows) -> bool:
    return bool(block) and isinstance(block[0], list)


class Flow:
    """What was met so far, and what is open."""

    def __init__(self, limits: Limits) -> None:
        self._limits = limits
        self._open = [_Frame("document")]
        self._notes: list[list[str] | Rows] = []
        self._count = 0

    def open(self, kind: str) -> None:
        """Begin a ``paragraph``, ``table``, ``row``, ``cell``, ``box``, ``note``, or what is ``unseen``."""
        if len(self._open) > 3 * self._limits.depth:
            raise Unreadable("too-deep", f"> {self._limits.depth}")
        if kind == "row":
            self._open[-1].rows.append([])
        else:
            self._open.append(_Frame(kind))

    def add(self, text: str) -> None:
        """Text of the paragraph that is open."""
        self._open[-1].pieces.append(text)

    def hold(self) -> Callable[[str], None]:
        """A place in the paragraph that is open, for text that is known later."""
        pieces = self._open[-1].pieces
        pieces.append("")
        return partial(pieces.__setitem__, len(pieces) - 1)

    @property
    def text(self) -> str:
        """Text of the paragraph that is open."""
        return "".join(self._open[-1].pieces)

    @property
    def kind(self) -> str:
        """What is open."""
        return self._open[-1].kind

    def close_paragraph(self, lines: list[str]) -> None:
        """End a paragraph: its lines as they are to be written, and what hung on it."""
        frame = self._open.pop()
        if any(lines):
            self._open[-1].blocks.append(lines)
        self._open[-1].blocks.extend(frame.blocks)

    def close_cell(
        self, across: int = 1, down: int = 1, *, names: bool = False, goes_on: bool = False
    ) -> None:
        """End a cell of the row that was begun last."""
        frame = self._open.pop()
        lines = tuple(line for line in _lines(frame.blocks) if line)
        if not self._open[-1].rows:
            self._open[-1].rows.append([])
        self._open[-1].rows[-1].append(Cell(lines, across, down, names, goes_on))

    def close(self) -> None:
        """End a table, a box, a note, or what is unseen."""
        frame = self._open.pop()
        above = self._open[-1]
        if frame.kind == "table" and any(cell.lines for row in frame.rows for cell in row):
            above.blocks.append(frame.rows)
        elif frame.kind == "box":
            above.blocks.extend(frame.blocks)
        elif frame.kind == "note" and frame.blocks:
            self._count += 1
            first = frame.blocks[0]
            if isinstance(first[0], str):
                frame.blocks[0] = [f"{self._count}) {first[0].removeprefix('- ')}", *first[1:]]
            self._notes.extend(frame.blocks)

    def blocks(self) -> list[list[str] | Rows]:
        """Paragraphs, as lines, and tables, as rows; notes last."""
        return [*self._open[0].blocks, *self._notes]


def written(blocks: list[list[str] | Rows]) -> str:
    """Blocks as text, a blank line between them but for the items of a list."""
    found: list[str] = []
    for line in _lines(blocks):
        if line or (found and found[-1]):
            found.append(line)
    return "\n".join(found).strip("\n")


def _lines(blocks: list[list[str] | Rows]) -> Iterator[str]:
    before = ""
    for block in blocks:
        lines: list[str] = table_lines(block) if _is_table(block) else block  # type: ignore[arg-type,assignment]
        if not (lines and lines[0].startswith("- ") and before.startswith("- ")):
            yield ""
        yield from lines
        before = lines[-1] if lines else before


def boxed(block: list[str] | Rows) -> tuple[str, ...] | None:
    """The lines in a table with one cell that holds any; None for other tables, and for paragraphs."""
    if not _is_table(block):
        return None
    cells = [cell.lines for row in block for cell in row if isinstance(cell, Cell) and cell.lines]
    return cells[0] if len(cells) == 1 else None


def data_of(block: list[str] | Rows) -> Rows | None:
    """The rows of a table that holds data."""
    rows: Rows = block if _is_table(block) else []  # type: ignore[assignment]
    return rows if rows and holds_data(rows, least=1) else None
