"""The weights by which whose a figure is, and of what period, are chosen: `models/figures.toml`."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from ..evaluate.figures import alike, gold_figures, matched
from ..figures import Candidate, read_figures
from ..records import Article, DataError, Document, Failure
from ..run import Pipeline
from ..settings import load_figure_rules

#: How strongly the weights of each part are held to nothing.
STRENGTHS: Mapping[str, float] = {"subject": 12.0, "period": 1.0}
#: What was chosen for a figure speaks for the next one: each round starts from the choices of the one before.
ROUNDS = 3

Weights = Mapping[str, Mapping[str, float]]


@dataclass(frozen=True, slots=True)
class Case:
    """Candidates for the subject or the period of a labelled figure, and which of them are right."""

    article: str
    part: str
    candidates: Sequence[Candidate]
    right: Sequence[bool]


class Labelled:
    """Articles, read, with the figures that people labelled."""

    def __init__(self, folders: Sequence[Path], pipeline: Pipeline) -> None:
        self._rules = load_figure_rules()
        self._read = []
        for folder in folders:
            for name, article, figures in gold_figures(folder):
                self._read.append((f"{folder}/{name}", _analysed(folder, article, pipeline), figures))
        self.names = tuple(name for name, _, _ in self._read)

    def cases(self, weights: Mapping[str, Weights]) -> list[Case]:
        """The cases of all articles, each read by weights of its own."""
        found: list[Case] = []
        for name, (document, antecedents), gold in self._read:
            rules = replace(self._rules, weights=weights[name])
            chosen, _, _ = read_figures(document, rules, antecedents)
            by_figure = {id(one.figure): one for one in chosen}
            for label, ours, right in matched(gold, [one.figure for one in chosen])[0]:
                if ours is None or not right:
                    continue
                one = by_figure[id(ours)]
                subjects, periods = one.subjects.candidates(), one.periods.candidates()
                right_subjects = [alike(c.value, label["subject"]) for c in subjects]
                right_periods = [c.value == label["period"] for c in periods]
                found.append(Case(name, "subject", subjects, right_subjects))
                found.append(Case(name, "period", periods, right_periods))
        return found


def _analysed(folder: Path, article: Article, pipeline: Pipeline) -> tuple[Document, Sequence[int | None]]:
    found = pipeline.analyse(article)
    if isinstance(found, Failure):
        raise DataError(folder, found.reason)
    return found.document, found.cohesion.antecedents


def fit(cases: Sequence[Case], strength: float) -> dict[str, float]:
    """Weights of a conditional logit model (McFadden 1974) with a Gaussian prior around nothing.

    Any right candidate will do: a case's likelihood is the share of all that is right in it.
    """
    from scipy.optimize import minimize
    from scipy.sparse import csr_matrix

    cases = [case for case in cases if any(case.right) and not all(case.right)]
    names = sorted({name for case in cases for one in case.candidates for name in one.features})
    number = {name: i for i, name in enumerate(names)}
    rows = [one for case in cases for one in case.candidates]
    columns = [number[name] for one in rows for name in one.features]
    sizes = [len(one.features) for one in rows]
    table = csr_matrix(
        (np.ones(len(columns)), (np.repeat(np.arange(len(rows)), sizes), columns)), (len(rows), len(names))
    )
    counts = [len(case.candidates) for case in cases]
    case_of = np.repeat(np.arange(len(cases)), counts)
    first = np.concatenate([[0], np.cumsum(counts)[:-1]]).astype(int)
    right = np.array([good for case in cases for good in case.right], dtype=float)

    def loss(w: NDArray[np.float64]) -> tuple[float, NDArray[np.float64]]:
        score = table @ w
        score = np.exp(score - np.maximum.reduceat(score, first)[case_of])
        every, good = np.add.reduceat(score, first), np.add.reduceat(score * right, first)
        value = np.sum(np.log(every) - np.log(good)) + strength / 2 * (w @ w)
        slope = table.T @ (score / every[case_of] - score * right / good[case_of]) + strength * w
        return float(value), slope

    found = minimize(loss, np.zeros(len(names)), jac=True, method="L-BFGS-B").x
    weights = {name: round(float(w), 2) + 0.0 for name, w in zip(names, found, strict=True)}
    return {name: w for name, w in weights.items() if w}


def fitted(labelled: Labelled, left_out: Sequence[str] = ()) -> Weights:
    """Weights for all articles but some."""
    weights: Weights = {"subject": {}, "period": {}}
    for _ in range(ROUNDS):
        cases = labelled.cases(dict.fromkeys(labelled.names, weights))
        used = [case for case in cases if case.article not in left_out]
        weights = {
            part: fit([case for case in used if case.part == part], strength)
            for part, strength in STRENGTHS.items()
        }
    return weights


def cross_validated(labelled: Labelled, folds: int = 7) -> dict[str, float]:
    """Shares of right subjects, periods and both on articles that the weights were not fitted on."""
    weights: dict[str, Weights] = {}
    for fold in range(folds):
        names = labelled.names[fold::folds]
        weights.update(dict.fromkeys(names, fitted(labelled, names)))
    cases = labelled.cases(weights)
    found: dict[str, list[bool]] = {"subject": [], "period": []}
    for case in cases:
        own = weights[case.article][case.part]
        best = max(
            range(len(case.candidates)),
            key=lambda i: sum(own.get(name, 0.0) for name in case.candidates[i].features),
        )
        found[case.part].append(case.right[best])
    both = [a and b for a, b in zip(found["subject"], found["period"], strict=True)]
    return {name: float(np.mean(right)) for name, right in (*found.items(), ("both", both))}


def written(weights: Weights, notes: Sequence[str]) -> str:
    """Weights as the text of ``models/figures.toml``."""
    lines = [f"# {note}".rstrip() for note in notes]
    for part, own in weights.items():
        lines += ["", f"[{part}]", *(f'"{name}" = {own[name]}' for name in sorted(own))]
    return "\n".join(lines) + "\n"
