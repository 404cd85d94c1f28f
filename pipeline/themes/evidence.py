"""What speaks for each theme in each unit: features that are the same for any theme set."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from ..korean.tags import NOUNS, PREDICATES, SUBJECTS
from ..records import CONTENT_KINDS, Cohesion, Unit
from .lexicon import AGAINST, HINT, OBLIQUE, PREDICATE, SUBJECT, TERM, Hit, hits_in
from .prepare import Prepared
from .words import heard_by, words_of

Matrix = NDArray[np.float64]

#: Rows of the counts of a unit.
_TERMS, _SUBJECT, _CORE, _ASIDE, _HINTS, _ENDING, _AGAINST = 0, 1, 2, 3, 4, 5, 6
_INSIDE, _HEADED, _LATE, _PREDICATE, _TOPICAL, _POINT, _COUNTED = 7, 8, 9, 10, 11, 12, 13
_ROLE = (_SUBJECT, _CORE, _ASIDE, _ASIDE, _CORE)
_DISTINCT = (_TERMS, _HINTS, _AGAINST)
#: Rules of cohesion for what only points elsewhere, and for whoever says I.
POINTS, PERSONAL = "points.announcement", "quotation.first-person"
#: Share of the units that name a theme from which the whole article may be about it.
_OFTEN = 0.05
#: Other sentences of an article from which what they leave unsaid counts in full.
_REST = 3
_SAID = NOUNS | PREDICATES


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
        By name, what each unit says itself: shape (units, sides).
    alone
        By name, what a unit is like whatever the themes: shape (units,).
    around
        By name, what the headings and the rest of the article say, for content units: shape (n, sides).
    astray
        By name, how little an article has to do with any theme, for content units: shape (n,).
    barred
        Content units that can't have a side, for the article hardly names it: shape (n, sides).
    hits
        Phrases found, by unit.
    heard
        Probabilities of sides by learned words, for content units, shape (n, sides); None where none are.
    """

    said: dict[str, Matrix]
    alone: dict[str, NDArray[np.float64]]
    around: dict[str, Matrix]
    astray: dict[str, NDArray[np.float64]]
    place: Place
    barred: NDArray[np.bool_]
    hits: tuple[Sequence[Hit], ...]
    heard: Matrix | None = None


def gather(
    units: Sequence[Unit], held: Cohesion, vectors: NDArray[np.float32], prepared: Prepared
) -> Evidence:
    """Read the units of one article.

    Parameters
    ----------
    held
        What the units lean on, by their index; nothing, where it is not known.
    vectors
        Unit rows for `units`, shape (all, d).
    """
    sides = len(prepared.ids)
    hits = tuple(hits_in(unit, prepared.lexicon) if unit.kind != "boilerplate" else () for unit in units)
    counts = np.zeros((_COUNTED, len(units), sides))
    for u, found in enumerate(hits):
        if found:
            _count(found, counts[:, u])
    place = _place(units, held)
    once, roots = np.minimum(counts, 1.0), np.sqrt(counts)
    term, point = once[_TERMS], once[_POINT]
    bare = 1.0 - term[:, :-1].max(axis=1, keepdims=True, initial=0.0)
    nearest, likeness = _likeness(vectors, prepared)
    read = np.array([unit.kind != "boilerplate" for unit in units])
    # Words of many themes (매출) speak for the one that the rest of the article names.
    told = np.sqrt((term.sum(axis=0) - term) / max(int(read.sum()) - 1, 1))
    said = {
        "term": term,
        "terms": np.clip(counts[_TERMS] - 1.0, 0.0, 2.0),
        "subject": once[_SUBJECT],
        "core": once[_CORE],
        "aside": once[_ASIDE] * (once[_SUBJECT] + once[_CORE] == 0),
        "inside": once[_INSIDE],
        "headed": once[_HEADED],
        "ending": once[_ENDING],
        "hint": roots[_HINTS],
        "bare_hint": roots[_HINTS] * bare,
        "told_hint": roots[_HINTS] * told,
        "bare_told_hint": roots[_HINTS] * told * bare,
        "late_hint": roots[_LATE],
        "predicate_hint": once[_PREDICATE],
        "topical_hint": np.minimum(counts[_TOPICAL], 2.0),
        "point": point,
        # Where another side has a term, and this one has none.
        "rival_term": _rivals(term) * (1.0 - term),
        "rival_point": _rivals(point) * (1.0 - point),
        "against": once[_AGAINST],
        "nearest": nearest,
        "separator": likeness,
    }
    leans, item = np.zeros(len(units)), np.array([unit.kind == "item" for unit in units], dtype=float)
    leans[place.content] = place.leans
    no_hint = roots[_HINTS][:, :-1].max(axis=1, initial=0.0) == 0
    alone = {
        "bias": np.ones(len(units)),
        "bare": bare[:, 0],
        "no_hint": no_hint * bare[:, 0],
        "leans": leans,
        "item": item,
        **_manner(units, held),
    }
    around, astray = _article(counts, nearest, likeness, bare, read, place)
    # An article on 가람반도체 is one on chips, though the name alone does not make a sentence one.
    opens = once[_SUBJECT] + once[_INSIDE] > 0
    barred = np.zeros((len(place.content), sides), dtype=bool)
    for side in prepared.named:
        barred[:, side] = ~_may(term[:, side] > 0, opens[:, side], place)
    words = None
    if prepared.vocabulary is not None:
        words = heard_by([words_of(units[u].tokens) for u in place.content.tolist()], prepared.vocabulary)
    return Evidence(said, alone, around, astray, place, barred, hits, words)


def _may(names: NDArray[np.bool_], opens: NDArray[np.bool_], place: Place) -> NDArray[np.bool_]:
    """Which content units may have a theme that an article has only where it names it.

    All of them in an article that names it in its title, as what its first sentence is about, or in
    three sentences; else the one that names it, what leans on that, and what stands under the heading that
    names it.
    """
    own = names[place.content]
    least = max(3, math.ceil(_OFTEN * len(own)))
    titled = place.title >= 0 and names[place.title]
    if titled or opens[place.content[:1]].any() or own.sum() >= min(least, max(2, len(own) // 2), len(own)):
        return np.ones(len(own), dtype=bool)
    may: NDArray[np.bool_] = own | (names[place.heading] & (place.heading >= 0))
    for n in range(1, len(may)):
        may[n] |= may[n - 1] and place.leans[n] and place.same_section[n]
    return may


def _article(
    counts: NDArray[np.float64],
    nearest: Matrix,
    likeness: Matrix,
    bare: Matrix,
    read: NDArray[np.bool_],
    place: Place,
) -> tuple[dict[str, Matrix], dict[str, NDArray[np.float64]]]:
    """What the headings and the rest of the article say, and how far it is from all themes."""
    c, n = place.content, max(int(read.sum()), 1)
    terms, hints = counts[_TERMS], counts[_HINTS]
    term = np.minimum(terms, 1.0)
    article_like = rest(likeness[c])
    around = {
        "article_terms": np.sqrt(rest(term[c])),
        "section_terms": np.sqrt(others(term[c], np.cumsum(~place.same_section))),
    }
    weight = np.minimum(terms, 2.0) * read[:, None] + 0.15 * np.minimum(hints, 3.0)
    most = ((weight.sum(axis=0) - weight[c]) / max(n - 1, 1))[:, :-1].max(axis=1, initial=0.0)
    anchored = term[:, :-1].max(axis=1, initial=0.0) * read
    anchor = (anchored.sum() - anchored[c]) / max(n - 1, 1)
    # What the rest of an article does not say, says the less the fewer sentences it has.
    told = min(1.0, (len(c) - 1) / _REST)
    foreign = article_like[:, -1] - article_like[:, :-1].max(axis=1)
    astray = {
        "thin": np.maximum(0.0, 0.5 - np.sqrt(np.clip(most, 0.0, None))) * 2.0 * told,
        "adrift": np.maximum(0.0, 0.35 - anchor) / 0.35 * told,
        "foreign": np.clip((foreign + 0.3) / 0.3, 0.0, 1.5) * told,
    }
    return around, astray


def rest(values: Matrix) -> Matrix:
    """Mean over the other units of the article."""
    found: Matrix = (values.sum(axis=0) - values) / max(len(values) - 1, 1)
    return found


def _rivals(present: Matrix) -> Matrix:
    """Where some other side has what the matrix marks with 1."""
    found: Matrix = (present.sum(axis=1, keepdims=True) > present) * 1.0
    return found


def others(values: Matrix, group: NDArray[np.intp]) -> Matrix:
    """Mean over the other members of each row's group; zero where it stands alone."""
    size = int(group.max(initial=0)) + 1
    totals = np.zeros((size, values.shape[1]))
    np.add.at(totals, group, values)
    counts = np.bincount(group, minlength=size)[group][:, None]
    return (totals[group] - values) / np.maximum(counts - 1, 1)


def _likeness(vectors: NDArray[np.float32], prepared: Prepared) -> tuple[Matrix, Matrix]:
    """How like the examples units are: to the nearest of each side, and by the separator."""
    rows = vectors if prepared.columns is None else vectors[:, prepared.columns]
    nearest = np.zeros((len(vectors), len(prepared.ids)))
    if len(prepared.owner):
        alike = np.maximum.reduceat(rows @ prepared.examples.T, prepared.starts, axis=1)
        nearest[:, prepared.owner[prepared.starts]] = (alike - prepared.middle) / prepared.spread
        nearest[~rows.any(axis=1)] = 0.0
    return np.clip(nearest, -2.0, 6.0), (rows @ prepared.separator).astype(float) * 4.0


def _count(found: Sequence[Hit], row: Matrix) -> None:
    """Count the hits of one unit by side: distinct terms, hints and masks, and the roles of the hits."""
    seen: set[tuple[int, int, int]] = set()
    spans = {(hit.phrase.theme, hit.end) for hit in found if hit.phrase.kind != AGAINST}
    for hit in found:
        phrase = hit.phrase
        side, kind = phrase.theme, phrase.kind
        if kind == TERM:
            if hit.inside:
                row[_INSIDE, side] += 1
            else:
                row[_ROLE[hit.role], side] += 1
                if hit.final:
                    row[_ENDING, side] += 1
                    row[_POINT, side] += hit.role != OBLIQUE
                if hit.role != OBLIQUE and (side, hit.head) in spans:
                    row[_HEADED, side] += 1
        elif kind == HINT:
            if hit.final:
                row[_LATE, side] += 1
                row[_PREDICATE, side] += hit.role == PREDICATE
            row[_TOPICAL, side] += hit.role == SUBJECT
        key = (side, kind, phrase.number)
        # 나래클라우드 names no cloud, and must not keep the 클라우드 behind it from counting.
        if key not in seen and not (kind == TERM and hit.inside):
            seen.add(key)
            row[_DISTINCT[kind], side] += 1


def _place(units: Sequence[Unit], held: Cohesion) -> Place:
    content = [u for u, unit in enumerate(units) if unit.kind in CONTENT_KINDS]
    position = {unit.index: u for u, unit in enumerate(units)}
    heading = [position[s] if (s := units[u].section) is not None else -1 for u in content]
    title = next((u for u, unit in enumerate(units) if unit.kind == "title"), -1)
    leans, same_block, same_section, item, opener = [], [], [], [], []
    before: Unit | None = None
    introducing = -1
    for n, u in enumerate(content):
        unit = units[u]
        told = bool(held.leans) and bool(held.leans[unit.index])
        leans.append(told or SUBJECTS.isdisjoint([t.tag for t in unit.tokens]))
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


def _manner(units: Sequence[Unit], held: Cohesion) -> dict[str, NDArray[np.float64]]:
    """How units speak: whether they only point elsewhere, ask, talk of the speaker, or are short."""
    marks = [held.marks[unit.index] if held.marks else frozenset() for unit in units]
    words = [sum(map(_SAID.__contains__, [t.tag for t in unit.tokens])) for unit in units]
    return {
        "points": np.array([POINTS in own for own in marks], dtype=float),
        "asks": np.array([unit.text.endswith(("?", "까.", "까")) for unit in units], dtype=float),
        "personal": np.array([PERSONAL in own for own in marks], dtype=float),
        "short": np.clip((7.0 - np.array(words, dtype=float)) / 7.0, 0.0, 1.0),
    }
