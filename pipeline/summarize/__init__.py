"""Extractive summaries: which sentences, in which order.

Adding a method is adding a function to `METHODS`.
"""

from __future__ import annotations

from collections.abc import Callable

from .baselines import centroid, lead, lexrank, textrank
from .choose import choose, of_theme
from .draft import Draft, Ranked
from .editor import editor, unmet
from .genres import model_for
from .notes import notes
from .positions import draft_of, indexed
from .query import Query

__all__ = [
    "METHODS",
    "Draft",
    "Query",
    "Ranked",
    "choose",
    "draft_of",
    "indexed",
    "model_for",
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
