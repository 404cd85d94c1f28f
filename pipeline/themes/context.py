"""Where a sentence stands: what the units around it say, in the terms of a first reading."""

from __future__ import annotations

from typing import TYPE_CHECKING

from .evidence import Evidence

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

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
    import numpy as np

    place, n = evidence.place, len(first)
    nothing = np.zeros((1, first.shape[1]))
    before, after = np.vstack([nothing, first[:-1]]), np.vstack([first[1:], nothing])
    block, section = _column(place.same_block), _column(place.same_section)
    next_block = _column(np.append(place.same_block[1:], False))
    leans, item = _column(place.leans), _column(place.item)
    bare = evidence.alone["bare"][:, None]
    around = _others(first, np.cumsum(~place.same_section))
    article = _others(first, np.zeros(n, dtype=np.intp))
    lists = np.cumsum(~place.item | ~place.same_section)
    return {
        "own": np.log(first + 1e-3),
        "before_leaning": before * block * leans,
        "before_near": before * block * (1 - leans),
        "before_far": before * section * (1 - block) * (1 - item),
        "before_bare": before * section * bare,
        "after_near": after * next_block,
        "block": _others(first, np.cumsum(~place.same_block)),
        "section": around,
        "section_bare": around * bare,
        "article": article,
        "article_bare": article * bare,
        "list": _others(first, lists) * item,
        "opener": np.where(_column(place.opener >= 0) > 0, first[np.maximum(place.opener, 0)], 0.0),
    }


def _column(mask: NDArray[np.bool_]) -> Matrix:
    return mask.astype(float)[:, None]


def _others(values: Matrix, group: NDArray[np.intp]) -> Matrix:
    """Mean over the other members of each row's group; zero where it stands alone."""
    import numpy as np

    size = int(group.max(initial=0)) + 1
    totals = np.zeros((size, values.shape[1]))
    np.add.at(totals, group, values)
    counts = np.bincount(group, minlength=size)[group][:, None]
    return (totals[group] - values) / np.maximum(counts - 1, 1)
