"""Around a run: its progress, what it cost, and its end on Ctrl-C."""

from __future__ import annotations

import json
import os
import signal
import sys
import time
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from datetime import UTC, datetime
from types import FrameType
from typing import TYPE_CHECKING, Any, Protocol

from pipeline import __version__
from pipeline.resources import Lang

from .app import write
from .progress import Tally, shown_progress

if TYPE_CHECKING:
    from pipeline.run.clock import Clock

    from .outcome import Outcome, Talk

#: Of what ``--report`` writes.
SCHEMA = "yoyak.run/1"
#: Exit code of a run that Ctrl-C ended, as shells have it.
INTERRUPTED = 130


class Stoppable(Protocol):
    """What reads no further once it is told to stop; while it waits for input, an interrupt tells it."""

    stopping: bool
    waiting: bool


@contextmanager
def followed(
    inputs: Sequence[str], lang: Lang, talk: Talk, *, prints: bool = False
) -> Iterator[tuple[Tally, Callable[[], None]]]:
    """A context with a tally, and what is to be called whenever it has changed.

    Parameters
    ----------
    prints
        Something else is printed on the terminal meanwhile.
    """
    from pipeline.readers import expected

    tally = Tally(lambda: expected(inputs))
    bar = sys.stderr.isatty() and not (prints or talk.quiet or talk.verbose)
    lines = not (sys.stderr.isatty() or talk.quiet)
    with shown_progress(lang, tally, bar=bar, lines=lines) as advance:
        yield tally, advance


@contextmanager
def measured(outcome: Outcome, lang: Lang) -> Iterator[Clock | None]:
    """A context whose cost is written where `Talk.report` says; None where it says nothing."""
    if outcome.talk.report is None:
        yield None
        return
    from pipeline.readers import read_changed
    from pipeline.run.clock import watched
    from pipeline.store import Store

    began, wall, processor = datetime.now(UTC), time.monotonic(), _processor()
    with watched() as clock:
        clock.watch_items(read_changed, "read")
        clock.watch_method(Store.put, Store, "write")
        try:
            yield clock
        finally:
            found = _report(outcome, clock)
            found["began"] = began.isoformat(timespec="seconds")
            found["seconds"] = {
                "wall": round(time.monotonic() - wall, 3),
                "processor": round(_processor() - processor, 3),
            }
            text = json.dumps(found, ensure_ascii=False, indent=1) + "\n"
            write(outcome.talk.report, text, lang)


def _report(outcome: Outcome, clock: Clock) -> dict[str, Any]:
    from pipeline.run.clock import peak_memory

    reasons = Counter(failure.reason for failure in outcome.failures)
    copies = reasons.pop("duplicate", 0)
    return {
        "schema": SCHEMA,
        "version": __version__,
        "articles": {
            "made": outcome.reports,
            "left": outcome.left,
            "failed": sum(reasons.values()),
            "copies": copies,
        },
        "characters": outcome.characters,
        "failures": dict(sorted(reasons.items())),
        "memory_bytes": peak_memory(),
        "steps": {
            name: {"seconds": round(cost.seconds, 3), "calls": cost.calls}
            for name, cost in clock.costs.items()
        },
    }


def _processor() -> float:
    """Processor time of this process and of those that it has waited for, in seconds."""
    times = os.times()
    return times.user + times.system + times.children_user + times.children_system


@contextmanager
def stoppable(run: Stoppable) -> Iterator[None]:
    """A context in which Ctrl-C lets a run finish what is in hand; a second one ends it at once."""

    def stop(number: int, frame: FrameType | None) -> None:
        if run.stopping or run.waiting:
            raise KeyboardInterrupt
        run.stopping = True

    old = {number: signal.signal(number, stop) for number in (signal.SIGINT, signal.SIGTERM)}
    try:
        yield
    finally:
        for number, handler in old.items():
            signal.signal(number, handler)
