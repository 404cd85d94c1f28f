"""What a summarization method is given, and what it gives back."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray

from ..records import Beaten, EditorModel, Kind, Lean, Token, Tokens, Unit
from .words import first_of_same


@dataclass(frozen=True, slots=True)
class Draft:
    """An article's body sentences and items, n of them. Only `editor` looks beyond the first four fields.

    Attributes
    ----------
    tokens
        Morphemes of the units in columns.
    vectors
        Unit rows of the `centrality` head, shape (n, d).
    heads
        Unit rows of the title and headings, shape (h, d).
    themes
        Theme of each unit, with its score.
    similar
        Unit rows of the `similarity` head, shape (n, d); None stands for `vectors`.
    before
        Kind of the unit right before each one, boilerplate left out; None at the start of the article.
        Empty: each follows the one before it.
    title
        Morphemes of the title.
    sections
        Morphemes of the heading that each unit stands under. Empty: there are no headings.
    answers
        How well each unit answers the reader's query, 0 to 1. Empty: there is none.
    wanted
        How surely each unit is of the theme asked for, 0 to 1. Empty: none is.
    leans
        What each unit leans on, as positions. Empty: none does.
    lists
        Lines that say nothing without what stands below them, with these.
    cues, model
        The words and weights of the `editor` method.
    first
        For each unit the first that says the same in the same words.
    """

    units: tuple[Unit, ...]
    tokens: Tokens
    vectors: NDArray[np.float32]
    heads: NDArray[np.float32]
    themes: tuple[tuple[str, float], ...]
    similar: NDArray[np.float32] | None = None
    before: tuple[Kind | None, ...] = ()
    title: tuple[Token, ...] = ()
    sections: tuple[tuple[Token, ...], ...] = ()
    answers: tuple[float, ...] = ()
    wanted: tuple[float, ...] = ()
    leans: tuple[tuple[Lean, ...], ...] = ()
    lists: Mapping[int, tuple[int, ...]] = field(default_factory=dict)
    cues: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    model: EditorModel = field(default_factory=lambda: EditorModel(weights={}))
    first: tuple[int, ...] = field(init=False)

    def __post_init__(self) -> None:
        """Read the units for what several say."""
        object.__setattr__(self, "first", first_of_same(self.units, self.tokens))


@dataclass(frozen=True, slots=True, kw_only=True)
class Why:
    """Why a position stands where it does; `records.Reason` in positions of the draft."""

    score: float
    features: dict[str, float]
    redundancy: float = 0.0
    covers: str | None = None
    needed_by: int | None = None
    beat: tuple[Beaten, ...] = ()


@dataclass(frozen=True, slots=True)
class Ranked:
    """All positions of a draft.

    Attributes
    ----------
    order
        Best first.
    salience
        0 to 1, of each position.
    needs
        Of each position the positions without which it does not stand, directly or by what those need.
        Empty: the method doesn't ask.
    unfit
        Positions, the last of the ranking, that no summary has a use for: they say the same as one above
        them, or lean on what can't be had.
    repeats
        Those of them that say the same as one above them.
    brought
        Positions that are where they are only for one that needs them, which is the value.
    bound
        Those of them that say nothing without it, and what says nothing and is not brought.
    explain
        Gives the reasons of a position. None: the score is the salience.
    """

    order: tuple[int, ...]
    salience: tuple[float, ...]
    needs: tuple[tuple[int, ...], ...] = ()
    unfit: frozenset[int] = frozenset()
    repeats: frozenset[int] = frozenset()
    brought: Mapping[int, int] = field(default_factory=dict)
    bound: frozenset[int] = frozenset()
    explain: Callable[[int], Why] | None = None


def by_score(scores: Sequence[float]) -> Ranked:
    """Rank by score, earlier first among equals; salience is the score scaled to the largest.

    Scores are rounded before they are compared, so that sentences whose scores differ only in the last
    bits keep document order on every machine.
    """
    top = max((float(s) for s in scores), default=0.0)
    salience = tuple(round(max(float(s), 0.0) / top, 4) if top > 0 else 0.0 for s in scores)
    order = tuple(sorted(range(len(salience)), key=lambda i: (-salience[i], i)))
    return Ranked(order, salience)
