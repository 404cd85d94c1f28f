"""Web pages: HTML, and MHTML as browsers save it."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from itertools import islice
from typing import TYPE_CHECKING, Any

from ..korean.dates import FIRST
from ..korean.labels import TITLE
from ..korean.press import spelled
from ..korean.spelling import letters_of
from ..korean.times import WHOLE
from ..records import Article, Failure, Unreadable
from . import mime
from .article import METADATA, File, check_text, is_empty, make_article
from .encodings import Decoded, decode
from .grids import label_of, opening
from .markup import looks_like_html, markdown_of_fragment, parse_html, said
from .pages import letters, main_text

if TYPE_CHECKING:
    from lxml.etree import _Element

_CHARSET = re.compile(
    rb"<meta[^>]{0,200}charset\s*+=\s*+[\"']?\s*+([\w.:-]{2,40})"
    rb"|<\?xml[^>]{0,200}encoding\s*+=\s*+[\"']([\w.:-]{2,40})",
    re.IGNORECASE,
)
_SITE = re.compile(
    spelled(r"[가-힣A-Za-z0-9·]{2,10}(?:(?&outlets)|시청|군청|구청|도청|블로그)")
    + r"|보도자료|홈페이지|누리집|뉴스|기사|공지사항|(?:네이버|다음)\s?(?:뉴스|블로그)"
)
_REPORTER = re.compile(spelled(r"\s?(?&reporter)$"))
_SEPARATOR = re.compile(r"(?<!\s)\s++(?:[-–—|:<]|::|ㅣ)\s+")
# A day and a writer as boards of ministries and towns name them.
_TOLD = {"published": tuple(f"{done}일" for done in FIRST), "title": (TITLE,)}
_DAY = re.compile(WHOLE)


def declared_charset(data: bytes) -> str | None:
    """The encoding that a page names in its first lines."""
    match = _CHARSET.search(data[:4096])
    return (match[1] or match[2]).decode("ascii", "replace") if match else None


def read_html(file: File) -> Iterator[Article | Failure]:
    """One article from a page: its main text as Markdown."""
    # A page that names its encoding knows better than the server that sends it.
    found = decode(file.data, declared_charset(file.data) or file.declared)
    if is_empty(found.text):
        raise Unreadable("empty")
    yield page(file, found, "html")


def read_mhtml(file: File) -> Iterator[Article | Failure]:
    """The page in a web archive (RFC 2557)."""
    message = mime.parse(file.data)
    part = next((p for p in mime.leaves(message) if mime.kind(p) == "text/html"), None)
    data = mime.payload(part) if part is not None else None
    if part is None or data is None or not data.strip():
        raise Unreadable("no-main-text")
    found = decode(data, mime.charset(part) or declared_charset(data))
    address = mime.header(message, "Snapshot-Content-Location") or mime.header(part, "Content-Location")
    yield page(file, found, "mhtml", {"url": address} if address.startswith("http") else {})


def page(file: File, found: Decoded, format: str, known: dict[str, str] | None = None) -> Article:
    """Make an article out of a page.

    Raises
    ------
    Unreadable
        ``no-main-text`` where neither readability nor the places that we know hold any.
    """
    tree = parse_html(found.text, file.limits)
    metadata = {**_metadata(tree), **(known or {})}
    main = main_text(tree, metadata.get("title", ""))
    text = main.text
    # Pages that a script fills, or that show the first lines only, may carry the whole in their metadata.
    if letters(whole := _body(metadata.get("body", ""), file)) > 2 * letters(text):
        text = whole
    if is_empty(text):
        raise Unreadable("no-main-text")
    for name in ("author", "rights", "publisher"):
        if value := getattr(main, name):
            metadata.setdefault(name, value)
    check_text(text, file.limits)
    return make_article(
        file,
        text,
        format=format,
        title=metadata.get("title"),
        metadata={key: metadata.get(key) for key in METADATA},
        encoding=found.encoding,
        notes=found.notes,
    )


def _body(text: str, file: File) -> str:
    return markdown_of_fragment(text, file.limits) if looks_like_html(text) else text


# ── metadata ───────────────────────────────────────────────────────────────────────────────────────


def _metadata(tree: _Element) -> dict[str, str]:
    """Facts that the page gives: JSON-LD first, then Open Graph and its kin, then plain elements."""
    found = _json_ld(tree)
    meta: dict[str, str] = {}
    for element in tree.iter("meta"):
        key = (
            (element.get("property") or element.get("name") or element.get("itemprop") or "").strip().lower()
        )
        if key and (content := (element.get("content") or "").strip()):
            meta.setdefault(key, content)

    def first(*keys: str) -> str:
        return next((meta[key] for key in keys if meta.get(key)), "")

    link = (
        next((e.get("href") for e in tree.iter("link") if (e.get("rel") or "").lower() == "canonical"), "")
        or ""
    )
    times = [e.get("datetime") or "" for e in tree.iter("time")]
    told = _told(tree)
    site = found.get("publisher") or first("og:site_name", "application-name", "twitter:site").lstrip("@")
    author = first("author", "article:author", "dable:author", "byl", "twitter:creator", "parsely-author")
    more = {
        "publisher": site or first("article:publisher", "copyright"),
        "title": _title(tree, first("og:title", "twitter:title", "dc.title"), told.get("title", ""), site),
        "author": "" if author.startswith("http") else _REPORTER.sub("", author),
        "published": first(
            "article:published_time", "datepublished", "og:article:published_time", "pubdate", "date",
                "dc.date.issued",
            "dc.date", "article:published", "parsely-pub-date", "regdate",
        )
        or next(filter(None, times), "")
        or told.get("published", ""),
        "url": first("og:url") or link,
        "rights": first("copyright", "dc.rights", "rights"),
    }  # fmt: skip
    if more["url"] and not more["url"].startswith("http"):
        del more["url"]
    if more["publisher"].startswith("http"):
        del more["publisher"]
    return {**{key: " ".join(value.split()) for key, value in more.items() if value.strip()}, **found}


def _title(tree: _Element, named: str, told: str, site: str) -> str:
    """The title that a page names to others, or its first heading that is not the name of the site."""
    key = letters_of(site)
    named = "" if letters_of(named) == key else _bare_title(named, site)
    head = next((said(element) for element in tree.iter("title")), "")
    tops = [said(one) for one in islice(tree.iter("h1"), 20) if sum(map(len, opening(one, 400))) < 400]
    tops = [text for text in tops if len(letters_of(text)) > 3 and letters_of(text) != key]
    near = letters_of(named or head)
    top = next(
        (text for text in tops if letters_of(text) in near or near in letters_of(text)), (tops or [""])[0]
    )
    cut = named.removesuffix("…").rstrip(". ")
    if named and not (cut != named and letters_of(top).startswith(letters_of(cut))):
        return named
    return _bare_title(top or told or head, site)


def _told(tree: _Element) -> dict[str, str]:
    """Facts from the rows of a board: ``등록일 | 2026-03-05``."""
    found: dict[str, str] = {}
    for element in tree.iter("th", "td", "dt"):
        if (value := label_of(element)) is None:
            continue
        label = "".join(said(element).split()).strip(":：")
        for field, labels in _TOLD.items():
            if label.startswith(labels) and len(label) < 6:
                text = said(value)
                day = _DAY.search(text)
                if field != "published" or day:
                    found.setdefault(field, day[0] if field == "published" and day else text)
    return found


def _bare_title(title: str, site: str) -> str:
    """A title without the name of the site after (or before) it."""
    parts = _SEPARATOR.split(" ".join(title.split()))
    if len(parts) > 1:
        kept = [part for part in parts if letters_of(part) != letters_of(site) and not _SITE.fullmatch(part)]
        if kept and len(kept) < len(parts):
            match = _SEPARATOR.search(title)
            return (match[0] if match else " ").join(kept)
    return " ".join(title.split())


def _json_ld(tree: _Element) -> dict[str, str]:
    for element in tree.iter("script"):
        if "ld+json" not in (element.get("type") or "") or not element.text or len(element.text) > 1_000_000:
            continue
        try:
            data = json.loads(element.text, strict=False)
        except (ValueError, RecursionError):
            continue
        for thing in _things(data):
            kind = thing.get("@type")
            kinds = kind if isinstance(kind, list) else [kind]
            if any(isinstance(k, str) and (k.endswith(("Article", "BlogPosting", "Report"))) for k in kinds):
                return _of_thing(thing)
    return {}


def _things(data: Any) -> Iterator[dict[str, Any]]:
    queue, seen = [data], 0
    while queue and seen < 1000:
        one = queue.pop(0)
        seen += 1
        if isinstance(one, list):
            queue.extend(one)
        elif isinstance(one, dict):
            yield one
            graph = one.get("@graph") or one.get("mainEntity")
            if isinstance(graph, list | dict):
                queue.append(graph)


def _of_thing(thing: dict[str, Any]) -> dict[str, str]:
    values = {
        "title": thing.get("headline") or thing.get("name"),
        "published": thing.get("datePublished") or thing.get("dateCreated"),
        "author": thing.get("author"),
        "publisher": thing.get("publisher"),
        "url": thing.get("url") or thing.get("mainEntityOfPage"),
        "rights": thing.get("copyrightNotice") or thing.get("license"),
        "body": thing.get("articleBody"),
    }
    found = {key: _said(value) for key, value in values.items()}
    if found["url"] and not found["url"].startswith("http"):
        found["url"] = ""
    return {key: value for key, value in found.items() if value}


def _said(value: Any) -> str:
    """Text of a JSON-LD value: its own, its name, or those of a list."""
    if isinstance(value, dict):
        value = value.get("name") or value.get("@id") or ""
    if isinstance(value, list):
        return ", ".join(
            filter(None, (_said(one) if not isinstance(one, list) else "" for one in value[:20]))
        )
    return value.strip() if isinstance(value, str) else ""
