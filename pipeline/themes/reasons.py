"""What decided the theme of each sentence."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from ..records import OTHER
from .assign import Assignment
from .context import surroundings
from .evidence import Evidence
from .lexicon import AGAINST, TERM
from .model import OTHER_SIDE, SAID, STANDS, THEME, choose, second_reading
from .prepare import Prepared

if TYPE_CHECKING:
    from .model import Column
    from .place import Matrix

#: Features by what they stand for, first those of what a sentence says, then those of where it stands. What
#: else it says counts as its manner, what else stands there as what is around.
GROUPS: dict[str, tuple[str, ...]] = {
    "terms": ("term", "terms", "subject", "core", "aside", "inside", "headed", "ending", "point", "against"),
    "hints": ("hint", "bare_hint", "told_hint", "bare_told_hint", "late_hint", "predicate_hint",
              "topical_hint", "no_hint"),
    "examples": ("nearest", "separator"),
    "rivals": ("rival_term", "rival_point"),
}  # fmt: skip
PLACES: dict[str, tuple[str, ...]] = {
    "heading": ("heading",),
    "article": ("title", "lead", "article", "article_terms", "thin", "adrift", "foreign"),
    "words": ("words",),
}
_GROUP = {feature: group for group, features in GROUPS.items() for feature in features} | {
    f"{feature}{form}": group
    for group, features in PLACES.items()
    for feature in features
    for form in ("", "_bare", "_named")
}


@dataclass(frozen=True, slots=True)
class Reason:
    """Why a unit has its theme.

    Attributes
    ----------
    unit
        Its position.
    rival
        The side that came second.
    words
        Terms and hints of the theme that were found, and of the rival; phrases that spoke against.
    weights
        By group of features (`GROUPS`, ``manner``, ``around``), how much more they speak for the theme
        than for the rival, in log-odds; the weightiest first.
    """

    unit: int
    theme: str
    rival: str
    words: tuple[str, ...]
    rival_words: tuple[str, ...]
    against: tuple[str, ...]
    weights: tuple[tuple[str, float], ...]


def reasons(
    evidence: Evidence, assigned: Sequence[Assignment | None], prepared: Prepared, texts: Sequence[str]
) -> tuple[Reason, ...]:
    """Reasons for the theme of each body sentence and item.

    Parameters
    ----------
    texts
        Of all units, for the words that were found.
    """
    model = prepared.model
    first = choose(SAID, evidence.said, evidence.alone, model)
    found = surroundings(first, evidence)
    second = second_reading(found, evidence, model)
    weights = model.weights[f"{STANDS}.{THEME}"]
    told = []
    for n, u in enumerate(evidence.place.content.tolist()):
        one = assigned[u]
        if one is None:
            continue
        chosen = prepared.ids.index(one.theme)
        rival = max((t for t in range(len(prepared.ids)) if t != chosen), key=lambda t: second[n, t])
        sides = (chosen, rival)
        said = _lead(SAID, u, sides, evidence.said, evidence.alone, prepared)
        total = {group: weights.get("own", 1.0) * value for group, value in said.items()}
        place = _lead(STANDS, n, sides, found.sided, found.alone, prepared)
        total |= {group: place[group] for group in PLACES if group in place}
        # The rest of what the second reading adds to the first: the units around.
        total["around"] = _log_odds(second[n, chosen], second[n, rival]) - sum(total.values())
        ranked = sorted(total.items(), key=lambda pair: (-abs(pair[1]), pair[0]))
        told.append(
            Reason(
                u,
                one.theme,
                prepared.ids[rival],
                _words(evidence, u, chosen, texts[u], against=False),
                _words(evidence, u, rival, texts[u], against=False),
                _words(evidence, u, chosen, texts[u], against=True),
                tuple((group, round(value, 2)) for group, value in ranked if abs(value) >= 0.05),
            )
        )
    return tuple(told)


def _log_odds(a: float, b: float) -> float:
    return math.log((a + 1e-6) / (b + 1e-6))


def _lead(
    stage: str,
    n: int,
    sides: tuple[int, int],
    sided: Mapping[str, Matrix],
    alone: Mapping[str, Column],
    prepared: Prepared,
) -> dict[str, float]:
    """How much more the features of a row add to one side than to another, by group."""
    sums: dict[str, float] = {}
    for side, sign in zip(sides, (1.0, -1.0), strict=True):
        other = prepared.ids[side] == OTHER
        for name, weight in prepared.model.weights[f"{stage}.{OTHER_SIDE if other else THEME}"].items():
            value = alone[name][n] if other and name in alone else sided[name][n, side]
            group = _GROUP.get(name, "manner" if stage == SAID else "around")
            sums[group] = sums.get(group, 0.0) + sign * weight * float(value)
    return sums


def _words(evidence: Evidence, u: int, side: int, text: str, *, against: bool) -> tuple[str, ...]:
    hits = [h for h in evidence.hits[u] if h.phrase.theme == side and (h.phrase.kind == AGAINST) == against]
    ordered = sorted(hits, key=lambda h: (h.phrase.kind != TERM, h.start))
    return tuple(dict.fromkeys(text[h.start : h.end] for h in ordered))
