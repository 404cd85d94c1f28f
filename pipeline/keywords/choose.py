"""Which terms become rows: the best first, and none that says again what a row says already."""

from __future__ import annotations

from collections.abc import Sequence

from .terms import Term, nesting


def choose(terms: Sequence[Term], scores: Sequence[float], top: int, least: float) -> list[int]:
    """Positions of the terms that become rows, best first.

    A part of a row needs places of its own: one for a name (엔비디아 beside 엔비디아 GPU), two for another
    word. A phrase over rows comes back, and if it adds no word, has a third of the places of one of them.

    Parameters
    ----------
    scores
        One a term; terms below `least` are left out.
    """
    longer = nesting(terms)
    shorter: list[list[int]] = [[] for _ in terms]
    for i, over in enumerate(longer):
        for j in over:
            shorter[j].append(i)
    order = sorted(
        range(len(terms)), key=lambda i: (-round(scores[i], 6), terms[i].places[0].unit, terms[i].key)
    )
    rows: list[int] = []
    taken: set[int] = set()
    for i in order:
        if len(rows) >= top or scores[i] < least:
            break
        if len(terms[i].words) > 1 and _is_crossed(terms[i], [terms[j] for j in rows]):
            continue
        held = [places for j, places in longer[i].items() if j in taken]
        under = [terms[j] for j in shorter[i] if j in taken]
        if (held and not _stands_alone(terms[i], held)) or (under and not _adds(terms[i], under)):
            continue
        rows.append(i)
        taken.add(i)
    return rows


def _stands_alone(term: Term, held: Sequence[frozenset[int]]) -> bool:
    free = len(term.places) - len(frozenset().union(*held))
    return free >= (1 if any(word.tag in ("NNP", "SL") for word in term.words) else 2)


def _is_crossed(term: Term, rows: Sequence[Term]) -> bool:
    """Whether a phrase shares a word with a row wherever it stands, and neither holds the other."""
    places = [place for row in rows if len(row.words) > 1 for place in row.places]
    return all(any(place.crosses(other) for other in places) for place in term.places)


def _adds(term: Term, rows: Sequence[Term]) -> bool:
    if term.count < 2:
        return False
    said = {part for row in rows for part in row.parts}
    return any(part not in said for part in term.parts) or 3 * len(term.places) >= min(
        len(r.places) for r in rows
    )
