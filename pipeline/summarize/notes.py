"""What a reader should know of a summary that does not give what was asked for."""

from __future__ import annotations

from collections.abc import Collection

from .draft import Draft
from .query import UNNAMED, answering


def notes(draft: Draft, chosen: Collection[int], query: str, theme: str, length: str) -> tuple[str, ...]:
    """Notes on a summary, as ``configs/messages`` words them in ``[notes]``.

    Parameters
    ----------
    chosen
        Positions in the draft.
    query, theme, length
        What was asked for; `theme` is an id.
    """
    found = []
    if draft.units and not chosen:
        found.append(f"length: {length}")
    answers = answering(draft.answers)
    if draft.answers and not answers:
        found.append(f"query: {query}")
    elif answers and max(draft.answers) <= UNNAMED:
        found.append(f"query-near: {query}")
    elif answers and answers.isdisjoint(chosen):
        found.append(f"query-length: {query}")
    if draft.wanted and all(own != theme for own, _ in draft.themes):
        found.append(f"theme: {theme}")
    return tuple(found)
