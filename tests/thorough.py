"""How much is tried: what takes long with ``--all`` only, what takes no time all in one test."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from typing import Any, TypeVar

import pytest
from hypothesis import settings

T = TypeVar("T")

#: A test for ``--all`` only.
thorough = pytest.mark.extra("all")


def few(cases: Sequence[Any], count: int) -> list[Any]:
    """Cases for ``parametrize``, of which so many, evenly apart, are tried without ``--all`` too."""
    kept = {round(n * (len(cases) - 1) / max(1, count - 1)) for n in range(count)}
    return [
        case if n in kept else pytest.param(*(case if isinstance(case, tuple) else (case,)), marks=thorough)
        for n, case in enumerate(cases)
    ]


def scaled(most: T, least: T) -> T:
    """The first with ``--all``, else the second."""
    return most if settings().max_examples >= 100 else least


def examples(most: int, **given: Any) -> Callable[[Any], Any]:
    """Hypothesis tries so many examples with ``--all``, else a fifth."""
    made: Callable[[Any], Any] = settings(
        max_examples=scaled(most, max(5, most // 5)), deadline=None, **given
    )
    return made


def each(cases: Iterable[T], name: Callable[[T], str], check: Callable[[T], None]) -> None:
    """Check many small cases in one test, and tell of each that fails; a test for each would take longer."""
    wrong = []
    for case in cases:
        try:
            check(case)
        except AssertionError as error:
            wrong.append(f"{name(case)}: {error}")
    assert not wrong, f"{len(wrong)} are wrong:\n" + "\n".join(wrong)
