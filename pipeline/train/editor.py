"""The weights of the `editor` method: `models/editor.toml`.

Few articles are labelled (20 of sci-news-sum-kr-50, Seol 2016), so only a handful of weights is fitted, each
held to a prior that an editor would sign; the others are the prior's.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from ..records import EditorModel
from ..summarize import METHODS, Draft, choose
from ..summarize.features import FEATURES, features

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    Table = NDArray[np.float64]

#: Features about which science news of 2016, without headings or themes, has nothing to say.
HELD = frozenset(("figures", "heading", "opening", "theme", "emphasis", "quote", "pointer", "aside"))
#: How strongly the weights are held to the prior.
STRENGTH = 8.0


@dataclass(frozen=True, slots=True)
class Labelled:
    """A draft with the positions that an editor chose."""

    draft: Draft
    gold: frozenset[int]


@dataclass(frozen=True, slots=True)
class Fit:
    """A model, and what it gives on articles that it was not fitted on.

    Attributes
    ----------
    precision, f1
        For each article, left out in turn: precision@k, and F1 at the gold summary's length in characters.
    """

    model: EditorModel
    precision: tuple[float, ...]
    f1: tuple[float, ...]


def train_editor(labelled: Sequence[Labelled], prior: EditorModel, strength: float = STRENGTH) -> Fit:
    """Fit the weights, and measure them by leaving one article out at a time.

    Parameters
    ----------
    prior
        Its weights are the mean of a Gaussian prior; its other numbers are kept.
    strength
        Precision of that prior. At 0 the weights are free, at infinity they are the prior's.
    """
    tables = [_table(one.draft) for one in labelled]
    precision, f1 = [], []
    for i, one in enumerate(labelled):
        rest = [j for j in range(len(labelled)) if j != i]
        model = _fitted([tables[j] for j in rest], [labelled[j].gold for j in rest], prior, strength)
        scores = score_summary(replace(one.draft, model=model), one.gold)
        precision.append(scores[0])
        f1.append(scores[1])
    model = _fitted(tables, [one.gold for one in labelled], prior, strength)
    return Fit(model, tuple(precision), tuple(f1))


def score_summary(draft: Draft, gold: frozenset[int], method: str = "editor") -> tuple[float, float]:
    """Precision@k, k the number of gold sentences, and F1 at the gold summary's length in characters."""
    ranked = METHODS[method](draft)
    lengths = [len(unit.text) for unit in draft.units]
    k = len(gold)
    precision = len(gold.intersection(ranked.order[:k])) / k if k else 0.0
    budget = sum(lengths[i] for i in gold)
    needs = dict(enumerate(ranked.needs))
    chosen = choose(ranked.order, lengths, budget, "chars", needs, ranked.unfit)
    return precision, 2 * len(gold.intersection(chosen)) / max(1, len(chosen) + k)


def _table(draft: Draft) -> Table:
    """Features of a draft, shape (n, number of features)."""
    table: Table = features(draft).T
    return table


def _fitted(
    tables: Sequence[Table], golds: Sequence[frozenset[int]], prior: EditorModel, strength: float
) -> EditorModel:
    """Maximum a posteriori weights of a pairwise logistic model (RankNet without layers, Burges et al. 2005).

    Each pair of a chosen and a passed-over sentence of an article is a case; the cases of an article weigh
    as much as those of any other.
    """
    import numpy as np
    from scipy.optimize import minimize

    pairs, weights = [], []
    for table, gold in zip(tables, golds, strict=True):
        chosen = sorted(gold)
        passed = [i for i in range(len(table)) if i not in gold]
        if chosen and passed:
            differences = (table[chosen][:, None] - table[passed][None]).reshape(-1, table.shape[1])
            pairs.append(differences)
            weights.append(np.full(len(differences), 1 / len(differences)))
    cases, share = np.concatenate(pairs), np.concatenate(weights)
    mean = np.array([prior.weights.get(name, 0.0) for name in FEATURES])

    free = np.array([float(name not in HELD) for name in FEATURES])

    def loss(w: Table) -> tuple[float, Table]:
        margin = cases @ w
        value = share @ np.logaddexp(0.0, -margin) + strength / 2 * np.sum((w - mean) ** 2)
        slope = -(cases.T @ (share / (1 + np.exp(margin)))) + strength * (w - mean)
        return float(value), free * slope

    found = minimize(loss, mean, jac=True, method="L-BFGS-B").x
    fitted = {name: round(float(w), 3) + 0.0 for name, w in zip(FEATURES, found, strict=True)}
    return replace(prior, weights=fitted)


def written(model: EditorModel, prior: Mapping[str, float], notes: Sequence[str]) -> str:
    """A model as the text of ``models/editor.toml``."""
    lines = [*(f"# {note}".rstrip() for note in notes), ""]
    lines += [f"{name} = {getattr(model, name)}" for name in ("redundancy", "coverage", "query", "theme")]
    for head, weights in (("weights", model.weights), ("prior", prior)):
        lines += ["", f"[{head}]", *(f"{name} = {weights[name]}" for name in FEATURES if name in weights)]
    return "\n".join(lines) + "\n"
