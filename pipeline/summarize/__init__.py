"""Extractive summaries: which sentences, in which order.

Adding a method is adding a function to `METHODS`.
"""

from __future__ import annotations

from collections.abc import Callable

from .baselines import centroid, lead, lexrank, textrank
from .choose import Ties, choose, of_theme
from .draft import Draft, Ranked, Why
from .editor import editor
from .needs import unmet
from .notes import notes
from .positions import Ranking, draft_of
from .query import Query

__all__ = [
    "METHODS",
    "Draft",
    "Query",
    "Ranked",
    "Ranking",
    "Ties",
    "Why",
    "choose",
    "draft_of",
    "notes",
    "of_theme",
    "unmet",
]

#: By name, for ``--method``: what may be chosen, into all of it in order of merit.
METHODS: dict[str, Callable[[Draft], Ranked]] = {
    "editor": editor,
    "lexrank": lexrank,
    "textrank": textrank,
    "centroid": centroid,
    "lead": lead,
}
