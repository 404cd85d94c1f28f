"""The tables of a newsroom: what came in, what was printed, what was sent. Decides nothing.

SQLite's write-ahead log makes a change whole or none, across the end of a process and of the power, and lets
others read meanwhile.
"""

from __future__ import annotations

import os
import sqlite3
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from ..records import DataError

#: Statements that lead from one version of the tables to the next: the n-th to version n + 1.
MIGRATIONS: tuple[tuple[str, ...], ...] = (
    (
        # A version of an article. `state` is new, replaced (by another version), withdrawn (by its
        # publisher), or late: it says anew what an issue has printed.
        "CREATE TABLE articles (key INTEGER PRIMARY KEY AUTOINCREMENT, id TEXT NOT NULL, entry TEXT NOT NULL,"
        " page TEXT NOT NULL, sha256 TEXT NOT NULL, letters TEXT NOT NULL, title TEXT NOT NULL,"
        " named TEXT NOT NULL, publisher TEXT NOT NULL, day TEXT NOT NULL, source TEXT NOT NULL,"
        " gathered TEXT NOT NULL, state TEXT NOT NULL DEFAULT 'new', article BLOB NOT NULL)",
        "CREATE INDEX articles_by_id ON articles (id)",
        "CREATE INDEX articles_by_entry ON articles (entry) WHERE entry <> ''",
        "CREATE INDEX articles_by_page ON articles (page) WHERE page <> ''",
        "CREATE INDEX articles_by_sha256 ON articles (sha256)",
        "CREATE INDEX articles_by_name ON articles (named)",
        "CREATE INDEX articles_by_letters ON articles (letters)",
        # The report of an article, or why there is none; `mark` tells whether it is of today.
        "CREATE TABLE reports (key INTEGER PRIMARY KEY REFERENCES articles, mark TEXT NOT NULL, report BLOB,"
        " step TEXT NOT NULL DEFAULT '', reason TEXT NOT NULL DEFAULT '', detail TEXT NOT NULL DEFAULT '')",
        # What is asked for news, and what it said.
        "CREATE TABLE sources (name TEXT PRIMARY KEY, etag TEXT NOT NULL DEFAULT '',"
        " modified TEXT NOT NULL DEFAULT '', asked TEXT NOT NULL DEFAULT '', well TEXT NOT NULL DEFAULT '',"
        " failures INTEGER NOT NULL DEFAULT 0, reason TEXT NOT NULL DEFAULT '',"
        " detail TEXT NOT NULL DEFAULT '') WITHOUT ROWID",
        # Entries of feeds, and files, that have been taken in, by a mark of what they said.
        "CREATE TABLE taken (name TEXT PRIMARY KEY, mark TEXT NOT NULL) WITHOUT ROWID",
        # An issue holds the articles after `first` up to `last`.
        "CREATE TABLE issues (date TEXT PRIMARY KEY, number INTEGER NOT NULL, first INTEGER NOT NULL,"
        " last INTEGER NOT NULL, since TEXT NOT NULL DEFAULT '', written TEXT NOT NULL, sha256 TEXT NOT NULL,"
        " sent TEXT NOT NULL DEFAULT '', digest BLOB NOT NULL) WITHOUT ROWID",
        "CREATE TABLE printed (issue TEXT NOT NULL, place INTEGER NOT NULL, article TEXT NOT NULL,"
        " sentence INTEGER NOT NULL, text TEXT NOT NULL, title TEXT NOT NULL, publisher TEXT NOT NULL,"
        " url TEXT NOT NULL, PRIMARY KEY (issue, place))",
        "CREATE INDEX printed_by_article ON printed (article)",
        "CREATE VIRTUAL TABLE search USING fts5(issue UNINDEXED, place UNINDEXED, words,"
        " tokenize='unicode61')",
        # `state` is sending (it may have arrived), sent, refused.
        "CREATE TABLE sent (issue TEXT NOT NULL, recipient TEXT NOT NULL, state TEXT NOT NULL,"
        " at TEXT NOT NULL, detail TEXT NOT NULL DEFAULT '', PRIMARY KEY (issue, recipient)) WITHOUT ROWID",
    ),
    (
        # What a list of issues shows of one, as JSON.
        "ALTER TABLE issues ADD COLUMN head TEXT NOT NULL DEFAULT ''",
        # Morphemes of what was printed, and of the title that it stood under.
        "DROP TABLE search",
        "CREATE VIRTUAL TABLE search USING fts5(issue UNINDEXED, place UNINDEXED, words, title,"
        " tokenize='unicode61 remove_diacritics 0')",
    ),
    (
        # A mark of the editor's changes that an issue was written with.
        "ALTER TABLE issues ADD COLUMN changes TEXT NOT NULL DEFAULT ''",
        # What the choice made of an issue's articles; `mark` tells whether it would do so today.
        "CREATE TABLE bases (issue TEXT PRIMARY KEY, mark TEXT NOT NULL, basis BLOB NOT NULL)",
    ),
    (
        # Pages of entries that could not be had in passing: they are asked for whether or not the feed still
        # has the entry.
        "CREATE TABLE waiting (name TEXT PRIMARY KEY, link TEXT NOT NULL, feed TEXT NOT NULL,"
        " title TEXT NOT NULL, tries INTEGER NOT NULL) WITHOUT ROWID",
    ),
)


class Base:
    """A connection to a newsroom's tables, for one thread at a time.

    Raises
    ------
    DataError
        The file is no such base, or one of a later version.
    OSError
        It can't be read or written.
    """

    def __init__(self, file: Path) -> None:
        self.file = file
        try:
            self._base = _connected(file)
        except sqlite3.DatabaseError as error:
            raise _told(error, file) from error
        try:
            self._migrate()
        except BaseException:
            self._base.close()
            raise

    def _migrate(self) -> None:
        """Bring the tables to the version of today, whole or not at all."""
        if self._version() == len(MIGRATIONS):
            return
        with self.change():
            version = self._version()  # another process may have been faster
            if version > len(MIGRATIONS):
                raise DataError(self.file, f"version {version}; this yoyak knows {len(MIGRATIONS)}")
            for statements in MIGRATIONS[version:]:
                for one in statements:
                    self.run(one)
            self.run(f"PRAGMA user_version={len(MIGRATIONS)}")

    def _version(self) -> int:
        return int(self.run("PRAGMA user_version").fetchone()[0])

    def close(self) -> None:
        """Let go of the file."""
        self._base.close()

    @contextmanager
    def change(self) -> Iterator[None]:
        """A context whose statements are all on the disk at its end, or none of them."""
        self.run("BEGIN IMMEDIATE")
        try:
            yield
            self.run("COMMIT")
        except BaseException:
            if self._base.in_transaction:
                self._base.execute("ROLLBACK")
            raise

    def run(self, words: str, values: Sequence[Any] = ()) -> sqlite3.Cursor:
        """Run a statement."""
        try:
            return self._base.execute(words, values)
        except sqlite3.DatabaseError as error:
            raise _told(error, self.file) from error

    def one(self, words: str, values: Sequence[Any] = ()) -> tuple[Any, ...] | None:
        """The first row of what is asked for; None where there is none."""
        found: tuple[Any, ...] | None = self.run(words, values).fetchone()
        return found


def _connected(file: Path) -> sqlite3.Connection:
    """A connection that writes; in a folder that can only be read, one that reads what is whole there."""
    still = not os.access(file.parent, os.W_OK) and not file.with_name(f"{file.name}-wal").exists()
    name = f"{file.absolute().as_uri()}?mode=ro&immutable=1" if still else file
    found = sqlite3.connect(name, timeout=30, isolation_level=None, check_same_thread=False, uri=still)
    if not still:
        found.execute("PRAGMA journal_mode=WAL")
        found.execute("PRAGMA synchronous=FULL")
    return found


def _told(error: sqlite3.DatabaseError, file: Path) -> OSError | DataError:
    if isinstance(error, sqlite3.OperationalError):
        return OSError(None, str(error), str(file))
    return DataError(file, str(error))
