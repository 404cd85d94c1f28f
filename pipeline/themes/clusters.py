"""Sentences that are alike, by their nouns and the encoder: in groups, or near the middle of one."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any

import numpy as np
from numpy.typing import NDArray

if TYPE_CHECKING:
    Matrix = NDArray[np.float64]
    Vectors = NDArray[np.float32]
    #: Unit rows over nouns: scipy's compressed sparse rows.
    Sparse = Any
    #: The mean of a group's rows over nouns, and of its encoder rows.
    Middle = tuple[Matrix, Matrix]

#: Average likeness (cosine) of two groups of sentences that are still one theme.
_ALIKE = 0.16
#: How much shared nouns weigh against the encoder's likeness, and a noun of the heading against one inside.
_BY_NOUNS, _BY_HEADING = 0.65, 0.7
#: Rows that are compared at a time, and decimals that count: additions in another order give other bits.
_BLOCK, _DECIMALS = 512, 9


class Nouns:
    """Columns for the nouns of some sentences.

    Parameters
    ----------
    rarity
        Of a noun in the news at large, 0..1.
    """

    def __init__(self, rarity: Mapping[str, float], *sentences: Sequence[set[str]]) -> None:
        known = sorted({noun for some in sentences for own in some for noun in own})
        self._columns = {noun: n for n, noun in enumerate(known)}
        self._weights = {noun: rarity[noun] ** 2 for noun in known}

    def rows(self, terms: Sequence[set[str]], above: Sequence[set[str]]) -> Sparse:
        """Unit rows of sentences by their nouns and those of their headings; unknown nouns fall out."""
        from scipy.sparse import csr_matrix

        index: list[int] = []
        values: list[float] = []
        ends = [0]
        for own, heading in zip(terms, above, strict=True):
            row = {noun: _BY_HEADING * self._weights[noun] for noun in heading if noun in self._columns}
            row |= {noun: self._weights[noun] for noun in own if noun in self._columns}
            columns = sorted(row, key=self._columns.__getitem__)
            length = float(np.linalg.norm([row[noun] for noun in columns])) or 1.0
            index += [self._columns[noun] for noun in columns]
            values += [row[noun] / length for noun in columns]
            ends.append(len(index))
        return csr_matrix((values, index, ends), shape=(len(terms), max(len(self._columns), 1)))

    def middle(self, rows: Sparse, vectors: Vectors, group: Sequence[int]) -> Middle:
        """The middle of a group: how like it a sentence is, is its mean likeness to the members."""
        return np.asarray(rows[group].mean(axis=0)).ravel(), vectors[group].mean(axis=0, dtype=np.float64)


def groups(rows: Sparse, vectors: Vectors) -> list[list[int]]:
    """Positions in groups: what is joined is alike on average."""
    from scipy.cluster.hierarchy import fcluster, linkage

    n = len(vectors)
    # Distances of each pair once, row by row: n² / 2 numbers are all the memory that it takes.
    apart = np.empty(n * (n - 1) // 2)
    at = 0
    wide = vectors.astype(np.float64)
    for start in range(0, n, _BLOCK):
        end = min(start + _BLOCK, n)
        alike = _BY_NOUNS * (rows[start:end] @ rows[start:].T).toarray()
        alike += (1 - _BY_NOUNS) * (wide[start:end] @ wide[start:].T)
        for i in range(end - start):
            later = alike[i, i + 1 :]
            apart[at : at + len(later)] = np.round(np.clip(1.0 - later, 0.0, 2.0), _DECIMALS)
            at += len(later)
    labels = fcluster(linkage(apart, "average"), np.nextafter(1.0 - _ALIKE, 0.0), "distance")
    found: dict[int, list[int]] = {}
    for position, label in enumerate(labels.tolist()):
        found.setdefault(label, []).append(position)
    return list(found.values())


def likest(rows: Sparse, vectors: Vectors, middles: Sequence[Middle]) -> list[int | None]:
    """The group that each sentence is most alike to on average, None where it would not be joined to any."""
    if not len(vectors):
        return []
    nouns, dense = np.array([m[0] for m in middles]), np.array([m[1] for m in middles])
    alike = _BY_NOUNS * (rows @ nouns.T) + (1 - _BY_NOUNS) * (vectors.astype(np.float64) @ dense.T)
    alike = np.round(alike, _DECIMALS)
    best = alike.argmax(axis=1)
    return [at if row[at] >= _ALIKE else None for at, row in zip(best.tolist(), alike.tolist(), strict=True)]
