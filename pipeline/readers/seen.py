"""What a run has read already: copies are told, and no two articles share an id."""

from __future__ import annotations

import re
from dataclasses import replace
from urllib.parse import urlsplit

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
    """Articles so far, by their content, their page and their id."""

    def __init__(self) -> None:
        self._contents: dict[str, str] = {}
        self._pages: dict[tuple[str, str], Known] = {}
        self._ids: dict[str, str] = {}

    def take(self, article: Article, known: Known) -> Article | Failure:
        """The article, its id its own; a failure for what was read before."""
        if (first := self.first(known)) != known.path:
            return Failure(known.path, "read", "duplicate", first)
        own = self._ids.setdefault(article.id, known.sha256)
        if own != known.sha256:  # another text with the same digits
            article = replace(article, id=article.id[:-ID_DIGITS] + known.sha256)
        return article

    def first(self, known: Known) -> str:
        """Where an article was read first: its own place if it is no copy. Asking again changes nothing."""
        first = self._contents.setdefault(known.sha256, known.path)
        return first if first != known.path or not known.page else self._same_page(known)

    def _same_page(self, known: Known) -> str:
        """Where the page was read already under the same title, if this time it says nothing more."""
        first = self._pages.setdefault((known.page, known.title), known)
        copy = known.length <= first.length and first.letters.startswith(known.letters)
        return first.path if copy else known.path
