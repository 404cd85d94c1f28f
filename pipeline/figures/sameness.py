"""How likely two figures of one event are one thing: a logistic regression over what stands around them.

Nobody has to label for it. What two articles on one event give the same value for is one thing; a figure that
one of them gives too, against the others that it gives, is another. The weights are in
``models/disagreements.toml``, written by ``yoyak train disagreements``.
"""

from __future__ import annotations

import math
from collections import Counter, defaultdict
from collections.abc import Collection, Sequence
from functools import cache

from ..korean.times import LENGTHS_AND_QUARTERS
from ..korean.units import AGES, SHARES
from ..records import CompareRules
from .agreeing import agree
from .around import same_name
from .claims import Claim
from .matching import UNLIKE, dice, kept_apart, likeness, of_one_time, of_parts, timed

#: Units that so much is told in that a figure needs a metric.
TIMES = LENGTHS_AND_QUARTERS | {*AGES, "회", "번", "차례"}
#: Words around both of two figures without a metric.
TOLD = 2
_SHARED = 4
#: Letters at the end of a metric that say what it is: 수전 용량, 전력 용량.
HEAD = 2
#: Positions of two figures in what their articles tell.
Place = tuple[int, int]


def places(ones: Sequence[Claim], others: Sequence[Claim]) -> list[Place]:
    """Positions of the figures of two articles that have one unit."""
    of_unit: defaultdict[str, list[int]] = defaultdict(list)
    for m, b in enumerate(others):
        of_unit[b.unit].append(m)
    return [(n, m) for n, a in enumerate(ones) for m in of_unit.get(a.unit, ())]


def sameness(
    pairs: Sequence[Place],
    ones: Sequence[Claim],
    others: Sequence[Claim],
    rules: CompareRules,
    asked: Collection[Place],
) -> dict[Place, float]:
    """Probabilities that two figures of two articles on one event are one thing.

    Parameters
    ----------
    pairs
        As `places` gives them: all of them, for a figure is weighed against those beside it.
    asked
        Those of them whose probability is asked for.
    """
    bias, weights = rules.weights["bias"], sorted(rules.weights.items())
    found = {}
    for pair, row in features(pairs, ones, others, rules, asked).items():
        z = bias + sum([weight * row[name] for name, weight in weights if name in row])
        found[pair] = 1.0 / (1.0 + math.exp(-z))
    return found


def features(
    pairs: Sequence[Place],
    ones: Sequence[Claim],
    others: Sequence[Claim],
    rules: CompareRules,
    asked: Collection[Place],
) -> dict[Place, dict[str, float]]:
    """What speaks for each pair that is asked for, and against it, by name; their values do not count."""
    counts = [Counter(claim.unit for claim in own) for own in (ones, others)]
    metrics = [
        Counter(
            (c.metric, c.unit, c.growth)
            for c in {(c.metric, c.unit, c.growth, c.figure.value): c for c in own}.values()
        )
        for own in (ones, others)
    ]
    ours, theirs = _by_sentence(ones), _by_sentence(others)
    # Beside those that are asked for stand the others of their two figures.
    rivals = [{pair[side] for pair in asked} for side in (0, 1)]
    near = [(n, m) for n, m in pairs if n in rivals[0] or m in rivals[1]]
    # The words of two sentences are compared once for all of their figures.
    words = cache(lambda i, j: dice(ours[i][0].words, theirs[j][0].words))
    like = [
        likeness(a, b, words(a.figure.sentence, b.figure.sentence))
        for a, b in ((ones[n], others[m]) for n, m in near)
    ]
    margins = [_margins(near, like, side) for side in (0, 1)]
    found = {}
    for (n, m), first, second in zip(near, *margins, strict=True):
        if (n, m) not in asked:
            continue
        a, b = ones[n], others[m]
        unit = a.unit
        row = {
            "few": 1 / math.sqrt(counts[0][unit] * counts[1][unit]),
            "margin": min(first, second),
            "beside": float(_beside(a, b, ours[a.figure.sentence], theirs[b.figure.sentence])),
            "only": float(
                a.metric != ""
                and a.metric == b.metric
                and all(
                    count[own.metric, unit, own.growth] == 1
                    for count, own in zip(metrics, (a, b), strict=True)
                )
            ),
        }
        told = {**row, **_of_two(a, b, rules)}
        found[n, m] = {name: value for name, value in told.items() if value}
    return found


def told_of(a: Claim, b: Claim, rules: CompareRules) -> bool:
    """Whether enough is told of two figures to say what they are: one metric, or words around both."""
    # Of a count, one may tell what is counted and the other whose it is.
    counted = a.unit in rules.figures.measures.counted and not (_is_named(a) and _is_named(b))
    if _two_owners(a, b) and not counted:
        return False
    if a.metric and a.metric == b.metric:
        return True
    told = {word for word in a.near & b.near if word not in rules.vague and word not in a.names | b.names}
    return len(told) >= TOLD and not (a.figure.unit in TIMES or a.titled or b.titled)


def likely_one(a: Claim, b: Claim) -> bool:
    """Whether two figures may be one thing of which little but a time or a word in common is told."""
    if (timed(a) or timed(b)) and not of_one_time(a, b):
        return False
    if a.titled or b.titled or a.figure.unit in TIMES:
        return False
    if not timed(a) and a.near.isdisjoint(b.near):
        return False
    if a.metric and b.metric and a.metric[-HEAD:] != b.metric[-HEAD:]:
        return False
    # What is told without a metric is seldom told with its owner.
    named = _is_named(a) and _is_named(b)
    return not (_two_owners(a, b) and (named or a.metric == b.metric != ""))


def _is_named(claim: Claim) -> bool:
    """Whether a figure's subject is a name that its sentence tells."""
    return bool(claim.subjects & (claim.names | claim.serials))


def _two_owners(a: Claim, b: Claim) -> bool:
    """Whether both sentences name whose figure it is, and neither names the other's."""
    if not (a.subjects and b.subjects) or "subject" in (*a.figure.inherited, *b.figure.inherited):
        return False
    if same_name(a.subjects, b.subjects):
        return False
    return not (_mentions(a, b.subjects) or _mentions(b, a.subjects))


def _of_two(a: Claim, b: Claim, rules: CompareRules) -> dict[str, float]:
    one, other = a.figure, b.figure
    same_metric = (
        a.metric != "" and a.metric == b.metric and not (a.spare and b.spare and not a.spare & b.spare)
    )
    same_period = of_one_time(a, b)
    known = bool(a.subjects and b.subjects)
    same_subject = known and same_name(a.subjects, b.subjects)
    named = same_subject or (known and _mentions(a, b.subjects) and _mentions(b, a.subjects))
    strange = known and not (same_subject or _mentions(a, b.subjects) or _mentions(b, a.subjects))
    kind = (
        "money"
        if len(one.unit) == 3 and one.unit.isupper()
        else "%"
        if one.unit in SHARES
        else "time"
        if one.unit in TIMES
        else ""
    )
    return {
        "metric": float(same_metric),
        "metric.other": float(bool(a.metric and b.metric) and a.metric != b.metric),
        "metric.one": float(bool(a.metric) != bool(b.metric)),
        "metric.told": float(_told(a, b) + _told(b, a)),
        "metric.subject": float(same_metric and same_subject),
        "metric.period": float(same_metric and same_period),
        "metric.subject.period": float(same_metric and named and same_period),
        "subject.other": float(strange),
        "period": float(same_period),
        "period.other": float(timed(a) and timed(b) and not same_period),
        "period.one": float(timed(a) != timed(b)),
        "near": dice(a.near, b.near),
        "words": dice(a.words, b.words),
        "shared": min(_SHARED, len(a.near & b.near)) / _SHARED,
        "kind": float(one.kind == other.kind),
        "direction": float(one.direction == other.direction),
        "direction.other": float({one.direction, other.direction} == {"up", "down"}),
        "modal.other": float({a.modal, b.modal} in UNLIKE),
        "growth.other": float(a.growth != b.growth),
        "over.other": float(a.over != b.over),
        "label": float(a.label != "" and a.label == b.label),
        "label.other": float(bool(a.label and b.label) and a.label != b.label),
        "each.other": float(a.each != b.each),
        "role": float(bool(a.role or b.role)),
        "role.same": float(a.role != "" and a.role == b.role),
        "parts": float(of_parts(a, b)),
        "apart": float(kept_apart(a, b, rules)),
        f"unit.{kind}": float(kind != ""),
    }  # fmt: skip


def _told(claim: Claim, other: Claim) -> bool:
    """Whether the metric of one is a word around the other."""
    return (
        bool(claim.metric)
        and claim.metric != other.metric
        and any(word[:2] == claim.metric[:2] for word in other.near)
    )


def _margins(pairs: Sequence[Place], scores: Sequence[float], side: int) -> list[float]:
    """How much more alike each pair is than the best other one of its figure; below 0 where that is more."""
    best: defaultdict[int, list[float]] = defaultdict(list)
    for pair, score in zip(pairs, scores, strict=True):
        best[pair[side]].append(score)
    top = {n: sorted(own)[-2:] for n, own in best.items()}
    found = []
    for pair, score in zip(pairs, scores, strict=True):
        own = top[pair[side]]
        rest = own[-1] if score < own[-1] else own[0] if len(own) > 1 else 0.0
        found.append(score - rest)
    return found


def _by_sentence(claims: Sequence[Claim]) -> dict[int, list[Claim]]:
    found: defaultdict[int, list[Claim]] = defaultdict(list)
    for claim in claims:
        found[claim.figure.sentence].append(claim)
    return dict(found)


def _beside(a: Claim, b: Claim, ours: Sequence[Claim], theirs: Sequence[Claim]) -> bool:
    """Whether figures beside the two, in their sentences, are the same."""
    return (len(ours) > 1 and len(theirs) > 1) and any(
        one is not a and other is not b and one.unit == other.unit and agree(one.figure, other.figure)
        for one in ours
        for other in theirs
    )


def _mentions(claim: Claim, subjects: frozenset[str]) -> bool:
    stems = claim.names | claim.words | claim.serials
    return any(
        key in stems or (not key[-1:].isdigit() and (key[:4] in stems or (key[:2] in stems and len(key) < 4)))
        for key in subjects
    )
