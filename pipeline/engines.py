"""Engines: how a function is mapped over batches. Order is kept, so no engine can change the output."""

from __future__ import annotations

import gc
import os
from collections import deque
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from functools import lru_cache
from itertools import islice
from typing import Any, TypeVar

T = TypeVar("T")
R = TypeVar("R")

#: ``map(function, items, workers)``; with 0 workers an engine takes as many as the machine has.
Map = Callable[[Callable[[T], R], Iterable[T], int], Iterator[R]]


def batched(items: Iterable[T], size: int) -> Iterator[tuple[T, ...]]:
    """Cut `items` into tuples of `size`, the last one shorter, reading no further than needed."""
    rest = iter(items)
    while batch := tuple(islice(rest, size)):
        yield batch


def cores() -> int:
    """Processors that this process may use."""
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1


@contextmanager
def one_blas_thread() -> Iterator[None]:
    """A context in which numpy multiplies on one thread.

    The products of an article are so small that threads wait for each other longer than they work, and in a
    pool of processes they take the cores from one another. Kiwi's threads are not touched.
    """
    several = [(library, n) for library in _libraries() if (n := library.get_num_threads()) != 1]
    for library, _ in several:
        library.set_num_threads(1)
    try:
        yield
    finally:
        for library, n in several:
            library.set_num_threads(n)


@contextmanager
def no_collection() -> Iterator[None]:
    """A context, or a decorator, in which Python looks for no cycles of garbage.

    An article is some ten thousand objects without a cycle, and all that is loaded a hundred thousand: to go
    through them time and again takes a tenth of the time. What nothing refers to is freed all the same.
    """
    if not gc.isenabled():  # by an outer one, or by whoever calls
        yield
        return
    gc.disable()
    try:
        yield
    finally:
        gc.enable()


@lru_cache(maxsize=1)
def _libraries() -> tuple[Any, ...]:
    # Looked for once, when all are loaded: to look takes a millisecond.
    import numpy  # noqa: F401
    from threadpoolctl import ThreadpoolController

    return tuple(ThreadpoolController().select(user_api="blas").lib_controllers)


def serial(function: Callable[[T], R], items: Iterable[T], workers: int) -> Iterator[R]:
    """One after the other, in this process. Kiwi still uses its own threads inside a batch."""
    return map(function, items)


def processes(function: Callable[[T], R], items: Iterable[T], workers: int) -> Iterator[R]:
    """In a pool of processes, results in the order of the items.

    Only a few batches wait ahead of the slowest worker, so that an archive of any size streams. Workers
    are spawned, not forked: Kiwi and BLAS keep threads, which a fork would tear.
    """
    from concurrent.futures import Future, ProcessPoolExecutor
    from multiprocessing import get_context

    count = workers or cores()
    with ProcessPoolExecutor(count, get_context("spawn"), initializer=_depend) as pool:
        ahead: deque[Future[R]] = deque()
        for item in items:
            ahead.append(pool.submit(function, item))
            if len(ahead) > 2 * count:
                yield ahead.popleft().result()
        while ahead:
            yield ahead.popleft().result()


def _depend() -> None:
    """In a worker: Ctrl-C is for the parent, and when that ends, however it does, so does the worker."""
    import signal
    import threading
    from multiprocessing import parent_process

    def follow() -> None:
        if (parent := parent_process()) is not None:
            parent.join()
            os._exit(1)

    signal.signal(signal.SIGINT, signal.SIG_IGN)
    threading.Thread(target=follow, daemon=True).start()


#: By name, for ``--engine`` and ``run.engine``.
ENGINES: dict[str, Map] = {"serial": serial, "processes": processes}  # type: ignore[type-arg]
