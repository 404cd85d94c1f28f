"""Web pages: HTML, and MHTML as browsers save it."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

from ..records import Article, Failure
from . import mime
from .article import METADATA, File, Unreadable, check_text, is_empty, make_article
from .encodings import Decoded, decode
from .markup import markdown, parse_html

if TYPE_CHECKING:
    from lxml.etree import _Element

_CHARSET = re.compile(
    rb"<meta[^>]{0,200}charset\s*+=\s*+[\"']?\s*+([\w.:-]{2,40})"
    rb"|<\?xml[^>]{0,200}encoding\s*+=\s*+[\"']([\w.:-]{2,40})",
    re.IGNORECASE,
)
#: Where Korean newsrooms keep the text of an article, for pages in which trafilatura finds none.
_HOMES = (
    "//*[@itemprop='articleBody']",
    "//*[@id='dic_area' or @id='newsct_article' or @id='articleBodyContents']",
    "//*[@id='article-view-content-div' or @id='articleBody' or @id='article_body' or @id='news_body_id']",
    "//article", "//main", "//*[@role='main']", "//body",
)  # fmt: skip
_SEPARATOR = re.compile(r"(?<!\s)\s++(?:[-–—|:<]|::|ㅣ)\s+")
_LEAST = 40


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
        ``no-main-text`` where neither trafilatura nor the places that we know hold any.
    """
    tree = parse_html(found.text, file.limits)
    metadata = {**_metadata(tree), **(known or {})}
    text = _main_text(tree, found.text) or metadata.get("body", "")
    if is_empty(text):
        raise Unreadable("no-main-text")
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


# ── main text ──────────────────────────────────────────────────────────────────────────────────────


def _main_text(tree: _Element, source: str) -> str:
    """The main text by trafilatura (Barbaresi 2021), else by where newsrooms keep it."""
    for element in tree.xpath("//figcaption | //*[contains(@class, 'caption')] | //nav | //aside | //footer"):
        parent = element.getparent()
        if parent is not None and len("".join(element.itertext())) < 400:
            element.drop_tree()
    text = ""
    body = _extracted(tree)
    if body is not None:
        text = markdown(body)
        if (whole := _home_of(tree, body)) is not None:
            wider = markdown(whole)
            if _letters(text) <= _letters(wider) <= 1.5 * _letters(text) + 200:
                text = wider
    if _letters(text) >= _LEAST:
        return text
    best = text
    for path in _HOMES:
        for element in tree.xpath(path)[:3]:
            other = markdown(element)
            if _letters(other) > _letters(best):
                best = other
        if _letters(best) >= _LEAST:
            return best
    return best


def _home_of(tree: _Element, body: _Element) -> _Element | None:
    """The element around the paragraphs that trafilatura took: of some pages it leaves out headings, lists.

    A copy, without its parts that are mostly links.
    """
    from copy import deepcopy

    wanted = {key for element in body.iter("p", "quote", "item") if len(key := _key(element)) >= 15}
    found = [element for element in tree.iter("p", "li", "blockquote") if _key(element) in wanted]
    if len(found) < 2 or len(found) < 0.5 * len(wanted):
        return None
    common = [found[0], *found[0].iterancestors()]
    for element in found[1:]:
        around = {element, *element.iterancestors()}
        common = [one for one in common if one in around]
    if not common or common[0] is tree:
        return None
    copy = deepcopy(common[0])
    for element in list(copy.iter("ul", "ol", "dl", "div", "section", "header", "footer", "h1")):
        links = sum(len(_key(link)) for link in element.iter("a"))
        own = len(_key(element))
        dressed = element.tag == "h1" or (own < 400 and links > 0.5 * own)
        holds = any(_key(one) in wanted for one in element.iter("p", "li"))
        if dressed and not holds and element is not copy and element.getparent() is not None:
            element.drop_tree()
    return copy


def _key(element: _Element) -> str:
    return re.sub(r"\s+", "", "".join(str(text) for text in element.itertext()))


def _extracted(tree: _Element) -> Any:
    from copy import deepcopy

    from trafilatura import bare_extraction

    found = bare_extraction(
        deepcopy(tree),
        include_comments=False,
        include_tables=True,
        include_formatting=True,
        include_links=False,
        include_images=False,
        deduplicate=False,
        with_metadata=False,
    )
    return getattr(found, "body", None)


def _letters(text: str) -> int:
    return len(re.findall(r"[^\W_]", text))


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
    head = next((" ".join(e.itertext()) for e in tree.iter("title")), "")
    top = next((" ".join(e.itertext()) for e in tree.iter("h1")), "")
    site = found.get("publisher") or first("og:site_name", "application-name", "twitter:site").lstrip("@")
    author = first("author", "article:author", "dable:author", "byl", "twitter:creator", "parsely-author")
    more = {
        "publisher": site or first("article:publisher", "copyright"),
        "title": _bare_title(first("og:title", "twitter:title", "dc.title") or top or head, site),
        "author": "" if author.startswith("http") else re.sub(r"\s?(?:기자|특파원)$", "", author),
        "published": first(
            "article:published_time", "datepublished", "og:article:published_time", "pubdate", "date",
                "dc.date.issued",
            "dc.date", "article:published", "parsely-pub-date", "regdate",
        )
        or next(filter(None, times), ""),
        "url": first("og:url") or link,
        "rights": first("copyright", "dc.rights", "rights"),
    }  # fmt: skip
    if more["url"] and not more["url"].startswith("http"):
        del more["url"]
    if more["publisher"].startswith("http"):
        del more["publisher"]
    return {**{key: " ".join(value.split()) for key, value in more.items() if value.strip()}, **found}


def _bare_title(title: str, site: str) -> str:
    """A title without the name of the site after (or before) it."""
    parts = _SEPARATOR.split(" ".join(title.split()))
    if len(parts) > 1 and site:
        key = re.sub(r"\W+", "", site).casefold()
        kept = [part for part in parts if re.sub(r"\W+", "", part).casefold() != key]
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
