"""What a reader should know of a summary that does not give what was asked for."""

from __future__ import annotations

from collections.abc import Collection

from .draft import Draft
from .query import ANSWERED


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
    # Of several that answer, those that do so half as well as the best.
    least = max(ANSWERED, max(draft.answers, default=0.0) / 2)
    answering = {i for i, answer in enumerate(draft.answers) if answer >= least}
    if draft.answers and not answering:
        found.append(f"query: {query}")
    elif answering and answering.isdisjoint(chosen):
        found.append(f"query-length: {query}")
    if draft.wanted and all(own != theme for own, _ in draft.themes):
        found.append(f"theme: {theme}")
    return tuple(found)
