"""How alike sentences are, and which of them say the same."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import TYPE_CHECKING

from ..records import Unit

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    Matrix = NDArray[np.float64]

_CONTENT = ("NNG", "NNP", "SL", "SH", "SN", "XR", "VV", "VA", "W_SERIAL")
_FIGURE = re.compile(r"\d[\d,.]*")

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

    n = len(units)
    words = [_content(unit) for unit in units]
    vocabulary = {word: k for k, word in enumerate(sorted(set().union(*words)))} if words else {}
    table = np.zeros((n, len(vocabulary)))
    for i, own in enumerate(words):
        table[i, [vocabulary[word] for word in own]] = 1.0
    sizes = table.sum(axis=1)
    common = table @ table.T
    dice = 2 * common / np.maximum(sizes[:, None] + sizes[None, :], 1.0)
    least = np.minimum(sizes[:, None], sizes[None, :])
    contained = common / np.maximum(least, 1.0)
    cosine = np.clip(rows.astype(np.float64) @ rows.astype(np.float64).T, 0.0, 1.0)
    same = ((contained >= _CONTAINED) & (dice >= _DICE)) | ((cosine >= _COSINE) & (contained >= _SHARED))
    same &= least >= _FEWEST
    figures = [frozenset(f.rstrip(".,") for f in _FIGURE.findall(unit.text)) for unit in units]
    texts: dict[str, int] = {}
    for i in range(n):
        for j in np.flatnonzero(same[i]).tolist():
            if not (figures[i] <= figures[j] or figures[j] <= figures[i]):
                same[i, j] = False
        first = texts.setdefault(" ".join(units[i].text.split()), i)
        same[i, first] = same[first, i] = True
    np.fill_diagonal(same, False)
    alike = np.maximum(cosine, dice)
    np.fill_diagonal(alike, 1.0)
    return alike, same


def _content(unit: Unit) -> frozenset[str]:
    """Content words. Verbs of one syllable (하다, 되다, 있다, 주다) say too little of their own."""
    return frozenset(
        token.form.casefold()
        for token in unit.tokens
        if token.tag.startswith(_CONTENT) and not (token.tag.startswith("V") and len(token.form) == 1)
    )
