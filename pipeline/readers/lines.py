"""JSON Lines one line at a time: files of any size in the memory of a line, standard input as it comes."""

from __future__ import annotations

import codecs
from collections.abc import Callable, Iterable, Iterator
from contextlib import suppress
from functools import partial
from itertools import chain
from pathlib import Path
from typing import IO

from ..records import Article, Failure, Limits, Reading, Unreadable
from .article import File
from .encodings import Decoded, decode
from .jsons import is_record, read_line

#: Endings of files that are read so.
LINES = (".jsonl", ".ndjson")
_CHUNK = 1 << 20
_UTF_8 = ("utf-8", "utf-8-sig")


def lines_of_file(name: str, shown: str, reading: Reading) -> Iterator[Article | Failure] | None:
    """Articles of a JSON Lines file; None for one whose encoding only its whole tells.

    Raises
    ------
    OSError
        When it can't be read.
    """
    encoding = _utf_8(Path(name))
    return None if encoding is None else _of_file(name, File(shown, b"", reading), Decoded("", encoding))


def lines_of_stream(
    stream: IO[bytes], shown: str, reading: Reading
) -> tuple[Iterator[Article | Failure] | None, bytes]:
    """Articles of a stream that begins with a record on a line of its own, each as soon as its line is there.

    Returns
    -------
    articles
        None where it begins with something else.
    head
        What was read to see that.
    """
    head = stream.readline(reading.limits.file_bytes + 1)
    if not head.endswith(b"\n") or not _begins(head.removeprefix(codecs.BOM_UTF8), reading.limits):
        return None, head
    rest = iter(partial(stream.readline, reading.limits.file_bytes + 1), b"")
    lines = chain((head.removeprefix(codecs.BOM_UTF8),), rest)
    return _articles(lines, File(shown, b"", reading), decode), b""


def lines_in(name: str) -> int:
    """How many lines a file has; one where it can't be read."""
    count, last = 0, b"\n"
    try:
        with Path(name).open("rb") as stream:
            while chunk := stream.read(_CHUNK):
                count, last = count + chunk.count(b"\n"), chunk[-1:]
    except OSError:
        return 1
    return count + (last != b"\n")


def _of_file(name: str, file: File, found: Decoded) -> Iterator[Article | Failure]:
    with Path(name).open("rb") as stream:
        if found.encoding == "utf-8-sig":
            stream.seek(len(codecs.BOM_UTF8))
        lines = iter(partial(stream.readline, file.limits.file_bytes + 1), b"")
        yield from _articles(lines, file, lambda line: Decoded(line.decode("utf-8"), found.encoding))


def _articles(
    lines: Iterable[bytes], file: File, decoded: Callable[[bytes], Decoded]
) -> Iterator[Article | Failure]:
    """An article for each line that is not blank; of one that is too long, a failure."""
    empty, begun, number = True, True, 0
    for data in lines:
        number += begun
        place = f"{file.path}:{number}"
        if not begun or not data.strip():  # the rest of a line that was too long
            begun = data.endswith(b"\n")
            continue
        begun, empty = data.endswith(b"\n"), False
        if len(data) > file.limits.file_bytes:
            yield Failure(place, "read", "too-large", f"> {file.limits.file_bytes:,}")
            continue
        begun = True
        try:
            found = decoded(data.removesuffix(b"\n"))
            yield read_line(file, found, place, f"{file.stem}-{number}", found.text)
        except Unreadable as error:
            yield error.failure(place)
        except Exception as error:  # as `readers.articles_of` does, for a line
            yield Failure(place, "read", "error", f"{type(error).__name__}: {str(error)[:300]}")
    if empty:
        yield Failure(file.path, "read", "empty")


def _begins(line: bytes, limits: Limits) -> bool:
    with suppress(Unreadable):
        return line.lstrip()[:1] == b"{" and is_record(decode(line).text, limits)
    return False


def _utf_8(path: Path) -> str | None:
    """The encoding of a file that is UTF-8 without a fault; None for any other."""
    decoder = codecs.getincrementaldecoder("utf-8")()
    with path.open("rb") as stream:
        head = stream.read(_CHUNK)
        try:
            found = decode(head[: head.rfind(b"\n") + 1] or head)
            if found.encoding not in _UTF_8 or found.notes:
                return None
            chunk = head
            while chunk:
                if "\0" in decoder.decode(chunk):
                    return None
                chunk = stream.read(_CHUNK)
            decoder.decode(b"", final=True)
        except (Unreadable, UnicodeDecodeError):
            return None
    return found.encoding
