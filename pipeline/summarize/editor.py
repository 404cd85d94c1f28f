"""The default method: a linear score over named features, then greedy choice with redundancy control."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from ..korean.wording import Overlap, overlap
from ..records import Beaten, Reason
from .draft import Draft, Ranked, repeats_in
from .features import FEATURES, features
from .greedy import choose_all
from .likeness import likeness
from .needs import needs_of

Matrix = NDArray[np.float64]


def editor(draft: Draft) -> Ranked:
    """Rank by weighted features, each next one chosen for what it adds to those before it.

    The score of a sentence is a sum of features times weights. The choice is greedy: each time the sentence
    with the largest marginal relevance (Carbonell & Goldstein 1998), its score less its likeness to what is
    chosen and more when its theme is new, so that the ranking of k sentences is a prefix of that of k + 1.

    A sentence that leans on others is worth the mean of them and itself, a little less for each of them, and
    is chosen after them; so no prefix of the ranking dangles. What says the same as a chosen sentence comes
    after all others, and last what leans on nothing that there is.
    """
    if not draft.units:
        return Ranked()
    words = overlap(draft.tokens)
    names, parts = contributions(draft, words)
    score = np.round(parts.sum(axis=0), 5)
    alike, same = likeness(draft, words)
    themes = [theme for theme, _ in draft.themes]
    choice = choose_all(score, alike, same, needs_of(draft), themes, draft.model)
    least, span = float(score.min()), float(np.ptp(score))
    salience = (score - least) / span if span > 0 else np.ones(len(score))

    place = {i: n for n, i in enumerate(choice.order)}

    def explain(i: int) -> Reason:
        told = {name: round(float(part), 4) for name, part in zip(names, parts[:, i], strict=True)}
        return Reason(
            sentence=i,
            rank=place[i] + 1,
            score=round(float(score[i]), 4),
            features={
                name: part
                for name, part in sorted(told.items(), key=lambda item: (-abs(item[1]), item[0]))
                if part
            },
            redundancy=round(choice.redundancy[i], 4) + 0.0,
            covers=choice.covers.get(i),
            needs=choice.needs[i],
            needed_by=choice.needed_by.get(i),
            beat=tuple(Beaten(j, round(margin, 4), why) for j, margin, why in choice.beaten(i)),
        )

    # The line above a list comes with the best of its items.
    lists = {i: min(items, key=place.__getitem__) for i, items in draft.lists.items() if items}
    return Ranked(
        order=choice.order,
        salience=dict(enumerate(np.round(salience, 4).tolist())),
        needs=choice.needs,
        unfit=choice.unfit,
        repeats=repeats_in(choice.order, draft.first, choice.repeats),
        brought=choice.needed_by | lists,
        bound=frozenset(draft.lists),
        explain=explain,
    )


def contributions(draft: Draft, words: Overlap | None = None) -> tuple[list[str], Matrix]:
    """What each feature adds to the score of each unit: names, and a matrix of as many rows."""
    model = draft.model
    weights = np.array([[model.weights.get(name, 0.0)] for name in FEATURES])
    names, parts = list(FEATURES), weights * features(draft, words)
    for name, weight, values in (
        ("query", model.query, draft.answers),
        ("wanted", model.theme, draft.wanted),
    ):
        if values:
            names.append(name)
            parts = np.vstack([parts, weight * np.array(values)])
    return names, parts
