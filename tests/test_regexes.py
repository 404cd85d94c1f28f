"""No regular expression takes more time than in proportion to its text, whatever character repeats in it."""

from __future__ import annotations

import re
import signal
import time
from collections.abc import Iterator
from contextlib import contextmanager
from random import Random

import pytest

from .regexes import Use, hostile, uses
from .thorough import scaled

#: Seconds for a text: so much for each code point, and so much in any case; more where the length is bounded.
_EACH, _ANYHOW, _BOUNDED = 3.0e-6, 1.5e-3, 4.0e-3
_LENGTHS = (40, 300, 4000, 16000)
#: Seconds for the text before under which a longer one needs no look.
_QUICK = 0.2e-3


class _TooLong(Exception):  # noqa: N818
    pass


@contextmanager
def _stopped(seconds: float) -> Iterator[None]:
    """What takes longer is stopped: `re` looks for signals while it searches."""

    def stop(*_: object) -> None:
        raise _TooLong

    before = signal.signal(signal.SIGALRM, stop)
    signal.setitimer(signal.ITIMER_REAL, seconds)
    try:
        yield
    finally:
        signal.setitimer(signal.ITIMER_REAL, 0)
        signal.signal(signal.SIGALRM, before)


def _seconds(use: Use, text: str) -> float:
    try:
        with _stopped(1.0):
            started = time.thread_time()
            use.run(text)
            return time.thread_time() - started
    except _TooLong:
        return 1.0


def slow(use: Use, seed: int, pairs: int, most: int = 10_000) -> str | None:
    """The first text that takes too long, in words."""
    texts = list(hostile(use, seed, pairs))
    for before, unit, after in texts if len(texts) <= most else Random(seed).sample(texts, most):
        for length in _LENGTHS:
            room = min(length, use.most or length) - len(before) - len(after)
            text = before + unit * max(1, room // len(unit)) + after
            allowed = (_BOUNDED if use.most else _ANYHOW) + _EACH * len(text)
            took = _seconds(use, text)
            if took > allowed and (took := min(_seconds(use, text) for _ in range(3))) > allowed:
                return f"{before!r} + {unit!r} × {room // len(unit)} + {after!r}: {took * 1000:.1f} ms"
            if length > (use.most or length) or (length >= 300 and took < _QUICK):
                break
    return None


@pytest.mark.skipif(not hasattr(signal, "setitimer"), reason="what hangs can't be stopped here")
def test_every_pattern_takes_time_in_proportion_to_the_text() -> None:
    found = uses()
    assert len(found) > 300
    wrong = [
        f"{use.where} ({use.way}) {text}"
        for use in (scaled(found, found[::6]))
        if (text := slow(use, seed=7, pairs=10, most=scaled(100, 12)))
    ]
    assert not wrong, "\n".join(wrong)


@pytest.mark.skipif(not hasattr(signal, "setitimer"), reason="what hangs can't be stopped here")
@pytest.mark.parametrize(
    ("pattern", "way"),
    [(r"\s+#+\s*$", "search"), (r"(?:<!--.*?-->\s*)*<html", "match"), (r"^\S+@\S+\s*\((.*)\)$", "search")],
)
def test_a_pattern_that_does_not_is_found(pattern: str, way: str) -> None:
    assert slow(Use("", re.compile(pattern, re.DOTALL), way), seed=7, pairs=10)
