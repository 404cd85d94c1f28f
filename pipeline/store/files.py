"""Files that are there whole or not at all, whatever happens: to the process, to the disk, to the power."""

from __future__ import annotations

import contextlib
import os
from collections.abc import Iterable, Mapping
from pathlib import Path


def write_all(folder: Path, aside: Path, contents: Mapping[str, bytes | Path]) -> None:
    """Write files into a folder: all are complete on the disk before the first gets its name.

    Parameters
    ----------
    aside
        A folder on the same disk for what has no name yet; whatever is left there is nobody's.
    contents
        Bytes by the file's name, or a file in `aside` that holds them.

    Raises
    ------
    OSError
        The disk is full, the folder can't be written to: what had a name before has it still.
    """
    made = []
    try:
        for name, content in contents.items():
            partial = content if isinstance(content, Path) else aside / f"{name}.part"
            made.append((partial, name))
            with partial.open("rb+" if isinstance(content, Path) else "wb") as file:
                if not isinstance(content, Path):
                    file.write(content)
                    file.flush()
                os.fsync(file.fileno())
        for partial, name in made:
            partial.replace(folder / name)
    except BaseException:
        for partial, _ in made:
            with contextlib.suppress(OSError):
                partial.unlink(missing_ok=True)
        raise
    sync_folder(folder)


def remove_all(folder: Path, names: Iterable[str]) -> None:
    """Remove files, also those that are gone already."""
    for name in names:
        (folder / name).unlink(missing_ok=True)


def sync_folder(folder: Path) -> None:
    """Have the names in a folder on the disk, where the system can."""
    if os.name == "nt":
        return
    handle = os.open(folder, os.O_RDONLY)
    try:
        with contextlib.suppress(OSError):  # a file system that knows no such thing
            os.fsync(handle)
    finally:
        os.close(handle)
