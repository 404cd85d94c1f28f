"""How well sentences answer what a reader asks."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from ..korean.tags import CONTENT
from ..records import Token, Unit

#: What a word is worth that the section's heading has, and not the sentence.
_BY_HEADING = 0.5
#: Below this score a sentence shares nothing with a query but the language.
ANSWERED = 0.15
#: Of the answer, the part that is words; the rest is the cosine.
_WORDS = 0.7
#: A score that no unit is above names no word of the query; it is near by its vector.
UNNAMED = round(1 - _WORDS, 4)


@dataclass(frozen=True, slots=True)
class Query:
    """A reader's query: its morphemes and its unit row of the `similarity` head, shape (d,)."""

    tokens: tuple[Token, ...]
    row: NDArray[np.float32]


def answers(units: Sequence[Unit], vectors: NDArray[np.float32], query: Query) -> tuple[float, ...]:
    """Score every unit for a query, 0 to 1.

    The root of the share of the query's words that a unit names (one that only its heading names counts
    half), and its cosine with the query, which knows 이익률 from 마진. A word is weighted by how few units
    name it.

    Parameters
    ----------
    vectors
        Unit rows of the `similarity` head, shape (n, d).
    """
    asked = sorted({t.form.casefold() for t in query.tokens if t.tag in CONTENT})
    cosine = np.clip(vectors.astype(np.float64) @ query.row.astype(np.float64), 0.0, 1.0)
    if not asked:
        return tuple(round(float(value), 4) for value in cosine)
    named = np.array([_names(units, word) for word in asked], dtype=np.float64).T
    rarity = np.log1p(len(units) / (1.0 + named.sum(axis=0)))
    headings = [named[unit.section] if unit.section is not None else np.zeros(len(asked)) for unit in units]
    said = named @ rarity / rarity.sum()
    found = np.maximum(named, _BY_HEADING * np.array(headings)) @ rarity / rarity.sum()
    # The root: who asks for two things would rather have one of them than neither.
    found = np.maximum(np.sqrt(np.maximum(said, 0.0)), found)
    return tuple(round(float(value), 4) for value in _WORDS * found + (1 - _WORDS) * cosine)


def _names(units: Sequence[Unit], word: str) -> list[bool]:
    """Which units name a word; one of a single letter as a morpheme, if any does: 배, not 분배 or 배송."""
    texts = [unit.text.casefold() for unit in units]
    if len(word) == 1:
        found = [any(token.form.casefold() == word for token in unit.tokens) for unit in units]
        opening = re.compile(rf"(?<!\w){re.escape(word)}")
        return found if any(found) else [opening.search(text) is not None for text in texts]
    return [word in text for text in texts]


def answering(answers: Sequence[float], share: float = 0.5) -> frozenset[int]:
    """Positions that answer a query: of several that do, those that do so half as well as the best.

    Parameters
    ----------
    share
        Of the best answer. A third has whatever names one of two or three words.
    """
    least = max(ANSWERED, share * max(answers, default=0.0))
    return frozenset(i for i, answer in enumerate(answers) if answer >= least)
