"""Elements of HTML, and of what trafilatura makes of it, as Markdown lines: one pass, no recursion."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from ..records import Limits
from .article import Unreadable

if TYPE_CHECKING:
    from lxml.etree import _Element

_HTML = re.compile(
    r"<(?:p|br|div|span|article|section|h[1-6]|ul|ol|li|table|blockquote|strong|b|em|img|a)\b[^<>]{0,2000}/?>",
    re.IGNORECASE,
)
_DROPPED = frozenset({
    "title", "script", "style", "noscript", "template", "svg", "iframe", "object", "form", "button",
    "select", "textarea", "nav", "figcaption", "caption", "audio", "video", "map", "canvas",
    "graphic",
})  # fmt: skip
_BLOCKS = frozenset({
    "p", "div", "section", "article", "main", "header", "footer", "aside", "figure", "center", "dl",
    "dt", "dd", "address", "pre", "body", "html", "table", "tbody", "thead", "tr", "td", "th",
    "details", "summary", "ul", "ol", "list", "blockquote", "quote", "hr", "fieldset", "row",
    "cell",
})  # fmt: skip
_HEADS = frozenset(["h1", "h2", "h3", "h4", "h5", "h6", "head"])
_ITEMS = frozenset({"li", "item"})
_BOLD = frozenset({"b", "strong", "hi"})
_HIDDEN = re.compile(r"display\s*:\s*none|visibility\s*:\s*hidden|mso-hide\s*:\s*all", re.IGNORECASE)
_LONGEST_CELL = 200
_LONGEST_BOLD = 80
#: Deepest tree that surely is whole.
_DEEPEST = 250
#: Elements around a character, on average, in the longest article that there may be.
_ROUND = 50


def looks_like_html(text: str) -> bool:
    """Whether a text from a record is HTML: it holds elements, not just a < here and there."""
    return len(_HTML.findall(text[:100_000])) >= 2 or bool(
        re.search(r"</(?:p|div|article|strong|span)>", text)
    )


def check_depth(root: _Element, limits: Limits) -> None:
    """Raise `Unreadable` for a tree that nests deeper than the limits allow, or much text too deep.

    libxml2 itself builds no more than 256 levels, and leaves out what is below them. Who asks each element
    for its text reads a character as often as it has elements around it: that is counted too.
    """
    from lxml import etree

    depth = deepest = read = 0
    for event, element in etree.iterwalk(root, events=("start", "end")):
        if event == "start":
            depth += 1
            deepest = max(deepest, depth)
            read += depth * len(element.text or "")
        else:
            depth -= 1
            read += depth * len(element.tail or "")
    if deepest > min(limits.depth, _DEEPEST):
        raise Unreadable("too-deep", f"{deepest:,} > {limits.depth}")
    if read > _ROUND * limits.article_chars:
        raise Unreadable("too-deep", f"{read:,} > {_ROUND * limits.article_chars:,}")


def parse_html(text: str, limits: Limits) -> _Element:
    """The tree of an HTML page or fragment.

    Raises
    ------
    Unreadable
        ``too-deep``, or ``empty`` where there is no element.
    """
    from lxml import etree, html

    parser = html.HTMLParser(encoding="utf-8", remove_comments=True, remove_pis=True, huge_tree=False)
    try:
        tree = html.document_fromstring(
            text.encode("utf-8", "replace"), parser=parser, ensure_head_body=False
        )
    except (etree.ParserError, etree.XMLSyntaxError, ValueError, AssertionError) as error:
        raise Unreadable("empty", "") from error
    check_depth(tree, limits)
    return tree


def markdown_of_fragment(text: str, limits: Limits) -> str:
    """A fragment of HTML as Markdown."""
    return markdown(parse_html(text, limits))


def markdown(root: _Element) -> str:
    """Blocks as lines: headings with ``##``, items with ``-`` or numbers, quotes with ``>``, tables in bars.

    A paragraph or line that is bold from end to end is kept so (``**…**``): in articles that is a heading.
    """
    from lxml import etree

    page = _Page()
    walker = etree.iterwalk(root, events=("start", "end"))
    for event, element in walker:
        name = _name(element)
        if event == "start":
            if name in _DROPPED or _is_hidden(element):
                walker.skip_subtree()
                page.hidden += 1
                continue
            if name == "table" and (rows := _rows(element)):
                page.block()
                page.table(rows)
                walker.skip_subtree()
                page.hidden += 1
                continue
            page.start(name, element)
            page.add(element.text)
            continue
        if page.hidden and (name in _DROPPED or _is_hidden(element) or name == "table"):
            page.hidden -= 1
        else:
            page.end(name)
        if element is not root:
            page.add(element.tail)
    page.block()
    return "\n".join(page.lines).strip("\n")


class _Page:
    """Lines so far, and the block that is being read: pieces of text, each bold or not."""

    def __init__(self) -> None:
        self.lines: list[str] = []
        self.hidden = 0
        self._pieces: list[tuple[str, bool]] = []
        self._bold = 0
        self._quotes = 0
        self._lists: list[int | None] = []
        self._prefix = ""

    def start(self, name: str, element: _Element) -> None:
        if name in ("br", "lb"):
            self._pieces.append(("\n", False))
        elif name in _BOLD:
            self._bold += 1
        elif name in _HEADS:
            self.block()
            self._prefix = "## "
        elif name in _ITEMS:
            self.block()
            self._prefix = self._item()
        elif name in _BLOCKS:
            self.block()
            if name in ("ul", "ol", "list"):
                self._lists.append(1 if name == "ol" or element.get("rend") == "ol" else None)
            elif name in ("blockquote", "quote"):
                self._quotes += 1

    def end(self, name: str) -> None:
        if name in _BOLD:
            self._bold = max(0, self._bold - 1)
        elif name in _HEADS or name in _ITEMS or name in _BLOCKS:
            self.block()
            if name in ("ul", "ol", "list") and self._lists:
                self._lists.pop()
            elif name in ("blockquote", "quote"):
                self._quotes = max(0, self._quotes - 1)

    def add(self, text: str | None) -> None:
        if text:
            self._pieces.append((re.sub(r"[ \t\r\n\f]+", " ", text), self._bold > 0))

    def block(self) -> None:
        """End the block: its lines go out, a blank line between it and what comes before."""
        prefix, self._prefix = self._prefix, ""
        pieces, self._pieces = self._pieces, []
        gap = True
        for line, bold in _split(pieces):
            if not line:
                gap = True
                continue
            follows_item = bool(self.lines) and prefix[:1] == "-" and self.lines[-1].startswith("- ")
            if self.lines and gap and not follows_item:
                self.lines.append("")
            mark = prefix or "> " * min(self._quotes, 3)
            if bold and not prefix and len(line) <= _LONGEST_BOLD and "*" not in line:
                line = f"**{line}**"
            self.lines.append(mark + line)
            gap, prefix = False, "  " if prefix and prefix != "## " else ""

    def table(self, rows: list[list[str]]) -> None:
        self.lines.append("")
        width = max(len(row) for row in rows)
        for i, row in enumerate(rows):
            self.lines.append("| " + " | ".join((*row, *[""] * (width - len(row)))) + " |")
            if i == 0:
                self.lines.append("|" + "---|" * width)
        self.lines.append("")

    def _item(self) -> str:
        if not self._lists or self._lists[-1] is None:
            return "- "
        number = self._lists[-1]
        self._lists[-1] = number + 1
        return f"{number}. "


def _split(pieces: list[tuple[str, bool]]) -> list[tuple[str, bool]]:
    """Lines of a block, and whether all of a line's text is bold."""
    lines: list[tuple[str, bool]] = []
    texts: list[str] = []
    bold = plain = False
    for text, is_bold in (*pieces, ("\n", False)):
        if text == "\n":
            lines.append((" ".join("".join(texts).split(" ")).strip(), bold and not plain))
            texts, bold, plain = [], False, False
            continue
        texts.append(text)
        if text.strip():
            bold, plain = bold or is_bold, plain or not is_bold
    return [(re.sub(r" {2,}", " ", line), is_bold) for line, is_bold in lines]


def _name(element: _Element) -> str:
    tag = element.tag
    return tag.rsplit("}", 1)[-1].lower() if isinstance(tag, str) else ""


def _is_hidden(element: _Element) -> bool:
    style = element.get("style")
    return element.get("hidden") is not None or bool(style and _HIDDEN.search(style))


def _rows(table: _Element) -> list[list[str]]:
    """Cells of a table of data; none for one that only lays out a page."""
    rows: list[list[str]] = []
    for row in table.iter("tr", "row"):
        cells = [cell for cell in row if _name(cell) in ("td", "th", "cell")]
        if any(
            next(cell.iter("table", "p", "div", "ul"), None) is not None and len(_text(cell)) > 60
            for cell in cells
        ):
            return []
        texts = [_text(cell).replace("|", "/") for cell in cells]
        if any(len(text) > _LONGEST_CELL for text in texts):
            return []
        if any(texts):
            rows.append(texts)
    wide = sum(len(row) > 1 for row in rows)
    return rows if len(rows) > 1 and wide > 1 and wide * 2 >= len(rows) else []


def _text(element: _Element) -> str:
    return " ".join(" ".join(str(text) for text in element.itertext()).split())
