"""Files into articles. Adding an input format is adding a function here to `READERS`."""

from __future__ import annotations

import os
import sys
import time
from collections.abc import Callable, Iterable, Iterator
from dataclasses import replace
from pathlib import Path

from ..records import Article, Failure, Known, Reading, Stamp, Unreadable
from .article import File
from .columns import read_csv, read_parquet
from .docx import read_docx
from .feed import read_feed
from .finding import STDIN, found_files, shown
from .guard import guarded
from .html import read_html, read_mhtml
from .hwp import read_hwp
from .hwpx import read_hwpx
from .jsons import read_json, read_jsonl
from .lines import LINES, lines_in, lines_of_file, lines_of_stream
from .mail import read_mail
from .packed import members
from .pdf import read_pdf
from .seen import Seen, known_of
from .sniffing import kind_of
from .text import read_text
from .web import Web, is_url

__all__ = ["READERS", "Held", "articles_of", "expected", "read", "read_changed"]

#: What was read in a file as it is now, each with where it was read first; None where that is not known.
Held = Callable[[Stamp], Iterable[tuple[Known, str]] | None]

#: By file-name ending: a file into articles, or into further files (the members of an archive).
READERS: dict[str, Callable[[File], Iterator[Article | Failure | File]]] = {
    ".txt": read_text,
    ".md": read_text,
    ".markdown": read_text,
    ".html": read_html,
    ".htm": read_html,
    ".xhtml": read_html,
    ".mhtml": read_mhtml,
    ".mht": read_mhtml,
    ".rss": read_feed,
    ".atom": read_feed,
    ".xml": read_feed,
    ".rdf": read_feed,
    ".jsonl": read_jsonl,
    ".ndjson": read_jsonl,
    ".json": read_json,
    ".csv": read_csv,
    ".tsv": read_csv,
    ".parquet": read_parquet,
    ".eml": read_mail,
    ".docx": read_docx,
    ".hwp": read_hwp,
    ".hwpx": read_hwpx,
    ".pdf": read_pdf,
    ".zip": members,
}

#: Read by libraries that no hostile file may keep busy.
_GUARDED = frozenset({
    ".html", ".htm", ".xhtml", ".mhtml", ".mht", ".rss", ".atom", ".xml", ".rdf", ".eml", ".docx", ".hwp",
    ".hwpx", ".pdf",
})  # fmt: skip

#: Formats of yesterday, and what to save them as.
_OLD = {
    ".doc": ".docx",
    ".rtf": ".docx",
    ".odt": ".docx",
    ".xls": ".csv",
    ".xlsx": ".csv",
    ".ppt": ".pdf",
    ".pptx": ".pdf",
}


def read(
    inputs: str | os.PathLike[str] | Iterable[str | os.PathLike[str]], reading: Reading | None = None
) -> Iterator[Article | Failure]:
    """Read articles from files, folders (recursively), glob patterns, addresses, or ``-`` for standard input.

    Parameters
    ----------
    inputs
        One input or several. They are read in the order of their names, whatever order they are given in,
        and a file that is reached twice is read once.
    reading
        Limits, how the web is asked, which field of a record holds what.

    Yields
    ------
    Article or Failure
        A failure for what can't be read; the rest goes on. The second copy of an article (same bytes, or the
        same page under the same title) is a failure whose reason is ``duplicate``.
    """
    for item in read_changed(inputs, reading, lambda stamp: None, lambda known: None):
        if not isinstance(item, Stamp):
            yield item


def read_changed(
    inputs: str | os.PathLike[str] | Iterable[str | os.PathLike[str]],
    reading: Reading | None,
    held: Held,
    told: Callable[[Known], object],
) -> Iterator[Article | Failure | Stamp]:
    """As `read`, but files that are as they were are left unread.

    Parameters
    ----------
    held
        Asked about each file before it is opened. A file is left unread when each of its articles would be
        taken for the copy, or the first, that it was the last time.
    told
        Called before each article, and each copy of one, with what it is known by.

    Yields
    ------
    Article or Failure or Stamp
        A stamp after all that a file holds; none behind an address, standard input or a file that can't be
        looked at.
    """
    reading = reading or Reading()
    given = [inputs] if isinstance(inputs, str | os.PathLike) else list(inputs)
    seen = Seen()

    def unchanged(stamp: Stamp) -> bool:
        known = held(stamp)
        return known is not None and all(seen.first(one) == first for one, first in known)

    for item in _items(sorted(os.fspath(one) for one in given), reading, unchanged):
        if isinstance(item, Article):
            told(known := known_of(item))
            yield seen.take(item, known)
        else:
            yield item


def _items(
    names: list[str], reading: Reading, unchanged: Callable[[Stamp], bool]
) -> Iterator[Article | Failure | Stamp]:
    web: Web | None = None
    try:
        for name in dict.fromkeys(names):
            if is_url(name):
                web = web or Web(reading)
                for found in web.files(name):
                    yield from articles_of(found) if isinstance(found, File) else (found,)
        for path in found_files([name for name in names if not is_url(name)], READERS):
            if isinstance(path, Failure):
                yield replace(path, source=shown(path.source), detail=shown(path.detail))
            elif (stamp := _stamp(path)) is None:
                yield from _read_one(path, reading)
            elif unchanged(stamp):
                yield replace(stamp, new=False)
            else:
                yield from _read_one(path, reading)
                yield stamp
    finally:
        if web is not None:
            web.close()


def expected(inputs: Iterable[str | os.PathLike[str]]) -> int | None:
    """How many articles there will be, as far as that is told without reading them.

    The lines of JSON Lines count, and one for any other file. None for addresses and standard input.
    """
    names = sorted(os.fspath(name) for name in inputs)
    if any(name == STDIN or is_url(name) for name in names):
        return None
    found = (path for path in found_files(names, READERS) if isinstance(path, str))
    return sum(lines_in(path) if os.path.splitext(path)[1].lower() in LINES else 1 for path in found)  # noqa: PTH122


def _stamp(name: str) -> Stamp | None:
    """A file as it is now; None where there is nothing to be said of it."""
    if name == STDIN:
        return None
    looked = time.time_ns()
    try:
        found = Path(name).stat()
    except OSError:
        return None
    return Stamp(shown(name), found.st_size, found.st_mtime_ns, found.st_ctime_ns, looked)


def _read_one(name: str, reading: Reading) -> Iterator[Article | Failure]:
    most, data = reading.limits.file_bytes, b""
    try:
        lines = None
        if name == STDIN:
            lines, data = lines_of_stream(sys.stdin.buffer, STDIN, reading)
        elif os.path.splitext(name)[1].lower() in LINES:  # noqa: PTH122
            lines = lines_of_file(name, shown(name), reading)
        if lines is not None:
            yield from lines
            return
        if name == STDIN:
            data += sys.stdin.buffer.read(most + 1 - len(data))
        else:
            with Path(name).open("rb") as stream:
                data = stream.read(most + 1)
    except OSError as error:
        yield Failure(shown(name), "read", "unreadable", error.strerror or type(error).__name__)
        return
    if len(data) > most:
        yield Failure(shown(name), "read", "too-large", f"> {most:,}")
        return
    yield from articles_of(File(shown(name), data, reading))


def articles_of(file: File) -> Iterator[Article | Failure]:
    """Articles of a file, whatever it turns out to hold. Nothing that is in a file ends the batch."""
    ending = kind_of(file, READERS)
    if ending in _OLD:
        yield Failure(file.path, "read", "old-format", _OLD[ending])
        return
    if ending not in READERS:
        if file.depth == 0:  # pictures in an archive are nobody's business
            yield Failure(file.path, "read", "format", ending)
        return
    empty = True
    try:
        reader = READERS[ending]
        for item in guarded(file, ending, reader) if ending in _GUARDED else reader(file):
            if isinstance(item, File):
                for inner in articles_of(item):
                    empty = False
                    yield inner
            else:
                empty = False
                yield item
    except Unreadable as error:
        yield error.failure(file.path)
        return
    except Exception as error:  # third-party parsers meet hostile bytes: what they raise is the file's fault
        yield Failure(file.path, "read", "error", f"{type(error).__name__}: {str(error)[:300]}")
        return
    if empty:
        yield Failure(file.path, "read", "empty-folder" if ending == ".zip" else "empty", " ".join(READERS))
