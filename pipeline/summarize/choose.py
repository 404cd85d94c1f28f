"""A summary out of a ranking: so many sentences, a share of them, or so many characters."""

from __future__ import annotations

import math
from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Literal

from .draft import Ranked

#: A summary in characters fills at least this share of its budget where the article allows.
_LEAST_FILL = 0.8
#: Largest group of sentences that hang together of which every selection is tried.
_LARGEST_GROUP = 8


@dataclass(frozen=True, slots=True, kw_only=True)
class Ties:
    """What keeps a sentence from being taken by itself.

    Attributes
    ----------
    needs
        Positions without which a position does not stand, directly or by what those need.
    unfit
        Positions that a budget in characters has no use for, as `Ranked` has them.
    repeats
        Those of them that say what one ranked above them says: no budget has a use for them.
    brought
        Positions ranked where they are only because another one, their value, needs them.
    bound
        Those of them that say nothing without it: the line that introduces a list; and such lines below which
        there is nothing.
    salience
        By position, for those brought along: what they are worth by themselves.
    """

    needs: Mapping[int, tuple[int, ...]] = field(default_factory=dict)
    unfit: Collection[int] = ()
    repeats: Collection[int] = ()
    brought: Mapping[int, int] = field(default_factory=dict)
    bound: Collection[int] = ()
    salience: Mapping[int, float] = field(default_factory=dict)

    @classmethod
    def of(cls, ranked: Ranked, first: Sequence[int], places: Sequence[int] | None = None) -> Ties:
        """The ties of a ranking; whatever the method, what says the same in the same words is a repeat.

        Parameters
        ----------
        first
            For each position the first that says the same in the same words.
        places
            What to call the positions of the ranking. Default: as they are.
        """
        at = range(len(first)) if places is None else places
        told: set[int] = set()
        repeats = set(ranked.repeats)
        for i in ranked.order:
            if i not in repeats and first[i] in told:
                repeats.add(i)
            elif i not in repeats:
                told.add(first[i])
        return cls(
            needs={at[i]: tuple(at[j] for j in one) for i, one in enumerate(ranked.needs)},
            unfit=frozenset(at[i] for i in ranked.unfit),
            repeats=frozenset(at[i] for i in repeats),
            brought={at[i]: at[j] for i, j in ranked.brought.items()},
            bound=frozenset(at[i] for i in ranked.bound),
            salience={at[i]: one for i, one in enumerate(ranked.salience)},
        )

    def package(self, i: int, taken: Collection[int]) -> list[int]:
        """What has to be taken to take a position."""
        return [*(j for j in self.needs.get(i, ()) if j not in taken), i]


def choose(
    ranking: Sequence[int],
    lengths: Sequence[int],
    amount: float,
    unit: Literal["sentences", "share", "chars"],
    ties: Ties | None = None,
) -> tuple[int, ...]:
    """Choose a summary from a ranking.

    A length is a limit: what says again what is chosen never fills it, and what was only brought along for
    another sentence comes by its own worth where that one does not fit.

    Parameters
    ----------
    ranking
        Positions, best first.
    lengths
        Length of every position in code points.
    amount, unit
        A number of sentences, a share of all of them (rounded up), or characters, never exceeded: the
        head of the ranking that fits; while that fills less than 80 %, what does not fit is passed over
        for the next that does. Sentences fit with a space between them; also when their characters alone
        come to the budget exactly, as when it is taken from the sentences of a summary.

    Returns
    -------
    tuple of int
        Chosen positions, in document order.
    """
    ties = ties or Ties()
    if unit != "chars":
        # The tolerance keeps 10 % of 30 at 3, whatever 0.1 * 30 is in binary.
        count = int(amount) if unit == "sentences" else math.ceil(amount * len(ranking) - 1e-9)
        return tuple(sorted(_counted([i for i in ranking if i not in ties.repeats], count, ties)))
    budget = int(amount)
    stands = [i for i in ranking if i not in ties.unfit and i not in ties.repeats]
    chosen = _measured(stands, lengths, budget, ties)
    least = _LEAST_FILL * budget
    if sum(lengths[i] for i in chosen) < least <= sum(lengths[i] for i in stands):
        chosen = _filled(stands, lengths, budget, ties) or chosen
    return tuple(sorted(chosen))


def _counted(ranking: Sequence[int], count: int, ties: Ties) -> list[int]:
    chosen = _walk(ranking, lambda n, _: n <= count, ties)
    # An article that is one list and the line above it, of which there is room for one.
    return chosen or [i for i in ranking if not ties.needs.get(i)][: min(count, 1)]


def _measured(ranking: Sequence[int], lengths: Sequence[int], budget: int, ties: Ties) -> list[int]:
    # As many spaces as there are sentences, but one.
    return _walk(
        ranking, lambda n, used: used + n - 1 <= budget or used == budget, ties, lengths, _LEAST_FILL * budget
    )


def _walk(
    ranking: Sequence[int],
    fits: Callable[[int, int], bool],
    ties: Ties,
    lengths: Sequence[int] = (),
    enough: float = math.inf,
) -> list[int]:
    """Take what fits, best first, and what stands only together with others together with them.

    Parameters
    ----------
    fits
        Whether so many sentences of so many characters are within the budget.
    enough
        Characters from which on nothing is passed over for a worse one.
    """
    known = set(ranking)
    taken: dict[int, None] = {}
    used = 0
    late: list[int] = []  # what came for another one that does not fit, best first

    def take(some: Sequence[int]) -> bool:
        nonlocal used
        more = sum(lengths[i] for i in some) if lengths else 0
        if not fits(len(taken) + len(some), used + more):
            return False
        taken.update(dict.fromkeys(some))
        used += more
        return True

    def worth(i: int) -> float:
        return ties.salience.get(i, 0.0)

    def take_late(least: float) -> None:
        for one in [one for one in late if worth(one) > least and one not in taken]:
            if taken.keys() >= set(ties.needs.get(one, ())):
                take([one])

    for i in ranking:
        wanted = ties.brought.get(i)
        if i in taken or (i in ties.bound and wanted is None):
            continue
        if wanted in known and wanted not in taken:
            package = ties.package(wanted, taken)
            if known.issuperset(package) and take(package):
                continue
            if i not in ties.bound:
                late.append(i)
                late.sort(key=lambda one: -worth(one))
        else:
            take_late(worth(i))
            if taken.keys() >= set(ties.needs.get(i, ())) and take([i]):
                continue
        if used >= enough:
            return [*taken]
    take_late(-math.inf)
    return [*taken]


def _filled(ranking: Sequence[int], lengths: Sequence[int], budget: int, ties: Ties) -> list[int]:
    """The best selection that fills the budget, by dynamic programming; empty when there is none.

    A knapsack over groups (Kellerer et al. 2004): sentences that hang together by what they need form a
    group, of which one selection is taken. A sentence is worth the more the higher it ranks, one that was
    brought along the more the higher it would by itself.
    """
    needs = ties.needs
    alone = sorted(ranking, key=lambda i: -ties.salience.get(i, 0.0))
    worth = {i: 1 / (2 + place) for place, i in enumerate(ranking)}
    worth |= {i: min(worth[i], 1 / (2 + place)) for place, i in enumerate(alone) if i in ties.brought}
    # One more everywhere for the space in front; the first sentence has none.
    limit = budget + 1
    # By what it costs the selection worth most, and that of the fewest sentences, which has the most text.
    best: dict[tuple[int, bool], tuple[float, tuple[int, ...]]] = {
        (0, False): (0.0, ()),
        (0, True): (0.0, ()),
    }
    for group in _groups(ranking, needs):
        reached = dict(best)
        for option in _selections(group, ties):
            cost = sum(lengths[i] + 1 for i in option)
            gain = sum(worth[i] for i in option)
            for (used, fewest), (value, taken) in best.items():
                if used + cost > limit:
                    continue
                state, made = (used + cost, fewest), (value + gain, taken + option)
                known = reached.get(state)
                if known is None or _order(made, fewest) > _order(known, fewest):
                    reached[state] = made
        best = reached
    full = [
        (value, -cost, taken)
        for (cost, _), (value, taken) in best.items()
        if cost - len(taken) >= _LEAST_FILL * budget
    ]
    return list(max(full)[2]) if full else []


def _order(selection: tuple[float, tuple[int, ...]], fewest: bool) -> tuple[float, float]:
    value, taken = selection
    return (-len(taken), value) if fewest else (value, -len(taken))


def _selections(group: Sequence[int], ties: Ties) -> list[tuple[int, ...]]:
    """What may be taken of a group: whatever has all that it needs. Of a large one, what begins it."""
    needs = ties.needs
    if len(group) > _LARGEST_GROUP:
        heads = [tuple(group[:n]) for n in range(1, len(group) + 1)]
        return [head for head in heads if _introduces(head, ties)]
    found = []
    for mask in range(1, 2 ** len(group)):
        option = [i for n, i in enumerate(group) if mask >> n & 1]
        if all(set(needs.get(i, ())) <= set(option) for i in option) and _introduces(option, ties):
            found.append(tuple(option))
    return found


def _introduces(selection: Sequence[int], ties: Ties) -> bool:
    """Whether each line that introduces a list has something of it."""
    return all(any(i in ties.needs.get(j, ()) for j in selection) for i in selection if i in ties.bound)


def _groups(ranking: Sequence[int], needs: Mapping[int, Sequence[int]]) -> list[list[int]]:
    head: dict[int, int] = {i: i for i in ranking}

    def root(i: int) -> int:
        while head[i] != i:
            i = head[i]
        return i

    out = [i for i in ranking if any(j not in head for j in needs.get(i, ()))]
    for i in ranking:
        for j in needs.get(i, ()):
            if j in head:
                head[root(i)] = root(j)
    groups: dict[int, list[int]] = {}
    for i in ranking:
        if i not in out:
            groups.setdefault(root(i), []).append(i)
    return list(groups.values())


def of_theme(ranking: Sequence[int], own: Sequence[int], count: int, ties: Ties) -> tuple[int, ...]:
    """Choose the summary of a theme: the best of its sentences that stand, at most `count`.

    A sentence that leans on one of another theme is passed over; only where the theme has no other, the
    best such sentence brings along what it needs, if all that is within `count`.

    Parameters
    ----------
    own
        Positions of the theme, best first.
    """
    known = set(own).difference(ties.unfit, ties.repeats)
    stands = [i for i in own if i in known and known.issuperset(ties.needs.get(i, ()))]
    chosen = _walk(stands, lambda n, _: n <= count, ties)
    if not chosen:
        place = {i: n for n, i in enumerate(ranking)}
        for i in own:
            company = ties.package(i, ())
            fits = len(company) <= count and all(place[j] <= place[i] for j in company)
            if i not in ties.unfit and i not in ties.bound and fits:
                chosen = company
                break
    return tuple(sorted(chosen))
