"""RSS and Atom: an article for each entry, its full content where the feed has it, else its summary."""

from __future__ import annotations

import html
import io
import re
from collections.abc import Iterator
from typing import Any

from ..records import Article, Failure, Limits
from .article import Clock, File, Unreadable, hash_of, is_empty, make_article, noted
from .encodings import decode, undone
from .html import declared_charset
from .markup import check_depth, looks_like_html, markdown_of_fragment

_SUBSET = re.compile(r"[\[>]")
_SUBSET_END = re.compile(r"\]\s*+>")


def read_feed(file: File) -> Iterator[Article | Failure]:
    """Articles of a feed; an entry with neither text nor summary is a failure and the next is read."""
    for number, entry in enumerate(entries(file), 1):
        place = f"{file.path}:{number}"
        try:
            yield article_of_entry(file, entry, place, f"{file.stem}-{number}")
        except Unreadable as error:
            yield error.failure(place)


def entries(file: File) -> list[dict[str, Any]]:
    """Entries as feedparser gives them, with the feed's title and rights (``feed_title``, ``feed_rights``).

    Raises
    ------
    Unreadable
        ``no-entries`` where there are none, or the file is no feed.
    """
    import feedparser

    found = decode(file.data, declared_charset(file.data) or file.declared)
    if is_empty(found.text):
        raise Unreadable("empty")
    clock = Clock(file.limits)
    text = found.text[_root(found.text) :]
    _check(text, file.limits)
    # A stream, so that nothing takes the text for an address; decoded already, so that nothing guesses.
    parsed = feedparser.parse(
        io.BytesIO(text.encode("utf-8", "replace")),
        response_headers={"content-type": "application/xml; charset=utf-8"},
        sanitize_html=False,
        resolve_relative_uris=False,
    )
    clock.check()
    if not parsed.entries:
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
    if looks_like_html(body) or re.search(r"&(?:#\d+|[a-z]+);", body):
        body = markdown_of_fragment(body if "<" in body else f"<p>{body}</p>", file.limits)
    source = entry.get("source")
    author = str(entry.get("author") or "")
    article = make_article(
        file,
        body,
        format="feed",
        title=_plain(str(entry.get("title") or "")),
        metadata={
            "url": str(entry.get("link") or ""),
            "publisher": _plain(str((source or {}).get("title") or entry["feed_title"])),
            "author": _plain(re.sub(r"^[^\s@]++@[^\s(]++\s*+\((.*)\)$", r"\1", author)),
            "published": str(entry.get("published") or entry.get("updated") or ""),
            "rights": _plain(str(entry.get("rights") or entry["feed_rights"])),
        },
        place=place,
        name=name,
        digest=hash_of(
            "\x1f".join((str(entry.get("title")), str(entry.get("link")), text)).encode("utf-8", "replace")
        ),
        encoding=entry["feed_encoding"],
        notes=entry["feed_notes"],
    )
    more = [f"mojibake: {how}"] if how else []
    if not full and len(body) < 400:
        more.append("summary-only")
    return noted(article, *more)


def _plain(text: str) -> str:
    return html.unescape(re.sub(r"<[^<>]{0,500}>", "", text))
