"""Weights of what makes two articles one story: `models/stories.toml`.

Two logistic regressions over the features of `pipeline.stories.likeness`: do two articles tell one event
alike, or from different sides? Sides are too few to weigh against what is told alike: one regression over
both learns to join look-alikes.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from ..stories import Pair
from ..stories.likeness import AGAINST, FOR
from ..stories.sides import SIDES, SIDES_AGAINST, SIDES_FOR, SIDES_FREE

Rows = NDArray[np.float64]
#: Least and largest weight of each feature.
Signs = list[tuple[float | None, float | None]]

#: Pulls each weight to the prior, from which a few dozen events can move it only so far.
_STRENGTH = 1.0
#: Set by hand, then moved by the first events that were labelled.
_PRIOR: Mapping[str, float] = {
    "head": 1.8, "lead": 3.8, "body": 1.3, "aligned": 3.0, "terms": 1.8, "names": 0.6, "lead_figures": 2.0,
    "figures": 2.3, "precise": 0.8, "words": 1.0, "rare": 1.0, "known_terms": 1.0, "known_least": 1.0,
    "known_names": 1.0, "same_day": 0.0, "no_figures": -2.0, "stance": -5.5, "no_lead_figures": -3.4,
    "days": -1.3, "titles": -1.5, "strangers": -2.0, "aliens": -1.0, "recurs": -2.0, "long": -0.5,
    "bias": -4.75,
}  # fmt: skip
#: How far the rarer kind of pair is weighed up: 0 not at all, 1 until both kinds weigh the same.
_BALANCE = 0.1


#: Pulls the weights of other sides to nothing, once their features vary alike.
_SIDES_STRENGTH = 3.0
#: What a pair counts that is told alike, among those that tell an event from different sides.
_TOLD_ALIKE = 0.3
#: Log odds that are given away for recall: mornings that are left out in turn keep a precision of .9.
_BOLD = 0.5


def fit(pairs: Sequence[tuple[Pair, bool]]) -> dict[str, float]:
    """Weights, with ``bias``, of what tells an event alike, from pairs and whether they are about one event.

    Pairs on one event are few among the others: `_BALANCE` says how far they are weighed up.
    """
    names = (*FOR, *AGAINST)
    known = [(pair.alike, same) for pair, same in pairs if pair.alike is not None]
    x, y = (
        np.array([row for row, _ in known], dtype=float),
        np.array([same for _, same in known], dtype=float),
    )
    share = np.where(y > 0, len(y) / max(1, y.sum()), len(y) / max(1, len(y) - y.sum())) / 2
    prior = np.array([*(_PRIOR[name] for name in names), _PRIOR["bias"]])
    found = _fitted(x, y, share**_BALANCE, prior, np.full(len(prior), _STRENGTH), _signs(FOR, AGAINST, ()))
    return {name: round(float(w), 2) + 0.0 for name, w in zip((*names, "bias"), found, strict=True)}


def fit_sides(pairs: Sequence[tuple[Pair, bool]], alike: Mapping[str, float]) -> dict[str, float]:
    """Weights, with ``bias``, of what tells an event from different sides.

    Parameters
    ----------
    alike
        What `fit` found: pairs that it knows for one event say little of other sides.
    """
    known = [(pair, same) for pair, same in pairs if pair.sides is not None]
    x, y = (
        np.array([pair.sides for pair, _ in known], dtype=float),
        np.array([s for _, s in known], dtype=float),
    )
    weights = np.array([_TOLD_ALIKE if same and _alike(pair, alike) else 1.0 for pair, same in known])
    scale = np.append(x.std(axis=0) + 1e-9, 1.0)
    prior = np.append(np.zeros(len(SIDES)), -5.0)
    strength = np.append(np.full(len(SIDES), _SIDES_STRENGTH), 0.0)
    signs = _signs(SIDES_FOR, SIDES_AGAINST, SIDES_FREE)
    found = _fitted(x / scale[:-1], y, weights, prior, strength, signs) / scale
    found[-1] += _BOLD
    return {name: round(float(w), 2) + 0.0 for name, w in zip((*SIDES, "bias"), found, strict=True)}


def _alike(pair: Pair, weights: Mapping[str, float]) -> bool:
    if pair.alike is None:
        return False
    values = zip((*FOR, *AGAINST), pair.alike, strict=True)
    return weights["bias"] + sum(weights[name] * value for name, value in values) > 0


def _signs(favour: Sequence[str], against: Sequence[str], free: Sequence[str]) -> Signs:
    """What speaks for an event may only have a weight for it, and what speaks against it one against it."""
    up: Signs = [(0.0, None)]
    down: Signs = [(None, 0.0)]
    anything: Signs = [(None, None)]
    return up * len(favour) + down * len(against) + anything * (len(free) + 1)


def _fitted(
    x: Rows,
    y: Rows,
    share: Rows,
    prior: Rows,
    strength: Rows,
    signs: Signs,
) -> Rows:
    """A logistic regression, each weight pulled to its prior."""
    from scipy.optimize import minimize

    def loss(point: Rows) -> tuple[float, Rows]:
        z = x @ point[:-1] + point[-1]
        off = share * (1.0 / (1.0 + np.exp(-z)) - y)
        held = point - prior
        value = np.sum(share * (np.logaddexp(0.0, z) - y * z)) + strength @ (held * held) / 2
        return float(value), np.append(x.T @ off, off.sum()) + strength * held

    found: Rows = minimize(loss, prior, jac=True, bounds=signs, method="L-BFGS-B").x
    return found


def write(alike: Mapping[str, float], sides: Mapping[str, float], articles: int, out: Path) -> None:
    """Write weights as TOML."""
    head = (
        "# Weights of what makes two articles one story, in log odds; made by `yoyak train stories`,\n"
        f"# fitted to {articles} articles (models/training: stories, sides, mornings, editor-picks-3,\n"
        "# themes).\n"
    )
    tables = (("alike", alike), ("sides", sides))
    text = "".join(
        f"\n[{name}]\n" + "".join(f"{key} = {value}\n" for key, value in table.items())
        for name, table in tables
    )
    out.write_text(head + text, encoding="utf-8")
