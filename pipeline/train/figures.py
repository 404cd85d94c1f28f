"""The weights by which whose a figure is, and of what period, are chosen: `models/figures.toml`."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from ..evaluate.figures import alike, gold_figures, matched, same_time
from ..figures import Candidate, read_figures
from ..records import Article, DataError, Document, Failure
from ..run import Pipeline
from ..settings import load_figure_rules

#: Articles that a feature has to stand in: what only one of them has says nothing about others.
LEAST = 2
#: How strongly the weights of each part are held to nothing.
STRENGTHS: Mapping[str, float] = {"subject": 30.0, "period": 5.0}
#: What was chosen for a figure speaks for the next one: each round starts from the choices of the one before.
ROUNDS = 3

Weights = Mapping[str, Mapping[str, float]]


@dataclass(frozen=True, slots=True)
class Case:
    """Candidates for the subject or the period of a labelled figure, and which of them are right.

    Attributes
    ----------
    hit
        Whether what was chosen, by the weights that it was read with, is right.
    paired
        Whether it is the period of the figure whose subject is the case before it.
    """

    article: str
    part: str
    candidates: Sequence[Candidate]
    right: Sequence[bool]
    hit: bool
    paired: bool = False


class Labelled:
    """Articles, read, with the figures that people labelled."""

    def __init__(self, folders: Sequence[Path], pipeline: Pipeline) -> None:
        self._rules = load_figure_rules()
        self._read = []
        for folder in folders:
            for name, article, figures in gold_figures(folder):
                self._read.append((f"{folder}/{name}", _analysed(folder, article, pipeline), figures))
        self.names = tuple(name for name, _, _ in self._read)
        by_text: dict[str, list[str]] = {}
        for name, (document, _), _ in self._read:
            by_text.setdefault(document.article.text, []).append(name)
        #: Their names, together where several people labelled one.
        self.articles = tuple(map(tuple, by_text.values()))

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
                place = len(found)
                if "subject" in label:
                    subjects = one.subjects.candidates()
                    right_ones = [alike(c.value, label["subject"]) for c in subjects]
                    hit = alike(ours.subject, label["subject"])
                    found.append(Case(name, "subject", subjects, right_ones, hit))
                if "period" in label:
                    periods = one.periods.candidates()
                    right_ones = [same_time(c.value, label["period"]) for c in periods]
                    hit = same_time(ours.period, label["period"])
                    found.append(Case(name, "period", periods, right_ones, hit, len(found) > place))
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
    seen = {(name, case.article) for case in cases for one in case.candidates for name in one.features}
    counts_of = Counter(name for name, _ in seen)
    least = min(LEAST, len({case.article for case in cases}))
    names = sorted(name for name, count in counts_of.items() if count >= least)
    number = {name: i for i, name in enumerate(names)}
    rows = [[number[n] for n in one.features if n in number] for case in cases for one in case.candidates]
    columns = [column for row in rows for column in row]
    sizes = [len(row) for row in rows]
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
        names = [name for names in labelled.articles[fold::folds] for name in names]
        weights.update(dict.fromkeys(names, fitted(labelled, names)))
    found: dict[str, list[bool]] = {"subject": [], "period": [], "both": []}
    for case in labelled.cases(weights):
        if case.paired:
            found["both"].append(case.hit and found["subject"][-1])
        found[case.part].append(case.hit)
    return {name: float(np.mean(right)) for name, right in found.items()}


def written(weights: Weights, notes: Sequence[str]) -> str:
    """Weights as the text of ``models/figures.toml``."""
    lines = [f"# {note}".rstrip() for note in notes]
    for part, own in weights.items():
        lines += ["", f"[{part}]", *(f'"{name}" = {own[name]}' for name in sorted(own))]
    return "\n".join(lines) + "\n"
