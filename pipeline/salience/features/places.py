"""Where a sentence stands.

============ =========================================================================
place        how many sentences stand before it
left         how many after it
paragraph    its number in its paragraph, from 0, where paragraphs have several
closes       it ends a paragraph of several
together     how many sentences its paragraph has
section      its number in its section, where there are headings
section-end  it ends its section
section-size how many sentences its section has
item         it is an item of a list
============ =========================================================================
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Hashable, Mapping, Sequence

import numpy as np
from numpy.typing import NDArray

from ...records import Draft

Column = NDArray[np.float64]

EDGES: Mapping[str, tuple[float, ...]] = {
    "place": (1, 2, 3, 5, 8, 12, 20, 30),
    "left": (1, 2, 4),
    "paragraph": (0, 1, 2, 3),
    "closes": (1,),
    "together": (2, 3, 4, 6),
    "section": (0, 1, 2, 3, 5),
    "section-end": (1,),
    "section-size": (1, 4, 7, 10),
    "item": (1,),
}


def values(draft: Draft) -> dict[str, Column]:
    """By name the values of n sentences; -1 for a number that there is not."""
    units = draft.units
    n = len(units)
    place = np.arange(n, dtype=np.float64)
    blocks, sections = [unit.block for unit in units], [unit.section for unit in units]
    block_at, block_size = _numbers(blocks)
    section_at, section_size = _numbers(sections)
    headed = len(set(sections)) > 1
    return {
        "place": place,
        "left": n - 1 - place,
        "paragraph": np.where(block_size > 1, block_at, -1.0),
        "closes": ((block_size > 1) & (block_at == block_size - 1)).astype(np.float64),
        "together": block_size,
        "section": section_at if headed else np.full(n, -1.0),
        "section-end": (headed & (section_size > 1) & (section_at == section_size - 1)).astype(np.float64),
        "section-size": section_size if headed else np.zeros(n),
        "item": np.array([unit.kind == "item" for unit in units], dtype=np.float64),
    }


def _numbers(groups: Sequence[Hashable]) -> tuple[Column, Column]:
    """The number of each one in its group, and the size of that."""
    sizes, seen = Counter(groups), Counter[Hashable]()
    at = []
    for group in groups:
        at.append(seen[group])
        seen[group] += 1
    return np.array(at, dtype=np.float64), np.array([sizes[group] for group in groups], dtype=np.float64)
