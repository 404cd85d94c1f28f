"""What a summarization method is given, and what it gives back."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from ..records import Unit

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray


@dataclass(frozen=True, slots=True)
class Draft:
    """An article's body sentences and items, n of them.

    Attributes
    ----------
    vectors
        Unit rows, shape (n, d).
    heads
        Unit rows of the title and headings, shape (h, d).
    themes
        Theme of each unit, with its score.
    """

    units: tuple[Unit, ...]
    vectors: NDArray[np.float32]
    heads: NDArray[np.float32]
    themes: tuple[tuple[str, float], ...]


@dataclass(frozen=True, slots=True)
class Ranked:
    """All positions of a draft, best first, and the salience (0 to 1) of each position."""

    order: tuple[int, ...]
    salience: tuple[float, ...]


def by_score(scores: Sequence[float]) -> Ranked:
    """Rank by score, earlier first among equals; salience is the score scaled to the largest.

    Scores are rounded before they are compared, so that sentences whose scores differ only in the last
    bits keep document order on every machine.
    """
    top = max((float(s) for s in scores), default=0.0)
    salience = tuple(round(max(float(s), 0.0) / top, 4) if top > 0 else 0.0 for s in scores)
    order = tuple(sorted(range(len(salience)), key=lambda i: (-salience[i], i)))
    return Ranked(order, salience)
