"""The main text of a page: where newsrooms keep it, else where readability finds it.

Either way the text is read from the page itself, not from what an extractor made of it: extractors put
spaces between a word and its particle where a tag stands (``<b>420억원</b>을``), and lose text that stands
straight in a div.
"""

from __future__ import annotations

import logging
import re
from collections.abc import Iterator
from copy import deepcopy
from dataclasses import dataclass
from typing import TYPE_CHECKING

from ..korean.endings import CLOSED, CLOSERS
from ..korean.names import BYLINE
from ..korean.press import spelled
from ..korean.spelling import letters_of
from .furniture import Weight, furniture, names, rights_of, says_rights, weigh
from .grids import opening
from .markup import markdown

if TYPE_CHECKING:
    from lxml.etree import _Element

#: Ids, classes and itemprops of the element that holds an article, in lower case without - and _.
_HOMES = frozenset({
    "articlebody", "dicarea", "newsctarticle", "articlebodycontents", "articleviewcontentdiv", "newsbodyid",
    "newsbody", "newsbodyarea", "newsviewarea", "articletxt", "articletext", "arttxt", "arttext",
    "articebody", "newsendcontents", "harmonycontainer", "articlecontent", "articlecontents",
    "articleviewcontent", "newscontent", "newscontents", "newsview", "newsviewcont", "articleview",
    "storybody", "storynews", "postbody", "postcontent", "postarticle", "entrycontent", "contentsstyle",
    "semaincontainer", "ttarticleuselesspmargin", "bbscontent", "boardview", "boardviewcon",
    "boardviewcontent", "bbsview", "bbsviewcon", "viewcontent", "viewcontents", "viewcon", "viewcont",
    "pressbody", "contentview", "amparticlebody", "articlebodycontent", "newstext", "newstxt", "textbody",
})  # fmt: skip
_PLACES = ("//article", "//main", "//*[@role='main']", "//body")
_REPORTER = re.compile(spelled(rf"(?<![가-힣])({BYLINE})\s?(?&reporter)(?![가-힣])"))
_WORD = re.compile(r"[^\W_]+")
_PROSE = re.compile(rf"[가-힣][{CLOSED}][.!?]{CLOSERS}\s*$")
_ITEM = re.compile(r"(?:- |\d{1,3}\. |## |> |\|)")
_LEAST = 40
#: Letters of the shortest paragraph that says where the text is: half of readability's own, for syllables.
_PARAGRAPH = 12
#: Characters of a paragraph by which a page is known to hold an article.
_LONG = 80
#: Part of all prose below which readability has taken the wrong element.
_CORNER = 0.5
#: Letters beside a short article that are read along with it.
_LITTLE = 80


@dataclass(frozen=True, slots=True)
class Main:
    """The text of a page, and what the rest of it says."""

    text: str
    author: str = ""
    rights: str = ""
    publisher: str = ""


def main_text(tree: _Element, title: str = "") -> Main:
    """The main text of a page as Markdown, without the title that it repeats."""
    weights = weigh(tree)
    homes = _homes(tree, weights)
    kept = {around for home in homes for around in (home, *home.iterancestors())}
    without = furniture(tree, weights, kept)
    without.update(_titles(tree, title))
    text = "\n\n".join(filter(None, (markdown(home, without) for home in homes)))
    if letters(text) < _LEAST:
        text = max((text, _found(tree, without)), key=letters)
    if letters(text) < _LEAST:
        for path in _PLACES:
            for element in tree.xpath(path)[:3]:
                text = max((text, markdown(element, without)), key=letters)
            if letters(text) >= _LEAST:
                break
    said = text.split("\n") if says_rights(text) else _rights_lines(tree, weights)
    rights, publisher = rights_of(said)
    return Main(text, _reporter(tree, without, weights), rights, publisher)


def letters(text: str) -> int:
    """How many letters and digits a text has."""
    return sum(map(len, _WORD.findall(text)))


def _homes(tree: _Element, weights: dict[_Element, Weight]) -> list[_Element]:
    """Elements that carry the name of an article's home: the innermost that hold it all, in order."""
    best: list[_Element] = []
    for element in tree.iter():
        if not isinstance(element.tag, str) or element.tag in ("html", "head", "body", "meta", "a"):
            continue
        own = [name.lower().replace("-", "").replace("_", "") for name in names(element)]
        prop = (element.get("itemprop") or "").lower()
        if (prop in ("articlebody", "text") or not _HOMES.isdisjoint(own)) and weights[element].own >= _LEAST:
            best.append(element)
    if not best:
        return []
    body = weights[tree].own
    # The one with most text; of homes in homes, the innermost that still holds nearly all of it.
    home = max(best, key=lambda one: weights[one].own)
    for one in best:
        if weights[one].own >= 0.8 * weights[home].own and home in one.iterancestors():
            home = one
    if weights[home].own < min(200, 0.25 * body):
        return []
    above = home.getparent()
    parts = [one for one in best if one.getparent() is above and one.get("class") == home.get("class")]
    return parts if home in parts else [home]


def _titles(tree: _Element, title: str) -> Iterator[_Element]:
    """Headings that only repeat the title."""
    key = letters_of(title)
    for element in tree.iter("h1", "h2", "h3"):
        said = letters_of("".join(opening(element, 400)))
        if said and (said == key or (element.tag == "h1" and len(said) > 6 and said in key)):
            yield element


# ── by readability ─────────────────────────────────────────────────────────────────────────────────


def _found(tree: _Element, without: set[_Element]) -> str:
    """What an extractor takes, as it stands in the page: blocks from the first that it took to the last."""
    plain = markdown(_extracted(tree, without))
    words = set(_WORD.findall(plain))
    if letters(plain) < _LEAST:
        return plain
    home = _home_of(tree, words, without)
    blocks = [block for block in markdown(home, without).split("\n\n") if block.strip()]
    taken = [_covered(block, words) for block in blocks]
    if True not in taken:
        return plain
    first, last = taken.index(True), len(taken) - 1 - taken[::-1].index(True)
    while first and _PROSE.search(blocks[first - 1]):
        first -= 1
    while last + 1 < len(blocks) and (_PROSE.search(blocks[last + 1]) or _ITEM.match(blocks[last + 1])):
        last += 1
    text = "\n\n".join(blocks[first : last + 1])
    return text if letters(text) >= 0.8 * letters(plain) else plain


def _covered(block: str, words: set[str]) -> bool:
    own = _WORD.findall(block)
    return sum(len(word) for word in own if word in words) > 0.7 * sum(map(len, own))


def _home_of(tree: _Element, words: set[str], without: set[_Element]) -> _Element:
    """The innermost element with nearly all of the words that were taken."""
    from lxml import etree

    count: dict[_Element, int] = {}
    stack: list[int] = []

    def add(text: str | None) -> None:
        if text and stack:
            stack[-1] += sum(len(word) for word in _WORD.findall(text) if word in words)

    walker = etree.iterwalk(tree, events=("start", "end"))
    for event, element in walker:
        if event == "start":
            stack.append(0)
            if element in without or element.tag in ("script", "style", "head"):
                walker.skip_subtree()
            else:
                add(element.text)
            continue
        count[element] = stack.pop()
        if stack:
            stack[-1] += count[element]
        if element is not tree:
            add(element.tail)
    home, least = tree, 0.95 * count[tree]
    while (inner := next((child for child in home if count.get(child, 0) >= least), None)) is not None:
        home = inner
    return home


def _extracted(tree: _Element, without: set[_Element]) -> _Element:
    """What readability takes for the article; all prose where that is a corner of the page.

    It goes by the element with most paragraphs and fewest links, and leaves out what stands beside it; among
    comments or in nested tables it may end up in the wrong place, with a small part of the page's sentences.
    """
    copy = deepcopy(tree)
    for element, twin in list(zip(tree.iter(), copy.iter(), strict=True)):
        if element in without and twin.getparent() is not None:
            twin.drop_tree()
    element, prose = _by_readability(copy), _by_prose(copy)
    seen, taken = letters(markdown(prose)), letters(markdown(element))
    if not seen and 0 <= letters(markdown(copy)) - taken < _LITTLE:
        return prose  # none: what is left is too little for a menu, and may be a day or whose it is
    return element if taken >= _CORNER * seen else prose


def _by_readability(tree: _Element) -> _Element:
    from lxml import html
    from lxml.etree import ParserError
    from lxml.html import builder
    from readability import Document
    from readability.readability import Unparseable

    logging.getLogger("readability").setLevel(logging.CRITICAL)  # it tells of pages without text as errors
    page = Document(html.tostring(tree, encoding="unicode"), min_text_length=_PARAGRAPH)
    try:
        found: _Element = html.fromstring(page.summary(html_partial=True))
    except (Unparseable, ParserError):
        found = builder.BODY()
    return found


def _by_prose(tree: _Element) -> _Element:
    """All blocks that end as Korean sentences do; none of a page without a long one."""
    from lxml.html import builder

    blocks = [block for block in markdown(tree).split("\n\n") if _PROSE.search(block)]
    if max(map(len, blocks), default=0) < _LONG:
        blocks = []
    prose: _Element = builder.BODY(*map(builder.P, blocks))
    return prose


# ── what the rest says ─────────────────────────────────────────────────────────────────────────────


def _rights_lines(tree: _Element, weights: dict[_Element, Weight]) -> Iterator[str]:
    """Lines of the elements that say whose a page is, the last of the page first."""
    found = [
        element
        for element in tree.iter("footer", "address", "p", "div", "small", "span", "td", "section", "li")
        if (
            element.tag in ("footer", "address", "small")
            or element.get("role") == "contentinfo"
            or any(re.search(r"copy(?!writ|pen)|rights|foot", name, re.IGNORECASE) for name in names(element))
        )
        and 0 < weights[element].letters < 1500
    ]
    for element in reversed(found[-20:]):
        yield from markdown(element).split("\n")


def _reporter(tree: _Element, without: set[_Element], weights: dict[_Element, Weight]) -> str:
    """The name in a reporter's box that was left out."""
    for element in tree.iter():
        if element not in without:
            continue
        name = " ".join(names(element)).lower()
        if weights[element].letters < 300 and re.search(r"reporter|journalist|writer|author|byline", name):
            match = _REPORTER.search(" ".join(element.itertext()))
            if match:
                return match[1]
    return ""
