"""How likely two figures of one event are one thing: a logistic regression over what stands around them.

Nobody has to label for it. What two articles on one event give the same value for is one thing; a figure that
one of them gives too, against the others that it gives, is another. The weights are in
``models/disagreements.toml``, written by ``yoyak train disagreements``.
"""

from __future__ import annotations

import math
from collections import Counter, defaultdict
from collections.abc import Callable, Collection, Mapping, Sequence
from functools import lru_cache

from ..korean.times import LENGTHS_AND_QUARTERS
from ..korean.units import AGES, SHARES
from ..records import CompareRules
from .agreeing import DATE, agree
from .around import same_name
from .claims import Claim
from .matching import (
    dice,
    labelled_apart,
    named_alike,
    of_one_time,
    of_parts,
    of_two_quarters,
    timed,
    timed_apart,
    words_apart,
)
from .values import are_turned, of_values

#: Units that so much is told in that a figure needs a metric.
_TIMES = LENGTHS_AND_QUARTERS | {*AGES, "회", "번", "차례"}
#: Words around both of two figures without a metric.
_TOLD = 2
_SHARED = 4
#: What may only speak for one thing, and what only against it.
FOR = frozenset({
    "beside", "only", "metric.told", "times", "named", "told", "period", "near", "pieces", "shared",
    "direction", "label", "value.near10", "value.near25", "value.near50", "value.turned", "value.places",
})  # fmt: skip
AGAINST = frozenset({
    "many", "quarters", "metric.other", "metric.one", "date.other", "period.one", "planned", "parts", "apart",
    "label.other", "value.about", "value.one-place", "value.few", "value.years",
})  # fmt: skip
#: What is asked last, and only of pairs that may be one thing; between 0 and 1.
_ASKED = frozenset({"beside", "only", "quarters", "named", "told", "parts", "apart"})
#: What sums in another order may differ by.
_SLACK = 1e-6
#: Positions of two figures in what their articles tell.
Place = tuple[int, int]


def places(ones: Sequence[Claim], others: Sequence[Claim]) -> list[Place]:
    """Positions of the figures of two articles that have one unit."""
    of_unit: defaultdict[str, list[int]] = defaultdict(list)
    for m, b in enumerate(others):
        of_unit[b.unit].append(m)
    return [(n, m) for n, a in enumerate(ones) for m in of_unit.get(a.unit, ())]


def sameness(
    pairs: Collection[Place],
    ones: Sequence[Claim],
    others: Sequence[Claim],
    rules: CompareRules,
    least: float = 0.0,
) -> dict[Place, float]:
    """How likely two figures of two articles on one event are one thing, by their positions.

    Parameters
    ----------
    least
        Pairs that can't be as likely may be left out: to know that takes a third of the time.
    """
    bias, weights = rules.weights["bias"], sorted(rules.weights.items())
    open_ = bias + sum(max(0.0, weight) for name, weight in weights if name in _ASKED)
    bound = math.log(least / (1.0 - least)) - _SLACK if least else -math.inf

    def score(row: Mapping[str, float]) -> float:
        return sum([weight * row[name] for name, weight in weights if name in row])

    found = {}
    rows = features(pairs, ones, others, rules, lambda row: not least or open_ + score(row) >= bound)
    for pair, row in rows.items():
        found[pair] = 1.0 / (1.0 + math.exp(-(bias + score(row))))
    return found


def features(
    pairs: Collection[Place],
    ones: Sequence[Claim],
    others: Sequence[Claim],
    rules: CompareRules,
    may: Callable[[Mapping[str, float]], bool] = bool,
) -> dict[Place, dict[str, float]]:
    """What speaks for each pair, and against it, by name.

    Parameters
    ----------
    may
        Whether a pair is looked at closely, by all but `_ASKED`.
    """
    counts = [Counter(claim.unit for claim in own) for own in (ones, others)]
    metrics = [
        Counter(
            (c.metric, c.unit, c.growth)
            for c in {(c.metric, c.unit, c.growth, c.figure.value): c for c in own}.values()
        )
        for own in (ones, others)
    ]
    ours, theirs = _by_sentence(ones), _by_sentence(others)
    quarters = of_two_quarters(ones, others)
    found = {}
    for n, m in pairs:
        a, b = ones[n], others[m]
        row = {
            "many": math.log10(counts[0][a.unit] * counts[1][a.unit]),
            **_of_two(a, b),
            **of_values(a, b),
        }
        if not may(row):
            continue
        row |= _asked(a, b, rules)
        row["beside"] = float(_beside(a, b, ours[a.figure.sentence], theirs[b.figure.sentence]))
        row["only"] = float(
            a.metric != ""
            and a.metric == b.metric
            and all(
                count[own.metric, own.unit, own.growth] == 1
                for count, own in zip(metrics, (a, b), strict=True)
            )
        )
        row["quarters"] = float(a.unit != DATE and timed_apart(a, b, quarters))
        found[n, m] = {name: value for name, value in row.items() if value}
    return found


def worded_of_one(a: Claim, b: Claim) -> bool:
    """Whether anything but their values says that two figures are one thing; of times, what is done then.

    Without a word, a piece of one or a metric in common, values that lie near speak for nothing, but those of
    which one is the other with its digits turned. Two names that stand in the sentences, or two metrics
    that the rules list, speak against it whatever the words.
    """
    if a.unit == DATE:
        return a.metric == b.metric
    if are_turned(a, b):
        return True
    if (_is_named(a) and _is_named(b) and _two_owners(a, b)) or (
        a.known and b.known and a.metric != b.metric
    ):
        return False
    if (a.metric and a.metric == b.metric) or a.near & b.near:
        return True
    return not _pieces(a.near).isdisjoint(_pieces(b.near))


def told_of(a: Claim, b: Claim, rules: CompareRules) -> bool:
    """Whether enough is told of two figures to say what they are: one metric, or words around both."""
    # Of a count, one may tell what is counted and the other whose it is.
    counted = a.unit in rules.figures.measures.counted and not (_is_named(a) and _is_named(b))
    if _two_owners(a, b) and not counted:
        return False
    if a.metric and a.metric == b.metric:
        return True
    told = {word for word in a.near & b.near if word not in rules.vague and word not in a.names | b.names}
    return len(told) >= _TOLD and not (a.figure.unit in _TIMES or a.titled or b.titled)


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


def _of_two(a: Claim, b: Claim) -> dict[str, float]:
    one, other = a.figure, b.figure
    kind = (
        "money"
        if len(one.unit) == 3 and one.unit.isupper()
        else "%"
        if one.unit in SHARES
        else "time"
        if one.unit in _TIMES
        else ""
    )
    return {
        "metric.other": float(bool(a.metric and b.metric) and a.metric != b.metric),
        "metric.one": float(bool(a.metric) != bool(b.metric)),
        "metric.told": float(_told(a, b) + _told(b, a)),
        "times": float(_in_times_alone(a, b) and (_metric_in_common(a, b) or len(a.near & b.near) >= _TOLD)),
        "period": float(of_one_time(a, b)),
        "period.one": float(timed(a) != timed(b)),
        "near": dice(a.near, b.near),
        "pieces": dice(_pieces(a.near), _pieces(b.near)),
        "shared": min(_SHARED, len(a.near & b.near)) / _SHARED,
        "direction": float(one.direction == other.direction),
        "expected": float((a.modal == "expected") != (b.modal == "expected")),
        "planned": float((a.modal == "planned") != (b.modal == "planned")),
        "label": float(a.label != "" and a.label == b.label),
        "label.other": float(labelled_apart(a, b)),
        "date.other": float(a.unit == DATE and a.metric != b.metric),
        f"unit.{kind}": float(kind != ""),
    }  # fmt: skip


def _asked(a: Claim, b: Claim, rules: CompareRules) -> dict[str, float]:
    """What takes longest to ask of two figures."""
    return {
        "named": float(named_alike(a, b, rules)),
        "told": float(told_of(a, b, rules)),
        "parts": float(of_parts(a, b)),
        "apart": float(words_apart(a, b, rules)[1]),
    }


@lru_cache(maxsize=1 << 12)
def _pieces(words: frozenset[str]) -> frozenset[str]:
    """Two syllables in a row of each word: 희망퇴직 and 특별퇴직 have one in common."""
    return frozenset([word[n : n + 2] for word in words for n in range(max(1, len(word) - 1))])


def _in_times_alone(a: Claim, b: Claim) -> bool:
    """Whether one of two growths is told as so many times as much: 1.4배로 커졌다, 84% 늘었다."""
    return (a.said is a.figure) != (b.said is b.figure)


def _metric_in_common(a: Claim, b: Claim) -> bool:
    return (a.metric != "" and a.metric == b.metric) or _told(a, b) or _told(b, a)


def _told(claim: Claim, other: Claim) -> bool:
    """Whether the metric of one is a word around the other."""
    return (
        bool(claim.metric)
        and claim.metric != other.metric
        and any(word[:2] == claim.metric[:2] for word in other.near)
    )


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
