"""Hangul documents: OWPML (KS X 6101), the text with its headings, lists and tables."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import TYPE_CHECKING

from ..records import Article, Failure, Unreadable
from .article import LEFT_IN_HANGUL, File, is_nobody, make_article
from .flow import Flow, written
from .hangul import marked
from .packed import Packed, attribute, local, parse_xml
from .press import title_of

if TYPE_CHECKING:
    from lxml.etree import _Element

_SECTION = re.compile(r"Contents/section(\d+)\.xml", re.IGNORECASE)
# Heads and feet of pages, comments and numbers that Hangul counts are not the article.
_UNSEEN = frozenset({
    "header", "footer", "hiddenComment", "secPr", "colPr", "linesegarray", "shapeComment", "caption",
    "fieldBegin", "autoNum", "newNum", "pageNum", "script", "subText", "masterpage",
})  # fmt: skip
_NOTES = frozenset({"footNote", "endNote"})
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
    flow = Flow(file.limits)
    for _, name in sections:
        _section(parse_xml(packed.read(name), file.limits, name), flow, styles, paragraphs)
    blocks = flow.blocks()
    metadata = _metadata(packed, file)
    told = metadata.pop("title", None)
    # What is printed as the title is right; the properties may be those of the document it was made from.
    title = title_of(blocks) or told
    yield make_article(file, written(blocks), format="hwpx", title=title, metadata=metadata)


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
    if is_nobody(found.get("author", ""), LEFT_IN_HANGUL):
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


def _section(root: _Element, flow: Flow, styles: dict[str, str], paragraphs: dict[str, str]) -> None:
    from lxml import etree

    deleted = False  # between <deleteBegin/> and <deleteEnd/>, which may stand in different runs
    skipped = False
    walker = etree.iterwalk(root, events=("start", "end"))
    for event, element in walker:
        name = local(element)
        if event == "start":
            if name in _UNSEEN:
                walker.skip_subtree()
                skipped = True
            elif name == "deleteBegin":
                deleted = True
            elif name == "deleteEnd":
                deleted = False
            elif name == "p":
                flow.open("paragraph")
            elif name in ("tbl", "tr", "tc"):
                flow.open({"tbl": "table", "tr": "row", "tc": "cell"}[name])
            elif name in _NOTES:
                flow.open("note")
            elif name == "drawText":
                flow.open("box")
            elif name in _SPACES and not deleted:
                flow.add(_SPACES[name])
            elif name == "compose" and not deleted:
                flow.add(attribute(element, "composeText"))
            elif name in ("t", "mainText") and not deleted:
                flow.add(element.text or "")
            continue
        if skipped:
            skipped = False
        elif name == "p":
            style = styles.get(attribute(element, "styleIDRef"), "")
            head = paragraphs.get(attribute(element, "paraPrIDRef"), "")
            flow.close_paragraph(marked(flow.text, style, head))
        elif name == "tc":
            span = next((one for one in element if local(one) == "cellSpan"), None)
            flow.close_cell(
                _number(attribute(span, "colSpan")),
                _number(attribute(span, "rowSpan")),
                names=attribute(element, "header") == "1",
            )
        elif name in ("tbl", "drawText") or name in _NOTES:
            flow.close()
        elif name == "mainText":
            above = element.getparent()
            reading = (
                "".join(one.text or "" for one in above if local(one) == "subText")
                if above is not None
                else ""
            )
            flow.add(f"({reading})" if reading and not deleted else "")
        parent = element.getparent()
        if element is not root and not deleted and parent is not None and local(parent) == "t":
            flow.add(element.tail or "")


def _number(value: str) -> int:
    return min(1000, int(value)) if value.isdecimal() and len(value) < 6 and int(value) else 1
