"""Sentences into themes: what a sentence says, and where it stands."""

from __future__ import annotations

from .assign import Assignment, assign
from .check import Finding, check
from .discover import FoundTheme, discover, left_in, looked_at, with_found
from .evidence import Evidence, gather, gather_all
from .plane import Plane, plane
from .prepare import Prepared, prepare
from .reasons import Reason, reasons
from .suggest import Suggestion, suggest

__all__ = [
    "Assignment",
    "Evidence",
    "Finding",
    "FoundTheme",
    "Plane",
    "Prepared",
    "Reason",
    "Suggestion",
    "assign",
    "check",
    "discover",
    "gather",
    "gather_all",
    "left_in",
    "looked_at",
    "plane",
    "prepare",
    "reasons",
    "suggest",
    "with_found",
]
