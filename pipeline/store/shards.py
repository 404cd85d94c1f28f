"""Files of many reports each: written when they are full, and the last one at the end."""

from __future__ import annotations

import contextlib
from pathlib import Path

from pydantic_core import from_json

from ..writers.reports import lines_in, write_parquet
from .decide import SHARD, SHARDED, shard_name
from .files import remove_all, write_all
from .manifest import Manifest


def write_shards(folder: Path, aside: Path, base: Manifest, *, full: bool) -> None:
    """Write the shards that have to be, each in its formats.

    Parameters
    ----------
    full
        Only those to which no report will be added any more.

    Raises
    ------
    OSError
        What is in the manifest stays there, and is written the next time.
    """
    for shard in base.to_write(SHARD):
        first, end = shard * SHARD, (shard + 1) * SHARD
        rows = base.numbered(first, end)
        # Where only some of its reports have changed, more of them may: it is written at the end, once.
        if full and (base.numbers() < end or base.waiting(first, end) < len(rows)):
            continue
        staged = base.staged(first, end)
        old = {} if len(staged) == len(rows) else _lines(folder, shard)
        contents: dict[str, bytes | Path] = {}
        for format_ in SHARDED:
            lines = [
                line
                for number, id_, formats in rows
                if format_ in formats and (line := staged.get(number) or old.get(id_))
            ]
            name = shard_name(shard, format_)
            if not lines:
                remove_all(folder, [name])
            elif format_ == "parquet":
                contents[name] = aside / f"{name}.part"
                write_parquet(lines, aside / f"{name}.part")
            else:
                contents[name] = b"".join(line + b"\n" for line in lines)
        write_all(folder, aside, contents)
        with base:
            base.written(shard, SHARD)


def _lines(folder: Path, shard: int) -> dict[str, bytes]:
    """Reports of a shard that is there, by their ids."""
    found: dict[str, bytes] = {}
    for format_ in SHARDED:
        with contextlib.suppress(FileNotFoundError):
            for line in lines_in(folder / shard_name(shard, format_)):
                found.setdefault(from_json(line)["id"], line)
    return found
