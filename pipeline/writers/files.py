"""Files that are there whole or not at all."""

from __future__ import annotations

import os
import tempfile
from pathlib import Path


def write_whole(path: Path, content: str | bytes, *, synced: bool = False) -> None:
    """Write a file (text as UTF-8) so that no reader ever sees half of it: beside it, then renamed over it.

    Parameters
    ----------
    synced
        It is on the disk before this returns: it outlives the end of the power, too.

    Raises
    ------
    OSError
        When the folder can't be made or written to; the file that was there before stays.
    """
    path.parent.mkdir(parents=True, exist_ok=True)
    handle, name = tempfile.mkstemp(dir=path.parent, prefix=f".{path.name[:40]}.", suffix=".part")
    partial = Path(name)
    try:
        with os.fdopen(handle, "wb") as file:
            file.write(content.encode("utf-8") if isinstance(content, str) else content)
            if synced:
                file.flush()
                os.fsync(file.fileno())
        # mkstemp makes files that only their owner can read; these are meant to be read.
        partial.chmod(0o666 & ~_umask())
        partial.replace(path)
    except BaseException:
        partial.unlink(missing_ok=True)
        raise


def _umask() -> int:
    mask = os.umask(0)
    os.umask(mask)
    return mask
