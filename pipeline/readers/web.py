"""Pages and feeds from the web: time-outs, a size cap, robots.txt, retries, a cache."""

from __future__ import annotations

import json
import re
import time
from collections.abc import Collection, Iterator
from dataclasses import replace
from hashlib import sha256
from pathlib import Path
from typing import TYPE_CHECKING, Any
from urllib.parse import urljoin, urlsplit
from urllib.robotparser import RobotFileParser

from ..records import Article, Failure, Note, Reading, Unreadable
from .article import Clock, File, noted
from .feed import article_of_entry, entries, full_text, repeated
from .near import Near
from .sniffing import FEED

if TYPE_CHECKING:
    import httpx

_ENDINGS = {
    "text/html": ".html", "application/xhtml+xml": ".html", "application/rss+xml": ".xml",
    "application/atom+xml": ".xml", "application/rdf+xml": ".xml", "application/xml": ".xml",
    "text/xml": ".xml",
    "application/json": ".json", "application/x-ndjson": ".jsonl", "application/jsonl": ".jsonl",
    "text/plain": ".txt", "text/markdown": ".md", "text/csv": ".csv", "application/pdf": ".pdf",
    "text/tab-separated-values": ".tsv", "application/zip": ".zip", "message/rfc822": ".eml",
    "multipart/related": ".mhtml", "application/hwp+zip": ".hwpx",
    "application/vnd.hancom.hwpx": ".hwpx", "application/vnd.hancom.hwp": ".hwp", "application/x-hwp": ".hwp",
    "application/haansofthwp": ".hwp",
    "application/vnd.openxmlformats-officedocument.wordprocessingml.document": ".docx",
}  # fmt: skip
_AGAIN = frozenset({408, 425, 429, 500, 502, 503, 504})
_REDIRECTS = frozenset({301, 302, 303, 307, 308})
_HOPS = 5
_LONGEST_WAIT = 10.0
#: Letters of a feed's summary below which it does not stand in for the page.
_LEAST_TEASER = 20


def is_url(name: str) -> bool:
    """Whether an input is an address."""
    return re.match(r"https?://", name, re.IGNORECASE) is not None


def _root(url: str) -> str:
    parts = urlsplit(url)
    return f"{parts.scheme}://{parts.netloc}"


class Web:
    """Fetches within the limits. One for all addresses of a run: connections and robots.txt are kept.

    Threads may share one, as long as no two of them ask the same server.

    Parameters
    ----------
    named
        Hosts that somebody named; others are asked only where they are public. None: all are asked.
    """

    def __init__(self, reading: Reading, named: Collection[str] | None = None) -> None:
        import httpx

        self._reading = reading
        self._near = None if named is None else Near(named)
        self._robots: dict[str, RobotFileParser | Unreadable] = {}
        seconds = min(reading.limits.seconds, 30.0)
        self._client = httpx.Client(
            headers={"User-Agent": reading.web.agent, "Accept-Language": "ko,en;q=0.5"},
            timeout=httpx.Timeout(seconds, connect=min(seconds, 10.0)),
            follow_redirects=False,
        )

    def close(self) -> None:
        """Let go of the connections."""
        self._client.close()

    def files(self, url: str) -> Iterator[File | Article | Failure]:
        """What is behind an address: a page, or the pages and texts of a feed."""
        try:
            file = self.fetch(url)
        except Unreadable as error:
            yield error.failure(url)
            return
        if file.suffix != ".xml":
            yield file
            return
        try:
            found = entries(file)
        except Unreadable as error:
            yield error.failure(url)
            return
        again = repeated(found)
        for number, entry in enumerate(found[: self._reading.web.pages], 1):
            if number in again:
                place = f"{file.path}:{number}"
                yield Failure(place, "read", "duplicate", f"{file.path}:{again[number]}")
            else:
                yield self.entry(file, entry, number)

    def entry(self, file: File, entry: dict[str, Any], number: int) -> File | Article | Failure:
        """The page of an entry; the entry itself where it holds the whole text, or the page can't be had."""
        place = f"{file.path}:{number}"
        link = urljoin(file.path, str(entry.get("link") or ""))
        try:
            if not full_text(entry) and is_url(link):
                try:
                    page = self.fetch(link)
                    return replace(page, metadata={**page.metadata, "title": str(entry.get("title") or "")})
                except Unreadable as error:
                    return self.teaser(file, entry, number, link, error)
            return article_of_entry(file, entry, place, f"{file.stem}-{number}")
        except Unreadable as error:
            return error.failure(place)

    def teaser(
        self, file: File, entry: dict[str, Any], number: int, link: str, missing: Unreadable
    ) -> Article | Failure:
        """The entry whose page can't be had, where the feed says enough of it; else what kept us from it."""
        try:
            article = article_of_entry(file, entry, f"{file.path}:{number}", f"{file.stem}-{number}")
        except Unreadable:
            return missing.failure(link)
        letters = sum(char.isalnum() for char in article.text)
        if letters < _LEAST_TEASER or Note("headlines-only") in article.notes:
            return missing.failure(link)
        return noted(article, Note("page", missing.detail or missing.reason))

    # ── one address ────────────────────────────────────────────────────────────────────────────────

    def fetch(self, url: str) -> File:
        """The file behind an address.

        Raises
        ------
        Unreadable
            ``robots``, ``web``, ``too-large``, ``too-slow``.
        """
        kept = self._kept(url)
        if kept is not None and time.time() - kept["time"] < self._reading.web.cache_seconds:
            return self._file(url, kept)
        headers = {}
        if kept is not None:
            headers = {"If-None-Match": kept["etag"], "If-Modified-Since": kept["modified"]}
        try:
            answer = self._answer(url, {key: value for key, value in headers.items() if value})
        except Unreadable:
            raise
        except Exception as error:  # httpx, ssl, idna and the resolver each have their own
            raise Unreadable("web", f"{type(error).__name__}: {error}") from error
        if answer is None and kept is not None:
            self._keep(url, {**kept, "time": time.time()}, None)
            return self._file(url, kept)
        if answer is None:
            raise Unreadable("web", "304")
        self._keep(url, answer, answer["data"])
        return self._file(url, answer)

    def fetch_new(self, url: str, etag: str, modified: str) -> tuple[File, str, str] | None:
        """The file behind an address, with its marks of today; None where it is as it was with these.

        Raises
        ------
        Unreadable
            As `fetch`.
        """
        headers = {"If-None-Match": etag, "If-Modified-Since": modified}
        try:
            answer = self._answer(url, {key: value for key, value in headers.items() if value})
        except Unreadable:
            raise
        except Exception as error:  # as in `fetch`
            raise Unreadable("web", f"{type(error).__name__}: {error}") from error
        return None if answer is None else (self._file(url, answer), answer["etag"], answer["modified"])

    def pause(self, url: str) -> float:
        """Seconds that robots.txt asks for between two requests; 0 where it asks for none, or is unread."""
        rules = self._robots.get(_root(url))
        asked = rules.crawl_delay(self._reading.web.agent) if isinstance(rules, RobotFileParser) else None
        return float(asked or 0)

    def _answer(self, url: str, headers: dict[str, str]) -> dict[str, Any] | None:
        """Follow redirects to an answer; None where the server says that what we keep still holds."""
        clock = Clock(self._reading.web.seconds)
        address = url
        for _ in range(_HOPS + 1):
            if not is_url(address):
                raise Unreadable("web", f"redirect to {address[:200]}")
            if self._near is not None and self._near.hides(address):
                raise Unreadable("private")
            if self._reading.web.robots and not self._allowed(address):
                raise Unreadable("robots")
            status, found, data = self._tried(address, headers, clock)
            if status == 304:
                return None
            if status in _REDIRECTS and found.get("location"):
                address = urljoin(address, found["location"])
                continue
            if status != 200:
                raise Unreadable("web", f"HTTP {status}")
            return {
                "url": address,
                "type": found.get("content-type", ""),
                "etag": found.get("etag", ""),
                "modified": found.get("last-modified", ""),
                "time": time.time(),
                "data": data,
            }
        raise Unreadable("web", f"> {_HOPS} redirects")

    def _tried(self, url: str, headers: dict[str, str], clock: Clock) -> tuple[int, httpx.Headers, bytes]:
        """One answer, asked for again after a passing fault."""
        import httpx

        for attempt in range(self._reading.web.retries + 1):
            last = attempt == self._reading.web.retries
            wait = 0.5 * 2**attempt
            try:
                with self._client.stream("GET", url, headers=headers) as response:
                    if response.status_code not in _AGAIN or last:
                        body = self._body(response, clock) if response.status_code == 200 else b""
                        return response.status_code, response.headers, body
                    asked = response.headers.get("retry-after", "")
                    wait = float(asked) if asked.isdecimal() else wait
            except (httpx.TransportError, httpx.DecodingError) as error:
                if last:
                    raise Unreadable("web", f"{type(error).__name__}: {error}") from error
            clock.check()
            time.sleep(min(wait, _LONGEST_WAIT))
            clock.check()
        raise AssertionError("the last attempt returns or raises")

    def _body(self, response: httpx.Response, clock: Clock) -> bytes:
        most = self._reading.limits.file_bytes
        parts: list[bytes] = []
        size = 0
        for chunk in response.iter_bytes():
            clock.check()
            size += len(chunk)
            if size > most:
                raise Unreadable("too-large", f"> {most:,}")
            parts.append(chunk)
        return b"".join(parts)

    def _allowed(self, url: str) -> bool:
        """Whether robots.txt lets us (RFC 9309): no such file allows all, a failing server nothing.

        Raises
        ------
        Unreadable
            Why the server fails: that is what keeps us out, not what it asks of robots.
        """
        root = _root(url)
        if root not in self._robots:
            self._robots[root] = self._rules(f"{root}/robots.txt")
        rules = self._robots[root]
        if isinstance(rules, Unreadable):
            raise rules
        return rules.can_fetch(self._reading.web.agent, url)

    def _rules(self, address: str) -> RobotFileParser | Unreadable:
        try:
            status, _, body = self._tried(address, {}, Clock(self._reading.web.seconds))
        except Unreadable as error:
            return error
        if status >= 500:
            return Unreadable("web", f"HTTP {status} (robots.txt)")
        rules = RobotFileParser()
        rules.parse(body[:500_000].decode("utf-8", "replace").splitlines() if status == 200 else [])
        return rules

    # ── cache ──────────────────────────────────────────────────────────────────────────────────────

    def _file(self, url: str, answer: dict[str, Any]) -> File:
        kind, _, rest = str(answer["type"]).partition(";")
        charset = re.search(r"charset\s*=\s*[\"']?([\w.:-]+)", rest, re.IGNORECASE)
        data: bytes = answer["data"]
        ending = (
            _ENDINGS.get(kind.strip().lower(), "") or Path(urlsplit(str(answer["url"])).path).suffix.lower()
        )
        if ending in (".html", ".xml", ".txt", "") and FEED.match(data[:2000]):
            ending = ".xml"
        return File(
            url,
            data,
            self._reading,
            declared=charset[1] if charset else None,
            metadata={"url": str(answer["url"])},
            ending=ending or ".html",
        )

    def _place(self, url: str) -> Path | None:
        return (
            Path(self._reading.web.cache) / sha256(url.encode()).hexdigest()[:32]
            if self._reading.web.cache
            else None
        )

    def _kept(self, url: str) -> dict[str, Any] | None:
        place = self._place(url)
        if place is None:
            return None
        try:
            answer = json.loads(place.with_suffix(".json").read_text(encoding="utf-8"))
            data = place.with_suffix(".bin").read_bytes()
            known = {key: str(answer[key]) for key in ("url", "type", "etag", "modified")}
            return {**known, "time": float(answer["time"]), "data": data}
        except (OSError, ValueError, KeyError, TypeError):
            return None

    def _keep(self, url: str, answer: dict[str, Any], data: bytes | None) -> None:
        """Keep an answer; a cache that can't be written is none."""
        place = self._place(url)
        if place is None:
            return
        try:
            place.parent.mkdir(parents=True, exist_ok=True)
            if data is not None:
                place.with_suffix(".bin").write_bytes(data)
            facts = {key: value for key, value in answer.items() if key != "data"}
            place.with_suffix(".json").write_text(json.dumps(facts), encoding="utf-8")
        except OSError:
            return
