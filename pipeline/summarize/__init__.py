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
from .query import Query, answers
from .reasons import kinds_before, reasons

__all__ = [
    "METHODS",
    "Draft",
    "Query",
    "Ranked",
    "Ties",
    "Why",
    "answers",
    "choose",
    "kinds_before",
    "notes",
    "of_theme",
    "reasons",
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
