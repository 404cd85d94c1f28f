"""Step figures: the quantities that an article reports, each with whose it is, what it measures and when."""

from __future__ import annotations

from .choosing import Candidate
from .reading import figures_of, read_figures

__all__ = ["Candidate", "figures_of", "read_figures"]
