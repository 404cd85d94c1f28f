"""Which terms become rows: the best first, and none that says again what a row says already."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence

from ..korean.tags import PROPER
from .terms import Nesting, Place, Term


def choose(
    terms: Sequence[Term], longer: Nesting, scores: Sequence[float], top: int, least: float
) -> list[int]:
    """Positions of the terms that become rows, best first.

    A part of a row needs places of its own: one for a name (엔비디아 beside 엔비디아 GPU), two for another
    word. A phrase over rows comes back, and if it adds no word, has a third of the places of one of them.

    Parameters
    ----------
    longer
        As `terms.nesting` gives it.
    scores
        One a term; terms below `least` are left out.
    """
    shorter: dict[int, list[int]] = defaultdict(list)
    able = [i for i, score in enumerate(scores) if score >= least]
    for i in able:
        for j in longer[i]:
            shorter[j].append(i)
    # No two terms have one key.
    ordered = sorted([(-round(scores[i], 6), terms[i].places[0].unit, terms[i].key, i) for i in able])
    rows: list[int] = []
    taken: set[int] = set()
    covered: dict[int, list[Place]] = defaultdict(list)  # words of phrases that are rows
    for _, _, _, i in ordered:
        if len(rows) >= top:
            break
        if len(terms[i].words) > 1 and _is_crossed(terms[i], covered):
            continue
        held = [places for j, places in longer[i].items() if j in taken]
        under = [terms[j] for j in shorter[i] if j in taken]
        if (held and not _stands_alone(terms[i], held)) or (under and not _adds(terms[i], under)):
            continue
        rows.append(i)
        taken.add(i)
        if len(terms[i].words) > 1:
            for place in terms[i].places:
                for word in range(place.first, place.last + 1):
                    covered[word].append(place)
    return rows


def _stands_alone(term: Term, held: Sequence[set[int]]) -> bool:
    free = len(term.places) - len(set().union(*held))
    return free >= (1 if any(word.tag in PROPER for word in term.words) else 2)


def _is_crossed(term: Term, covered: Mapping[int, Sequence[Place]]) -> bool:
    """Whether a phrase shares a word with a row wherever it stands, and neither holds the other."""
    return all(
        any(
            place.crosses(other)
            for word in range(place.first, place.last + 1)
            for other in covered.get(word, ())
        )
        for place in term.places
    )


def _adds(term: Term, rows: Sequence[Term]) -> bool:
    if term.times < 2:
        return False
    said = {part for row in rows for part in row.parts}
    return any(part not in said for part in term.parts) or 3 * len(term.places) >= min(
        len(r.places) for r in rows
    )
