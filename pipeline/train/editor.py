"""What the `editor` method learns: the worth of sentences, from what editors print.

An additive logistic model over binned features (Hastie & Tibshirani 1986): at each edge of a feature the
table takes a step, and the steps are held small (ridge), each by how evenly it parts the sentences. A few
dozen articles bear no more; boosted trees, forests, kernels, pairwise and listwise losses and the rows of
the encoder did no better in cross-validation.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from ..evaluate.leaning import LeaningCase
from ..evaluate.picks import PicksCase
from ..evaluate.summaries import Case
from ..records import Draft, EditorModel, Shape
from ..run import ranked
from ..salience.features import BINS, EDGES, FEATURES, binned, features
from ..summarize import Ranked, choose

Table = NDArray[np.float64]

#: How strongly the steps are held, and the least share of the variance that a rare one is held by.
STRENGTH = 100.0
_EVEN = 0.05
#: What is not learned: what likeness costs, what a new theme gains, what answers a query or is of a theme.
PLAIN = EditorModel(redundancy=0.5, coverage=0.2, query=15.0, theme=6.0)
#: What the log odds that a sentence is understood by itself count in its worth: so much fewer come that
#: are not, for few that are worth it.
CAUTION = 0.3
#: What a sentence is worth to a reader who picked it, holds it for the next best, passes it over though it
#: is understood by itself; nothing, if it is not.
PICK, NEXT, STANDS = 1.0, 0.25, 0.1
#: Parts that the articles are cut into, to measure on each what was learned from the others.
FOLDS = 8
_STEPS = 100


@dataclass(frozen=True, slots=True)
class Example:
    """An article to learn from.

    Attributes
    ----------
    draft
        What the method is given.
    bins
        For each feature the bin of each of its n sentences, shape (features, n).
    grades
        What each sentence is worth to its readers, 0 to 1, shape (n,); None where nobody was asked.
    printed
        Share of the readers who picked each; 0 where nobody was asked.
    stands
        Share of them who understand each by itself; None where nobody was asked.
    group
        Articles of one event are never learned from and measured on at once.
    source
        Where it is from. All sources weigh the same, however many sentences they have.
    """

    draft: Draft
    bins: NDArray[np.int64]
    grades: Table | None
    printed: Table
    stands: Table | None
    group: str
    source: str


def of_picks(case: PicksCase, source: str) -> Example:
    """What two readers' picks teach."""
    grades = np.where(
        case.picked, PICK, np.where(case.near, NEXT, np.where(case.dangling, 0.0, STANDS))
    ).mean(axis=0)
    return Example(
        case.draft,
        _bins(case.draft),
        grades,
        case.picked.mean(axis=0),
        1.0 - case.dangling.mean(axis=0),
        case.event,
        source,
    )


def of_summaries(cases: Sequence[Case], source: str) -> list[Example]:
    """What gold summaries teach; those of one article are one example."""
    drafts = {case.name: case.draft for case in cases}
    found = []
    for name, draft in drafts.items():
        own = [case.gold for case in cases if case.name == name]
        printed = np.array([sum(i in gold for gold in own) / len(own) for i in range(len(draft.units))])
        found.append(Example(draft, _bins(draft), printed, printed, None, name, source))
    return found


def of_leaning(case: LeaningCase, source: str) -> Example:
    """What is taught by which sentences lean on others."""
    n = len(case.stands)
    stands = np.array(case.stands, dtype=np.float64)
    return Example(case.draft, _bins(case.draft), None, np.zeros(n), stands, case.name, source)


def plain(known: EditorModel) -> EditorModel:
    """What training starts from: `PLAIN`, with what is known of what readers understand."""
    return replace(PLAIN, shapes=known.shapes, stands=known.stands)


def _bins(draft: Draft) -> NDArray[np.int64]:
    return binned(features(draft), BINS)


def fit(examples: Sequence[Example], start: EditorModel, strength: float = STRENGTH) -> EditorModel:
    """Fit the tables; `start` gives the other numbers.

    Parameters
    ----------
    strength
        How strongly the steps of the tables are held to nothing.
    """
    model = _fitted(examples, start, strength)
    # Graded worth to the probability of print: Platt's two numbers, from scores on articles left out.
    asked = _asked(examples)
    scores = _left_out(examples, lambda some: _fitted(some, start, strength))
    slope, offset = _platt(scores, [one.printed for one in asked], _weights(asked))
    shapes = {
        name: replace(shape, worth=tuple(round(slope * w, 3) + 0.0 for w in shape.worth))
        for name, shape in model.shapes.items()
    }
    return replace(model, shapes=shapes, base=round(slope * model.base + offset, 3))


def cross_validated(
    examples: Sequence[Example],
    start: EditorModel,
    strength: float = STRENGTH,
    seed: int = 0,
    most: int | None = None,
) -> list[tuple[Ranked, Table]]:
    """The ranking of each article that readers were asked of, by a model without its group, with its odds.

    Parameters
    ----------
    seed
        Of the partition.
    most
        How many articles at most are learned from, for a learning curve.
    """
    asked = _asked(examples)
    others = [one for one in examples if one.grades is None]
    found: list[tuple[Ranked, Table] | None] = [None] * len(asked)
    for fold in folds(asked, seed):
        rest = [i for i in range(len(asked)) if i not in fold]
        if most is not None:
            order = np.random.default_rng([seed, *fold]).permutation(rest)
            rest = sorted(order[:most].tolist())
        model = fit([*(asked[i] for i in rest), *others], start, strength)
        for i in fold:
            draft = replace(asked[i].draft, model=model)
            ranking = ranked(draft, "editor")
            found[i] = ranking, np.array([ranking.salience[j] for j in range(len(draft.units))])
    return [one for one in found if one is not None]


def folds(examples: Sequence[Example], seed: int, count: int = FOLDS) -> list[list[int]]:
    """Positions of the examples in parts of about one size, no group in two of them."""
    groups: dict[str, list[int]] = {}
    for i, one in enumerate(examples):
        groups.setdefault(one.group, []).append(i)
    names = sorted(groups)
    parts: list[list[int]] = [[] for _ in range(min(count, len(names)))]
    for at in np.random.default_rng(seed).permutation(len(names)).tolist():
        min(parts, key=len).extend(groups[names[at]])
    return [sorted(part) for part in parts]


def precision(example: Example, ranking: Ranked) -> float:
    """Precision@k, k the number of sentences that were picked, a mean over readers."""
    k = max(1, round(float(example.printed.sum())))
    lengths = [len(unit.text) for unit in example.draft.units]
    return float(example.printed[list(choose(ranking, lengths, k, "sentences"))].sum()) / k


def calibration_error(sure: Sequence[Table], printed: Sequence[Table], bins: int = 10) -> float:
    """Expected calibration error over bins of equal width (Naeini et al. 2015)."""
    p, y = np.concatenate(sure), np.concatenate(printed)
    at = np.minimum((p * bins).astype(int), bins - 1)
    size = np.bincount(at, minlength=bins)
    apart = np.abs(np.bincount(at, p, bins) - np.bincount(at, y, bins))
    return float(apart[size > 0].sum() / len(p))


def _asked(examples: Sequence[Example]) -> list[Example]:
    """Those of which readers said what they would print."""
    return [one for one in examples if one.grades is not None]


def _weights(examples: Sequence[Example]) -> list[float]:
    """Of a sentence of each example: all sources weigh the same; 1 for those of the first."""
    sizes: dict[str, int] = {}
    for one in examples:
        sizes[one.source] = sizes.get(one.source, 0) + len(one.printed)
    first = next(iter(sizes.values()))
    return [first / sizes[one.source] for one in examples]


def _fitted(examples: Sequence[Example], start: EditorModel, strength: float) -> EditorModel:
    asked = _asked(examples)
    base, worth = _additive(asked, [one.grades for one in asked if one.grades is not None], strength)
    # What readers understand is what they understood of other articles, where they were not asked.
    stands = start.stands
    standing = [start.shapes[name].stands if name in start.shapes else () for name in FEATURES]
    known = [one for one in examples if one.stands is not None]
    if known:
        stands, standing = _additive(known, [one.stands for one in known if one.stands is not None], strength)
    if stands is not None and known:
        base += CAUTION * stands
        worth = [
            tuple(w + CAUTION * sure for w, sure in zip(own, other, strict=True))
            for own, other in zip(worth, standing, strict=True)
        ]
    shapes = {
        name: Shape(EDGES[name], own, other)
        for name, own, other in zip(FEATURES, worth, standing, strict=True)
    }
    return replace(start, shapes=shapes, base=base, stands=stands)


def _additive(
    examples: Sequence[Example], targets: Sequence[Table], strength: float
) -> tuple[float, list[tuple[float, ...]]]:
    """Tables of an additive logistic model, by Newton's method; each adds nothing on average."""
    weights = _weights(examples)
    bins = np.concatenate([one.bins for one in examples], axis=1)
    steps = [
        own >= n for own, edges in zip(bins, EDGES.values(), strict=True) for n in range(1, len(edges) + 1)
    ]
    rows = np.array([*steps, np.ones(bins.shape[1])], dtype=np.float64).T
    weight = np.concatenate([np.full(len(one.printed), w) for one, w in zip(examples, weights, strict=True)])
    share = rows[:, :-1].mean(axis=0)
    held = np.append(strength * np.maximum(share * (1.0 - share), _EVEN), 1e-6)
    found = _newton(rows, np.concatenate(list(targets)), weight, held)
    tables, base, at = [], float(found[-1]), 0
    for own, edges in zip(bins, EDGES.values(), strict=True):
        table = np.concatenate(([0.0], np.cumsum(found[at : at + len(edges)])))
        at += len(edges)
        middle = float(np.average(table[own], weights=weight))
        base += middle
        tables.append(tuple(round(float(v) - middle, 4) + 0.0 for v in table))
    return round(base, 4), tables


def _newton(rows: Table, y: Table, weight: Table, held: Table) -> Table:
    """The weights of a logistic model, each held to nothing by so much."""
    w = np.zeros(rows.shape[1])
    for _ in range(_STEPS):
        p = 1.0 / (1.0 + np.exp(-np.clip(rows @ w, -30.0, 30.0)))
        slope = rows.T @ (weight * (p - y)) + held * w
        bend = (rows * (weight * p * (1.0 - p))[:, None]).T @ rows + np.diag(held)
        step = np.linalg.solve(bend, slope)
        w -= step
        if float(np.abs(step).max()) < 1e-8:
            break
    return w


def _left_out(examples: Sequence[Example], fitted: Callable[[Sequence[Example]], EditorModel]) -> list[Table]:
    """Scores of each example that readers were asked of, by a model fitted without its group."""
    asked = _asked(examples)
    others = [one for one in examples if one.grades is None]
    found: dict[int, Table] = {}
    for fold in folds(asked, 0):
        rest = [one for i, one in enumerate(asked) if i not in fold]
        model = fitted([*(rest or asked), *others])
        for i in fold:
            found[i] = _scores(model, asked[i])
    return [found[i] for i in range(len(asked))]


def _scores(model: EditorModel, example: Example) -> Table:
    found = np.full(len(example.printed), model.base)
    for name, own in zip(FEATURES, example.bins, strict=True):
        found += np.array(model.shapes[name].worth)[own]
    return found


def _platt(
    scores: Sequence[Table], printed: Sequence[Table], weights: Sequence[float]
) -> tuple[float, float]:
    """Slope and offset that make probabilities of scores (Platt 1999)."""
    x = np.concatenate(list(scores))
    weight = np.concatenate([np.full(len(own), w) for own, w in zip(scores, weights, strict=True)])
    slope, offset = _newton(
        np.stack([x, np.ones(len(x))], axis=1), np.concatenate(list(printed)), weight, np.array([1e-3, 1e-3])
    )
    return max(float(slope), 0.05), float(offset)


def written(model: EditorModel, notes: Sequence[str]) -> str:
    """A model as the text of ``models/editor-business.toml``."""
    lines = [*(f"# {note}".rstrip() for note in notes), ""]
    lines += [
        f"{name} = {getattr(model, name)}" for name in ("redundancy", "coverage", "query", "theme", "base")
    ]
    if model.stands is not None:
        lines.append(f"stands = {model.stands}")
    lines += ["", "[features]"]
    for name, shape in model.shapes.items():
        tables: Mapping[str, tuple[float, ...]] = {
            "at": shape.at,
            "worth": shape.worth,
            "stands": shape.stands,
        }
        told = ", ".join(f"{key} = {[*map(_number, own)]}" for key, own in tables.items() if own)
        lines.append(f"{name} = {{ {told} }}")
    return "\n".join(lines).replace("'", "") + "\n"


def _number(value: float) -> float | int:
    return int(value) if float(value).is_integer() and abs(value) >= 1 else round(value, 3)
