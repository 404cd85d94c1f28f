"""Columns of a page: found by the edge that their lines share, and read one after the other.

The text stream of a PDF gives columns in turn, or interleaved line by line; and tables look like columns.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import groupby
from statistics import median

from ..korean.endings import CLOSED, CLOSERS

_PROSE = re.compile(rf"[가-힣][{CLOSED}][.!?]|[A-Za-z]{{2}}[.!?](?:\s|$)")
#: Of the height of a line: the least gap between columns, how far left edges may lie apart.
_GUTTER, _NEAR = 0.6, 0.5
_LEAST_LINES = 3
_MOST_EDGES = 12
_DEEPEST = 3


@dataclass(frozen=True, slots=True)
class Line:
    """A line of a page, or the part of it that stands in one column.

    Attributes
    ----------
    gaps
        Where it may be two lines that stand side by side: the place in the text, where the letters before it
        end and where those after it begin.
    edge
        How far lines of its column reach; 0 for that of the page.
    row
        Which line of the page it is, or is part of.
    """

    text: str
    left: float
    right: float
    top: float
    bottom: float
    gaps: tuple[tuple[int, float, float], ...] = ()
    edge: float = 0.0
    row: int = 0

    @property
    def height(self) -> float:
        """Of its letters."""
        return max(1.0, self.top - self.bottom)


def in_reading_order(lines: Sequence[Line]) -> list[Line]:
    """Lines of a page, those of each column together; as they are where there is one column."""
    parts = [part for row, line in enumerate(lines) for part in _parts(replace(line, row=row))]
    found = _ordered(parts, _DEEPEST)
    return found if found is not None else list(lines)


def rows_of(lines: Sequence[Line]) -> list[list[str]]:
    """Rows of the table that lines begin with: as many cells in each, one below the other; none for text."""
    rows: list[list[Line]] = []
    for line in lines:
        cells = list(_parts(line, 1.0))
        if len(cells) < 2 or (rows and len(cells) != len(rows[0])) or _PROSE.search(line.text):
            break
        near = line.height
        if rows and not all(
            abs(one.left - above.left) < near or abs(one.right - above.right) < near
            for one, above in zip(cells, rows[-1], strict=True)
        ):
            break
        rows.append(cells)
    if len(rows) < _LEAST_LINES:
        return []
    return [[" ".join(cell.text.split()).replace("|", "/") for cell in row] for row in rows]


def _parts(line: Line, least: float = _GUTTER) -> Iterator[Line]:
    start, left = 0, line.left
    for at, end, begin in line.gaps:
        if begin - end > least * line.height:
            # The space before the gap is none of the text.
            yield replace(line, text=line.text[start:at].rstrip(), left=left, right=end, gaps=())
            start, left = at, begin
    yield replace(line, text=line.text[start:], left=left, gaps=())


def _ordered(parts: Sequence[Line], deepest: int) -> list[Line] | None:
    """Parts in reading order, those of a row that are in one column put together; None without columns."""
    edge = _edge(parts) if deepest and len(parts) >= 2 * _LEAST_LINES else None
    if edge is None:
        return None
    before, after, across = _sides(parts, edge)
    rows = {part.row for part in across}
    wide = sorted(_together([part for part in parts if part.row in rows]), key=lambda one: -one.top)
    found: list[Line] = []
    sides = [[part for part in side if part.row not in rows] for side in (before, after)]
    for line in (*wide, None):
        for i, side in enumerate(sides):
            above = [part for part in side if line is None or part.bottom >= line.bottom]
            sides[i] = [part for part in side if not (line is None or part.bottom >= line.bottom)]
            found.extend(_ordered(above, deepest - 1) or _column(above))
        if line is not None:
            found.append(line)
    return found


def _column(parts: Sequence[Line]) -> list[Line]:
    lines = _together(parts)
    if not lines:
        return []
    edge = sorted(line.right for line in lines)[int(0.9 * (len(lines) - 1))]
    return [replace(line, edge=edge) for line in sorted(lines, key=lambda one: -one.top)]


def _together(parts: Sequence[Line]) -> list[Line]:
    """Parts of one row that stay together, as one line again."""
    found: list[Line] = []
    for _, group in groupby(sorted(parts, key=lambda one: (one.row, one.left)), key=lambda one: one.row):
        row = list(group)
        text = " ".join(part.text.strip() for part in row) + (" " if row[-1].text[-1:].isspace() else "")
        found.append(replace(
            row[0], text=text, right=max(part.right for part in row),
            top=max(part.top for part in row), bottom=min(part.bottom for part in row),
        ))  # fmt: skip
    return found


def _sides(parts: Sequence[Line], edge: float) -> tuple[list[Line], list[Line], list[Line]]:
    """Parts before the left edge of a column, those from it on, and those that lie across."""
    before: list[Line] = []
    after: list[Line] = []
    across: list[Line] = []
    for part in parts:
        if part.left >= edge - _NEAR * part.height:
            after.append(part)
        elif part.right <= edge - _GUTTER * part.height:
            before.append(part)
        else:
            across.append(part)
    return before, after, across


def _edge(parts: Sequence[Line]) -> float | None:
    """The left edge of a column that stands beside another."""
    height = median(part.height for part in parts)
    first, last = min(part.left for part in parts), max(part.right for part in parts)
    shared = Counter(round(part.left / (_NEAR * height)) for part in parts)
    for key, count in sorted(shared.most_common(_MOST_EDGES), key=lambda one: one[0]):
        if count < _LEAST_LINES:
            continue
        edge = min(part.left for part in parts if round(part.left / (_NEAR * height)) == key)
        if first + 0.2 * (last - first) < edge < last - 0.15 * (last - first) and _stand_beside(parts, edge):
            return edge
    return None


def _stand_beside(parts: Sequence[Line], edge: float) -> bool:
    """Whether there is running text on both sides of an edge, side by side: not a table, not an indent."""
    before, after, across = _sides(parts, edge)
    if len(before) < _LEAST_LINES or len(after) < _LEAST_LINES:
        return False
    top = min(max(part.top for part in side) for side in (before, after))
    bottom = max(min(part.bottom for part in side) for side in (before, after))
    sides = [
        [part for part in side if bottom <= (part.top + part.bottom) / 2 <= top] for side in (before, after)
    ]
    if any(len(side) < _LEAST_LINES for side in sides):
        return False
    between = sum(bottom <= (part.top + part.bottom) / 2 <= top for part in across)
    if between > 0.2 * min(map(len, sides)):
        return False
    return all(_is_running(side) for side in sides)


def _is_running(side: Sequence[Line]) -> bool:
    """Whether lines are running text: most of them reach the edge, and sentences end in them."""
    lines = _together(side)
    left, right = min(line.left for line in lines), max(line.right for line in lines)
    width = right - left
    height = median(line.height for line in lines)
    if width < 8 * height:
        return False
    full = sum(line.right - line.left > 0.75 * width for line in lines)
    text = " ".join(line.text for line in lines)
    # Cells of a table are short, and each begins anew; lines of text break off in the middle of a sentence.
    open_ = sum(not re.search(rf"[.!?:]{CLOSERS}$", line.text.rstrip()) for line in lines)
    return full >= 0.5 * len(lines) and open_ >= max(1, 0.15 * len(lines)) and bool(_PROSE.search(text))
