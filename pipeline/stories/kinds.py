"""What kind of event an article tells of, and of which time: one company's results and its outage are two."""

from __future__ import annotations

import math
import re
from collections.abc import Mapping, Sequence

from ..korean.times import HALF, MONTHS, QUARTER

#: Sentences with the title whose nouns count twice.
_OPENING = 3
#: Of an article that has no noun of any kind, or of another one's main kind it is not known.
_UNKNOWN = 0.3
_PERIOD = re.compile(rf"(?=[상하\d])(?:{QUARTER}|{HALF}|{MONTHS})")


def kinds_of(sentences: Sequence[frozenset[str]], kinds: Mapping[str, int]) -> tuple[float, ...]:
    """How much of what happens in an article is of each kind of event, of length 1; nothing of none.

    Parameters
    ----------
    sentences
        Nouns of the title and of each sentence.
    kinds
        The kind of each noun that tells one.
    """
    counts = [0.0] * (max(kinds.values(), default=-1) + 1)
    for n, nouns in enumerate(sentences):
        for kind in {kinds[noun] for noun in nouns & kinds.keys()}:
            counts[kind] += 2.0 if n < _OPENING else 1.0
    much = [math.log1p(count) for count in counts]
    length = math.sqrt(math.fsum(one * one for one in much))
    return tuple(one / length for one in much) if length else ()


def of_a_kind(ones: Sequence[float], others: Sequence[float]) -> float:
    """How far each of two articles is of the kind that the other one is most of; the lesser of the two."""
    if not (ones and others):
        return _UNKNOWN
    return min(ones[others.index(max(others))], others[ones.index(max(ones))])


def periods_in(text: str) -> frozenset[str]:
    """Quarters, halves and months that a text names, as they are written."""
    return frozenset(match[0].replace(" ", "") for match in _PERIOD.finditer(text))


def other_period(one: frozenset[str], other: frozenset[str]) -> float:
    """1.0 where an opening names periods and the other text none of them, but others."""
    return float(bool(one and other and not one & other))
