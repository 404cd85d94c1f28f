"""RSS and Atom: an article for each entry, its full content where the feed has it, else its summary."""

from __future__ import annotations

import io
import re
from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

from ..records import Article, Failure, Limits, Note, Unreadable
from .article import File, hash_of, is_empty, make_article, noted
from .encodings import decode, undone
from .escapes import body_of
from .html import declared_charset
from .markup import check_depth, markdown, parse_html
from .seen import page

if TYPE_CHECKING:
    from lxml.etree import _Element

_SUBSET = re.compile(r"[\[>]")
_SUBSET_END = re.compile(r"\]\s*+>")
# Sections whose marks were escaped with their content: they hold nothing for a parser.
_ESCAPED_CDATA = re.compile(r"(?<=>)\s{0,100}&lt;!\[CDATA\[|\]\]&gt;\s{0,100}(?=</)")
_NAME = re.compile(r"<([A-Za-z][\w.:-]{0,60})")
#: Longest name of an outlet beside a headline.
_LONGEST_OUTLET = 30


def read_feed(file: File) -> Iterator[Article | Failure]:
    """Articles of a feed; an entry with neither text nor summary is a failure and the next is read."""
    found = entries(file)
    again = repeated(found)
    for number, entry in enumerate(found, 1):
        place = f"{file.path}:{number}"
        if number in again:
            yield Failure(place, "read", "duplicate", f"{file.path}:{again[number]}")
            continue
        try:
            yield article_of_entry(file, entry, place, f"{file.stem}-{number}")
        except Unreadable as error:
            yield error.failure(place)


def entries(file: File) -> list[dict[str, Any]]:
    """Entries as feedparser gives them, with the feed's title and rights (``feed_title``, ``feed_rights``).

    Raises
    ------
    Unreadable
        ``no-entries`` where there are none, ``not-a-feed`` for other XML.
    """
    import feedparser

    found = decode(file.data, declared_charset(file.data) or file.declared)
    if is_empty(found.text):
        raise Unreadable("empty")
    text = _ESCAPED_CDATA.sub("", found.text[_root(found.text) :])
    _check(text, file.limits)
    # A stream, so that nothing takes the text for an address; decoded already, so that nothing guesses.
    parsed = feedparser.parse(
        io.BytesIO(text.encode("utf-8", "replace")),
        response_headers={"content-type": "application/xml; charset=utf-8"},
        sanitize_html=False,
        resolve_relative_uris=False,
    )
    if not parsed.entries:
        name = root[1] if (root := _NAME.match(text)) else "?"
        if name.rpartition(":")[2].casefold() not in ("rss", "feed", "rdf", "channel"):
            raise Unreadable("not-a-feed", f"<{name}>")
        raise Unreadable("no-entries")
    shared = {
        "feed_title": parsed.feed.get("title") or "",
        "feed_rights": parsed.feed.get("rights") or "",
        "feed_encoding": found.encoding,
        "feed_notes": found.notes,
    }
    return [{**entry, **shared} for entry in parsed.entries[: file.limits.archive_members]]


def _check(text: str, limits: Limits) -> None:
    """Raise `Unreadable` for a feed that nests too deep."""
    from lxml import etree

    parser = etree.XMLParser(recover=True, resolve_entities=False, no_network=True, encoding="utf-8")
    root = etree.fromstring(text.encode("utf-8", "replace"), parser)
    if root is not None:
        check_depth(root, limits)


def repeated(found: list[dict[str, Any]]) -> dict[int, int]:
    """Numbers of entries that a feed holds twice, and of the first of each: one guid, and one title or page.

    A later one with more text is no copy.
    """
    first: dict[tuple[str, str], tuple[int, int]] = {}
    again: dict[int, int] = {}
    for number, entry in enumerate(found, 1):
        guid, link = str(entry.get("id") or ""), page(str(entry.get("link") or ""))
        marks = [(guid, str(entry.get("title") or "")), *([(guid, link)] if link else [])] if guid else []
        length = max(len(full_text(entry)), len(str(entry.get("summary") or "")))
        if known := [first[mark][0] for mark in marks if mark in first and first[mark][1] >= length]:
            again[number] = min(known)
        for mark in marks:
            first.setdefault(mark, (number, length))
    return again


def _root(text: str) -> int:
    """Where the first element begins: what stands before it is left out.

    Entities that a document defines for itself are how XML bombs are made; feeds need none.
    """
    at = 0
    while True:
        while text[at : at + 1].isspace():
            at += 1
        if text.startswith("<?", at):
            end = text.find("?>", at) + 2
        elif text.startswith("<!--", at):
            end = text.find("-->", at) + 3
        elif text[at : at + 9].upper() == "<!DOCTYPE":
            mark = _SUBSET.search(text, at)
            if mark and mark[0] == "[":
                mark = _SUBSET_END.search(text, at)
            end = mark.end() if mark else 0
        else:
            return at
        if end <= at + 2:  # it never ends
            raise Unreadable("no-entries")
        at = end


def full_text(entry: dict[str, Any]) -> str:
    """The longest content of an entry; empty where it has a summary at most."""
    contents = [part.get("value") or "" for part in entry.get("content", []) if isinstance(part, dict)]
    return max(contents, key=len, default="")


def article_of_entry(file: File, entry: dict[str, Any], place: str, name: str) -> Article:
    """Make an article out of an entry.

    Raises
    ------
    Unreadable
        ``empty`` where it has neither content nor summary.
    """
    full = full_text(entry)
    summary = str(entry.get("summary") or "")
    # Many feeds put the whole article into the description, and some a teaser into the content.
    text = full if len(full) >= len(summary) else summary
    body, how = undone(text)
    body, is_html = body_of(body)
    more = [Note("mojibake", how)] if how else []
    if is_html:
        tree = parse_html(body, file.limits)
        headlines = _headlines(tree)
        body = headlines or markdown(tree)
        more += [Note("headlines-only")] if headlines else []
    source = entry.get("source")
    article = make_article(
        file,
        body,
        format="feed",
        title=str(entry.get("title") or ""),
        metadata={
            "url": str(entry.get("link") or ""),
            "publisher": str((source or {}).get("title") or entry["feed_title"]),
            "author": _person(str(entry.get("author") or "")),
            "published": str(entry.get("published") or entry.get("updated") or ""),
            "rights": str(entry.get("rights") or entry["feed_rights"]),
        },
        place=place,
        name=name,
        digest=hash_of(
            "\x1f".join((str(entry.get("title")), str(entry.get("link")), text)).encode("utf-8", "replace")
        ),
        encoding=entry["feed_encoding"],
        notes=entry["feed_notes"],
    )
    if not full and len(body) < 400:
        more.append(Note("summary-only"))
    return noted(article, *more)


def _person(text: str) -> str:
    """The name in ``mail@example.kr (이름)``."""
    mail, _, name = text.strip().partition("(")
    return name[:-1] if "@" in mail and name.endswith(")") else text


def _headlines(tree: _Element) -> str:
    """Items of a description that is nothing but links, as search feeds have it; empty for others.

    Each is a headline with the outlet that it is from: none of it is the entry's own text.
    """
    items = list(tree.iter("li")) or [tree]
    if _letters(tree) - sum(map(_letters, items)) > _LONGEST_OUTLET:
        return ""
    lines = []
    for item in items:
        links = [text for link in item.iter("a") if (text := _text(link))]
        outlet = _text(item).replace(links[0], "", 1).strip(" -|·") if len(links) == 1 else ""
        if len(links) != 1 or len(outlet) > _LONGEST_OUTLET or outlet[-1:] == "." or links[0][-1:] == ".":
            return ""
        lines.append(f"- {links[0]} ({outlet})" if outlet else f"- {links[0]}")
    return "\n".join(lines)


def _text(element: _Element) -> str:
    return " ".join(" ".join(str(text) for text in element.itertext()).split())


def _letters(element: _Element) -> int:
    return len(_text(element).replace(" ", ""))
