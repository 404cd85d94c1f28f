"""Clustering of articles by average links, with pairs that may never be together."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from heapq import heapify, heappop, heappush
from math import fsum, log

Score = Callable[[int, int], tuple[float, float] | None]

#: What the two sides of two clusters that are most likely one count beside the mean: by mornings left out.
_SIDES = 0.15
#: The most that one pair counts, in log odds: surer than that is no pair.
_SURE = 4.0


def average_link(pairs: Iterable[tuple[int, int]], score: Score) -> list[list[int]]:
    """Clusters of more than one.

    The two clusters with the highest link are merged, as long as one is likelier than not. A link is the mean
    of the scores in log odds (UPGMA, Sokal and Michener 1958) or, if that is more, to a part the score of the
    two that are most likely sides of one thing: a column and an interview may have little in common but the
    report that both go back to. Work is in proportion to the pairs: only clusters between which one of them
    is likely are looked at.

    Parameters
    ----------
    pairs
        Those worth comparing, each once, the smaller number first.
    score
        How likely two are of one cluster (0..1); 0: they may never be in one (a cannot-link constraint). And
        how likely as different sides of one thing. None for a pair that does not count, and is none of
        `pairs`.

    Returns
    -------
    list of list of int
        Sorted, by their first members. Ties are decided by the smaller numbers.
    """
    members: dict[int, list[int]] = {}
    beside: dict[int, set[int]] = {}
    waiting: list[tuple[float, int, int]] = []
    for i, j in pairs:
        likely = _link([i], [j], score)
        if likely >= 0:
            for one, other in ((i, j), (j, i)):
                members[one] = [one]
                beside.setdefault(one, set()).add(other)
            waiting.append((-likely, i, j))
    heapify(waiting)
    best = {(i, j): mean for mean, i, j in waiting}
    while waiting:
        mean, one, other = heappop(waiting)
        if best.get((one, other)) != mean:
            continue  # one of them has grown since
        members[one] += members.pop(other)
        around = (beside.pop(other) | beside[one]) - {one, other}
        beside[one] = set()
        for third in sorted(around):
            beside[third] -= {one, other}
            for old in (one, other):
                best.pop((min(old, third), max(old, third)), None)
            linked = _link(members[one], members[third], score)
            if linked >= 0:
                pair = (min(one, third), max(one, third))
                best[pair] = -linked
                beside[one].add(third)
                beside[third].add(one)
                heappush(waiting, (-linked, *pair))
        del best[one, other]
    return sorted(sorted(cluster) for cluster in members.values() if len(cluster) > 1)


def _link(ones: list[int], others: list[int], score: Score) -> float:
    """How likely two clusters are one, in log odds; less than 0 where they are not."""
    pairs = (score(min(i, j), max(i, j)) for i in ones for j in others)
    scores = [known for known in pairs if known is not None]
    if min(likely for likely, _ in scores) <= 0:
        return -_SURE
    mean = fsum(_odds(likely) for likely, _ in scores) / len(scores)
    return max(mean, (1 - _SIDES) * mean + _SIDES * max(_odds(sides) for _, sides in scores))


def _odds(likely: float) -> float:
    """A probability as log odds, within bounds."""
    return max(-_SURE, min(_SURE, log(likely / (1 - likely)))) if 0 < likely < 1 else _SURE * (2 * likely - 1)
