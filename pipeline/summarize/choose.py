"""A summary out of a ranking: so many sentences, a share of them, or so many characters."""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping, Sequence
from typing import Literal

from .ranked import Ranked

#: A summary in characters fills at least this share of its budget where the article allows.
_LEAST_FILL = 0.8
#: Largest group of sentences that hang together of which every selection is tried.
_LARGEST_GROUP = 8


def choose(
    ranked: Ranked, lengths: Sequence[int], amount: float, unit: Literal["sentences", "share", "chars"]
) -> tuple[int, ...]:
    """Choose a summary from a ranking.

    A length is a limit: what says again what is chosen never fills it, and what was only brought along for
    another sentence comes by its own worth where that one does not fit.

    Parameters
    ----------
    lengths
        Length of everything in code points, by its number in the ranking.
    amount, unit
        A number of sentences, a share of all of them (rounded up), or characters, never exceeded: the
        head of the ranking that fits; while that fills less than 80 %, what does not fit is passed over
        for the next that does. Sentences fit with a space between them; also when their characters alone
        come to the budget exactly, as when it is taken from the sentences of a summary.

    Returns
    -------
    tuple of int
        What is chosen, in document order.
    """
    ranking = [i for i in ranked.order if i not in ranked.repeats]
    if unit != "chars":
        # The tolerance keeps 10 % of 30 at 3, whatever 0.1 * 30 is in binary.
        count = int(amount) if unit == "sentences" else math.ceil(amount * len(ranked.order) - 1e-9)
        return tuple(sorted(_counted(ranking, count, ranked)))
    budget = int(amount)
    stands = [i for i in ranking if i not in ranked.unfit]
    least = _LEAST_FILL * budget
    # As many spaces as there are sentences, but one.
    chosen = _walk(stands, lambda n, used: used + n - 1 <= budget or used == budget, ranked, lengths, least)
    if sum(lengths[i] for i in chosen) < least <= sum(lengths[i] for i in stands):
        chosen = _filled(stands, lengths, budget, ranked) or chosen
    return tuple(sorted(chosen))


def _counted(ranking: Sequence[int], count: int, ranked: Ranked) -> list[int]:
    chosen = _walk(ranking, lambda n, _: n <= count, ranked)
    # An article that is one list and the line above it, of which there is room for one.
    return chosen or [i for i in ranking if not ranked.needs.get(i)][: min(count, 1)]


def _walk(
    ranking: Sequence[int],
    fits: Callable[[int, int], bool],
    ranked: Ranked,
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
        return ranked.salience.get(i, 0.0)

    def take_late(least: float) -> None:
        for one in [one for one in late if worth(one) > least and one not in taken]:
            if taken.keys() >= set(ranked.needs.get(one, ())):
                take([one])

    for i in ranking:
        if not lengths and not fits(len(taken) + 1, 0):
            break  # so many there are: nothing comes any more
        wanted = ranked.brought.get(i)
        if i in taken or (i in ranked.bound and wanted is None):
            continue
        if wanted in known and wanted not in taken:
            package = ranked.package(wanted, taken)
            if known.issuperset(package) and take(package):
                continue
            if i not in ranked.bound:
                late.append(i)
                late.sort(key=lambda one: -worth(one))
        else:
            take_late(worth(i))
            if taken.keys() >= set(ranked.needs.get(i, ())) and take([i]):
                continue
        if used >= enough:
            return [*taken]
    take_late(-math.inf)
    return [*taken]


def _filled(ranking: Sequence[int], lengths: Sequence[int], budget: int, ranked: Ranked) -> list[int]:
    """The best selection that fills the budget, by dynamic programming; empty when there is none.

    A knapsack over groups (Kellerer et al. 2004): sentences that hang together by what they need form a
    group, of which one selection is taken. A sentence is worth the more the higher it ranks, one that was
    brought along the more the higher it would by itself.
    """
    needs = ranked.needs
    alone = sorted(ranking, key=lambda i: -ranked.salience.get(i, 0.0))
    worth = {i: 1 / (2 + place) for place, i in enumerate(ranking)}
    worth |= {i: min(worth[i], 1 / (2 + place)) for place, i in enumerate(alone) if i in ranked.brought}
    # One more everywhere for the space in front; the first sentence has none.
    limit = budget + 1
    # By what it costs the selection worth most, and that of the fewest sentences, which has the most text.
    best: dict[tuple[int, bool], tuple[float, tuple[int, ...]]] = {
        (0, False): (0.0, ()),
        (0, True): (0.0, ()),
    }
    for group in _groups(ranking, needs):
        reached = dict(best)
        for option in _selections(group, ranked):
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


def _selections(group: Sequence[int], ranked: Ranked) -> list[tuple[int, ...]]:
    """What may be taken of a group: whatever has all that it needs. Of a large one, what begins it."""
    needs = ranked.needs
    if len(group) > _LARGEST_GROUP:
        heads = [tuple(group[:n]) for n in range(1, len(group) + 1)]
        return [head for head in heads if _introduces(head, ranked)]
    found = []
    for mask in range(1, 2 ** len(group)):
        option = [i for n, i in enumerate(group) if mask >> n & 1]
        if all(set(needs.get(i, ())) <= set(option) for i in option) and _introduces(option, ranked):
            found.append(tuple(option))
    return found


def _introduces(selection: Sequence[int], ranked: Ranked) -> bool:
    """Whether each line that introduces a list has something of it."""
    return all(any(i in ranked.needs.get(j, ()) for j in selection) for i in selection if i in ranked.bound)


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


def of_theme(ranked: Ranked, own: Sequence[int], count: int) -> tuple[int, ...]:
    """Choose the summary of a theme: the best of its sentences that stand, at most `count`.

    A sentence that leans on one of another theme is passed over; only where the theme has no other, the
    best such sentence brings along what it needs, if all that is within `count`.

    Parameters
    ----------
    own
        Those of the theme, best first.
    """
    known = set(own).difference(ranked.unfit, ranked.repeats)
    stands = [i for i in own if i in known and known.issuperset(ranked.needs.get(i, ()))]
    chosen = _walk(stands, lambda n, _: n <= count, ranked)
    if not chosen:
        place = {i: n for n, i in enumerate(ranked.order)}
        for i in own:
            company = ranked.package(i)
            fits = len(company) <= count and all(place[j] <= place[i] for j in company)
            if i not in ranked.unfit and i not in ranked.bound and fits:
                chosen = company
                break
    return tuple(sorted(chosen))
