"""Word documents: Office Open XML (ECMA-376), the text with its headings, lists, quotes and tables."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import TYPE_CHECKING

from ..records import Article, Failure
from .article import File, Unreadable, make_article
from .packed import Packed, attribute, local, parse_xml, table_lines

if TYPE_CHECKING:
    from lxml.etree import _Element

_HEADING = re.compile(r"(?:heading|제목|개요)\s*(\d)?$|(?:title|subtitle|부제)$", re.IGNORECASE)
_TITLE = re.compile(r"(?:title|표제|제목)$", re.IGNORECASE)
_QUOTE = re.compile(r"(?:intense )?quote$|인용문?$|강한 인용$", re.IGNORECASE)
_LIST = re.compile(r"list (?:bullet|number|paragraph)|글머리|목록", re.IGNORECASE)
# Deleted text, the fall-back of a drawing that comes twice, notes and field codes are not shown.
_UNSEEN = frozenset(
    {"del", "moveFrom", "Fallback", "instrText", "delText", "pPr", "rPr", "sectPr", "tblPr", "trPr", "tcPr"}
)


def read_docx(file: File) -> Iterator[Article | Failure]:
    """One article from a Word document."""
    packed = Packed(file.data, file.limits)
    name = next((n for n in ("word/document.xml", "word/document2.xml") if n in packed), None)
    if name is None:
        raise Unreadable(
            "encrypted" if "EncryptedPackage" in packed else "bad-file", "docx: no word/document.xml"
        )
    root = parse_xml(packed.read(name), file.limits, name)
    body = next((e for e in root if local(e) == "body"), root)
    styles = _styles(packed, file)
    lines = list(_blocks(body, styles))
    metadata = core(packed, file)
    yield make_article(
        file,
        re.sub(r"\n{3,}", "\n\n", "\n".join(lines)).strip("\n"),
        format="docx",
        title=metadata.pop("title", None)
        or next((line[2:] for line in lines[:8] if line.startswith("# ")), None),
        metadata=metadata,
    )


def core(packed: Packed, file: File) -> dict[str, str]:
    """Title, author and date out of ``docProps/core.xml``."""
    if "docProps/core.xml" not in packed:
        return {}
    names = {"title": "title", "creator": "author", "created": "published", "rights": "rights"}
    try:
        root = parse_xml(packed.read("docProps/core.xml"), file.limits)
    except Unreadable:
        return {}
    found = {names[local(e)]: "".join(e.itertext()).strip() for e in root if local(e) in names}
    # Programs that write documents leave their own name.
    if re.fullmatch(
        r"(?i)python-docx|user|admin(?:istrator)?|windows.*|microsoft.*|hancom.*|un-named|사용자|관리자",
        found.get("author", ""),
    ):
        del found["author"]
    return {key: value for key, value in found.items() if value and value.lower() != "word document"}


def _styles(packed: Packed, file: File) -> dict[str, tuple[str, int]]:
    """Name and outline level (from 0; 9 for body text) of each paragraph style."""
    if "word/styles.xml" not in packed:
        return {}
    found: dict[str, tuple[str, int]] = {}
    for style in parse_xml(packed.read("word/styles.xml"), file.limits, "styles.xml"):
        if local(style) != "style":
            continue
        name = next((attribute(e, "val") for e in style if local(e) == "name"), "")
        level = next((attribute(e, "val") for e in style.iter() if local(e) == "outlineLvl"), "")
        found[attribute(style, "styleId")] = name, int(level) if level.isdecimal() else 9
    return found


def _blocks(body: _Element, styles: dict[str, tuple[str, int]]) -> Iterator[str]:
    """Lines of the body's paragraphs and tables; what wraps them (content controls) is looked through."""
    queue = list(reversed(list(body)))
    while queue:
        element = queue.pop()
        name = local(element)
        if name == "p":
            yield from _paragraph(element, styles)
        elif name == "tbl":
            rows = [
                [
                    " ".join(text(p) for p in cell.iter() if local(p) == "p").strip()
                    for cell in row
                    if local(cell) == "tc"
                ]
                for row in element
                if local(row) == "tr"
            ]
            yield from table_lines(rows)
        elif name not in _UNSEEN:
            queue.extend(reversed(list(element)))


def _paragraph(element: _Element, styles: dict[str, tuple[str, int]]) -> Iterator[str]:
    shown = text(element)
    if not shown.strip():
        yield ""
        return
    properties = next((e for e in element if local(e) == "pPr"), None)
    style_id = level = ""
    listed = False
    if properties is not None:
        for one in properties:
            if local(one) == "pStyle":
                style_id = attribute(one, "val")
            elif local(one) == "outlineLvl":
                level = attribute(one, "val")
            elif local(one) == "numPr":
                listed = not any(local(n) == "numId" and attribute(n, "val") == "0" for n in one)
    name, outline = styles.get(style_id, (style_id, 9))
    outline = int(level) if level.isdecimal() else outline
    flat = " ".join(shown.split())
    if _TITLE.fullmatch(name):
        yield from ("", f"# {flat}", "")
    elif outline < 9 or _HEADING.match(name):
        yield from ("", f"## {flat}", "")
    elif listed or _LIST.search(name):
        yield f"- {flat}"
    elif _QUOTE.match(name):
        yield from ("", f"> {flat}", "")
    else:
        bold = _all_bold(element) and len(flat) <= 80 and "*" not in flat
        yield from ("", *((f"**{flat}**",) if bold else shown.split("\n")), "")


def text(paragraph: _Element) -> str:
    """Text of a paragraph as it is shown: tabs and line breaks as such, deleted text left out."""
    from lxml import etree

    found: list[str] = []
    walker = etree.iterwalk(paragraph, events=("start",))
    for _, element in walker:
        name = local(element)
        if name in _UNSEEN:
            walker.skip_subtree()
        elif name == "t":
            found.append(element.text or "")
        elif name in ("tab", "ptab"):
            found.append(" ")
        elif name in ("br", "cr"):
            found.append("\n")
        elif name == "noBreakHyphen":
            found.append("-")
        elif name == "p" and element is not paragraph and found:
            found.append("\n")  # a text box
    return "".join(found).strip()


def _all_bold(paragraph: _Element) -> bool:
    """Whether each run with text is bold: a heading that someone made by hand."""
    runs = [run for run in paragraph.iter() if local(run) == "r" and text(run).strip()]
    return bool(runs) and all(
        any(
            local(b) == "b" and attribute(b, "val") not in ("0", "false")
            for p in run
            if local(p) == "rPr"
            for b in p
        )
        for run in runs
    )
