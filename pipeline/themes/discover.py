"""Themes that nobody configured: a second pass over the reports of a batch."""

from __future__ import annotations

import math
import re
from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from ..records import OTHER, Background, Report, Token

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    Matrix = NDArray[np.float64]

_NOUNS = frozenset({"NNG", "NNP", "SL", "XR"})
_JOINED = frozenset({"NNG", "NNP", "SL", "XR", "XSN", "XPN", "SN"})
_WORD = re.compile(r"[A-Za-z가-힣]{2,}")
#: Fewest sentences of a theme, and the share of them that a term of its label stands in.
_LEAST, _COMMON = 4, 0.25
#: Least share of an article that is a theme by itself.
_ALONE = 1 / 3
#: Average likeness (cosine) of two groups of sentences that are still one theme.
_ALIKE = 0.16
#: How much shared nouns weigh against the encoder's likeness, and a noun of the heading against one inside.
_BY_NOUNS, _BY_HEADING = 0.65, 0.7


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


def discover(
    reports: Sequence[Report],
    encode: Callable[[Sequence[str]], NDArray[np.float32]],
    tokenize: Callable[[Sequence[str]], Sequence[Sequence[Token]]],
    background: Background,
    plain: frozenset[str] = frozenset(),
) -> tuple[FoundTheme, ...]:
    """Cluster what is left in ``other``, without a number of clusters given; none is a good answer.

    Sentences are joined while they are alike on average (agglomerative clustering, average linkage). A
    group is a theme when it has four sentences or more and at least two terms of its own, by class-based
    TF-IDF (Grootendorst 2022) against the other groups and the sentences that have a theme. The only
    sentence of an article in a group has strayed there, and stays in ``other``, unless it has such a term;
    a theme of a single article makes up a third of it.

    Parameters
    ----------
    reports
        In an order that does not depend on the batch's: it decides ties.
    plain
        Everyday nouns (처음, 주인), casefolded, that name no theme.

    Returns
    -------
    tuple of FoundTheme
        The largest first.
    """
    import numpy as np

    left = [(r, s.index) for r, report in enumerate(reports) for s in report.sentences if s.theme == OTHER]
    if len(left) < _LEAST:
        return ()
    texts = [reports[r].sentences[i].text for r, i in left]
    headings = [_heading(reports[r], i) for r, i in left]
    taken = [s.text for report in reports for s in report.sentences if s.theme not in (None, OTHER)]
    terms = [terms_of(text, tokens) for text, tokens in _read(texts, tokenize)]
    above = [terms_of(text, tokens) for text, tokens in _read(headings, tokenize)]
    elsewhere = Counter(t for text, tokens in _read(taken, tokenize) for t in terms_of(text, tokens))
    documents = Counter(t for own in terms for t in own) + elsewhere
    rarity = {t: _rarity(t, background) for t in {*documents, *(t for own in above for t in own)}}
    rows = _rows(terms, above, rarity)
    vectors = encode(texts).astype(np.float64)
    alike = _BY_NOUNS * rows @ rows.T + (1 - _BY_NOUNS) * vectors @ vectors.T
    groups = _groups(alike)
    counts = [Counter(t for n in group for t in {*terms[n], *above[n]}) for group in groups]
    found = []
    for group, own in zip(groups, counts, strict=True):
        if len(group) < _LEAST:
            continue
        inside = Counter(t for n in group for t in terms[n])
        every = _telling(own, inside, len(group), counts, elsewhere, len(taken), rarity)
        names = [term for term in every if term.casefold() not in plain]
        members = _members(group, left, terms, names)
        # A group that only its heading holds together says nothing of its own.
        telling = len(every) >= 2 and any(inside[term] >= 2 for term in names)
        if telling and _carries(members, reports):
            found.append(((*names, *(term for term in every if term not in names)), members))
    found.sort(key=lambda pair: (-len(pair[1]), pair[0]))
    return tuple(
        FoundTheme(f"found-{n}", "·".join(telling[:2]), telling, sentences)
        for n, (telling, sentences) in enumerate(found, 1)
    )


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


def _heading(report: Report, index: int) -> str:
    section = report.sentences[index].section
    return report.sentences[section].text if section is not None else ""


def _read(
    texts: Sequence[str], tokenize: Callable[[Sequence[str]], Sequence[Sequence[Token]]]
) -> list[tuple[str, Sequence[Token]]]:
    return list(zip(texts, tokenize(texts), strict=True)) if texts else []


def terms_of(text: str, tokens: Sequence[Token]) -> set[str]:
    """Nouns as written between spaces and particles: 데이터+센터 is 데이터센터."""
    words: list[tuple[str, int, int]] = []
    start = end = -1
    noun = False
    for token in (*tokens, None):
        if token is not None and token.tag in _JOINED and token.start == end:
            end, noun = token.end, noun or token.tag in _NOUNS
            continue
        if noun and _WORD.fullmatch(text[start:end]):
            words.append((text[start:end], start, end))
        start, end, noun = (
            (token.start, token.end, token.tag in _NOUNS)
            if token is not None and token.tag in _JOINED
            else (-1, -1, False)
        )
    return {word for word, _, _ in words}


def _rarity(term: str, background: Background) -> float:
    """Rarity in the news at large, 0..1; a compound that the table does not know is rare."""
    count = max(background.frequency.get(f"{term}/{tag}", 0) for tag in ("NNG", "NNP", "SL"))
    return math.log((1 + background.documents) / (1 + count)) / math.log(1 + background.documents)


def _rows(terms: Sequence[set[str]], above: Sequence[set[str]], rarity: dict[str, float]) -> Matrix:
    import numpy as np

    columns = {t: n for n, t in enumerate(sorted({t for own in (*terms, *above) for t in own}))}
    rows = np.zeros((len(terms), len(columns)))
    for row, own, heading in zip(rows, terms, above, strict=True):
        for t in heading:
            row[columns[t]] = _BY_HEADING * rarity[t] ** 2
        for t in own:
            row[columns[t]] = rarity[t] ** 2
    lengths = np.linalg.norm(rows, axis=1, keepdims=True)
    units: Matrix = np.divide(rows, lengths, out=np.zeros_like(rows), where=lengths > 0)
    return units


def _groups(alike: Matrix) -> list[list[int]]:
    import numpy as np
    from sklearn.cluster import AgglomerativeClustering

    distance = np.clip(1.0 - alike, 0.0, 2.0)
    distance = np.round((distance + distance.T) / 2, 9)
    labels = AgglomerativeClustering(
        n_clusters=None, metric="precomputed", linkage="average", distance_threshold=1.0 - _ALIKE
    ).fit_predict(distance)
    groups: dict[int, list[int]] = {}
    for n, label in enumerate(labels.tolist()):
        groups.setdefault(label, []).append(n)
    return list(groups.values())


def _members(
    group: Sequence[int], left: Sequence[tuple[int, int]], terms: Sequence[set[str]], telling: Sequence[str]
) -> tuple[tuple[int, int], ...]:
    """The places of a group without those that have strayed there."""
    sizes = Counter(left[n][0] for n in group)
    return tuple(sorted(left[n] for n in group if sizes[left[n][0]] > 1 or terms[n].intersection(telling)))


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
    groups: Sequence[Counter[str]],
    elsewhere: Counter[str],
    taken: int,
    rarity: dict[str, float],
) -> list[str]:
    """Terms that stand in enough of a group's sentences, the most telling first."""
    total = sum((group for group in groups), Counter[str]()) + elsewhere
    average = sum(total.values()) / (len(groups) + 1)
    least = max(2, math.ceil(_COMMON * size))
    scores = {
        term: count / size * math.log(1 + average / total[term]) * rarity[term] ** 2
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
