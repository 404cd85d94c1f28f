"""An article as summarization sees it: its body sentences and items, and what they are worth."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from .article import Kind
from .cohesion import Lean
from .data import EditorModel
from .figures import Figure
from .units import Token, Tokens, Unit

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray


@dataclass(frozen=True, slots=True, eq=False)
class Draft:
    """An article's body sentences and items, n of them. Published methods look at the first four fields.

    Attributes
    ----------
    tokens
        Morphemes of the units in columns.
    vectors
        Unit rows of the `centrality` head, shape (n, d).
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
    marks
        For each unit the ids of the rules of `cohesion` by which it points ahead, or at nobody before it.
        Empty: none does.
    figures, headline
        The figures of each unit, and those of the title. Empty: none were read.
    left_out
        Units whose subject is left out.
    cues, model
        The words and weights of the `editor` method.
    """

    units: tuple[Unit, ...]
    tokens: Tokens
    vectors: NDArray[np.float32]
    themes: tuple[tuple[str, float], ...]
    similar: NDArray[np.float32] | None = None
    before: tuple[Kind | None, ...] = ()
    title: tuple[Token, ...] = ()
    sections: tuple[tuple[Token, ...], ...] = ()
    answers: tuple[float, ...] = ()
    wanted: tuple[float, ...] = ()
    leans: tuple[tuple[Lean, ...], ...] = ()
    lists: Mapping[int, tuple[int, ...]] = field(default_factory=dict)
    marks: tuple[frozenset[str], ...] = ()
    figures: tuple[tuple[Figure, ...], ...] = ()
    headline: tuple[Figure, ...] = ()
    left_out: frozenset[int] = frozenset()
    cues: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    model: EditorModel = field(default_factory=EditorModel)


@dataclass(frozen=True, slots=True, eq=False)
class Salience:
    """What the n sentences of a draft are worth to a method.

    Attributes
    ----------
    names, parts
        What the score is made of, shape (names, n).
    score
        Sum of `parts`, shape (n,).
    worth
        0 to 1: of the method `editor` the probability that an editor prints a sentence, shape (n,).
    first
        For each unit the first that says the same in the same words.
    asked
        Positions that are what the reader asked for.
    stands
        How likely it is that each is understood by itself, shape (n,). None: that is not known.
    alike, same
        How alike two are, and whether they say the same, shape (n, n). None: the method ranks by its score
        and asks for nothing else.
    """

    names: tuple[str, ...]
    parts: NDArray[np.float64]
    score: NDArray[np.float64]
    worth: NDArray[np.float64]
    first: tuple[int, ...]
    asked: frozenset[int] = frozenset()
    stands: NDArray[np.float64] | None = None
    alike: NDArray[np.float64] | None = None
    same: NDArray[np.bool_] | None = None
