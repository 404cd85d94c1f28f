"""Lines by their marks: what each line says of itself, before its neighbours are asked."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from functools import lru_cache
from typing import Literal

from ..records import BoilerplateRule

PieceKind = Literal["title", "heading", "paragraph", "item", "quote", "boilerplate"]


@dataclass(frozen=True, slots=True)
class Piece:
    """A line, or several that are one, as a span of the article's text.

    Attributes
    ----------
    bare
        Carries no mark of its own: a paragraph, heading or title, as its neighbours decide.
    whole
        Not to be split into sentences.
    gap
        A blank line stands before it.
    level
        Of a marked heading, from 1; 0 for all else.
    """

    kind: PieceKind
    start: int
    end: int
    bare: bool = False
    whole: bool = False
    gap: bool = False
    level: int = 0


_LINE = re.compile(r"[^\r\n\v\f\x85\u2028\u2029]+")
_BREAK = re.compile(r"\r\n|[\r\n\v\f\x85\u2028\u2029]")
_FENCE = re.compile(r"\s*(```|~~~)")
_HEADING = re.compile(r"\s{0,3}(#{1,6})\s+(?=\S)|\s*[■◆◼▣](?![■◆◼▣])\s*(?=\S)")
_HEADING_TAIL = re.compile(r"\s+#+\s*$")
_QUOTE = re.compile(r"\s{0,3}(?:>\s?)+")
_ITEM = re.compile(
    r"\s*(?:(?:[-*+•◦▪‣·∙●○△▷–]|\(?\d{1,2}[.)](?=\s)|[①-⑳]|\[[ xX]\])\s*(?=\S))?"
    r"(?:(?:\[[ xX]\]|[✅☑✔❌❎✗✘⚠❗❓👉📌])\ufe0f?\s*)*"
)
_TIGHT = re.compile(r"\s*[-*+–](?=\S)")  # "-5%" and "*각주" are not bullets
_NUMBER = re.compile(r"\s*\(?(\d{1,2})[.)]\s")
_BOLD = re.compile(r"\s*(\*\*|__)(?=\S)(?P<inside>(?:(?!\1).)+)(?<=\S)\1\s*:?\s*")
_CLOSED = re.compile(r"[.!?…。][\"'”’」』)\]]*$")
_TABLE = re.compile(r"\s*\|.*\|\s*$")


@lru_cache(maxsize=8)
def _compiled(rules: tuple[BoilerplateRule, ...]) -> dict[str, tuple[re.Pattern[str], ...]]:
    return {
        where: tuple(re.compile(rule.pattern) for rule in rules if rule.where == where)
        for where in ("line", "start", "end")
    }


def cut(
    text: str, pieces: tuple[Piece, ...], rules: tuple[BoilerplateRule, ...], *, marks: bool
) -> tuple[Piece, ...]:
    """Cut pieces into lines, and boilerplate off them.

    Parameters
    ----------
    marks
        Whether to read the marks of lines; without, a piece stays as it is but for boilerplate.
    """
    if not marks:
        by = _compiled(rules)["line"]
        return tuple(
            replace(piece, kind="boilerplate") if any(rule.fullmatch(line) for rule in by) else piece
            for piece in pieces
            if (line := text[piece.start : piece.end].strip())
        )
    return tuple(
        found for piece in pieces for found in _joined(text, _lines(text, piece.start, piece.end, rules))
    )


def _lines(text: str, start: int, end: int, rules: tuple[BoilerplateRule, ...]) -> Iterator[Piece]:
    fence = ""
    last = start
    for match in _LINE.finditer(text, start, end):
        line = match.group()
        breaks = sum(1 for _ in _BREAK.finditer(text, last, match.start()))
        if not line.strip():
            continue
        gap = breaks > 1 or text[last : match.start()].strip("\r\n") != "" or last == start
        last = match.end()
        fenced = _FENCE.match(line)
        if fenced and (not fence or fenced.group(1) == fence):
            fence = "" if fence else fenced.group(1)
            yield Piece("boilerplate", match.start(), match.end(), gap=gap)
        elif fence or _TABLE.match(line):
            yield Piece("boilerplate", match.start(), match.end(), gap=gap)
        else:
            yield from _dressed(text, match.start(), match.end(), gap, _compiled(rules))


def _dressed(
    text: str, start: int, end: int, gap: bool, rules: dict[str, tuple[re.Pattern[str], ...]]
) -> Iterator[Piece]:
    """One line, with the boilerplate at its start and end cut off."""
    line = text[start:end].strip()
    if any(rule.fullmatch(line) for rule in rules["line"]):
        yield Piece("boilerplate", start, end, gap=gap)
        return
    lead = len(text[start:end]) - len(text[start:end].lstrip())
    for rule in rules["start"]:
        if (match := rule.match(line)) and match.end():
            yield Piece("boilerplate", start, start + lead + match.end(), gap=gap)
            start, gap = start + lead + match.end(), False
            break
    tail: Piece | None = None
    for rule in rules["end"]:
        if (match := rule.search(text[start:end])) and match.start():
            tail = Piece("boilerplate", start + match.start(), end)
            end = start + match.start()
            break
    if text[start:end].strip():
        yield _marked(text, start, end, gap)
    if tail:
        yield tail


def _marked(text: str, start: int, end: int, gap: bool) -> Piece:
    line = text[start:end]
    if match := _HEADING.match(line):
        tail = _HEADING_TAIL.search(line)
        level = len(match.group(1) or "##")
        return Piece(
            "heading", start + match.end(), start + tail.start() if tail else end, gap=gap, level=level
        )
    if match := _QUOTE.match(line):
        return Piece("quote", start + match.end(), end, gap=gap)
    if (match := _BOLD.fullmatch(line)) and not _CLOSED.search(match["inside"]):
        return Piece("heading", start, end, gap=gap, level=6)
    match = _ITEM.match(line)
    mark = line[: match.end()].strip() if match else ""
    if match and mark and not (_TIGHT.match(line) and len(mark) == 1) and line[match.end() :].strip():
        return Piece("item", start + match.end(), end, gap=gap)
    return Piece("paragraph", start, end, bare=True, gap=gap)


def _joined(text: str, lines: Iterable[Piece]) -> Iterator[Piece]:
    """Join lines that a narrow editor has wrapped: indented below an item, or a run of equal width."""
    run: list[Piece] = []
    for line in lines:
        if run and _continues(text, run, line):
            run.append(line)
            continue
        yield from _unwrapped(text, run)
        run = [line]
    yield from _unwrapped(text, run)


def _continues(text: str, run: list[Piece], line: Piece) -> bool:
    if line.gap or not line.bare:
        return line.kind == "quote" and run[-1].kind == "quote" and not line.gap and not _ends(text, run[-1])
    if run[0].kind == "item":
        return text[line.start : line.end].startswith(("  ", "\t")) and not _ends(text, run[-1])
    return run[0].bare


def _unwrapped(text: str, run: list[Piece]) -> Iterator[Piece]:
    if len(run) > 1 and (run[0].kind in ("item", "quote") or _wrapped(text, run)):
        yield replace(run[0], end=run[-1].end)
    else:
        yield from run


def _wrapped(text: str, run: list[Piece]) -> bool:
    """Whether bare lines look like one paragraph broken at a column.

    All but the last reach nearly the same width, and most of them stop in the middle of a sentence.
    """
    widths = [_width(text[piece.start : piece.end].strip()) for piece in run[:-1]]
    open_ends = sum(not _ends(text, piece) for piece in run[:-1])
    return (
        min(widths) >= 30
        and max(widths) - min(widths) <= 16
        and _width(text[run[-1].start : run[-1].end].strip()) <= max(widths) + 2
        and open_ends * 3 >= 2 * len(widths)
        and _ends(text, run[-1])
    )


def _ends(text: str, piece: Piece) -> bool:
    return bool(_CLOSED.search(text[piece.start : piece.end].rstrip()))


def _width(line: str) -> int:
    """Columns on a terminal: Hangul and other wide characters take two."""
    return sum(2 if ord(char) >= 0x1100 else 1 for char in line)
