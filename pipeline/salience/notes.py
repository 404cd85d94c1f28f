"""What a reader should know of a summary that does not give what was asked for."""

from __future__ import annotations

from collections.abc import Collection

from ..records import Draft, Note
from .query import UNNAMED, answering


def notes(draft: Draft, chosen: Collection[int], query: str, theme: str, length: str) -> tuple[Note, ...]:
    """Notes on a summary, as ``configs/messages`` words them in ``[notes]``.

    Parameters
    ----------
    chosen
        Indices of units.
    query, theme, length
        What was asked for; `theme` is an id.
    """
    told = []
    if draft.units and not chosen:
        told.append(Note("length", length))
    answers = {draft.units[i].index for i in answering(draft.answers)}
    if draft.answers and not answers:
        told.append(Note("query", query))
    elif answers and max(draft.answers) <= UNNAMED:
        told.append(Note("query-near", query))
    elif answers and answers.isdisjoint(chosen):
        told.append(Note("query-length", query))
    if draft.wanted and all(own != theme for own, _ in draft.themes):
        told.append(Note("theme", theme))
    return tuple(told)
