"""Names of inputs into names of files: folders, patterns, links, what is hidden or temporary."""

from __future__ import annotations

import glob
import os
import re
import unicodedata
from collections.abc import Collection, Iterable, Iterator
from pathlib import Path

from ..records import Failure

STDIN = "-"
_TEMPORARY = re.compile(
    r"^(?:\.|~\$|#.*#$|thumbs\.db$|desktop\.ini$|__macosx$)|(?:~|\.(?:tmp|temp|swp|swo|part|partial|crdownload|download|bak|lock))$",
    re.IGNORECASE,
)


def shown(name: str) -> str:
    """A file's name as it can be written anywhere: bytes that are no UTF-8, control characters as ``%B1``."""
    if name.isprintable():
        return name
    return "".join(_escaped(char) if unicodedata.category(char) in ("Cc", "Cs") else char for char in name)


def _escaped(char: str) -> str:
    code = ord(char)
    if 0xDC80 <= code <= 0xDCFF:  # how Python keeps such a byte
        code -= 0xDC00
    return f"%{code:02X}" if code < 0x100 else f"%u{code:04X}"


def found_files(names: Iterable[str], endings: Collection[str]) -> Iterator[str | Failure]:
    """Files behind inputs, in the order of their names; a file that is reached twice comes once.

    Parameters
    ----------
    endings
        Of the files that are taken from folders and patterns. A file that is named is taken as it is.
    """
    seen: set[str] = set()
    for name in names:
        for found in _expand(name, endings, set()):
            if isinstance(found, str):
                place = found if found == STDIN else os.path.realpath(found)
                if place in seen:
                    continue
                seen.add(place)
            yield found


def _expand(name: str, endings: Collection[str], folders: set[str]) -> Iterator[str | Failure]:
    try:
        path = Path(name)
        is_file, is_folder = path.is_file(), path.is_dir()
    except (OSError, ValueError) as error:  # a name with a NUL, or too long a one
        yield Failure(name, "read", "unreadable", str(error))
        return
    if name == STDIN or is_file:
        yield name
    elif is_folder:
        yield from _walk(name, endings, folders)
    elif glob.has_magic(name):
        matches = sorted(glob.glob(name, recursive=True))  # noqa: PTH207 (absolute patterns)
        if not matches:
            yield Failure(name, "read", "no-match")
        for match in matches:
            if Path(match).is_file() and Path(match).suffix.lower() not in endings and len(matches) > 1:
                continue
            yield from _expand(match, endings, folders)
    elif path.exists():
        yield Failure(name, "read", "unreadable", "not a regular file")  # a pipe or a device would hang us
    else:
        yield Failure(name, "read", "missing")


def _walk(folder: str, endings: Collection[str], seen: set[str]) -> Iterator[str | Failure]:
    """Files below a folder that a reader knows, one directory at a time, so that it starts at once.

    Links to folders are followed, each folder being entered once: a link to a folder above does not loop.
    """
    queue = [folder]
    empty, failed = True, False
    while queue:
        directory = queue.pop()
        place = os.path.realpath(directory)
        if place in seen:
            continue
        seen.add(place)
        try:
            with os.scandir(directory) as entries:
                found = sorted(
                    (entry.name, entry.is_dir(), entry.is_file())
                    for entry in entries
                    if not _TEMPORARY.search(entry.name)
                )
        except OSError as error:
            failed = True
            yield Failure(directory, "read", "unreadable", error.strerror or "")
            continue
        for name, is_folder, is_file in found:
            path = os.path.join(directory, name)  # noqa: PTH118 (keeps the user's own spelling)
            if not is_folder and os.path.splitext(name)[1].lower() in endings:  # noqa: PTH122
                empty = False
                # A pipe or a device would hang us, a broken link is not there.
                yield path if is_file else Failure(path, "read", "unreadable", "not a regular file")
        queue.extend(os.path.join(directory, name) for name, is_folder, _ in reversed(found) if is_folder)  # noqa: PTH118
    if empty and not failed:
        yield Failure(folder, "read", "empty-folder", " ".join(endings))
