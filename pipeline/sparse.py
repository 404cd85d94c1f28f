"""Rows of few numbers among many columns, and their products: all that steps need of sparse matrices.

SciPy does as much at 140 MB on the disk.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Hashable, Iterable, Mapping, Sequence
from functools import cached_property
from itertools import chain, count
from typing import TYPE_CHECKING, TypeVar

import numpy as np

if TYPE_CHECKING:
    from typing import Any

    from numpy.typing import DTypeLike, NDArray

    #: Dense, of the numbers' own type.
    Matrix = NDArray[Any]

Key = TypeVar("Key", bound=Hashable)

#: Products of single numbers that are kept at a time.
_MOST = 1_000_000


class Sparse:
    """A matrix by its rows.

    Parameters
    ----------
    rows
        What stands in each: number by column.
    width
        Columns that there are.
    """

    def __init__(
        self, rows: Sequence[Mapping[int, float]], width: int, dtype: DTypeLike = np.float32
    ) -> None:
        self.width = max(1, width)
        self._place(rows)
        self.values = np.fromiter(chain.from_iterable(row.values() for row in rows), dtype, len(self.columns))

    def _place(self, rows: Sequence[Collection[int]]) -> None:
        """Note the columns of each row."""
        self.sizes = np.fromiter(map(len, rows), np.int64, len(rows))
        self.ends = np.concatenate(([0], np.cumsum(self.sizes)))
        self.columns = np.fromiter(chain.from_iterable(rows), np.int64, int(self.ends[-1]))

    def __len__(self) -> int:
        return len(self.sizes)

    @classmethod
    def of(cls, rows: Iterable[Mapping[Key, float]], number: Mapping[Key, int]) -> Sparse:
        """Rows by keys that have a column each."""
        return cls([{number[key]: value for key, value in row.items()} for row in rows], len(number))

    @classmethod
    def of_sets(cls, rows: Sequence[Iterable[Hashable]]) -> Sparse:
        """Rows of ones, with a column for each member of any set."""
        number: defaultdict[Hashable, int] = defaultdict(count().__next__)
        found = cls((), 0)
        found._place([list(map(number.__getitem__, row)) for row in rows])
        found.width, found.values = max(1, len(number)), np.ones(len(found.columns), dtype=np.float32)
        return found

    @cached_property
    def _down(self) -> tuple[NDArray[np.int64], Matrix, NDArray[np.int64]]:
        """Rows and values column by column, and where each column begins."""
        order = np.argsort(self.columns, kind="stable")
        sizes = np.bincount(self.columns, minlength=self.width)
        rows = np.repeat(np.arange(len(self)), self.sizes)
        return rows[order], self.values[order], np.cumsum(sizes) - sizes

    def times(self, others: Sparse, start: int, end: int, first: int = 0, last: int | None = None) -> Matrix:
        """The products of rows `start` to `end` with rows `first` to `last` of others.

        Returns
        -------
        Array of shape (end - start, last - first)
            Each sum is made in double precision, in the order of the row's columns.
        """
        last = len(others) if last is None else last
        rows, values, begins = others._down
        found = np.zeros((end - start, last - first), dtype=self.values.dtype)
        begins = begins + np.bincount(others.columns[: others.ends[first]], minlength=self.width)
        counts = np.bincount(others.columns[others.ends[first] : others.ends[last]], minlength=self.width)
        own = slice(self.ends[start], self.ends[end])
        met = counts[self.columns[own]]
        # As many rows at a time as their products allow; one that has more by itself stands alone.
        done = np.concatenate(([0], np.cumsum(met)))[self.ends[start : end + 1] - self.ends[start]]
        at = start
        while at < end:
            to = max(at + 1, start + int(np.searchsorted(done, done[at - start] + _MOST, "right")) - 1)
            own = slice(self.ends[at], self.ends[to])
            many = counts[self.columns[own]]
            within = np.arange(int(many.sum())) - np.repeat(np.cumsum(many) - many, many)
            places = np.repeat(begins[self.columns[own]], many) + within
            row = np.repeat(np.repeat(np.arange(to - at), self.sizes[at:to]), many)
            sums = np.bincount(
                row * (last - first) + rows[places] - first,
                np.repeat(self.values[own], many) * values[places],
                (to - at) * (last - first),
            )
            found[at - start : to - start] = sums.reshape(to - at, -1)
            at = to
        return found

    def times_dense(self, others: Matrix) -> Matrix:
        """The products with dense rows, shape (rows, others)."""
        found = np.zeros((len(self), len(others)))
        full = np.flatnonzero(self.sizes)
        if len(full):
            products = self.values[:, None] * others.T[self.columns]
            found[full] = np.add.reduceat(products, self.ends[full])
        return found

    def mean(self, group: Sequence[int]) -> Matrix:
        """The mean of some rows, dense."""
        own = np.concatenate([np.arange(self.ends[row], self.ends[row + 1]) for row in group])
        return np.bincount(self.columns[own], self.values[own], self.width) / len(group)
