"""What a labelled set may be used for: ``fit`` to learn from, ``held`` to measure on.

A number on articles that something was fitted to, or mended with in sight, flatters. So every folder of
labelled articles says in ``set.toml`` what it is for, and who labelled it (``by``); training refuses what is
held, and the floors of the tests stand on it.
"""

from __future__ import annotations

import tomllib
from collections.abc import Iterable
from pathlib import Path
from typing import Any, Final, Literal

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
    found = _set_of(path)
    if found is None:
        return None
    file, said = found
    if said.get("use") not in ("fit", "held"):
        raise GoldError(file, "not-a-set", f"use = {said.get('use')!r}")
    return "fit" if said["use"] == "fit" else "held"


def labelled_by(paths: Iterable[Path]) -> dict[str, list[str]]:
    """Names of the sets that files and folders are of, by who labelled them; data of one's own by ``""``."""
    found: dict[str, list[str]] = {}
    for path in paths:
        own = _set_of(path)
        folder = own[0].parent if own else path
        name = Path(*folder.parts[-3:]).as_posix() if own else folder.name
        names = found.setdefault(str(own[1].get("by", "")) if own else "", [])
        if name not in names:
            names.append(name)
    return found


def _set_of(path: Path) -> tuple[Path, dict[str, Any]] | None:
    """The ``set.toml`` above a file or folder, and what it says."""
    start = path.resolve()
    for folder in (start, *start.parents) if start.is_dir() else start.parents:
        file = folder / NAME
        if file.is_file():
            try:
                return file, tomllib.loads(file.read_text(encoding="utf-8"))
            except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
                raise GoldError(file, "not-a-set", str(error)) from error
    return None


def refuse_held(paths: Iterable[Path]) -> None:
    """Raise a `GoldError` for the first path that belongs to, or holds, a set that is held back."""
    for path in paths:
        below = sorted(path.rglob(NAME)) if path.is_dir() else []
        for one in (path, *(file.parent for file in below)):
            if use_of(one) == "held":
                raise GoldError(one, "held-back")
