"""Rows of few numbers against dense ones, and average linkage against the mean of all pairs."""

from __future__ import annotations

from itertools import combinations

import numpy as np
import pytest

from pipeline import sparse
from pipeline.sparse import Sparse
from pipeline.themes.clusters import average_link


def dense(rows: Sparse) -> np.ndarray:
    found = np.zeros((len(rows), rows.width), rows.values.dtype)
    for i in range(len(rows)):
        own = slice(rows.ends[i], rows.ends[i + 1])
        found[i, rows.columns[own]] = rows.values[own]
    return found


def some(rows: int, width: int, seed: int) -> Sparse:
    rng = np.random.default_rng(seed)
    return Sparse(
        [
            {int(c): float(rng.integers(1, 9)) for c in rng.choice(width, rng.integers(0, width), False)}
            for _ in range(rows)
        ],
        width,
        np.float64,
    )


@pytest.mark.parametrize("most", [1, 7, 1_000_000])
@pytest.mark.parametrize("seed", range(5))
def test_products_are_those_of_dense_rows(most: int, seed: int, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sparse, "_MOST", most)
    one, other = some(9, 6, seed), some(7, 6, seed + 10)
    whole = dense(one) @ dense(other).T
    assert np.array_equal(one.times(other, 0, 9), whole)
    assert np.array_equal(one.times(other, 2, 5, 1, 4), whole[2:5, 1:4])
    assert one.times(other, 3, 3).shape == (0, 7)
    assert np.array_equal(one.times_dense(dense(other)), whole)
    assert np.array_equal(one.mean([3, 0, 4]), dense(one)[[3, 0, 4]].mean(axis=0))


def test_rows_by_keys_and_of_sets() -> None:
    rows = Sparse.of([{"나": 2.0}, {}, {"가": 1.0, "나": 3.0}], {"가": 0, "나": 1})
    assert dense(rows).tolist() == [[0, 2], [0, 0], [1, 3]]
    sets = Sparse.of_sets([{"가", "나"}, {"나"}, set()])
    assert sets.times(sets, 0, 3).tolist() == [[2, 1, 0], [1, 1, 0], [0, 0, 0]]
    assert Sparse.of_sets([]).times(sets, 0, 0).shape == (0, 3)


def slowly(apart: np.ndarray, most: float) -> list[list[int]]:
    """The two groups whose pairs are nearest on average are joined, while they are near enough."""
    found = [[i] for i in range(len(apart))]
    while len(found) > 1:
        means = {
            (a, b): apart[np.ix_(found[a], found[b])].mean() for a, b in combinations(range(len(found)), 2)
        }
        (a, b), least = min(means.items(), key=lambda pair: pair[1])
        if least > most:
            break
        found[a] += found.pop(b)
    return sorted(sorted(group) for group in found)


@pytest.mark.parametrize("seed", range(40))
def test_average_linkage_is_that_of_all_pairs(seed: int) -> None:
    rng = np.random.default_rng(seed)
    points = rng.random((int(rng.integers(1, 24)), 2))
    apart = np.linalg.norm(points[:, None] - points[None], axis=2)
    most = float(rng.random() / 2)
    assert average_link(apart.copy(), most) == slowly(apart, most)
