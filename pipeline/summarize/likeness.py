"""How alike sentences are, and which of them say the same."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import TYPE_CHECKING

from ..records import Unit
from .baselines import incidence

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    Matrix = NDArray[np.float64]

_NOUNS = frozenset(["NNG", "NNP", "SL", "SH", "SN", "XR", "W_SERIAL"])
_VERBS = frozenset(["VV", "VV-R", "VV-I", "VA", "VA-R", "VA-I"])
#: A figure that is not a date, a time or an ordinal.
_FIGURE = re.compile(r"\d[\d,.]*(?![\d,.]|\s?(?:년|월|일|분|시|차|번째|위)(?!\w{0,2}\s?(?:달러|원)))")

#: Least share of the shorter one's content words, and least Dice coefficient, of two that say the same.
_CONTAINED, _DICE = 0.8, 0.5
#: Least cosine of two that say the same in other words, where they share a third of their words too.
_COSINE, _SHARED = 0.8, 0.4
_FEWEST = 3


def likeness(units: Sequence[Unit], rows: NDArray[np.float32]) -> tuple[Matrix, NDArray[np.bool_]]:
    """Compare all sentences of an article.

    Parameters
    ----------
    rows
        Unit rows, shape (n, d).

    Returns
    -------
    alike
        Shape (n, n), 0 to 1: the cosine or the Dice coefficient (Dice 1945) of the content words,
        whichever is larger; 1 on the diagonal.
    same
        Shape (n, n): whether two say the same. Sentences whose figures differ never do.
    """
    import numpy as np

    table = incidence([_content(unit) for unit in units])
    sizes = table.sum(axis=1)
    common = table @ table.T
    dice = 2 * common / np.maximum(sizes[:, None] + sizes[None, :], 1.0)
    least = np.minimum(sizes[:, None], sizes[None, :])
    contained = common / np.maximum(least, 1.0)
    # Rounded: the last bits of a product depend on the machine.
    cosine = np.round(np.clip(rows @ rows.T, 0.0, 1.0).astype(np.float64), 4)
    same = ((contained >= _CONTAINED) & (dice >= _DICE)) | ((cosine >= _COSINE) & (contained >= _SHARED))
    same &= least >= _FEWEST
    texts: dict[str, int] = {}
    for i, unit in enumerate(units):
        first = texts.setdefault(unit.text, i)
        same[i, first] = same[first, i] = True
    np.fill_diagonal(same, False)
    for i, j in np.argwhere(same).tolist():
        one, other = _figures(units[i].text), _figures(units[j].text)
        same[i, j] = one <= other or other <= one
    alike = np.maximum(cosine, dice)
    np.fill_diagonal(alike, 1.0)
    return alike, same


def _figures(text: str) -> frozenset[str]:
    return frozenset(figure.rstrip(".,") for figure in _FIGURE.findall(text))


def _content(unit: Unit) -> set[str]:
    """Content words. Verbs of one syllable (하다, 되다, 있다, 주다) say too little of their own."""
    return {
        token.form
        for token in unit.tokens
        if token.tag in _NOUNS or (token.tag in _VERBS and len(token.form) > 1)
    }
