"""A summary out of a ranking: so many sentences, a share of them, or so many characters."""

from __future__ import annotations

import math
from collections.abc import Collection, Mapping, Sequence
from typing import Literal

#: A summary in characters fills at least this share of its budget where the article allows.
_LEAST_FILL = 0.8
#: Largest group of sentences that hang together of which every selection is tried.
_LARGEST_GROUP = 8


def choose(
    ranking: Sequence[int],
    lengths: Sequence[int],
    amount: float,
    unit: Literal["sentences", "share", "chars"],
    needs: Mapping[int, Sequence[int]] | None = None,
    unfit: Collection[int] = (),
) -> tuple[int, ...]:
    """Choose a summary from a ranking.

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
    needs
        Positions without which a position does not stand. Where a budget in characters passes one over,
        it passes over what needs it.
    unfit
        Positions that a budget in characters has no use for, as `Ranked` has them.

    Returns
    -------
    tuple of int
        Chosen positions, in document order.
    """
    if unit != "chars":
        # The tolerance keeps 10 % of 30 at 3, whatever 0.1 * 30 is in binary.
        count = int(amount) if unit == "sentences" else math.ceil(amount * len(ranking) - 1e-9)
        return tuple(sorted(ranking[:count]))
    budget = int(amount)
    stands = [i for i in ranking if i not in unfit]
    chosen = _greedy(stands, lengths, budget, needs or {})
    least = _LEAST_FILL * budget
    if sum(lengths[i] for i in chosen) < least <= sum(lengths[i] for i in stands):
        chosen = _filled(stands, lengths, budget, needs or {}) or chosen
    return tuple(sorted(chosen))


def _greedy(
    ranking: Sequence[int], lengths: Sequence[int], budget: int, needs: Mapping[int, Sequence[int]]
) -> list[int]:
    chosen: list[int] = []
    used = 0
    for i in ranking:
        total = used + lengths[i]
        # As many spaces as there are sentences already.
        fits = total + len(chosen) <= budget or total == budget
        if fits and set(needs.get(i, ())) <= set(chosen):
            chosen.append(i)
            used = total
        elif used >= _LEAST_FILL * budget:
            break
    return chosen


def _filled(
    ranking: Sequence[int], lengths: Sequence[int], budget: int, needs: Mapping[int, Sequence[int]]
) -> list[int]:
    """The best selection that fills the budget, by dynamic programming; empty when there is none.

    A knapsack over groups (Kellerer et al. 2004): sentences that hang together by what they need form a
    group, of which one selection is taken. A sentence is worth the more the higher it ranks.
    """
    worth = {i: 1 / (2 + place) for place, i in enumerate(ranking)}
    # One more everywhere for the space in front; the first sentence has none.
    limit = budget + 1
    # By what it costs the selection worth most, and that of the fewest sentences, which has the most text.
    best: dict[tuple[int, bool], tuple[float, tuple[int, ...]]] = {
        (0, False): (0.0, ()),
        (0, True): (0.0, ()),
    }
    for group in _groups(ranking, needs):
        reached = dict(best)
        for option in _selections(group, needs):
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


def _selections(group: Sequence[int], needs: Mapping[int, Sequence[int]]) -> list[tuple[int, ...]]:
    """What may be taken of a group: whatever has all that it needs. Of a large one, what begins it."""
    if len(group) > _LARGEST_GROUP:
        return [tuple(group[:n]) for n in range(1, len(group) + 1)]
    found = []
    for mask in range(1, 2 ** len(group)):
        option = [i for n, i in enumerate(group) if mask >> n & 1]
        if all(set(needs.get(i, ())) <= set(option) for i in option):
            found.append(tuple(option))
    return found


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


def of_theme(
    ranking: Sequence[int],
    own: Sequence[int],
    count: int,
    needs: Mapping[int, Sequence[int]],
    unfit: Collection[int],
) -> tuple[int, ...]:
    """Choose the summary of a theme: the best of its sentences that stand, at most `count`.

    A sentence that leans on one of another theme is passed over; only where the theme has no other, the
    best such sentence brings along what it needs, if all that is within `count`.

    Parameters
    ----------
    own
        Positions of the theme, best first.
    """
    known = set(own).difference(unfit)
    stands = [i for i in own if i in known and set(needs.get(i, ())) <= known]
    chosen: list[int] = []
    for i in stands:
        if len(chosen) < count and set(needs.get(i, ())) <= set(chosen):
            chosen.append(i)
    if not chosen:
        place = {i: n for n, i in enumerate(ranking)}
        for i in own:
            company = [*needs.get(i, ()), i]
            if i not in unfit and len(company) <= count and all(place[j] <= place[i] for j in company):
                chosen = company
                break
    return tuple(sorted(chosen))
