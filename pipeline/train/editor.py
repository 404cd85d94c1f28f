"""The weights of the `editor` method: `models/editor.toml`.

Few articles are labelled (20 of sci-news-sum-kr-50, Seol 2016, and those of ``models/training``), so
there are only a handful of weights, each held to a prior that an editor would sign.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from statistics import fmean

import numpy as np
from numpy.typing import NDArray

from ..records import EditorModel
from ..summarize import METHODS, Draft, choose
from ..summarize.features import FEATURES, features

Table = NDArray[np.float64]

#: How strongly the weights are held to the prior.
STRENGTH = 20.0


@dataclass(frozen=True, slots=True)
class Labelled:
    """A draft with the positions that an editor chose.

    Attributes
    ----------
    article
        Its name, which is the same for all who labelled it.
    source
        Where it is from. All sources weigh the same, however many articles they have.
    """

    draft: Draft
    gold: frozenset[int]
    article: str
    source: str = ""


@dataclass(frozen=True, slots=True)
class Score:
    """What a model gives on an article that it was not fitted on; a mean over those who labelled it.

    `precision` is precision@k, `f1` F1 at the gold summary's length in characters.
    """

    article: str
    source: str
    precision: float
    f1: float


def fit(labelled: Sequence[Labelled], prior: EditorModel, strength: float = STRENGTH) -> EditorModel:
    """Fit the weights.

    Parameters
    ----------
    prior
        Its weights are the mean of a Gaussian prior; its other numbers are kept.
    strength
        Precision of that prior. At 0 the weights are free, at infinity they are the prior's.
    """
    return _Problem(labelled, prior, strength).solved(range(len(labelled)), prior)


def leave_one_out(
    labelled: Sequence[Labelled], prior: EditorModel, strength: float = STRENGTH, source: str | None = None
) -> tuple[Score, ...]:
    """What such a model gives on each article, left out in turn; on those of one source, if it is named."""
    problem = _Problem(labelled, prior, strength)
    whole = problem.solved(range(len(labelled)), prior)
    scores = []
    for key in dict.fromkeys((one.article, one.source) for one in labelled):
        if source is not None and key[1] != source:
            continue
        own = [i for i, one in enumerate(labelled) if (one.article, one.source) == key]
        model = problem.solved([i for i in range(len(labelled)) if i not in own], whole)
        found = [score_summary(replace(labelled[i].draft, model=model), labelled[i].gold) for i in own]
        scores.append(Score(*key, fmean(p for p, _ in found), fmean(f for _, f in found)))
    return tuple(scores)


def _weights(labelled: Sequence[Labelled]) -> list[float]:
    """Of each label: all sources weigh the same, and in each of them all articles; 1 on average."""
    labels = Counter((one.article, one.source) for one in labelled)
    articles = Counter(source for _, source in labels)
    return [
        len(labels) / (len(articles) * articles[one.source] * labels[one.article, one.source])
        for one in labelled
    ]


def score_summary(draft: Draft, gold: frozenset[int], method: str = "editor") -> tuple[float, float]:
    """Precision@k, k the number of gold sentences, and F1 at the gold summary's length in characters."""
    ranked = METHODS[method](draft)
    lengths = [len(unit.text) for unit in draft.units]
    k = len(gold)
    first = choose(ranked, lengths, k, "sentences")
    precision = len(gold.intersection(first)) / k if k else 0.0
    budget = sum(lengths[i] for i in gold)
    chosen = choose(ranked, lengths, budget, "chars")
    return precision, 2 * len(gold.intersection(chosen)) / max(1, len(chosen) + k)


class _Problem:
    """A pairwise logistic model (RankNet without layers, Burges et al. 2005) with a Gaussian prior.

    Each pair of a chosen and a passed-over sentence of an article is a case; all cases of a label together
    weigh what `_weights` says.
    """

    def __init__(self, labelled: Sequence[Labelled], prior: EditorModel, strength: float) -> None:
        self._cases = [_cases(one) for one in labelled]
        self._weights = _weights(labelled)
        self._prior, self._strength = prior, strength

    def solved(self, rows: Sequence[int], start: EditorModel) -> EditorModel:
        """The most probable weights for some labels, the prior's for none; the search begins at `start`."""
        from scipy.optimize import minimize

        used = [i for i in rows if len(self._cases[i])]
        if not used:
            return self._prior
        cases = np.concatenate([self._cases[i] for i in used])
        share = np.concatenate(
            [np.full(len(self._cases[i]), self._weights[i] / len(self._cases[i])) for i in used]
        )
        mean = np.array([self._prior.weights.get(name, 0.0) for name in FEATURES])

        def loss(w: Table) -> tuple[float, Table]:
            margin = cases @ w
            value = share @ np.logaddexp(0.0, -margin) + self._strength / 2 * np.sum((w - mean) ** 2)
            slope = -(cases.T @ (share / (1 + np.exp(margin)))) + self._strength * (w - mean)
            return float(value), slope

        first = np.array([start.weights.get(name, 0.0) for name in FEATURES])
        found = minimize(loss, first, jac=True, method="L-BFGS-B").x
        fitted = {name: round(float(w), 3) + 0.0 for name, w in zip(FEATURES, found, strict=True)}
        return replace(self._prior, weights=fitted)


def _cases(one: Labelled) -> Table:
    """Features of each chosen sentence less those of each other one, shape (pairs, number of features)."""
    table: Table = features(one.draft).T
    others = [i for i in range(len(table)) if i not in one.gold]
    found: Table = (table[sorted(one.gold)][:, None] - table[others][None]).reshape(-1, table.shape[1])
    return found


def written(model: EditorModel, prior: Mapping[str, float], notes: Sequence[str]) -> str:
    """A model as the text of ``models/editor.toml``."""
    lines = [*(f"# {note}".rstrip() for note in notes), ""]
    lines += [f"{name} = {getattr(model, name)}" for name in ("redundancy", "coverage", "query", "theme")]
    for head, weights in (("weights", model.weights), ("prior", prior)):
        lines += ["", f"[{head}]", *(f"{name} = {weights[name]}" for name in FEATURES if name in weights)]
    return "\n".join(lines) + "\n"
