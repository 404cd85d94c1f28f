"""Sentences into themes: what a sentence says, and where it stands."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from .records import CONTENT_KINDS, OTHER, Theme, ThemeSet, Unit

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    Vectors = NDArray[np.float32]

# A linear score through a logistic function. The evidence of the sentence itself outweighs its place.
_TERM, _SIMILARITY, _HEADING, _AGAINST, _BIAS = 2.2, 3.0, 1.0, -1.5, -1.6


@dataclass(frozen=True, slots=True)
class PreparedTheme:
    """A theme, ready to be looked for: its terms as one pattern, its examples as unit rows."""

    theme: Theme
    terms: re.Pattern[str]
    against: re.Pattern[str] | None
    examples: Vectors


@dataclass(frozen=True, slots=True)
class Assignment:
    """The themes of a unit: `theme` is the best one over the threshold, else ``other``."""

    theme: str
    scores: dict[str, float]


def prepare(theme_set: ThemeSet, encode: Callable[[Sequence[str]], Vectors]) -> tuple[PreparedTheme, ...]:
    """Compile the terms and encode the examples of a theme set, once for all articles."""
    return tuple(
        PreparedTheme(
            theme,
            _pattern([word for term in theme.terms for word in (term.name, *term.variants)]),
            _pattern(theme.against) if theme.against else None,
            encode([text for text in (theme.definition, *theme.examples) if text]),
        )
        for theme in theme_set.themes
    )


def assign(
    units: Sequence[Unit], vectors: Vectors, themes: Sequence[PreparedTheme], threshold: float
) -> tuple[Assignment | None, ...]:
    """Score every unit for every theme.

    Parameters
    ----------
    vectors
        Unit rows for `units`, shape (n, d).
    threshold
        The least score of a theme that is given.

    Returns
    -------
    tuple
        One a unit; None for units that are neither body sentences nor items.
    """
    scores = [_scores(unit, units, row, themes) if unit.kind in CONTENT_KINDS else None
              for unit, row in zip(units, vectors, strict=True)]  # fmt: skip
    return tuple(None if score is None else Assignment(_best(score, threshold), score) for score in scores)


def _scores(
    unit: Unit, units: Sequence[Unit], row: Vectors, themes: Sequence[PreparedTheme]
) -> dict[str, float]:
    import numpy as np

    heading = units[unit.section].text if unit.section is not None else ""
    found = {}
    for theme in themes:
        said = len({match.group().casefold() for match in theme.terms.finditer(unit.text)})
        against = len(theme.against.findall(unit.text)) if theme.against else 0
        nearest = float(np.max(theme.examples @ row)) if len(theme.examples) else 0.0
        evidence = (
            _TERM * min(said, 2)
            + _SIMILARITY * nearest
            + _HEADING * bool(heading and theme.terms.search(heading))
            + _AGAINST * against
            + _BIAS
        )
        found[theme.theme.id] = round(1 / (1 + float(np.exp(-evidence))), 4)
    return found


def _best(scores: dict[str, float], threshold: float) -> str:
    # max() keeps the first of equals: the order of the set decides ties.
    theme = max(scores, key=scores.__getitem__, default=OTHER)
    return theme if scores.get(theme, 0.0) >= threshold else OTHER


def _pattern(words: Sequence[str]) -> re.Pattern[str]:
    """One pattern for all words, longest first. A Latin word must not go on in Latin letters or digits."""
    branches = []
    for word in sorted(set(words), key=lambda w: (-len(w), w)):
        escaped = r"\s?".join(map(re.escape, word.split()))
        before = r"(?<![A-Za-z0-9])" if word[0].isascii() and word[0].isalnum() else ""
        after = r"(?![A-Za-z0-9])" if word[-1].isascii() and word[-1].isalnum() else ""
        branches.append(before + escaped + after)
    return re.compile("|".join(branches), re.IGNORECASE)
