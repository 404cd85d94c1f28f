"""Named features of sentences: what the `editor` method weighs.

Each feature has a value for each sentence, and edges that cut these values into bins; a model gives each
bin its worth, so that the worth of a sentence is a sum of table entries (a generalized additive model,
Hastie & Tibshirani 1986, with step functions).
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping

import numpy as np
from numpy.typing import NDArray

from ...korean.wording import Overlap, overlap
from ...records import Draft
from ..likeness import likeness
from . import cues, figures, links, places, words

__all__ = ["BINS", "EDGES", "FEATURES", "binned", "bins_between", "features"]

Table = NDArray[np.float64]
Cells = NDArray[np.int64]

#: The edges of each feature: a value belongs to the bin whose number is how many edges are not above it.
EDGES: Mapping[str, tuple[float, ...]] = {
    **words.EDGES,
    **places.EDGES,
    **figures.EDGES,
    **links.EDGES,
    **cues.EDGES,
}
FEATURES = tuple(EDGES)


def features(draft: Draft, alike: Table | None = None, shared: Overlap | None = None) -> Table:
    """Rows of n values, one for each of `FEATURES`, as the modules of this package say.

    Parameters
    ----------
    alike
        How alike the sentences are, shape (n, n), 1 on the diagonal, where this is known already.
    shared
        The words that they share, where these are known.
    """
    if not draft.units:
        return np.zeros((len(FEATURES), 0))
    if shared is None:
        shared = overlap(draft.tokens)
    if alike is None:
        alike = likeness(draft, shared)[0]
    found = {
        **words.values(draft, alike, shared),
        **places.values(draft),
        **figures.values(draft),
        **links.values(draft),
        **cues.values(draft),
    }
    rows = np.concatenate([found[name] for name in FEATURES], dtype=np.float64)
    return rows.reshape(len(FEATURES), -1)


def bins_between(edges: Iterable[tuple[float, ...]]) -> Table:
    """Edges of features for `binned`, shape (features, most edges); nothing reaches what fills a row up."""
    rows = [*edges]
    found = np.full((len(rows), max(map(len, rows), default=0)), np.nan)
    for row, own in zip(found, rows, strict=True):
        row[: len(own)] = own
    return found


def binned(values: Table, edges: Table) -> Cells:
    """The bin of each value, shape (features, n): how many of the edges are not above it."""
    # Rounded: a share that is an edge is in the same bin on every machine.
    rounded = values.round(6)
    found = np.zeros(values.shape, dtype=np.int64)
    for column in edges.T:
        found += rounded >= column[:, None]
    return found


#: The edges of all features.
BINS = bins_between(EDGES.values())
