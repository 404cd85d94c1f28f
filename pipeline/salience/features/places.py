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


def values(drafts: Sequence[Draft]) -> dict[str, Column]:
    """By name the values of the sentences of some articles; -1 for a number that there is not."""
    units = [unit for draft in drafts for unit in draft.units]
    sizes = [len(draft.units) for draft in drafts]
    place = np.concatenate([np.arange(size, dtype=np.float64) for size in sizes])
    block_at, block_size = _numbers([[unit.block for unit in draft.units] for draft in drafts])
    sections = [[unit.section for unit in draft.units] for draft in drafts]
    section_at, section_size = _numbers(sections)
    headed = np.repeat([len(set(own)) > 1 for own in sections], sizes)
    return {
        "place": place,
        "left": np.repeat(sizes, sizes) - 1 - place,
        "paragraph": np.where(block_size > 1, block_at, -1.0),
        "closes": ((block_size > 1) & (block_at == block_size - 1)).astype(np.float64),
        "together": block_size,
        "section": np.where(headed, section_at, -1.0),
        "section-end": (headed & (section_size > 1) & (section_at == section_size - 1)).astype(np.float64),
        "section-size": np.where(headed, section_size, 0.0),
        "item": np.array([unit.kind == "item" for unit in units], dtype=np.float64),
    }


def _numbers(articles: Sequence[Sequence[Hashable]]) -> tuple[Column, Column]:
    """The number of each one in its group, and the size of that; groups are those of one article."""
    at, sizes = [], []
    for groups in articles:
        seen: dict[Hashable, int] = {}
        for group in groups:
            at.append(before := seen.get(group, 0))
            seen[group] = before + 1
        sizes += [seen[group] for group in groups]
    return np.array(at, dtype=np.float64), np.array(sizes, dtype=np.float64)
