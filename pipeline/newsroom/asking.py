"""Servers asked in parallel, each of them slowly."""

from __future__ import annotations

import queue
import threading
from collections import defaultdict, deque
from collections.abc import Callable, Iterator, Sequence
from typing import TypeVar
from urllib.parse import urlsplit

T = TypeVar("T")
R = TypeVar("R")


def host_of(url: str) -> str:
    """The server that an address is asked of."""
    return urlsplit(url).netloc.casefold()


def politely(
    tasks: Sequence[tuple[str, T]],
    ask: Callable[[T], R],
    parallel: int,
    pause: Callable[[str], float],
    before: set[str],
) -> Iterator[tuple[T, R | Exception]]:
    """What is answered to each task, as it comes: several servers at a time, one request at a time to each.

    Parameters
    ----------
    tasks
        Each with the address that it asks.
    ask
        Called in other threads.
    parallel
        Servers that are asked at the same time.
    pause
        Seconds from an answer to the next request to the same server.
    before
        Servers that were asked before; those that are asked now join them.
    """
    by_host: dict[str, list[tuple[str, T]]] = defaultdict(list)
    for address, task in tasks:
        by_host[host_of(address)].append((address, task))
    waiting = deque((own, host in before) for host, own in by_host.items())
    before.update(by_host)
    answers: queue.Queue[tuple[T, R | Exception]] = queue.Queue()
    stop = threading.Event()

    def work() -> None:
        while not stop.is_set():
            try:
                own, again = waiting.popleft()
            except IndexError:
                return
            for n, (address, task) in enumerate(own):
                if (n or again) and stop.wait(pause(address)):
                    return
                try:
                    answers.put((task, ask(task)))
                except Exception as error:  # handed to whoever asked
                    answers.put((task, error))

    for _ in range(min(parallel, len(by_host))):
        threading.Thread(target=work, daemon=True).start()
    try:
        for _ in range(len(tasks)):
            yield answers.get()
    finally:
        stop.set()
