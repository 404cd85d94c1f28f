"""The default method: the log odds that an editor prints a sentence, a sum over named features."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import pairwise

import numpy as np
from numpy.typing import NDArray

from ..korean.columns import joined
from ..korean.wording import firsts_of_same, negated, overlaps
from ..records import Draft, EditorModel, Salience
from .additive import Found, stack_of
from .features import features_of
from .likeness import likeness_of
from .query import answering

Matrix = NDArray[np.float64]

#: Share of the best answer to a query from which a sentence is what the reader asked for.
_ASKED = 1 / 3


def editor(draft: Draft) -> Salience:
    """The probability that an editor prints each sentence, by the additive model of the draft."""
    return editor_of([draft])[0]


def editor_of(drafts: Sequence[Draft]) -> list[Salience]:
    """As `editor`, of several articles in one go: what numpy does takes the time of one."""
    told = [draft for draft in drafts if draft.units]
    found = iter(_editor_of(told) if told else ())
    nothing = Salience((), np.zeros((0, 0)), np.zeros(0), np.zeros(0), ())
    return [next(found) if draft.units else nothing for draft in drafts]


def _editor_of(drafts: Sequence[Draft]) -> Iterator[Salience]:
    texts = joined([draft.tokens for draft in drafts])
    words = overlaps(texts)
    firsts = firsts_of_same([unit for draft in drafts for unit in draft.units], texts)
    negation, spans = negated(texts), [*pairwise(texts.units)]
    likenesses = [
        likeness_of(draft, own, first, negation[start:end])
        for draft, own, first, (start, end) in zip(drafts, words, firsts, spans, strict=True)
    ]
    table = features_of(drafts, texts, [alike for alike, _ in likenesses], words)
    models = dict.fromkeys(draft.model for draft in drafts)
    by_model = {model: stack_of(model).look_up(table) for model in models}
    stood = {model: stands(model, found) for model, found in by_model.items()}
    for draft, first, (alike, same), (start, end) in zip(drafts, firsts, likenesses, spans, strict=True):
        names, worth, _ = by_model[draft.model]
        names, parts = contributions(draft, names, worth[:, start:end])
        score = np.round(parts.sum(axis=0), 5)
        # What stands twice is worth what it is at its best place, and comes from its first.
        best = _best_places(first, score.tolist())
        parts, score = parts[:, best], score[best]
        stand = stood[draft.model]
        yield Salience(
            names=names,
            parts=parts,
            score=score,
            worth=odds(score),
            first=first,
            asked=answering(draft.answers, _ASKED),
            stands=stand[start:end] if stand is not None else None,
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


def contributions(draft: Draft, of: tuple[str, ...], worth: Matrix) -> tuple[tuple[str, ...], Matrix]:
    """What each feature adds to the log odds of each unit: names, and a matrix of as many rows.

    Parameters
    ----------
    of, worth
        Names of features, and what the model says of the draft's.
    """
    model = draft.model
    names = ["base", *of]
    parts = [np.full((1, len(draft.units)), model.base), worth]
    for name, weight, asked in (
        ("query", model.query, draft.answers),
        ("wanted", model.theme, draft.wanted),
    ):
        if asked:
            names.append(name)
            parts.append(weight * np.array([asked]))
    return tuple(names), np.concatenate(parts)


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
