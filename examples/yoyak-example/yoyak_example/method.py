"""Long sentences first, as a method of summarizing."""

from __future__ import annotations

import numpy as np

from pipeline.records import Draft, Salience


def long_first(draft: Draft) -> Salience:
    """A sentence is worth its share of the longest one."""
    lengths = np.array([len(unit.text) for unit in draft.units], dtype=float)
    score = lengths / max(1.0, lengths.max(initial=0.0))
    return Salience(
        names=("length",), parts=score[None, :], score=score, worth=score, first=tuple(range(len(score)))
    )
