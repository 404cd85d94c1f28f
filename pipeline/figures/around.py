"""What stands around a figure in its sentence: words, names, whose it is by the word before it."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache

from ..korean.comparing import FROM, THAN, WEIGHED
from ..korean.expressions import any_of, of_words
from ..korean.particles import POSSESSIVE, SUBJECT, SYLLABLES, TOO, TOPIC
from ..korean.rounding import AT_MOST, QUALIFIERS
from ..korean.spelling import first_names, is_short_for, key_of
from ..korean.tags import NAMES, NAMING, NOUNS, NUMBERS, PREDICATES
from ..korean.units import EACH
from ..records import CompareRules, Token

_FROM = re.compile(FROM)
_TO = re.compile(r"[^\s\d]{0,3}?(?:으로|로|까지)(?![가-힣])")
_FILLING = re.compile(rf"(?:{of_words(QUALIFIERS)}|각각|전체|고작|거의|합계)?\s{{0,3}}$")
#: Behind a whole of which the next figure is a share.
_OF = f"{POSSESSIVE[0]} "
_SHARE_OF = re.compile(rf"{_OF}(?:\d[\d.,]{{0,6}}\s?(?:[%％배]|퍼센트)|절반|[가-힣]{{1,2}}\s배)")
_OWNING = frozenset({*POSSESSIVE, *SUBJECT, *TOPIC, TOO[0]})
_SERIAL = re.compile(r"(?<![A-Za-z\d])[A-Za-z]{1,12}-?\d{1,4}[A-Za-z]?(?![A-Za-z\d])")
_QUARTER_LIKE = re.compile(r"(?:Q|H|FY)\d+", re.IGNORECASE)
#: Words that have stems.
_WORDS = NOUNS | PREDICATES
AGAINST = re.compile(rf"[^\s\d]{{0,2}}(?:{of_words((*THAN, *WEIGHED))})")


@dataclass(frozen=True, slots=True, eq=False)
class Compiled:
    """Patterns of the rules, and the names that others go by.

    Attributes
    ----------
    any_apart
        Whatever one of `apart` finds.
    unnamed
        What is no name by itself: 클라우드, 공장.
    """

    apart: tuple[re.Pattern[str], ...]
    any_apart: re.Pattern[str]
    part: re.Pattern[str]
    each: re.Pattern[str]
    average: re.Pattern[str]
    expected: re.Pattern[str]
    planned: re.Pattern[str]
    old: re.Pattern[str]
    once: re.Pattern[str]
    running: re.Pattern[str]
    names: Mapping[str, str]
    unnamed: frozenset[str]
    metrics: frozenset[str]
    results: frozenset[str]
    of_results: frozenset[str]


@lru_cache(maxsize=4)
def compiled(rules: CompareRules) -> Compiled:
    """The rules, as they are looked up."""
    return Compiled(
        tuple(any_of(one.words) for one in rules.apart),
        any_of(word for one in rules.apart for word in one.words),
        re.compile(
            rf"([가-힣A-Za-z0-9·]{{1,12}})(?:(?<![{SYLLABLES}서])\s)?(?:{of_words(rules.part)})(?!체|[가-힣]{{2}})"
        ),
        re.compile(
            rf"(?<![가-힣\d])({of_words(rules.each)})(?:에|으로)?\s?"  # 3분기에 is none
            rf"(?:{of_words((*QUALIFIERS, *AT_MOST))}|(?<={EACH}\s)[가-힣]{{1,6}})?\s?$"
        ),
        re.compile(
            rf"(?<![가-힣])({of_words(one for one in rules.each if one.endswith('평균'))})(?![가-힣])"
        ),
        re.compile(of_words(rules.expected)),
        re.compile(of_words(rules.planned)),
        re.compile(rf"(?:{of_words(rules.old)})(?:의|에는|엔)?\s?(?:{of_words(QUALIFIERS)}|연|월)?\s?$"),
        re.compile(of_words(rules.once)),
        re.compile(of_words(rules.running)),
        first_names(rules.aliases),
        rules.figures.common | rules.figures.subjects["segments"],
        frozenset(key_of(m.name) for m in rules.figures.metrics),
        frozenset(key_of(m.name) for m in rules.figures.metrics if m.result or m.day),
        frozenset(key_of(m.name) for m in rules.figures.metrics if m.result and not m.day),
    )


@lru_cache(maxsize=1 << 14)
def keys_of(name: str | None, rules: CompareRules) -> frozenset[str]:
    """Keys under which a name goes: its own, that of its last word, each by its alias."""
    if not name:
        return frozenset()
    names = compiled(rules).names
    words = name.split()
    forms = {key_of(name), key_of(words[-1])}
    return frozenset(names.get(form, form) for form in forms)


def same_name(ones: frozenset[str], others: frozenset[str]) -> bool:
    """Whether two names are one, or one is the other's short form: 태산 and 태산홀딩스."""
    if ones & others:
        return True
    return any(
        len(min(a, b, key=len)) >= 2
        and (a.startswith(b) or b.startswith(a) or is_short_for(a, b) or is_short_for(b, a))
        for a in ones
        for b in others
    ) and not any(a[-1:].isdigit() or b[-1:].isdigit() for a in ones for b in others)


def inside(at: int, places: Sequence[tuple[int, int]]) -> bool:
    """Whether a place lies in a figure."""
    return any(start <= at < end for start, end in places)


def stems(
    tokens: Sequence[Token], places: Sequence[tuple[int, int]], rules: CompareRules
) -> list[tuple[int, int, str]]:
    """Stems of words outside of figures, with where they stand.

    Two syllables of a noun stand for it (양산품, 양산).
    """
    names = compiled(rules).names
    found = []
    for token in tokens:
        if token.tag in _WORDS and not inside(token.start, places):
            key = key_of(token.form)
            if key in rules.plain:
                continue
            key = names.get(key, key)
            found.append(
                (token.start, token.end, key if token.tag not in NAMING or len(key) < 4 else key[:4])
            )
    return found


def between(stems: Sequence[tuple[int, int, str]], left: int, right: int) -> frozenset[str]:
    """The stems that stand between two places."""
    return frozenset([stem for start, end, stem in stems if start >= left and end <= right])


def serials(
    text: str, tokens: Sequence[Token], left: int, right: int, places: Sequence[tuple[int, int]]
) -> Iterable[str]:
    """Names with a number: ATTO-2, HBM4, 트레이니움2."""
    for match in _SERIAL.finditer(text, left, right):
        if not inside(match.start(), places) and not _QUARTER_LIKE.fullmatch(match[0]):
            yield key_of(match[0])
    before: Token | None = None
    for token in tokens:
        if token.end > right:
            break
        numbered = token.tag in NUMBERS and token.start >= left and not inside(token.start, places)
        if numbered and token.tag == "W_SERIAL":
            yield key_of(token.form)
        elif numbered and before is not None and before.tag in NAMES:
            yield from [key_of(before.form + token.form)] if before.end == token.start else []
        before = token


def role_of(text: str, n: int, places: Sequence[tuple[int, int]], cues: Compiled) -> str:
    """``old`` for what another one takes the place of, ``aside`` for what a figure is measured against."""
    start, end = places[n]
    if cues.old.search(text[:start]) or cues.once.search(text, places[n - 1][1] if n else 0, start):
        return "old"
    if n + 1 < len(places) and places[n + 1][0] - end < 24 and _FROM.match(text, end):
        following = places[n + 1][1]
        if _TO.match(text, following) or text[following : following + 1] in (" ", ""):
            return "old"
    if text[max(0, start - 1) : start] == "(" or AGAINST.match(text, end):
        return "aside"
    if n + 1 < len(places) and places[n + 1][0] == end + len(_OF) and _SHARE_OF.match(text, end):
        return "aside"  # 56MW의 75%
    return ""


def label_of(tokens: Sequence[Token], text: str, start: int, rules: CompareRules) -> str:
    """A noun that stands right before a figure, with no particle between."""
    filling = _FILLING.search(text, 0, start)
    at = filling.start() if filling else start
    last = [token for token in tokens if token.end <= at]
    if last and last[-1].tag in NAMING and not text[last[-1].end : at].strip():
        key = key_of(last[-1].form)
        told = key not in rules.plain and last[-1].form not in rules.each
        return compiled(rules).names.get(key, key) if told else ""
    return ""


def owner_of(tokens: Sequence[Token], text: str, start: int) -> str:
    """A name that stands right before a figure, by itself or with a particle: 애저가 9%, AWS의 3억 달러."""
    filling = _FILLING.search(text, 0, start)
    at = filling.start() if filling else start
    named = [token for token in tokens if token.end <= at]
    if named and named[-1].form in _OWNING:
        named.pop()
    begin = end = -1
    for token in reversed(named):
        if token.tag not in NAMING or (begin >= 0 and begin - token.end > 1):
            break
        if begin < 0 and (token.tag not in NAMES or len(text[token.end : at].strip()) > 1):
            break
        begin, end = token.start, max(end, token.end)
    return text[begin:end] if begin >= 0 else ""
