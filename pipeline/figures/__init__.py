"""Step figures: the quantities that an article reports, each with whose it is, what it measures and when.

Over a batch: which of them can't both be right, and which are most worth seeing.
"""

from __future__ import annotations

from .choosing import Candidate
from .compare import disagreements, within
from .reading import figures_of, read_figures
from .table import tables

__all__ = ["Candidate", "disagreements", "figures_of", "read_figures", "tables", "within"]
