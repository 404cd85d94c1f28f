"""What a run has read already: copies are told, and no two articles share an id."""

from __future__ import annotations

import re
from array import array
from collections.abc import Callable
from dataclasses import replace
from hashlib import blake2b
from struct import Struct
from tempfile import TemporaryFile
from urllib.parse import urlsplit
from weakref import finalize

from ..records import Article, Failure, Known
from ..records.article import ID_DIGITS

#: Parts of a query that say how a reader came to a page, not which page it is.
_TRACKING = re.compile(
    r"utm_\w{1,40}|fbclid|gclid|dclid|yclid|msclkid|igshid|mc_[ce]id|cmpid|ncid|ocid|spm|ref|ref_src|rss|from",
    re.IGNORECASE,
)
#: Letters by which two texts are compared.
_LETTERS = 2_000
#: Before what is written down of an article: length of its body, and bytes of its place and its letters.
_SIZES = Struct("<QII")
#: How full a table gets before it is made twice as large.
_FULL = 0.8
#: The halves of a digest.
_HALVES = Struct("<QQ")


def page(url: str) -> str:
    """An address without what differs between ways to it; empty for what is none."""
    try:
        parts = urlsplit(url.strip())
    except ValueError:
        return ""
    if not parts.netloc:
        return ""
    kept = [one for one in parts.query.split("&") if one and not _TRACKING.fullmatch(one.partition("=")[0])]
    fragment = f"#{parts.fragment}" if parts.fragment.startswith("!") else ""
    host = parts.netloc.casefold().removeprefix("www.")
    return f"{host}{parts.path.rstrip('/')}?{'&'.join(kept)}{fragment}"


def known_of(article: Article) -> Known:
    """What tells an article from a copy of it."""
    source = article.source
    if not (url := page(source.url or "")):
        return Known(source.path, source.sha256, article.id)
    start, end = article.body
    letters = "".join(filter(str.isalnum, article.text[start:end]))
    title = (article.title or "").casefold()
    return Known(source.path, source.sha256, article.id, url, title, len(letters), letters[:_LETTERS])


class Seen:
    """Articles so far, by their content, their page and their id.

    Of an article less than a hundred bytes stay in memory, as hashes; its place and the letters that pages
    are compared by are asked for seldom, and stand in a file.
    """

    def __init__(self) -> None:
        self._contents, self._pages, self._ids = Numbers(), Numbers(), Numbers()
        self._file = TemporaryFile()  # noqa: SIM115 (closed with this object)
        self._end, self._last = 0, (-1, ("", 0, ""))
        finalize(self, self._file.close)

    def take(self, article: Article, known: Known) -> Article | Failure:
        """The article, its id its own; a failure for what was read before."""
        if (first := self.first(known)) != known.path:
            return Failure(known.path, "read", "duplicate", first)
        own = self.own_id(known)
        return article if own == article.id else replace(article, id=own)

    def own_id(self, known: Known) -> str:
        """The id of an article that is no copy: a longer one where another text has the same digits."""
        content = int.from_bytes(_digest(known.sha256)[:7], "little")
        taken = self._ids.setdefault(_digest(known.id), lambda: content)
        return known.id if taken == content else known.id[:-ID_DIGITS] + known.sha256

    def first(self, known: Known) -> str:
        """Where an article was read first: its own place if it is no copy. Asking again changes nothing."""
        at = self._contents.setdefault(_digest(known.sha256), lambda: self._put(known, ""))
        first, _, _ = self._got(at)
        return first if first != known.path or not known.page else self._same_page(known)

    def _same_page(self, known: Known) -> str:
        """Where the page was read already under the same title, if this time it says nothing more."""
        key = _digest(f"{known.page}\0{known.title}")
        at = self._pages.setdefault(key, lambda: self._put(known, known.letters))
        path, length, letters = self._got(at)
        if path == known.path or known.length > length:
            return known.path
        return path if letters.startswith(known.letters) else known.path

    def _put(self, known: Known, letters: str) -> int:
        """Write down what may be asked for; returns where it stands."""
        at, parts = self._end, [part.encode("utf-8", "surrogatepass") for part in (known.path, letters)]
        record = b"".join((_SIZES.pack(known.length, *map(len, parts)), *parts))
        self._file.seek(at)
        self._file.write(record)
        self._end += len(record)
        self._last = at, (known.path, known.length, letters)
        return at

    def _got(self, at: int) -> tuple[str, int, str]:
        """Place, length and letters that were written down."""
        if self._last[0] == at:
            return self._last[1]
        self._file.seek(at)
        length, *sizes = _SIZES.unpack(self._file.read(_SIZES.size))
        path, letters = (self._file.read(size).decode("utf-8", "surrogatepass") for size in sizes)
        return path, length, letters


class Numbers:
    """Numbers by digests: a hash table with open addressing, a fourth of the memory of a dict."""

    def __init__(self) -> None:
        self._grow(1 << 10)

    def __len__(self) -> int:
        return self._count

    def setdefault(self, digest: bytes, make: Callable[[], int]) -> int:
        """The number of a digest; a new one, of at least 0, where it has none."""
        low, high = _HALVES.unpack(digest)
        at = self._find(low, high)
        if (found := self._values[at]) < 0:
            found = make()
            self._put(at, low, high, found)
            if self._count > _FULL * len(self._values):
                old = zip(self._low, self._high, self._values, strict=True)
                self._grow(2 * len(self._values))
                for low, high, value in old:
                    if value >= 0:
                        self._put(self._find(low, high), low, high, value)
        return found

    def _grow(self, size: int) -> None:
        self._low, self._high = (array("Q", bytes(8 * size)) for _ in range(2))
        self._values = array("q", [-1]) * size
        self._count = 0

    def _find(self, low: int, high: int) -> int:
        last = len(self._values) - 1
        at = low & last
        while self._values[at] >= 0 and (self._low[at] != low or self._high[at] != high):
            at = (at + 1) & last
        return at

    def _put(self, at: int, low: int, high: int, value: int) -> None:
        self._low[at], self._high[at], self._values[at] = low, high, value
        self._count += 1


def _digest(text: str) -> bytes:
    return blake2b(text.encode("utf-8", "surrogatepass"), digest_size=16).digest()
