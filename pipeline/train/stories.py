"""Weights of what makes two articles one story: `models/stories.toml`.

A logistic regression over the features of `pipeline.stories.likeness`: are two articles about one event? What
speaks for it may only have a weight for it, and what speaks against it one against it.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path

import numpy as np

from ..stories.likeness import AGAINST, FOR

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


def fit(pairs: Sequence[Sequence[float]], same: Sequence[bool]) -> dict[str, float]:
    """Weights, with ``bias``, from the features of pairs and whether they are about one event.

    Pairs on one event are few among the others: `_BALANCE` says how far they are weighed up.
    """
    from scipy.optimize import minimize

    names = (*FOR, *AGAINST)
    x, y = np.array(pairs, dtype=float), np.array(same, dtype=float)
    share = np.where(y > 0, len(y) / max(1, y.sum()), len(y) / max(1, len(y) - y.sum())) / 2
    share **= _BALANCE
    start = np.array([*(_PRIOR[name] for name in names), _PRIOR["bias"]])

    def loss(point: np.ndarray) -> tuple[float, np.ndarray]:
        z = x @ point[:-1] + point[-1]
        off = share * (1.0 / (1.0 + np.exp(-z)) - y)
        held = point - start
        value = np.sum(share * (np.logaddexp(0.0, z) - y * z)) + _STRENGTH * held @ held / 2
        return float(value), np.append(x.T @ off, off.sum()) + _STRENGTH * held

    bounds = [(0.0, None)] * len(FOR) + [(None, 0.0)] * len(AGAINST) + [(None, None)]
    found = minimize(loss, start, jac=True, bounds=bounds, method="L-BFGS-B").x
    return {name: round(float(w), 2) + 0.0 for name, w in zip((*names, "bias"), found, strict=True)}


def write(weights: Mapping[str, float], articles: int, out: Path) -> None:
    """Write weights as TOML."""
    head = (
        "# Weights of what makes two articles one story, in log odds; made by `yoyak train stories`,\n"
        f"# fitted to {articles} articles (models/training/stories, models/training/themes/articles).\n"
    )
    out.write_text(head + "".join(f"{name} = {value}\n" for name, value in weights.items()), encoding="utf-8")
