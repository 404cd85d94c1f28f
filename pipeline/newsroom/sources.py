"""What is asked for news: how it was last, and what it says now. Asks; keeps nothing."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from hashlib import sha256
from typing import Any
from urllib.parse import urljoin

from ..readers import articles_of
from ..readers.article import File
from ..readers.feed import article_of_entry, entries, full_text, repeated
from ..readers.seen import page
from ..readers.web import Web, is_url
from ..records import Article, Failure, Unreadable

#: Details of failures that pass: what is behind the address is asked for again the next time.
_PASSING = re.compile(r"HTTP (?:408|425|429|5\d\d)|(?!HTTP )\w")
_GONE = frozenset({"HTTP 404", "HTTP 410"})
_NO_SERVER = re.compile(r"Connect(?:Error|Timeout)|\w*Protocol(?:Error)?|ReadError|WriteError|ProxyError")
_SLOW = re.compile(r"(?:Read|Write|Pool)Timeout")
_CERTIFICATE = re.compile(r"CERTIFICATE|certificate|SSL")
#: Namespace of entries that a feed says are deleted (RFC 6721).
_TOMBSTONE = re.compile(rb"<(?:\w+:)?deleted-entry\b[^>]{0,1000}?\bref\s*=\s*[\"']([^\"'<>]{1,1000})[\"']")


@dataclass(frozen=True, slots=True)
class Asked:
    """A source as it was asked the last time; marks are empty where it gave none."""

    name: str
    etag: str = ""
    modified: str = ""


@dataclass(frozen=True, slots=True)
class Entry:
    """An entry of a feed.

    Attributes
    ----------
    name
        The same whenever the feed gives it.
    mark
        Another one when the feed says something else of it.
    """

    feed: File
    number: int
    entry: dict[str, Any]
    name: str
    mark: str

    @property
    def link(self) -> str:
        """Address of its page; empty where it has none that can be asked for."""
        found = urljoin(self.feed.path, str(self.entry.get("link") or ""))
        return found if is_url(found) else ""

    @property
    def whole(self) -> bool:
        """The feed has all of its text."""
        return bool(full_text(self.entry)) or not self.link


@dataclass(frozen=True, slots=True)
class Answer:
    """What a source says now.

    Attributes
    ----------
    unchanged
        What it said the last time.
    entries
        Of a feed.
    deleted
        Names of entries that the feed says are deleted.
    file
        The page behind an address.
    """

    asked: Asked
    unchanged: bool = False
    entries: tuple[Entry, ...] = ()
    deleted: tuple[str, ...] = ()
    file: File | None = None


@dataclass(frozen=True, slots=True)
class Page:
    """What an entry of a feed says, from its page where that can be had.

    Attributes
    ----------
    missing, why
        Why its page could not be had: as it is told, and as it was found.
    passing
        It may be had the next time.
    """

    found: tuple[Article | Failure, ...]
    missing: Failure | None = None
    passing: bool = False
    why: Unreadable | None = None


@dataclass(frozen=True, slots=True)
class Late:
    """An entry whose page could not be had in passing.

    Attributes
    ----------
    feed
        Its address.
    tries
        How often the page was asked for.
    """

    name: str
    link: str
    feed: str
    title: str
    tries: int = 0


def ask(web: Web, asked: Asked, *, feed: bool) -> Answer:
    """Ask a feed, or a page, what is new.

    Raises
    ------
    Unreadable
        Why it can't be had: ``gone``, ``no-server``, ``server``, ``forbidden``, ``not-a-feed``, …
    """
    try:
        answer = web.fetch_new(asked.name, asked.etag, asked.modified)
    except Unreadable as error:
        raise true_reason(error) from error
    if answer is None:
        return Answer(asked, unchanged=True)
    file, etag, modified = answer
    now = Asked(asked.name, etag, modified)
    if file.suffix != ".xml":
        if feed:
            raise Unreadable("not-a-feed", file.suffix.removeprefix(".").upper() or "?")
        return Answer(now, file=file)
    found = _entries(file)
    again = repeated(found)
    return Answer(
        now,
        entries=tuple(
            _entry(file, number, entry) for number, entry in enumerate(found, 1) if number not in again
        ),
        deleted=tuple(
            f"entry {file.path} {ref.decode('utf-8', 'replace')}" for ref in _TOMBSTONE.findall(file.data)
        ),
    )


def _entries(file: File) -> list[dict[str, Any]]:
    try:
        return entries(file)
    except Unreadable as error:
        if error.reason != "no-entries":
            raise
        return []  # a feed in which nothing stands just now


def _entry(file: File, number: int, entry: dict[str, Any]) -> Entry:
    link = str(entry.get("link") or "")
    name = str(entry.get("id") or "") or page(urljoin(file.path, link)) or str(entry.get("title") or "")
    said = (entry.get("title"), link, full_text(entry) or entry.get("summary"), entry.get("updated"))
    mark = sha256("\x1f".join(map(str, said)).encode("utf-8", "replace")).hexdigest()
    return Entry(file, number, entry, f"entry {file.path} {name}", mark)


def read_entry(web: Web, one: Entry) -> Page:
    """What an entry says: its page, or itself where it has the whole text or its page can't be had."""
    place, name = f"{one.feed.path}:{one.number}", f"{one.feed.stem}-{one.number}"
    try:
        if one.whole:
            return Page((article_of_entry(one.feed, one.entry, place, name),))
    except Unreadable as error:
        return Page((), error.failure(place))
    page = read_late(web, late_of(one))
    if page.missing is None:
        return page
    said = web.teaser(one.feed, one.entry, one.number, one.link, page.why or Unreadable(page.missing.reason))
    return replace(page, found=(said,) if isinstance(said, Article) else ())


def late_of(one: Entry) -> Late:
    """An entry as it waits for its page."""
    return Late(one.name, one.link, one.feed.path, str(one.entry.get("title") or ""))


def read_late(web: Web, one: Late) -> Page:
    """What the page of an entry says; nothing where it can't be had."""
    try:
        file = web.fetch(one.link)
    except Unreadable as error:
        return Page((), true_reason(error).failure(one.link), is_passing(error), error)
    found = tuple(articles_of(replace(file, metadata={**file.metadata, "title": one.title})))
    bad = next((item for item in found if isinstance(item, Failure)), None)
    if bad is not None and not any(isinstance(item, Article) for item in found):
        return Page((), bad, why=Unreadable(bad.reason, bad.detail))
    return Page(found)


def is_passing(error: Unreadable) -> bool:
    """Whether what failed may work the next time."""
    return error.reason == "too-slow" or (error.reason == "web" and bool(_PASSING.match(error.detail)))


def true_reason(error: Unreadable) -> Unreadable:
    """What keeps us from a source, as its editor would say it."""
    if error.reason != "web":
        return error
    detail = error.detail
    if detail in _GONE:
        return Unreadable("gone", detail)
    if detail in ("HTTP 401", "HTTP 402", "HTTP 403", "HTTP 451"):
        return Unreadable("forbidden", detail)
    if detail.startswith("HTTP 5"):
        return Unreadable("server", detail)
    if _CERTIFICATE.search(detail):
        return Unreadable("certificate", detail)
    if _SLOW.match(detail):
        return Unreadable("no-answer", detail)
    if _NO_SERVER.match(detail):
        return Unreadable("no-server", detail)
    return error
