"""What is to be done, out of the manifest and what is asked: no file and no table is touched here."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace
from typing import Literal

from ..records import Known, Stamp

#: Formats of which a file holds many reports.
SHARDED = ("jsonl", "parquet")
#: Reports in such a file: its bounds depend on nothing but the order of the reports.
SHARD = 1_000
#: Nanoseconds: a file written shorter than this before it was looked at may be written again without a sign
#: of it, for the clocks of file systems tick up to two seconds apart.
TICK = 2_000_000_000

Status = Literal["done", "failed", "duplicate"]
#: What is made again though it is there: nothing, what failed, all.
Again = Literal["nothing", "failed", "all"]


@dataclass(frozen=True, slots=True)
class Row:
    """What became of a record.

    Attributes
    ----------
    place
        Where it is: the file, and its number there.
    input, at
        The file, and its turn in it.
    sha256
        Of its content; empty for what could not be read.
    mark
        Of the settings and the version that it was made with.
    id, formats, number
        Of its report, and the place among all that stand in shards.
    step, reason, detail
        Why there is none: see `Failure`. For a copy the detail is where it was read first.
    job
        Key of what asked for it.
    own
        The record's own id.
    known
        What tells it from copies.
    """

    place: str
    input: str
    at: int
    sha256: str
    mark: str
    status: Status
    id: str = ""
    formats: tuple[str, ...] = ()
    number: int | None = None
    step: str = ""
    reason: str = ""
    detail: str = ""
    job: str = ""
    own: str = ""
    known: Known | None = None


@dataclass(frozen=True, slots=True)
class Job:
    """What was asked for, as it can be asked for again.

    Attributes
    ----------
    settings
        As JSON.
    folder
        The working directory, from which the inputs are named.
    """

    inputs: tuple[str, ...]
    settings: str
    formats: tuple[str, ...]
    folder: str


@dataclass(frozen=True, slots=True)
class Wanted:
    """What a report has to be made with and written as, to be left as it is."""

    mark: str
    formats: tuple[str, ...]
    again: Again = "nothing"


@dataclass(frozen=True, slots=True)
class Change:
    """What a new row makes of an old one.

    Attributes
    ----------
    row
        To be kept; its number is that of the old report.
    unwanted
        Files that go, unless another record has them too.
    spoilt
        The shard that holds the old report, where no new one takes its place.
    """

    row: Row
    unwanted: tuple[str, ...] = ()
    spoilt: int | None = None


def files_of(id_: str, formats: Iterable[str]) -> tuple[str, ...]:
    """Names of the files that hold a report alone."""
    return tuple(f"{id_}.{name}" for name in formats if name not in SHARDED)


def shard_name(shard: int, format_: str) -> str:
    """Name of the file that holds a shard."""
    return f"reports-{shard:05}.{format_}"


def is_done(
    row: Row | None, sha256: str, wanted: Wanted, there: Callable[[str], bool], waits: Callable[[int], bool]
) -> bool:
    """Whether a record has been dealt with, and all that was written of it is there.

    Parameters
    ----------
    there
        Whether a file is in the folder.
    waits
        Whether a report is kept for a shard that is still to be written.
    """
    if row is None or wanted.again == "all" or (row.sha256, row.mark) != (sha256, wanted.mark):
        return False
    if row.status != "done":
        return wanted.again != "failed" or row.status == "duplicate"
    if not set(wanted.formats) <= set(row.formats):
        return False
    if not all(there(name) for name in files_of(row.id, row.formats)):
        return False
    shards = [name for name in row.formats if name in SHARDED]
    if not shards or row.number is None:
        return not shards
    number = row.number
    return waits(number) or all(there(shard_name(number // SHARD, name)) for name in shards)


def is_unchanged(now: Stamp, held: Stamp | None) -> bool:
    """Whether a file is as it was when it was read."""
    if held is None or (now.size, now.written, now.changed) != (held.size, held.written, held.changed):
        return False
    return max(held.written, held.changed) + TICK < held.looked


def change(old: Row | None, new: Row) -> Change:
    """What is kept and what goes when a record has been dealt with anew."""
    if old is None:
        return Change(new)
    if new.status == "done" and (old.status, old.sha256, old.mark) == ("done", new.sha256, new.mark):
        new = replace(new, formats=tuple(dict.fromkeys((*old.formats, *new.formats))))
    kept = files_of(new.id, new.formats) if new.status == "done" else ()
    unwanted = tuple(name for name in files_of(old.id, old.formats) if name not in kept)
    sharded = new.status == "done" and any(name in SHARDED for name in new.formats)
    number = old.number if sharded else None
    spoilt = None if old.number is None or sharded else old.number // SHARD
    return Change(replace(new, number=number), unwanted, spoilt)


def gone(old: Row) -> Change:
    """What goes with a record that is no longer in its file."""
    spoilt = None if old.number is None else old.number // SHARD
    return Change(old, files_of(old.id, old.formats), spoilt)
