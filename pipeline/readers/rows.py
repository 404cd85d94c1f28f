"""Texts and records that a program already holds, as articles."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping
from datetime import date
from typing import Any

from ..records import Article, Failure, Reading, Unreadable
from .article import File, check_text, hash_of
from .fields import article_of

#: What stands for an article: its text, or a record with its fields (``{"title": …, "body": …}``).
Row = str | Mapping[str, Any] | Article | Failure


def read_rows(rows: Iterable[Row], reading: Reading | None = None) -> Iterator[Article | Failure]:
    """Make an article of each row, in their order; one for one, copies too.

    Parameters
    ----------
    rows
        Texts, records as ``.jsonl`` has them (rows of pandas' ``to_dict("records")`` too), or articles.
    reading
        Limits, the zone of dates, which key of a record holds what.

    Raises
    ------
    TypeError
        A row of another type.
    """
    for number, row in enumerate(rows, 1):
        yield read_row(row, reading or Reading(), f"row:{number}")


def read_row(row: Row, reading: Reading, place: str) -> Article | Failure:
    """Make an article of one row; `place` is what failures and the source call it."""
    if isinstance(row, Article | Failure):
        return row
    if not isinstance(row, str | Mapping):
        raise TypeError(
            f"an article is its text, a mapping or an Article, not {type(row).__name__}; files: read(path)"
        )
    try:
        if isinstance(row, str):
            check_text(row, reading.limits)
            return Article.from_text(row, path=place)
        record = {key: _plain(value) for key, value in row.items()}
        digest = hash_of(json.dumps(record, ensure_ascii=True, sort_keys=True, default=str).encode())
        file = File(place, b"", reading)
        return article_of(file, record, place=place, name=place, digest=digest, format="row", encoding=None)
    except Unreadable as error:
        return error.failure(place)


def _plain(value: Any) -> Any:
    """A value as JSON would have it: dates in their ISO form, a gap of a table as None."""
    if isinstance(value, date):  # and datetime, and pandas' Timestamp
        return value.isoformat()
    return None if isinstance(value, float) and value != value else value
