"""Reports by the thousand: JSON Lines and Parquet, and reports read back from either."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import islice
from pathlib import Path
from typing import TYPE_CHECKING, Any

from pydantic_core import from_json

from ..records import DataError, Report
from .json import load_report

if TYPE_CHECKING:
    import pyarrow as pa

#: Of the columns of Parquet, told in its metadata under ``yoyak.schema``. A new column makes no new version.
SCHEMA = "yoyak.reports/1"
#: Reports in a row group.
_GROUP = 1_000
_SOURCE = ("path", "url", "publisher", "author", "published", "published_at", "rights", "sha256")


def parquet_schema() -> pa.Schema:
    """The columns: text, numbers, and lists of records of these, whatever the reports hold.

    ``report`` is all of a report as JSON; the others are what tables are made of.

    Raises
    ------
    ModuleNotFoundError
        When pyarrow is not installed: the extra ``[parquet]``.
    """
    import pyarrow as pa

    text, whole, real = pa.string(), pa.int64(), pa.float64()

    def records(**columns: pa.DataType) -> pa.DataType:
        return pa.list_(pa.struct(list(columns.items())))

    return pa.schema(
        [
            ("id", text),
            ("title", text),
            *((name, text) for name in _SOURCE),
            ("source_id", text),
            ("kept", pa.map_(text, text)),
            ("genre", text),
            ("summary", pa.list_(text)),
            ("themes", records(id=text, label=text, share=real)),
            ("keywords", records(term=text, kind=text, count=whole, score=real, theme=text)),
            (
                "sentences",
                records(index=whole, text=text, start=whole, end=whole, kind=text, theme=text, salience=real),
            ),
            ("warnings", records(code=text, detail=text)),
            ("report", text),
        ],
        metadata={"yoyak.schema": SCHEMA},
    )


def write_parquet(lines: Iterable[bytes], file: Any) -> None:
    """Write reports, given as JSON, into a Parquet file (a path, or a file open for writing).

    Raises
    ------
    ModuleNotFoundError
        When pyarrow is not installed: the extra ``[parquet]``.
    """
    import pyarrow as pa
    import pyarrow.parquet as pq

    schema, rest = parquet_schema(), iter(lines)
    with pq.ParquetWriter(file, schema, compression="zstd") as writer:
        while group := list(islice(rest, _GROUP)):
            writer.write_table(pa.Table.from_pylist(list(map(_row, group)), schema=schema))


def _row(line: bytes) -> dict[str, Any]:
    """A report as a row: what the schema does not name is left out."""
    report = from_json(line)
    source = report["source"]
    return {
        **{name: report.get(name) for name in ("id", "title", "genre", "themes", "keywords", "sentences")},
        **{name: source.get(name) for name in _SOURCE},
        "source_id": source.get("id"),
        "kept": list(source.get("kept", {}).items()),
        "summary": [report["sentences"][i]["text"] for i in report["summary"]],
        "warnings": report["warnings"],
        "report": line.decode("utf-8"),
    }


# ── read back ──────────────────────────────────────────────────────────────────────────────────────


def lines_in(file: Path) -> Iterator[bytes]:
    """Reports of a file as JSON: JSON Lines, Parquet with a column ``report``, or the JSON of one.

    Raises
    ------
    DataError
        It is none of these.
    ModuleNotFoundError
        When pyarrow is not installed: the extra ``[parquet]``.
    OSError
        It can't be read.
    """
    if file.suffix.lower() == ".parquet":
        yield from _parquet_lines(file)
    elif file.suffix.lower() == ".json":
        yield file.read_bytes()
    else:
        with file.open("rb") as stream:
            yield from (line.rstrip(b"\r\n") for line in stream if line.strip())


def _parquet_lines(file: Path) -> Iterator[bytes]:
    import pyarrow as pa
    import pyarrow.parquet as pq

    try:
        table = pq.ParquetFile(file)
        if "report" not in table.schema_arrow.names:
            raise DataError(file, "no column report")
        for batch in table.iter_batches(batch_size=64, columns=["report"]):
            yield from (str(line).encode("utf-8") for line in batch.column(0).to_pylist())
    except pa.ArrowException as error:
        raise DataError(file, str(error)) from error


def load_reports(place: Path) -> Iterator[Report]:
    """Reports out of a file, or out of a folder that `yoyak summarize -o` has written.

    Each report comes once, however many formats of it a folder holds.

    Raises
    ------
    DataError
        What is there is no report; its place is the file.
    ModuleNotFoundError
        When pyarrow is not installed: the extra ``[parquet]``.
    OSError
        It can't be read.
    """
    seen: set[str] = set()
    for file in _report_files(place) if place.is_dir() else (place,):
        for line in lines_in(file):
            if place.is_dir() and file.suffix == ".json" and not _is_report(line):
                continue
            try:
                report = load_report(line)
            except DataError as error:
                raise DataError(f"{file}: {error.place}" if error.place else file, error.problem) from error
            if report.id not in seen:
                seen.add(report.id)
                yield report


def _report_files(folder: Path) -> Sequence[Path]:
    """Files of a folder that hold reports: of a shard in two formats the one that is read faster."""
    shards = {file.stem: file for file in sorted(folder.glob("reports-*.parquet"))}
    shards |= {file.stem: file for file in sorted(folder.glob("reports-*.jsonl"))}
    return [*(shards[stem] for stem in sorted(shards)), *sorted(folder.glob("*.json"))]


def _is_report(data: bytes) -> bool:
    try:
        found = from_json(data)
    except ValueError:
        return False
    return isinstance(found, Mapping) and str(found.get("schema", "")).startswith("yoyak.report/")
