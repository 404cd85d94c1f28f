"""Step figures: the quantities that an article reports, each with whose it is, what it measures and when."""

from __future__ import annotations

from .reading import figures_of

__all__ = ["figures_of"]
