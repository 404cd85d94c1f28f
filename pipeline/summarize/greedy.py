"""The greedy choice of the `editor` method: what adds most, with what it leans on.

Maximal marginal relevance (MMR; Carbonell and Goldstein 1998) over packages: a sentence is worth its
relevance, less its redundancy to those chosen before it, and more where it covers a new theme; it brings
along what it leans on.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import islice
from typing import Literal, NamedTuple

import numpy as np
from numpy.typing import NDArray

from ..records import OTHER, EditorModel
from .needs import Need
from .packages import OUT, Packages, worth_of

Column = NDArray[np.float64]
Matrix = NDArray[np.float64]

#: Rivals that a reason names, besides those that say the same.
_RIVALS = 2
#: Position, margin, and why it was beaten.
Beat = tuple[int, float, Literal["score", "same", "leans"]]


class Gains:
    """What each position would add to what is chosen: its marginal relevance.

    Attributes
    ----------
    redundancy
        What its likeness to what is chosen costs each position, shape (n,).
    """

    def __init__(self, relevance: Column, alike: Matrix, themes: Sequence[str], model: EditorModel) -> None:
        self.redundancy: Column = np.zeros(len(relevance))
        self._costs, self._coverage = model.redundancy * alike, model.coverage
        self._themes = themes
        self._uncovered: dict[str, list[int]] = {}
        for i, theme in enumerate(themes):
            if theme != OTHER:
                self._uncovered.setdefault(theme, []).append(i)
        self._worth: Column = relevance + [self._coverage if theme != OTHER else 0.0 for theme in themes]

    def now(self) -> Column:
        """The gains, minus infinity for what can't be chosen any more."""
        return self._worth - self.redundancy

    def choose(self, i: int, gone: Sequence[int]) -> str | None:
        """Choose a position, with which some go; the theme that it is the first to cover."""
        fresh = self._uncovered.pop(self._themes[i], None)
        if fresh:
            self._worth[fresh] -= self._coverage
        for one in gone:  # mostly one
            self._worth[one] = OUT
        np.maximum(self.redundancy, self._costs[i], out=self.redundancy)
        return self._themes[i] if fresh else None


class Turn(NamedTuple):
    """When a package was chosen: it, the gain of each position by itself, the packages of those that lean."""

    package: Sequence[int]
    gains: Column
    packages: dict[int, list[int]]


@dataclass(frozen=True, slots=True)
class Choice:
    """How all positions were chosen.

    Attributes
    ----------
    order
        Positions, the best first.
    needs
        By position, as `Ranked` has them.
    redundancy
        By position what likeness cost it, as what it adds.
    covers
        The theme that a position was the first to cover.
    needed_by
        The position that brought another one along.
    unfit
        Positions, the last of the order, that could not be chosen.
    repeats
        Those that say the same as one above them, which is the value.
    relevance
        Of each position.
    turns
        By the position that a package was chosen for.
    """

    order: Sequence[int]
    needs: dict[int, tuple[int, ...]]
    redundancy: dict[int, float]
    covers: dict[int, str]
    needed_by: dict[int, int]
    unfit: frozenset[int]
    repeats: dict[int, int]
    relevance: Column
    turns: dict[int, Turn]

    def beaten(self, i: int) -> list[Beat]:
        """Whom a chosen position was ahead of."""
        found: list[Beat] = []
        if i in self.turns:
            package, gains, packages = self.turns[i]
            plain: list[float] = gains.tolist()
            values = plain.copy()
            for j, own in packages.items():
                values[j] = worth_of(own, plain)
            value = values[i]
            # Alone these would have been ahead: what they lean on has cost them their place.
            leaners = [j for j, own in packages.items() if own and plain[j] > value and j not in package]
            leaners.sort(key=lambda j: (-plain[j], j))
            # Stable: of equals the first.
            ahead = np.argsort(-np.array(values), kind="stable").tolist()
            best = [*islice((j for j in ahead if j not in package and j not in leaners), _RIVALS)]
            found = [(j, value - values[j], "score") for j in best if values[j] != OUT]
            found += [(j, value - values[j], "leans") for j in leaners[:_RIVALS]]
        said = sorted(j for j, one in self.repeats.items() if one == i)
        return found + [(j, float(self.relevance[i] - self.relevance[j]), "same") for j in said]


def choose_all(
    relevance: Column,
    alike: Matrix,
    same: NDArray[np.bool_],
    needs: Sequence[tuple[Need, ...]],
    themes: Sequence[str],
    model: EditorModel,
) -> Choice:
    """Choose all positions: first what can stand in a summary, then the rest by relevance.

    Parameters
    ----------
    alike, same
        As `likeness` has them.
    needs
        What each position leans on directly.
    themes
        The theme of each position.
    """
    gains, packages = Gains(relevance, alike, themes, model), Packages(needs, same)
    turns: dict[int, Turn] = {}
    redundancy: dict[int, float] = {}
    covers: dict[int, str] = {}
    needed_by: dict[int, int] = {}

    def choose(i: int) -> list[int]:
        redundancy[i] = -float(gains.redundancy[i])
        gone = packages.choose(i)
        theme = gains.choose(i, gone)
        if theme is not None:
            covers[i] = theme
        return gone

    while True:
        now = gains.now()
        best = _best(now, packages)
        if best is None:
            break
        package = packages.of.get(best, [best])
        turns[best] = Turn(package, now, dict(packages.of))
        needed_by.update((i, best) for i in package if i != best)
        packages.renew([one for i in package for one in choose(i)])
    left = set(range(len(relevance))) - packages.chosen.keys()
    for i in sorted(left, key=lambda i: (i not in packages.repeats, -relevance[i], i)):
        for one in packages.late(i):
            choose(one)
    return Choice(
        order=list(packages.chosen),
        needs=packages.chosen,
        redundancy=redundancy,
        covers=covers,
        needed_by=needed_by,
        unfit=frozenset(left),
        repeats=packages.repeats,
        relevance=relevance,
        turns=turns,
    )


def _best(gains: Column, packages: Packages) -> int | None:
    """The position whose package is worth most, the first of equals; None when none can come."""
    alone = gains + packages.alone
    best = int(alone.argmax())
    value = float(alone[best])
    if packages.of:
        plain = gains.tolist()
        # The mean of a package is above what stands alone only if one that leans is itself above it.
        above = [i for i in packages.of if plain[i] > value]
        for i in sorted(packages.of.keys() & packages.askers(above)) if above else ():
            worth = worth_of(packages.of[i], plain)
            if worth > value or (worth == value and i < best):
                best, value = i, worth
    return None if value == OUT else best
