"""Where a sentence stands: what the units around it say, in the terms of a first reading."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from .evidence import Evidence
from .place import others, rest, sums

if TYPE_CHECKING:
    from .place import Matrix

    Column = NDArray[np.float64]

#: Sentences that open an article: what it is about stands there.
_LEAD = 2
#: What keeps the logarithm of a probability within bounds.
_LEAST = 1e-3
#: Other sentences of an article from which on learned words count in full.
_TOGETHER = 4
#: What units are like, whatever the themes, that the second reading weighs too.
_MANNER = ("bias", "bare", "leans", "item", "points", "asks", "personal", "short")


@dataclass(frozen=True, slots=True)
class Surroundings:
    """Features of the place of each content unit.

    Attributes
    ----------
    sided
        By name, shape (n, sides).
    alone
        By name, whatever the themes, shape (n,).
    ties
        By name, what ties a unit to the one before it, shape (n,); the first row counts for nothing.
    """

    sided: dict[str, Matrix]
    alone: dict[str, Column]
    ties: dict[str, Column]


def surroundings(first: Matrix, evidence: Evidence) -> Surroundings:
    """Features of the place of each content unit, among those of its article.

    Parameters
    ----------
    first
        Probabilities of sides by what each unit says itself, shape (units, sides).

    Notes
    -----
    A second classifier over the predictions of a first one for what stands around is stacked sequential
    learning (Cohen & Carvalho 2005).
    """
    place, c = evidence.place, evidence.place.content
    own, article, opens = first[c], place.article, np.zeros(len(c), dtype=bool)
    opens[place.bounds[:-1][place.sizes > 0]] = True
    lead = sums(own, place.bounds, _LEAD) / np.clip(place.sizes, 1, _LEAD)[:, None]
    named = evidence.said["term"][c, :-1].max(axis=1, keepdims=True, initial=0.0)
    bare = 1.0 - named
    around = {
        "title": np.where(_column(place.title >= 0) > 0, first[place.title], 0.0),
        "lead": lead[article],
        "heading": np.where(_column(place.heading >= 0) > 0, first[place.heading], 0.0),
        "block": others(own, ~place.same_block),
        "section": others(own, ~place.same_section),
        "article": rest(own, place),
        **evidence.around,
    }
    if evidence.heard is not None:
        around["unnamed"] = evidence.unnamed * 1.0
    log = np.log(own + _LEAST)
    # What stands around weighs one way for a sentence that names a theme, another for one that does not.
    sided = {"own": log, "own_named": log * named}
    sided |= {f"{name}_bare": values * bare for name, values in around.items()}
    sided |= {f"{name}_named": values * named for name, values in around.items()}
    if evidence.heard is not None:
        # Words were learned in articles: a sentence or two alone go by what the set itself says.
        counts = np.minimum(1.0, (place.sizes - 1) / _TOGETHER)[article][:, None]
        unheard = np.log(1.0 / own.shape[1]) * (counts == 0)
        sided["words"] = np.log(evidence.heard + _LEAST) * counts + unheard
    alone = {name: evidence.alone[name][c] for name in _MANNER}
    alone |= evidence.astray | {
        f"{name}_bare": values * bare[:, 0] for name, values in evidence.astray.items()
    }
    ties = {
        "next": np.ones(len(c)),
        "block": place.same_block * 1.0,
        "section": place.same_section * 1.0,
        "leans": place.leans * 1.0,
        "block_leans": (place.same_block & place.leans) * 1.0,
        "items": (place.item & ~opens & np.append(False, place.item[:-1])[: len(c)]) * 1.0,
        "bare": bare[:, 0],
        "block_bare": place.same_block * bare[:, 0],
    }
    return Surroundings(sided, alone, ties)


def _column(mask: NDArray[np.bool_]) -> Matrix:
    return mask.astype(float)[:, None]
