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

#: The functions that are a step, by its name; an encoder and the methods are objects of a pipeline.
STEPS: dict[str, tuple[Callable[..., Any], ...]] = {
    "layout": (layout.lay_out, layout.recognize),
    "korean": (korean.split,),
    "cohesion": (cohesion.read,),
    "encode": (),
    "themes": (themes.gather_all, themes.assign),
    "figures": (steps.figures_of, figures.within),
    "summarize": (
        salience.draft_of, salience.notes, summarize.rank, summarize.indexed, summarize.choose,
    ),
    "keywords": (keywords.extract_all,),
}  # fmt: skip


_END = object()
_PACKAGE = __name__.split(".")[0]


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

    def watch(self, function: Callable[..., Any], step: str) -> None:
        """Count what a function costs, under whatever names modules of the package call it."""
        self._replace(function, self._timed(step, function))

    def watch_items(self, function: Callable[..., Iterator[Any]], step: str) -> None:
        """Count what the items of an iterator cost that a function gives."""

        def items(*given: Any, **wanted: Any) -> Iterator[Any]:
            following = self._timed(step, partial(next, iter(function(*given, **wanted)), _END))
            return iter(following, _END)

        self._replace(function, items)

    def watch_method(self, method: Callable[..., Any], home: type, step: str) -> None:
        """Count what a method of a class costs."""
        self._undo.append(partial(setattr, home, method.__name__, method))
        setattr(home, method.__name__, self._timed(step, method))

    def watch_encoder(self, encoder: Any) -> None:
        """Count what the encoder of a pipeline costs."""
        for name in ("encode_heads", "encode_numbered"):
            if method := getattr(type(encoder), name, None):
                self.watch_method(method, type(encoder), "encode")

    def watch_methods(self) -> None:
        """Count what the methods of summarizing cost."""
        for methods in (salience.METHODS, salience.TOGETHER):
            known: dict[str, Any] = dict(methods)
            for name, method in known.items():
                self._undo.append(partial(methods.__setitem__, name, method))
                methods[name] = self._timed("summarize", method)

    def stop(self) -> None:
        """Leave everything as it was."""
        while self._undo:
            self._undo.pop()()

    def _replace(self, own: Callable[..., Any], other: Callable[..., Any]) -> None:
        for module in [module for name, module in sys.modules.items() if name.split(".")[0] == _PACKAGE]:
            for name in [name for name, value in vars(module).items() if value is own]:
                self._undo.append(partial(setattr, module, name, own))
                setattr(module, name, other)

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
        for step, functions in STEPS.items():
            for function in functions:
                clock.watch(function, step)
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
