"""The default method: a linear score over named features, then greedy choice with redundancy control."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from ..records import OTHER, Beaten
from .draft import Draft, Ranked, Why
from .features import features
from .leaning import NOWHERE, antecedents, closure
from .likeness import likeness

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    Column = NDArray[np.float64]
    Matrix = NDArray[np.float64]

#: Rivals that a reason names, besides those that say the same.
_RIVALS = 2


def editor(draft: Draft) -> Ranked:
    """Rank by weighted features, each next one chosen for what it adds to those before it.

    The score of a sentence is a sum of features times weights. The choice is greedy: each time the sentence
    with the largest marginal relevance (Carbonell & Goldstein 1998), its score less its likeness to what is
    chosen and more when its theme is new, so that the ranking of k sentences is a prefix of that of k + 1.

    A sentence that leans on others is worth the mean of them and itself, and is chosen after them; so no
    prefix of the ranking dangles. What says the same as a chosen sentence comes after all others, with what
    leans on it, and last what leans on nothing that there is.
    """
    n = len(draft.units)
    if n == 0:
        return Ranked((), ())
    direct = antecedents(draft.units, draft.before or _in_a_row(n), draft.leaning)
    needs = tuple(closure(direct, i) for i in range(n))
    parts = contributions(draft, direct)
    score = [round(sum(part.values()), 6) for part in parts]
    rows = draft.vectors if draft.similar is None else draft.similar
    alike, same = likeness(draft.units, rows)
    choice = _Choice(draft, score, alike, same, needs)
    order, turns = choice.run()
    least, most = min(score), max(score)
    salience = tuple(round((s - least) / (most - least), 4) if most > least else 1.0 for s in score)
    return Ranked(
        order=order,
        salience=salience,
        needs=tuple(tuple(j for j in one if j != NOWHERE) for one in needs),
        repeats=frozenset(choice.repeats),
        why=tuple(
            Why(
                score=round(score[i], 4),
                features=dict(sorted(parts[i].items(), key=lambda kv: (-abs(kv[1]), kv[0]))),
                redundancy=turns[i].redundancy,
                covers=turns[i].covers,
                needed_by=turns[i].needed_by,
                beat=turns[i].beat,
            )
            for i in range(n)
        ),
    )


def contributions(draft: Draft, direct: Sequence[Sequence[int]]) -> list[dict[str, float]]:
    """For each unit what each feature adds to its score; nothing below a ten-thousandth is listed."""
    columns = features(draft, direct)
    model = draft.model
    weighted = {name: model.weights[name] * columns[name] for name in columns if name in model.weights}
    found = []
    for i in range(len(draft.units)):
        part = {name: float(column[i]) for name, column in weighted.items()}
        if draft.answers:
            part["query"] = model.query * draft.answers[i]
        if draft.wanted:
            part["wanted"] = model.theme * draft.wanted[i]
        found.append({name: round(value, 4) for name, value in part.items() if abs(value) >= 5e-5})
    return found


def _in_a_row(n: int) -> tuple[None, ...]:
    return (None,) * n


@dataclass(frozen=True, slots=True)
class _Turn:
    """What was the case when a position was chosen."""

    redundancy: float = 0.0
    covers: str | None = None
    needed_by: int | None = None
    beat: tuple[Beaten, ...] = ()


class _Choice:
    """The greedy choice over one draft."""

    def __init__(
        self,
        draft: Draft,
        score: Sequence[float],
        alike: Matrix,
        same: NDArray[np.bool_],
        needs: Sequence[tuple[int, ...]],
    ) -> None:
        import numpy as np

        self._themes = [theme for theme, _ in draft.themes]
        self._model = draft.model
        self._score = np.array(score)
        self._alike, self._same, self._needs = alike, same, needs
        self._nearest = np.zeros(len(score))
        self._covered = {OTHER}
        self._order: list[int] = []
        self._turns: dict[int, _Turn] = {}
        self._left = set(range(len(score)))
        self.repeats: set[int] = set()

    def run(self) -> tuple[tuple[int, ...], dict[int, _Turn]]:
        """Choose all positions. First what can stand in a summary, then the rest by score."""
        while self._left:
            gains = self._gains()
            values = {i: value for i in sorted(self._left) if (value := self._value(i, gains)) is not None}
            if not values:
                break
            best = max(values, key=lambda i: (values[i], -i))
            rivals = self._rivals(best, values, gains)
            for i in self._package(best):
                self._take(i, best if i != best else None, rivals if i == best else ())
        rest = sorted(self._left, key=lambda i: (NOWHERE in self._needs[i], -self._score[i], i))
        for i in rest:
            self._take_with_needs(i)
        return tuple(self._order), self._turns

    def _gains(self) -> Column:
        import numpy as np

        fresh = np.array([theme not in self._covered for theme in self._themes], dtype=np.float64)
        gains = self._score - self._model.redundancy * self._nearest + self._model.coverage * fresh
        return np.round(gains, 6)

    def _package(self, i: int) -> list[int]:
        return [*(j for j in self._needs[i] if j in self._left), i]

    def _value(self, i: int, gains: Column) -> float | None:
        """Mean gain of a sentence and what would have to come along; None when it can't come."""
        package = self._package(i)
        if i in self.repeats or NOWHERE in self._needs[i] or not self.repeats.isdisjoint(package):
            return None
        if len(package) > 1 and any(self._same[j, k] for j in package for k in package):
            return None
        return round(float(gains[package].mean()), 6)

    def _rivals(self, best: int, values: dict[int, float], gains: Column) -> tuple[Beaten, ...]:
        others = sorted((i for i in values if i != best), key=lambda i: (-values[i], i))[:_RIVALS]
        found = [Beaten(i, round(values[best] - values[i], 4), "score") for i in others]
        # Alone it would have been ahead: what it leans on has cost it its place.
        leaners = [
            i for i in values if i not in others and i != best and gains[i] > values[best] > values[i]
        ]
        leaners.sort(key=lambda i: (-gains[i], i))
        found += [Beaten(i, round(values[best] - values[i], 4), "leans") for i in leaners[:_RIVALS]]
        return tuple(found)

    def _take(self, i: int, needed_by: int | None, rivals: tuple[Beaten, ...]) -> None:
        import numpy as np

        said = [j for j in np.flatnonzero(self._same[i]).tolist() if j in self._left and j != i]
        fresh = [j for j in said if j not in self.repeats]
        self.repeats.update(fresh)
        theme = self._themes[i]
        self._turns[i] = _Turn(
            redundancy=round(-self._model.redundancy * float(self._nearest[i]), 4) + 0.0,
            covers=theme if theme not in self._covered else None,
            needed_by=needed_by,
            beat=rivals + tuple(Beaten(j, round(float(self._score[i] - self._score[j]), 4), "same") for j in fresh),
        )
        self._covered.add(theme)
        self._order.append(i)
        self._left.remove(i)
        self._nearest = np.maximum(self._nearest, self._alike[i])

    def _take_with_needs(self, i: int) -> None:
        for j in self._package(i) if i in self._left else ():
            if j != NOWHERE:
                self._take(j, None, ())
