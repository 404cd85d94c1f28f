"""Elements of HTML inside of Markdown: known names only, so that <한빛뉴스> and a < b are text."""

from __future__ import annotations

import re
from collections.abc import Iterator

#: Elements whose content is no text of the article.
DROPPED = (
    "script", "style", "svg", "pre", "textarea", "iframe", "noscript", "template", "math", "object", "video",
    "audio", "canvas", "head", "form", "button", "select", "nav",
)  # fmt: skip
_DELETED = ("del", "s", "strike")
_BLOCKS = (
    "p", "div", "section", "article", "aside", "header", "footer", "main", "figure", "figcaption", "center",
    "details", "summary", "ul", "ol", "li", "dl", "dt", "dd", "h1", "h2", "h3", "h4", "h5", "h6",
    "blockquote", "table", "thead", "tbody", "tfoot", "caption", "tr", "td", "th", "hr", "body", "html",
)  # fmt: skip
_INLINE = (
    "a", "abbr", "b", "bdi", "big", "cite", "code", "del", "dfn", "em", "font", "i", "ins", "kbd", "label",
    "mark", "q", "rp", "rt", "ruby", "s", "samp", "small", "span", "strike", "strong", "sub", "sup", "time",
    "tt", "u", "var",
)  # fmt: skip
_VOID = ("br", "img", "wbr", "input", "source", "embed", "link", "meta", "col", "base", "area", "param")
_NAMES = "|".join(sorted({*DROPPED, *_BLOCKS, *_INLINE, *_VOID}, key=lambda name: (-len(name), name)))
_ATTRIBUTES = r"(?:\s[^<>\n]{0,2000})?"
#: Lower or upper case: <Time> in a text is a magazine.
TAG = re.compile(rf"<(?P<end>/?)(?P<name>{_NAMES}|{_NAMES.upper()})(?P<more>{_ATTRIBUTES})/?>")
_BLOCK = frozenset(_BLOCKS)
_SPACE = _BLOCK | {"br"}
_ALONE = frozenset({*_VOID, *_BLOCKS})
_BOX = frozenset({"div", "aside", "section"})
NOTE = re.compile(
    r"\s*<(?P<name>div|aside|section)\s[^<>\n]{0,200}\b(?:note|tip|info|warning|caution|notice|callout|alert|admonition"
    r"|box|hint|important|danger|aside)[^<>\n]{0,200}>\s*",
    re.IGNORECASE,
)
END_OF = {
    "-->": re.compile("-->"),
    **{
        name: re.compile(rf"</{name}\s{{0,9}}>", re.IGNORECASE)
        for name in (*DROPPED, *_DELETED, "table", *_BOX)
    },
}


def marks(line: str) -> Iterator[tuple[int, int, bool]]:
    """Spans of tags, comments and deleted text in a line, and whether a space stands for each."""
    at = 0
    missing: set[str] = set()

    def after(name: str, start: int) -> int | None:
        if name in missing:
            return None
        match = END_OF[name].search(line, start)
        if match is None:
            missing.add(name)
        return match.end() if match else None

    found = list(TAG.finditer(line))
    closing = {match["name"].lower(): match.start() for match in found if match["end"]}
    opening: set[str] = set()
    comments = [match.start() for match in re.finditer("<!--", line)]
    first, last = len(line) - len(line.lstrip()), len(line.rstrip())
    places = [(match.start(), match) for match in found] + [(comment, None) for comment in comments]
    for start, match in sorted(places, key=lambda place: place[0]):
        if start < at:
            continue
        if match is None:
            if (end := after("-->", start + 4)) is not None:
                yield start, end, False
                at = end
            continue
        name = match["name"].lower()
        gone = name in (*DROPPED, *_DELETED) and not match["end"]
        if gone and (end := after(name, match.end())) is not None:
            yield start, end, False
            at = end
            continue
        # A name that nothing closes is the text's own: 표의 <b> 태그.
        edge = match.end() == last or start == first
        paired = name in opening if match["end"] else closing.get(name, -1) > start
        if not match["end"]:
            opening.add(name)
        if paired or match["more"].strip() or name in _ALONE or edge:
            yield start, match.end(), name in _SPACE
            at = match.end()


def blocks(text: str, start: int, end: int) -> list[tuple[int, int, str]] | None:
    """The parts of a line between the tags of blocks, each with the element that it is in; None without such.

    An element that the line opens and closes about a part is a box: ``<div class="note">…</div>``.
    """
    found = [match for match in TAG.finditer(text, start, end) if match["name"].lower() in _BLOCK]
    if not found:
        return None
    parts: list[tuple[int, int, str]] = []
    last, inside = start, [""]
    for match in found:
        name = match["name"].lower()
        if text[last : match.start()].strip():
            own = inside[-1]
            if own in _BOX and not (match["end"] and name == own):
                own = ""
            parts.append((last, match.start(), own))
        last = match.end()
        if not match["end"]:
            inside.append(name)
        elif name in inside[-8:]:
            while inside.pop() != name:
                pass
    if text[last:end].strip():
        parts.append((last, end, inside[-1] if inside[-1] not in _BOX else ""))
    return parts
