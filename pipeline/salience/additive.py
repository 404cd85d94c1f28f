"""The tables of a model, and what they make of features: a sum of table entries for each sentence."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from ..records import EditorModel
from .features import FEATURES, binned, bins_between

Table = NDArray[np.float64]
Cells = NDArray[np.int64]


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


@lru_cache(maxsize=16)
def stack_of(model: EditorModel) -> Stack:
    """The tables of a model, made once for all articles."""
    shapes = model.shapes
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
