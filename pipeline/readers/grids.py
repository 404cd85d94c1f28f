"""Tables of pages and documents: which hold data and which only lay out; merged cells filled; bars."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from ..korean.bullets import OFFICE
from ..korean.endings import CLOSERS, STATED
from ..korean.labels import ATTACHED, SIGNERS, STAMPS, TITLE

if TYPE_CHECKING:
    from lxml.etree import _Element

_SHORT_CELL = 60
_LONGEST_CELL = 200
_LONGEST_NAMED_CELL = 500
_WIDEST = 200
_MOST_CELLS = 200_000
_PROSE = re.compile(rf"[가-힣][{STATED}][.!?]{CLOSERS}$")
_MARKED = re.compile(rf"[{OFFICE}]\s?(?=\S)")
_GAP = re.compile(r"\s+")
#: What a board says of an article in rows of their own: ``작성일 | 2026-03-05``.
_LABELS = frozenset({
    TITLE, *SIGNERS, *STAMPS, *ATTACHED, "등록자", "게시자", "조회", "조회수", "추천수", "파일", "파일첨부",
    "담당부서", "담당자", "부서명", "연락처", "전화", "전화번호", "문의처", "이메일", "이전글", "다음글",
})  # fmt: skip


@dataclass(frozen=True, slots=True)
class Cell:
    """A cell: its paragraphs as lines, how many columns and rows it spans.

    Attributes
    ----------
    names
        It is the head of a row or column.
    goes_on
        It is part of the cell above it.
    """

    lines: tuple[str, ...]
    across: int = 1
    down: int = 1
    names: bool = False
    goes_on: bool = False

    @property
    def text(self) -> str:
        """On one line, with no bar in it."""
        joined = ", " if len(self.lines) > 1 and all(line.startswith("- ") for line in self.lines) else " "
        lines = (line[2:] if line.startswith(("- ", "# ", "> ")) else line for line in self.lines)
        return joined.join(line.removeprefix("## ").strip("*") for line in lines).replace("|", "/")


def filled(rows: Sequence[Sequence[Cell]]) -> list[list[str]]:
    """Rows of one width: what spans columns or rows stands in each, but for a row that is one cell."""
    found: list[list[str]] = []
    below: dict[int, tuple[int, str]] = {}  # by column: rows that a cell above still takes, and its text
    left = _MOST_CELLS
    for row in rows:
        line: list[str] = []
        cells = iter(row)
        alone = len(row) == 1 and not below
        while len(line) < _WIDEST and left > 0:
            left -= 1
            column = len(line)
            if column in below:
                more, text = below.pop(column)
                if more > 1:
                    below[column] = more - 1, text
                line.append(text)
                continue
            cell = next(cells, None)
            if cell is None:
                if not below or column > max(below):
                    break
                line.append("")
                continue
            text = cell.text
            if cell.goes_on and found and column < len(found[-1]):
                text = found[-1][column]
            for i in range(max(1, min(cell.across, _WIDEST - column))):
                line.append(text if not (i and alone) else "")
                if cell.down > 1:
                    below[column + i] = cell.down - 1, line[-1]
        if any(line):
            found.append(line)
    width = max(map(len, found), default=0)
    return [[*line, *[""] * (width - len(line))] for line in found]


def holds_data(rows: Sequence[Sequence[Cell]], least: int = 2) -> bool:
    """Whether a table holds data; else it only lays out what it holds: text, a picture, a title in a box.

    Parameters
    ----------
    least
        Rows of more than one cell that a table needs, where its cells are short: documents set names and
        dates in tables of one row.
    """
    rows = [row for row in rows if any(cell.lines for cell in row)]
    wide = sum(sum(1 for cell in row if cell.lines) > 1 or len(row) > 1 for row in rows)
    if wide < least or wide * 2 < len(rows):
        return False
    if wide < 2 and any(len(cell.text) > _SHORT_CELL or _PROSE.search(cell.text) for r in rows for cell in r):
        return False
    if len(rows) < 2 and sum(bool(cell.lines) for cell in rows[0]) < 2:
        return False
    named = any(cell.names for row in rows for cell in row)
    for row in rows:
        for cell in row:
            if any(line.startswith("| ") for line in cell.lines):
                return False  # a table in a cell
            size = sum(map(len, cell.lines))
            prose = sum(len(line) > 25 and bool(_PROSE.search(line)) for line in cell.lines)
            if size > (_LONGEST_NAMED_CELL if named else _LONGEST_CELL) or (prose > 1 and size > 120):
                return False
            if len(row) == 1 and prose and size > 120:
                return False
            if prose and size > 60 and sum(bool(_MARKED.match(line)) for line in cell.lines) > 1:
                return False
    return True


def bars(rows: Sequence[Sequence[str]]) -> list[str]:
    """Rows of one width as Markdown, a blank line on either side."""
    if not rows:
        return []
    head, *body = ["| " + " | ".join(row) + " |" for row in rows]
    return ["", head, "|" + "---|" * len(rows[0]), *body, ""]


def table_lines(rows: Sequence[Sequence[Cell]]) -> list[str]:
    """A table as lines with bars; of one that only lays out a page, the paragraphs of its cells."""
    if holds_data(rows, least=1):
        return bars(filled(rows))
    found: list[str] = []
    for row in rows:
        for cell in row:
            for line in cell.lines:
                listed = bool(found) and any(
                    line.startswith(mark) and found[-1].startswith(mark) for mark in ("- ", "|")
                )
                found.extend((line,) if listed or not found else ("", line))
    return found


# ── of HTML ────────────────────────────────────────────────────────────────────────────────────────


def data_rows(table: _Element, markdown: Callable[[_Element], str]) -> list[list[str]]:
    """Rows of an HTML table of data; none for one that only lays out a page, or holds tables."""
    if (table.get("role") or "").lower() in ("presentation", "none"):
        return []
    if next(table.iterdescendants("table"), None) is not None:
        return []
    rows: list[list[Cell]] = []
    for row in table.iter("tr", "row"):
        cells = [cell for cell in row if cell.tag in ("td", "th", "cell")]
        rows.append(
            [
                Cell(
                    tuple(_GAP.sub(" ", line).strip() for line in markdown(cell).split("\n") if line.strip()),
                    _span(cell, "colspan"),
                    _span(cell, "rowspan"),
                    cell.tag == "th",
                )
                for cell in cells
            ]
        )
    return filled(rows) if holds_data(rows) else []


def _span(cell: _Element, name: str) -> int:
    value = (cell.get(name) or "").strip()
    return min(1000, int(value)) if value.isdecimal() and len(value) < 6 and int(value) else 1


def label_of(element: _Element) -> _Element | None:
    """What a label of a board stands before (``작성일``), to be passed over with it; None for no label."""
    value = element.getnext()
    if value is None or value.tag not in ("td", "dd"):
        return None
    said = _GAP.sub("", "".join(opening(element, 20))).strip(":：")
    if said not in _LABELS or sum(map(len, opening(value, 200))) > 150:
        return None
    return value


def opening(element: _Element, most: int) -> list[str]:
    """The first texts of an element, up to some length."""
    found: list[str] = []
    size = 0
    for text in element.itertext():
        found.append(str(text).strip())
        size += len(found[-1])
        if size > most:
            break
    return found
