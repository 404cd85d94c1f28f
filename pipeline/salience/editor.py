"""The default method: the log odds that an editor prints a sentence, a sum over named features."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from ..korean.wording import first_of_same, overlap
from ..records import Draft, EditorModel, Salience
from .additive import Found, stack_of
from .features import features
from .likeness import likeness
from .query import answering

Matrix = NDArray[np.float64]

#: Share of the best answer to a query from which a sentence is what the reader asked for.
_ASKED = 1 / 3


def editor(draft: Draft) -> Salience:
    """The probability that an editor prints each sentence, by the additive model of the draft."""
    n = len(draft.units)
    if not n:
        nothing = np.zeros(0)
        return Salience((), np.zeros((0, 0)), nothing, nothing, ())
    words, first = overlap(draft.tokens), first_of_same(draft.units, draft.tokens)
    alike, same = likeness(draft, words, first)
    found = stack_of(draft.model).look_up(features(draft, alike, words))
    names, parts = contributions(draft, found)
    score = np.round(parts.sum(axis=0), 5)
    # What stands twice is worth what it is at its best place, and comes from its first.
    best = _best_places(first, score.tolist())
    parts, score = parts[:, best], score[best]
    return Salience(
        names=tuple(names),
        parts=parts,
        score=score,
        worth=odds(score),
        first=first,
        asked=answering(draft.answers, _ASKED),
        stands=stands(draft.model, found),
        alike=alike,
        same=same,
    )


def _best_places(first: Sequence[int], score: Sequence[float]) -> list[int]:
    """For each unit the place of the highest score at which the same is said in the same words."""
    best = list(range(len(first)))
    for i, place in enumerate(first):
        if score[i] > score[best[place]]:
            best[place] = i
    return [best[place] for place in first]


def contributions(draft: Draft, found: Found) -> tuple[list[str], Matrix]:
    """What each feature adds to the log odds of each unit: names, and a matrix of as many rows.

    Parameters
    ----------
    found
        What the model says of the draft's features.
    """
    model = draft.model
    names = ["base", *found.names]
    parts = [np.full((1, len(draft.units)), model.base), found.worth]
    for name, weight, asked in (
        ("query", model.query, draft.answers),
        ("wanted", model.theme, draft.wanted),
    ):
        if asked:
            names.append(name)
            parts.append(weight * np.array([asked]))
    return names, np.concatenate(parts)


def stands(model: EditorModel, found: Found) -> Matrix | None:
    """How likely it is that each unit is understood by itself; None where that was not learned."""
    if model.stands is None:
        return None
    parts = np.concatenate([np.full((1, found.stands.shape[1]), model.stands), found.stands])
    # One after the other: the order of adding is fixed.
    return odds(np.round(np.add.accumulate(parts)[-1], 5))


def odds(score: Matrix) -> Matrix:
    """The probability of log odds."""
    return 1.0 / (1.0 + np.exp(-np.clip(score, -30.0, 30.0)))
