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


class Known:
    """What speaks for candidates whatever figure of a sentence is asked for: weighed once for all of them.

    Attributes
    ----------
    told
        As `Ballot.more`.
    likes
        What speaks for any candidate, whatever it is one for.
    scores
        What those that are told weigh by both.
    """

    __slots__ = ("likes", "scores", "told")

    def __init__(self, told: Sequence[tuple[str, Weighed]], likes: Likes) -> None:
        self.told, self.likes = told, likes
        scores: dict[str | None, int] = {}
        for value, (_, weight) in told:
            scores[value] = (scores[value] if value in scores else likes[value]) + weight
        self.scores = scores


class Ballot(NamedTuple):
    """Candidates for one choice; what names the same thing in several places is one of them.

    Attributes
    ----------
    told
        Those that the figure's own sentence names, as often as it does.
    more
        Those that there are for other reasons; no two tell the same feature of one candidate.
    known
        What speaks for names besides, where the candidates are some.
    much
        What more speaks for the first ones that are `known`.
    """

    scale: Scale
    told: Sequence[tuple[str, Weighed]]
    more: Sequence[tuple[str | None, Weighed]]
    known: Known | None = None
    much: Sequence[tuple[str, Weighed]] = ()

    def candidates(self) -> list[Candidate]:
        """All of them, in the order in which they were named, those of the sentence before the others."""
        own = self._own()
        found: dict[str | None, Features] = {value: weighed.features for value, weighed in own.items()}
        for value, weighed in (*self.much, *(self.known.told if self.known else ()), *self.more):
            found[value] = found.get(value, ()) + weighed.features
        if self.known is not None:
            for value in found:
                if value is not None:
                    for weighed in self.known.likes.told(value):
                        found[value] += weighed.features
        return [Candidate(value, value in own, features) for value, features in found.items()]

    def chosen(self) -> tuple[str | None, bool]:
        """The candidate whose features weigh most, of equal ones the first; and whether it is told."""
        own = self._own() if self.told else {}
        scores: dict[str | None, int]
        if self.known is None:
            scores = {value: weight for value, (_, weight) in own.items()}
            get = scores.get
            for value, (_, weight) in self.more:
                scores[value] = get(value, 0) + weight
            best = max(scores, key=scores.__getitem__)
            return best, best in own
        likes, before = self.known.likes, self.known.scores
        scores = dict.fromkeys(own, 0)  # they come first where several weigh the same
        scores.update(before)
        for value, (_, weight) in own.items():
            scores[value] = (before[value] if value in before else likes[value]) + weight
        for value, (_, weight) in self.much:
            scores[value] += weight
        for name, (_, weight) in self.more:
            scores[name] = (scores[name] if name in scores else likes[name]) + weight
        best = max(scores, key=scores.__getitem__)
        if best is not None:
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
    written = "\n".join(near)
    if not any(written.count(name) > 1 for name in near):
        return best  # None is written in another.
    shares = {name: sum([near[one] for one in near if one in name or name in one]) for name in near}
    return max(shares, key=lambda name: (round(shares[name], 6), scores[name]))
