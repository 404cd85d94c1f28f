"""Themes of the sentences of one article."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from ..records import OTHER
from .evidence import Evidence
from .lexicon import TERM, Hit
from .model import probabilities
from .prepare import Prepared

#: A second theme has at least this score: of those given two readers of editor-picks gave two in three.
_SECOND = 0.05


@dataclass(frozen=True, slots=True)
class Assignment:
    """The theme of a unit, its second one where it really has two, and the score of each theme."""

    theme: str
    scores: dict[str, float]
    second: str | None = None


def assign(evidence: Evidence, prepared: Prepared, threshold: float) -> tuple[Assignment | None, ...]:
    """Score every body sentence and item of an article, or of several, for every theme.

    Parameters
    ----------
    evidence
        As `gather` finds it, or `gather_all`.
    threshold
        The least score of a theme that is given; a theme less likely than none is not given either.

    Returns
    -------
    tuple
        One a unit; None for units that are neither body sentences nor items. Scores are probabilities:
        of the sentences that score 0.8 for a theme, about 80 % belong to it. What they lack to 1 is the
        probability of none.
    """
    assigned: list[Assignment | None] = [None] * len(evidence.hits)
    if not len(evidence.place.content):
        return tuple(assigned)
    themes = prepared.ids[:-1]
    _, scores = probabilities(evidence, prepared.model)
    rounded = scores.round(4)
    # The first of equals: the order of the set decides ties.
    likeliest = rounded[:, :-1].argmax(axis=1).tolist()
    for u, best, row in zip(evidence.place.content.tolist(), likeliest, rounded.tolist(), strict=True):
        theme = themes[best] if row[best] >= threshold and row[best] > row[-1] else OTHER
        second = _second(evidence.hits[u], best, row, themes) if theme != OTHER else None
        assigned[u] = Assignment(theme, dict(zip(themes, row, strict=False)), second)
    return tuple(assigned)


def _second(hits: Sequence[Hit], best: int, row: Sequence[float], themes: Sequence[str]) -> str | None:
    """The likeliest other theme of those that the sentence names."""
    if not hits:
        return None
    named = {hit.phrase.theme for hit in hits if hit.phrase.kind == TERM and not hit.inside}
    likely = [t for t in sorted(named) if t != best and t < len(themes) and row[t] >= _SECOND]
    return themes[max(likely, key=row.__getitem__)] if likely else None
