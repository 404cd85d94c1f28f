"""A newsletter that remembers: what came in, what was printed, what was sent.

`base` keeps, `articles` and `issues` ask it, `room` is the whole.
"""

from __future__ import annotations

from pathlib import Path

from .issues import Material
from .room import BASE, CHANGES, FORMATS, INBOX, ISSUES, SETTINGS, Newsroom, create

__all__ = [
    "BASE",
    "CHANGES",
    "FORMATS",
    "INBOX",
    "ISSUES",
    "SETTINGS",
    "Material",
    "Newsroom",
    "create",
    "open",
]


def open(folder: Path | str) -> Newsroom:
    """A newsroom that is there; see `Newsroom`."""
    return Newsroom(Path(folder))
