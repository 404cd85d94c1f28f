"""Named features of sentences: what the `editor` method weighs.

Each feature has a value for each sentence, and edges that cut these values into bins; a model gives each
bin its worth, so that the worth of a sentence is a sum of table entries (a generalized additive model,
Hastie & Tibshirani 1986, with step functions).
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

import numpy as np
from numpy.typing import NDArray

from ...korean.columns import Joined, joined
from ...korean.wording import Overlap, overlaps
from ...records import Draft
from ..likeness import likeness
from . import cues, figures, links, places, words

__all__ = ["BINS", "EDGES", "FEATURES", "binned", "bins_between", "features", "features_of"]

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


def features(draft: Draft) -> Table:
    """Rows of n values, one for each of `FEATURES`, as the modules of this package say."""
    if not draft.units:
        return np.zeros((len(FEATURES), 0))
    text = joined((draft.tokens,))
    return features_of([draft], text, [likeness(draft)[0]], overlaps(text))


def features_of(
    drafts: Sequence[Draft], texts: Joined, alike: Sequence[Table], shared: Sequence[Overlap]
) -> Table:
    """As `features`, of several articles one behind the other, none of which is empty.

    All in one go: the rows of one article are too short for numpy.

    Parameters
    ----------
    texts
        Their tokens.
    alike
        How alike the sentences of each are, shape (n, n), 1 on the diagonal.
    shared
        The words that they share.
    """
    found = {
        **words.values(drafts, texts, alike, shared),
        **places.values(drafts),
        **figures.values(drafts),
        **links.values(drafts),
        **cues.values(drafts, texts),
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
