"""A theme set, made ready once for all articles: its words indexed, its examples encoded."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from ..records import OTHER, Theme, ThemeModel, ThemeSet
from .lexicon import Lexicon, compile_lexicon
from .words import Vocabulary, vocabulary

Vectors = NDArray[np.float32]

#: Ridge of the example classifier, in units of a squared cosine.
_RIDGE = 1.0


@dataclass(frozen=True, slots=True)
class Prepared:
    """A theme set to assign by. Its last side is what lies outside the themes.

    Attributes
    ----------
    ids
        Theme ids in the order of the set, then ``other``.
    named
        Sides that an article has only where it names them by a term.
    columns
        The encoder's columns that any example uses; the others say nothing.
    examples
        Unit rows of definitions and examples, shape (m, c).
    owner, starts
        Side of each example, ascending, and where each side's examples start.
    middle, spread
        Mean and deviation of the likeness between examples of different sides: what an encoder calls
        unlike. Likeness is measured from there, so that weights hold for any encoder.
    separator
        Ridge regression from a unit's row to sides, shape (c, sides).
    vocabulary
        Words that were learned from articles labelled by the set; None where none were.
    """

    ids: tuple[str, ...]
    named: frozenset[int]
    lexicon: Lexicon
    columns: NDArray[np.intp] | None
    examples: Vectors
    owner: NDArray[np.intp]
    starts: NDArray[np.intp]
    middle: float
    spread: float
    separator: Vectors
    model: ThemeModel
    vocabulary: Vocabulary | None


def prepare(theme_set: ThemeSet, encode: Callable[[Sequence[str]], Vectors], model: ThemeModel) -> Prepared:
    """Index the words and encode the examples of a theme set.

    Parameters
    ----------
    encode
        Texts to unit rows, shape (n, d).
    model
        Weights.
    """
    outside = theme_set.outside or Theme(OTHER, theme_set.other, "", (), (), ())
    sides = (*theme_set.themes, outside)
    texts = [(t, text) for t, side in enumerate(sides) for text in (side.definition, *side.examples) if text]
    owner = np.array([t for t, _ in texts], dtype=np.intp)
    rows = encode([text for _, text in texts])
    columns = np.flatnonzero(rows.any(axis=0))
    # A sparse encoder's other columns are left out; a dense one is used as it is.
    kept = columns if len(columns) < rows.shape[1] else None
    examples = np.ascontiguousarray(rows if kept is None else rows[:, kept])
    alike = examples @ examples.T
    unlike = np.array(
        [alike[i, owner == t].max() for i in range(len(owner)) for t in set(owner.tolist()) if t != owner[i]]
    )
    middle, spread = (float(unlike.mean()), float(unlike.std())) if unlike.size else (0.0, 1.0)
    return Prepared(
        ids=(*(side.id for side in theme_set.themes), OTHER),
        named=frozenset(t for t, side in enumerate(sides) if side.named),
        lexicon=compile_lexicon(sides),
        columns=kept,
        examples=examples,
        owner=owner,
        starts=np.flatnonzero(np.diff(owner, prepend=-1)),
        middle=middle,
        spread=max(spread, 1e-3),
        separator=_separator(examples, alike, owner, len(sides)),
        model=model,
        vocabulary=vocabulary(model.words) if model.words else None,
    )


def _separator(examples: Vectors, alike: Vectors, owner: NDArray[np.intp], sides: int) -> Vectors:
    """Kernel ridge regression (Saunders et al. 1998) from rows to one-hot sides, balanced by side."""
    if not len(owner):
        return np.zeros((examples.shape[1], sides), dtype=np.float32)
    targets = np.eye(sides, dtype=np.float64)[owner]
    targets -= targets.mean(axis=0)
    weights = np.linalg.solve(alike.astype(np.float64) + _RIDGE * np.eye(len(owner)), targets)
    found: Vectors = (examples.T.astype(np.float64) @ weights).astype(np.float32)
    return found
