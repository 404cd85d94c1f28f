"""Published methods, as published: lead, TextRank, LexRank, centroid."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

from .draft import Draft, Ranked, by_score

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    Matrix = NDArray[np.float64]

#: Tags that TextRank's word overlap counts: nouns, verbs, adjectives, roots, Latin, numbers.
_WORD_TAGS = ("NNG", "NNP", "VV", "VA", "XR", "SL", "SN")


def lead(draft: Draft) -> Ranked:
    """Rank the first sentences first: the baseline that news is hard to beat on."""
    n = len(draft.units)
    return by_score([(n - i) / n for i in range(n)])


def lexrank(draft: Draft) -> Ranked:
    """LexRank with threshold 0.1 and damping 0.85 (Erkan & Radev 2004).

    The graph joins sentences whose cosine is above the threshold; degrees are normalized, and salience is
    the stationary distribution of the random walk that jumps anywhere with probability 0.15. A sentence is
    similar to itself, as in the paper.
    """
    import numpy as np

    vectors = draft.vectors.astype(np.float64)
    return by_score(pagerank((vectors @ vectors.T > 0.1).astype(np.float64)))


def textrank(draft: Draft) -> Ranked:
    """TextRank for sentence extraction, damping 0.85 (Mihalcea & Tarau 2004).

    Similarity is the number of words in common over the sum of the logarithms of the two lengths; the
    ranking is PageRank on that weighted graph, without loops. Words are content morphemes.
    """
    import numpy as np
    from sklearn.feature_extraction import DictVectorizer

    words = [
        {f"{t.form}/{t.tag[:2]}": 1.0 for t in unit.tokens if t.tag.startswith(_WORD_TAGS)}
        for unit in draft.units
    ]
    if not any(words):
        return by_score([0.0] * len(words))
    sets = DictVectorizer().fit_transform(words)
    common = (sets @ sets.T).toarray()
    lengths = np.array([math.log(len(w)) if w else 0.0 for w in words])
    norm = lengths[:, None] + lengths[None, :]
    weights = np.divide(common, norm, out=np.zeros_like(common), where=norm > 0)
    np.fill_diagonal(weights, 0.0)
    return by_score(pagerank(weights))


def centroid(draft: Draft) -> Ranked:
    """Cosine with the mean of all sentences (centroid value alone of Radev et al. 2004, MEAD)."""
    import numpy as np

    vectors = draft.vectors.astype(np.float64)
    middle = vectors.sum(axis=0)
    length = float(np.linalg.norm(middle))
    return by_score((vectors @ middle / length).tolist() if length else [0.0] * len(vectors))


def pagerank(weights: Matrix, damping: float = 0.85, tolerance: float = 1e-10) -> list[float]:
    """Stationary distribution of a weighted graph by the power method (Brin & Page 1998).

    Parameters
    ----------
    weights
        Edge weights, non-negative, shape (n, n); row i holds the edges that leave i. A row without any
        leads everywhere alike.
    """
    import numpy as np

    n = len(weights)
    if n == 0:
        return []
    sums = weights.sum(axis=1, keepdims=True)
    step = np.divide(weights, sums, out=np.full_like(weights, 1 / n), where=sums > 0)
    rank = np.full(n, 1 / n)
    for _ in range(1000):
        new = (1 - damping) / n + damping * (rank @ step)
        change = float(np.abs(new - rank).sum())
        rank = new
        if change < tolerance:
            break
    return [float(value) for value in rank]
