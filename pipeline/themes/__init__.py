"""Sentences into themes: what a sentence says, and where it stands."""

from __future__ import annotations

from .assign import Assignment, assign
from .evidence import Evidence, gather
from .prepare import Prepared, prepare

__all__ = ["Assignment", "Evidence", "Prepared", "assign", "gather", "prepare"]
