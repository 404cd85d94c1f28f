"""What the sentences of a draft lean on, as positions: what cohesion found, for this reader."""

from __future__ import annotations

from collections.abc import Collection, Sequence

from ..records import Draft, Salience

#: What a sentence needs: one of these positions, the nearest first. Empty: there is none to be had.
Need = tuple[int, ...]


def needs_of(draft: Draft, salience: Salience) -> tuple[tuple[Need, ...], ...]:
    """What each unit of a draft leans on; what stands in the article twice, on either place.

    What a reader asked for comes without what it is only joined to.
    """
    needs = tuple(
        tuple(sorted({lean.on for lean in own if not (lean.joins and i in salience.asked)}))
        for i, own in enumerate(draft.leans or [()] * len(draft.units))
    )
    places: dict[int, list[int]] = {}
    for i, first in enumerate(salience.first):
        places.setdefault(first, []).append(i)
    twins = {i: tuple(reversed(own)) for own in places.values() if len(own) > 1 for i in own}
    if not twins:
        return needs
    return tuple(
        tuple(tuple(dict.fromkeys(k for j in need for k in twins.get(j, (j,)) if k < i)) for need in own)
        for i, own in enumerate(needs)
    )


def dangling(needs: Sequence[Sequence[Need]], chosen: Collection[int]) -> tuple[int, ...]:
    """Of the chosen positions those of which a need is not met by another chosen one."""
    taken = set(chosen)
    return tuple(i for i in sorted(taken) if any(taken.isdisjoint(need) for need in needs[i]))
