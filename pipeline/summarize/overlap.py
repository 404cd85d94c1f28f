"""Which words sentences have in common."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from ..korean.tags import CONTENT
from ..records import Unit

Column = NDArray[np.float64]
Matrix = NDArray[np.float64]

#: The models were fitted with these left out; the next fit may count them.
_COUNTED = CONTENT - {"SH", "W_SERIAL"}


@dataclass(frozen=True, slots=True)
class Overlap:
    """Content words of n sentences.

    Attributes
    ----------
    sizes
        How many different words each sentence has, shape (n,).
    common
        How many words two sentences have in common, shape (n, n); the sizes on the diagonal.
    """

    sizes: Column
    common: Matrix


def overlap(units: Sequence[Unit]) -> Overlap:
    """Count the content words that sentences share."""
    n = len(units)
    where: dict[str, list[int]] = {}
    sizes = []
    for i, unit in enumerate(units):
        # The second letter tells nouns, verbs and adjectives of one form apart.
        own = {token.form + token.tag[1] for token in unit.tokens if token.tag in _COUNTED}
        sizes.append(float(len(own)))
        for word in own:
            where.setdefault(word, []).append(i)
    shared = [rows for rows in where.values() if len(rows) > 1]
    table = np.zeros((n, len(shared)))
    table[
        [i for rows in shared for i in rows], [column for column, rows in enumerate(shared) for _ in rows]
    ] = 1.0
    common = table @ table.T
    np.fill_diagonal(common, sizes)
    return Overlap(np.array(sizes), common)
