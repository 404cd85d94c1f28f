"""Files dropped into a newsroom: read when they are new, or not as they were."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

from ..readers import read_changed
from ..records import Article, Failure, Reading, Stamp
from .base import Base

#: Nanoseconds after it was written to in which a file may be written to again unseen.
_TICK = 2_000_000_000


def new_files(folder: Path, inbox: Path, base: Base, reading: Reading) -> Iterator[Article | Failure | Stamp]:
    """What the new files of an inbox hold; a stamp after all that is in a file.

    Places are told from the newsroom's folder on, so that it can move.
    """

    def held(stamp: Stamp) -> tuple[()] | None:
        row = base.one("SELECT mark FROM taken WHERE name = ?", (_name(stamp, folder),))
        return () if row and row[0] == _mark(stamp) else None

    if not inbox.is_dir() or not any(inbox.iterdir()):
        return
    for item in read_changed(inbox, reading, held, lambda known: None):
        if isinstance(item, Article):
            place = _inside(item.source.path, folder)
            yield replace(item, source=replace(item.source, path=place))
        elif isinstance(item, Failure):
            yield replace(item, source=_inside(item.source, folder), detail=_inside(item.detail, folder))
        elif item.new:
            yield item


def stamped(base: Base, stamp: Stamp, folder: Path) -> None:
    """All of a file is taken in: it is left unread until it changes."""
    if stamp.looked - max(stamp.written, stamp.changed) > _TICK:
        values = (_name(stamp, folder), _mark(stamp))
        base.run("INSERT OR REPLACE INTO taken VALUES (?,?)", values)


def _name(stamp: Stamp, folder: Path) -> str:
    return f"file {_inside(stamp.path, folder)}"


def _mark(stamp: Stamp) -> str:
    return f"{stamp.size} {stamp.written} {stamp.changed}"


def _inside(path: str, folder: Path) -> str:
    return path.removeprefix(f"{folder}/").removeprefix(f"{folder}\\")
