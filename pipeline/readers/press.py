"""Press releases of ministries and towns: the title stands in a box, or in a row of the table at the head."""

from __future__ import annotations

import re

from ..korean.bullets import OFFICE
from ..korean.endings import STOPPED
from ..korean.labels import TITLE
from ..korean.press import spelled
from ..korean.times import YEAR_MONTH
from .flow import Rows, boxed, data_of
from .grids import Cell

_GAP = re.compile(r"\s+")
_CLOSED = re.compile(STOPPED)
_MARKED = re.compile(rf"[{OFFICE}*·ㆍ]|\(?\d{{1,2}}[.)]|[①-⑳]|[가-하]\.")
_DASHES = "-–—~ "
# What stands at the head of a press release, spaces taken out.
_HEAD = re.compile(
    spelled(
        r"(?:(?&release)|언론|배포|브리핑|카드뉴스|정책|홍보|즉시|자료|반박|정정){1,4}(?:\([^()]{0,20}\))?"
    )
)
_LABEL = re.compile(
    spelled(
        r"(?:보도|배포|엠바고|담당|문의|작성|자료|매수|총|공보|제공|연락|전화|소속|부서|책임|담당자){1,4}"
        r"(?:(?&column)|매수|쪽수|시간|매|책임자)?(?:\([^()]{0,20}\))?[:：]?"
    )
)
_TITLE_LABEL = re.compile(rf"(?:(?:보도|자료)?{TITLE}|건명)[:：]?")
_DAY = re.compile(rf"\(?(?:{YEAR_MONTH}|['’]?\d\d\s?[.년]\s?\d{{1,2}}\s?[.월])")
_SHORTEST, _LONGEST = 6, 120


def title_of(blocks: list[list[str] | Rows]) -> str:
    """The title of a document: marked as such, or in a box or a row of the table at its head.

    The blocks are changed so that the title, and the decks below it, are marked in the text.
    """
    for i, block in enumerate(blocks[:12]):
        lines = boxed(block)
        if lines is None and (rows := data_of(block)) is not None:
            if title := _in_rows(rows):
                blocks.insert(i + 1, [f"# {title}"])
                return title
            continue
        if lines is None:
            first = next((line for line in block if isinstance(line, str)), "")
            if first.startswith("# "):
                return first[2:]
            if _CLOSED.search(first):
                break  # the text has begun
            continue
        if found := _in_box(lines):
            title, decks = found
            blocks[i : i + 1] = [[f"# {title}"], *([f"## {deck}"] for deck in decks)]
            return title
    return ""


def _in_box(lines: tuple[str, ...]) -> tuple[str, list[str]] | None:
    plain = [line.removeprefix("# ").removeprefix("## ") for line in lines]
    plain = [line for line in plain if not _HEAD.fullmatch(_GAP.sub("", line)) and not _DAY.match(line)]
    if not plain or len(plain) > 5 or not _SHORTEST <= len(plain[0]) <= _LONGEST:
        return None
    if any(_CLOSED.search(line) for line in plain) or _MARKED.match(plain[0]) or _LABEL.fullmatch(plain[0]):
        return None
    return plain[0], [deck for line in plain[1:] if (deck := line.strip(_DASHES))]


def _in_rows(rows: Rows) -> str:
    """The title in a table: beside ``제목``, or alone in its row where other rows are a press release's."""
    press = any(_is_of_press(cell) for row in rows for cell in row)
    for row in rows:
        cells = [cell for cell in row if cell.lines]
        keys = [_GAP.sub("", cell.text) for cell in cells]
        if len(cells) == 2 and _TITLE_LABEL.fullmatch(keys[0]) and len(cells[1].text) <= _LONGEST:
            return cells[1].text
        cells = [cell for cell, key in zip(cells, keys, strict=True) if not _HEAD.fullmatch(key)]
        keys = keys[-1:]
        if press and len(cells) == 1 and _SHORTEST <= len(cells[0].text) <= _LONGEST:
            line = cells[0].lines[0].removeprefix("## ")
            if not (
                _HEAD.fullmatch(keys[0])
                or _LABEL.fullmatch(keys[0])
                or _DAY.match(line)
                or _CLOSED.search(line)
                or _MARKED.match(line)
            ):
                return line
    return ""


def _is_of_press(cell: Cell) -> bool:
    key = _GAP.sub("", cell.text)
    return bool(key) and bool(_HEAD.fullmatch(key) or _LABEL.fullmatch(key))
