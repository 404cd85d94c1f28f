"""Files by their addresses, on this machine or wherever pyarrow reaches: ``s3://``, ``gs://``, ``hdfs://``."""

from __future__ import annotations

import io
import re
from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path, PurePosixPath
from typing import IO, Any

from ..readers.finding import found_files, shown
from ..records import Failure
from .files import write_all

_SCHEME = re.compile(r"[A-Za-z][A-Za-z0-9+.\-]{1,20}://")


@dataclass(frozen=True, slots=True)
class Place:
    """A file to read.

    Attributes
    ----------
    address
        By which any worker finds it.
    name
        As it is reported.
    """

    address: str
    name: str


def is_remote(name: str) -> bool:
    """Whether a name is an address."""
    return _SCHEME.match(name) is not None


def reached(address: str) -> tuple[Any, str]:
    """The file system of an address, and the path in it.

    Raises
    ------
    OSError, ValueError
        There is no such file system, or it does not answer.
    """
    from pyarrow import fs

    if is_remote(address):
        system, path = fs.FileSystem.from_uri(address)
        return system, path
    return fs.LocalFileSystem(), str(Path(address).absolute())


def opened(address: str) -> IO[bytes]:
    """A file, open for reading."""
    system, path = reached(address)
    return io.BufferedReader(system.open_input_file(path))


def places(inputs: Iterable[str], endings: Collection[str]) -> Iterator[Place | Failure]:
    """Files behind names and addresses, in the order of the names; of folders those with the endings."""
    for name in sorted(dict.fromkeys(inputs)):
        if is_remote(name):
            yield from _remote(name, endings)
            continue
        for found in found_files([name], endings):
            if isinstance(found, Failure):
                yield found
            else:
                yield Place(str(Path(found).absolute()), shown(found))


def _remote(address: str, endings: Collection[str]) -> Iterator[Place | Failure]:
    from pyarrow import fs

    try:
        system, path = reached(address)
        found = system.get_file_info(path)
        if found.type == fs.FileType.File:
            yield Place(address, shown(address))
            return
        inside = system.get_file_info(fs.FileSelector(path, recursive=True))
    except (OSError, ValueError) as error:
        yield Failure(address, "read", "unreadable", str(error))
        return
    root, empty = address.rstrip("/"), True
    for one in sorted(inside, key=lambda one: str(one.path)):
        below = one.path.removeprefix(path.rstrip("/")).lstrip("/")
        hidden = any(part.startswith((".", "_")) for part in PurePosixPath(below).parts)
        if one.type == fs.FileType.File and not hidden and PurePosixPath(below).suffix.lower() in endings:
            empty = False
            yield Place(f"{root}/{below}", shown(f"{root}/{below}"))
    if empty:
        yield Failure(address, "read", "empty-folder", " ".join(endings))


class Folder:
    """A folder that is written into, at any address.

    Raises
    ------
    OSError, ValueError
        It can't be reached or made.
    """

    def __init__(self, address: str) -> None:
        from pyarrow import fs

        self.address = address
        self._system, self._path = reached(address)
        self._local = isinstance(self._system, fs.LocalFileSystem)
        self._system.create_dir(self._path, recursive=True)

    def names(self) -> list[str]:
        """Names of the files in it."""
        from pyarrow import fs

        found = self._system.get_file_info(fs.FileSelector(self._path, allow_not_found=True))
        return sorted(one.base_name for one in found if one.type == fs.FileType.File)

    def read(self, name: str) -> bytes | None:
        """A file; None for one that is not there."""
        try:
            with self._system.open_input_file(f"{self._path}/{name}") as stream:
                return bytes(stream.read())
        except FileNotFoundError:
            return None

    def open(self, name: str) -> Any:
        """A file, open for reading."""
        return self._system.open_input_file(f"{self._path}/{name}")

    def write(self, name: str, content: bytes) -> None:
        """Write a file whole: it gets its name when all of it is there, as in object stores."""
        if self._local:
            write_all(Path(self._path), Path(self._path), {name: content})
            return
        with self._system.open_output_stream(f"{self._path}/{name}") as stream:
            stream.write(content)

    def remove(self, name: str) -> None:
        """Remove a file that may be gone already."""
        try:
            self._system.delete_file(f"{self._path}/{name}")
        except FileNotFoundError:
            return
