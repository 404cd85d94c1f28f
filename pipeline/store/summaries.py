"""Articles into a folder: what `yoyak summarize -o` and `yoyak retry` do."""

from __future__ import annotations

import json
import os
from collections.abc import Callable, Iterator, Sequence
from functools import partial
from hashlib import sha256
from itertools import chain
from pathlib import Path

from ..records import Failure
from ..run import Pipeline
from ..run.batches import stream
from ..settings import Settings
from .decide import Again, Job, Wanted
from .folder import Store
from .marks import mark_of
from .work import Written, written


def job_of(inputs: Sequence[str], settings: Settings, formats: Sequence[str]) -> Job:
    """What is asked for, from the working directory."""
    return Job(tuple(sorted(inputs)), settings.model_dump_json(), tuple(formats), str(Path.cwd()))


def settings_of(job: Job) -> Settings:
    """The settings of a job.

    Raises
    ------
    ValueError
        It was kept by a version that had others.
    """
    return Settings.model_validate_json(job.settings)


def fill(
    store: Store, job: Job, again: Again = "nothing", load: Callable[[Settings], Pipeline] = Pipeline
) -> Iterator[Written]:
    """Write the reports of a job into its folder, those that are not there or not of today.

    The pipeline is loaded when there is something to do.

    Yields
    ------
    Written
        Each report as it is kept. To stop, set `Store.stopping`, and go on to the end.

    Raises
    ------
    OSError
        The disk is full, a folder can't be written to: what is there is whole, and the next run goes on.
    """
    settings = settings_of(job)
    wanted = Wanted(mark_of(settings), job.formats, again)
    articles = store.articles(_key(job), job, wanted, settings.reading())
    make = partial(written, formats=job.formats)
    for first in articles:
        if isinstance(first, Failure):
            store.fail(first)
            continue
        for one in stream(make, chain((first,), articles), load(settings).tools, store.fail):
            store.put(one)
            yield one
    store.finish()


def retry(store: Store, load: Callable[[Settings], Pipeline] = Pipeline) -> Iterator[Written]:
    """Do again what failed in a folder, as it was asked for, and what was not done to its end.

    Works in the directory from which it was asked for.
    """
    here = Path.cwd()
    for job in store.jobs_to_retry():
        try:
            os.chdir(job.folder)
            yield from fill(store, job, "failed", load)
        finally:
            os.chdir(here)
        if store.stopping:
            return


def _key(job: Job) -> str:
    """The same for the same inputs: what is asked of them last is what is asked."""
    words = json.dumps([job.inputs, job.folder])
    return sha256(words.encode()).hexdigest()[:16]
