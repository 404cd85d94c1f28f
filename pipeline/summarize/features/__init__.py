"""Named features of sentences: what the `editor` method weighs.

Each feature has a value for each sentence, and edges that cut these values into bins; a model gives each
bin its worth, so that the worth of a sentence is a sum of table entries (a generalized additive model,
Hastie & Tibshirani 1986, with step functions).
"""

from __future__ import annotations

from collections.abc import Mapping
from functools import lru_cache

import numpy as np
from numpy.typing import NDArray

from ...korean.wording import Overlap, overlap
from ..draft import Draft
from ..likeness import likeness
from . import cues, figures, links, places, words

__all__ = ["EDGES", "FEATURES", "binned", "column", "features"]

Table = NDArray[np.float64]

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
    return np.array([found[name] for name in FEATURES], dtype=np.float64)


def binned(values: Table, edges: tuple[float, ...]) -> NDArray[np.int64]:
    """The bin of each value."""
    # Rounded: a share that is an edge is in the same bin on every machine.
    return column(edges).searchsorted(values.round(6), side="right")


@lru_cache(maxsize=1024)
def column(numbers: tuple[float, ...]) -> Table:
    """Numbers of a model as an array: to make one anew for each article takes longer than to use it."""
    found = np.array(numbers)
    found.flags.writeable = False
    return found
