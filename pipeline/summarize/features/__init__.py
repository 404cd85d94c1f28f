"""Named features of sentences: what the `editor` method weighs.

Each feature has a value for each sentence, and edges that cut these values into bins; a model gives each
bin its worth, so that the worth of a sentence is a sum of table entries (a generalized additive model,
Hastie & Tibshirani 1986, with step functions).
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import lru_cache
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from ...korean.wording import Overlap, overlap
from ...records import EditorModel, Shape
from ..draft import Draft
from ..likeness import likeness
from . import cues, figures, links, places, words

__all__ = ["BINS", "EDGES", "FEATURES", "Found", "binned", "features", "stack_of"]

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


@dataclass(frozen=True, slots=True, eq=False)
class Stack:
    """The tables of a model one below the other, so that one look-up does for all features of an article.

    Attributes
    ----------
    names
        The features that the model knows, in the order of `FEATURES`.
    rows
        Their rows of what `features` gives, shape (f,).
    edges
        As `bins_between` gives them.
    first
        The first cell of each, shape (f, 1).
    worth, stands
        As `Shape` has them, for all bins, shape (cells,); 0 where nothing was learned.
    """

    names: tuple[str, ...]
    rows: NDArray[np.intp]
    edges: Table
    first: Cells
    worth: Table
    stands: Table

    def look_up(self, table: Table) -> Found:
        """What the values of n sentences are worth; `table` is as `features` gives it."""
        cells = binned(table[self.rows], self.edges) + self.first
        return Found(self.names, self.worth[cells], self.stands[cells])


class Found(NamedTuple):
    """What features add to the log odds of n sentences: that they are printed, that they are understood.

    Attributes
    ----------
    worth, stands
        Shape (f, n).
    """

    names: tuple[str, ...]
    worth: Table
    stands: Table


def stack_of(model: EditorModel) -> Stack:
    """The tables of a model, made once for all articles."""
    return _stack(tuple(model.shapes.items()))


@lru_cache(maxsize=16)
def _stack(known: tuple[tuple[str, Shape], ...]) -> Stack:
    shapes = dict(known)
    rows = [row for row, name in enumerate(FEATURES) if name in shapes]
    names = tuple(FEATURES[row] for row in rows)
    own = [shapes[name] for name in names]
    sizes = [len(shape.worth) for shape in own]
    return Stack(
        names=names,
        rows=np.array(rows, dtype=np.intp),
        edges=bins_between(shape.at for shape in own),
        first=np.cumsum([0, *sizes], dtype=np.int64)[:-1, None],
        worth=np.array([worth for shape in own for worth in shape.worth], dtype=np.float64),
        stands=np.array(
            [worth for shape in own for worth in shape.stands or (0.0,) * len(shape.worth)], dtype=np.float64
        ),
    )
