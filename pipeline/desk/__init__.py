"""An issue corrected in the browser, on this computer: `sheet` keeps it, `actions` change it, `app` answers.

`guard` lets nobody else in.
"""

from __future__ import annotations

from .app import app
from .sheet import Sheet

__all__ = ["Sheet", "app"]
