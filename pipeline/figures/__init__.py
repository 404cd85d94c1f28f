"""Step figures: the quantities that an article reports, each with whose it is, what it measures and when.

Over a batch: which of them can't both be right, and which are most worth seeing.
"""

from __future__ import annotations

from .compare import disagreements, within
from .reading import figures_of
from .table import tables

__all__ = ["disagreements", "figures_of", "tables", "within"]
