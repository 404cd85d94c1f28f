"""Lines by their marks: what each line says of itself, before its neighbours are asked."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import pairwise

from ..korean.endings import CLOSERS, STOPPED
from ..korean.spelling import LETTERS
from . import tags as html
from .apart import Region, begins_plainly, regions
from .dress import Rules, undress
from .joins import ends, joined
from .pieces import Piece, PieceKind
from .stretches import caption, tells
from .wraps import lines

_LINE = re.compile(r"[^\r\n\v\f\x85\u2028\u2029]+")
_ROW = re.compile(r"<tr[\s>]", re.IGNORECASE)
#: A text with more elements of this kind is not one with boxes beside it.
_FEW_BOXES = 6
_BREAK = re.compile(r"\r\n|[\r\n\v\f\x85\u2028\u2029]")
_HEADING = re.compile(r"\s{0,3}(#{1,6})\s+(?=\S)|\s*[■◆◼▣◈](?![■◆◼▣◈])\s*(?=\S)")
_SOFT_HEADING = re.compile(r"\s*[◇□▷▶►◎★☆](?![◇□▷▶►◎★☆])\s*(?=\S)")  # heads a section, or a sentence
_RUN_IN = re.compile(r"(\s*[◇◆■□△▲]\s*)(\S[^=.!?]{1,60}?\S)(\s+=\s+)(?=\S)")
_QUOTE = re.compile(r"\s{0,3}(?:>\s?){1,50}")
_BULLET = r"(?:[-*+•◦▪▫‣⁃·∙ㆍ･・●○ㅇ❍◉▷–—]|o(?=\s{1,3}[가-힣A-Z0-9(]))"
_COUNTED = rf"\(?\d{{1,2}}[.)](?=\s)|[①-⑳❶-❿⓵-⓾]|[{LETTERS}][.)](?=\s)"
_ITEM = re.compile(
    rf"\s*(?:(?:{_BULLET}|{_COUNTED}|\[[ xX]\])\s*(?=\S))?"
    r"(?:(?:\[[ xX]\]|[✅☑✔✓❌❎✗✘⚠❗❓👉📌👍👎🔹🔸➡✨⭐]|[0-9]\ufe0f?\u20e3)\ufe0f?\s*)*"
)
_TIGHT = re.compile(r"\s*[-*+–—ㅇ](?=\S)")  # "-5%" and "*각주" are not bullets
_NUMBER = re.compile(r"\s*\(?(\d{1,2})[.)]\s")
_TRIANGLE = re.compile(r"\s*[▲△▼▽]\s*(?=\S)")
_BOLD = re.compile(r"\s*(\*\*|__)(?=\S)(?P<inside>(?:(?!\1).)+)(?<=\S)\1\s*:?\s*")
_DECK = re.compile(r"\s*[-–—]\s*([^\s\-–—](?:.*[^\s\-–—])?)\s*[-–—]\s*")  # - 노선 48개 늘려 -
_STOPPED = re.compile(rf"[.。]{CLOSERS}$")  # a bold question is a heading, a bold sentence is not
_CLOSED = re.compile(STOPPED)
_BAR_LINE = re.compile(r"\s*+:?-{3,}+:?\s*+(?:\|\s*+:?-{3,}+:?\s*+)++\|?\s*+$")  # ---|--- below a head
_LONGEST_CAPTION = 160
_UNDERLINE = re.compile(r"\s{0,3}(?:={2,200}|-{3,200})\s*")
_LONGEST_UNDERLINED = 70


def cut(
    text: str,
    pieces: tuple[Piece, ...],
    rules: Rules,
    *,
    marks: bool,
    tags: bool = False,
    folded: bool = False,
) -> tuple[Piece, ...]:
    """Cut pieces into lines, and boilerplate off them.

    Parameters
    ----------
    marks
        Whether to read the marks of lines; without, a piece stays as it is but for boilerplate.
    tags
        Whether elements of HTML are such, and not text that tells of them.
    folded
        Whether a line break that is not followed by another is inside a paragraph.
    """
    if not marks:
        return tuple(
            replace(piece, kind="boilerplate", facts=found[0].facts)
            if len(found := undress(text, piece.start, piece.end, rules)) == 1 and not found[0].kept
            else piece
            for piece in pieces
            if text[piece.start : piece.end].strip()
        )
    return tuple(
        found
        for piece in pieces
        for found in joined(
            text, _settled(text, list(_lines(text, piece.start, piece.end, rules, tags, folded)))
        )
    )


def _lines(text: str, start: int, end: int, rules: Rules, tags: bool, folded: bool) -> Iterator[Piece]:
    few = tags and text.count("<div", start, end) <= _FEW_BOXES
    for region in regions(text, start, end, tags=tags):
        if region.kind == "text":
            yield from _read(text, region, rules, tags, few, folded)
        elif region.kind == "table":
            yield from _rows(text, region)
        else:
            for match in _LINE.finditer(text, region.start, region.end):
                if match[0].strip():
                    yield Piece("boilerplate", match.start(), match.end())


def _read(text: str, region: Region, rules: Rules, tags: bool, few: bool, folded: bool) -> Iterator[Piece]:
    last = region.start
    tabs: list[Piece] = []
    box = ""
    for one in lines(text, region.start, region.end, folded=folded):
        line = text[one.start : one.end]
        breaks = len(_BREAK.findall(text, last, one.start))
        gap = breaks > 1 or text[last : one.start].strip("\r\n") != "" or last == region.start
        last = one.end
        here = Piece("boilerplate", one.start, one.end, gap=gap, seams=one.seams)
        parts = html.blocks(text, one.start, one.end) if tags and "<" in line else None
        tabbed = parts is None and "\t" in line.strip() and not _is_row(line)
        if tabs and (gap or not tabbed):
            yield from _tabbed(text, tabs, rules)
            tabs = []
        if parts is not None:
            if few and not parts and (opens := html.NOTE.fullmatch(line)):
                box = opens["name"].lower()
            elif box and f"</{box}" in line.lower():
                box = ""
            yield from _elements(text, here, parts, rules, few)
        elif _is_row(line):
            yield replace(here, table=True)
        elif tabbed:
            tabs.append(here)
        elif box:
            yield replace(here, kind="quote")
        else:
            yield from _dressed(text, here, rules)
    yield from _tabbed(text, tabs, rules)


def _elements(
    text: str, line: Piece, parts: Sequence[tuple[int, int, str]], rules: Rules, few: bool
) -> Iterator[Piece]:
    """A line with elements of HTML that are blocks: each part is what its element says."""
    if not parts:
        yield line
    for start, end, name in parts:
        part = replace(line, start=start, end=end, gap=True, seams=())
        if re.fullmatch(r"h[1-6]", name):
            yield replace(part, kind="heading", level=int(name[1]))
        elif name in ("figcaption", "caption"):
            yield part
        elif name in ("li", "blockquote"):
            yield replace(part, kind="item" if name == "li" else "quote")
        elif few and name in ("div", "aside", "section"):
            yield replace(part, kind="quote")  # a box beside the text
        else:
            yield from _dressed(text, part, rules)


def _rows(text: str, table: Region) -> Iterator[Piece]:
    """The rows of a table in HTML."""
    rows = [match.start() for match in _ROW.finditer(text, table.start, table.end)]
    starts = [table.start, *rows[1:]]
    for i, (start, end) in enumerate(pairwise((*starts, table.end))):
        yield Piece("boilerplate", start, end, gap=i == 0, table=len(rows) > 1)


def _tabbed(text: str, found: list[Piece], rules: Rules) -> Iterator[Piece]:
    """Lines with tabs inside: a table when two or more in a row have as many, else lines like others."""
    widths = {len(re.split(r"\t", text[line.start : line.end].strip())) for line in found}
    if len(found) > 1 and len(widths) == 1:
        yield from (replace(line, table=True) for line in found)
    else:
        for line in found:
            yield from _dressed(text, line, rules)


def _dressed(text: str, line: Piece, rules: Rules) -> Iterator[Piece]:
    """One line, with the boilerplate at its start and end cut off."""
    gap = line.gap
    for part in undress(text, line.start, line.end, rules):
        if not part.kept:
            yield Piece("boilerplate", part.start, part.end, gap=gap, plug=part.plug, facts=part.facts)
        elif part.deck and part.end - part.start <= _LONGEST_CAPTION:
            yield Piece("heading", part.start, part.end, gap=gap, mark="deck")
        elif begins_plainly(text, part.start):
            yield Piece("paragraph", part.start, part.end, bare=True, gap=gap, seams=line.seams)
        elif match := _RUN_IN.match(text[part.start : part.end]):
            # "◇ 전력이 관건 = 업계는 …": a heading and the paragraph that it runs into.
            head = part.start + match.end(1)
            yield Piece("heading", head, part.start + match.end(2), gap=gap, level=3)
            yield Piece("paragraph", part.start + match.end(), part.end, bare=True)
        else:
            piece = _marked(text, part.start, part.end, gap)
            yield replace(piece, seams=line.seams) if line.seams else piece
        gap = False


def _is_row(line: str) -> bool:
    bare = line.strip()
    return (len(bare) > 1 and bare[0] == bare[-1] == "|") or _BAR_LINE.match(line) is not None


def _without_tail(line: str) -> int:
    """Where a heading ends that closes with the marks it opened with: ``## 제목 ##``."""
    bare = line.rstrip()
    title = bare.rstrip("#")
    closed = len(title) < len(bare) and title[-1:].isspace()
    return len(title.rstrip()) if closed else len(line)


def _marked(text: str, start: int, end: int, gap: bool) -> Piece:
    line = text[start:end]
    if match := _HEADING.match(line):
        asks = len(line) <= _LONGEST_UNDERLINED and not _STOPPED.search(line.rstrip())  # ■ 누가 앞서 있나?
        if match.group(1) or asks or not _CLOSED.search(line.rstrip()):
            stop = start + (_without_tail(line) if match.group(1) else len(line))
            stop = stop if stop > start + match.end() else end
            return Piece("heading", start + match.end(), stop, gap=gap, level=len(match.group(1) or "##"))
        return Piece("item", start + match.end(), end, gap=gap)
    if (match := _QUOTE.match(line)) and line[match.end() :].strip():
        return Piece("quote", start + match.end(), end, gap=gap)
    if match := _TRIANGLE.match(line):
        return Piece("item", start + match.end(), end, gap=gap, mark="▲")
    if match := _SOFT_HEADING.match(line):
        kind: PieceKind = "item" if _CLOSED.search(line.rstrip()) else "heading"
        soft, begin = match[0].strip(), start + match.end()
        return Piece(kind, begin, end, gap=gap, level=3 * (kind == "heading"), mark=soft)
    if (match := _BOLD.fullmatch(line)) and not _STOPPED.search(match["inside"]):
        inside = _HEADING.match(match["inside"])
        if inside and not inside.group(1):  # **■ …**
            begin = start + match.start("inside") + inside.end()
            return Piece("heading", begin, start + match.end("inside"), gap=gap, level=6)
        return Piece("heading", start, end, gap=gap, level=6)
    if (match := _DECK.fullmatch(line)) and not _CLOSED.search(match[1]):
        return Piece("heading", start + match.start(1), start + match.end(1), gap=gap, level=6)
    match = _ITEM.match(line)
    mark = line[: match.end()].strip() if match else ""
    if match and mark and not (_TIGHT.match(line) and len(mark) == 1) and line[match.end() :].strip():
        number = _NUMBER.match(line)
        return Piece("item", start + match.end(), end, gap=gap, mark=number[1] if number else "")
    return Piece("paragraph", start, end, bare=True, gap=gap)


# ── what only the neighbours can tell ──────────────────────────────────────────────────────────────


def _settled(text: str, pieces: list[Piece]) -> Iterator[Piece]:
    """Numbers without a list, triangles that are captions, lines that belong to a plug."""
    counted = [int(piece.mark) for piece in pieces if piece.mark.isdecimal()]
    numbers = {*counted, 0} if counted.count(1) > 1 else {*counted}  # 1. and 1. again, as Markdown counts
    triangles = [piece for piece in pieces if piece.mark == "▲"]
    captions = len(triangles) <= 2 and not _adjacent(pieces, triangles)
    plug = False
    for i, piece in enumerate(pieces):
        line = text[piece.start : piece.end]
        plug = piece.plug or (plug and _plugged(text, pieces, i))
        if plug and not piece.plug:
            yield replace(piece, kind="boilerplate", bare=False)
        elif level := _underlined(text, pieces, i):
            yield replace(piece, kind="heading", bare=False, level=level)
        elif piece.mark.isdecimal() and not numbers & {int(piece.mark) - 1, int(piece.mark) + 1}:
            start = text.rindex(piece.mark, 0, piece.start)
            start -= text[start - 1 : start] == "("
            yield replace(piece, kind="paragraph", start=start, bare=True)
        elif (
            piece.mark == "▲"
            and captions
            and len(line) <= _LONGEST_CAPTION
            and not ("▲" in line or tells(line) or _answers(text, pieces, i))
        ):
            end = piece.start + caption(line)
            yield replace(piece, kind="boilerplate", end=end)
            if end < piece.end:
                yield Piece("paragraph", end, piece.end, bare=True)
        elif piece.mark == "▲" and _answers(text, pieces, i):
            yield replace(piece, kind="paragraph")
        else:
            yield piece


def _underlined(text: str, pieces: Sequence[Piece], i: int) -> int:
    """The level of a heading whose line stands alone above a rule: ``=====`` or ``-----``; 0 without."""
    piece = pieces[i]
    if (
        not (piece.bare and piece.gap and i + 1 < len(pieces))
        or piece.end - piece.start > _LONGEST_UNDERLINED
    ):
        return 0
    rule = pieces[i + 1]
    if rule.gap or rule.kind != "boilerplate" or ends(text, piece):
        return 0
    match = _UNDERLINE.fullmatch(text, rule.start, rule.end)
    return (1 if match[0].strip()[0] == "=" else 2) if match else 0


def _adjacent(pieces: Sequence[Piece], some: Sequence[Piece]) -> bool:
    return bool(some) and any(a in some and b in some for a, b in pairwise(pieces))


def _answers(text: str, pieces: Sequence[Piece], i: int) -> bool:
    """Whether a triangle answers a question, as interviews print it."""
    return i > 0 and text[pieces[i - 1].start : pieces[i - 1].end].rstrip().endswith(("?", "？", "?”"))


def _plugged(text: str, pieces: Sequence[Piece], i: int) -> bool:
    """Whether a line goes on with the list that a plug began: it does not end as a sentence does.

    A blank line ends the list, unless it stands straight below the plug or between lines with bullets.
    """
    piece, before = pieces[i], pieces[i - 1]
    if piece.kind == "boilerplate":
        return True
    line = text[piece.start : piece.end].rstrip()
    if piece.level in (1, 2) or re.search(rf"[.。]{CLOSERS}$", line) or len(line) > 90:
        return False
    return not piece.gap or before.plug or (piece.kind == "item" and before.kind == "item")
