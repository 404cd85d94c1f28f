"""PDF: lines of a page into paragraphs, with the heads and feet of pages and hyphens at line ends taken out.

By PDFium (the extra ``yoyak[pdf]``), which gives the characters with their boxes.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Collection, Iterator, Sequence
from itertools import pairwise, takewhile
from statistics import median
from typing import TYPE_CHECKING, Any

from ..korean.bullets import SHAPES, TRIANGLES
from ..korean.endings import CLOSERS, REST, STOPS, TENSES
from ..korean.particles import COMMON, LAYERED, LONGER, QUOTING
from ..korean.spelling import is_syllable
from ..records import Article, Failure, Unreadable
from .article import File, is_empty, is_nobody, make_article
from .grids import bars
from .pdf_columns import Line, in_reading_order, rows_of

if TYPE_CHECKING:
    import pypdfium2 as pdfium

_CLOSED = re.compile(rf"[{STOPS}:]{CLOSERS}$")
_PAGE_NUMBER = re.compile(
    r"[-–—\s]*+(?:\d{1,4}|[ivx]{1,5}|(?:p\.?|page|쪽|페이지)\s*+\d{1,4})(?:\s*+(?:/|of|중)\s*+\d{1,4})?"
    r"\s*+(?:쪽|페이지|면)?[-–—\s]*+",
    re.IGNORECASE,
)
_BULLET = re.compile(rf"[-•◦▪·∙{SHAPES}{TRIANGLES}☞※*]\s|\(?\d{{1,2}}[.)]\s|[①-⑳]")
# What a browser prints at the edges of a page.
_PRINTED = re.compile(
    r"(?:https?|file)://\S+\s+\d+/\d+|\d{1,4}[./]\s?\d{1,2}[./]\s?\d{1,4}\.?,?\s(?:(?:오전|오후)\s)?\d{1,2}:\d{2}.*"
)
_ENDING = re.compile(rf"(?:{'|'.join(REST)}|[{TENSES}][가-힣]{{0,3}})(?:[.,?!\s]|$)")
_SPACE = re.compile(r"\s+")
# Words of one syllable; any other syllable alone at the end of a line is the first of a word.
_SHORT = frozenset(
    "수것이그저등및더또한두세네몇새옛첫안못잘왜다약총각전후뒤앞위중내때말일년월곳길집물땅밤낮해달날온모뜻값줄글꽃나너배차책옷손발눈"
    "입귀몸힘돈쪽분명개권번회대채장점원석층면칸편건기호주시초강산섬늘꼭좀막갓곧딱참즉단"
)
# Particles that no word is: alone at the start of a line, they belong to the word before.
_PARTICLES = frozenset((*COMMON, *LONGER, *QUOTING, *LAYERED, "처럼")) - {
    "이", "도", "로", "만",
}  # fmt: skip
#: Lines at the top and the foot of a page that may be its head and foot.
_EDGE = 2
_LONGEST_TABLE = 200


def read_pdf(file: File) -> Iterator[Article | Failure]:
    """One article from a PDF."""
    try:
        import pypdfium2 as pdfium
    except ImportError as error:
        raise Unreadable("needs-extra", "pypdfium2") from error
    try:
        document = pdfium.PdfDocument(file.data)
    except pdfium.PdfiumError as error:
        raise Unreadable("encrypted" if "assword" in str(error) else "bad-file", f"PDF: {error}") from error
    try:
        pages: list[list[Line]] = []
        size = 0
        for number in range(len(document)):
            pages.append(_lines(document, number, file.limits.article_chars))
            size += sum(len(line.text) for line in pages[-1])
            if size > file.limits.article_chars:
                raise Unreadable("article-too-long", f"> {file.limits.article_chars:,}")
        metadata = _metadata(document)
    except pdfium.PdfiumError as error:
        raise Unreadable("bad-file", f"PDF: {error}") from error
    finally:
        document.close()
    text = "\n\n".join(
        _paragraphs([line for page in _without_edges(pages) for line in (*in_reading_order(page), None)])
    )
    if is_empty(text):
        raise Unreadable("no-main-text")  # pictures of pages
    title = metadata.pop("title", None) or _largest(pages[0])
    yield make_article(file, text, format="pdf", title=title, metadata=metadata)


def _largest(lines: Sequence[Line]) -> str | None:
    """The lines of a page in its largest type, where it is much larger than the rest."""
    if len(lines) < 4:
        return None
    size = max(line.height for line in lines)
    if size < 1.5 * median(line.height for line in lines):
        return None
    first = next(i for i, line in enumerate(lines) if line.height > 0.95 * size)
    title = [line.text.strip() for line in takewhile(lambda one: one.height > 0.95 * size, lines[first:])]
    text = " ".join(title)
    return text if len(title) < 4 and 4 < len(text) < 120 and not _CLOSED.search(text) else None


def _metadata(document: pdfium.PdfDocument) -> dict[str, str]:
    found = document.get_metadata_dict()
    title, author = found.get("Title", ""), found.get("Author", "").strip()
    # Programs put file names where the title should be.
    plain = title and not re.search(
        r"\.(?:docx?|hwpx?|pptx?|indd|qxp|pdf|html?)$|^(?:Microsoft|untitled|제목 없음|about:)",
        title,
        re.IGNORECASE,
    )
    return {
        **({"title": title} if plain else {}),
        **({"author": author} if author and not is_nobody(author) else {}),
        **({"published": found["CreationDate"]} if found.get("CreationDate") else {}),
    }


def _lines(document: pdfium.PdfDocument, number: int, most: int) -> list[Line]:
    page = document[number]
    textpage: Any = None
    try:
        textpage = page.get_textpage()
        count = textpage.count_chars()
        if count > most:
            raise Unreadable("article-too-long", f"> {most:,}")
        text = textpage.get_text_range()
        # Indices of characters are PDFium's: those that it makes up itself (line ends) have no box of size.
        lines: list[Line] = []
        at = 0
        for line in re.split(r"(\r\n|\n|\r)", text):
            if line.strip() and not line.isspace():
                boxes = _boxes(textpage, at, at + len(line), count)
                if boxes:
                    lefts, bottoms, rights, tops = zip(*boxes, strict=True)
                    gaps = _gaps(textpage, line, at, count)
                    lines.append(Line(line, min(lefts), max(rights), max(tops), min(bottoms), gaps))
                else:
                    lines.append(Line(line, 0, 0, 0, 0))
            at += len(line)
        return lines
    finally:
        if textpage is not None:
            textpage.close()
        page.close()


def _boxes(textpage: Any, start: int, end: int, count: int) -> list[tuple[float, float, float, float]]:
    """Boxes of a line's first and last characters: they are enough for its place.

    Loose ones, of the size of the type: letters of a font that is neither in the file nor on the machine
    have no ink.
    """
    ends = sorted({*range(start, min(start + 4, end)), *range(max(start, end - 4), end)})
    found = [tuple(textpage.get_charbox(i, loose=True)) for i in ends if i < count]
    return [box for box in found if box[2] > box[0]]


def _gaps(textpage: Any, line: str, at: int, count: int) -> tuple[tuple[int, float, float], ...]:
    """Spaces in a line that are wide for a space: the next column may begin there, or a cell of a table."""
    found: list[tuple[int, float, float]] = []
    for match in _SPACE.finditer(line):
        if not 0 < match.start() <= match.end() < len(line) or at + match.end() >= count:
            continue
        before = textpage.get_charbox(at + match.start() - 1, loose=True)
        after = textpage.get_charbox(at + match.end(), loose=True)
        if after[0] - before[2] > 0.5 * max(1.0, before[3] - before[1]):
            found.append((match.end(), before[2], after[0]))
    return tuple(found)


def _without_edges(pages: Sequence[Sequence[Line]]) -> list[list[Line]]:
    """Pages without the lines that come again at the head or foot of others, and without their numbers."""

    def key(line: Line) -> str:
        return re.sub(r"\d+", "#", re.sub(r"\s+", "", line.text))

    def edges(page: Sequence[Line]) -> set[int]:
        return {*range(min(_EDGE, len(page))), *range(max(0, len(page) - _EDGE), len(page))}

    seen = Counter(k for page in pages for k in {key(page[i]) for i in edges(page)})
    least = max(2, round(0.4 * len(pages)))
    return [
        [
            line
            for i, line in enumerate(page)
            if not (
                i in edges(page)
                and (
                    _PAGE_NUMBER.fullmatch(line.text.strip())
                    or _PRINTED.fullmatch(line.text.strip())
                    or (len(pages) > 1 and seen[key(line)] >= least)
                )
            )
        ]
        for page in pages
    ]


def _paragraphs(lines: Sequence[Line | None]) -> Iterator[str]:
    """Lines put together: a paragraph goes on while its lines reach the right edge and stand close."""
    real = [line for line in lines if line is not None]
    if not real:
        return
    right = sorted(line.right for line in real)[int(0.9 * (len(real) - 1))]
    steps = [a.bottom - b.bottom for a, b in pairwise(real) if 0 < a.bottom - b.bottom < 5 * a.height]
    step = median(steps) if steps else 0.0
    by_syllables = _breaks_by_syllables(real, right)
    # Words that stand inside a line, so that nothing was cut off them.
    words = {word for one in real for word in one.text.split()[1:-1]} if by_syllables else set()
    told = by_syllables and _tells_spaces(real)
    text = ""
    before: Line | None = None
    new_page = False
    skipped = 0  # lines of a table that are written
    for i, line in enumerate(lines):
        if line is None:
            new_page = True
            continue
        if skipped:
            skipped -= 1
            continue
        if line.gaps and (rows := rows_of(_with_gaps(lines[i : i + _LONGEST_TABLE]))):
            if text:
                yield text.rstrip()
            yield "\n".join(bars(rows)).strip("\n")
            text, before, skipped = "", None, len(rows) - 1
            continue
        if before is not None and _goes_on(before, line, right, step, new_page):
            text = _joined(text, line.text.lstrip(), by_syllables, words, told)
        else:
            if text:
                yield text.rstrip()
            text = line.text.lstrip()
        before, new_page = line, False
    if text:
        yield text.rstrip()


def _with_gaps(lines: Sequence[Line | None]) -> list[Line]:
    found: list[Line] = []
    for line in lines:
        if line is None or not line.gaps:
            break
        found.append(line)
    return found


def _goes_on(before: Line, line: Line, right: float, step: float, new_page: bool) -> bool:
    text = before.text.rstrip()
    if _BULLET.match(line.text.lstrip()) or abs(before.height - line.height) > 0.3 * max(
        before.height, line.height
    ):
        return False
    closed = _CLOSED.search(text) is not None
    # Ragged lines end up to a long word short of the edge, in the middle of a sentence.
    full = before.right >= (before.edge or right) - (2.5 if closed else 8) * before.height
    if new_page:
        return full and not closed
    far = step > 0 and before.bottom - line.bottom > 1.4 * step
    indented = line.left > before.left + 0.8 * line.height and closed
    return full and not far and not indented


def _breaks_by_syllables(lines: Sequence[Line], right: float) -> bool:
    """Whether lines run to the edge and break inside words, as browsers and Hangul set Korean."""
    inner = [
        (a, b)
        for a, b in pairwise(lines)
        if not _CLOSED.search(a.text.rstrip())
        and a.right > (a.edge or right) - 8 * a.height
        and b.text.split()
    ]
    near = sum(a.right > (a.edge or right) - 1.3 * a.height for a, _ in inner)
    # Lines may reach the edge by chance: some must break where no word ends.
    cut = sum(_is_cut(a.text, b.text) for a, b in inner)
    return len(inner) >= 4 and near >= 0.8 * len(inner) and cut >= max(1, 0.08 * len(inner))


def _is_cut(text: str, line: str) -> bool:
    """Whether a line ends where no word does, as far as its two sides tell."""
    last, first = text[-40:].split()[-1], line[:40].split()[0]
    if not (is_syllable(last[-1]) and is_syllable(first[0])):
        return False
    lone = len(last) == 1 and last not in _SHORT
    return lone or first in _PARTICLES or _ENDING.match(line.lstrip()) is not None


def _tells_spaces(lines: Sequence[Line]) -> bool:
    """Whether the text layer keeps the spaces that fell on the ends of lines: some lines end with one."""
    ends = [a.text[-1:].isspace() for a, b in pairwise(lines) if not _CLOSED.search(a.text.rstrip())]
    return 0.1 * len(ends) < sum(ends) < 0.7 * len(ends) and sum(ends) > 1


def _joined(text: str, line: str, by_syllables: bool, words: Collection[str], told: bool) -> str:
    """A paragraph and its next line. Where a word may go on the break stays, for the morphemes to tell."""
    ended, text = text[-1:].isspace(), text.rstrip()
    if re.search(r"[A-Za-z]-$|[A-Za-z]\u00ad$", text) and line[:1].islower():
        return text[:-1] + line  # a hyphenated word
    if text.endswith(("\u00ad", "\u2010")):
        return text[:-1] + line
    if not ended and line.startswith("(") and is_syllable(text[-1:]):
        return text + line  # a note belongs to the word before: 운반량|(대역폭)이
    if ended or not (by_syllables and text and line):
        return f"{text} {line}"
    if text[-1:].isdecimal() and line[:1].isalnum():
        return text + line  # 2|028년, 300|m
    last, first = text[-40:].split()[-1], line[:40].split()[0]
    return text + ("" if told or last + first in words else "\n") + line
