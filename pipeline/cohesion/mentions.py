"""What is mentioned again: teams, results, companies behind a letter, things that 이번 or 이 names."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator
from itertools import product

from ..korean.tags import MODIFIERS, NOUNS, PHRASE, SUBJECTS
from ..records import Unit
from .article import Article, Need
from .lexicon import Lexicon

#: A noun that so many sentences name is what the article is about: any of them introduces it.
_TOPICAL = 3
#: What stands before a team that is told apart from others: 취리히대 연구팀, 최만수 교수(사진) 연구팀.
_TELLS_APART = PHRASE | MODIFIERS | {"JC", "SB", "SSC"}
#: Morphemes before it that are looked at for that.
_TELLING = 30
_SUBJECT = SUBJECTS | {"JKG"}
_WORD = re.compile(r"[\s,，·…]")
_FIGURE = re.compile(r"\d")
#: Code points of a full name.
_NAME = 3


def veiled(i: int, article: Article) -> list[str]:
    """Companies of which only a letter is told: A사."""
    return sorted({match[0] for match in article.lexicon.veiled.finditer(article.units[i].text)})


def recalls(i: int, article: Article) -> str | None:
    """The noun of 이번 실험은, unless the first clause names it before."""
    outside, words = article.outside[i], article.lexicon.words
    if not any(word in article.units[i].text for word in words["recalls"]):
        return None
    clause = outside.tokens[: outside.first]
    for n, token in enumerate(clause[:-1]):
        if token.form in words["recalls"] and token.tag == "NNG":
            name = clause[n + 1]
            known = any(own.form == name.form for own in clause[:n])
            if name.tag in NOUNS and name.form not in words["recurring"] and not known:
                return name.form
    return None


def naming(i: int, name: str, article: Article) -> tuple[Need, bool]:
    """The nearest sentence before that names a thing; any such when it is what the article is about.

    Returns
    -------
    need
        Nearest first; empty when there is none.
    about
        Whether the article is about it: many sentences name it, or the title.
    """
    named = [j for j, unit in enumerate(article.units) if name in unit.text and _names(unit, name)]
    found = tuple(j for j in reversed(named) if j < i)
    about = len(named) >= _TOPICAL or any(token.form == name for token in article.title)
    return (found if about else found[:1]), about


def _names(unit: Unit, name: str) -> bool:
    return any(t.form == name and t.tag in NOUNS for t in unit.tokens)


def bare_team(i: int, article: Article) -> bool:
    """Whether a team is the subject of a sentence that does not say whose it is: 연구팀은."""
    return any(not own for own in _teams(article.units[i], article.lexicon, subject=True))


def same_team(i: int, article: Article) -> Need:
    """The sentences that tell which team it is."""
    units, lexicon = article.units, article.lexicon
    told = [(j, own) for j in range(i - 1, -1, -1) for own in _teams(units[j], lexicon) if own]
    return tuple(dict.fromkeys(j for j, own in told if _is_same(own, told[0][1])))


def _is_same(one: frozenset[str], other: frozenset[str]) -> bool:
    """Whether two teams are told apart by the same: 취리히대; or 구 교수팀 and one of 구민재 교수."""
    pairs = [sorted(pair, key=len) for pair in product(one, other)]
    return bool(one & other) or any(len(a) < _NAME <= len(b) and b.startswith(a) for a, b in pairs)


def _teams(unit: Unit, lexicon: Lexicon, subject: bool = False) -> Iterator[frozenset[str]]:
    """For each team of a sentence the words before it that tell it apart; none for a bare 연구팀."""
    tokens, starts = unit.tokens, None
    for match in lexicon.team.finditer(unit.text):
        if starts is None:
            starts = [token.start for token in tokens]
        first, after = bisect_left(starts, match.start()), bisect_left(starts, match.end())
        if first == after or (first and tokens[first - 1].end > match.start()):
            continue
        if tokens[after - 1].end > match.end():
            continue  # 연구소장
        if subject and (after == len(tokens) or tokens[after].tag not in _SUBJECT):
            continue
        n = first
        while n and first - n < _TELLING and tokens[n - 1].tag in _TELLS_APART:
            n -= 1
        yield frozenset(unit.text[tokens[n].start : match.start()].split())


def bare_result(i: int, article: Article) -> bool:
    """Whether a sentence opens with a result that is nobody's: 2분기 영업이익은 310억원이었다."""
    text = article.units[i].text
    return article.lexicon.bare_measure.match(text) is not None and _FIGURE.search(text) is not None


def is_owner_in_title(i: int, article: Article) -> bool:
    """Whether the title opens with whose results the nearest sentence tells that says whose.

    It is the word before the first particle there: 유통 기업 가람유통은, below 가람유통, 3분기 실적; but in
    구글 클라우드의, below a title that opens with 구글, it is another.
    """
    for j in owner(i, article):
        unit = article.units[j]
        end = next((token.start for token in unit.tokens if token.tag in _SUBJECT), 0)
        return unit.text[:end].split(" ")[-1] == _WORD.split(article.headline, maxsplit=1)[0] != ""
    return False


def owner(i: int, article: Article) -> Need:
    """The nearest sentence that says whose results are told: 북미 사업부의 매출은, not 2분기 매출은."""
    lexicon = article.lexicon
    for j in range(i - 1, -1, -1):
        text = article.units[j].text
        if lexicon.measure.search(text) and not lexicon.bare_measure.match(text):
            return (j,)
    return ()
