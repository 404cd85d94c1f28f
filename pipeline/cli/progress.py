"""How far a command is: a bar on a terminal, a line now and then in a log, or nothing."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

import typer

from pipeline.resources import Lang

from .text import tr

if TYPE_CHECKING:
    from rich.progress import Progress

#: Seconds between two lines of a log.
_EVERY = 10.0


@dataclass(slots=True)
class Tally:
    """What has been done so far.

    Attributes
    ----------
    count
        Articles to expect, None where nobody knows; asked once, when somebody is told.
    done
        Articles dealt with: made, left as they were, failed.
    made, characters
        Reports made, and characters in them: what the rates are of.
    failed
        Failures among those.
    """

    count: Callable[[], int | None]
    done: int = 0
    made: int = 0
    characters: int = 0
    failed: int = 0
    begun: float = field(default_factory=time.monotonic)
    _total: list[int | None] = field(default_factory=list)

    @property
    def total(self) -> int | None:
        """Articles to expect; not fewer than are done."""
        if not self._total:
            self._total.append(self.count())
        (total,) = self._total
        return None if total is None else max(total, self.done)

    def rates(self) -> tuple[float, float]:
        """Articles and characters a second."""
        seconds = max(1e-6, time.monotonic() - self.begun)
        return self.made / seconds, self.characters / seconds

    def left(self) -> float | None:
        """Seconds that the rest will take; None where nobody knows."""
        rate, _ = self.rates()
        total = self.total
        return None if total is None or not rate else (total - self.done) / rate


def told(tally: Tally, lang: Lang) -> str:
    """One line of a log."""
    rate, characters = tally.rates()
    seconds = tally.left()
    values = {
        "done": f"{tally.done:,}" if tally.total is None else f"{tally.done:,}/{tally.total:,}",
        "rate": f"{rate:.1f}",
        "characters": f"{characters:,.0f}",
        "failed": f"{tally.failed:,}",
    }
    line = tr("progress.line", lang, **values)
    return line if seconds is None else line + tr("progress.left", lang, time=clock(seconds))


def clock(seconds: float) -> str:
    """A stretch of time: ``0:07``, ``2:03:00``."""
    minutes, rest = divmod(round(seconds), 60)
    hours, minutes = divmod(minutes, 60)
    return f"{hours}:{minutes:02}:{rest:02}" if hours else f"{minutes}:{rest:02}"


@contextmanager
def shown_progress(lang: Lang, tally: Tally, *, bar: bool, lines: bool) -> Iterator[Callable[[], None]]:
    """A context with what is to be called whenever the tally has changed.

    Parameters
    ----------
    bar
        On a terminal.
    lines
        Where there is no bar, a line now and then.
    """
    if bar:
        with _bar(lang, tally) as progress:
            task = progress.add_task(tr("cli.reading", lang), total=tally.total, line="")

            def advance() -> None:
                progress.update(task, completed=tally.done, total=tally.total, line=told(tally, lang))

            yield advance
        return
    last = time.monotonic()

    def log() -> None:
        nonlocal last
        if lines and time.monotonic() - last >= _EVERY:
            last = time.monotonic()
            typer.echo(told(tally, lang), err=True)

    yield log


def _bar(lang: Lang, tally: Tally) -> Progress:
    from rich.progress import BarColumn, Progress, SpinnerColumn, TextColumn

    from .app import errors

    parts: list[Any] = [SpinnerColumn()]
    if tally.total is not None:
        parts.append(BarColumn(bar_width=20))
    parts.append(TextColumn("{task.fields[line]}"))
    return Progress(*parts, console=errors(), transient=True)
