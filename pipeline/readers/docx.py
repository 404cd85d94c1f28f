"""Word documents: Office Open XML (ECMA-376), the text with its headings, lists, quotes and tables."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING

from ..korean.labels import STYLES, TITLE
from ..records import Article, Failure, Unreadable
from .article import File, is_nobody, make_article
from .flow import Flow, written
from .packed import Packed, attribute, local, parse_xml
from .press import title_of
from .symbols import symbol

if TYPE_CHECKING:
    from lxml.etree import _Element

_HEADING = re.compile(rf"(?:{STYLES})\s*(\d)?$|(?:title|subtitle|부제)$", re.IGNORECASE)
_TITLE = re.compile(rf"(?:title|표제|{TITLE})$", re.IGNORECASE)
_QUOTE = re.compile(r"(?:intense )?quote$|인용문?$|강한 인용$", re.IGNORECASE)
_LIST = re.compile(r"list (?:bullet|number|paragraph)|글머리|목록", re.IGNORECASE)
_UNPRINTED = re.compile(
    r"(?:toc|목차|table of (?:figures|authorities)|index|caption|캡션)\s*\d*$", re.IGNORECASE
)
# Deleted text, the fall-back of a drawing that comes twice, field codes and properties are not shown.
_UNSEEN = frozenset({
    "del", "moveFrom", "Fallback", "instrText", "delText", "delInstrText", "sectPr", "tblPr", "tblGrid", "rt",
})  # fmt: skip
_SPACES = {"tab": " ", "ptab": " ", "br": "\n", "cr": "\n", "noBreakHyphen": "-"}
_LONGEST_BOLD = 80


@dataclass(frozen=True, slots=True)
class _Style:
    """What a style, or what it is based on, makes of its text. `outline` counts from 0; 9 is body text."""

    name: str = ""
    outline: int = 9
    listed: bool = False
    hidden: bool = False


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
    flow = Flow(file.limits)
    asked = _walk(body, flow, styles)
    for kind in ("footnote", "endnote"):
        _notes(packed, file, flow, styles, kind, [mark for name, mark in asked if name == kind])
    blocks = flow.blocks()
    metadata = core(packed, file)
    told = metadata.pop("title", None)
    title = title_of(blocks) or told
    yield make_article(file, written(blocks), format="docx", title=title, metadata=metadata)


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
    if is_nobody(found.get("author", "")):
        del found["author"]
    return {key: value for key, value in found.items() if value and value.lower() != "word document"}


# ── styles ─────────────────────────────────────────────────────────────────────────────────────────


def _styles(packed: Packed, file: File) -> dict[str, _Style]:
    """Styles of paragraphs and runs by their id, with what they have from those that they are based on."""
    if "word/styles.xml" not in packed:
        return {}
    own: dict[str, tuple[_Style, str]] = {}
    for style in parse_xml(packed.read("word/styles.xml"), file.limits, "styles.xml"):
        if local(style) != "style":
            continue
        parts = {local(one): one for one in style.iter()}
        level = attribute(parts.get("outlineLvl"), "val")
        one = _Style(
            attribute(parts.get("name"), "val"),
            int(level) if level.isdecimal() else 9,
            "numId" in parts and attribute(parts["numId"], "val") != "0",
            _is_on(parts.get("vanish")),
        )
        own[attribute(style, "styleId")] = one, attribute(parts.get("basedOn"), "val")
    found: dict[str, _Style] = {}
    for key, (style, base) in own.items():
        name, outline, listed, hidden = style.name, style.outline, style.listed, style.hidden
        for _ in range(12):
            if base not in own:
                break
            above, base = own[base]
            if not _is_known(name) and _is_known(above.name) and not _TITLE.fullmatch(above.name):
                name = above.name
            outline = outline if outline < 9 else above.outline
            listed, hidden = listed or above.listed, hidden or above.hidden
        found[key] = _Style(name, outline, listed, hidden)
    return found


def _is_known(name: str) -> bool:
    return any(p.match(name) for p in (_HEADING, _TITLE, _QUOTE, _UNPRINTED)) or bool(_LIST.search(name))


def _is_on(element: _Element | None) -> bool:
    return element is not None and attribute(element, "val") not in ("0", "false", "off")


# ── text ───────────────────────────────────────────────────────────────────────────────────────────


@dataclass(slots=True)
class _Paragraph:
    """What is known of a paragraph that is open."""

    style: _Style = _Style()
    outline: int = 9
    listed: bool | None = None
    joined: bool = False
    bold: bool = False
    plain: bool = False


def _walk(body: _Element, flow: Flow, styles: dict[str, _Style]) -> list[tuple[str, str]]:
    """Read what a part of the document holds into `flow`; the notes that it refers to, in order."""
    from lxml import etree

    open_: list[_Paragraph] = []
    notes: list[tuple[str, str]] = []
    carried = ""  # of a paragraph whose end was deleted
    bold = hidden = skipped = False
    walker = etree.iterwalk(body, events=("start", "end"))
    for event, element in walker:
        name = local(element)
        if event == "start":
            if (
                name in _UNSEEN
                or (name == "tr" and _is_deleted(element))
                or (name == "sdt" and _is_hint(element))
            ):
                walker.skip_subtree()
                skipped = True
            elif name == "p":
                flow.open("paragraph")
                open_.append(_Paragraph())
                if carried:
                    flow.add(carried)
                    carried = ""
            elif name == "pPr":
                if open_:
                    _format(element, open_[-1], styles)
                walker.skip_subtree()
                skipped = True
            elif name == "r":
                bold, hidden = _run(element, styles)
                hidden = hidden or bool(open_ and open_[-1].style.hidden)
            elif name in ("tbl", "tr", "tc"):
                flow.open({"tbl": "table", "tr": "row", "tc": "cell"}[name])
            elif name == "txbxContent":
                flow.open("box")
            elif name in ("footnoteReference", "endnoteReference") and not hidden:
                notes.append((name.removesuffix("Reference"), attribute(element, "id")))
            elif not hidden and open_ and (shown := _shown(name, element)):
                flow.add(shown)
                if shown.strip():
                    open_[-1].bold, open_[-1].plain = open_[-1].bold or bold, open_[-1].plain or not bold
            continue
        if skipped:
            skipped = False
        elif name == "p":
            one = open_.pop()
            if one.joined and flow.text:
                carried = flow.text
                flow.close_paragraph([])
            else:
                flow.close_paragraph(_lines(flow.text, one))
        elif name == "r":
            bold = hidden = False
        elif name == "rubyBase" and not hidden:
            reading = "".join(_reading(element))
            flow.add(f"({reading})" if reading else "")
        elif name == "tc":
            properties = next((one for one in element if local(one) == "tcPr"), None)
            parts = {local(one): one for one in properties} if properties is not None else {}
            across = attribute(parts.get("gridSpan"), "val")
            merged = parts.get("vMerge")
            flow.close_cell(
                min(1000, int(across)) if across.isdecimal() and len(across) < 6 else 1,
                goes_on=merged is not None and attribute(merged, "val") != "restart",
            )
        elif name in ("tbl", "txbxContent"):
            flow.close()
    return notes


def _shown(name: str, element: _Element) -> str:
    if name == "t":
        return element.text or ""
    if name == "sym":
        return symbol(attribute(element, "font"), attribute(element, "char"))
    return _SPACES.get(name, "")


def _reading(base: _Element) -> Iterator[str]:
    """The reading of a word in ruby: Word keeps it before the word."""
    for one in base.itersiblings(preceding=True):
        if local(one) == "rt":
            yield from (part.text or "" for part in one.iter() if local(part) == "t")


def _is_deleted(row: _Element) -> bool:
    properties = next((one for one in row if local(one) == "trPr"), None)
    return properties is not None and any(local(one) == "del" for one in properties)


def _is_hint(control: _Element) -> bool:
    """Whether a content control shows what to write into it, and nobody has."""
    properties = next((one for one in control if local(one) == "sdtPr"), None)
    return properties is not None and any(local(one) == "showingPlcHdr" for one in properties)


def _run(run: _Element, styles: dict[str, _Style]) -> tuple[bool, bool]:
    """Whether a run is bold, and whether it is hidden."""
    properties = next((one for one in run if local(one) == "rPr"), None)
    parts = {local(one): one for one in properties} if properties is not None else {}
    style = styles.get(attribute(parts.get("rStyle"), "val"), _Style())
    hidden = _is_on(parts["vanish"]) if "vanish" in parts else style.hidden
    return _is_on(parts.get("b")), hidden


def _format(properties: _Element, paragraph: _Paragraph, styles: dict[str, _Style]) -> None:
    for one in properties:
        name = local(one)
        if name == "pStyle":
            key = attribute(one, "val")
            paragraph.style = styles.get(key, _Style(key))
        elif name == "outlineLvl" and (level := attribute(one, "val")).isdecimal():
            paragraph.outline = int(level)
        elif name == "numPr":
            paragraph.listed = not any(local(n) == "numId" and attribute(n, "val") == "0" for n in one)
        elif name == "rPr":
            # The end of the paragraph was deleted, or moved away: it goes on in the next.
            paragraph.joined = any(local(n) in ("del", "moveFrom") for n in one)


def _lines(shown: str, paragraph: _Paragraph) -> list[str]:
    flat = " ".join(shown.split())
    name = paragraph.style.name
    outline = min(paragraph.outline, paragraph.style.outline)
    listed = paragraph.style.listed if paragraph.listed is None else paragraph.listed
    if not flat or _UNPRINTED.match(name):
        return []
    if _TITLE.fullmatch(name):
        return [f"# {flat}"]
    if outline < 9 or _HEADING.match(name):
        return [f"## {flat}"]
    if listed or (_LIST.search(name) and paragraph.listed is None):
        return [f"- {flat}"]
    if _QUOTE.match(name):
        return [f"> {flat}"]
    if paragraph.bold and not paragraph.plain and len(flat) <= _LONGEST_BOLD and "*" not in flat:
        return [f"**{flat}**"]
    return [line.strip() for line in shown.split("\n") if line.strip()]


def _notes(
    packed: Packed, file: File, flow: Flow, styles: dict[str, _Style], kind: str, asked: list[str]
) -> None:
    """Foot notes or end notes, in the order in which the text refers to them."""
    name = f"word/{kind}s.xml"
    if not asked or name not in packed:
        return
    root = parse_xml(packed.read(name), file.limits, name)
    found = {attribute(note, "id"): note for note in root if local(note) == kind}
    for key in dict.fromkeys(asked):
        if key in found:
            flow.open("note")
            _walk(found[key], flow, styles)
            flow.close()
