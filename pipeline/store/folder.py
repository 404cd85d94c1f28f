"""A folder that is the state of what is written into it: what a second run finds there, it leaves as it is.

The order of every change: what is about to be written is noted; files are written whole and named; the
manifest says that they are there. Whatever ends the process between two of these, the next one finds out.
"""

from __future__ import annotations

import contextlib
import re
import threading
import time
from collections import deque
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Self

from ..readers import read_changed
from ..records import Article, Failure, Known, Reading, Stamp
from ..writers import dump
from .decide import SHARDED, Change, Job, Row, Wanted, change, files_of, gone, is_done, is_unchanged
from .files import remove_all, write_all
from .lock import Lock
from .manifest import Manifest, failure_of
from .shards import write_shards
from .work import LINE, Written

#: Where a folder keeps what is not for readers.
STATE = ".yoyak"
FAILURES = "failures.jsonl"
#: What is written in one go: reports, bytes, and seconds between the first and the last.
_MOST, _BYTES, _SECONDS = 64, 16_000_000, 2.0
#: Faults that may pass by themselves: a file that had one is looked into the next time.
_PASSING = frozenset({"unreadable", "missing", "web", "too-slow", "too-much-memory", "needs-extra"})
_DIGITS = re.compile(r"(\d+)")


@dataclass(slots=True)
class _Given:
    """A record on its way through the steps."""

    input: str
    at: int
    sha256: str
    known: Known | None


@dataclass(slots=True)
class Counts:
    """What became of the records of a run: reports made, reports that were there, failures, copies."""

    made: int = 0
    left: int = 0
    failed: int = 0
    copies: int = 0
    characters: int = 0


@dataclass(slots=True)
class _Hand:
    """What is in hand: to be written in one go."""

    rows: list[tuple[Row, dict[str, bytes]]] = field(default_factory=list)
    stamps: list[Stamp] = field(default_factory=list)
    size: int = 0
    since: float = field(default_factory=time.monotonic)


class Store:
    """A folder held by this process alone.

    Attributes
    ----------
    failures
        Records that failed, this time or before and not tried again, and copies.
    stopping
        Set from outside: no further record is given, and what is in hand is finished.
    waiting
        It waits for a record to be read: a KeyboardInterrupt then is as good as `stopping`.

    Raises
    ------
    FolderBusyError
        Another process writes into the folder.
    DataError
        Its manifest is of another version, or broken.
    OSError
        It can't be written to.
    """

    def __init__(self, folder: Path) -> None:
        self.folder = folder.absolute()
        self._aside = self.folder / STATE
        self._aside.mkdir(parents=True, exist_ok=True)
        self._lock = Lock(self._aside / "lock")
        try:
            self._base = Manifest(self._aside / "manifest.sqlite")
            self._tidy()
        except BaseException:
            self._lock.release()
            raise
        self._guard = threading.RLock()
        self._given: dict[str, deque[_Given]] = {}
        self._open: dict[str, int] = {}
        self._read: dict[str, Stamp] = {}
        self._input, self._at, self._told = "", 0, deque[Known]()
        self._hand = _Hand()
        self._job, self._wanted, self._complete = "", Wanted("", ()), False
        self.failures: list[Failure] = []
        self.counts = Counts()
        self.stopping = self.waiting = False

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self._base.close()
        self._lock.release()

    def _tidy(self) -> None:
        """Take away what a process that was ended has left."""
        remove_all(self._aside, [file.name for file in self._aside.glob("*.part")])
        self._sweep()

    def _sweep(self) -> None:
        if unwanted := self._base.unwanted():
            remove_all(self.folder, unwanted)
            with self._base:
                self._base.want(unwanted)

    def jobs_to_retry(self) -> list[Job]:
        """What was asked for and has failures, or was not done to its end."""
        with_failures = {row.job for row in self._base.failures() if row.status == "failed"}
        return [
            job for key, (job, complete) in self._base.jobs().items() if key in with_failures or not complete
        ]

    # ── what is to be done ─────────────────────────────────────────────────────────────────────────

    def articles(self, key: str, job: Job, wanted: Wanted, reading: Reading) -> Iterator[Article | Failure]:
        """Articles of a job that are new or changed, and failures of reading, in the order of the inputs.

        Parameters
        ----------
        key
            Of the job: the same for the same inputs.
        """
        self._job, self._wanted, self._complete = key, wanted, False
        with self._guard, self._base:
            self._base.put_job(key, job, complete=False)
        items = read_changed(job.inputs, reading, self._held, self._told.append)
        while not self.stopping:
            item = self._next(items)
            if item is None:
                self._complete = not self.stopping
                return
            with self._guard:
                if isinstance(item, Stamp):
                    self._stamped(item)
                    continue
                todo = self._give(item)
            if todo:
                yield item

    def _next(self, items: Iterator[Article | Failure | Stamp]) -> Article | Failure | Stamp | None:
        self.waiting = True
        try:
            return next(items, None)
        except KeyboardInterrupt:  # while it waited for standard input, or a page
            self.stopping = True
            return None
        finally:
            self.waiting = False

    def _held(self, stamp: Stamp) -> Iterator[tuple[Known, str]] | None:
        """What a file held the last time, where it is as it was and all of it is done."""
        with self._guard:
            self._input, self._at = stamp.path, 0
            if not is_unchanged(stamp, self._base.stamp(stamp.path)):
                return None
            rows, some = self._base.rows_of(stamp.path), False
            for row in rows:
                some = True
                if not self._done(row, row.sha256):
                    return None
            return self._known(stamp.path) if some else None

    def _known(self, path: str) -> Iterator[tuple[Known, str]]:
        for row in self._base.rows_of(path):
            if row.known is not None:
                yield row.known, row.detail if row.status == "duplicate" else row.place

    def _done(self, row: Row | None, sha256: str) -> bool:
        return is_done(row, sha256, self._wanted, self._is_there, self._base.waits)

    def _is_there(self, name: str) -> bool:
        return (self.folder / name).is_file()

    def _give(self, item: Article | Failure) -> bool:
        """Note a record that was read; whether there is something to do about it."""
        known = self._told.pop() if self._told else None
        self._told.clear()
        place = item.source.path if isinstance(item, Article) else item.source
        input_, at = self._input or place, self._at
        self._at += 1
        self._base.give(place)
        if isinstance(item, Article):
            row = self._base.row(place)
            # What was a copy the last time is none now.
            if row and row.status != "duplicate" and self._done(row, item.source.sha256):
                self._leave(row)
                return False
        sha256 = known.sha256 if known else ""
        self._given.setdefault(place, deque()).append(_Given(input_, at, sha256, known))
        self._open[input_] = self._open.get(input_, 0) + 1
        return True

    def _leave(self, row: Row) -> None:
        if row.status == "done":
            self.counts.left += 1
            return
        self.failures.append(failure_of(row))
        if row.status == "failed":
            self.counts.failed += 1
        else:
            self.counts.copies += 1

    def _stamped(self, stamp: Stamp) -> None:
        self._input = ""
        self._told.clear()
        if stamp.new:
            self._read[stamp.path] = stamp
            if not self._open.get(stamp.path):
                self._finished(stamp.path)
            return
        for row in self._base.rows_of(stamp.path):
            self._leave(row)
            if row.status != "done":
                self._base.give(row.place)

    # ── what was done ──────────────────────────────────────────────────────────────────────────────

    def put(self, made: Written) -> None:
        """Keep a report."""
        formats = self._wanted.formats
        with self._guard:
            given = self._taken(made.path)
            row = Row(
                made.path, given.input, given.at, made.sha256, self._wanted.mark, "done", made.id, formats,
                job=self._job, own=made.own, known=given.known,
            )  # fmt: skip
            self.counts.made += 1
            self.counts.characters += made.characters
            self._keep(row, made.contents)
            self._settled(given.input)

    def fail(self, failure: Failure) -> None:
        """Keep why there is no report."""
        with self._guard:
            given = self._taken(failure.source)
            copy = failure.reason == "duplicate"
            row = Row(
                failure.source, given.input, given.at, given.sha256, self._wanted.mark,
                "duplicate" if copy else "failed", step=failure.step, reason=failure.reason,
                detail=failure.detail, job=self._job, known=given.known,
            )  # fmt: skip
            self.failures.append(failure)
            if copy:
                self.counts.copies += 1
            else:
                self.counts.failed += 1
            if failure.reason in _PASSING:
                self._base.drop_stamp(given.input)
                self._open[given.input] += 1  # never finished: it gets no stamp
            self._keep(row, {})
            self._settled(given.input)

    def _taken(self, place: str) -> _Given:
        queue = self._given[place]
        given = queue.popleft()
        if not queue:
            del self._given[place]
        return given

    def _settled(self, input_: str) -> None:
        self._open[input_] -= 1
        if not self._open[input_]:
            del self._open[input_]
            if input_ in self._read:
                self._finished(input_)
        hand = self._hand
        late = time.monotonic() - hand.since > _SECONDS
        if len(hand.rows) >= _MOST or hand.size >= _BYTES or late:
            self._flush()

    def _finished(self, input_: str) -> None:
        self._hand.stamps.append(self._read.pop(input_))

    def _keep(self, row: Row, contents: dict[str, bytes]) -> None:
        hand = self._hand
        if not hand.rows:
            hand.since = time.monotonic()
        hand.rows.append((row, contents))
        hand.size += sum(map(len, contents.values()))

    def _flush(self) -> None:
        """Write what is in hand: the files, then the manifest."""
        hand, self._hand = self._hand, _Hand()
        files = {
            f"{row.id}.{name}": content
            for row, contents in hand.rows
            for name, content in contents.items()
            if name != LINE
        }
        if files:
            with self._base:  # should it end here: they are taken away, or written again
                self._base.unwant(name for name in files if not self._is_there(name))
            write_all(self.folder, self._aside, files)
        with self._base:
            for row, contents in hand.rows:
                self._change(row, contents)
            for stamp in hand.stamps:
                for old in self._base.not_given(stamp.path):
                    self._apply(gone(old))
                    self._base.drop(old.place)
                self._base.put_stamp(stamp)
        self._sweep()
        write_shards(self.folder, self._aside, self._base, full=True)

    def _change(self, row: Row, contents: dict[str, bytes]) -> None:
        made = change(self._base.row(row.place), row)
        self._apply(made)
        kept = made.row
        if LINE in contents:
            number = self._base.next_number() if kept.number is None else kept.number
            kept = replace(kept, number=number)
            self._base.stage(number, contents[LINE])
        self._base.put(kept)
        self._base.want(files_of(kept.id, kept.formats))

    def _apply(self, made: Change) -> None:
        if made.unwanted:
            id_ = made.unwanted[0].rpartition(".")[0]
            if not self._base.owned(id_, made.row.place):
                self._base.unwant(made.unwanted)
        if made.spoilt is not None:
            self._base.spoil(made.spoilt)

    # ── the end ────────────────────────────────────────────────────────────────────────────────────

    def finish(self) -> None:
        """Write what is in hand, the last shard, and ``failures.jsonl``."""
        with self._guard:
            self._flush()
            if self._complete:
                with self._base:
                    for row in self._base.failures_not_given(self._job):
                        self._base.drop(row.place)
                    job, _ = self._base.jobs()[self._job]
                    self._base.put_job(self._job, job, complete=True)
            write_shards(self.folder, self._aside, self._base, full=False)
            self._write_failures()

    def _write_failures(self) -> None:
        rows = [row for row in self._base.failures() if row.status == "failed"]
        rows.sort(key=lambda row: (_natural(row.input), _natural(row.place)))
        content = "".join(dump(failure_of(row)) + "\n" for row in rows).encode("utf-8")
        file = self.folder / FAILURES
        if not content:
            file.unlink(missing_ok=True)
        elif not file.is_file() or file.read_bytes() != content:
            write_all(self.folder, self._aside, {FAILURES: content})


def _natural(text: str) -> list[tuple[int, int, str]]:
    """A key by which ``a:2`` comes before ``a:10``."""
    parts = _DIGITS.split(text)
    return [(1, int(part), "") if n % 2 else (0, 0, part) for n, part in enumerate(parts)]


def failures_in(folder: Path) -> list[Failure]:
    """Failures and copies of a folder, as its manifest tells; of one without, those of ``failures.jsonl``."""
    from ..writers.json import load_record

    file = folder / STATE / "manifest.sqlite"
    if file.is_file():
        base = Manifest(file)
        with contextlib.closing(base):
            return [failure_of(row) for row in base.failures()]
    if (folder / FAILURES).is_file():
        lines = (folder / FAILURES).read_bytes().splitlines()
        return [load_record(Failure, line) for line in lines if line.strip()]
    return []


__all__ = ["FAILURES", "SHARDED", "STATE", "Counts", "Store", "failures_in"]
