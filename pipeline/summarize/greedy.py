"""The greedy choice of the `editor` method: what adds most, with what it leans on.

Maximal marginal relevance (MMR; Carbonell and Goldstein 1998) over packages: a sentence is worth its score,
less what it repeats of those chosen before it, and brings its antecedents along.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Literal

import numpy as np
from numpy.typing import NDArray

from ..records import OTHER
from .draft import Draft
from .needs import Need

Column = NDArray[np.float64]
Matrix = NDArray[np.float64]

#: Rivals that a reason names, besides those that say the same.
_RIVALS = 2
#: Position, margin, and why it was beaten.
Beat = tuple[int, float, Literal["score", "same", "leans"]]
#: What was left when a package was chosen: the package, the gain of each position alone, and the packages
#: of those that lean.
_Turn = tuple[Sequence[int], "Column", dict[int, list[int]]]
#: What each sentence that has to come along costs: a summary may end before the one that it came for.
_COMPANION = 0.2
#: Sentences of a package at most: so many companions cost it three points, which no sentence is worth. A
#: sentence at the end of a longer chain can come when a part of the chain is chosen.
_PACKAGE = 16
#: Stands for a candidate that can't come.
_OUT = float("-inf")


class Choice:
    """The choice over one draft, all of it once it has run.

    A package is a sentence after all that would have to come along; it is worth their mean, and the less the
    more have to come along.

    Attributes
    ----------
    order
        Positions, the best first.
    needs
        By position, as `Ranked` has them.
    redundancy
        By position what likeness cost it.
    covers
        The theme that a position was the first to cover.
    needed_by
        The position that brought another one along.
    unfit
        Positions, the last of the order, that could not be chosen.
    repeats
        Those of them that say the same as one that was, which is the value.
    """

    def __init__(
        self,
        draft: Draft,
        score: Column,
        alike: Matrix,
        same: NDArray[np.bool_],
        direct: Sequence[tuple[Need, ...]],
    ) -> None:
        self.order: list[int] = []
        self.needs: dict[int, tuple[int, ...]] = {}
        self.redundancy: dict[int, float] = {}
        self.covers: dict[int, str] = {}
        self.needed_by: dict[int, int] = {}
        self.unfit: frozenset[int] = frozenset()
        self._score, self._direct = score, direct
        self._penalties, self._penalty = draft.model.redundancy * alike, np.zeros(len(score))
        self._maximum = np.maximum
        self._coverage = draft.model.coverage
        self._themes = [theme for theme, _ in draft.themes]
        self._open: dict[str, list[int]] = {}
        for i, theme in enumerate(self._themes):
            if theme != OTHER:
                self._open.setdefault(theme, []).append(i)
        # Worth of what is left, its likeness aside; minus infinity for what is chosen or can't come.
        self._worth: Column = score + [self._coverage if theme != OTHER else 0.0 for theme in self._themes]
        # The same, minus infinity too for what leans on something that is not chosen.
        self._alone: Column = self._worth.copy()
        self._same: dict[int, list[int]] = {}
        for i, j in np.argwhere(same).tolist():
            self._same.setdefault(i, []).append(j)
        self._left = set(range(len(score)))
        self._said: dict[int, list[int]] = {}
        self.repeats: dict[int, int] = {}
        self._turns: dict[int, _Turn] = {}
        # Who has to be looked at again when a position is taken: leaners, by all that they might need.
        self._asking: dict[int, list[int]] = {}
        self._packages: dict[int, list[int]] = {}
        for i, needs in enumerate(direct):
            if needs:
                for j in self._reach(i):
                    self._asking.setdefault(j, []).append(i)
                self._pack(i)

    def _reach(self, i: int) -> set[int]:
        """All that a package of a position might hold, and itself."""
        found: set[int] = set()
        open_ = {i}
        for _ in range(_PACKAGE):
            if not open_:
                break
            found |= open_
            open_ = {j for one in open_ for need in self._direct[one] for j in need} - found
        return found

    def run(self) -> None:
        """Choose all positions: first what can stand in a summary, then the rest by score."""
        while self._left:
            gains = self._worth - self._penalty
            best = self._best(gains)
            if best is None:
                break
            package = self._packages.get(best, (best,))
            self._turns[best] = package, gains, dict(self._packages)
            gone: list[int] = []
            for i in package:
                if i != best:
                    self.needed_by[i] = best
                gone += self._take(i)
            for i in {asking for one in gone for asking in self._asking.get(one, ())} & self._left:
                self._pack(i)
        self.unfit = frozenset(self._left)
        for i in sorted(self._left, key=lambda i: (i not in self.repeats, -self._score[i], i)):
            self._take_late(i)

    def _best(self, gains: Column) -> int | None:
        """The position whose package is worth most, the first of equals."""
        alone = self._alone - self._penalty
        best = int(alone.argmax())
        value = float(alone[best])
        if self._packages:
            plain = gains.tolist()
            # The mean of a package is above what stands alone only if one that leans is itself above it.
            hot = [i for i in self._packages if plain[i] > value]
            for i in sorted({i for one in hot for i in self._asking[one]} & self._packages.keys()):
                worth = _mean(self._packages[i], plain)
                if worth > value or (worth == value and i < best):
                    best, value = i, worth
        return None if value == _OUT else best

    def _pack(self, i: int) -> None:
        """Find anew what would have to come along with a position."""
        package = self._package(i)
        if len(package) == 1:
            self._packages.pop(i, None)
            self._alone[i] = self._worth[i]
        else:
            self._packages[i] = package
            self._alone[i] = _OUT

    def _package(self, i: int) -> list[int]:
        """A sentence after all that would have to come along; empty when it can't come."""
        found: list[int] = []
        open_ = [i]
        while open_:
            one = open_.pop()
            if one in self.repeats or (one in self._same and not set(self._same[one]).isdisjoint(found)):
                return []
            found.append(one)
            if len(found) + len(open_) > _PACKAGE:
                return []
            for need in self._direct[one]:
                for j in need:
                    if j in self.needs or j in found or j in open_:
                        break
                else:
                    choice = next((j for j in need if j not in self.repeats), None)
                    if choice is None:
                        return []
                    open_.append(choice)
        return sorted(found)

    def beaten(self, i: int) -> list[Beat]:
        """Whom a chosen position was ahead of."""
        found: list[Beat] = []
        if i in self._turns:
            package, gains, packages = self._turns[i]
            values, plain = gains.copy(), gains.tolist()
            for j, own in packages.items():
                values[j] = _mean(own, plain)
            value = float(values[i])
            # Alone these would have been ahead: what they lean on has cost them their place.
            leaners = [j for j, own in packages.items() if own and plain[j] > value and j not in package]
            leaners.sort(key=lambda j: (-plain[j], j))
            leans: list[Beat] = [(j, value - float(values[j]), "leans") for j in leaners[:_RIVALS]]
            values[[*package, *leaners]] = _OUT
            while len(found) < _RIVALS:
                rival = int(values.argmax())
                if values[rival] == _OUT:
                    break
                found.append((rival, value - float(values[rival]), "score"))
                values[rival] = _OUT
            found += leans
        return found + [(j, float(self._score[i] - self._score[j]), "same") for j in self._said.get(i, ())]

    def _take(self, i: int) -> list[int]:
        """Choose a position; it, and those that can't come any more."""
        self.needs[i] = self._leant_on(i) if self._direct[i] else ()
        self.redundancy[i] = -float(self._penalty[i])
        fresh = self._open.pop(self._themes[i], None)
        if fresh:
            self.covers[i] = self._themes[i]
            self._worth[fresh] -= self._coverage
            self._alone[fresh] -= self._coverage
        self.order.append(i)
        self._left.remove(i)
        self._packages.pop(i, None)
        gone = [i]
        if i in self._same:
            said = [j for j in self._same[i] if j in self._left and j not in self.repeats]
            self._said[i] = said
            self.repeats.update(dict.fromkeys(said, i))
            gone += said
        for one in gone:
            self._worth[one] = self._alone[one] = _OUT
        self._maximum(self._penalty, self._penalties[i], out=self._penalty)
        return gone

    def _take_late(self, i: int) -> None:
        for need in self._direct[i] if i in self._left else ():
            if need and not any(j in self.needs for j in need):
                self._take_late(need[0])
        if i in self._left:
            self._take(i)

    def _leant_on(self, i: int) -> tuple[int, ...]:
        """What a position needs of what is chosen, directly or by what that needs, in document order."""
        found: set[int] = set()
        for need in self._direct[i]:
            one = next((j for j in need if j in self.needs), need[0] if need else None)
            if one is not None:
                found.add(one)
                found.update(self.needs.get(one, ()))
        return tuple(sorted(found))


def _mean(package: Sequence[int], gains: Sequence[float]) -> float:
    # Rounded, or the order of a sum would decide between equals.
    n = len(package)
    return round(sum([gains[j] for j in package]) / n - _COMPANION * (n - 1), 9) if n else _OUT
