"""What has to come together: a sentence with all that it leans on and that is not chosen yet."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

import numpy as np
from numpy.typing import NDArray

from .needs import Need

#: What each sentence that has to come along costs: a summary may end before the one that it came for.
_COMPANION = 0.2
#: Sentences of a package at most: so many companions cost it three points, which no sentence is worth. A
#: sentence at the end of a longer chain can come when a part of the chain is chosen.
_MOST = 16
#: Stands for what can't come.
OUT = float("-inf")


class Packages:
    """The packages of the sentences that lean, as the choice goes on.

    Attributes
    ----------
    chosen
        By position that is chosen the positions that it needs, directly or by what those need.
    repeats
        Positions that say the same as a chosen one, which is the value.
    of
        For each position that leans on what is not chosen yet this and itself; empty when it can't come.
    alone
        0 for each position that can come by itself, else minus infinity, shape (n,).
    """

    def __init__(self, needs: Sequence[tuple[Need, ...]], same: NDArray[np.bool_]) -> None:
        self.chosen: dict[int, tuple[int, ...]] = {}
        self.repeats: dict[int, int] = {}
        self.of: dict[int, list[int]] = {}
        self.alone = np.zeros(len(needs))
        self._needs = needs
        self._same: dict[int, list[int]] = {}
        for i, j in np.argwhere(same).tolist():
            self._same.setdefault(i, []).append(j)
        self._askers: dict[int, list[int]] = {}
        for i, own in enumerate(needs):
            if own:
                for j in self._reach(i):
                    self._askers.setdefault(j, []).append(i)
                self._pack(i)

    def choose(self, i: int) -> list[int]:
        """Choose a position; it, and those that can't come any more."""
        self.chosen[i] = self._leant_on(i)
        self.of.pop(i, None)
        if i not in self._same:
            return [i]
        said = [j for j in self._same[i] if j not in self.chosen and j not in self.repeats]
        self.repeats.update(dict.fromkeys(said, i))
        return [i, *said]

    def renew(self, gone: Iterable[int]) -> None:
        """Find anew what has to come along with those that might need some positions, now gone."""
        for i in self.askers(gone):
            if i not in self.chosen:
                self._pack(i)

    def askers(self, some: Iterable[int]) -> set[int]:
        """Positions whose packages might hold one of these."""
        return {i for one in some if one in self._askers for i in self._askers[one]}

    def late(self, i: int) -> Iterable[int]:
        """A position that can't come, after what it leans on, the farthest first."""
        for need in self._needs[i] if i not in self.chosen else ():
            if need and self.chosen.keys().isdisjoint(need):
                yield from self.late(need[0])
        if i not in self.chosen:
            yield i

    def _reach(self, i: int) -> set[int]:
        """All that a package of a position might hold, and itself."""
        found: set[int] = set()
        open_ = {i}
        for _ in range(_MOST):
            if not open_:
                break
            found |= open_
            open_ = {j for one in open_ for need in self._needs[one] for j in need} - found
        return found

    def _pack(self, i: int) -> None:
        package = self._package(i)
        if len(package) == 1:
            self.of.pop(i, None)
            self.alone[i] = 0.0
        else:
            self.of[i] = package
            self.alone[i] = OUT

    def _package(self, i: int) -> list[int]:
        found: list[int] = []
        open_, held = [i], {i}
        chosen = self.chosen.keys()
        while open_:
            one = open_.pop()
            if one in self.repeats or (one in self._same and not set(self._same[one]).isdisjoint(found)):
                return []
            found.append(one)
            if len(held) > _MOST:
                return []
            for need in self._needs[one]:
                if not (chosen.isdisjoint(need) and held.isdisjoint(need)):
                    continue
                choice = next((j for j in need if j not in self.repeats), None)
                if choice is None:
                    return []
                open_.append(choice)
                held.add(choice)
        return sorted(found)

    def _leant_on(self, i: int) -> tuple[int, ...]:
        """What a position needs of what is chosen, in document order."""
        if not self._needs[i]:  # most stand by themselves
            return ()
        found: set[int] = set()
        for need in self._needs[i]:
            one = next((j for j in need if j in self.chosen), need[0] if need else None)
            if one is not None:
                found.update((one, *self.chosen.get(one, ())))
        return tuple(sorted(found))


def worth_of(package: Sequence[int], gains: Sequence[float]) -> float:
    """What a package is worth: the mean of what its sentences add, and the less the more come along."""
    # Rounded, or the order of a sum would decide between equals.
    n = len(package)
    return round(sum([gains[j] for j in package]) / n - _COMPANION * (n - 1), 9) if n else OUT
