"""What Ray's workers do: read records, make reports, write shards. Tables go in, tables come out.

A record on its way is a row: the number of its file and its turn in it, then what has become of it.
"""

from __future__ import annotations

import io
from collections.abc import Iterator, Sequence
from functools import partial
from hashlib import sha256
from typing import TYPE_CHECKING, Any

from pydantic_core import from_json

from ..readers import read_stream
from ..readers.seen import known_of
from ..records import Article, Failure, Reading
from ..run.batches import made, tools_here
from ..run.tools import Given
from ..settings import Settings
from ..writers.json import dump, load_record
from ..writers.reports import write_parquet
from .places import Folder, Place, opened
from .work import LINE, Written, written

if TYPE_CHECKING:
    import pyarrow as pa

#: Records that a reader hands on at once.
_HANDED = 64
#: A record's number among all: that of its file, then its turn.
_SHIFT = 40


def number_of(file: int, at: int) -> int:
    """One number for a record, in the order of the inputs."""
    return file << _SHIFT | at


def _records(batch: pa.Table, places: Sequence[Place], reading: Reading) -> Iterator[tuple[int, Any]]:
    """Articles and failures of files, each with its number."""
    for file in batch["file"].to_pylist():
        place, at = places[file], 0
        try:
            for item in read_stream(partial(opened, place.address), place.name, reading):
                yield number_of(file, at), item
                at += 1
        except (OSError, ValueError) as error:
            yield number_of(file, at), Failure(place.name, "read", "unreadable", str(error))


def _tables(rows: Iterator[tuple[Any, ...]], names: Sequence[str], size: int) -> Iterator[pa.Table]:
    import pyarrow as pa

    kinds = {"number": pa.int64(), "length": pa.int64(), "characters": pa.int64()}
    schema = pa.schema([(name, kinds.get(name, pa.large_binary())) for name in names])
    columns: list[list[Any]] = [[] for _ in names]
    for row in rows:
        for column, value in zip(columns, row, strict=True):
            column.append(value)
        if len(columns[0]) >= size:
            yield pa.table(dict(zip(names, columns, strict=True)), schema)
            columns = [[] for _ in names]
    yield pa.table(dict(zip(names, columns, strict=True)), schema)


def known(batch: pa.Table, places: Sequence[Place], reading: Reading) -> Iterator[pa.Table]:
    """What the articles of files are known by: enough to tell copies, and what is done."""

    def rows() -> Iterator[tuple[Any, ...]]:
        for number, item in _records(batch, places, reading):
            if isinstance(item, Article):
                yield number, dump(known_of(item)).encode()

    yield from _tables(rows(), ("number", "known"), 1_000)


def articles(
    batch: pa.Table, places: Sequence[Place], reading: Reading, left: Any, ids: dict[int, str]
) -> Iterator[pa.Table]:
    """Articles of files that are to be done, and failures of reading.

    Parameters
    ----------
    left
        Numbers of those that are done, or copies, in order: an array of int64.
    ids
        Other ids than their own, for two texts that would have one.
    """
    from dataclasses import replace

    def rows() -> Iterator[tuple[Any, ...]]:
        for number, item in _records(batch, places, reading):
            at = int(left.searchsorted(number))
            if at < len(left) and left[at] == number:
                continue
            if isinstance(item, Article):
                own = replace(item, id=ids[number]) if number in ids else item
                yield number, dump(own).encode(), None
            else:
                yield number, None, dump(item).encode()

    yield from _tables(rows(), ("number", "article", "failure"), _HANDED)


class Reports:
    """One pipeline, built where it is used: Kiwi goes to no other process."""

    def __init__(self, settings: str) -> None:
        own = Settings.model_validate_json(settings)
        # As in a pool of processes: each has one processor.
        run = own.run.model_copy(update={"engine": "processes"})
        self._tools = tools_here(own.model_copy(update={"run": run}), Given())
        self._batch = own.run.batch

    def __call__(self, batch: pa.Table) -> pa.Table:
        """Reports of articles as JSON, and failures, in their order."""
        items = [
            load_record(Failure, failure) if article is None else load_record(Article, article)
            for article, failure in zip(
                batch["article"].to_pylist(), batch["failure"].to_pylist(), strict=True
            )
        ]
        make = partial(written, formats=("jsonl",))
        found: list[Written | Failure] = []
        for start in range(0, len(items), self._batch):
            found += made(make, items[start : start + self._batch], self._tools)

        def rows() -> Iterator[tuple[Any, ...]]:
            for number, one in zip(batch["number"].to_pylist(), found, strict=True):
                if isinstance(one, Failure):
                    yield number, None, dump(one).encode(), 0
                else:
                    yield number, one.contents[LINE], None, one.characters

        (table,) = _tables(rows(), ("number", "report", "failure", "characters"), len(items) + 1)
        return table


def shards(batch: pa.Table, folder: str, formats: Sequence[str]) -> pa.Table:
    """Write reports into a shard; how many there are, and the failures among them.

    A worker that does it again, since another was lost, writes the same bytes under the same name.
    """
    numbers = batch["number"].to_pylist()
    reports = [one for one in batch["report"].to_pylist() if one is not None]
    if reports:
        out = Folder(folder)
        name = f"reports-{numbers[0] >> _SHIFT:05}-{numbers[0] & (1 << _SHIFT) - 1:09}"
        name += f"-{sha256(b''.join(reports)).hexdigest()[:8]}"
        for format_ in formats:
            if format_ == "parquet":
                content = io.BytesIO()
                write_parquet(reports, content)
                out.write(f"{name}.parquet", content.getvalue())
            else:
                out.write(f"{name}.jsonl", b"".join(line + b"\n" for line in reports))

    def rows() -> Iterator[tuple[Any, ...]]:
        failures = [one.decode() for one in batch["failure"].to_pylist() if one is not None]
        counts = sum(batch["characters"].to_pylist())
        yield len(reports), "\n".join(failures).encode(), counts

    (table,) = _tables(rows(), ("length", "failures", "characters"), 2)
    return table


def held(batch: pa.Table, folder: str) -> Iterator[pa.Table]:
    """Which records a shard holds, as their paths and hashes."""
    import pyarrow.parquet as pq

    out = Folder(folder)

    def rows() -> Iterator[tuple[Any, ...]]:
        for name in batch["name"].to_pylist():
            with out.open(name) as stream:
                if name.endswith(".parquet"):
                    found = pq.read_table(stream, columns=["path", "sha256"]).to_pylist()
                else:
                    found = [from_json(line)["source"] for line in stream.read().splitlines()]
                for one in found:
                    yield name.encode(), one["path"].encode(), one["sha256"].encode()

    yield from _tables(rows(), ("name", "path", "sha256"), 1_000)
