"""Published methods, as published: lead, TextRank, LexRank, centroid."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from ..korean.wording import Overlap, first_of_same, overlap
from ..records import Draft, Salience

Matrix = NDArray[np.float64]

#: Largest graph whose stationary distribution is solved for; beyond it the power method is faster.
_SOLVED = 400


def lead(draft: Draft) -> Salience:
    """Rank the first sentences first: the baseline that news is hard to beat on."""
    n = len(draft.units)
    return _scored(draft, "lead", [(n - i) / n for i in range(n)])


def lexrank(draft: Draft) -> Salience:
    """LexRank with threshold 0.1 and damping 0.85 (Erkan & Radev 2004).

    The graph joins sentences whose cosine is above the threshold; degrees are normalized, and salience is
    the stationary distribution of the random walk that jumps anywhere with probability 0.15. A sentence is
    similar to itself, as in the paper.
    """
    vectors = draft.vectors.astype(np.float64)
    return _scored(draft, "lexrank", pagerank((vectors @ vectors.T > 0.1).astype(np.float64)))


def textrank(draft: Draft) -> Salience:
    """TextRank for sentence extraction, damping 0.85 (Mihalcea & Tarau 2004).

    Similarity is the number of words in common over the sum of the logarithms of the two lengths; the
    ranking is PageRank on that weighted graph, without loops. Words are content morphemes.
    """
    return _scored(draft, "textrank", textrank_scores(overlap(draft.tokens)))


def textrank_scores(words: Overlap) -> list[float]:
    """TextRank of sentences by the words that they share."""
    lengths = np.log(np.maximum(words.sizes, 1.0))
    norm = lengths[:, None] + lengths
    weights = np.divide(words.common, norm, out=np.zeros_like(norm), where=norm > 0)
    np.fill_diagonal(weights, 0.0)
    return pagerank(weights)


def centroid(draft: Draft) -> Salience:
    """Cosine with the mean of all sentences (centroid value alone of Radev et al. 2004, MEAD)."""
    vectors = draft.vectors.astype(np.float64)
    middle = vectors.sum(axis=0)
    length = float(np.linalg.norm(middle))
    return _scored(
        draft, "centroid", (vectors @ middle / length).tolist() if length else [0.0] * len(vectors)
    )


def pagerank(weights: Matrix, damping: float = 0.85, tolerance: float = 1e-10) -> list[float]:
    """Stationary distribution of a weighted graph (Brin & Page 1998), solved for or by the power method.

    Parameters
    ----------
    weights
        Edge weights, non-negative, shape (n, n); row i holds the edges that leave i. A row without any
        leads everywhere alike.
    """
    n = len(weights)
    if n == 0:
        return []
    sums = weights.sum(axis=1, keepdims=True)
    step = np.divide(weights, sums, out=np.full_like(weights, 1 / n), where=sums > 0)
    if n <= _SOLVED:
        system = np.eye(n) - damping * step.T
        solved: list[float] = np.linalg.solve(system, np.full(n, (1 - damping) / n)).tolist()
        return solved
    rank = np.full(n, 1 / n)
    for _ in range(1000):
        new = (1 - damping) / n + damping * (rank @ step)
        change = float(np.abs(new - rank).sum())
        rank = new
        if change < tolerance:
            break
    return [float(value) for value in rank]


def _scored(draft: Draft, method: str, scores: Sequence[float]) -> Salience:
    """Scores as salience: scaled to the largest.

    They are rounded before they are compared, so that sentences whose scores differ only in the last bits
    keep document order on every machine.
    """
    top = max((float(s) for s in scores), default=0.0)
    worth = np.array([round(max(float(s), 0.0) / top, 4) if top > 0 else 0.0 for s in scores])
    return Salience((method,), worth[None], worth, worth, first_of_same(draft.units, draft.tokens))
