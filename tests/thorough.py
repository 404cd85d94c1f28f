"""What runs with ``--all`` only: what takes long, and shows on more cases what a few have shown."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

import pytest
from hypothesis import settings

#: A test for ``--all`` only.
thorough = pytest.mark.extra("all")


def few(cases: Sequence[Any], count: int) -> list[Any]:
    """Cases for ``parametrize``, of which so many, evenly apart, are tried without ``--all`` too."""
    kept = {round(n * (len(cases) - 1) / max(1, count - 1)) for n in range(count)}
    return [
        case if n in kept else pytest.param(*(case if isinstance(case, tuple) else (case,)), marks=thorough)
        for n, case in enumerate(cases)
    ]


def scaled(most: int, least: int) -> int:
    """So many times with ``--all``, else the least."""
    return most if settings().max_examples >= 100 else least


def examples(most: int, **given: Any) -> Callable[[Any], Any]:
    """Hypothesis tries so many examples with ``--all``, else a fifth."""
    made: Callable[[Any], Any] = settings(
        max_examples=scaled(most, max(5, most // 5)), deadline=None, **given
    )
    return made
