"""Why sentences were chosen, as the report tells it."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import replace

from ..records import CONTENT_KINDS, Kind, Reason, Unit
from .draft import Ranked, Why


def reasons(
    ranked: Ranked, indices: Sequence[int], chosen: Collection[int], method: str
) -> tuple[Reason, ...]:
    """Reasons of the chosen sentences, best first.

    Parameters
    ----------
    indices
        Unit index of each position of the draft.
    chosen
        Unit indices.
    method
        Names the only feature of a method that gives no reasons of its own: its salience.
    """
    told = []
    for place, position in enumerate(ranked.order, 1):
        if indices[position] not in chosen:
            continue
        if ranked.explain is not None:
            why = ranked.explain(position)
        else:
            why = Why(score=ranked.salience[position], features={method: ranked.salience[position]})
        told.append(
            Reason(
                sentence=indices[position],
                rank=place,
                score=why.score,
                features=why.features,
                redundancy=why.redundancy,
                covers=why.covers,
                needs=tuple(indices[j] for j in ranked.needs[position]) if ranked.needs else (),
                needed_by=indices[why.needed_by] if why.needed_by is not None else None,
                beat=tuple(replace(one, sentence=indices[one.sentence]) for one in why.beat),
            )
        )
    return tuple(told)


def kinds_before(units: Sequence[Unit]) -> tuple[Kind | None, ...]:
    """For each body sentence and item the kind of the unit right before it, boilerplate left out."""
    kinds: list[Kind | None] = []
    last: Kind | None = None
    for unit in units:
        if unit.kind in CONTENT_KINDS:
            kinds.append(last)
        if unit.kind != "boilerplate":
            last = unit.kind
    return tuple(kinds)
