"""Themes that nobody configured: a second pass over the reports of a batch."""

from __future__ import annotations

import math
import re
from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from hashlib import sha256
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from ..korean.tags import COMPOUND, NAMING, NOUNS
from ..records import OTHER, Background, Report, Token
from .clusters import Nouns, groups, likest

if TYPE_CHECKING:
    Encode = Callable[[Sequence[str]], NDArray[np.float32]]
    Tokenize = Callable[[Sequence[str]], Sequence[Sequence[Token]]]

_WORD = re.compile(r"[A-Za-z가-힣]{2,}")
#: Fewest sentences of a theme, and the share of them that a term of its label stands in.
_LEAST, _COMMON = 4, 0.25
#: Least share of an article that is a theme by itself.
_ALONE = 1 / 3
#: Sentences that are read at a time.
_BLOCK = 1024


@dataclass(frozen=True, slots=True)
class FoundTheme:
    """A theme found among the sentences that no configured one took.

    Attributes
    ----------
    label
        Its most telling terms, ``주가·목표가``.
    sentences
        Report positions and sentence indices.
    """

    id: str
    label: str
    terms: tuple[str, ...]
    sentences: tuple[tuple[int, int], ...]


@dataclass(frozen=True, slots=True)
class _Left:
    """Sentences that no theme took: their places, their nouns and those of their headings, their rows."""

    places: list[tuple[int, int]]
    terms: list[set[str]]
    above: list[set[str]]
    vectors: NDArray[np.float32]


def discover(
    reports: Sequence[Report],
    encode: Encode,
    tokenize: Tokenize,
    background: Background,
    plain: frozenset[str],
    most: int,
) -> tuple[FoundTheme, ...]:
    """Cluster what is left in ``other``, without a number of clusters given; none is a good answer.

    Sentences are joined while they are alike on average (agglomerative clustering, average linkage). A
    group is a theme when it has four sentences or more and at least two terms of its own, by class-based
    TF-IDF (Grootendorst 2022) against the other groups and the sentences that have a theme. The only
    sentence of an article in a group has strayed there, and stays in ``other``, unless it has such a term;
    a theme of a single article makes up a third of it.

    Every sentence is compared with every other one, so themes are looked for in as many articles as
    `looked_at` allows; sentences of the others join a theme that they are alike to and have a term of
    (Buckshot, Cutting et al. 1992).

    Parameters
    ----------
    reports
        In an order that does not depend on the batch's: it decides ties.
    encode
        Texts and their morphemes to unit rows.
    plain
        Everyday nouns (처음, 주인), casefolded, that name no theme.
    most
        Sentences that are compared with each other.

    Returns
    -------
    tuple of FoundTheme
        The largest first.
    """
    chosen = looked_at(reports, most)
    left = _left(reports, chosen, encode, tokenize)
    if len(left.places) < _LEAST:
        return ()
    taken = [s.text for r in chosen for s in reports[r].sentences if s.theme not in (None, OTHER)]
    elsewhere = Counter(t for own in _terms(taken, tokenize) for t in own)
    documents = Counter(t for own in left.terms for t in own) + elsewhere
    rarity = {t: _rarity(t, background) for t in {*documents, *(t for own in left.above for t in own)}}
    nouns = Nouns(rarity, left.terms, left.above)
    rows = nouns.rows(left.terms, left.above)
    clusters = groups(rows, left.vectors)
    counts = [Counter(t for n in group for t in {*left.terms[n], *left.above[n]}) for group in clusters]
    total = elsewhere.copy()
    for own in counts:
        total.update(own)
    average = sum(total.values()) / (len(counts) + 1)
    found = []
    for group, own in zip(clusters, counts, strict=True):
        if len(group) < _LEAST:
            continue
        inside = Counter(t for n in group for t in left.terms[n])
        weight = {term: math.log(1 + average / total[term]) * rarity[term] ** 2 for term in own}
        every = _telling(own, inside, len(group), weight, elsewhere, len(taken))
        names = [term for term in every if term.casefold() not in plain]
        members = _members(group, left.places, left.terms, names)
        # A group that only its heading holds together says nothing of its own.
        telling = len(every) >= 2 and any(inside[term] >= 2 for term in names)
        if telling and _carries(members, reports):
            terms = (*names, *(term for term in every if term not in names))
            found.append((terms, members, nouns.middle(rows, left.vectors, group)))
    rest = sorted(set(range(len(reports))).difference(chosen))
    for start in range(0, len(rest) if found else 0, _BLOCK // 8):
        more = _left(reports, rest[start : start + _BLOCK // 8], encode, tokenize)
        middles = [middle for _, _, middle in found]
        nearest = likest(nouns.rows(more.terms, more.above), more.vectors, middles)
        for place, own_terms, at in zip(more.places, more.terms, nearest, strict=True):
            if at is not None and own_terms.intersection(found[at][0]):
                found[at][1].append(place)
    found.sort(key=lambda one: (-len(one[1]), one[0]))
    return tuple(
        FoundTheme(f"found-{n}", "·".join(terms[:2]), terms, tuple(sorted(places)))
        for n, (terms, places, _) in enumerate(found, 1)
    )


def looked_at(reports: Sequence[Report], most: int) -> list[int]:
    """Positions of the reports that themes are looked for in: all, or as many as leave `most` sentences.

    Which ones depends on their ids alone, not on their order, and is no one's choice.
    """
    sizes = [left_in(report) for report in reports]
    if sum(sizes) <= most:
        return list(range(len(reports)))
    mixed = sorted(range(len(reports)), key=lambda r: (sha256(reports[r].id.encode()).digest(), r))
    chosen, total = [], 0
    for r in mixed:
        if total + sizes[r] <= most:
            chosen.append(r)
            total += sizes[r]
    return sorted(chosen)


def left_in(report: Report) -> int:
    """How many sentences of a report no theme took."""
    return sum(s.theme == OTHER for s in report.sentences)


def with_found(reports: Sequence[Report], found: Sequence[FoundTheme]) -> tuple[Report, ...]:
    """The reports with the sentences of found themes under their ids."""
    themes = {place: theme.id for theme in found for place in theme.sentences}
    return tuple(
        replace(
            report,
            sentences=tuple(
                replace(s, theme=themes[r, s.index]) if (r, s.index) in themes else s
                for s in report.sentences
            ),
        )
        for r, report in enumerate(reports)
    )


def _left(reports: Sequence[Report], positions: Sequence[int], encode: Encode, tokenize: Tokenize) -> _Left:
    places = [(r, s.index) for r in positions for s in reports[r].sentences if s.theme == OTHER]
    headings = [_heading(reports[r], i) for r, i in places]
    texts = [reports[r].sentences[i].text for r, i in places]
    terms, vectors = [], []
    for start in range(0, len(texts), _BLOCK):
        block = texts[start : start + _BLOCK]
        tokens = tokenize(block)
        terms += [terms_of(text, own) for text, own in zip(block, tokens, strict=True)]
        vectors.append(encode(block))
    distinct = sorted(set(headings))
    above = dict(zip(distinct, _terms(distinct, tokenize), strict=True))
    rows = np.concatenate(vectors) if vectors else np.zeros((0, 1), dtype=np.float32)
    return _Left(places, terms, [above[heading] for heading in headings], rows)


def _heading(report: Report, index: int) -> str:
    section = report.sentences[index].section
    return report.sentences[section].text if section is not None else ""


def _terms(texts: Sequence[str], tokenize: Tokenize) -> list[set[str]]:
    found = []
    for start in range(0, len(texts), _BLOCK):
        block = texts[start : start + _BLOCK]
        found += [terms_of(text, tokens) for text, tokens in zip(block, tokenize(block), strict=True)]
    return found


def terms_of(text: str, tokens: Sequence[Token]) -> set[str]:
    """Nouns as written between spaces and particles: 데이터+센터 is 데이터센터."""
    words: list[tuple[str, int, int]] = []
    start = end = -1
    noun = False
    for token in (*tokens, None):
        if token is not None and token.tag in COMPOUND and token.start == end:
            end, noun = token.end, noun or token.tag in NOUNS
            continue
        if noun and _WORD.fullmatch(text[start:end]):
            words.append((text[start:end], start, end))
        start, end, noun = (
            (token.start, token.end, token.tag in NOUNS)
            if token is not None and token.tag in COMPOUND
            else (-1, -1, False)
        )
    return {word for word, _, _ in words}


def _rarity(term: str, background: Background) -> float:
    """Rarity in the news at large, 0..1; a compound that the table does not know is rare."""
    count = max(background.frequency.get(f"{term}/{tag}", 0) for tag in sorted(NAMING))
    return math.log((1 + background.documents) / (1 + count)) / math.log(1 + background.documents)


def _members(
    group: Sequence[int], left: Sequence[tuple[int, int]], terms: Sequence[set[str]], telling: Sequence[str]
) -> list[tuple[int, int]]:
    """The places of a group without those that have strayed there."""
    sizes = Counter(left[n][0] for n in group)
    return [left[n] for n in group if sizes[left[n][0]] > 1 or terms[n].intersection(telling)]


def _carries(members: Sequence[tuple[int, int]], reports: Sequence[Report]) -> bool:
    """Whether sentences are enough for a theme."""
    heard = {r for r, _ in members}
    if len(members) < _LEAST or len(heard) > 1:
        return len(members) >= _LEAST
    own = sum(s.theme is not None for r in heard for s in reports[r].sentences)
    return len(members) >= _ALONE * own


def _telling(
    own: Counter[str],
    inside: Counter[str],
    size: int,
    weight: Mapping[str, float],
    elsewhere: Counter[str],
    taken: int,
) -> list[str]:
    """Terms that stand in enough of a group's sentences, the most telling first."""
    least = max(2, math.ceil(_COMMON * size))
    scores = {
        term: count / size * weight[term]
        for term, count in own.items()
        # What the sentences of configured themes say more often gathers leftovers (아마존), and is no theme.
        if count >= max(least, elsewhere[term]) and count * taken > 2 * elsewhere[term] * size
    }
    ranked = sorted(scores, key=lambda term: (inside[term] < 2, -round(scores[term], 9), term))
    chosen: list[str] = []
    for term in ranked:
        if not any(term in other or other in term for other in chosen):
            chosen.append(term)
    return chosen[:5]
