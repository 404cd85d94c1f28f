"""Choosing among candidates by weights that labelled articles gave: whose a figure is, and of what period."""

from __future__ import annotations

from collections.abc import Mapping
from functools import lru_cache
from typing import NamedTuple

from ..records import FigureRules

#: What speaks for a candidate, by name. What is said of one candidate in one breath is one of these.
Features = tuple[str, ...]
#: How many of them are weighed once.
_KEPT = 50_000


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


class Scale(dict[Features, int]):
    """What features weigh together, in hundredths: whole numbers, whose sum does not hang on their order."""

    def __init__(self, weights: Mapping[str, float]) -> None:
        super().__init__()
        self._weights = {name: round(100 * weight) for name, weight in weights.items()}

    def __missing__(self, features: Features) -> int:
        weights = self._weights
        found = sum([weights[name] for name in dict.fromkeys(features) if name in weights])
        if len(self) < _KEPT:
            self[features] = found
        return found


@lru_cache(maxsize=4)
def scales(rules: FigureRules) -> Mapping[str, Scale]:
    """Scales for a ``subject`` and for a ``period``."""
    return {part: Scale(weights) for part, weights in rules.weights.items()}


@lru_cache(maxsize=4_096)
def _both(ones: Features, others: Features) -> Features:
    return tuple(dict.fromkeys((*ones, *others)))


class Ballot:
    """Candidates for one choice; what names the same thing in several places is one of them."""

    __slots__ = ("_more", "_told")

    def __init__(self) -> None:
        self._told: dict[str | None, Features] = {}
        self._more: list[tuple[str | None, Features]] = []

    def tell(self, value: str, features: Features) -> None:
        """Name a candidate that stands in the figure's own sentence, perhaps not the first time."""
        told = self._told
        known = told.get(value)
        told[value] = features if known is None else _both(known, features)

    def add(self, value: str | None, features: Features) -> None:
        """Name a candidate for another reason, or say more of one."""
        self._more.append((value, features))

    def candidates(self) -> list[Candidate]:
        """All of them, in the order in which they were named, those of the sentence before the others."""
        found = dict(self._told)
        for value, features in self._more:
            found[value] = found.get(value, ()) + features
        return [
            Candidate(value, value in self._told, tuple(dict.fromkeys(features)))
            for value, features in found.items()
        ]

    def chosen(self, scale: Scale) -> tuple[str | None, bool]:
        """The candidate whose features weigh most, of equal ones the first; and whether it is told."""
        told = self._told
        scores = {value: scale[features] for value, features in told.items()}
        for value, features in self._more:
            scores[value] = scores.get(value, 0) + scale[features]
        best = max(scores, key=scores.__getitem__)
        return best, best in told
