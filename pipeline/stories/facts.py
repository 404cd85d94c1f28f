"""Which sentences of a story state the same fact."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from ..records import Report
from .figures import alike, quantities

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    Encode = Callable[[Sequence[str]], NDArray[np.float32]]

#: Share of character bigrams (Dice 1945) of two sentences that are nearly the same.
_NEARLY = 0.62
#: Cosine from which two sentences with no figure at odds state the same, and from which one repeats the other.
_SAME, _REPEATS = 0.8, 0.6
#: With figures in common, less is enough.
_SAME_WITH_FIGURE, _REPEATS_WITH_FIGURE = 0.55, 0.25
#: Sentences of an article that are compared, best first; no digest shows more.
_DEEP = 40
_NOISE = re.compile(r"[\W_]+")


@dataclass(frozen=True, slots=True)
class Fact:
    """A sentence of a story and those that state the same.

    Attributes
    ----------
    place
        Position of the report and index of the sentence.
    same
        Sentences of other articles that are nearly the same: one line may stand for all of them.
    repeats
        Sentences that say so much of it again that a reader who has read it needs no second line.
    """

    place: tuple[int, int]
    same: frozenset[tuple[int, int]]
    repeats: frozenset[tuple[int, int]]


def facts(reports: Mapping[int, Report], copies: frozenset[int], encode: Encode) -> tuple[Fact, ...]:
    """Compare the sentences of a story's articles with each other.

    Parameters
    ----------
    reports
        By position.
    copies
        Positions of articles that repeat another one's text; their sentences are compared all the same, so
        that a line can name them.
    encode
        Texts to unit rows.

    Returns
    -------
    tuple of Fact
        One for each of an article's best sentences, in the order of the articles.
    """
    import numpy as np

    deep = _DEEP if len(reports) > 1 else _DEEP // 2
    places = [(i, index) for i, report in reports.items() for index in sorted(report.ranking[:deep])]
    texts = [reports[i].sentences[index].text for i, index in places]
    # An article alone is compared by its letters and figures: encoding it again would cost more than it tells.
    rows = encode(texts) if len(reports) > 1 else np.zeros((len(texts), 1), dtype=np.float32)
    cosine = rows @ rows.T
    grams = [_bigrams(text) for text in texts]
    figures = [quantities(text) for text in texts]
    same: list[set[tuple[int, int]]] = [set() for _ in places]
    repeats: list[set[tuple[int, int]]] = [set() for _ in places]
    for a in range(len(places)):
        for b in range(a + 1, len(places)):
            nearly = _dice(grams[a], grams[b])
            common = sum(any(alike(x, y) for y in figures[b]) for x in figures[a])
            odds = bool(figures[a] and figures[b]) and not common
            near = float(cosine[a, b])
            if nearly >= _NEARLY or near >= (_REPEATS_WITH_FIGURE if common else _REPEATS):
                repeats[a].add(places[b])
                repeats[b].add(places[a])
            is_same = nearly >= _NEARLY or near >= (_SAME_WITH_FIGURE if common else _SAME)
            if is_same and not odds and places[a][0] != places[b][0]:
                same[a].add(places[b])
                same[b].add(places[a])
    return tuple(Fact(*row) for row in zip(places, map(frozenset, same), map(frozenset, repeats), strict=True))


def _bigrams(text: str) -> frozenset[str]:
    letters = _NOISE.sub("", text).casefold()
    return frozenset(letters[i : i + 2] for i in range(len(letters) - 1))


def _dice(one: frozenset[str], other: frozenset[str]) -> float:
    total = len(one) + len(other)
    return 2 * len(one & other) / total if total else 0.0
