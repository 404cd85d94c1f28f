"""Archives on Ray: Parquet and JSON Lines in, shards of reports out, one pipeline in each actor.

Two passes. The first reads what records are known by, and one process tells the copies among them and what
shards of an earlier run hold already, in the order of the inputs as the local engine does. The second reads
what is left, makes reports of it, and writes them. Whatever worker is lost, Ray does its part again.
"""

from __future__ import annotations

import json
import logging
import os
import secrets
import sys
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from functools import partial
from typing import Any

from pydantic_core import from_json

from ..engines import cores
from ..readers import STREAMED
from ..readers.seen import Seen
from ..records import Failure, Known, Reading
from ..settings import Settings
from ..writers.json import dump, load_record
from . import actors
from .decide import SHARD, SHARDED
from .marks import mark_of
from .places import Folder, Place, places

#: What is read before it is handed on, in bytes: some fifty articles.
_BLOCK = 1 << 18
#: Of a processor: what an actor takes, so that reading and writing find some room beside them.
_ACTOR, _BESIDE = 0.9, 0.05
_STATE = "ray.json"


@dataclass(slots=True)
class Progress:
    """How far a run is.

    Attributes
    ----------
    made, left, copies, characters
        Reports made and there already, copies, and characters of the reports made.
    """

    made: int = 0
    left: int = 0
    copies: int = 0
    characters: int = 0
    failures: list[Failure] = field(default_factory=list)


@contextmanager
def on_ray(workers: int) -> Iterator[int]:
    """A context with Ray, how many actors it has room for: the cluster of ``RAY_ADDRESS``, else this machine.

    On this machine it listens to itself alone, asks for a token, and sends nothing to anybody.

    Raises
    ------
    ModuleNotFoundError
        Ray is not installed: the extra ``[ray]``.
    """
    os.environ.setdefault("RAY_USAGE_STATS_ENABLED", "0")
    os.environ.setdefault("RAY_BACKEND_LOG_LEVEL", "fatal")
    address = os.environ.get("RAY_ADDRESS")
    if not address and "ray" not in sys.modules:  # it looks when it is imported
        # By its name for other systems; on any, it keeps Ray to the loopback address.
        os.environ.setdefault("RAY_ENABLE_WINDOWS_OR_OSX_CLUSTER", "0")
        os.environ.setdefault("RAY_AUTH_MODE", "token")
        os.environ.setdefault("RAY_AUTH_TOKEN", secrets.token_hex(32))
    import ray
    from ray.data import DataContext

    count = workers or cores()
    quiet: dict[str, Any] = {"log_to_driver": False, "logging_level": logging.ERROR}
    alone = {"num_cpus": count, "include_dashboard": False, "object_store_memory": 500_000_000}
    ray.init(**quiet, **({} if address else alone))
    logging.getLogger("ray.data").setLevel(logging.ERROR)
    try:
        context = DataContext.get_current()
        context.target_max_block_size = _BLOCK
        context.execution_options.preserve_order = True
        context.enable_progress_bars = False
        if address and not workers:
            count = max(1, int(ray.cluster_resources().get("CPU", 1)))
        yield count
    finally:
        ray.shutdown()


def archive(
    inputs: Sequence[str], out: str, settings: Settings, formats: Sequence[str], *, force: bool, actors_: int
) -> Iterator[Progress]:
    """Write the reports of Parquet and JSON Lines into shards: those that no shard holds.

    Needs a context of `on_ray`.

    Parameters
    ----------
    inputs, out
        Names of files and folders, or addresses; workers have to reach them by the same.
    formats
        Of `SHARDED`.

    Yields
    ------
    Progress
        After each shard. What is written is whole; a run that ends early is completed by the next.

    Raises
    ------
    OSError, ValueError
        The folder can't be written.
    """
    progress, files = Progress(), list[Place]()
    for one in places(inputs, STREAMED):
        if isinstance(one, Failure):
            progress.failures.append(one)
        else:
            files.append(one)
    folder, state = Folder(out), Folder(f"{out.rstrip('/')}/.yoyak")
    there = _shards(folder, formats, force=force or not _same(state, settings))
    state.write(_STATE, json.dumps({"mark": mark_of(settings)}).encode())
    reading = settings.reading()
    left, ids = _left(files, reading, folder, there, formats, progress)
    if files:
        found = (
            _from(files)
            .map_batches(
                partial(actors.articles, places=files, reading=reading, left=left, ids=ids),
                batch_size=1, batch_format="pyarrow", num_cpus=_BESIDE,
            )
            .map_batches(
                actors.Reports, fn_constructor_args=(settings.model_dump_json(),), batch_size=None,
                batch_format="pyarrow", compute=_pool(actors_), num_cpus=_ACTOR,
            )
            .map_batches(
                partial(actors.shards, folder=out, formats=formats),
                batch_size=SHARD, batch_format="pyarrow", num_cpus=_BESIDE,
            )
        )  # fmt: skip
        for row in found.iter_rows():
            progress.made += row["length"]
            progress.characters += row["characters"]
            progress.failures += [load_record(Failure, line) for line in row["failures"].splitlines()]
            yield progress
    failed = "".join(dump(one) + "\n" for one in progress.failures if one.reason != "duplicate")
    if failed:
        folder.write("failures.jsonl", failed.encode())
    else:
        folder.remove("failures.jsonl")
    yield progress


def _from(files: Sequence[Place]) -> Any:
    import ray.data

    rows = [{"file": n} for n in range(len(files))]
    return ray.data.from_items(rows, override_num_blocks=len(rows))


def _pool(count: int) -> Any:
    import ray.data

    return ray.data.ActorPoolStrategy(size=count)


def _same(state: Folder, settings: Settings) -> bool:
    """Whether what is there was made with these settings by this version."""
    found = state.read(_STATE)
    return found is not None and from_json(found).get("mark") == mark_of(settings)


def _shards(folder: Folder, formats: Sequence[str], *, force: bool) -> list[str]:
    """Names of the shards that are there in all formats, without their endings; the rest is removed."""
    names = [name for name in folder.names() if name.startswith("reports-")]
    stems: dict[str, set[str]] = {}
    for name in names:
        stem, _, ending = name.rpartition(".")
        if ending in SHARDED:
            stems.setdefault(stem, set()).add(ending)
    whole = [stem for stem, endings in stems.items() if not force and endings == set(formats)]
    _remove(folder, [stem for stem in stems if stem not in whole])
    return whole


def _remove(folder: Folder, stems: Sequence[str]) -> None:
    for stem in stems:
        for format_ in SHARDED:
            folder.remove(f"{stem}.{format_}")


def _left(
    files: Sequence[Place],
    reading: Reading,
    folder: Folder,
    there: Sequence[str],
    formats: Sequence[str],
    progress: Progress,
) -> tuple[Any, dict[int, str]]:
    """Numbers of the records that are left as they are, and ids that are not the records' own.

    A shard stays where all that it holds is in the inputs still; of another one all is done again.
    """
    import numpy as np

    ending = "parquet" if "parquet" in formats else "jsonl"
    holds, sizes = _held(folder, [f"{stem}.{ending}" for stem in there])
    met = [0] * len(there)
    seen, ids = Seen(), dict[int, str]()
    copies, done = list[int](), list[tuple[int, int]]()
    for number, known in _known(files, reading):
        first = seen.first(known)
        if first != known.path:
            progress.failures.append(Failure(known.path, "read", "duplicate", first))
            copies.append(number)
            continue
        if (own := seen.own_id(known)) != known.id:
            ids[number] = own
        shard = holds.pop((known.path, known.sha256), None)
        if shard is not None:
            met[shard] += 1
            done.append((number, shard))
    kept = {n for n, size in enumerate(sizes) if size and met[n] == size}
    _remove(folder, [stem for n, stem in enumerate(there) if n not in kept])
    numbers = [number for number, shard in done if shard in kept]
    progress.left, progress.copies = len(numbers), len(copies)
    return np.sort(np.array([*copies, *numbers], dtype=np.int64)), ids


def _held(folder: Folder, names: Sequence[str]) -> tuple[dict[tuple[str, str], int], list[int]]:
    """Which shard, by its turn, holds a record of a path and a hash; and how many each holds."""
    import ray.data

    holds, sizes = dict[tuple[str, str], int](), [0] * len(names)
    if names:
        turn = {name.encode(): n for n, name in enumerate(names)}
        found = ray.data.from_items([{"name": name} for name in names]).map_batches(
            partial(actors.held, folder=folder.address), batch_size=1, batch_format="pyarrow"
        )
        for row in found.iter_rows():
            shard = turn[row["name"]]
            holds[row["path"].decode(), row["sha256"].decode()] = shard
            sizes[shard] += 1
    return holds, sizes


def _known(files: Sequence[Place], reading: Reading) -> Iterator[tuple[int, Known]]:
    """What each article of the files is known by, in their order."""
    if not files:
        return
    found = _from(files).map_batches(
        partial(actors.known, places=files, reading=reading), batch_size=1, batch_format="pyarrow"
    )
    for row in found.iter_rows():
        yield row["number"], Known(**from_json(row["known"]))
