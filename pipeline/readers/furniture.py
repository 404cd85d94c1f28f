"""What a page holds besides its article: menus, share buttons, related links, reporter boxes, rights, ads.

All by marks that pages give away: names of elements, words in their classes, and how much of a text is links.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING

from ..korean.endings import STATED
from ..korean.press import MORE, spelled

if TYPE_CHECKING:
    from lxml.etree import _Element

#: Elements that are never an article's text, and roles that say so.
_TAGS = frozenset({"nav", "aside", "footer", "figcaption", "menu", "dialog", "amp-sidebar", "amp-ad"})
_ROLES = frozenset({"navigation", "complementary", "contentinfo", "search", "dialog", "banner", "alert"})
#: Words in classes and ids of such elements.
_WORDS = frozenset({
    "adsbygoogle", "outbrain", "taboola", "dable", "share", "sharing", "sns", "social", "related", "relate",
    "relation", "relnews", "recommend", "recommended", "rcmd", "rank", "ranking", "popular", "mostview",
    "mostviewed", "bestnews", "hotnews", "morenews", "reporter", "journalist", "profile", "subscribe",
    "subscription", "breadcrumb", "breadcrumbs", "paging", "pagination", "pager", "prevnext", "fontsize",
    "hashtag", "hashtags", "footer", "gnb", "lnb", "snb", "nav", "navi", "navigation", "sidebar",
    "copyright", "copyrights", "cookie", "emotion", "sympathy", "likeit", "aisummary",
})  # fmt: skip
#: Words that an article's own parts may carry too: an element with sentences keeps them.
_SOFT = frozenset({
    "ad", "ads", "adv", "advert", "advertise", "advertisement", "banner", "promo", "promotion", "sponsor",
    "sponsored", "writer", "author", "newsletter", "donation", "location", "toolbar", "tools", "util",
    "utils", "tags", "keyword", "keywords", "caption", "figcaption", "imgdesc", "imgcaption", "menu",
    "aside", "rights", "popup", "modal", "toast", "poll", "login", "attach", "attachment", "feedback",
    "toc", "tts",
})  # fmt: skip
_COMMENTS = frozenset({"comment", "comments", "reply", "replies", "disqus", "livere", "cmt"})
#: For readers' ears only, or for nobody.
_UNSEEN = frozenset({
    "blind", "sr-only", "screen-reader", "screen-reader-text", "visually-hidden", "a11y-hidden",
    "skip", "skipnavi", "skip-nav", "u-skip", "ir", "hide", "hidden", "noprint", "no-print",
})  # fmt: skip
_PHOTOS = re.compile(r"photo|img|image|pic|thumb|figure|caption", re.IGNORECASE)
_PARTS = re.compile(r"[a-z]+|[A-Z]+(?![a-z])|[A-Z][a-z]+")
_AD_LINE = re.compile(r"(?:광고|AD|[Aa]dvertisement|ADVERTISEMENT|Sponsored)")
_MORE = re.compile(rf"\W*{MORE}")
_CLAIMED = re.compile(spelled("(?&sign)|(?&typed)|(?&copyright)|(?&unpermitted)"))
_SENTENCE = re.compile(rf"[가-힣][{STATED}][.!?]")
_LETTER = re.compile(r"[^\W_]+")
_BLOCKS = frozenset({
    "p", "div", "section", "article", "td", "th", "li", "ul", "ol", "dl", "dd", "dt", "table", "tr", "tbody",
    "header", "h1", "h2", "h3", "h4", "h5", "h6", "figure", "center", "blockquote", "details", "address",
})  # fmt: skip
_LISTS = frozenset({"ul", "ol", "dl", "div", "section", "td", "p", "tr", "table", "dd", "header", "article"})
_HEADS = frozenset({"h2", "h3", "h4", "h5", "h6", "strong", "b", "p", "dt", "div", "span"})
_LONG = 400


@dataclass(slots=True)
class Weight:
    """Letters of an element, and of what is below it: all, and in links; sentences outside links."""

    letters: int = 0
    linked: int = 0
    links: int = 0
    sentences: int = 0
    pictures: int = 0

    @property
    def own(self) -> int:
        """Letters outside links."""
        return self.letters - self.linked


def weigh(tree: _Element) -> dict[_Element, Weight]:
    """The weight of each element of a tree, in one pass."""
    from lxml import etree

    found: dict[_Element, Weight] = {}
    links = unseen = 0
    stack: list[Weight] = []

    def add(text: str | None) -> None:
        if text and not unseen and stack:
            count = sum(map(len, _LETTER.findall(text)))
            stack[-1].letters += count
            if links:
                stack[-1].linked += count
            else:
                stack[-1].sentences += len(_SENTENCE.findall(text))

    for event, element in etree.iterwalk(tree, events=("start", "end")):
        tag = element.tag
        silent = tag in ("script", "style", "noscript", "template")
        if event == "start":
            unseen += silent
            links += tag == "a"
            stack.append(Weight(links=int(tag == "a"), pictures=int(tag in ("img", "amp-img"))))
            add(element.text)
            continue
        weight = found[element] = stack.pop()
        unseen -= silent
        links -= tag == "a"
        if stack:
            above = stack[-1]
            above.letters += weight.letters
            above.linked += weight.linked
            above.links += weight.links
            above.sentences += weight.sentences
            above.pictures += weight.pictures
        if element is not tree:
            add(element.tail)
    return found


def names(element: _Element) -> Iterator[str]:
    """Class names and the id of an element, in lower case with hyphens."""
    for name in f"{element.get('class') or ''} {element.get('id') or ''}".split()[:20]:
        yield name[:60]


def furniture(tree: _Element, weights: dict[_Element, Weight], homes: set[_Element]) -> set[_Element]:
    """Elements of a page that are not its article.

    Parameters
    ----------
    homes
        Elements that hold the article by their name, and those around them: never furniture.
    """
    whole = max(1, weights[tree].own)
    found: set[_Element] = set()
    for element in tree.iter():
        if not isinstance(element.tag, str) or element in homes or element.tag in ("body", "html", "head"):
            continue
        weight = weights[element]
        if _is_furniture(element, weight, whole):
            found.add(element)
            before = element.getprevious()
            if (
                weight.links
                and before is not None
                and before.tag in _HEADS
                and weights[before].letters < 40
                and _MORE.match("".join(before.itertext()).strip())
            ):
                found.add(before)
    return found


def _is_furniture(element: _Element, weight: Weight, whole: int) -> bool:
    tag = element.tag
    text = "".join(element.itertext()).strip() if 0 < weight.letters < 60 and tag in _BLOCKS else ""
    if text and _AD_LINE.fullmatch(text):
        return True
    if _is_links(element, weight, text):
        return True
    own = [name.lower().replace("_", "-") for name in names(element)]
    if weight.own > 0.35 * whole and weight.own > 120:
        return False
    if not _UNSEEN.isdisjoint(own):
        return True
    words = {part.lower() for name in names(element) for part in _PARTS.findall(name)}
    words.update(name.replace("-", "") for name in own)
    if not _COMMENTS.isdisjoint(words) and tag != "body":
        return True
    if weight.own > _LONG and weight.linked < weight.own:
        return False
    if tag in _TAGS or (element.get("role") or "").lower() in _ROLES:
        return True
    if not _WORDS.isdisjoint(words) or (not _SOFT.isdisjoint(words) and weight.sentences < 2):
        return True
    if "copy" in words and weight.letters < _LONG and _CLAIMED.search("".join(element.itertext())):
        return True
    return bool(
        weight.pictures
        and weight.letters < 200
        and tag in ("table", "div", "span", "dl", "p", "figure", "center")
        and (tag in ("table", "figure") or any(_PHOTOS.search(name) for name in own))
        and (tag != "table" or _is_photo(element, weight))
    )


def _is_photo(table: _Element, weight: Weight) -> bool:
    """Whether a table is a picture and the words below it: one column, few words."""
    rows = [[cell for cell in row if cell.tag in ("td", "th")] for row in table.iter("tr")]
    return all(len(row) < 2 for row in rows) and weight.sentences < 4


def _is_links(element: _Element, weight: Weight, text: str) -> bool:
    """Whether an element is a list of links: a menu, related articles, a button."""
    tag = element.tag
    if tag not in _LISTS or not weight.links or weight.sentences or weight.letters > 3000:
        return False
    if weight.linked >= 0.6 * weight.letters and weight.letters:
        if weight.links == 1:
            # One link alone in its paragraph is a button or a related article, unless it is a sentence.
            sentence = _SENTENCE.search(text or "".join(element.itertext()))
            return tag == "p" and not sentence and weight.linked >= 0.9 * weight.letters
        return not (tag in ("p", "td", "dd") and weight.letters / weight.links > 60)
    return bool(text and _MORE.match(text) and weight.linked * 2 > weight.letters)


# ── rights ─────────────────────────────────────────────────────────────────────────────────────────

_RIGHTS = re.compile(
    spelled(
        r"[<\[(〈]?\s?(?:(?&owner)|(?&copyright)\b|(?&sign)|(?&typed)\s?[\d가-힣A-Z]).{0,200}"
        r"|.{0,60}(?:(?&unpermitted)\s?(?&copying)|(?&reserved)|공공누리).{0,120}"
    )
)
_PUBLISHER = re.compile(
    spelled(
        r"[<\[(〈]?\s?(?:(?:(?&owner)|(?&copyright)|(?&sign)|(?&typed)|by|BY|(?&years)(?!\d)|[\s,.:：])\s?){1,12}+"
        r"(?:㈜|\(주\)|주식회사)?\s?"
        r"(?P<name>(?!(?&forbidden)|[Aa]ll\b|ALL\b|AI\b)[가-힣A-Za-z0-9&·\-]{2,30}(?:\s(?!All|ALL|Inc|Co\b|Corp)[A-Z][A-Za-z]{1,20}){0,4}"
        r"(?:\s(?&outlets))?)"
    )
)


def rights_of(lines: Iterable[str]) -> tuple[str, str]:
    """The line that says whose a page is, and the name in it; empty where there is none."""
    fallback = ""
    for line in lines:
        match = _RIGHTS.search(line[:600])
        if match is None:
            continue
        rights = match[0].strip()
        name = _PUBLISHER.match(rights)
        if name is not None:
            return rights, name["name"]
        fallback = fallback or rights
    return fallback, ""


def says_rights(text: str) -> bool:
    """Whether a text carries a line of rights of its own."""
    return any(_RIGHTS.search(line[:600]) for line in text.split("\n") if len(line) < 600)
