"""Hangul documents: OWPML (KS X 6101), the text with its headings, lists and tables."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import TYPE_CHECKING

from ..records import Article, Failure
from .article import File, Unreadable, make_article
from .packed import Packed, attribute, local, parse_xml, table_lines

if TYPE_CHECKING:
    from lxml.etree import _Element

_SECTION = re.compile(r"Contents/section(\d+)\.xml", re.IGNORECASE)
_HEADING = re.compile(r"(?:개요|outline|제목|heading|큰제목|중제목|소제목)\s*\d*$", re.IGNORECASE)
_TITLE = re.compile(r"(?:제목|title|문서\s?제목)$", re.IGNORECASE)
# Foot notes, heads and feet of pages, comments, and what was deleted are not the article.
_UNSEEN = frozenset({
    "footNote", "endNote", "header", "footer", "hiddenComment", "secPr", "ctrl", "deleteBegin",
    "linesegarray", "shapeComment", "caption",
})  # fmt: skip
_SPACES = {"tab": " ", "nbSpace": "\u00a0", "fwSpace": "\u3000", "lineBreak": "\n", "hyphen": "-"}


def read_hwpx(file: File) -> Iterator[Article | Failure]:
    """One article from a Hangul document."""
    packed = Packed(file.data, file.limits)
    sections = sorted((int(m[1]), name) for name in packed.members if (m := _SECTION.fullmatch(name)))
    if not sections:
        raise Unreadable("bad-file", "hwpx: no Contents/section0.xml")
    manifest = "META-INF/manifest.xml"
    if manifest in packed and b"encryption-data" in packed.read(manifest):
        raise Unreadable("encrypted")
    styles, paragraphs = _styles(packed, file)
    lines: list[str] = []
    for _, name in sections:
        root = parse_xml(packed.read(name), file.limits, name)
        for paragraph in root:
            if local(paragraph) == "p":
                lines.extend(_paragraph(paragraph, styles, paragraphs))
    metadata = _metadata(packed, file)
    yield make_article(
        file,
        re.sub(r"\n{3,}", "\n\n", "\n".join(lines)).strip("\n"),
        format="hwpx",
        title=metadata.pop("title", None)
        or next((line[2:] for line in lines[:8] if line.startswith("# ")), None),
        metadata=metadata,
    )


def _metadata(packed: Packed, file: File) -> dict[str, str]:
    name = "Contents/content.hpf"
    if name not in packed:
        return {}
    try:
        root = parse_xml(packed.read(name), file.limits, name)
    except Unreadable:
        return {}
    found: dict[str, str] = {}
    for element in root.iter():
        value = " ".join("".join(element.itertext()).split())
        key = (
            local(element)
            if local(element) == "title"
            else attribute(element, "name")
            if local(element) == "meta"
            else ""
        )
        field = {"title": "title", "creator": "author", "CreatedDate": "published"}.get(key)
        if field and value:
            found.setdefault(field, value)
    if re.fullmatch(r"(?i)user|admin|hancom.*|사용자|text|kim", found.get("author", "")):
        del found["author"]
    return found


def _styles(packed: Packed, file: File) -> tuple[dict[str, str], dict[str, str]]:
    """Name of each style, and what heads each paragraph property (OUTLINE, NUMBER, BULLET), by id."""
    name = "Contents/header.xml"
    if name not in packed:
        return {}, {}
    styles: dict[str, str] = {}
    paragraphs: dict[str, str] = {}
    for element in parse_xml(packed.read(name), file.limits, name).iter():
        if local(element) == "style":
            styles[attribute(element, "id")] = attribute(element, "name") or attribute(element, "engName")
        elif local(element) == "paraPr":
            head = next((e for e in element.iter() if local(e) == "heading"), None)
            paragraphs[attribute(element, "id")] = attribute(head, "type").upper()
    return styles, paragraphs


def _paragraph(element: _Element, styles: dict[str, str], paragraphs: dict[str, str]) -> Iterator[str]:
    style = styles.get(attribute(element, "styleIDRef"), "")
    head = paragraphs.get(attribute(element, "paraPrIDRef"), "")
    shown, tables = _content(element)
    flat = " ".join(shown.split())
    if not flat:
        yield ""
    elif _TITLE.fullmatch(style):
        yield from ("", f"# {flat}", "")
    elif head == "OUTLINE" or _HEADING.match(style):
        yield from ("", f"## {flat}", "")
    elif head in ("BULLET", "NUMBER"):
        yield f"- {flat}"
    else:
        yield from ("", *shown.split("\n"), "")
    for table in tables:
        yield from table_lines(_rows(table))


def _content(paragraph: _Element) -> tuple[str, list[_Element]]:
    """Text of a paragraph, and the tables that hang on it."""
    from lxml import etree

    found: list[str] = []
    tables: list[_Element] = []
    walker = etree.iterwalk(paragraph, events=("start", "end"))
    for event, element in walker:
        name = local(element)
        if event == "start":
            if name in _UNSEEN and not (name == "ctrl" and _holds_text(element)):
                walker.skip_subtree()
            elif name == "tbl":
                tables.append(element)
                walker.skip_subtree()
            elif name in _SPACES:
                found.append(_SPACES[name])
            elif name == "t":
                found.append(element.text or "")
            elif name == "p" and element is not paragraph and found:
                found.append("\n")  # a text box
        elif (
            element is not paragraph and (parent := element.getparent()) is not None and local(parent) == "t"
        ):
            found.append(element.tail or "")
    return "".join(found).strip(), tables


def _holds_text(control: _Element) -> bool:
    return any(local(e) == "tbl" for e in control.iter())


def _rows(table: _Element) -> list[list[str]]:
    return [
        [
            " ".join(_content(p)[0] for p in cell.iter() if local(p) == "p").strip()
            for cell in row
            if local(cell) == "tc"
        ]
        for row in table
        if local(row) == "tr"
    ]
