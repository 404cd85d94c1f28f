"""Weights of what makes two figures of one event one thing: `models/disagreements.toml`.

Articles on one event label themselves. Two figures of one unit and value are one thing. Where a figure is
confirmed so, it is another thing than the other figures of its unit in the other article. What nobody
confirms says nothing: it may be what two articles disagree on.
"""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import combinations
from pathlib import Path

import numpy as np

from ..figures.agreeing import agree, ends_of
from ..figures.claims import Claim
from ..figures.compare import claims_of_batch
from ..figures.sameness import features, places
from ..records import CompareRules, Report
from ..run import Pipeline
from ..run.once import analysed_once

#: Pulls each weight to nothing.
_STRENGTH = 3.0
#: Values that are further apart are told apart by anything.
_APART = 1.7


@dataclass(frozen=True, slots=True)
class Labelled:
    """What speaks for a pair of figures of one event, and whether they are one thing."""

    event: str
    features: Mapping[str, float]
    same: bool


def labelled(events: Mapping[str, Sequence[Report]], pipeline: Pipeline) -> list[Labelled]:
    """Pairs of figures of the articles of each event."""
    rules = pipeline.tools.compare_rules
    if rules is None:
        return []
    found: list[Labelled] = []
    for event, reports in events.items():
        claims = claims_of_batch(
            reports, analysed_once(pipeline.tools, reports).tokenize, rules, [range(len(reports))]
        )
        for ones, others in combinations(claims, 2):
            found += _of_two(event, ones, others, rules)
    return found


def _of_two(
    event: str, ones: Sequence[Claim], others: Sequence[Claim], rules: CompareRules
) -> list[Labelled]:
    pairs = places(ones, others)
    same = {(n, m) for n, m in pairs if ones[n].figure.value == others[m].figure.value}
    confirmed = ({n for n, _ in same}, {m for _, m in same})
    return [
        Labelled(event, row, (n, m) in same)
        for (n, m), row in features(pairs, ones, others, rules, set(pairs)).items()
        if (n, m) in same
        or (
            (n in confirmed[0] or m in confirmed[1])
            and not agree(ones[n].figure, others[m].figure, (ones[n].bound, others[m].bound))
            and _far(ones[n], others[m]) < _APART
        )
    ]


def _far(a: Claim, b: Claim) -> float:
    """How far two values are apart, in natural logarithms."""
    one, other = (abs(sum(ends_of(claim.figure))) or 0.01 for claim in (a, b))
    return abs(math.log(one / other))


def fit(pairs: Sequence[Labelled]) -> dict[str, float]:
    """Weights by name, with ``bias``: a logistic regression, each weight held to nothing."""
    from sklearn.linear_model import LogisticRegression

    names = sorted({name for pair in pairs for name in pair.features})
    x = np.array([[pair.features.get(name, 0.0) for name in names] for pair in pairs])
    y = np.array([pair.same for pair in pairs])
    model = LogisticRegression(C=1 / _STRENGTH, max_iter=5_000).fit(x, y)
    found = {name: round(float(w), 2) + 0.0 for name, w in zip(names, model.coef_[0], strict=True)}
    return {**found, "bias": round(float(model.intercept_[0]), 2)}


def left_out(pairs: Sequence[Labelled], parts: int = 8) -> float:
    """Area under the precision-recall curve (average precision) of events that are left out in turn."""
    from sklearn.metrics import average_precision_score

    events = sorted({pair.event for pair in pairs})
    part = {event: n % parts for n, event in enumerate(events)}
    scores, right = [], []
    for k in range(parts):
        rest = [pair for pair in pairs if part[pair.event] != k]
        weights = fit(rest)
        for pair in pairs:
            if part[pair.event] == k:
                scores.append(
                    weights["bias"] + sum(weights.get(n, 0.0) * v for n, v in pair.features.items())
                )
                right.append(pair.same)
    return float(average_precision_score(right, scores))


def write(weights: Mapping[str, float], events: int, pairs: Sequence[Labelled], path: Path) -> None:
    """Write the model file."""
    lines = [
        "# How likely two figures of one event are one thing (pipeline/figures/sameness.py).",
        "# Written by `yoyak train disagreements models/training/stories/*.jsonl",
        "# models/training/sides/*.jsonl models/training/editor-picks-3 models/training/mornings`.",
        "# Nobody labelled pairs: articles on one event that give one value label themselves.",
        f"# {events} events, {len(pairs)} pairs, {sum(p.same for p in pairs)} of them one thing.",
        f"# Average precision on events left out, in eighths: {left_out(pairs):.3f}.",
        "",
        *(f'"{name}" = {value}' for name, value in weights.items()),
    ]
    path.write_text("\n".join(lines) + "\n", encoding="utf-8")
