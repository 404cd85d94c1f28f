"""The manifest of a folder: what is in it, out of which record, under which settings. Decides nothing.

SQLite's write-ahead log makes a change whole or none, across the end of a process and of the power.
"""

from __future__ import annotations

import json
import sqlite3
import zlib
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import astuple, replace
from pathlib import Path
from typing import Any

from ..records import DataError, Failure, Known, Stamp
from .decide import Job, Row

#: Of the tables below; a folder of another version is refused.
VERSION = 2
_TABLES = """
CREATE TABLE records (
  place TEXT PRIMARY KEY, input TEXT NOT NULL, at INTEGER NOT NULL, sha256 TEXT NOT NULL, mark TEXT NOT NULL,
  status TEXT NOT NULL, id TEXT NOT NULL, formats TEXT NOT NULL, number INTEGER, step TEXT NOT NULL,
  reason TEXT NOT NULL, detail TEXT NOT NULL, job TEXT NOT NULL,
  own TEXT NOT NULL, known BLOB
) WITHOUT ROWID;
CREATE INDEX by_input ON records (input, at);
CREATE INDEX by_id ON records (id);
CREATE INDEX by_status ON records (status);
CREATE UNIQUE INDEX by_number ON records (number) WHERE number IS NOT NULL;
CREATE TABLE inputs (
  path TEXT PRIMARY KEY, size INTEGER, written INTEGER, changed INTEGER, looked INTEGER
) WITHOUT ROWID;
CREATE TABLE jobs (
  key TEXT PRIMARY KEY, inputs TEXT, settings TEXT, formats TEXT, folder TEXT, complete INTEGER
) WITHOUT ROWID;
CREATE TABLE staged (number INTEGER PRIMARY KEY, report BLOB NOT NULL);
CREATE TABLE spoilt (shard INTEGER PRIMARY KEY);
CREATE TABLE unwanted (name TEXT PRIMARY KEY) WITHOUT ROWID;
CREATE TABLE counter (next INTEGER NOT NULL);
INSERT INTO counter VALUES (0);
"""
#: What the tables of version 1 lack.
_SINCE_1 = "ALTER TABLE records ADD COLUMN own TEXT NOT NULL DEFAULT '';"


class Manifest:
    """The tables of a folder.

    Raises
    ------
    DataError
        The file is no manifest, or one of another version.
    OSError
        It can't be written.
    """

    def __init__(self, file: Path) -> None:
        try:
            # Reports are asked for by the thread that reads, too; `Store` sees to it that one asks at a time.
            self._base = sqlite3.connect(file, isolation_level=None, check_same_thread=False)
            self._base.execute("PRAGMA journal_mode=WAL")
            self._base.execute("PRAGMA synchronous=FULL")
            (version,) = self._base.execute("PRAGMA user_version").fetchone()
            if version == 1:
                self._base.executescript(f"BEGIN;{_SINCE_1}PRAGMA user_version={VERSION};COMMIT;")
            elif version not in (0, VERSION):
                raise DataError(file, f"version {version}; this yoyak writes {VERSION}")
            if version == 0:
                self._base.executescript(f"BEGIN;{_TABLES}PRAGMA user_version={VERSION};COMMIT;")
            self._base.execute("CREATE TEMP TABLE given (place TEXT PRIMARY KEY) WITHOUT ROWID")
        except sqlite3.DatabaseError as error:
            raise _told(error, file) from error
        self._file = file

    def close(self) -> None:
        """Fold the log into the file and let go of it."""
        self._base.close()

    def __enter__(self) -> Manifest:
        """Begin a change."""
        self._run("BEGIN IMMEDIATE")
        return self

    def __exit__(self, kind: type[BaseException] | None, *_: object) -> None:
        """End it: all of it is on the disk, or nothing."""
        if kind is None:
            try:
                self._run("COMMIT")
            except OSError:
                self._undo()
                raise
        else:
            self._undo()

    def _undo(self) -> None:
        if self._base.in_transaction:
            self._base.execute("ROLLBACK")

    def _run(self, words: str, values: Sequence[Any] = ()) -> sqlite3.Cursor:
        try:
            return self._base.execute(words, values)
        except sqlite3.DatabaseError as error:
            raise _told(error, self._file) from error

    # ── records ────────────────────────────────────────────────────────────────────────────────────

    def row(self, place: str) -> Row | None:
        """Of a record."""
        found = self._run(f"SELECT {_COLUMNS} FROM records WHERE place = ?", (place,)).fetchone()
        return _row(found) if found else None

    def rows_of(self, path: str) -> Iterator[Row]:
        """Of the records of a file, in their order."""
        return map(_row, self._run(f"SELECT {_COLUMNS} FROM records WHERE input = ? ORDER BY at", (path,)))

    def put(self, row: Row) -> None:
        """Keep a record."""
        known = None if row.known is None else _packed(row.known)
        values = (*astuple(replace(row, known=None))[:_KNOWN], known)
        values = (*values[:_FORMATS], " ".join(row.formats), *values[_FORMATS + 1 :])
        self._run(f"INSERT OR REPLACE INTO records ({_COLUMNS}) VALUES ({_VALUES})", values)

    def drop(self, place: str) -> None:
        """Forget a record."""
        self._run("DELETE FROM records WHERE place = ?", (place,))

    def owned(self, id_: str, place: str) -> bool:
        """Whether another record than the one of a place has this id."""
        found = self._run("SELECT 1 FROM records WHERE id = ? AND place <> ? LIMIT 1", (id_, place))
        return found.fetchone() is not None

    def failures(self) -> Iterator[Row]:
        """Records that failed, and copies."""
        for row in self._run(f"SELECT {_COLUMNS} FROM records WHERE status <> 'done'"):
            yield _row(row)

    def numbered(self, first: int, end: int) -> list[tuple[int, str, tuple[str, ...]]]:
        """Numbers, ids and formats of the reports with these numbers."""
        found = self._run(
            "SELECT number, id, formats FROM records WHERE number >= ? AND number < ? ORDER BY number",
            (first, end),
        )
        return [(number, id_, tuple(names.split())) for number, id_, names in found]

    def next_number(self) -> int:
        """The number of the next report; given once."""
        number = self.numbers()
        self._run("UPDATE counter SET next = ?", (number + 1,))
        return number

    def numbers(self) -> int:
        """How many numbers have been given."""
        ((number,),) = self._run("SELECT next FROM counter").fetchall()
        return int(number)

    # ── what was given this time ───────────────────────────────────────────────────────────────────

    def give(self, place: str) -> None:
        """A record was given; told until `given` is emptied."""
        self._run("INSERT OR IGNORE INTO given VALUES (?)", (place,))

    def not_given(self, path: str) -> list[Row]:
        """Of the records of a file those that were not given."""
        words = f"SELECT {_COLUMNS} FROM records WHERE input = ? AND place NOT IN (SELECT place FROM given)"
        return list(map(_row, self._run(words, (path,))))

    def failures_not_given(self, job: str) -> list[Row]:
        """Of the failures of a job those that were not given."""
        words = (
            f"SELECT {_COLUMNS} FROM records WHERE status <> 'done' AND job = ?"
            " AND place NOT IN (SELECT place FROM given)"
        )
        return list(map(_row, self._run(words, (job,))))

    # ── inputs and jobs ────────────────────────────────────────────────────────────────────────────

    def stamp(self, path: str) -> Stamp | None:
        """How a file was when it was read."""
        found = self._run("SELECT * FROM inputs WHERE path = ?", (path,)).fetchone()
        return Stamp(*found) if found else None

    def put_stamp(self, stamp: Stamp) -> None:
        """Keep how a file was."""
        self._run("INSERT OR REPLACE INTO inputs VALUES (?,?,?,?,?)", astuple(stamp)[:5])

    def drop_stamp(self, path: str) -> None:
        """Forget how a file was: it is read again."""
        self._run("DELETE FROM inputs WHERE path = ?", (path,))

    def jobs(self) -> dict[str, tuple[Job, bool]]:
        """What was asked for, by its key, and whether it was done to its end."""
        return {
            key: (Job(tuple(json.loads(inputs)), settings, tuple(formats.split()), folder), bool(complete))
            for key, inputs, settings, formats, folder, complete in self._run("SELECT * FROM jobs")
        }

    def put_job(self, key: str, job: Job, complete: bool) -> None:
        """Keep what is asked for."""
        inputs = json.dumps(job.inputs)
        values = (key, inputs, job.settings, " ".join(job.formats), job.folder, complete)
        self._run("INSERT OR REPLACE INTO jobs VALUES (?,?,?,?,?,?)", values)

    # ── reports on their way into shards, files on their way out ───────────────────────────────────

    def stage(self, number: int, report: bytes) -> None:
        """Keep a report until its shard is written."""
        self._run("INSERT OR REPLACE INTO staged VALUES (?,?)", (number, report))

    def staged(self, first: int, end: int) -> dict[int, bytes]:
        """Reports that wait, by their numbers."""
        return dict(
            self._run("SELECT number, report FROM staged WHERE number >= ? AND number < ?", (first, end))
        )

    def waiting(self, first: int, end: int) -> int:
        """How many of these reports wait."""
        words = "SELECT COUNT(*) FROM staged WHERE number >= ? AND number < ?"
        ((count,),) = self._run(words, (first, end)).fetchall()
        return int(count)

    def waits(self, number: int) -> bool:
        """Whether a report waits for its shard to be written."""
        return self._run("SELECT 1 FROM staged WHERE number = ?", (number,)).fetchone() is not None

    def spoil(self, shard: int) -> None:
        """A shard has to be written anew."""
        self._run("INSERT OR IGNORE INTO spoilt VALUES (?)", (shard,))

    def to_write(self, size: int) -> list[int]:
        """Shards that have to be written."""
        words = "SELECT DISTINCT number / ? FROM staged UNION SELECT shard FROM spoilt"
        return sorted(shard for (shard,) in self._run(words, (size,)))

    def written(self, shard: int, size: int) -> None:
        """A shard is written."""
        self._run("DELETE FROM staged WHERE number >= ? AND number < ?", (shard * size, (shard + 1) * size))
        self._run("DELETE FROM spoilt WHERE shard = ?", (shard,))

    def unwant(self, names: Iterable[str]) -> None:
        """Files have to go."""
        for name in names:
            self._run("INSERT OR IGNORE INTO unwanted VALUES (?)", (name,))

    def want(self, names: Iterable[str]) -> None:
        """Files are to stay, or are gone."""
        for name in names:
            self._run("DELETE FROM unwanted WHERE name = ?", (name,))

    def unwanted(self) -> list[str]:
        """Files that have to go."""
        return [name for (name,) in self._run("SELECT name FROM unwanted ORDER BY name")]


_COLUMNS = (
    "place, input, at, sha256, mark, status, id, formats, number, step, reason, detail, job, own, known"
)
_FORMATS, _KNOWN = 7, 14
_VALUES = ",".join("?" * (_KNOWN + 1))


def _row(found: tuple[Any, ...]) -> Row:
    known = None if found[_KNOWN] is None else Known(*json.loads(zlib.decompress(found[_KNOWN])))
    values: list[Any] = [*found[:_KNOWN], known]
    values[_FORMATS] = tuple(values[_FORMATS].split())
    return Row(*values)


def _packed(known: Known) -> bytes:
    return zlib.compress(json.dumps(astuple(known), ensure_ascii=False).encode(), 1)


def failure_of(row: Row) -> Failure:
    """Why a record failed."""
    return Failure(row.place, row.step, row.reason, row.detail)


def _told(error: sqlite3.DatabaseError, file: Path) -> OSError | DataError:
    if isinstance(error, sqlite3.OperationalError):
        return OSError(None, str(error), str(file))
    return DataError(file, str(error))
