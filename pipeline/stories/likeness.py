"""How likely two articles are about the same event."""

from __future__ import annotations

import math

from ..records import NameRules, StoryRules
from .actors import differ
from .figures import shared
from .profile import Profile

#: Days between two articles on one event, when both are dated.
_DAYS = 4
#: Sentences that two articles on one event have in common, at least.
_ALIGNED = 3


#: What speaks for the same event, and what against it: `features` says what they are.
FOR = ("head", "lead", "body", "aligned", "terms", "names", "lead_figures", "figures", "precise")
AGAINST = ("no_figures", "stance", "no_lead_figures", "days", "titles")


def likeness(one: Profile, other: Profile, rules: StoryRules) -> float:
    """Probability that two articles are about the same event; 0 when something speaks against it.

    A linear score through a logistic function, fitted to pairs of articles on the same and on
    neighbouring events (``yoyak train stories``).

    Parameters
    ----------
    rules
        Their weights are ``bias``, and one for each of `FOR` and `AGAINST`.
    """
    if apart(one, other):
        return 0.0
    weights = rules.weights
    names = (*FOR, *AGAINST)
    score = sum(weights[name] * x for name, x in zip(names, features(one, other), strict=True))
    return 1 / (1 + math.exp(-(weights["bias"] + score)))


def features(one: Profile, other: Profile) -> tuple[float, ...]:
    """What is known about a pair, in the order of `FOR` and `AGAINST`.

    For: cosines of title with first sentence, of leads and of bodies, of the sentences that are most alike;
    terms and names in common; figures in common, in the leads and in all, and whether one of them is precise.
    Against: figures of which none is in common; a preview beside a result; long pieces without a figure of
    their leads in common; days between; titles of which the other article says little.
    """
    lead = shared(one.lead_figures, other.lead_figures)
    body = shared(one.figures, other.figures)
    least = min(len(one.figures), len(other.figures))
    gap = _gap(one, other)
    return (
        float(one.head @ other.head),
        float(one.lead @ other.lead),
        float(one.body @ other.body),
        _aligned(one, other),
        _cosine(one.terms, other.terms),
        _cosine(one.names, other.names),
        min(lead, 2) / 2,
        min(1.0, body / min(max(least, 3), 12)),
        float(_precise(one, other) or _precise(other, one)),
        float(least >= 3 and not body),
        ("preview" in (one.stance, other.stance) and one.stance != other.stance)
        * (1.0 if "result" in (one.stance, other.stance) else 0.7),
        (not lead) * min(max(min(len(one.rows), len(other.rows)) - 4, 0) / 8, 1.0),
        float(min(gap or 0, _DAYS)),
        1.0 - (_said(one, other) + _said(other, one)) / 2,
    )


def _said(one: Profile, other: Profile) -> float:
    """Share of the one's title that the other one says too, names left out: they are what both are about."""
    names = one.actors.opening | other.actors.opening
    words = [word for word in one.title if not any(name.startswith(word) for name in names)]
    return sum(word in other.actors.text for word in words) / len(words) if words else 1.0


def _aligned(one: Profile, other: Profile) -> float:
    """Mean cosine of the three sentences that the other article says most alike."""
    few, many = sorted((one.rows, other.rows), key=len)
    best = sorted((few @ many.T).max(axis=1), reverse=True)[:_ALIGNED]
    return float(sum(best)) / len(best) if best else 0.0


def _precise(one: Profile, other: Profile) -> bool:
    """Whether a precise figure of the one's lead stands in the other."""
    return bool(shared(frozenset(figure for figure in one.lead_figures if figure.precise), other.figures))


def others(one: Profile, other: Profile, names: NameRules) -> bool:
    """Others in other places, unless a precise figure speaks for one event: a cannot-link constraint."""
    return differ(one.actors, other.actors, names.same) and not (_precise(one, other) or _precise(other, one))


def apart(one: Profile, other: Profile) -> bool:
    """Two periods, two days of what recurs, or too long a time between: a cannot-link constraint."""
    gap = _gap(one, other)
    if gap is not None and gap > _DAYS:
        return True
    if any(a and b and not a & b for a, b in ((one.periods[k], other.periods[k]) for k in one.periods)):
        return True
    if not one.kinds & other.kinds:
        return False
    if one.days and other.days and not one.days & other.days and gap != 0:
        return True
    told = one.lead_figures and other.lead_figures
    return bool(told) and not (
        shared(one.lead_figures, other.figures) or shared(other.lead_figures, one.figures)
    )


def _gap(one: Profile, other: Profile) -> int | None:
    """Days between, when both are dated."""
    return abs((one.date - other.date).days) if one.date and other.date else None


def _cosine(one: dict[str, float], other: dict[str, float]) -> float:
    return sum(one[key] * other[key] for key in sorted(one.keys() & other.keys()))
