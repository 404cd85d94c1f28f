"""Elements of HTML as Markdown lines: one pass, no recursion."""

from __future__ import annotations

import re
from collections.abc import Collection
from functools import partial
from itertools import islice
from typing import TYPE_CHECKING

from ..records import Limits, Unreadable
from .grids import bars, data_rows, label_of

if TYPE_CHECKING:
    from lxml.etree import _Element

_HTML = re.compile(
    r"<(?:p|br|div|span|article|section|h[1-6]|ul|ol|li|table|blockquote|strong|b|em|img|a)\b[^<>]{0,2000}/?>",
    re.IGNORECASE,
)
_DROPPED = frozenset({
    "title", "script", "style", "noscript", "template", "svg", "iframe", "object", "button",
    "select", "textarea", "nav", "figcaption", "caption", "audio", "video", "map", "canvas",
    "graphic", "del", "s", "strike", "amp-ad",
    "amp-sidebar", "amp-embed", "amp-social-share", "amp-iframe",
})  # fmt: skip
_BLOCKS = frozenset({
    "p", "div", "section", "article", "main", "header", "footer", "aside", "figure", "center", "dl",
    "dt", "dd", "address", "pre", "body", "html", "table", "tbody", "thead", "tr", "td", "th",
    "details", "summary", "ul", "ol", "list", "blockquote", "quote", "hr", "fieldset", "row",
    "cell", "form",
})  # fmt: skip
_HEADS = frozenset(["h1", "h2", "h3", "h4", "h5", "h6", "head"])
_ITEMS = frozenset({"li", "item"})
_BOLD = frozenset({"b", "strong", "hi"})
_HIDDEN = re.compile(
    r"display\s*:\s*none|visibility\s*:\s*hidden|mso-hide\s*:\s*all|mso-list\s*:\s*ignore", re.IGNORECASE
)
_SHOWN_AS_BLOCK = re.compile(r"display\s*:\s*(?:block|flex|grid|list-item|table)", re.IGNORECASE)
_LINES_KEPT = re.compile(r"white-space\s*:\s*(?:pre|break-spaces)", re.IGNORECASE)
# Summaries and decks that style sheets set on lines of their own.
_DECK = re.compile(r"summary|sub[-_]?(?:tit|head)|deck|(?:^|[-_ ])lead(?:$|[-_ ])", re.IGNORECASE)
_BLANKS = " \n\u00a0\u200b\u200c\u200d\u2060\ufeff\u3000"
_LONGEST_FORM = 200
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


def markdown(root: _Element, without: Collection[_Element] = frozenset()) -> str:
    """Blocks as lines: headings with ``##``, items with ``-`` or numbers, quotes with ``>``, tables in bars.

    A paragraph or line that is bold from end to end is kept so (``**…**``): in articles that is a heading.

    Parameters
    ----------
    without
        Elements that are passed over, with all that they hold.
    """
    from lxml import etree

    page = _Page(root)
    passed: set[_Element] = set()
    walker = etree.iterwalk(root, events=("start", "end"))
    for event, element in walker:
        name = _name(element)
        if event == "start":
            if element in without or element in passed or (element is not root and _is_unseen(name, element)):
                if name in _BLOCKS or name in _HEADS or name in _ITEMS or name == "figcaption":
                    page.block()
            elif (
                name in ("th", "td", "dt")
                and element is not root
                and (value := label_of(element)) is not None
            ):
                passed.add(value)
            elif name == "table" and (rows := data_rows(element, partial(markdown, without=without))):
                page.block()
                page.table(rows)
            else:
                page.start(name, element)
                page.add(element.text)
                continue
            walker.skip_subtree()
            page.hidden += 1
            continue
        if page.hidden:  # the end of what was skipped comes right after its start
            page.hidden -= 1
        else:
            page.end(name, element)
        if element is not root:
            page.add(element.tail)
    page.block()
    return "\n".join(page.lines).strip("\n")


def said(element: _Element) -> str:
    """The text of an element on one line."""
    lines = (re.sub(r"^(?:## |- |> )", "", line).strip("*") for line in markdown(element).split("\n"))
    return " ".join(" ".join(lines).split())


class _Page:
    """Lines so far, and the block that is being read: pieces of text, each bold or not."""

    def __init__(self, root: _Element) -> None:
        self.lines: list[str] = []
        self._cell = _name(root) in ("td", "th", "cell")
        self.hidden = 0
        self._pieces: list[tuple[str, bool]] = []
        self._bold = 0
        self._quotes = 0
        self._lists: list[int | None] = []
        self._prefix = ""
        self._kept: list[_Element] = []

    def start(self, name: str, element: _Element) -> None:
        style = element.get("style") or ""
        if name in _BOLD:
            self._bold += 1
        if name in ("br", "lb"):
            self._pieces.append(("\n", False))
        elif name == "rt" and _name(element.getprevious()) != "rp":
            self._pieces.append(("(", False))
        elif name in _HEADS:
            self.block()
            self._prefix = "## "
        elif name in _ITEMS or (name == "p" and "mso-list:" in style.replace(" ", "")):
            self.block()
            self._prefix = self._item()
        elif _is_block(name, element):
            self.block()
            if name in ("ul", "ol", "list"):
                self._lists.append(1 if self._counts(name, element) else None)
            elif name in ("blockquote", "quote"):
                self._quotes += 1
        if name == "pre" or _LINES_KEPT.search(style):
            self._kept.append(element)

    def end(self, name: str, element: _Element) -> None:
        if self._kept and self._kept[-1] is element:
            self._kept.pop()
        if name == "rt" and _name(element.getprevious()) != "rp":
            self._pieces.append((")", False))
        elif name in _HEADS or name in _ITEMS or _is_block(name, element):
            self.block()
            if name in _ITEMS or name in _HEADS:
                self._prefix = ""  # of one without text
            if name in ("ul", "ol", "list") and self._lists:
                self._lists.pop()
            elif name in ("blockquote", "quote"):
                self._quotes = max(0, self._quotes - 1)
        if name in _BOLD:
            self._bold = max(0, self._bold - 1)

    def add(self, text: str | None) -> None:
        if not text:
            return
        for i, line in enumerate(re.split(r"\r?\n", text) if self._kept else (text,)):
            if i:
                self._pieces.append(("\n", False))
            self._pieces.append((re.sub(r"[ \t\r\n\f]+", " ", line), self._bold > 0))

    def block(self) -> None:
        """End the block: its lines go out, a blank line between it and what comes before."""
        pieces, self._pieces = self._pieces, []
        if not any(text.strip(_BLANKS) for text, _ in pieces):
            return  # <li><p>: the mark of the item waits for its text
        prefix, self._prefix = self._prefix, ""
        gap = True
        for line, bold in _split(pieces):
            if not line.strip(_BLANKS):
                gap = True
                continue
            follows_item = bool(self.lines) and prefix[:1] == "-" and self.lines[-1].startswith("- ")
            if self.lines and self.lines[-1] and gap and not follows_item:
                self.lines.append("")
            mark = prefix or "> " * min(self._quotes, 3)
            if bold and not prefix and len(line) <= _LONGEST_BOLD and "*" not in line:
                line = f"**{line}**"
            self.lines.append(mark + line)
            gap, prefix = False, "  " if prefix and prefix != "## " else ""

    def table(self, rows: list[list[str]]) -> None:
        self.lines.extend(bars(rows))

    def _counts(self, name: str, element: _Element) -> bool:
        """Whether a list has numbers that are text: not with one item only, nor in a cell of a table."""
        ordered = name == "ol" or element.get("rend") == "ol"
        return ordered and not self._cell and sum(_name(child) in _ITEMS for child in element) > 1

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


def _name(element: _Element | None) -> str:
    tag = element.tag if element is not None else None
    return tag.rsplit("}", 1)[-1].lower() if isinstance(tag, str) else ""


def _is_block(name: str, element: _Element) -> bool:
    if name in _BLOCKS:
        return True
    if name in ("span", "a", "label", "strong", "b", "em"):
        shown = element.get("style")
        return bool((shown and _SHOWN_AS_BLOCK.search(shown)) or _DECK.search(element.get("class") or ""))
    return False


def _is_unseen(name: str, element: _Element) -> bool:
    """Whether nobody sees an element, or nobody reads it as text."""
    style = element.get("style")
    if element.get("hidden") is not None or (style and _HIDDEN.search(style)):
        return True
    if name == "form":  # of some sites the whole page is a form
        return sum(len(str(text)) for text in islice(element.itertext(), 200)) < _LONGEST_FORM
    if name == "pre":
        return next(element.iterchildren("code"), None) is not None
    return name in _DROPPED
