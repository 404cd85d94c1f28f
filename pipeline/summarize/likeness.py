"""How alike sentences are, and which of them say the same."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import TYPE_CHECKING

from ..records import Unit
from .overlap import Overlap, gram, overlap

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    Matrix = NDArray[np.float64]

#: A figure that is not a date, a time or an ordinal.
_FIGURE = re.compile(r"\d[\d,.]*(?![\d,.]|\s?(?:년|월|일|분|시(?!간)|차|번째|위)(?!\w{0,2}\s?(?:달러|원)))")

#: Least share of the shorter one's content words, and least Dice coefficient, of two that say the same.
_CONTAINED, _DICE = 0.8, 0.5
#: Least cosine of two that say the same in other words, where they share a third of their words too.
_COSINE, _SHARED = 0.8, 0.4
#: … and where they report a figure in common, half of their words.
_COSINE_OF_FIGURES, _SHARED_OF_FIGURES = 0.55, 0.5
_FEWEST = 3


def likeness(
    units: Sequence[Unit], rows: NDArray[np.float32], words: Overlap | None = None
) -> tuple[Matrix, NDArray[np.bool_]]:
    """Compare all sentences of an article.

    Parameters
    ----------
    rows
        Unit rows, shape (n, d).
    words
        The words that they share, where these are known already.

    Returns
    -------
    alike
        Shape (n, n), 0 to 1: the cosine or the Dice coefficient (Dice 1945) of the content words,
        whichever is larger; 1 on the diagonal.
    same
        Shape (n, n): whether two say the same. Sentences whose figures differ never do.
    """
    import numpy as np

    words = overlap(units) if words is None else words
    sizes, common = words.sizes, words.common
    dice = 2 * common / np.maximum(sizes[:, None] + sizes[None, :], 1.0)
    least = np.minimum(sizes[:, None], sizes[None, :])
    contained = common / np.maximum(least, 1.0)
    # Rounded: the last bits of a product depend on the machine.
    cosine = np.round(np.clip(gram(rows), 0.0, 1.0).astype(np.float64), 4)
    same = ((contained >= _CONTAINED) & (dice >= _DICE)) | ((cosine >= _COSINE) & (contained >= _SHARED))
    same &= least >= _FEWEST
    maybe = (cosine >= _COSINE_OF_FIGURES) & (contained >= _SHARED_OF_FIGURES) & (least >= _FEWEST)
    texts: dict[str, int] = {}
    for i, unit in enumerate(units):
        first = texts.setdefault(unit.text, i)
        same[i, first] = same[first, i] = True
    np.fill_diagonal(same, False)
    first_of, second_of = (same | maybe).nonzero()
    for i, j in zip(first_of.tolist(), second_of.tolist(), strict=True):
        if i >= j:
            continue
        one, other = _figures(units[i].text), _figures(units[j].text)
        within = one <= other or other <= one
        same[i, j] = same[j, i] = within and bool(same[i, j] or one & other)
    alike = np.maximum(cosine, dice)
    np.fill_diagonal(alike, 1.0)
    return alike, same


def _figures(text: str) -> frozenset[str]:
    return frozenset(figure.rstrip(".,") for figure in _FIGURE.findall(text))
