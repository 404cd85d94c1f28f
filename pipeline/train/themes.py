"""Fitting the weights of the theme step on labelled articles: `models/themes.toml`."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from ..records import ThemeModel
from ..themes import Evidence
from ..themes.context import surroundings
from ..themes.model import OTHER_SIDE, SAID, STANDS, THEME, choose

Matrix = NDArray[np.float64]

#: Ridge of the two stages, chosen by cross-validation over the articles of models/training/themes.
_RIDGE = {SAID: 2.0, STANDS: 3.0}
_FOLDS = 8
_SECOND = 0.35
#: Features that only what lies outside has, besides those that both have.
_ALONE = {
    SAID: (
        "bias",
        "bare",
        "no_hint",
        "thin",
        "adrift",
        "foreign",
        "leans",
        "item",
        "points",
        "asks",
        "personal",
        "short",
    ),
    STANDS: ("bias", "bare", "leans", "points", "asks", "personal", "short"),
}


@dataclass(frozen=True, slots=True)
class Labelled:
    """An article's evidence, and the sides that a person gave its units.

    Attributes
    ----------
    targets
        Shape (n, sides): 1 for the theme of a unit, split where it has two, a row of zeros where it has
        no label.
    """

    evidence: Evidence
    targets: Matrix


def targets_of(labels: Mapping[int, Sequence[str]], content: Sequence[int], ids: Sequence[str]) -> Matrix:
    """Rows for the units at `content`, as `Labelled` wants them."""
    rows = np.zeros((len(content), len(ids)))
    for row, u in zip(rows, content, strict=True):
        for theme, weight in zip(labels.get(u, ()), (1.0, _SECOND), strict=False):
            row[ids.index(theme)] += weight
        row /= max(row.sum(), 1.0)
    return rows


def fit(articles: Sequence[Labelled]) -> ThemeModel:
    """Fit both stages.

    The second stage learns from what the first one says of articles that it has not seen: in each of
    eight folds it is fitted on the other seven.
    """
    first: list[Matrix | None] = [None] * len(articles)
    for fold in range(_FOLDS):
        rest = [a for i, a in enumerate(articles) if i % _FOLDS != fold]
        if not rest:
            continue
        model = _model(_fit_said(rest))
        for i in range(fold, len(articles), _FOLDS):
            evidence = articles[i].evidence
            first[i] = choose(SAID, evidence.said, evidence.alone, model)
    said = _fit_said(articles)
    stands = _fit_stage(
        STANDS,
        [(surroundings(p, a.evidence), a.evidence.alone, a.targets)
         for p, a in zip(first, articles, strict=True) if p is not None],
    )  # fmt: skip
    return _model({**said, **stands})


def _model(weights: dict[str, dict[str, float]]) -> ThemeModel:
    return ThemeModel(weights=weights, fitted={})


def _fit_said(articles: Sequence[Labelled]) -> dict[str, dict[str, float]]:
    return _fit_stage(SAID, [(a.evidence.said, a.evidence.alone, a.targets) for a in articles])


def _fit_stage(
    stage: str, articles: Sequence[tuple[Mapping[str, Matrix], Mapping[str, Matrix], Matrix]]
) -> dict[str, dict[str, float]]:
    """Weights of greatest likelihood less a ridge, by L-BFGS (Liu & Nocedal 1989)."""
    from scipy.optimize import minimize

    shared = list(articles[0][0])
    alone = list(_ALONE[stage])
    k = len(shared)
    data = []
    for sided, lone, targets in articles:
        rows = targets.sum(axis=1) > 0
        ours = np.stack([sided[name][rows, :-1] for name in shared], axis=-1)
        outside = [sided[name][rows, -1] for name in shared] + [lone[name][rows] for name in alone]
        data.append((ours, np.stack(outside, axis=-1), targets[rows]))

    def loss(weights: Matrix) -> tuple[float, Matrix]:
        total, slope = _RIDGE[stage] * float(weights @ weights), 2 * _RIDGE[stage] * weights
        for ours, outside, wanted in data:
            utility = np.concatenate([ours @ weights[:k], (outside @ weights[k:])[:, None]], axis=1)
            utility -= utility.max(axis=1, keepdims=True)
            chosen = np.exp(utility)
            chosen /= chosen.sum(axis=1, keepdims=True)
            total -= float((wanted * np.log(chosen + 1e-12)).sum())
            off = chosen - wanted
            slope[:k] += np.einsum("nt,ntk->k", off[:, :-1], ours)
            slope[k:] += outside.T @ off[:, -1]
        return total, slope

    best = minimize(loss, np.zeros(k + k + len(alone)), jac=True, method="L-BFGS-B").x
    rounded = [round(float(weight), 3) for weight in best]
    return {
        f"{stage}.{THEME}": {n: w for n, w in zip(shared, rounded[:k], strict=True) if w},
        f"{stage}.{OTHER_SIDE}": {n: w for n, w in zip([*shared, *alone], rounded[k:], strict=True) if w},
    }


def write_model(model: ThemeModel, path: Path, fitted: Mapping[str, str]) -> None:
    """Write a model as TOML that a person can read."""
    lines = [
        "# How evidence becomes theme scores. Made by `yoyak train themes`; docs/themes.md explains it.",
        "# A weight says how much one unit of a feature adds to the utility of a theme, or of what lies",
        "# outside all themes (other): any theme set has the same ones.",
        "",
        "[fitted]",
        *(f"{key} = {_text(value)}" for key, value in fitted.items()),
    ]
    for stage, weights in model.weights.items():
        ranked = sorted(weights.items(), key=lambda pair: (-abs(pair[1]), pair[0]))
        lines += ["", f'[weights."{stage}"]', *(f"{name} = {weight}" for name, weight in ranked)]
    path.write_text("\n".join(lines) + "\n", encoding="utf-8")


def _text(value: str) -> str:
    return '"' + re.sub(r'(["\\])', r"\\\1", value) + '"'
