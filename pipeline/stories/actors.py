"""Who and where: the names in an article's opening, and whether another article knows them.

Two mayors, two factories or two fires are told in nearly the same words; the names tell them apart.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from ..records import CONTENT_KINDS, NameRules, Report, Token

#: Characters of a title and a first sentence that are looked at.
_LONGEST = 300
_NAMING = frozenset({"NNP", "SL"})
#: What a name may be put together of: 가람/NNP 전자/NNG, 나래/NNP 시/NNB.
_NOMINAL = frozenset({"NNP", "NNG", "SL", "XSN", "NNB", "XR"})
#: What a name may begin with by mistake.
_GLUED = frozenset({"MM", "MAG", "IC", "NR", "NP", "XPN"})
_WORD = re.compile(r"[가-힣A-Za-z][가-힣A-Za-z0-9]*+")
_NOISE = re.compile(r"[\W_]+")
_PARTICLES = (
    "이라고 이라는 에서는 에게서 으로서 으로써 까지 부터 에서 에게 께서 으로 라고 라는 이나 이며 처럼 보다 은 는 이 가 을 를 의 에 도 로 와 과 "
    "만 서 나 측"
).split()
_PARTICLE = "|".join(_PARTICLES)


@dataclass(frozen=True, slots=True)
class Actors:
    """Names of an article.

    Attributes
    ----------
    opening
        Those of its title and first sentence.
    known
        Those that the keyword table has as well.
    text
        All of its letters, without spaces.
    spaced
        The same with its spaces.
    """

    opening: frozenset[str]
    known: frozenset[str]
    text: str
    spaced: str


def openings(report: Report) -> tuple[str, str]:
    """The texts in which the names are looked for: the title and the first sentence."""
    content = next((s.text for s in report.sentences if s.kind in CONTENT_KINDS), "")
    return (report.title or "")[:_LONGEST], content[:_LONGEST]


def actors(report: Report, analysed: Sequence[Sequence[Token]], rules: NameRules) -> Actors:
    """Names of a report.

    Parameters
    ----------
    analysed
        The morphemes of `openings`.
    """
    named = [_names(text, tokens, rules) for text, tokens in zip(openings(report), analysed, strict=True)]
    found = frozenset(name for own in named for name in own)
    terms = (k for k in report.keywords if k.kind in ("name", "person") or k.tag in _NAMING)
    known = frozenset(_key(form) for k in terms for form in (k.term, *k.variants))
    text = " ".join([report.title or "", *(s.text for s in report.sentences if s.kind in CONTENT_KINDS)])
    spaced = _NOISE.sub(" ", text).casefold()
    return Actors(found, found | known, spaced.replace(" ", ""), spaced)


def differ(one: Actors, other: Actors, same: Mapping[str, frozenset[str]]) -> bool:
    """Whether each of two openings has a name that the other article does not know at all.

    Parameters
    ----------
    same
        Other forms of a name.
    """
    return _unknown(one, other, same) and _unknown(other, one, same)


def _unknown(one: Actors, other: Actors, same: Mapping[str, frozenset[str]]) -> bool:
    return any(not _knows(other, form, same) for form in one.opening)


def _knows(actors: Actors, name: str, same: Mapping[str, frozenset[str]]) -> bool:
    """Whether an article has a name in some form: 가람전자 as 가람, 한국은행 as 한은."""
    forms = {name, *same.get(name, ())}
    if any(form in actors.text for form in forms):
        return True
    if any(_short_for(name, known) or _short_for(known, name) for known in actors.known):
        return True
    return any(
        re.search(rf"(?<![가-힣a-z0-9]){re.escape(name[:n])}(?:{_PARTICLE})?(?![가-힣a-z0-9])", actors.spaced)
        for n in range(2, len(name))
    )


def _short_for(long: str, short: str) -> bool:
    """Whether the short form's letters stand in the long one in their order, from its first on, or end it."""
    if not 2 <= len(short) < len(long):
        return False
    letters = iter(long)
    return (long[0] == short[0] and all(c in letters for c in short)) or (
        len(short) >= 3 and long.endswith(short)
    )


def _names(text: str, tokens: Sequence[Token], rules: NameRules) -> set[str]:
    """Words of a text that name somebody or something: by their tags, or by how they end."""
    found = set()
    opening = _WORD.search(text)
    first = opening.start() if opening else 0
    for match in _WORD.finditer(text):
        nominal: list[Token] = []
        own = [t for t in tokens if t.start < match.end() and t.end > match.start()]
        for token in own:
            if token.tag not in _NOMINAL:
                break
            nominal.append(token)
        if not nominal:
            # Kiwi takes 새솔반도체 for a determiner and nouns; who acts comes first.
            if match.start() == first and len(own) > 2 and own[0].tag in _GLUED and own[1].tag in _NOMINAL:
                found.add(_key(_bare(match[0])))
            continue
        name = text[match.start() : min(match.end(), nominal[-1].end)]
        if not any(token.tag in _NAMING for token in nominal):
            # Kiwi takes 나루동이 for a noun, and 나루은행 for two.
            name = _bare(name)
            if not _ends_like_a_name(name, rules):
                continue
        key = _key(name)
        if len(key) > 1 and key not in rules.ordinary:
            found.add(key)
    return found


def _ends_like_a_name(word: str, rules: NameRules) -> bool:
    return any(
        word.endswith(end) and len(word) - len(end) >= (2 if len(end) == 1 else 1) for end in rules.endings
    )


def _bare(word: str) -> str:
    """A word without its particle."""
    ending = next((p for p in _PARTICLES if word.endswith(p) and len(word) - len(p) >= 2), "")
    return word.removesuffix(ending)


def _key(name: str) -> str:
    return _NOISE.sub("", name).casefold()
