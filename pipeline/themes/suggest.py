"""Terms near the given ones, for whoever writes a theme set."""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass

from ..records import CONTENT_KINDS, Unit
from .discover import terms_of

#: Fewest units that a word of the batch stands in.
_LEAST = 2
_FUSION = 60


@dataclass(frozen=True, slots=True)
class Suggestion:
    """A word that may belong to a theme.

    Attributes
    ----------
    near
        Likeness to the given terms in Kiwi's vectors, 0..1; None when it comes from the batch alone.
    together
        How much more often than by chance it shares a sentence with a given term in the batch, as
        normalized pointwise mutual information (Bouma 2009), 0..1; None when it comes from the vectors alone.
    """

    term: str
    near: float | None
    together: float | None


def suggest(
    terms: Sequence[str],
    neighbours: Callable[[str], Iterable[tuple[str, float]]],
    units: Iterable[Unit],
    top: int,
) -> tuple[Suggestion, ...]:
    """Words near `terms`, the best first: both lists in one by reciprocal rank fusion (Cormack et al. 2009).

    Parameters
    ----------
    neighbours
        Words near a word in the vectors of the language model, with their likeness; none for a word that
        the model does not know.
    units
        Of the batch; may be empty.
    """
    given = {term.casefold() for term in terms}
    near: dict[str, float] = {}
    for term in terms:
        for word, likeness in neighbours(term):
            near[word] = max(near.get(word, 0.0), round(likeness, 3))
    together = _together(given, units)
    words = {word for word in (*near, *together) if word.casefold() not in given}
    fused: dict[str, float] = dict.fromkeys(words, 0.0)
    for known in (near, together):
        ranked = sorted(words & known.keys(), key=lambda word: (-known[word], word))
        for rank, word in enumerate(ranked):
            fused[word] += 1 / (_FUSION + rank)
    best = sorted(words, key=lambda word: (-round(fused[word], 9), word))[:top]
    return tuple(Suggestion(word, near.get(word), together.get(word)) for word in best)


def _together(given: set[str], units: Iterable[Unit]) -> dict[str, float]:
    counts: Counter[str] = Counter()
    shared: Counter[str] = Counter()
    total = having = 0
    for unit in units:
        if unit.kind not in CONTENT_KINDS:
            continue
        total += 1
        words = terms_of(unit.text, unit.tokens)
        counts.update(words)
        if any(term in unit.text.casefold() for term in given):
            having += 1
            shared.update(words)
    found = {}
    for word, both in shared.items():
        if both >= _LEAST and having < total:
            gain = math.log(both * total / (counts[word] * having))
            if gain > 0:
                found[word] = round(gain / -math.log(both / total), 3) if both < total else 1.0
    return found
