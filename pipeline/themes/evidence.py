"""What speaks for each theme in each unit: features that are the same for any theme set."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from ..records import CONTENT_KINDS, Unit
from .lexicon import AGAINST, HINT, OBLIQUE, PREDICATE, SUBJECT, TERM, Hit, find
from .prepare import Prepared

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    Matrix = NDArray[np.float64]

_ROW = (1, 2, 3, 3, 2)
_TOPIC = frozenset({"JKS", "JX"})
_SPOKEN = frozenset({"NNG", "NNP", "VV", "VA", "XR", "SL", "VV-I", "VV-R", "VA-I", "VA-R"})


@dataclass(frozen=True, slots=True)
class Place:
    """Where units stand, as masks and positions over all units of an article.

    Attributes
    ----------
    content
        Positions of body sentences and items.
    heading
        Position of the heading above each content unit, -1 for none.
    """

    content: NDArray[np.intp]
    heading: NDArray[np.intp]
    title: int
    leans: NDArray[np.bool_]
    same_block: NDArray[np.bool_]
    same_section: NDArray[np.bool_]
    item: NDArray[np.bool_]
    opener: NDArray[np.intp]


@dataclass(frozen=True, slots=True)
class Evidence:
    """Features of an article.

    Attributes
    ----------
    said
        By name, what each content unit says: shape (n, sides).
    alone
        By name, what a unit is like whatever the themes: shape (n,).
    heads
        Evidence in headings and title, for all units: shape (all, sides).
    hits
        Phrases found, by unit.
    """

    said: dict[str, Matrix]
    alone: dict[str, NDArray[np.float64]]
    place: Place
    hits: tuple[Sequence[Hit], ...]


def gather(units: Sequence[Unit], vectors: NDArray[np.float32], prepared: Prepared) -> Evidence:
    """Read the units of one article.

    Parameters
    ----------
    vectors
        Unit rows for `units`, shape (all, d).
    """
    import numpy as np

    sides = len(prepared.ids)
    hits = tuple(find(unit, prepared.lexicon) if unit.kind != "boilerplate" else () for unit in units)
    counts = np.zeros((13, len(units), sides))
    for u, found in enumerate(hits):
        if found:
            _count(found, counts[:, u])
    terms, subject, core, aside, hints, ending, against, inside, headed, late, predicate, topical, point = (
        counts
    )
    place = _place(units, prepared)
    c = place.content
    rows = vectors[c] if prepared.columns is None else vectors[np.ix_(c, prepared.columns)]
    like = rows @ prepared.examples.T
    nearest = np.zeros((len(c), sides))
    for t in range(sides):
        own = like[:, prepared.owner == t]
        if own.shape[1]:
            nearest[:, t] = (own.max(axis=1) - prepared.middle) / prepared.spread
    nothing = ~rows.any(axis=1)
    nearest[nothing] = 0.0
    any_term = np.minimum(terms, 1.0)
    named = any_term[c, :-1].max(axis=1, initial=0.0)
    read = np.array([unit.kind != "boilerplate" for unit in units])
    weight = terms.clip(0, 2) * read[:, None] + 0.15 * np.minimum(hints, 3)
    total, n = weight.sum(axis=0), max(int(read.sum()), 1)
    share = (total - weight[c]) / max(n - 1, 1)
    heading = np.where(place.heading >= 0, place.heading, 0)
    has_heading = (place.heading >= 0)[:, None]
    title = np.zeros((1, sides)) if place.title < 0 else any_term[[place.title]]
    head_terms = any_term[heading] * has_heading
    head_hints = np.minimum(hints[heading], 2.0) * has_heading
    bare = (1.0 - named)[:, None]
    # A heading that speaks for another side, and not for this one.
    head_rival = (head_terms.sum(axis=1, keepdims=True) > head_terms) * (1.0 - head_terms)
    rival_term = _rivals(any_term[c]) * (1.0 - any_term[c])
    said = {
        "term": any_term[c],
        "terms": np.minimum(np.maximum(terms[c] - 1, 0.0), 2.0),
        "subject": np.minimum(subject[c], 1.0),
        "core": np.minimum(core[c], 1.0),
        "aside": np.minimum(aside[c], 1.0) * (subject[c] + core[c] == 0),
        "inside": np.minimum(inside[c], 1.0),
        "headed": np.minimum(headed[c], 1.0),
        "ending": np.minimum(ending[c], 1.0),
        "hint": np.sqrt(hints[c]),
        "bare_hint": np.sqrt(hints[c]) * bare,
        "late_hint": np.sqrt(late[c]),
        "predicate_hint": np.minimum(predicate[c], 1.0),
        "topical_hint": np.minimum(topical[c], 2.0),
        "point": np.minimum(point[c], 1.0),
        "rival_term": rival_term,
        "rival_point": _rivals(np.minimum(point[c], 1.0)) * (point[c] == 0),
        "rival_share": rival_term * np.sqrt(share.clip(0.0, 1.0)),
        "rival_under_heading": rival_term * head_terms,
        "against": np.minimum(against[c], 1.0),
        "nearest": nearest.clip(-2.0, 6.0),
        "separator": (rows @ prepared.separator) * 4.0,
        "heading": head_terms,
        "rival_heading": head_rival * bare,
        "bare_heading": head_terms * bare,
        "heading_hint": head_hints,
        "title": np.broadcast_to(title, (len(c), sides)),
        "share": np.sqrt(share.clip(0.0, 1.0)),
        "bare_share": np.sqrt(share.clip(0.0, 1.0)) * bare,
    }
    most = share[:, :-1].max(axis=1, initial=0.0)
    anchored = any_term[:, :-1].max(axis=1, initial=0.0) * read
    anchor = (anchored.sum() - anchored[c]) / max(n - 1, 1)
    alone = {
        "bias": np.ones(len(c)),
        "bare": bare[:, 0],
        "no_hint": (hints[c, :-1].max(axis=1, initial=0.0) == 0) * bare[:, 0],
        "thin": np.maximum(0.0, 0.5 - np.sqrt(most)) * 2.0,
        "adrift": np.maximum(0.0, 0.35 - anchor) / 0.35,
        "leans": place.leans * 1.0,
        "item": place.item * 1.0,
        **_manner([units[i] for i in c], prepared),
    }
    return Evidence(said, alone, place, hits)


def _rivals(present: Matrix) -> Matrix:
    """Where some other side has what the matrix marks with 1."""
    found: Matrix = (present.sum(axis=1, keepdims=True) > present) * 1.0
    return found


def _count(found: Sequence[Hit], row: Matrix) -> None:
    """Distinct terms and hints of one unit by side, in the order of `_COUNTED`."""
    seen: set[tuple[int, int, int]] = set()
    spans: dict[int, set[int]] = {}
    for hit in found:
        if hit.phrase.kind != AGAINST:
            spans.setdefault(hit.phrase.theme, set()).add(hit.end)
    for hit in found:
        phrase = hit.phrase
        side = phrase.theme
        if phrase.kind == TERM:
            if hit.inside:
                row[7, side] += 1
            else:
                row[_ROW[hit.role], side] += 1
                if hit.final:
                    row[5, side] += 1
                    row[12, side] += hit.role != OBLIQUE
                if hit.role != OBLIQUE and hit.head in spans[side]:
                    row[8, side] += 1
        elif phrase.kind == HINT:
            if hit.final:
                row[9, side] += 1
                if hit.role == PREDICATE:
                    row[10, side] += 1
            if hit.role == SUBJECT:
                row[11, side] += 1
        key = (side, phrase.kind, phrase.number)
        if key in seen:
            continue
        seen.add(key)
        if phrase.kind == TERM:
            row[0, side] += not hit.inside
        elif phrase.kind == HINT:
            row[4, side] += 1
        else:
            row[6, side] += 1


def _place(units: Sequence[Unit], prepared: Prepared) -> Place:
    import numpy as np

    leaning = _cue(prepared, "leaning")
    content = [u for u, unit in enumerate(units) if unit.kind in CONTENT_KINDS]
    position = {unit.index: u for u, unit in enumerate(units)}
    heading = [position[s] if (s := units[u].section) is not None else -1 for u in content]
    title = next((u for u, unit in enumerate(units) if unit.kind == "title"), -1)
    leans, same_block, same_section, item, opener = [], [], [], [], []
    before: Unit | None = None
    introducing = -1
    for n, u in enumerate(content):
        unit = units[u]
        leans.append(bool(leaning.match(unit.text)) or not any(t.tag in _TOPIC for t in unit.tokens))
        same_block.append(before is not None and before.block == unit.block)
        same_section.append(before is not None and before.section == unit.section)
        item.append(unit.kind == "item")
        if unit.kind != "item":
            introducing = n
        opener.append(introducing if unit.kind == "item" and introducing >= 0
                      and units[content[introducing]].section == unit.section else -1)  # fmt: skip
        before = unit
    return Place(
        np.array(content, dtype=np.intp),
        np.array(heading, dtype=np.intp),
        title,
        np.array(leans, dtype=bool),
        np.array(same_block, dtype=bool),
        np.array(same_section, dtype=bool),
        np.array(item, dtype=bool),
        np.array(opener, dtype=np.intp),
    )


def _cue(prepared: Prepared, name: str) -> re.Pattern[str]:
    return re.compile(prepared.model.cues[name])


def _manner(units: Sequence[Unit], prepared: Prepared) -> dict[str, NDArray[np.float64]]:
    """How units speak: whether they only point elsewhere, ask, talk of the speaker, or are short."""
    import numpy as np

    pointing = _cue(prepared, "pointing")
    personal = _cue(prepared, "personal")
    words = [sum(t.tag in _SPOKEN for t in unit.tokens) for unit in units]
    return {
        "points": np.array([bool(pointing.search(unit.text)) for unit in units], dtype=float),
        "asks": np.array([unit.text.endswith(("?", "까.", "까")) for unit in units], dtype=float),
        "personal": np.array([bool(personal.search(unit.text)) for unit in units], dtype=float),
        "short": np.clip((7.0 - np.array(words, dtype=float)) / 7.0, 0.0, 1.0),
    }
