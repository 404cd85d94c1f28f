"""One process at a time in a folder: a lock that the system lets go of when its process ends, however."""

from __future__ import annotations

import os
import sys
from pathlib import Path
from typing import BinaryIO

from ..records import FolderBusyError


class Lock:
    """A lock on a file, held from the beginning to `release`.

    Raises
    ------
    FolderBusyError
        Another process holds it.
    OSError
        The file can't be made.
    """

    def __init__(self, file: Path) -> None:
        # Opened for appending: what the holder wrote stays for whoever is refused.
        self._file: BinaryIO = file.open("ab+")
        try:
            _take(self._file)
        except OSError as error:
            self._file.seek(1)
            holder = self._file.read(20).decode("ascii", "replace").strip()
            self._file.close()
            raise FolderBusyError(file.parent.parent, holder) from error
        self._file.truncate(0)
        self._file.write(f" {os.getpid()}\n".encode("ascii"))
        self._file.flush()

    def release(self) -> None:
        """Let others in."""
        self._file.close()


if sys.platform == "win32":
    import msvcrt

    def _take(file: BinaryIO) -> None:
        file.seek(0)  # the first byte alone: what stands behind it can be read by others
        msvcrt.locking(file.fileno(), msvcrt.LK_NBLCK, 1)

else:
    import fcntl

    def _take(file: BinaryIO) -> None:
        fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
