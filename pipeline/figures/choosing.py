"""Choosing among candidates by weights that labelled articles gave: whose a figure is, and of what period."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from functools import lru_cache
from typing import NamedTuple, Protocol

from ..records import FigureRules

Features = tuple[str, ...]
#: What weighs so much less than the best, in hundredths, is not likely enough to count.
_FAR = 300
#: How likely something is, the best one as 1, by how much less it weighs.
_ODDS = tuple(math.exp(-less / 100) for less in range(_FAR))
#: What all names weigh together, the best one as 1, up to which that one is taken.
_CLEAR = 2.0


class Candidate(NamedTuple):
    """What a figure's subject or period may be.

    Attributes
    ----------
    value
        None where the article tells none.
    told
        Whether the figure's own sentence names it.
    features
        What speaks for it, and against it.
    """

    value: str | None
    told: bool
    features: Features


class Weighed(NamedTuple):
    """Features, and what they weigh together, in hundredths: whole numbers, whose sum knows no order."""

    features: Features
    weight: int


class Scale:
    """What features weigh."""

    __slots__ = ("_hundredths",)

    def __init__(self, weights: Mapping[str, float]) -> None:
        self._hundredths = {name: round(100 * weight) for name, weight in weights.items()}

    def __call__(self, *features: str) -> Weighed:
        """Weigh them, each once."""
        once = tuple(dict.fromkeys(features))
        return Weighed(once, sum([self._hundredths.get(name, 0) for name in once]))


@lru_cache(maxsize=4)
def scales(rules: FigureRules) -> tuple[Scale, Scale]:
    """Scales for a subject and for a period."""
    return Scale(rules.weights["subject"]), Scale(rules.weights["period"])


@lru_cache(maxsize=4_096)
def _both(scale: Scale, one: Weighed, other: Weighed) -> Weighed:
    return scale(*one.features, *other.features)


class Likes(Protocol):
    """What candidates weigh, whatever they are candidates for."""

    def __getitem__(self, value: str | None, /) -> int: ...

    def told(self, name: str) -> tuple[Weighed, ...]:
        """What speaks for one."""


class Ballot(NamedTuple):
    """Candidates for one choice; what names the same thing in several places is one of them.

    Attributes
    ----------
    told
        Those that the figure's own sentence names, as often as it does.
    more
        Those that there are for other reasons; no two tell the same feature of one candidate.
    likes
        What speaks for a candidate besides, whatever it is one for.
    """

    scale: Scale
    told: Sequence[tuple[str, Weighed]]
    more: Sequence[tuple[str | None, Weighed]]
    likes: Likes | None = None

    def candidates(self) -> list[Candidate]:
        """All of them, in the order in which they were named, those of the sentence before the others."""
        own = self._own()
        found: dict[str | None, Features] = {value: weighed.features for value, weighed in own.items()}
        for value, weighed in self.more:
            found[value] = found.get(value, ()) + weighed.features
        if self.likes is not None:
            for value in found:
                if value is not None:
                    for weighed in self.likes.told(value):
                        found[value] += weighed.features
        return [Candidate(value, value in own, features) for value, features in found.items()]

    def chosen(self) -> tuple[str | None, bool]:
        """The candidate whose features weigh most, of equal ones the first; and whether it is told."""
        own = self._own() if self.told else {}
        scores: dict[str | None, int] = {value: weight for value, (_, weight) in own.items()}
        get = scores.get
        for value, (_, weight) in self.more:
            scores[value] = get(value, 0) + weight
        if (likes := self.likes) is not None:
            for value in scores:
                scores[value] += likes[value]
        best = max(scores, key=scores.__getitem__)
        if self.likes is not None and best is not None:
            best = _likeliest(scores, best)
        return best, best in own

    def _own(self) -> dict[str, Weighed]:
        own = dict(self.told)
        if len(own) < len(self.told):
            own = {}
            for value, weighed in self.told:
                own[value] = _both(self.scale, own[value], weighed) if value in own else weighed
        return own


def _likeliest(scores: Mapping[str | None, int], best: str) -> str:
    """The name that is most likely right, where one that is written in another stands for it too."""
    top = scores[best]
    least = top - _FAR
    near = {name: _ODDS[top - score] for name, score in scores.items() if score > least and name}
    if len(near) == 1 or sum(near.values()) <= _CLEAR:
        return best  # All others together are less likely.
    shares = {name: sum([near[one] for one in near if one in name or name in one]) for name in near}
    return max(shares, key=lambda name: (round(shares[name], 6), scores[name]))
