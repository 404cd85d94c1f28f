"""The default method: the worth of sentences, a sum over named features, then greedy choice."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from functools import lru_cache

import numpy as np
from numpy.typing import NDArray

from ..korean.wording import overlap
from ..records import Beaten, EditorModel, Reason
from .draft import Draft, Ranked, repeats_in
from .features import Found, features, stack_of
from .greedy import choose_all
from .likeness import likeness
from .needs import Need, dangling, needs_of

Matrix = NDArray[np.float64]

#: How likely it has to be that a sentence is understood by itself for it to come by itself, whatever
#: cohesion says. At one half good sentences are passed over, and no fewer of the rest come.
_STANDS = 0.35
#: What it costs to stand there again in the same words, in log odds.
_AGAIN = 1.0
#: Rules that hold whatever readers are likely to understand: whose a fact is, and what 다만 takes back.
_ALWAYS = ("subjects.", "connectives.")
#: Tags of words that point: 이, 그런; 이것, 거기.
_POINTING = frozenset({"MM", "NP"})


def editor(draft: Draft) -> Ranked:
    """Rank by worth, each next one chosen for what it adds to those before it.

    The score of a sentence is a sum over its features: the log odds that an editor prints it, and its
    salience that probability. The choice is greedy: each time the sentence with the largest marginal
    relevance (Carbonell & Goldstein 1998), its score less its likeness to what is chosen and more when its
    theme is new, so that the ranking of k sentences is a prefix of that of k + 1.

    A sentence leans on others where cohesion says so and readers are not likely to understand it by itself
    all the same. One that leans is worth the mean of them and itself, a little less for each of them, and
    is chosen after them; so no prefix of the ranking dangles. What says the same as a chosen sentence comes
    after all others, and last what leans on nothing that there is.
    """
    if not draft.units:
        return Ranked()
    words = overlap(draft.tokens)
    alike, same = likeness(draft, words)
    found = stack_of(draft.model).look_up(features(draft, alike, words))
    names, parts = contributions(draft, found)
    score = np.round(parts.sum(axis=0), 5)
    # What stands twice is worth what it is at its best place, and comes from its first.
    best = _best_places(draft.first, score.tolist())
    parts, score = parts[:, best], score[best]
    held = held_by(draft, found)
    themes = [theme for theme, _ in draft.themes]
    first = np.array([i == place for i, place in enumerate(draft.first)])
    choice = choose_all(score - _AGAIN * ~first, alike, same, held, themes, draft.model)
    salience = odds(score)

    place = {i: n for n, i in enumerate(choice.order)}
    by_name = sorted(range(len(names)), key=names.__getitem__)

    def explain(i: int) -> Reason:
        told = [_told(part) for part in parts[by_name, i].tolist()]
        # The largest first, equals in the order of their names.
        largest = np.argsort(-np.abs(told), kind="stable").tolist()
        return Reason(
            sentence=i,
            rank=place[i] + 1,
            score=round(float(score[i]), 4),
            features={names[by_name[k]]: told[k] for k in largest if told[k]},
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


def _best_places(first: Sequence[int], score: Sequence[float]) -> list[int]:
    """For each unit the place of the highest score at which the same is said in the same words."""
    best = list(range(len(first)))
    for i, place in enumerate(first):
        if score[i] > score[best[place]]:
            best[place] = i
    return [best[place] for place in first]


@lru_cache(maxsize=4096)
def _told(part: float) -> float:
    """A part of a score as a reason tells it: most are entries of the same tables."""
    return round(part, 4)


def held_by(draft: Draft, found: Found) -> tuple[tuple[Need, ...], ...]:
    """What each unit of a draft needs: as cohesion says, where readers are likely to miss it.

    Parameters
    ----------
    found
        What the model says of the draft's features.
    """
    needs = needs_of(draft)
    standing = stands(draft.model, found)
    if standing is None:
        return needs
    # What can't be had anyway stays out, and so does what a list that is not there was to follow.
    return tuple(
        own if sure < _STANDS or () in own or _holds(draft, i) else ()
        for i, (own, sure) in enumerate(zip(needs, standing.tolist(), strict=True))
    )


def _holds(draft: Draft, i: int) -> bool:
    """Whether a unit leans in a way that no reader passes over.

    Of what opens with a pointing word (이 칩은 …) they miss eight in ten.
    """
    rules = [lean.rule for lean in draft.leans[i]]
    if any(rule.startswith(_ALWAYS) for rule in rules):
        return True
    first = draft.units[i].tokens[:1]
    return bool(first) and first[0].tag in _POINTING and any(rule.startswith("reference.") for rule in rules)


def unmet(draft: Draft, chosen: Collection[int]) -> tuple[int, ...]:
    """Of the chosen positions those that dangle: they need what is not chosen."""
    if not draft.units:
        return ()
    return dangling(held_by(draft, stack_of(draft.model).look_up(features(draft))), chosen)


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
