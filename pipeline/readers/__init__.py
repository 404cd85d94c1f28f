"""Files into articles. Adding an input format is adding a function here to `READERS`."""

from __future__ import annotations

import glob
import os
import sys
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path

from ..records import Article, Failure
from .jsonl import read_jsonl
from .text import read_text

#: By file-name ending: bytes of a file into articles. The first argument is the path to report.
READERS: dict[str, Callable[[str, bytes], Iterator[Article | Failure]]] = {
    ".txt": read_text,
    ".md": read_text,
    ".jsonl": read_jsonl,
}

STDIN = "-"


def read(inputs: str | os.PathLike[str] | Iterable[str | os.PathLike[str]]) -> Iterator[Article | Failure]:
    """Read articles from files, folders (recursively), glob patterns, or ``-`` for standard input.

    Parameters
    ----------
    inputs
        One input or several. They are read in the order of their names, whatever order they are given in,
        and a file that is reached twice is read once.

    Yields
    ------
    Article or Failure
        A failure for what can't be read; the rest goes on. The second copy of an article (same bytes) is
        a failure whose reason is ``duplicate``.
    """
    given = [inputs] if isinstance(inputs, str | os.PathLike) else list(inputs)
    seen_paths: set[str] = set()
    first_with: dict[str, str] = {}
    for found in (item for name in sorted(os.fspath(one) for one in given) for item in _expand(name)):
        if isinstance(found, Failure):
            yield found
            continue
        place = found if found == STDIN else os.path.realpath(found)
        if place in seen_paths:
            continue
        seen_paths.add(place)
        for item in _read_one(found):
            if isinstance(item, Article):
                first = first_with.setdefault(item.source.sha256, item.source.path)
                if first != item.source.path:
                    yield Failure(item.source.path, "read", "duplicate", first)
                    continue
            yield item


def _expand(name: str) -> Iterator[str | Failure]:
    path = Path(name)
    if name == STDIN or path.is_file():
        yield name
    elif path.is_dir():
        yield from _walk(name)
    elif glob.has_magic(name):
        matches = sorted(glob.glob(name, recursive=True))  # noqa: PTH207 (absolute patterns)
        if not matches:
            yield Failure(name, "read", "no-match")
        for match in matches:
            yield from _expand(match)
    else:
        yield Failure(name, "read", "missing")


def _walk(folder: str) -> Iterator[str | Failure]:
    """Files below a folder that a reader knows, one directory at a time, so that it starts at once."""
    failed: list[OSError] = []
    empty = True
    for directory, folders, files in os.walk(folder, onerror=failed.append):
        folders[:] = sorted(name for name in folders if not _hidden(name))
        for name in sorted(files):
            if not _hidden(name) and os.path.splitext(name)[1].lower() in READERS:  # noqa: PTH122
                empty = False
                yield os.path.join(directory, name)  # noqa: PTH118 (keeps the user's own spelling)
    for error in failed:
        yield Failure(str(error.filename), "read", "unreadable", error.strerror or "")
    if empty and not failed:
        yield Failure(folder, "read", "empty-folder", " ".join(READERS))


def _hidden(name: str) -> bool:
    return name.startswith((".", "~$")) or name.endswith("~")


def _read_one(name: str) -> Iterator[Article | Failure]:
    suffix = Path(name).suffix.lower()
    if name != STDIN and suffix not in READERS:
        yield Failure(name, "read", "format", suffix)
        return
    try:
        data = sys.stdin.buffer.read() if name == STDIN else Path(name).read_bytes()
    except OSError as error:
        yield Failure(name, "read", "unreadable", error.strerror or str(error))
        return
    yield from READERS[".txt" if name == STDIN else suffix](name, data)
