"""Copies of one wire text: what of the shorter text stands, nearly word for word, in a longer one."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from itertools import chain

import numpy as np
from numpy.typing import NDArray

from ..korean.endings import FINAL, NOMINAL
from ..korean.spelling import letters_of

Hashes = NDArray[np.uint64]

#: Share of the fullest text's length from which on a text is as full.
_AS_FULL = 0.8
#: Characters of a shingle, spaces and punctuation left out: outlets change these first.
_SHINGLE = 7
#: Share of the shorter text that must stand in the longer one: of its sentences, and of all of it.
_COPIED, _WHOLE = 0.6, 0.35
_FEWEST = 20
#: Most shingles of a text that are compared: no article that a person wrote has more.
_MOST = 20_000
#: Of the polynomial, and of what spreads its bits over the number.
_BASE = np.uint64(0x9E3779B97F4A7C15)
_MIX = (
    (np.uint64(30), np.uint64(0xBF58476D1CE4E5B9)),
    (np.uint64(27), np.uint64(0x94D049BB133111EB)),
    (np.uint64(31), np.uint64(1)),
)
#: One shingle of so many, by its hash, looks for texts to compare with.
_SAMPLED = 4
#: Share of those that must be in common before two texts are compared.
_LIKELY = 0.3
#: Texts that hold a shingle, from which on it says nothing: a line that an outlet puts under everything.
_COMMON = 30
#: Where such a line stands, counted from the end, and how many texts with openings of their own have it.
_TAIL, _UNLIKE = 3, 3
#: A sentence that tells something has a predicate: it ends like one.
_TOLD = re.compile(rf"[{FINAL}{NOMINAL}][\"'”’)\]]*[.!?…]*\s*$")


@dataclass(frozen=True, slots=True)
class Sketch:
    """Hashed shingles of a text, sorted: of the sentences that tell something, and of all of it."""

    told: Hashes
    whole: Hashes

    @property
    def length(self) -> int:
        """How much it tells."""
        return len(self.told)


def sketches(texts: Sequence[Sequence[str]]) -> list[Sketch]:
    """Sketches of texts, given as their sentences.

    Lines without a predicate (mastheads, addresses) do not make a copy, nor do those that end many texts
    which begin differently.
    """
    keys = [[letters_of(sentence) for sentence in sentences] for sentences in texts]
    openings: defaultdict[str, set[str]] = defaultdict(set)
    for own in keys:
        for key in own[max(1, len(own) - _TAIL) :]:
            openings[key].add(own[0])
    found = []
    for sentences, own in zip(texts, keys, strict=True):
        kept = [key for key in own if len(openings.get(key, ())) < _UNLIKE] or own
        told = [
            key
            for sentence, key in zip(sentences, own, strict=True)
            if _TOLD.search(sentence) and len(openings.get(key, ())) < _UNLIKE
        ]
        whole = _shingles("".join(kept))
        found.append(Sketch(_shingles("".join(told)) if told else whole, whole))
    return found


def originals(seen: Sequence[Sketch], may: Callable[[int, int], bool]) -> dict[int, int]:
    """Texts that are copies, and of which: the fullest text of a wire story is nobody's copy.

    Parameters
    ----------
    may
        Whether the first may be a copy of the second, for reasons other than their letters.
    """
    holders: defaultdict[int, list[int]] = defaultdict(list)
    copies: dict[int, int] = {}
    for i in sorted(range(len(seen)), key=lambda n: (-seen[n].length, n)):
        sample = seen[i].told[seen[i].told % _SAMPLED == 0].tolist()
        having = (own for value in sample if (own := holders.get(value)) and len(own) <= _COMMON)
        common = Counter(chain.from_iterable(having))
        likely = sorted(j for j, count in common.items() if count >= _LIKELY * len(sample))
        source = next((j for j in likely if is_copy(seen[i], seen[j]) and may(i, j)), None)
        if source is not None:
            copies[i] = source
            continue
        for value in sample:
            holders[value].append(i)
    return _from_the_first(copies, seen)


def _from_the_first(copies: dict[int, int], seen: Sequence[Sketch]) -> dict[int, int]:
    """The same, but of texts that are about as full, the first is what the others copy."""
    groups: defaultdict[int, list[int]] = defaultdict(list)
    for i, source in copies.items():
        groups[source].append(i)
    found = {}
    for source, own in groups.items():
        full = [i for i in own if seen[i].length >= _AS_FULL * seen[source].length]
        first = min(source, *full) if full else source
        found.update({i: first for i in (source, *own) if i != first})
    return found


def is_copy(one: Sketch, other: Sketch) -> bool:
    """Whether the shorter of two texts stands, nearly word for word, in the longer one."""
    if min(one.length, other.length) < _FEWEST:
        return False
    return _held(one.told, other.told) >= _COPIED and _held(one.whole, other.whole) >= _WHOLE


def _held(ones: Hashes, others: Hashes) -> float:
    """Share of the smaller set that the other one has too."""
    few, many = sorted((ones, others), key=len)  # each of them in ascending order
    if not len(few):
        return 0.0
    at = np.searchsorted(many, few)
    return np.count_nonzero(many[np.minimum(at, len(many) - 1)] == few) / len(few)


def _shingles(text: str) -> Hashes:
    """Polynomial hashes of all shingles at once (Karp and Rabin 1987), their bits mixed (Steele 2014)."""
    letters = np.frombuffer(text[:_MOST].encode("utf-32-le", "surrogatepass"), dtype="<u4").astype(np.uint64)
    count = max(0, len(letters) - _SHINGLE + 1)
    hashes = np.zeros(count, dtype=np.uint64)
    for n in range(_SHINGLE):
        hashes = hashes * _BASE + letters[n : n + count]
    for shift, factor in _MIX:
        hashes = (hashes ^ (hashes >> shift)) * factor
    return np.unique(hashes)
