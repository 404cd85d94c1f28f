"""What a run has read already: copies are told, and no two articles share an id."""

from __future__ import annotations

import re
from dataclasses import replace
from hashlib import blake2b
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

    Of an article some hundred bytes stay in memory, as hashes; the letters that pages are compared by are
    asked for seldom, and stand in a file.
    """

    def __init__(self) -> None:
        self._contents: dict[bytes, str] = {}
        self._pages: dict[bytes, tuple[str, int, int, int]] = {}
        self._ids: dict[bytes, bytes] = {}
        self._letters = TemporaryFile()  # noqa: SIM115 (closed with this object)
        self._end = 0
        finalize(self, self._letters.close)

    def take(self, article: Article, known: Known) -> Article | Failure:
        """The article, its id its own; a failure for what was read before."""
        if (first := self.first(known)) != known.path:
            return Failure(known.path, "read", "duplicate", first)
        own = self.own_id(known)
        return article if own == article.id else replace(article, id=own)

    def own_id(self, known: Known) -> str:
        """The id of an article that is no copy: a longer one where another text has the same digits."""
        content = _digest(known.sha256)
        taken = self._ids.setdefault(_digest(known.id), content)
        return known.id if taken == content else known.id[:-ID_DIGITS] + known.sha256

    def first(self, known: Known) -> str:
        """Where an article was read first: its own place if it is no copy. Asking again changes nothing."""
        first = self._contents.setdefault(_digest(known.sha256), known.path)
        return first if first != known.path or not known.page else self._same_page(known)

    def _same_page(self, known: Known) -> str:
        """Where the page was read already under the same title, if this time it says nothing more."""
        key = _digest(f"{known.page}\0{known.title}")
        if key not in self._pages:
            letters = known.letters.encode("utf-8", "surrogatepass")
            self._letters.seek(self._end)
            self._letters.write(letters)
            self._pages[key] = (known.path, known.length, self._end, len(letters))
            self._end += len(letters)
        path, length, start, size = self._pages[key]
        if path == known.path or known.length > length:
            return known.path
        self._letters.seek(start)
        letters = self._letters.read(size)
        return path if letters.startswith(known.letters.encode("utf-8", "surrogatepass")) else known.path


def _digest(text: str) -> bytes:
    return blake2b(text.encode("utf-8", "surrogatepass"), digest_size=16).digest()
