"""What a run has read already: copies are told, and no two articles share an id."""

from __future__ import annotations

import re
from dataclasses import replace
from urllib.parse import urlsplit

from ..records import Article, Failure
from .article import ID_DIGITS

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


class Seen:
    """Articles so far, by their content, their page and their id."""

    def __init__(self) -> None:
        self._contents: dict[str, str] = {}
        self._pages: dict[tuple[str, str], tuple[str, int, str]] = {}
        self._ids: set[str] = set()

    def take(self, article: Article) -> Article | Failure:
        """The article, its id its own; a failure for what was read before."""
        source = article.source
        first = self._contents.setdefault(source.sha256, source.path)
        if first == source.path:
            first = self._same_page(article)
        if first != source.path:
            return Failure(source.path, "read", "duplicate", first)
        if article.id in self._ids:  # another text with the same digits
            article = replace(article, id=article.id[:-ID_DIGITS] + source.sha256)
        self._ids.add(article.id)
        return article

    def _same_page(self, article: Article) -> str:
        """Where the page was read already under the same title, if this time it says nothing more."""
        path = article.source.path
        if not (url := page(article.source.url or "")):
            return path
        start, end = article.body
        letters = "".join(filter(str.isalnum, article.text[start:end]))
        own = (path, len(letters), letters[:_LETTERS])
        first, length, known = self._pages.setdefault((url, (article.title or "").casefold()), own)
        return first if len(letters) <= length and known.startswith(own[2]) else path
