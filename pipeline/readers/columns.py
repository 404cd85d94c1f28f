"""Tables of articles: CSV, TSV and Parquet, one article a row."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from typing import IO, Any

from ..records import Article, Failure, Reading, Unreadable
from .article import File, hash_of, is_empty
from .encodings import decode
from .fields import article_of, mapping

_DELIMITERS = ",\t;|"
#: The line by which spreadsheets are told of the delimiter.
_TOLD = re.compile(r"[ \t]{0,9}\"?sep=\"?([^\w\s\"']|\t|\\t)[^\r\n]{0,200}(?:\r\n|\r|\n|\Z)", re.IGNORECASE)
#: What a Parquet file begins with.
_MAGIC = b"PAR1"
#: How far the row with the names of the columns may be from the top, and how long a cell above it.
_ROWS_ABOVE, _LONGEST_TITLE, _SEARCHED = 20, 100, 100_000


def read_csv(file: File) -> Iterator[Article | Failure]:
    """An article for each row of CSV or TSV; a bad row is a failure and the next is read."""
    found = decode(file.data, file.declared)
    text = found.text.lstrip("\ufeff")
    if is_empty(text):
        raise Unreadable("empty")
    told = _TOLD.match(text)
    text = text[told.end() :] if told else text
    given = told[1].replace("\\t", "\t") if told else "\t" if file.suffix == ".tsv" else ""
    delimiter, above = _table(text, given or _DELIMITERS, file.reading.fields)
    csv.field_size_limit(max(file.limits.article_chars, 131_072))
    # newline="" keeps the line ends inside a field as they are: offsets point into the field.
    rows = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter)
    header: list[str] | None = None
    while True:
        try:
            row = next(rows, None)
        except csv.Error as error:
            yield Unreadable("bad-file", str(error)).failure(f"{file.path}:{rows.line_num + bool(told)}")
            continue
        if row is None:
            return
        if not any(cell.strip() for cell in row):
            continue
        if above:
            above -= 1
            continue
        if header is None:
            header = _header(row)
            if header[0] != "1":
                continue
        line = rows.line_num + bool(told)
        place = f"{file.path}:{line}"
        try:
            yield article_of(
                file,
                dict(zip(header, row, strict=False)),
                place=place,
                name=f"{file.stem}-{line}",
                digest=hash_of("\x1f".join(row).encode("utf-8", "replace")),
                format="tsv" if delimiter == "\t" else "csv",
                encoding=found.encoding,
                notes=found.notes,
            )
        except Unreadable as error:
            yield error.failure(place)


def _header(row: Sequence[str]) -> list[str]:
    """The names of the columns; their numbers, from 1, when the first row is an article already."""
    known = mapping([cell.strip() for cell in row], ())
    if known or all(len(cell) <= 30 for cell in row):
        return [cell.strip() for cell in row]
    return [str(i) for i in range(1, len(row) + 1)]


def _table(text: str, delimiters: str, told: Iterable[tuple[str, str]]) -> tuple[str, int]:
    """The delimiter, and how many rows stand above the names of the columns: the title of a sheet, its date.

    The row of names is the first that has most of those that are known; where none is known, it is the first.
    """
    named: list[tuple[int, int, int, str]] = []
    first: list[tuple[int, int, int, str]] = []
    for delimiter in delimiters:
        for above, cells in enumerate(_first_rows(text, delimiter)):
            found = (len(mapping(cells, told)), -above, len(cells), delimiter)
            (first if not above else named).append(found)
    known = [found for found in (*first, *named) if found[0] > 1]
    best = max(known or first, key=lambda found: found[:3], default=(0, 0, 0, delimiters[0]))
    return best[3], -best[1]


def _first_rows(text: str, delimiter: str) -> Iterator[list[str]]:
    """Rows that are not empty, up to the first that can only be an article."""
    rows = csv.reader(io.StringIO(text[:_SEARCHED], newline=""), delimiter=delimiter)
    for _ in range(_ROWS_ABOVE):
        try:
            cells = [cell.strip() for cell in next(rows)]
        except (csv.Error, StopIteration):
            return
        if any(cells):
            yield cells
        if any(len(cell) > _LONGEST_TITLE for cell in cells):
            return


def read_parquet(file: File) -> Iterator[Article | Failure]:
    """An article for each row of a Parquet file."""
    yield from _rows(file, io.BytesIO(file.data))


def rows_of_file(
    opened: Callable[[], IO[bytes]], shown: str, reading: Reading
) -> Iterator[Article | Failure] | None:
    """Articles of a Parquet file of any size, in the memory of a row group; None for what is none.

    Raises
    ------
    OSError
        When it can't be read.
    """
    with opened() as stream:
        if stream.read(len(_MAGIC)) != _MAGIC:
            return None
    return _of_file(opened, File(shown, b"", reading))


def _of_file(opened: Callable[[], IO[bytes]], file: File) -> Iterator[Article | Failure]:
    with opened() as stream:
        try:
            yield from _rows(file, stream)
        except Unreadable as error:
            yield error.failure(file.path)


def _rows(file: File, stream: IO[bytes]) -> Iterator[Article | Failure]:
    try:
        import pyarrow as pa
        import pyarrow.parquet as pq
    except ImportError as error:
        raise Unreadable("needs-extra", "pyarrow") from error
    try:
        table = pq.ParquetFile(stream)
        groups = [table.metadata.row_group(i).total_byte_size for i in range(table.num_row_groups)]
    except (pa.ArrowException, OSError, ValueError) as error:
        raise Unreadable("bad-file", str(error)) from error
    if (most := max(groups, default=0)) > file.limits.archive_bytes:
        raise Unreadable("bomb", f"{most:,} > {file.limits.archive_bytes:,}")
    number = 0
    batches = table.iter_batches(batch_size=256)
    while True:
        try:
            batch = next(batches, None)
        except (pa.ArrowException, OSError, ValueError) as error:
            raise Unreadable("bad-file", str(error)) from error
        if batch is None:
            break
        for record in batch.to_pylist():
            number += 1
            yield _row(file, {key: _plain(value) for key, value in record.items()}, number)
    if not number:
        raise Unreadable("empty")


def _row(file: File, record: Mapping[str, Any], number: int) -> Article | Failure:
    place = f"{file.path}:{number}"
    digest = hash_of(repr(sorted(record.items())).encode("utf-8", "replace"))
    try:
        return article_of(
            file,
            record,
            place=place,
            name=f"{file.stem}-{number}",
            digest=digest,
            format="parquet",
            encoding=None,
        )
    except Unreadable as error:
        return error.failure(place)


def _plain(value: Any) -> Any:
    """Dates and the like as text."""
    return value if value is None or isinstance(value, str | int | float | list | Mapping) else str(value)
