"""Phrases that an article calls by in quotation marks, whatever they are made of: ‘검증된 최종 사용자’."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence

from ..korean.tags import COMPOUND, NOUNS, PREDICATES
from ..records import KeywordRules, Token, Unit

#: What is quoted, with the Latin form that may stand in parentheses before or after the closing mark.
_QUOTED = re.compile(
    r"[‘'“\"](?<![A-Za-z][‘'“\"])([가-힣A-Za-z0-9][가-힣A-Za-z0-9 ·&+/-]{1,28})"
    r"(\([A-Za-z][A-Za-z&/ -]{1,30}\))?[’'”\"](\([A-Z])?"
)
#: A short form with what it is short for: VEU(검증된 최종 사용자).
_SPELLED = re.compile(r"(?<![A-Za-z])([A-Z]{2,8})\(([‘'“\"]?)([가-힣][가-힣 ]{3,28})[’'”\"]?\)")
_NOMINAL = COMPOUND | {"SO", "SW", "SP"}
#: What a name may hold besides nouns: 검증된, 최종, 작은, 그들만의.
_MODIFYING = _NOMINAL | PREDICATES
_MODIFYING |= {"ETM", "NNB", "JKB", "JKO", "JKG", "MM", "MAG", "XSV", "XSA", "NR", "NP"}
_MOST = 5  # words


def coined(
    units: Sequence[Unit], rules: KeywordRules
) -> tuple[dict[int, list[tuple[int, int]]], frozenset[str]]:
    """Quoted phrases that are one thing to the article.

    Returns
    -------
    spans
        By unit index, where those stand that are no plain noun chunk.
    plain
        Those that are, and that the article quotes or names again.
    """
    quoted: Counter[str] = Counter()
    paired: set[str] = set()
    shapes: dict[str, Sequence[Token]] = {}
    for unit in units:
        for phrase, start, told in _candidates(unit, rules):
            tokens = [
                t
                for t in unit.tokens
                if start <= t.start and t.end <= start + len(phrase) and t.start < t.end
            ]
            if not _names(phrase, tokens, rules):
                continue
            quoted[phrase] += 1
            shapes.setdefault(phrase, tokens)
            if told:
                paired.add(phrase)
    spans: dict[int, list[tuple[int, int]]] = defaultdict(list)
    plain: set[str] = set()
    for phrase in sorted(quoted):
        places = [(unit.index, place) for unit in units for place in _places(unit.text, phrase)]
        if phrase not in paired and len(places) < 2:
            continue
        if all(token.tag in _NOMINAL for token in shapes[phrase]) and not _hides(phrase, rules):
            plain.add(phrase)
            continue
        for index, place in places:
            if not any(place[0] < end and start < place[1] for start, end in spans[index]):
                spans[index].append(place)
    return {index: sorted(found) for index, found in spans.items() if found}, frozenset(plain)


def _candidates(unit: Unit, rules: KeywordRules) -> Iterator[tuple[str, int, bool]]:
    """Phrases of a unit with where they start, and whether another form stands beside them."""
    for match in _QUOTED.finditer(unit.text):
        yield match[1].rstrip(), match.start(1), bool(match[2] or match[3])
    for match in _SPELLED.finditer(unit.text) if "(" in unit.text else ():
        if spells(match[1], match[3]) and rules.roles.isdisjoint(match[3].split()):
            yield match[3].rstrip(), match.start(3), True


def spells(short: str, long: str) -> bool:
    """Whether a phrase is long enough for what its short form stands for: three letters, five syllables."""
    return len(long.replace(" ", "")) >= 1.5 * len(short) or len(long.split()) >= len(short)


def _names(phrase: str, tokens: Sequence[Token], rules: KeywordRules) -> bool:
    words = phrase.split()
    if not 2 <= len(words) <= _MOST or not tokens or tokens[-1].tag not in NOUNS | {"XSN", "SN"}:
        return False
    if any(token.tag not in _MODIFYING for token in tokens):
        return False
    return words[-1] not in rules.never and not all(word in rules.alone | rules.never for word in words)


def _hides(phrase: str, rules: KeywordRules) -> bool:
    """Whether a word of a phrase is one that no noun chunk goes across: 최종 in 공인 최종 사용자."""
    return not rules.never.isdisjoint(phrase.split())


def _places(text: str, phrase: str) -> Iterator[tuple[int, int]]:
    at = text.find(phrase)
    while at >= 0:
        if not text[max(0, at - 1) : at].isalnum():
            yield at, at + len(phrase)
        at = text.find(phrase, at + len(phrase))
