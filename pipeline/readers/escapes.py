"""Entities and markup in the fields of records and feeds, however often they were escaped on the way.

What only looks like markup stays: <꿈의 화면> in a title, and ``<article>`` in a text about HTML.
"""

from __future__ import annotations

import html
import re
from collections.abc import Iterator

_ENTITY = re.compile(r"&(?:#\d{1,7}|#[xX][0-9a-fA-F]{1,6}|[A-Za-z][A-Za-z0-9]{1,31});")
_INLINE = "a|abbr|b|big|cite|code|em|font|i|mark|s|small|span|strong|sub|sup|u"
_BLOCK = (
    "article|aside|blockquote|center|dd|div|dl|dt|figure|footer|h[1-6]|header|iframe|li|main|ol|p|pre"
    "|script|section|style|table|td|th|tr|ul"
)
_TAG = re.compile(rf"<(/?)({_INLINE}|{_BLOCK})((?:[\s/][^<>]{{0,2000}})?)>", re.IGNORECASE)
_VOID = re.compile(r"<(br|wbr|hr|img)(?:[\s/][^<>]{0,2000})?>", re.IGNORECASE)
_INLINE_NAMES = frozenset(_INLINE.split("|"))
_ROUNDS = 3
_CDATA = "<![CDATA["


def decoded(text: str) -> str:
    """Entities as their characters; an & that starts none stays."""
    return _ENTITY.sub(lambda match: html.unescape(match[0]), text) if "&" in text else text


def plain(text: str) -> str:
    """A title, a name or the like: markup out, entities decoded."""
    text = _without_void(text)
    for _ in range(_ROUNDS):
        before = text = unwrapped(text)
        text = decoded(without_inline(text))
        if text == before:
            break
    return text


def body_of(text: str) -> tuple[str, bool]:
    """A body, and whether it is HTML; one that is not has its entities decoded and inline markup taken out.

    HTML that was escaped once more than its feed or record asks for is HTML.
    """
    text = unwrapped(text)
    if _opens_blocks(text):
        return text, True
    for _ in range(_ROUNDS):
        if is_markup(text):
            return text, True
        again = unwrapped(decoded(without_inline(_without_void(text))))
        if again == text:
            break
        text = again
    return text, False


def _opens_blocks(text: str) -> bool:
    """Whether blocks are opened where blocks start, closed or not: <p>하나.<p>둘."""
    if "<" not in text:
        return False
    first = len(text) - len(text.lstrip())
    opened = (m for m in _TAG.finditer(text) if not m[1] and m[2].lower() not in _INLINE_NAMES)
    return sum(m.start() == first or _ends(text, m.start()) for m in opened) > 1


def unwrapped(text: str) -> str:
    """The text of an escaped CDATA section."""
    if _CDATA not in text or not text.lstrip().startswith(_CDATA):
        return text
    return text.replace(_CDATA, "").replace("]]>", "")


def is_markup(text: str) -> bool:
    """Whether a text has blocks of HTML: elements that are closed, or lines that are broken."""
    if "<" not in text:
        return False
    for opening, closing in _pairs(text):
        # "… <p>로 열고 </p>로 닫는다" is a text about HTML: no particle comes after an element.
        end = closing.end()
        if opening[2].lower() not in _INLINE_NAMES and text[end : end + 1].strip() in ("", "<"):
            return True
    return any(match[1].lower() == "br" and _ends(text, match.start()) for match in _VOID.finditer(text))


def _without_void(text: str) -> str:
    return _VOID.sub(_line, text) if "<" in text else text


def _line(match: re.Match[str]) -> str:
    return "\n" if match[1].lower() in ("br", "hr") else " "


def _ends(text: str, at: int) -> bool:
    return text[max(0, at - 2) : at].strip()[-1:] in tuple(".!?…”\"'’>")


def without_inline(text: str) -> str:
    """A text without its ``<b>…</b>`` and the like, what is between them kept."""
    if "</" not in text:
        return text
    cut = [
        match.span()
        for opening, closing in _pairs(text)
        if opening[2].lower() in _INLINE_NAMES and _hugs(text, opening.end(), closing.start())
        for match in (opening, closing)
    ]
    parts, last = [], 0
    for start, end in sorted(cut):
        parts.append(text[last:start])
        last = end
    return "".join([*parts, text[last:]])


def _hugs(text: str, start: int, end: int) -> bool:
    """Whether markup stands close around its text; talk about markup has blanks: <b>로 열고 </b>로."""
    return not (text[start : start + 1].isspace() or text[max(start, end - 1) : end].isspace())


def _pairs(text: str) -> Iterator[tuple[re.Match[str], re.Match[str]]]:
    """Opening tags with the closing ones that belong to them."""
    opened: dict[str, list[re.Match[str]]] = {}
    for match in _TAG.finditer(text):
        name = match[2].lower()
        if not match[1]:
            if not match[3].endswith("/"):
                opened.setdefault(name, []).append(match)
        elif opened.get(name):
            yield opened[name].pop(), match
