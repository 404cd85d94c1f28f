"""Where a sentence stands: what the units around it say, in the terms of a first reading."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from .evidence import Evidence

if TYPE_CHECKING:
    from .evidence import Matrix


def surroundings(first: Matrix, evidence: Evidence) -> dict[str, Matrix]:
    """Features of the place of each content unit, shape (n, sides) each.

    Parameters
    ----------
    first
        Probabilities of sides by what each unit says itself, shape (n, sides).

    Notes
    -----
    A second classifier over the predictions of a first one for the neighbours is stacked sequential
    learning (Cohen & Carvalho 2005).
    """
    place, n = evidence.place, len(first)
    nothing = np.zeros((1, first.shape[1]))
    before, after = np.vstack([nothing, first[:-1]]), np.vstack([first[1:], nothing])
    block, section = _column(place.same_block), _column(place.same_section)
    next_block = _column(np.append(place.same_block[1:], False))
    leans, item = _column(place.leans), _column(place.item)
    around = {
        "before_leaning": before * block * leans,
        "before_near": before * block * (1 - leans),
        "before_far": before * section * (1 - block) * (1 - item),
        "after_near": after * next_block,
        "block": _others(first, np.cumsum(~place.same_block)),
        "section": _others(first, np.cumsum(~place.same_section)),
        "article": _others(first, np.zeros(n, dtype=np.intp)),
        "list": _others(first, np.cumsum(~place.item | ~place.same_section)) * item,
        "opener": np.where(_column(place.opener >= 0) > 0, first[np.maximum(place.opener, 0)], 0.0),
    }
    # What stands around weighs one way for a sentence that names a theme, another for one that does not.
    named = evidence.said["term"].max(axis=1, keepdims=True)
    own = np.log(first + 1e-3)
    return {
        "own": own,
        "own_named": own * named,
        **{f"{name}_bare": values * (1 - named) for name, values in around.items()},
        **{f"{name}_named": values * named for name, values in around.items()},
    }


def _column(mask: NDArray[np.bool_]) -> Matrix:
    return mask.astype(float)[:, None]


def _others(values: Matrix, group: NDArray[np.intp]) -> Matrix:
    """Mean over the other members of each row's group; zero where it stands alone."""
    size = int(group.max(initial=0)) + 1
    totals = np.zeros((size, values.shape[1]))
    np.add.at(totals, group, values)
    counts = np.bincount(group, minlength=size)[group][:, None]
    return (totals[group] - values) / np.maximum(counts - 1, 1)
