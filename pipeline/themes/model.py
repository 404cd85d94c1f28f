"""From evidence to probabilities: a conditional logit whose weights belong to no theme.

Every theme has the same weights, for its features say how a sentence relates to it, not which theme it
is: a set that was never seen in fitting works with them. What lies outside has weights of its own.
(McFadden 1974, "Conditional logit analysis of qualitative choice behavior".)
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from ..records import ThemeModel
from .context import surroundings
from .evidence import Evidence

if TYPE_CHECKING:
    from .evidence import Matrix

    Column = NDArray[np.float64]

SAID, STANDS = "said", "stands"
THEME, OTHER_SIDE = "theme", "other"


def probabilities(evidence: Evidence, model: ThemeModel) -> tuple[Matrix, Matrix]:
    """Probabilities of sides by a first reading and by the second, shape (n, sides) each."""
    first = choose(SAID, evidence.said, evidence.alone, model)
    return first, choose(STANDS, surroundings(first, evidence), evidence.alone, model)


def choose(stage: str, sided: Mapping[str, Matrix], alone: Mapping[str, Column], model: ThemeModel) -> Matrix:
    """Softmax over the sides of the weighted features."""
    values = np.array(list(sided.values()))
    theme, other = model.weights[f"{stage}.{THEME}"], model.weights[f"{stage}.{OTHER_SIDE}"]
    weights = np.array([[theme.get(name, 0.0) for name in sided], [other.get(name, 0.0) for name in sided]])
    lone = np.array([other.get(name, 0.0) for name in alone])
    # einsum, not BLAS: the order of adding is fixed.
    utility = np.einsum("f,fnt->nt", weights[0], values)
    utility[:, -1] = np.einsum("f,fn->n", weights[1], values[:, :, -1])
    utility[:, -1] += np.einsum("f,fn->n", lone, np.array(list(alone.values())))
    utility -= utility.max(axis=1, keepdims=True)
    odds = np.exp(utility)
    chosen: Matrix = odds / odds.sum(axis=1, keepdims=True)
    return chosen
