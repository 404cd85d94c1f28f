"""From evidence to probabilities: a conditional logit whose weights belong to no theme.

Every theme has the same weights, for its features say how a sentence relates to it, not which theme it
is: a set that was never seen in fitting works with them. What lies outside has weights of its own.
(McFadden 1974, "Conditional logit analysis of qualitative choice behavior".)
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING

from ..records import ThemeModel
from .context import surroundings
from .evidence import Evidence

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

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
    import numpy as np

    utility = np.zeros_like(next(iter(sided.values())))
    for name, weight in model.weights.get(f"{stage}.{THEME}", {}).items():
        utility[:, :-1] += weight * sided[name][:, :-1]
    for name, weight in model.weights.get(f"{stage}.{OTHER_SIDE}", {}).items():
        utility[:, -1] += weight * (alone[name] if name in alone else sided[name][:, -1])
    utility -= utility.max(axis=1, keepdims=True)
    odds: Matrix = np.exp(utility)
    return odds / odds.sum(axis=1, keepdims=True)
