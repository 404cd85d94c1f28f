"""Which sentences of a story state the same fact."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from operator import add
from typing import Any

import numpy as np
from numpy.typing import NDArray

from ..korean.spelling import letters_of, words_of
from ..records import CONTENT_KINDS, CountRules, Report, StoryRules
from .blocking import buckets, common
from .counts import WHEN, Counts, at_odds, counts
from .figures import Figure, quantities, shared

Encode = Callable[[Sequence[str]], NDArray[np.float32]]

#: Share of character bigrams (Dice 1945) of two sentences that are nearly the same.
NEARLY = 0.62
#: Least cosine of two sentences that state the same, and of one that repeats another, by how many figures
#: they have in common (none, one, more).
_SAME, _REPEATS = (0.75, 0.4, 0.3), (0.45, 0.2, 0.1)
#: Cosine from which the first sentences of two articles state the same: both tell the event.
_FIRST = 0.35
#: Share of the shorter sentence's words that stand in the longer one when it repeats it.
_WORDS = 0.5
#: Sentences of an article that are compared, best first; no digest shows more.
_DEEP = 40
#: Sentences of a story that are compared, each with every other one; many articles give few each.
_MOST = 1_200
#: Characters of a sentence that are compared.
LONGEST = 400


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


def facts(
    reports: Mapping[int, Report], copies: frozenset[int], encode: Encode, rules: StoryRules
) -> tuple[Fact, ...]:
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
    rules
        What numbers count, and what they are measured in.

    Returns
    -------
    tuple of Fact
        One for each of an article's best sentences, in the order of the articles.
    """
    deep = max(1, min(_DEEP, _MOST // len(reports))) if len(reports) > 1 else _DEEP // 2
    places = [(i, index) for i, report in reports.items() for index in sorted(report.ranking[:deep])]
    texts = [reports[i].sentences[index].text for i, index in places]
    # An article alone is compared by its letters and figures: encoding it again would cost too much.
    rows = (
        encode([text[:LONGEST] for text in texts])
        if len(reports) > 1
        else np.zeros((len(texts), 1), dtype=np.float32)
    )
    cosine = (rows @ rows.T).astype(np.float64)
    # Outlets repeat each other word for word: each two texts are compared once.
    number: dict[str, int] = {}
    which = np.array([number.setdefault(text, len(number)) for text in texts])
    seen = [Seen(text[:LONGEST], rules.counts) for text in number]
    opens = {(i, next(s.index for s in r.sentences if s.kind in CONTENT_KINDS)) for i, r in reports.items()}
    articles, first = np.array([i for i, _ in places]), np.array([place in opens for place in places])
    same, repeats = (
        [frozenset(places[b] for b in np.flatnonzero(row).tolist()) for row in alike]
        for alike in _alike(seen, which, cosine, articles, first)
    )
    return tuple(Fact(*row) for row in zip(places, same, repeats, strict=True))


def _alike(
    seen: Sequence[Seen],
    which: NDArray[np.int64],
    cosine: NDArray[np.float64],
    articles: NDArray[np.int64],
    opens: NDArray[np.bool_],
) -> tuple[NDArray[np.bool_], NDArray[np.bool_]]:
    """Which sentences of two articles state the same, and which repeat each other; shape (n, n), either way.

    What gives another number for the same thing does neither: a reader is to see both, each with its source.
    In the first sentences another day alone is no second fact: outlets tell the day of the telling too.

    Parameters
    ----------
    seen, which
        The texts, and which of them each sentence is.
    articles
        Whose each sentence is.
    opens
        Whether it is the first of its article.
    """

    def of_all(matrix: NDArray[Any]) -> NDArray[Any]:
        found: NDArray[Any] = matrix[which[:, None], which[None, :]]
        return found

    words, grams = (of_all(common(own)) for own in ([s.words for s in seen], [s.grams for s in seen]))
    sizes, lengths = (
        np.array(list(map(len, own)))[which] for own in ([s.words for s in seen], [s.grams for s in seen])
    )
    few, shorter = (np.minimum(own[:, None], own[None, :]) for own in (lengths, sizes))
    nearly = (few > 0) & (2 * grams >= NEARLY * (lengths[:, None] + lengths[None, :]))
    contained = (shorter >= 3) & (words >= _WORDS * shorter)
    across = articles[:, None] != articles[None, :]
    # The first sentences of two articles both tell the event, whatever words they choose.
    both_open = across & opens[:, None] & opens[None, :] & (words > 0)
    figures = of_all(_in_common([one.figures for one in seen]))
    level = np.minimum(figures, 2)
    same = nearly | (cosine >= np.where(both_open, _FIRST, np.array(_SAME)[level]))
    repeated = (
        both_open | nearly | contained | (cosine >= np.array(_REPEATS)[level]) | ((figures > 0) & (words > 0))
    )
    told = np.array([bool(one.figures) for one in seen])[which]
    unlike = told[:, None] & told[None, :] & (figures == 0) & ~both_open
    differs, in_more = _at_odds(seen, which, np.triu(same | repeated, 1))
    same &= across & ~unlike & ~differs
    repeated &= ~np.where(both_open, in_more, differs)
    for matrix in (same, repeated):
        matrix &= np.triu(np.ones_like(matrix), 1)
        matrix |= matrix.T
    return same, repeated


def _at_odds(
    seen: Sequence[Seen], which: NDArray[np.int64], pairs: NDArray[np.bool_]
) -> tuple[NDArray[np.bool_], NDArray[np.bool_]]:
    """Which pairs count something differently, and which something other than days and hours."""
    differs, in_more = np.zeros_like(pairs), np.zeros_like(pairs)
    asked = np.zeros((len(seen), len(seen)), dtype=bool)
    first, second = np.nonzero(pairs)
    asked[which[first], which[second]] = True
    odds, more = np.zeros_like(asked), np.zeros_like(asked)
    for a, b in zip(*(own.tolist() for own in np.nonzero(asked)), strict=True):
        if a != b and (found := at_odds(seen[a].counts, seen[b].counts)):
            odds[a, b], more[a, b] = True, not found <= WHEN
    differs[first, second] = odds[which[first], which[second]]
    in_more[first, second] = more[which[first], which[second]]
    return differs, in_more


def _in_common(figures: Sequence[frozenset[Figure]]) -> NDArray[np.int64]:
    """How many figures of the smaller set each two have in common (`shared`)."""
    found = np.diag(np.array(list(map(len, figures)), dtype=np.int64))
    may = np.triu(common([buckets(own) for own in figures]) > 0, 1)
    for a, b in zip(*(own.tolist() for own in np.nonzero(may)), strict=True):
        found[a, b] = found[b, a] = shared(figures[a], figures[b])
    return found


class Seen:
    """What is compared of a sentence: letters in pairs, stems of words, figures, counts."""

    __slots__ = ("_counts", "_rules", "_text", "figures", "grams", "words")

    def __init__(self, text: str, rules: CountRules) -> None:
        self._text, self._rules = text, rules
        self._counts: Counts | None = None
        letters = letters_of(text)
        self.grams = frozenset(map(add, letters, letters[1:]))
        # Two syllables stand for the stem: 투자를, 투자해 and 투자금 are the same word here.
        self.words = frozenset(word[:2] for word in words_of(text) if len(word) > 1)
        self.figures = quantities(text, rules)

    @property
    def counts(self) -> Counts:
        """All that it counts; looked for only when it matters."""
        if self._counts is None:
            self._counts = counts(self._text, self._rules)
        return self._counts
