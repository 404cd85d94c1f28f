"""Choosing among candidates by weights that labelled articles gave: whose a figure is, and of what period."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from math import inf
from typing import NamedTuple


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
    features: tuple[str, ...]


class Ballot:
    """Candidates for one choice; what names the same thing in several places is one of them."""

    __slots__ = ("_features", "_told")

    def __init__(self) -> None:
        self._features: dict[str | None, list[str]] = {}
        self._told: set[str | None] = set()

    def add(self, value: str | None, features: Iterable[str], told: bool = False) -> None:
        """Name a candidate, or say more of one."""
        known = self._features.get(value)
        if known is None:
            self._features[value] = list(features)
        else:
            known.extend(features)
        if told:
            self._told.add(value)

    def candidates(self) -> list[Candidate]:
        """All of them, in the order in which they were named."""
        told = self._told
        return [
            Candidate(value, value in told, tuple(dict.fromkeys(features)))
            for value, features in self._features.items()
        ]

    def chosen(self, weights: Mapping[str, float]) -> tuple[str | None, bool]:
        """The candidate whose features weigh most, of equal ones the first; and whether it is told."""
        weight = weights.get
        best: str | None = None
        most = -inf
        for value, features in self._features.items():
            score = sum([weight(name, 0.0) for name in dict.fromkeys(features)])
            if score > most:
                best, most = value, score
        return best, best in self._told
