"""Themes of the sentences of one article."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from ..records import OTHER, Unit
from .evidence import gather
from .lexicon import TERM
from .model import probabilities
from .prepare import Prepared

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

#: A second theme has at least this score, and its term is a subject, an object or a predicate.
_SECOND = 0.25


@dataclass(frozen=True, slots=True)
class Assignment:
    """The theme of a unit, its second one where it really has two, and the score of each theme."""

    theme: str
    scores: dict[str, float]
    second: str | None = None


def assign(
    units: Sequence[Unit], vectors: NDArray[np.float32], prepared: Prepared, threshold: float
) -> tuple[Assignment | None, ...]:
    """Score every body sentence and item for every theme.

    Parameters
    ----------
    vectors
        Unit rows for `units`, shape (n, d).
    threshold
        The least score of a theme that is given; a theme less likely than none is not given either.

    Returns
    -------
    tuple
        One a unit; None for units that are neither body sentences nor items. Scores are probabilities:
        of the sentences that score 0.8 for a theme, about 80 % belong to it. What they lack to 1 is the
        probability of none.
    """
    found: list[Assignment | None] = [None] * len(units)
    evidence = gather(units, vectors, prepared)
    if not len(evidence.place.content):
        return tuple(found)
    _, scores = probabilities(evidence, prepared.model)
    themes = prepared.ids[:-1]
    for u, row in zip(evidence.place.content.tolist(), scores.tolist(), strict=True):
        # max() keeps the first of equals: the order of the set decides ties.
        best = max(range(len(themes)), key=row.__getitem__)
        theme = themes[best] if row[best] >= threshold and row[best] > row[-1] else OTHER
        second = None
        if theme != OTHER:
            named = {h.phrase.theme for h in evidence.hits[u] if h.phrase.kind == TERM and h.asserted}
            rivals = [t for t in named - {best, len(themes)} if row[t] >= _SECOND]
            second = themes[max(rivals, key=row.__getitem__)] if rivals and best in named else None
        found[u] = Assignment(theme, dict(zip(themes, (round(p, 4) for p in row), strict=False)), second)
    return tuple(found)
