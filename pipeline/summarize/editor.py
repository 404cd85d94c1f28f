"""The default method: a linear score over named features, then greedy choice with redundancy control."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from ..records import OTHER, Beaten
from .draft import Draft, Ranked, Why
from .features import features
from .leaning import Need, antecedents, dangling
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
    direct = needs_of(draft)
    parts = contributions(draft)
    score = [round(sum(part.values()), 6) for part in parts]
    rows = draft.vectors if draft.similar is None else draft.similar
    alike, same = likeness(draft.units, rows)
    choice = _Choice(draft, score, alike, same, direct)
    order, turns = choice.run()
    least, most = min(score), max(score)
    return Ranked(
        order=order,
        salience=tuple(round((s - least) / (most - least), 4) if most > least else 1.0 for s in score),
        needs=tuple(turns[i].needs for i in range(n)),
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


def contributions(draft: Draft) -> list[dict[str, float]]:
    """For each unit what each feature adds to its score; nothing below a ten-thousandth is listed."""
    columns = features(draft)
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


def needs_of(draft: Draft) -> tuple[tuple[Need, ...], ...]:
    """What each unit of a draft leans on."""
    before = draft.before or (None,) * len(draft.units)
    return antecedents(draft.units, before, draft.leaning, draft.title)


def unmet(draft: Draft, chosen: Collection[int]) -> tuple[int, ...]:
    """Of the chosen positions those that dangle: they lean on what is not chosen."""
    return dangling(needs_of(draft), chosen)


@dataclass(frozen=True, slots=True)
class _Turn:
    """What was the case when a position was chosen; `needs` as `Ranked` has them."""

    needs: tuple[int, ...] = ()
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
        direct: Sequence[tuple[Need, ...]],
    ) -> None:
        import numpy as np

        self._themes = [theme for theme, _ in draft.themes]
        self._model = draft.model
        self._score = np.array(score)
        self._alike, self._same, self._direct = alike, same, direct
        self._nearest = np.zeros(len(score))
        self._covered = {OTHER}
        self._order: list[int] = []
        self._turns: dict[int, _Turn] = {}
        self._left = set(range(len(score)))
        self.repeats: set[int] = set()

    def run(self) -> tuple[tuple[int, ...], dict[int, _Turn]]:
        """Choose all positions: first what can stand in a summary, then the rest by score."""
        while self._left:
            gains = self._gains()
            packages = {i: package for i in sorted(self._left) if (package := self._package(i))}
            if not packages:
                break
            values = {i: round(float(gains[package].mean()), 6) for i, package in packages.items()}
            best = max(values, key=lambda i: (values[i], -i))
            rivals = self._rivals(best, values, gains)
            for i in packages[best]:
                self._take(i, best if i != best else None, rivals if i == best else ())
        for i in sorted(self._left, key=lambda i: (i not in self.repeats, -self._score[i], i)):
            self._take_late(i)
        return tuple(self._order), self._turns

    def _take_late(self, i: int) -> None:
        for need in self._direct[i] if i in self._left else ():
            if need and not any(j in self._turns for j in need):
                self._take_late(need[0])
        if i in self._left:
            self._take(i, None, ())

    def _gains(self) -> Column:
        import numpy as np

        fresh = np.array([theme not in self._covered for theme in self._themes], dtype=np.float64)
        gains = self._score - self._model.redundancy * self._nearest + self._model.coverage * fresh
        return np.round(gains, 6)

    def _package(self, i: int) -> list[int]:
        """A sentence after all that would have to come along; empty when it can't come."""
        found: list[int] = []
        open_ = [i]
        while open_:
            one = open_.pop()
            if one in self.repeats or any(self._same[one, j] for j in found):
                return []
            found.append(one)
            for need in self._direct[one]:
                if not any(j in self._turns or j in found or j in open_ for j in need):
                    choice = next((j for j in need if j not in self.repeats), None)
                    if choice is None:
                        return []
                    open_.append(choice)
        return sorted(found)

    def _rivals(self, best: int, values: dict[int, float], gains: Column) -> tuple[Beaten, ...]:
        others = sorted((i for i in values if i != best), key=lambda i: (-values[i], i))[:_RIVALS]
        found = [Beaten(i, round(values[best] - values[i], 4), "score") for i in others]
        # Alone these would have been ahead: what they lean on has cost them their place.
        leaners = [i for i in values if i not in others and i != best and gains[i] > values[best]]
        leaners.sort(key=lambda i: (-gains[i], i))
        found += [Beaten(i, round(values[best] - values[i], 4), "leans") for i in leaners[:_RIVALS]]
        return tuple(found)

    def _take(self, i: int, needed_by: int | None, rivals: tuple[Beaten, ...]) -> None:
        import numpy as np

        alive = self._left - self.repeats
        said = [j for j in np.flatnonzero(self._same[i]).tolist() if j in alive]
        self.repeats.update(said)
        lost = [Beaten(j, round(float(self._score[i] - self._score[j]), 4), "same") for j in said]
        theme = self._themes[i]
        self._turns[i] = _Turn(
            needs=self._leant_on(i),
            redundancy=round(-self._model.redundancy * float(self._nearest[i]), 4) + 0.0,
            covers=theme if theme not in self._covered else None,
            needed_by=needed_by,
            beat=(*rivals, *lost),
        )
        self._covered.add(theme)
        self._order.append(i)
        self._left.remove(i)
        self._nearest = np.maximum(self._nearest, self._alike[i])

    def _leant_on(self, i: int) -> tuple[int, ...]:
        """What a position needs of what is chosen, directly or by what that needs, in document order."""
        found: set[int] = set()
        for need in self._direct[i]:
            one = next((j for j in need if j in self._turns), need[0] if need else None)
            if one is not None:
                found.add(one)
                found.update(self._turns[one].needs if one in self._turns else ())
        return tuple(sorted(found))
