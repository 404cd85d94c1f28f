"""The default method: a linear score over named features, then greedy choice with redundancy control."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ..records import OTHER
from .baselines import textrank
from .draft import Draft, Ranked, by_score

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    Column = NDArray[np.float64]

#: Weight of each feature; all features lie between 0 and 1.
WEIGHTS = {
    "nouns": 0.35,
    "textrank": 0.2,
    "centrality": 0.15,
    "position": 0.15,
    "headings": 0.1,
    "theme": 0.05,
}
#: What a candidate loses for its cosine with what is chosen already (MMR, Carbonell & Goldstein 1998).
_REDUNDANCY = 0.35
#: What the first sentence of a theme that the summary does not cover yet gains.
_COVERAGE = 0.1


def editor(draft: Draft) -> Ranked:
    """Rank by weighted features, each next one chosen for what it adds to those before it.

    The order is greedy, so the ranking of k sentences is a prefix of that of k + 1.
    """
    import numpy as np

    n = len(draft.units)
    if n == 0:
        return Ranked((), ())
    columns = features(draft)
    score: Column = np.sum([weight * columns[name] for name, weight in WEIGHTS.items()], axis=0)
    vectors = draft.vectors.astype(np.float64)
    nearest = np.zeros(n)
    covered: set[str] = {OTHER}
    left = list(range(n))
    order: list[int] = []
    while left:
        gain = score - _REDUNDANCY * nearest
        fresh = [_COVERAGE * (theme not in covered) for theme, _ in draft.themes]
        best = max(left, key=lambda i: (round(float(gain[i]) + fresh[i], 6), -i))
        order.append(best)
        left.remove(best)
        covered.add(draft.themes[best][0])
        nearest = np.maximum(nearest, vectors @ vectors[best])
    return Ranked(tuple(order), by_score(score.tolist()).salience)


def features(draft: Draft) -> dict[str, Column]:
    """Features of every unit of a draft, each a column of n values between 0 and 1."""
    import numpy as np

    n = len(draft.units)
    vectors = draft.vectors.astype(np.float64)
    nouns = np.array([sum(t.tag in ("NNG", "NNP", "SL", "SN") for t in unit.tokens) for unit in draft.units])
    heads = draft.heads.astype(np.float64)
    return {
        "nouns": _scaled(np.minimum(nouns, 25.0)),
        "textrank": np.array(textrank(draft).salience),
        "centrality": _scaled(np.maximum(vectors @ vectors.sum(axis=0), 0.0)),
        "position": 1 / np.sqrt(1 + np.arange(n)),
        "headings": np.max(np.maximum(vectors @ heads.T, 0.0), axis=1) if len(heads) else np.zeros(n),
        "theme": np.array([score if theme != OTHER else 0.0 for theme, score in draft.themes]),
    }


def _scaled(column: Column) -> Column:
    import numpy as np

    top = float(column.max(initial=0.0))
    return column / top if top > 0 else np.zeros(len(column))
