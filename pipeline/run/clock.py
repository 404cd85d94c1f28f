"""What the steps cost, measured from outside: nothing is measured that nobody asks for."""

from __future__ import annotations

import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from functools import partial
from typing import Any

from .. import cohesion, figures, keywords, korean, layout, salience, summarize, themes
from . import steps

#: What the steps call, by the name of the step: where it stands, and its name there.
STEPS: dict[str, tuple[tuple[Any, str], ...]] = {
    "layout": ((layout, "lay_out"), (layout, "recognize")),
    "korean": ((korean, "split"),),
    "cohesion": ((cohesion, "read"),),
    "encode": (),
    "themes": ((themes, "gather"), (themes, "assign")),
    "figures": ((steps, "figures_of"), (figures, "within")),
    "summarize": (
        *((salience, name) for name in ("draft_of", "notes")),
        *((summarize, name) for name in ("rank", "indexed", "choose")),
    ),
    "keywords": ((keywords, "extract_all"),),
}


_END = object()


@dataclass(slots=True)
class Cost:
    """Processor time of a step in seconds, all threads together, and how often it was called."""

    seconds: float = 0.0
    calls: int = 0


class Clock:
    """What the steps have cost so far; time inside an inner step is the inner step's."""

    def __init__(self) -> None:
        self.costs: dict[str, Cost] = {}
        self._inner: list[float] = []
        self._undo: list[Callable[[], None]] = []

    def watch(self, home: Any, name: str, step: str) -> None:
        """Count what a function of a module, or a method of a class, costs."""
        own = getattr(home, name)
        self._undo.append(partial(setattr, home, name, own))
        setattr(home, name, self._timed(step, own))

    def watch_items(self, home: Any, name: str, step: str) -> None:
        """Count what the items of an iterator cost that a function gives."""
        own = getattr(home, name)
        self._undo.append(partial(setattr, home, name, own))

        def items(*given: Any, **wanted: Any) -> Iterator[Any]:
            following = self._timed(step, partial(next, iter(own(*given, **wanted)), _END))
            return iter(following, _END)

        setattr(home, name, items)

    def watch_encoder(self, encoder: Any) -> None:
        """Count what the encoder of a pipeline costs."""
        self.watch(type(encoder), "encode_heads", "encode")

    def watch_methods(self) -> None:
        """Count what the methods of summarizing cost."""
        for name, method in list(salience.METHODS.items()):
            self._undo.append(partial(salience.METHODS.__setitem__, name, method))
            salience.METHODS[name] = self._timed("summarize", method)

    def stop(self) -> None:
        """Leave everything as it was."""
        while self._undo:
            self._undo.pop()()

    def _timed(self, step: str, function: Callable[..., Any]) -> Callable[..., Any]:
        def run(*given: Any, **wanted: Any) -> Any:
            begin = time.process_time()
            self._inner.append(0.0)
            try:
                return function(*given, **wanted)
            finally:
                spent = time.process_time() - begin
                own = spent - self._inner.pop()
                if self._inner:
                    self._inner[-1] += spent
                cost = self.costs.setdefault(step, Cost())
                cost.seconds += own
                cost.calls += 1

        return run


@contextmanager
def watched() -> Iterator[Clock]:
    """A context in which what the steps cost in this process is counted."""
    clock = Clock()
    try:
        for step, places in STEPS.items():
            for home, name in places:
                clock.watch(home, name, step)
        clock.watch_methods()
        yield clock
    finally:
        clock.stop()


def peak_memory() -> int | None:
    """Most memory that this process, or one of its workers, has taken so far, in bytes; None: not known."""
    try:
        import resource
    except ImportError:
        return None
    most = max(resource.getrusage(who).ru_maxrss for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN))
    return most if sys.platform == "darwin" else most * 1024
