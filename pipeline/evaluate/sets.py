"""What a labelled set may be used for: ``fit`` to learn from, ``held`` to measure on.

A number on articles that something was fitted to, or mended with in sight, flatters. So every folder of
labelled articles says in ``set.toml`` what it is for; training refuses what is held, and the floors of the
tests stand on it.
"""

from __future__ import annotations

import tomllib
from collections.abc import Iterable
from pathlib import Path
from typing import Final, Literal

from ..records import GoldError

Use = Literal["fit", "held"]
#: The file that says it, in the folder of a set or above.
NAME: Final = "set.toml"


def use_of(path: Path) -> Use | None:
    """What the set that a file or folder belongs to is for; None when nothing says so: data of one's own.

    Raises
    ------
    GoldError
        When ``set.toml`` says neither ``fit`` nor ``held``.
    """
    start = path.resolve()
    for folder in (start, *start.parents) if start.is_dir() else start.parents:
        file = folder / NAME
        if file.is_file():
            try:
                use = tomllib.loads(file.read_text(encoding="utf-8")).get("use")
            except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
                raise GoldError(file, "not-a-set", str(error)) from error
            if use not in ("fit", "held"):
                raise GoldError(file, "not-a-set", f"use = {use!r}")
            return "fit" if use == "fit" else "held"
    return None


def refuse_held(paths: Iterable[Path]) -> None:
    """Raise a `GoldError` for the first path that belongs to, or holds, a set that is held back."""
    for path in paths:
        below = sorted(path.rglob(NAME)) if path.is_dir() else []
        for one in (path, *(file.parent for file in below)):
            if use_of(one) == "held":
                raise GoldError(one, "held-back")
