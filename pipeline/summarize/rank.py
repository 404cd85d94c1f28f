"""A ranking out of what sentences are worth: each next one for what it adds to those before it."""

from __future__ import annotations

from collections.abc import Collection
from functools import lru_cache

import numpy as np
from numpy.typing import NDArray

from ..korean.tags import POINTING
from ..records import Beaten, Draft, Reason, Salience
from .greedy import choose_all
from .needs import Need, dangling, needs_of
from .ranked import Ranked, by_score, repeats_in

#: How likely it has to be that a sentence is understood by itself for it to come by itself, whatever
#: cohesion says. At one half good sentences are passed over, and no fewer of the rest come.
_STANDS = 0.35
#: What it costs to stand there again in the same words, in log odds.
_AGAIN = 1.0
#: Rules that hold whatever readers are likely to understand: whose a fact is, and what 다만 takes back.
_ALWAYS = ("subjects.", "connectives.")


def rank(draft: Draft, salience: Salience) -> Ranked:
    """Rank by worth, each next one chosen for what it adds to those before it.

    The choice is greedy: each time the sentence with the largest marginal
    relevance (Carbonell & Goldstein 1998), its score less its likeness to what is chosen and more when its
    theme is new, so that the ranking of k sentences is a prefix of that of k + 1.

    A sentence leans on others where cohesion says so and readers are not likely to understand it by itself
    all the same. One that leans is worth the mean of them and itself, a little less for each of them, and
    is chosen after them; so no prefix of the ranking dangles. What says the same as a chosen sentence comes
    after all others, and last what leans on nothing that there is.
    """
    if not draft.units:
        return Ranked()
    if salience.alike is None or salience.same is None:
        return by_score(salience)
    names, parts, score = salience.names, salience.parts, salience.score
    held = held_by(draft, salience)
    themes = [theme for theme, _ in draft.themes]
    first = np.array([i == place for i, place in enumerate(salience.first)])
    choice = choose_all(score - _AGAIN * ~first, salience.alike, salience.same, held, themes, draft.model)

    place = {i: n for n, i in enumerate(choice.order)}

    def explain(i: int) -> Reason:
        alphabet, at = _alphabet(names)
        column = parts[at, i].round(4)
        # The largest first, equals in the order of their names; what is 0 comes last, and is not told.
        largest = np.argsort(-np.abs(column), kind="stable")[: np.count_nonzero(column)]
        told = zip([alphabet[n] for n in largest.tolist()], column[largest].tolist(), strict=True)
        return Reason(
            sentence=i,
            rank=place[i] + 1,
            score=round(float(score[i]), 4),
            features=dict(told),
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
        salience=dict(enumerate(np.round(salience.worth, 4).tolist())),
        needs=choice.needs,
        unfit=choice.unfit,
        repeats=repeats_in(choice.order, salience.first, choice.repeats),
        brought=choice.needed_by | lists,
        bound=frozenset(draft.lists),
        explain=explain,
    )


@lru_cache(maxsize=16)
def _alphabet(names: tuple[str, ...]) -> tuple[tuple[str, ...], NDArray[np.intp]]:
    """Names in order, and where each of them stands."""
    at = sorted(range(len(names)), key=names.__getitem__)
    return tuple(names[i] for i in at), np.array(at, dtype=np.intp)


def held_by(draft: Draft, salience: Salience) -> tuple[tuple[Need, ...], ...]:
    """What each unit of a draft needs: as cohesion says, where readers are likely to miss it."""
    needs = needs_of(draft, salience)
    if salience.stands is None:
        return needs
    # What can't be had anyway stays out, and so does what a list that is not there was to follow.
    return tuple(
        own if sure < _STANDS or () in own or _holds(draft, i) else ()
        for i, (own, sure) in enumerate(zip(needs, salience.stands.tolist(), strict=True))
    )


def _holds(draft: Draft, i: int) -> bool:
    """Whether a unit leans in a way that no reader passes over.

    Of what opens with a pointing word (이 칩은 …) they miss eight in ten.
    """
    rules = [lean.rule for lean in draft.leans[i]]
    if any(rule.startswith(_ALWAYS) for rule in rules):
        return True
    first = draft.units[i].tokens[:1]
    return bool(first) and first[0].tag in POINTING and any(rule.startswith("reference.") for rule in rules)


def unmet(draft: Draft, salience: Salience, chosen: Collection[int]) -> tuple[int, ...]:
    """Of the chosen positions those that dangle: they need what is not chosen."""
    return dangling(held_by(draft, salience), chosen)
