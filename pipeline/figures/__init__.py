"""Step figures: the quantities that an article reports, each with whose it is, what it measures and when."""

from __future__ import annotations

from .find import find

__all__ = ["find"]
