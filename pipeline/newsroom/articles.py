"""Articles of a newsroom: versions of each, and their reports, made once."""

from __future__ import annotations

import zlib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from hashlib import sha256

from ..korean.spelling import letters_of as title_letters
from ..readers.seen import page
from ..records import Article, Failure, Report
from ..writers import dump, load_report
from ..writers.json import load_record
from .base import Base


@dataclass(frozen=True, slots=True)
class Kept:
    """An article as the tables know it.

    Attributes
    ----------
    key
        Grows with each article that is taken in: issues are stretches of keys.
    entry
        What tells an entry of a feed or a place in a file from the others; the same for each of its versions.
    """

    key: int
    id: str
    entry: str
    page: str
    letters: str
    title: str
    publisher: str
    state: str


_COLUMNS = "key, id, entry, page, letters, title, publisher, state"


def letters_of(article: Article) -> str:
    """A mark of what an article says, whatever stands around it."""
    start, end = article.body
    said = "".join(filter(str.isalnum, article.text[start:end]))
    return sha256(f"{article.title or ''}\n{said}".encode("utf-8", "surrogateescape")).hexdigest()


def same(base: Base, article: Article) -> Kept | None:
    """The article with the same bytes, or the same title and words on the same page, if there is one."""
    at, letters = page(article.source.url or ""), letters_of(article)
    return _first(
        base,
        "sha256 = ? OR (letters = ? AND (page = ? OR page = '' OR ? = ''))",
        (article.source.sha256, letters, at, at),
    )


def earlier(base: Base, entry: str, at: str) -> list[Kept]:
    """Versions of an entry, or of a page, that stand now: the last one first."""
    words = (
        f"SELECT {_COLUMNS} FROM articles WHERE ((entry = ? AND entry <> '') OR (page = ? AND page <> ''))"
    )
    found = base.run(f"{words} AND state IN ('new', 'late') ORDER BY key DESC", (entry, at))
    return [Kept(*row) for row in found]


def by_title(base: Base, publisher: str, letters: str) -> Kept | None:
    """The last article of a publisher whose title has these letters and that stands now."""
    values = (publisher, letters)
    return _first(base, "publisher = ? AND named = ? AND state IN ('new', 'late')", values, last=True)


def _first(base: Base, where: str, values: Sequence[object], *, last: bool = False) -> Kept | None:
    order = "DESC" if last else "ASC"
    row = base.one(f"SELECT {_COLUMNS} FROM articles WHERE {where} ORDER BY key {order} LIMIT 1", values)
    return Kept(*row) if row else None


def take(base: Base, article: Article, entry: str, source: str, state: str = "new") -> int:
    """Keep an article; its key."""
    given = article.source
    values = (
        article.id, entry, page(given.url or ""), given.sha256, letters_of(article), article.title or "",
        title_letters(article.title or ""), given.publisher or "", given.published or "", source, now(),
        state, packed(dump(article)),
    )  # fmt: skip
    base.run(
        "INSERT INTO articles (id, entry, page, sha256, letters, title, named, publisher, day, source,"
        " gathered, state, article) VALUES (?,?,?,?,?,?,?,?,?,?,?,?,?)",
        values,
    )
    row = base.one("SELECT last_insert_rowid()")
    assert row is not None
    return int(row[0])


def put_state(base: Base, key: int, state: str) -> None:
    """Say what became of an article."""
    base.run("UPDATE articles SET state = ? WHERE key = ?", (state, key))


def printed_in(base: Base, id_: str) -> str | None:
    """The first issue that printed an article; None where none did."""
    row = base.one("SELECT min(issue) FROM printed WHERE article = ?", (id_,))
    return row[0] if row else None


# ── reports ────────────────────────────────────────────────────────────────────────────────────────


def put_report(base: Base, key: int, mark: str, made: Report | Failure) -> None:
    """Keep the report of an article, or why there is none."""
    if isinstance(made, Failure):
        values: tuple[object, ...] = (key, mark, None, made.step, made.reason, made.detail)
    else:
        values = (key, mark, packed(dump(made)), "", "", "")
    base.run("INSERT OR REPLACE INTO reports VALUES (?,?,?,?,?,?)", values)


_WITHOUT = (
    " FROM articles a LEFT JOIN reports r ON r.key = a.key WHERE a.key > ? AND a.key <= ?"
    " AND a.state = 'new' AND (r.mark IS NULL OR r.mark <> ?)"
)


def count_without_report(base: Base, mark: str, first: int, last: int) -> int:
    """How many articles after a key, up to another one, have no report of today."""
    row = base.one(f"SELECT count(*){_WITHOUT}", (first, last, mark))
    return int(row[0]) if row else 0


def without_report(
    base: Base, mark: str, first: int, last: int | None = None
) -> Iterator[tuple[int, Article]]:
    """Articles after a key, up to another one, that have no report of today."""
    words = f"SELECT a.key, a.article{_WITHOUT} ORDER BY a.key"
    rows = base.run(words, (first, last if last is not None else 2**62, mark)).fetchall()
    return ((key, load_record(Article, unpacked(data))) for key, data in rows)


@dataclass(frozen=True, slots=True)
class Reported:
    """An article that has a report, made by the program and the settings that `mark` stands for."""

    key: int
    id: str
    mark: str


def reported(
    base: Base, first: int, last: int, *, but: str, gathered: str = "", day: str = ""
) -> tuple[Reported, ...]:
    """Articles after a key up to another one that stand now, have a report, and that no issue has printed.

    Parameters
    ----------
    but
        Date of the issue that may have printed them.
    gathered
        Articles that came in earlier are left out.
    day
        Articles that are dated earlier are left out; undated ones stay.
    """
    words = (
        "SELECT a.key, a.id, r.mark FROM articles a JOIN reports r ON r.key = a.key"
        " WHERE a.key > ? AND a.key <= ? AND a.state = 'new' AND r.report IS NOT NULL"
        " AND a.gathered >= ? AND (a.day = '' OR a.day >= ?)"
        " AND NOT EXISTS (SELECT 1 FROM printed p WHERE p.article = a.id AND p.issue <> ?) ORDER BY a.key"
    )
    return tuple(Reported(*row) for row in base.run(words, (first, last, gathered, day, but)))


def report(base: Base, key: int) -> Report:
    """The report of an article that has one."""
    row = base.one("SELECT report FROM reports WHERE key = ?", (key,))
    assert row is not None
    return load_report(unpacked(row[0]))


def waiting(base: Base, after: int) -> int:
    """How many articles have come in after a key, and stand."""
    row = base.one("SELECT count(*) FROM articles WHERE key > ? AND state = 'new'", (after,))
    return int(row[0]) if row else 0


def last_key(base: Base) -> int:
    """The key of the last article; 0 without one."""
    row = base.one("SELECT max(key) FROM articles")
    return int(row[0] or 0) if row else 0


def now() -> str:
    """The moment, in UTC, as the tables keep it."""
    return datetime.now(UTC).isoformat(timespec="seconds")


def packed(text: str) -> bytes:
    """JSON, as the tables keep it."""
    return zlib.compress(text.encode("utf-8"), 6)


def unpacked(data: bytes) -> bytes:
    """JSON, out of the tables."""
    return zlib.decompress(data)
