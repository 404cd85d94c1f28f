"""Weights of the keyword score: `models/keywords.toml`.

A logistic regression over the features of `pipeline.keywords.score`: does an editor take this term? Each
weight may only have the sign that its feature was made for (a name in a heading is no worse for it), which
keeps a few articles from teaching it their accidents. Fitted with L-BFGS-B (Byrd et al. 1995).
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path

import numpy as np

from ..keywords.score import FEATURES

#: Features that can only speak against a term; all others but `_FREE` only for it.
_AGAINST = frozenset(
    {
        "once",
        "common",
        "ordinary",
        "short",
        "long",
        "endsname",
        "listed",
        "source",
        "place",
        "loose",
        "metric",
    }
)
_FREE = frozenset({"two", "verb"})
#: Held at a value: the labelled articles are too few or too alike to tell.
_HELD = {"person": 0.0, "source": -1.0, "spread": 0.2}
_PENALTY = 3.0  # L2, on standardized weights
#: A row is at least this likely: a short article gets a short table.
_LEAST = 0.03


def fit(terms: Sequence[Mapping[str, float]], taken: Sequence[bool]) -> dict[str, float]:
    """Weights, with ``bias`` and ``least``, from the features of terms and whether an editor took them."""
    from scipy.optimize import minimize

    x = np.array([[term[name] for name in FEATURES] for term in terms])
    y = np.array(taken, dtype=float)
    scale = x.std(axis=0) + 1e-9
    rows = (x - x.mean(axis=0)) / scale

    def loss(point: np.ndarray) -> tuple[float, np.ndarray]:
        weights, bias = point[:-1], point[-1]
        z = rows @ weights + bias
        off = 1.0 / (1.0 + np.exp(-z)) - y
        value = np.sum(np.logaddexp(0.0, z) - y * z) + _PENALTY * weights @ weights / 2
        return float(value), np.append(rows.T @ off + _PENALTY * weights, off.sum())

    bounds = [_bounds(name, scale[i]) for i, name in enumerate(FEATURES)] + [(None, None)]
    found = minimize(loss, np.zeros(len(bounds)), jac=True, bounds=bounds, method="L-BFGS-B").x
    weights = found[:-1] / scale
    bias = found[-1] - float(weights @ x.mean(axis=0))
    rounded = {name: round(float(w), 3) + 0.0 for name, w in zip(FEATURES, weights, strict=True)}
    return {**rounded, "bias": round(float(bias), 3), "least": _LEAST}


def write(weights: Mapping[str, float], articles: int, out: Path) -> None:
    """Write weights as TOML."""
    head = (
        "# Weights of the keyword score, in log odds; made by `yoyak train keywords`,\n"
        f"# fitted to {articles} articles with keyphrases labelled by hand (models/training/keywords).\n"
    )
    out.write_text(head + "".join(f"{name} = {value}\n" for name, value in weights.items()), encoding="utf-8")


def _bounds(name: str, scale: float) -> tuple[float | None, float | None]:
    if name in _HELD:
        return _HELD[name] * scale, _HELD[name] * scale
    if name in _FREE:
        return None, None
    return (None, 0.0) if name in _AGAINST else (0.0, None)
