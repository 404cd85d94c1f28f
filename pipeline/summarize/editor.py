"""The default method: a linear score over named features, then greedy choice with redundancy control."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

from ..records import OTHER, Beaten
from .draft import Draft, Ranked, Why
from .features import FEATURES, features
from .leaning import Need, antecedents, dangling
from .likeness import likeness
from .overlap import Overlap, overlap

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    Column = NDArray[np.float64]
    Matrix = NDArray[np.float64]

#: Rivals that a reason names, besides those that say the same.
_RIVALS = 2
#: Position, margin, and why it was beaten.
_Beat = tuple[int, float, Literal["score", "same", "leans"]]
#: Stands for a candidate that can't come.
_OUT = float("-inf")


def editor(draft: Draft) -> Ranked:
    """Rank by weighted features, each next one chosen for what it adds to those before it.

    The score of a sentence is a sum of features times weights. The choice is greedy: each time the sentence
    with the largest marginal relevance (Carbonell & Goldstein 1998), its score less its likeness to what is
    chosen and more when its theme is new, so that the ranking of k sentences is a prefix of that of k + 1.

    A sentence that leans on others is worth the mean of them and itself, and is chosen after them; so no
    prefix of the ranking dangles. What says the same as a chosen sentence comes after all others, with what
    leans on it, and last what leans on nothing that there is.
    """
    import numpy as np

    if not draft.units:
        return Ranked((), ())
    words = overlap(draft.units)
    names, parts = contributions(draft, words)
    score = np.round(parts.sum(axis=0), 5)
    rows = draft.vectors if draft.similar is None else draft.similar
    alike, same = likeness(draft.units, rows, words)
    choice = _Choice(draft, score, alike, same, needs_of(draft))
    choice.run()
    least, span = float(score.min()), float(np.ptp(score))
    salience = (score - least) / span if span > 0 else np.ones(len(score))

    def explain(i: int) -> Why:
        told = {name: round(float(part), 4) for name, part in zip(names, parts[:, i], strict=True)}
        turn = choice.turns[i]
        return Why(
            score=round(float(score[i]), 4),
            features={
                name: part
                for name, part in sorted(told.items(), key=lambda item: (-abs(item[1]), item[0]))
                if part
            },
            redundancy=round(turn.redundancy, 4) + 0.0,
            covers=turn.covers,
            needed_by=turn.needed_by,
            beat=tuple(Beaten(j, round(margin, 4), why) for j, margin, why in choice.beaten(i)),
        )

    return Ranked(
        order=tuple(choice.order),
        salience=tuple(np.round(salience, 4).tolist()),
        needs=tuple(choice.turns[i].needs for i in range(len(score))),
        unfit=frozenset(choice.unfit),
        explain=explain,
    )


def contributions(draft: Draft, words: Overlap | None = None) -> tuple[list[str], Matrix]:
    """What each feature adds to the score of each unit: names, and a matrix of as many rows."""
    import numpy as np

    model = draft.model
    weights = np.array([[model.weights.get(name, 0.0)] for name in FEATURES])
    names, parts = list(FEATURES), weights * features(draft, words)
    for name, weight, values in (
        ("query", model.query, draft.answers),
        ("wanted", model.theme, draft.wanted),
    ):
        if values:
            names.append(name)
            parts = np.vstack([parts, weight * np.array(values)])
    return names, parts


def needs_of(draft: Draft) -> tuple[tuple[Need, ...], ...]:
    """What each unit of a draft leans on."""
    before = draft.before or (None,) * len(draft.units)
    return antecedents(draft.units, before, draft.leaning, draft.title)


def unmet(draft: Draft, chosen: Collection[int]) -> tuple[int, ...]:
    """Of the chosen positions those that dangle: they lean on what is not chosen."""
    return dangling(needs_of(draft), chosen)


@dataclass(frozen=True, slots=True)
class _Turn:
    """What was the case when a position was chosen; `needs` as `Ranked` has them.

    Attributes
    ----------
    values, gains
        What each position that was left was worth with what it leans on, and alone. None: nobody ran.
    package
        The positions that were chosen at once.
    said
        Positions that say the same and were left.
    """

    needs: tuple[int, ...]
    redundancy: float
    covers: str | None
    said: list[int]
    needed_by: int | None = None
    package: Sequence[int] = ()
    values: Column | None = None
    gains: Column | None = None


class _Choice:
    """The greedy choice over one draft."""

    def __init__(
        self,
        draft: Draft,
        score: Column,
        alike: Matrix,
        same: NDArray[np.bool_],
        direct: Sequence[tuple[Need, ...]],
    ) -> None:
        import numpy as np

        self._score, self._direct = score, direct
        self._penalties = draft.model.redundancy * alike
        self._coverage = draft.model.coverage
        self._themes = [theme for theme, _ in draft.themes]
        self._open: dict[str, list[int]] = {}
        for i, theme in enumerate(self._themes):
            if theme != OTHER:
                self._open.setdefault(theme, []).append(i)
        # Worth of what is left, its likeness aside; minus infinity for what is chosen or can't come.
        fresh = [self._coverage if theme != OTHER else 0.0 for theme in self._themes]
        self._worth: Column = score + fresh
        self._penalty = np.zeros(len(score))
        self._maximum = np.maximum
        self._same: dict[int, list[int]] = {}
        if same.any():
            for i, j in np.argwhere(same).tolist():
                self._same.setdefault(i, []).append(j)
        # Who has to be looked at again when a position is taken: leaners, by all that they might need.
        self._asking: dict[int, list[int]] = {}
        self._packages: dict[int, list[int]] = {}
        self._stale = {i for i, needs in enumerate(direct) if needs}
        for i in sorted(self._stale):
            for j in self._reach(i):
                self._asking.setdefault(j, []).append(i)
        self._left = set(range(len(score)))
        self.order: list[int] = []
        self.turns: dict[int, _Turn] = {}
        self.repeats: set[int] = set()
        self.unfit: frozenset[int] = frozenset()

    def _reach(self, i: int) -> set[int]:
        """All that a position might need, and itself."""
        found: set[int] = set()
        open_ = {i}
        while open_:
            one = open_.pop()
            found.add(one)
            open_.update(j for need in self._direct[one] for j in need if j not in found)
        return found

    def run(self) -> None:
        """Choose all positions: first what can stand in a summary, then the rest by score."""
        while self._left:
            gains = self._worth - self._penalty
            values = self._values(gains)
            best = int(values.argmax())
            if values[best] == _OUT:
                break
            package = self._packages.pop(best, None) or (best,)
            for i in package:
                if i == best:
                    self._take(i, package=package, values=values, gains=gains)
                else:
                    self._take(i, needed_by=best)
        self.unfit = frozenset(self._left)
        for i in sorted(self._left, key=lambda i: (i not in self.repeats, -self._score[i], i)):
            self._take_late(i)

    def _values(self, gains: Column) -> Column:
        """Gains; for a leaner the mean with what would have to come along."""
        for i in self._stale & self._left:
            package = self._package(i)
            if len(package) == 1:
                self._packages.pop(i, None)
            else:
                self._packages[i] = package
        self._stale.clear()
        if not self._packages:
            return gains
        values, plain = gains.copy(), gains.tolist()
        for i, package in self._packages.items():
            # Rounded, or the order of a sum would decide between equals.
            values[i] = round(sum([plain[j] for j in package]) / len(package), 9) if package else _OUT
        return values

    def _package(self, i: int) -> list[int]:
        """A sentence after all that would have to come along; empty when it can't come."""
        found: list[int] = []
        open_ = [i]
        while open_:
            one = open_.pop()
            if one in self.repeats or any(j in found for j in self._same.get(one, ())):
                return []
            found.append(one)
            for need in self._direct[one]:
                if not any(j in self.turns or j in found or j in open_ for j in need):
                    choice = next((j for j in need if j not in self.repeats), None)
                    if choice is None:
                        return []
                    open_.append(choice)
        return sorted(found)

    def beaten(self, i: int) -> list[_Beat]:
        """Whom a chosen position was ahead of."""
        turn = self.turns[i]
        found: list[_Beat] = []
        if turn.values is not None and turn.gains is not None:
            values, gains = turn.values.copy(), turn.gains
            value = float(values[i])
            # Alone these would have been ahead: what they lean on has cost them their place.
            ahead = [j for j in range(len(gains)) if gains[j] > value > values[j] and j not in turn.package]
            leaners = sorted((j for j in ahead if values[j] != _OUT), key=lambda j: (-gains[j], j))
            leans: list[_Beat] = [(j, value - float(values[j]), "leans") for j in leaners[:_RIVALS]]
            values[[*turn.package, *leaners]] = _OUT
            while len(found) < _RIVALS:
                rival = int(values.argmax())
                if values[rival] == _OUT:
                    break
                found.append((rival, value - float(values[rival]), "score"))
                values[rival] = _OUT
            found += leans
        return found + [(j, float(self._score[i] - self._score[j]), "same") for j in turn.said]

    def _take(
        self,
        i: int,
        needed_by: int | None = None,
        package: Sequence[int] = (),
        values: Column | None = None,
        gains: Column | None = None,
    ) -> None:
        said = [j for j in self._same.get(i, ()) if j in self._left and j not in self.repeats]
        theme = self._themes[i]
        fresh = self._open.pop(theme, None)
        if fresh:
            self._worth[fresh] -= self._coverage
        self.turns[i] = _Turn(
            needs=self._leant_on(i) if self._direct[i] else (),
            redundancy=-float(self._penalty[i]),
            covers=theme if fresh else None,
            said=said,
            needed_by=needed_by,
            package=package,
            values=values,
            gains=gains,
        )
        self.order.append(i)
        self._left.remove(i)
        self._packages.pop(i, None)
        self.repeats.update(said)
        for one in (i, *said):
            self._worth[one] = _OUT
            self._stale.update(self._asking.get(one, ()))
        self._maximum(self._penalty, self._penalties[i], out=self._penalty)

    def _take_late(self, i: int) -> None:
        for need in self._direct[i] if i in self._left else ():
            if need and not any(j in self.turns for j in need):
                self._take_late(need[0])
        if i in self._left:
            self._take(i)

    def _leant_on(self, i: int) -> tuple[int, ...]:
        """What a position needs of what is chosen, directly or by what that needs, in document order."""
        found: set[int] = set()
        for need in self._direct[i]:
            one = next((j for j in need if j in self.turns), need[0] if need else None)
            if one is not None:
                found.add(one)
                found.update(self.turns[one].needs if one in self.turns else ())
        return tuple(sorted(found))
