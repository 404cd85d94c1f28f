"""Extractive summaries: which sentences, in which order.

Adding a method is adding a function to `METHODS`.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Sequence
from typing import Literal

from .baselines import centroid, lead, lexrank, textrank
from .draft import Draft, Ranked
from .editor import editor

__all__ = ["METHODS", "Draft", "Ranked", "choose"]

#: By name, for ``--method``: what may be chosen, into all of it in order of merit.
METHODS: dict[str, Callable[[Draft], Ranked]] = {
    "editor": editor,
    "lexrank": lexrank,
    "textrank": textrank,
    "centroid": centroid,
    "lead": lead,
}


def choose(
    ranking: Sequence[int],
    lengths: Sequence[int],
    amount: float,
    unit: Literal["sentences", "share", "chars"],
) -> tuple[int, ...]:
    """Choose a summary from a ranking.

    Parameters
    ----------
    ranking
        Positions, best first.
    lengths
        Length of every position in code points.
    amount, unit
        A number of sentences, a share of all of them (rounded up), or characters, never exceeded: a
        sentence that does not fit is passed over for the next that does.

    Returns
    -------
    tuple of int
        Chosen positions, in document order.
    """
    if unit == "chars":
        left = int(amount)
        chosen = []
        for position in ranking:
            if lengths[position] <= left:
                chosen.append(position)
                left -= lengths[position]
        return tuple(sorted(chosen))
    # The tolerance keeps 10 % of 30 at 3, whatever 0.1 * 30 is in binary.
    count = int(amount) if unit == "sentences" else math.ceil(amount * len(ranking) - 1e-9)
    return tuple(sorted(ranking[:count]))
