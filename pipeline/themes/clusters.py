"""Sentences that are alike, by their nouns and the encoder: in groups, or near the middle of one."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from ..sparse import Sparse

if TYPE_CHECKING:
    Matrix = NDArray[np.float64]
    Vectors = NDArray[np.float32]
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
        rows = []
        for own, heading in zip(terms, above, strict=True):
            row = {noun: _BY_HEADING * self._weights[noun] for noun in heading if noun in self._columns}
            row |= {noun: self._weights[noun] for noun in own if noun in self._columns}
            columns = sorted(row, key=self._columns.__getitem__)
            length = float(np.linalg.norm([row[noun] for noun in columns])) or 1.0
            rows.append({self._columns[noun]: row[noun] / length for noun in columns})
        return Sparse(rows, len(self._columns), np.float64)

    def middle(self, rows: Sparse, vectors: Vectors, group: Sequence[int]) -> Middle:
        """The middle of a group: how like it a sentence is, is its mean likeness to the members."""
        return rows.mean(group), vectors[group].mean(axis=0, dtype=np.float64)


def groups(rows: Sparse, vectors: Vectors) -> list[list[int]]:
    """Positions in groups: what is joined is alike on average."""
    n = len(vectors)
    # Each row is read as a whole time and again: n² numbers, not half of them.
    apart = np.empty((n, n))
    wide = vectors.astype(np.float64)
    for start in range(0, n, _BLOCK):
        end = min(start + _BLOCK, n)
        alike = _BY_NOUNS * rows.times(rows, start, end, start)
        alike += (1 - _BY_NOUNS) * (wide[start:end] @ wide[start:].T)
        later = np.round(np.clip(1.0 - alike, 0.0, 2.0), _DECIMALS)
        # Of each pair the earlier one's product counts: the other one may have other bits.
        own = np.triu(later[:, : end - start], 1)
        later[:, : end - start] = own + own.T
        apart[start:end, start:] = later
        apart[end:, start:end] = later[:, end - start :].T
    return average_link(apart, np.nextafter(1.0 - _ALIKE, 0.0))


def average_link(apart: Matrix, most: float) -> list[list[int]]:
    """Groups that are not further apart than `most` on average (UPGMA, Sokal and Michener 1958).

    By chains of nearest neighbours (Murtagh 1983): what has none near enough is a group for good.

    Parameters
    ----------
    apart
        Distances of all pairs, shape (n, n); what is joined is written into it.

    Returns
    -------
    list of list of int
        Each in ascending order, by their first members.
    """
    n = len(apart)
    np.fill_diagonal(apart, np.inf)
    #: Infinite for those that are closed.
    closed, row = np.zeros(n), np.empty(n)
    sizes = np.ones(n)
    members = {one: [one] for one in range(n)}
    left = dict.fromkeys(range(n))
    done: list[list[int]] = []
    chain: list[int] = []
    while left:
        if not chain:
            chain.append(next(iter(left)))
        one = chain[-1]
        np.add(apart[one], closed, out=row)
        near = int(row.argmin())
        if len(chain) > 1 and row[chain[-2]] <= row[near]:
            near = chain[-2]
        if row[near] > most:  # only the first of a chain: the others have one before them that is near
            chain.pop()
            done.append(sorted(members[one]))
            del left[one]
            closed[one] = np.inf
        elif len(chain) == 1 or near != chain[-2]:
            chain.append(near)
        else:
            del chain[-2:]
            gone, kept = sorted((one, near))
            joined = sizes[gone] * apart[gone] + sizes[kept] * apart[kept]
            sizes[kept] += sizes[gone]
            closed[gone] = np.inf
            joined /= sizes[kept]
            apart[kept] = joined
            apart[:, kept] = joined
            members[kept] += members.pop(gone)
            del left[gone]
    return sorted(done)


def likest(rows: Sparse, vectors: Vectors, middles: Sequence[Middle]) -> list[int | None]:
    """The group that each sentence is most alike to on average, None where it would not be joined to any."""
    if not len(vectors):
        return []
    nouns, dense = np.array([m[0] for m in middles]), np.array([m[1] for m in middles])
    alike = _BY_NOUNS * rows.times_dense(nouns) + (1 - _BY_NOUNS) * (vectors.astype(np.float64) @ dense.T)
    alike = np.round(alike, _DECIMALS)
    best = alike.argmax(axis=1)
    return [at if row[at] >= _ALIKE else None for at, row in zip(best.tolist(), alike.tolist(), strict=True)]
