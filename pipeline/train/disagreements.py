"""Weights of what makes two figures of one event one thing: `models/disagreements.toml`.

Two kinds of pairs teach them. In sets with planted disagreements, two values that can't both be right are one
thing where they were planted, and two things where not. Everywhere, articles on one event label themselves:
two figures of one unit and value are one thing, and where a figure is confirmed so, it is another thing than
the other figures of its unit in the other article.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import combinations
from pathlib import Path
from typing import Literal

import numpy as np
from numpy.typing import NDArray

from ..evaluate.planted import Planted, Statement, planted_in
from ..figures.claims import Claim
from ..figures.compare import claims_of_batch
from ..figures.matching import opposed
from ..figures.sameness import AGAINST, FOR, features, places, worded_of_one
from ..figures.values import are_near
from ..records import CompareRules, Report
from ..run import Pipeline
from ..run.once import analysed_once

Kind = Literal["planted", "alike", "other", "same", "unlabelled"]
Rows = NDArray[np.float64]
#: Least and largest weight.
Bounds = tuple[float, float]

#: How far weights may go from nothing: the inverse of what pulls them there.
_REACH = 0.15
#: What is seldom so is not trusted the more for it: the least standard deviation that it is measured by.
_RARELY = 0.2
#: The largest weight: what a few dozen planted ones have in common need not hold for others.
_MOST = 4.0
#: What a pair counts: planted ones, those that look so, others of the same sets; those of one value; and
#: others where nobody said that nothing differs.
_WORTH: Mapping[Kind, float] = {"planted": 1.0, "alike": 4.0, "other": 1.0, "same": 0.1, "unlabelled": 0.3}
#: Names of what is known of two values, and of what stands for it where they are one.
_VALUES, _SAME = "value.", "value.same"


@dataclass(frozen=True, slots=True)
class Labelled:
    """What speaks for a pair of figures of one event, and whether they are one thing.

    Attributes
    ----------
    may_be_told
        Whether they may be told as differing, however likely they are one thing.
    """

    event: str
    features: Mapping[str, float]
    kind: Kind
    may_be_told: bool

    @property
    def same(self) -> bool:
        """Whether they are one thing."""
        return self.kind in ("planted", "same")


def labelled(events: Mapping[str, Sequence[Report]], pipeline: Pipeline) -> list[Labelled]:
    """Pairs of figures of the articles of each event.

    Parameters
    ----------
    events
        As `evaluate.stories.reports_by_event` gives them: names begin with a path.
    """
    rules = pipeline.tools.compare_rules
    if rules is None:
        return []
    found: list[Labelled] = []
    for event, reports in events.items():
        claims = claims_of_batch(
            reports, analysed_once(pipeline.tools, reports).tokenize, rules, [range(len(reports))]
        )
        planted = planted_in(Path(event.rpartition(":")[0]))
        for ones, others in combinations(claims, 2):
            found += _of_two(event, ones, others, reports, planted, rules)
    return found


def _of_two(
    event: str,
    ones: Sequence[Claim],
    others: Sequence[Claim],
    reports: Sequence[Report],
    planted: Planted | None,
    rules: CompareRules,
) -> list[Labelled]:
    kinds: dict[tuple[int, int], Kind] = {}
    pairs = places(ones, others)
    same = {(n, m) for n, m in pairs if ones[n].figure.value == others[m].figure.value}
    confirmed = ({n for n, _ in same}, {m for _, m in same})
    for n, m in pairs:
        a, b = ones[n], others[m]
        if (n, m) in same:
            kinds[n, m] = "same"
        elif are_near(a, b) and opposed(a, b, rules, of_one_event=True):
            if planted is not None:
                kinds[n, m] = _kind(a, b, reports, planted)
            elif n in confirmed[0] or m in confirmed[1]:
                kinds[n, m] = "unlabelled"
    return [
        Labelled(event, row, kinds[n, m], kinds[n, m] != "same" and worded_of_one(ones[n], others[m]))
        for (n, m), row in features(kinds, ones, others, rules).items()
    ]


def _kind(a: Claim, b: Claim, reports: Sequence[Report], planted: Planted) -> Kind:
    for kind, told in (("planted", planted.differing), ("alike", planted.alike)):
        if any(_are(a, b, statements, reports) for statements in told):
            return kind  # type: ignore[return-value]
    return "other"


def _are(a: Claim, b: Claim, statements: Sequence[Statement], reports: Sequence[Report]) -> bool:
    """Whether two figures are those of two of some statements."""
    ours, theirs = (
        {
            n
            for n, one in enumerate(statements)
            if one.is_in(reports[claim.article], claim.figure.sentence) and one.has(claim.figure.text)
        }
        for claim in (a, b)
    )
    return bool(ours and theirs) and ours.isdisjoint(theirs)


def fit(pairs: Sequence[Labelled]) -> dict[str, float]:
    """Weights by name, with ``bias``.

    Two values that are one can't tell what values of one thing look like: those of the planted pairs stand
    for them, and their sum is the weight of ``value.same``.
    """
    names = sorted({name for pair in pairs for name in pair.features} - {_SAME})
    x = np.array([[pair.features.get(name, 0.0) for name in names] for pair in pairs])
    y = np.array([float(pair.same) for pair in pairs])
    worth = np.array([_WORTH[pair.kind] for pair in pairs])
    of_values = [k for k, name in enumerate(names) if name.startswith(_VALUES)]
    like = [n for n, pair in enumerate(pairs) if pair.kind == "planted" and "value.date" not in pair.features]
    usual = x[like][:, of_values].mean(axis=0) if like else np.zeros(len(of_values))
    x[np.ix_([n for n, pair in enumerate(pairs) if pair.kind == "same"], of_values)] = usual
    scale = np.maximum(x.std(axis=0), _RARELY)
    *weights, bias = _fitted(
        x / scale, y, worth, [_bounds(name, size) for name, size in zip(names, scale, strict=True)]
    )
    weights = np.array(weights) / scale
    found = {name: round(float(w), 2) + 0.0 for name, w in zip(names, weights, strict=True)}
    found[_SAME] = round(float(weights[of_values] @ usual), 2) + 0.0
    return {**found, "bias": round(float(bias), 2)}


def _fitted(x: Rows, y: Rows, worth: Rows, bounds: Sequence[Bounds]) -> Rows:
    """A logistic regression, each weight held to nothing and to its sign; the bias comes last."""
    from scipy.optimize import minimize

    def loss(point: Rows) -> tuple[float, Rows]:
        z = x @ point[:-1] + point[-1]
        off = worth * (1.0 / (1.0 + np.exp(-z)) - y)
        value = np.sum(worth * (np.logaddexp(0.0, z) - y * z)) + point[:-1] @ point[:-1] / (2 * _REACH)
        return float(value), np.append(x.T @ off + point[:-1] / _REACH, off.sum())

    start, every = np.zeros(x.shape[1] + 1), [*bounds, (None, None)]
    found: Rows = minimize(loss, start, jac=True, bounds=every, method="L-BFGS-B").x
    return found


def _bounds(name: str, scale: float) -> Bounds:
    most = _MOST * scale
    return (0.0, most) if name in FOR else (-most, 0.0) if name in AGAINST else (-most, most)


def left_out(pairs: Sequence[Labelled]) -> float:
    """Average precision of what was planted among what was not, each set of articles left out in turn."""
    from sklearn.metrics import average_precision_score

    sets = [pair.event.rpartition(":")[0] for pair in pairs]
    scores, right = [], []
    for one in sorted({own for own, pair in zip(sets, pairs, strict=True) if pair.kind == "planted"}):
        weights = fit([pair for own, pair in zip(sets, pairs, strict=True) if own != one])
        for own, pair in zip(sets, pairs, strict=True):
            if own == one and pair.may_be_told:
                scores.append(
                    weights["bias"] + sum(weights.get(n, 0.0) * v for n, v in pair.features.items())
                )
                right.append(pair.same)
    return float(average_precision_score(right, scores)) if right else 0.0


def write(weights: Mapping[str, float], events: int, pairs: Sequence[Labelled], path: Path) -> None:
    """Write the model file."""
    planted = sum(pair.kind == "planted" for pair in pairs)
    lines = [
        "# How likely two figures of one event are one thing (pipeline/figures/sameness.py).",
        "# Written by `yoyak train disagreements models/training/stories/*.jsonl",
        "# models/training/sides/*.jsonl models/training/editor-picks-3 models/training/mornings",
        "# models/training/mornings-2 models/training/mornings-3`.",
        "# Disagreements were planted; articles on one event that give one value label themselves.",
        f"# {events} events, {len(pairs)} pairs: {planted} planted, {sum(p.same for p in pairs)} one thing.",
        f"# Average precision of planted ones, each set of articles left out in turn: {left_out(pairs):.3f}.",
        "",
        *(f'"{name}" = {value}' for name, value in weights.items()),
    ]
    path.write_text("\n".join(lines) + "\n", encoding="utf-8")
