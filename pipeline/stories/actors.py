"""Who and where: the names in an article's opening, and whether another article knows them.

Two mayors, two factories or two fires are told in nearly the same words; the names tell them apart.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import accumulate, chain, takewhile

from ..korean.particles import PARTICLES, bare
from ..korean.spelling import is_short_for, letters_of, words_of
from ..korean.tags import DEPENDENT, ENDINGS, NAMES, NOUNS, POINTERS
from ..records import CONTENT_KINDS, NameRules, Report, Token

#: Characters of a title and a first sentence whose names are looked for.
_LONGEST = 300
#: What a name may be put together of: 가람/NNP 전자/NNG, 나래/NNP 시/NNB.
_NOMINAL = NOUNS | DEPENDENT
#: What a name may begin with by mistake.
_GLUED = POINTERS | {"MAG", "NR", "XPN"}
_WORD = re.compile(r"[가-힣A-Za-z][가-힣A-Za-z0-9]*+")
#: A product with its number: 버즈4, S26.
_MODEL = re.compile(r"(?:[가-힣]{2,8}|[A-Za-z]{1,8})\d{1,4}")
#: What is glued to names: particles, and 측.
_ENDS = frozenset({*PARTICLES, "측"})
#: A name with another one in brackets behind it: 한국전자박람회(KEF).
_GLOSS = re.compile(r"([가-힣A-Za-z0-9]{2,20})\s?\(([A-Za-z가-힣][A-Za-z가-힣0-9]{1,20})\)")


@dataclass(frozen=True, slots=True)
class Actors:
    """Names of an article.

    Attributes
    ----------
    opening
        Those of its title and first sentence.
    main
        Those of the opening that the event is about: they stand in the title, and in the text again.
    titled
        Those of the title.
    known
        Those of the opening, and those that the keyword table has.
    glosses
        Other forms that the text itself gives for a name, in brackets.
    text
        All of its letters, without spaces.
    words
        Its words, with and without their particles.
    """

    opening: frozenset[str]
    main: frozenset[str]
    titled: frozenset[str]
    known: frozenset[str]
    glosses: Mapping[str, frozenset[str]]
    text: str
    words: frozenset[str]


def actors(report: Report, analysed: Sequence[Sequence[Token]], rules: NameRules) -> Actors:
    """Names of a report.

    Parameters
    ----------
    analysed
        The morphemes of the title, of the first sentence, and so on.
    """
    first = next((s.text for s in report.sentences if s.kind in CONTENT_KINDS), "")
    named = [
        _names(text[:_LONGEST], tokens, rules)
        for text, tokens in zip((report.title or "", first), (*analysed, ()), strict=False)
    ]
    found = frozenset(name for own in named for name in own)
    terms = (k for k in report.keywords if k.kind in ("name", "person") or k.tag in NAMES)
    known = frozenset(letters_of(form) for k in terms for form in (k.term, *k.variants))
    content = " ".join(s.text for s in report.sentences if s.kind in CONTENT_KINDS)
    told = letters_of(content)
    # Without a title, or with one that names nobody, the first sentence says whom it is about.
    title = letters_of(report.title or "")
    main = frozenset(name for name in found if name in told and (name in title or name[:3] in title))
    main = main or frozenset(named[1])
    titled = frozenset(name for name in main if name in title)
    words = words_of(f"{report.title or ''} {content}")
    forms = frozenset(chain.from_iterable(map(_forms, words)))
    return Actors(found, main, titled, found | known, _glosses(content), "".join(words), forms)


def differ(one: Actors, other: Actors, same: Mapping[str, frozenset[str]]) -> bool:
    """Whether each of two articles is about somebody whom the other one does not know at all.

    Parameters
    ----------
    same
        Other forms of a name.
    """
    return bool(_unknown(one.main, one, other, same) and _unknown(other.main, other, one, same))


def differ_in_title(one: Actors, other: Actors, same: Mapping[str, frozenset[str]]) -> bool:
    """Whether each title names somebody whom the other article does not know at all."""
    return bool(_unknown(one.titled, one, other, same) and _unknown(other.titled, other, one, same))


def strangers(one: Actors, other: Actors, same: Mapping[str, frozenset[str]]) -> float:
    """Share of the names in an opening that the other article does not know; of the opening with fewer."""
    return min(
        len(_unknown(a.opening, a, b, same)) / max(1, len(a.opening)) for a, b in ((one, other), (other, one))
    )


def _unknown(
    names: frozenset[str], own: Actors, other: Actors, same: Mapping[str, frozenset[str]]
) -> list[str]:
    left = [name for name in sorted(names) if name not in other.text]
    forms = ((name, {*same.get(name, ()), *_also(name, own, other)}) for name in left)
    return [name for name, known in forms if not _knows(other, name, known)]


def _also(name: str, one: Actors, other: Actors) -> frozenset[str]:
    """Other forms of a name that one of two articles gives."""
    return one.glosses.get(name, frozenset()) | other.glosses.get(name, frozenset())


def _glosses(text: str) -> dict[str, frozenset[str]]:
    found: defaultdict[str, set[str]] = defaultdict(set)
    for match in _GLOSS.finditer(text):
        long, short = letters_of(match[1]), letters_of(match[2])
        found[long].add(short)
        found[short].add(long)
    return {name: frozenset(forms) for name, forms in found.items()}


def _knows(actors: Actors, name: str, forms: set[str]) -> bool:
    """Whether an article has a name in some other form: 가람전자 as 가람, 한국은행 as 한은."""
    if any(form in actors.text for form in forms):
        return True
    if any(name[:n] in actors.words for n in range(2, len(name))):
        return True
    return any(_short_for(name, known) or _short_for(known, name) for known in actors.known)


@lru_cache(maxsize=1 << 15)
def _forms(word: str) -> tuple[str, ...]:
    """A word, and what is left of it without particles."""
    return (word, *(word[:-n] for n in (1, 2, 3) if word[-n:] in _ENDS and len(word) - n >= 2))


def _short_for(long: str, short: str) -> bool:
    """Whether it is short for the long form, or ends it."""
    return is_short_for(long, short) or (3 <= len(short) < len(long) and long.endswith(short))


def _names(text: str, tokens: Sequence[Token], rules: NameRules) -> set[str]:
    """Words of a text that name somebody or something: by their tags, or by how they end."""
    words = list(_WORD.finditer(text))
    starts, ends = [token.start for token in tokens], list(accumulate((token.end for token in tokens), max))
    found = set()
    for match in words:
        near = tokens[bisect_right(ends, match.start()) : bisect_left(starts, match.end())]
        own = [token for token in near if token.end > match.start()]
        name = _named(text, match, own, match is words[0], rules)
        key = letters_of(name or "")
        if len(key) > 1 and key not in rules.ordinary:
            found.add(key)
    return found


def _named(
    text: str, match: re.Match[str], own: Sequence[Token], first: bool, rules: NameRules
) -> str | None:
    """The name in a word, if there is one."""
    word = match[0] if _ends_like_a_name(match[0], rules) else bare(match[0])
    if _MODEL.fullmatch(word):
        return word
    nominal = list(takewhile(lambda token: token.tag in _NOMINAL, own))
    if any(token.tag in NAMES for token in nominal):
        return text[match.start() : min(match.end(), nominal[-1].end)]
    # Kiwi takes 나루동이 for a noun, 나루은행 for two, and 모아은행 for a verb and a noun.
    if _ends_like_a_name(word, rules, 1 if nominal else 2) and not (own and own[-1].tag in ENDINGS):
        return word
    # And 새솔반도체 for a determiner and nouns; who acts comes first.
    glued = first and len(own) > 2 and own[0].tag in _GLUED and own[1].tag in _NOMINAL
    return word if glued else None


@lru_cache(maxsize=1 << 14)
def _ends_like_a_name(word: str, rules: NameRules, least: int = 1) -> bool:
    """Whether a word ends like a name, with an ending of so many syllables at least."""
    return any(
        word.endswith(end) and len(word) - len(end) >= (2 if len(end) == 1 else 1)
        for end in rules.endings
        if len(end) >= least
    )
