"""Phrases that an article calls by in quotation marks, whatever they are made of: ‘검증된 최종 사용자’."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

import numpy as np

from ..korean.columns import TAGS
from ..korean.quotes import CLOSES, OPENS
from ..korean.spelling import key_of
from ..korean.tags import COMPOUND, NOUNS, PREDICATES
from ..records import KeywordRules, Tokens
from .reading import Reading, Span

#: What is quoted, with the Latin form that may stand in parentheses before or after the closing mark.
_QUOTED = re.compile(
    rf"[{OPENS}](?<![A-Za-z][{OPENS}])([가-힣A-Za-z0-9][가-힣A-Za-z0-9 ·&+/-]{{1,28}})"
    rf"(\([A-Za-z][A-Za-z&/ -]{{1,30}}\))?[{CLOSES}](\([A-Z])?"
)
#: A short form with what it is short for: VEU(검증된 최종 사용자).
_SPELLED = re.compile(
    rf"([A-Z](?<![A-Za-z][A-Z])[A-Z]{{1,7}})\(([{OPENS}]?)([가-힣][가-힣 ]{{3,28}})[{CLOSES}]?\)"
)
_NOMINAL = COMPOUND | {"SO", "SW", "SP"}
#: What a name may hold besides nouns: 검증된, 최종, 작은, 그들만의.
_MODIFYING = _NOMINAL | PREDICATES
_MODIFYING |= {"ETM", "NNB", "JKB", "JKO", "JKG", "MM", "MAG", "XSV", "XSA", "NR", "NP"}
_LAST = NOUNS | {"XSN", "SN"}
_MOST = 5  # words


def coined(read: Reading, rules: KeywordRules) -> list[tuple[list[Span], frozenset[str]]]:
    """Quoted phrases that are one thing to each article.

    Returns
    -------
    list
        Where those stand that are no plain noun chunk; keys of those that are, and that the article quotes
        or names again.
    """
    return [_coined(read, begin, end, rules) for begin, end in read.parts()]


def _coined(read: Reading, begin: int, end: int, rules: KeywordRules) -> tuple[list[Span], frozenset[str]]:
    quoted: set[str] = set()
    paired: set[str] = set()
    shapes: dict[str, Sequence[str]] = {}
    for phrase, start, told in _candidates(read.text, begin, end, rules):
        words = phrase.split()
        if not 2 <= len(words) <= _MOST:
            continue
        tags = _tags(read.tokens, start, start + len(phrase))
        if not _names(words, tags, rules):
            continue
        quoted.add(phrase)
        shapes.setdefault(phrase, tags)
        if told:
            paired.add(phrase)
    spans: list[Span] = []
    plain: set[str] = set()
    for phrase in sorted(quoted):
        places = list(_places(read.text, begin, end, phrase))
        if phrase not in paired and len(places) < 2:
            continue
        if all(tag in _NOMINAL for tag in shapes[phrase]) and not _hides(phrase, rules):
            plain.add(key_of(phrase))
            continue
        spans += [one for one in places if not any(one[0] < end and start < one[1] for start, end in spans)]
    return spans, frozenset(plain)


def _candidates(text: str, begin: int, end: int, rules: KeywordRules) -> Iterator[tuple[str, int, bool]]:
    """Phrases of a part of a text with where they start, and whether another form stands beside them."""
    for match in _QUOTED.finditer(text, begin, end):
        yield match[1].rstrip(), match.start(1), bool(match[2] or match[3])
    for match in _SPELLED.finditer(text, begin, end) if text.find("(", begin, end) >= 0 else ():
        if spells(match[1], match[3]) and rules.roles.isdisjoint(match[3].split()):
            yield match[3].rstrip(), match.start(3), True


def _tags(tokens: Tokens, start: int, end: int) -> list[str]:
    """Tags of the morphemes that a piece of text holds."""
    own = slice(*np.searchsorted(tokens.start, (start, end)).tolist())
    held = (tokens.end[own] <= end) & (tokens.start[own] < tokens.end[own])
    return [TAGS[tag] for tag in tokens.tag[own][held].tolist()]


def spells(short: str, long: str) -> bool:
    """Whether a phrase is long enough for what its short form stands for: three letters, five syllables."""
    return len(long.replace(" ", "")) >= 1.5 * len(short) or len(long.split()) >= len(short)


def _names(words: Sequence[str], tags: Sequence[str], rules: KeywordRules) -> bool:
    if not tags or tags[-1] not in _LAST or any(tag not in _MODIFYING for tag in tags):
        return False
    return words[-1] not in rules.never and not all(word in rules.alone | rules.never for word in words)


def _hides(phrase: str, rules: KeywordRules) -> bool:
    """Whether a word of a phrase is one that no noun chunk goes across: 최종 in 공인 최종 사용자."""
    return not rules.never.isdisjoint(phrase.split())


def _places(text: str, begin: int, end: int, phrase: str) -> Iterator[Span]:
    at = text.find(phrase, begin, end)
    while at >= 0:
        if not text[at - 1].isalnum():
            yield at, at + len(phrase)
        at = text.find(phrase, at + len(phrase), end)
