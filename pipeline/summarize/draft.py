"""What a summarization method is given, and what it gives back."""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray

from ..korean.wording import first_of_same
from ..records import EditorModel, Figure, Kind, Lean, Reason, Token, Tokens, Unit


@dataclass(frozen=True, slots=True)
class Draft:
    """An article's body sentences and items, n of them. Only `editor` looks beyond the first four fields.

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
    figures, headline
        The figures of each unit, and those of the title. Empty: none were read.
    left_out
        Units whose subject is left out.
    cues, model
        The words and weights of the `editor` method.
    first
        For each unit the first that says the same in the same words.
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
    figures: tuple[tuple[Figure, ...], ...] = ()
    headline: tuple[Figure, ...] = ()
    left_out: frozenset[int] = frozenset()
    cues: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    model: EditorModel = field(default_factory=EditorModel)
    first: tuple[int, ...] = field(init=False)

    def __post_init__(self) -> None:
        """Read the units for what several say."""
        object.__setattr__(self, "first", first_of_same(self.units, self.tokens))


@dataclass(frozen=True, slots=True)
class Ranked:
    """Sentences in order of merit, with what keeps one from being taken by itself.

    A method gives positions of its draft; what `indexed` makes of them are indices of units.

    Attributes
    ----------
    order
        Best first.
    salience
        0 to 1, of each.
    needs
        Those without which one does not stand, directly or by what those need.
    unfit
        The last of the ranking, that a budget in characters has no use for: they say the same as one above
        them, or lean on what can't be had.
    repeats
        Those that say what one ranked above them says: no budget has a use for them.
    brought
        Those that are where they are only for one that needs them, which is the value.
    bound
        Those that say nothing without it: the line that introduces a list; and such lines below which there
        is nothing.
    explain
        Gives the reasons of one.
    """

    order: Sequence[int] = ()
    salience: Mapping[int, float] = field(default_factory=dict)
    needs: Mapping[int, tuple[int, ...]] = field(default_factory=dict)
    unfit: Collection[int] = ()
    repeats: Collection[int] = ()
    brought: Mapping[int, int] = field(default_factory=dict)
    bound: Collection[int] = ()
    explain: Callable[[int], Reason] | None = None

    def package(self, i: int, taken: Collection[int] = ()) -> list[int]:
        """What has to be taken to take a sentence."""
        return [*(j for j in self.needs.get(i, ()) if j not in taken), i]

    def reasons(self, chosen: Collection[int]) -> tuple[Reason, ...]:
        """Why some were taken, best first."""
        return tuple(self.explain(i) for i in self.order if i in chosen) if self.explain else ()


def by_score(draft: Draft, method: str, scores: Sequence[float]) -> Ranked:
    """Rank by score, earlier first among equals; salience is the score scaled to the largest.

    Scores are rounded before they are compared, so that sentences whose scores differ only in the last
    bits keep document order on every machine.
    """
    top = max((float(s) for s in scores), default=0.0)
    salience = [round(max(float(s), 0.0) / top, 4) if top > 0 else 0.0 for s in scores]
    order = sorted(range(len(salience)), key=lambda i: (-salience[i], i))

    def explain(i: int) -> Reason:
        return Reason(sentence=i, rank=order.index(i) + 1, score=salience[i], features={method: salience[i]})

    repeats = repeats_in(order, draft.first)
    return Ranked(order, dict(enumerate(salience)), repeats=repeats, explain=explain)


def repeats_in(order: Sequence[int], first: Sequence[int], known: Collection[int] = ()) -> frozenset[int]:
    """Positions that say the same in the same words as one ranked above them, and those known to repeat."""
    told: set[int] = set()
    repeats = set(known)
    for i in order:
        if i not in repeats and first[i] in told:
            repeats.add(i)
        elif i not in repeats:
            told.add(first[i])
    return frozenset(repeats)
