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
from .context import Surroundings, surroundings
from .evidence import Evidence

if TYPE_CHECKING:
    from .place import Matrix

    Column = NDArray[np.float64]

#: Articles whose chains are gone through together, none of which is so long.
_CHAINS, _LONG = 16, 400

SAID, STANDS, TIES = "said", "stands", "ties"
THEME, OTHER_SIDE = "theme", "other"


def probabilities(evidence: Evidence, model: ThemeModel) -> tuple[Matrix, Matrix]:
    """Probabilities of sides by what units say, shape (units, sides), and by where content units stand."""
    first = choose(SAID, evidence.said, evidence.alone, model)
    return first, second_reading(surroundings(first, evidence), evidence, model)


def second_reading(found: Surroundings, evidence: Evidence, model: ThemeModel) -> Matrix:
    """Probabilities of sides by where content units stand, shape (n, sides)."""
    utility = utilities(STANDS, found.sided, found.alone, model)
    scores = threads(utility, stickiness(found.ties, utility.shape[1], model), evidence.place.sizes)
    scores[evidence.barred & ~evidence.unnamed] = 0.0
    shares: Matrix = scores / scores.sum(axis=1, keepdims=True)
    return shares


def choose(stage: str, sided: Mapping[str, Matrix], alone: Mapping[str, Column], model: ThemeModel) -> Matrix:
    """Softmax over the sides of the weighted features."""
    utility = utilities(stage, sided, alone, model)
    odds = np.exp(utility - utility.max(axis=1, keepdims=True))
    chosen: Matrix = odds / odds.sum(axis=1, keepdims=True)
    return chosen


def utilities(
    stage: str, sided: Mapping[str, Matrix], alone: Mapping[str, Column], model: ThemeModel
) -> Matrix:
    """Weighted sums of the features, shape (n, sides)."""
    values = np.array(list(sided.values()))
    theme, other = model.weights[f"{stage}.{THEME}"], model.weights[f"{stage}.{OTHER_SIDE}"]
    weights = np.array([[theme.get(name, 0.0) for name in sided], [other.get(name, 0.0) for name in sided]])
    lone = np.array([other.get(name, 0.0) for name in alone])
    # einsum, not BLAS: the order of adding is fixed.
    utility: Matrix = np.einsum("f,fnt->nt", weights[0], values)
    utility[:, -1] = np.einsum("f,fn->n", weights[1], values[:, :, -1])
    utility[:, -1] += np.einsum("f,fn->n", lone, np.array(list(alone.values())))
    return utility


def stickiness(ties: Mapping[str, Column], sides: int, model: ThemeModel) -> Matrix:
    """What it adds to the utility of a pair of neighbours that they share a side, shape (n, sides)."""
    rows = np.array(list(ties.values()))
    theme, other = model.weights[f"{TIES}.{THEME}"], model.weights[f"{TIES}.{OTHER_SIDE}"]
    weights = np.array([[theme.get(name, 0.0) for name in ties], [other.get(name, 0.0) for name in ties]])
    stick = np.repeat(np.einsum("f,fn->n", weights[0], rows)[:, None], sides, axis=1)
    stick[:, -1] = np.einsum("f,fn->n", weights[1], rows)
    return stick


def threads(utility: Matrix, stick: Matrix, sizes: NDArray[np.intp]) -> Matrix:
    """Probabilities of the sides of each unit, given all of its article: the marginals of linear chains.

    A chain whose pairs differ only by whether they are alike (Lafferty et al. 2001, "Conditional random
    fields"; Potts 1952): forward and backward messages take time in proportion to units times sides.

    Parameters
    ----------
    sizes
        How many units each article has, one article after the other.
    """
    odds, more = np.exp(utility - utility.max(axis=1, keepdims=True)), np.expm1(stick)
    found = np.empty_like(odds)
    starts = np.cumsum(sizes) - sizes
    # Chains of like length go together: a pass over one alone is mostly numpy's own time.
    ordered = np.argsort(sizes, kind="stable")
    ordered = ordered[sizes[ordered] > 0]
    cuts = [n for n in range(1, len(ordered)) if n % _CHAINS == 0 or sizes[ordered[n]] > _LONG]
    for chains in np.split(ordered, cuts) if len(ordered) else ():
        own = sizes[chains]
        place = np.arange(own[-1])[:, None]
        there = place < own
        rows = (starts[chains] + place)[there]
        padded = np.ones((2, *there.shape, odds.shape[1]))
        padded[0, there], padded[1, there] = odds[rows], more[rows]
        forward, backward = messages(padded[0], padded[1], own)
        found[rows] = (forward * backward)[there]
    marginals: Matrix = found / found.sum(axis=1, keepdims=True)
    return marginals


def messages(
    odds: NDArray[np.float64], more: NDArray[np.float64], sizes: NDArray[np.intp] | None = None
) -> tuple[Column, Column]:
    """Forward and backward messages of chains, shape (n, chains, sides) each, scaled to 1.

    Parameters
    ----------
    odds
        Of the sides of each unit.
    more
        By how much more than 1 the odds of a pair are where a unit has the side of the one before it.
    sizes
        How many units each chain has, shape (chains,); what stands behind its last is nothing. Default: n.
    """
    # What a unit is told by those before it, and by those after it, goes by one rule: both ways in one pass.
    count, chains = odds.shape[:2]
    last = np.full(chains, count) - 1 if sizes is None else sizes - 1
    back = np.maximum(last - np.arange(count)[:, None], 0), np.arange(chains)
    own = np.stack([odds, odds[back]], axis=1)
    ties = np.stack([more[1:], more[back][:-1]], axis=1)
    told, shares = np.ones_like(own), np.empty_like(own)
    for said, tie, share, heard, after in zip(own, ties, shares, told, told[1:], strict=False):
        step = said * heard
        np.divide(step, np.add.reduce(step, axis=-1, keepdims=True), out=share)
        np.add(share * tie, 1.0, out=after)
    step = own[-1] * told[-1]
    shares[-1] = step / step.sum(axis=-1, keepdims=True)
    return shares[:, 0], told[:, 1][back]
