"""PDF: lines of a page into paragraphs, with the heads and feet of pages and hyphens at line ends taken out.

By PDFium (the extra ``yoyak[pdf]``), which gives the characters with their boxes.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise
from statistics import median
from typing import TYPE_CHECKING, Any

from ..records import Article, Failure
from .article import File, Unreadable, is_empty, make_article

if TYPE_CHECKING:
    import pypdfium2 as pdfium

_CLOSED = re.compile(r"[.!?…。:][\"'”’」』)\]]*$")
_PAGE_NUMBER = re.compile(
    r"[-–—\s]*+(?:\d{1,4}|[ivx]{1,5}|(?:p\.?|page|쪽|페이지)\s*+\d{1,4})(?:\s*+(?:/|of|중)\s*+\d{1,4})?"
    r"\s*+(?:쪽|페이지|면)?[-–—\s]*+",
    re.IGNORECASE,
)
_BULLET = re.compile(r"[-•◦▪·∙●○▲△■□◆◇▶☞※*]\s|\(?\d{1,2}[.)]\s|[①-⑳]")
# What a browser prints at the edges of a page.
_PRINTED = re.compile(
    r"(?:https?|file)://\S+\s+\d+/\d+|\d{1,4}[./]\s?\d{1,2}[./]\s?\d{1,4}\.?,?\s(?:(?:오전|오후)\s)?\d{1,2}:\d{2}.*"
)
# Syllables that most words of running text end with: particles and endings.
_WORD_END = re.compile(r"[은는이가을를에의로와과도만서며고면지게데한된할될던린운년월일까다요니]$")
_ENDING = re.compile(r"(?:다|요|며|고|지만|면서|니다)(?:[.,?!\s]|$)")
#: Lines at the top and the foot of a page that may be its head and foot.
_EDGE = 2


@dataclass(frozen=True, slots=True)
class _Line:
    text: str
    left: float
    right: float
    top: float
    bottom: float

    @property
    def height(self) -> float:
        return max(1.0, self.top - self.bottom)


def read_pdf(file: File) -> Iterator[Article | Failure]:
    """One article from a PDF."""
    try:
        import pypdfium2 as pdfium
    except ImportError as error:
        raise Unreadable("needs-extra", "yoyak[pdf]") from error
    try:
        document = pdfium.PdfDocument(file.data)
    except pdfium.PdfiumError as error:
        raise Unreadable("encrypted" if "assword" in str(error) else "bad-file", f"PDF: {error}") from error
    try:
        pages: list[list[_Line]] = []
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
    text = "\n\n".join(_paragraphs([line for page in _without_edges(pages) for line in (*page, None)]))
    if is_empty(text):
        raise Unreadable("no-main-text")  # pictures of pages
    yield make_article(file, text, format="pdf", title=metadata.pop("title", None), metadata=metadata)


def _metadata(document: pdfium.PdfDocument) -> dict[str, str]:
    found = document.get_metadata_dict()
    title = found.get("Title", "")
    # Programs put file names where the title should be.
    plain = title and not re.search(
        r"\.(?:docx?|hwpx?|pptx?|indd|qxp|pdf|html?)$|^(?:Microsoft|untitled|제목 없음|about:)",
        title,
        re.IGNORECASE,
    )
    return {
        **({"title": title} if plain else {}),
        **({"author": found["Author"]} if found.get("Author") else {}),
        **({"published": found["CreationDate"]} if found.get("CreationDate") else {}),
    }


def _lines(document: pdfium.PdfDocument, number: int, most: int) -> list[_Line]:
    page = document[number]
    textpage: Any = None
    try:
        textpage = page.get_textpage()
        count = textpage.count_chars()
        if count > most:
            raise Unreadable("article-too-long", f"> {most:,}")
        text = textpage.get_text_range()
        # Indices of characters are PDFium's: those that it makes up itself (line ends) have no box of size.
        lines: list[_Line] = []
        at = 0
        for line in re.split(r"(\r\n|\n|\r)", text):
            if line.strip() and not line.isspace():
                boxes = _boxes(textpage, at, at + len(line), count)
                if boxes:
                    lefts, bottoms, rights, tops = zip(*boxes, strict=True)
                    lines.append(_Line(line, min(lefts), max(rights), max(tops), min(bottoms)))
                else:
                    lines.append(_Line(line, 0, 0, 0, 0))
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


def _without_edges(pages: Sequence[Sequence[_Line]]) -> list[list[_Line]]:
    """Pages without the lines that come again at the head or foot of others, and without their numbers."""

    def key(line: _Line) -> str:
        return re.sub(r"\d+", "#", re.sub(r"\s+", "", line.text))

    def edges(page: Sequence[_Line]) -> set[int]:
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


def _paragraphs(lines: Sequence[_Line | None]) -> Iterator[str]:
    """Lines put together: a paragraph goes on while its lines reach the right edge and stand close."""
    real = [line for line in lines if line is not None]
    if not real:
        return
    right = sorted(line.right for line in real)[int(0.9 * (len(real) - 1))]
    steps = [a.bottom - b.bottom for a, b in pairwise(real) if 0 < a.bottom - b.bottom < 5 * a.height]
    step = median(steps) if steps else 0.0
    by_syllables = _breaks_by_syllables(real, right)
    text = ""
    before: _Line | None = None
    new_page = False
    for line in lines:
        if line is None:
            new_page = True
            continue
        if before is not None and _goes_on(before, line, right, step, new_page):
            text = _joined(text, line.text.strip(), by_syllables)
        else:
            if text:
                yield text
            text = line.text.strip()
        before, new_page = line, False
    if text:
        yield text


def _goes_on(before: _Line, line: _Line, right: float, step: float, new_page: bool) -> bool:
    text = before.text.rstrip()
    if _BULLET.match(line.text.lstrip()) or abs(before.height - line.height) > 0.3 * max(
        before.height, line.height
    ):
        return False
    closed = _CLOSED.search(text) is not None
    # Ragged lines end up to a long word short of the edge, in the middle of a sentence.
    full = before.right >= right - (2.5 if closed else 8) * before.height
    if new_page:
        return full and not closed
    far = step > 0 and before.bottom - line.bottom > 1.4 * step
    indented = line.left > before.left + 0.8 * line.height and closed
    return full and not far and not indented


def _breaks_by_syllables(lines: Sequence[_Line], right: float) -> bool:
    """Whether lines run to the edge and break inside words, as browsers and Hangul set Korean."""
    inner = [a for a in lines if not _CLOSED.search(a.text.rstrip()) and a.right > right - 8 * a.height]
    return len(inner) >= 4 and sum(a.right > right - 1.3 * a.height for a in inner) >= 0.8 * len(inner)


def _joined(text: str, line: str, by_syllables: bool) -> str:
    if re.search(r"[A-Za-z]-$|[A-Za-z]\u00ad$", text) and line[:1].islower():
        return text[:-1] + line  # a hyphenated word
    if text.endswith(("\u00ad", "\u2010")):
        return text[:-1] + line
    # Where words are broken, one that ends like none goes on in the next line: 천|천히, 계획이|다.
    broken = by_syllables and re.search(r"[가-힣]$", text) and re.match(r"[가-힣]", line)
    if broken and (not _WORD_END.search(text) or _ENDING.match(line)):
        return text + line
    return f"{text} {line}"
