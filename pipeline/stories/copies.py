"""Copies of one wire text, told by MinHash (Broder 1997)."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from hashlib import blake2b
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    Hashes = NDArray[np.uint64]

#: The smallest hashes of a text's shingles, and how many different shingles it has.
Sketch = tuple["Hashes", int]

#: Characters of a shingle, spaces and punctuation left out: outlets change these first.
_SHINGLE = 7
#: The smallest hashes that are kept (bottom-k sketch). 256 give a standard error of about 0.03.
_KEPT = 256
#: Share of the shorter text that must stand in the longer one.
_COPIED = 0.6
_FEWEST = 30
#: Smallest hashes that two texts share before they are compared at all.
_COMMON = 8
_NOISE = re.compile(r"[\W_]+")


def sketch(sentences: Sequence[str]) -> Sketch:
    """Bottom-k sketch of a text."""
    import numpy as np

    text = _NOISE.sub("", " ".join(sentences)).casefold()
    shingles = {text[i : i + _SHINGLE] for i in range(len(text) - _SHINGLE + 1)}
    hashes = np.fromiter(
        (int.from_bytes(blake2b(s.encode("utf-8", "replace"), digest_size=8).digest()) for s in shingles),
        dtype=np.uint64,
        count=len(shingles),
    )
    hashes.sort()
    return hashes[:_KEPT], len(shingles)


def likely_copies(sketches: Sequence[Sketch]) -> Iterator[list[int]]:
    """For each text those before it that share enough of the smallest hashes to be compared."""
    holders: defaultdict[int, list[int]] = defaultdict(list)
    for i, (hashes, _) in enumerate(sketches):
        common: Counter[int] = Counter()
        for value in hashes.tolist():
            common.update(holders[value])
            holders[value].append(i)
        yield sorted(j for j, count in common.items() if count >= _COMMON)


def is_copy(one: Sketch, other: Sketch) -> bool:
    """Whether the shorter of two texts stands, nearly word for word, in the longer one."""
    import numpy as np

    (a, size_a), (b, size_b) = one, other
    if min(size_a, size_b) < _FEWEST:
        return False
    union = np.union1d(a, b)[: min(len(a), len(b), _KEPT)]
    both = np.isin(union, a) & np.isin(union, b)
    jaccard = float(both.mean())
    common = jaccard * (size_a + size_b) / (1 + jaccard)
    return common >= _COPIED * min(size_a, size_b)
