"""What speaks for each theme in each unit: features that are the same for any theme set."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

import numpy as np
from numpy.typing import NDArray

from ..korean import columns, rows, table
from ..korean.columns import Numbered, numbered
from ..korean.tags import NOUNS, PREDICATES, SUBJECTS
from ..records import Cohesion, Tokens, Unit
from .lexicon import AGAINST, HINT, OBLIQUE, PREDICATE, SUBJECT, TERM, Hit, hits_in
from .place import Matrix, Place, others, place_of, rest, sums
from .prepare import Prepared
from .words import heard_in

#: Rows of the counts of a unit.
_TERMS, _SUBJECT, _CORE, _ASIDE, _HINTS, _ENDING, _AGAINST = 0, 1, 2, 3, 4, 5, 6
_INSIDE, _HEADED, _LATE, _PREDICATE, _TOPICAL, _POINT, _COUNTED = 7, 8, 9, 10, 11, 12, 13
_ROLE = (_SUBJECT, _CORE, _ASIDE, _ASIDE, _CORE)
_DISTINCT = (_TERMS, _HINTS, _AGAINST)
#: Rules of cohesion for what only points elsewhere, and for whoever says I.
POINTS, PERSONAL = "points.announcement", "quotation.first-person"
#: Share of the units that name a theme from which the whole article may be about it.
_OFTEN = 0.05
#: Sentences of an article from which on its words can tell what it is about, though it hardly names it.
_MANY = 8
#: Other sentences of an article from which what they leave unsaid counts in full.
_REST = 3
_SAID = NOUNS | PREDICATES


@dataclass(frozen=True, slots=True)
class Evidence:
    """Features of an article, or of several one after the other.

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

    @property
    def unnamed(self) -> NDArray[np.bool_]:
        """Sides that are barred, but of which learned words may speak in an article of many sentences."""
        many = (self.place.sizes >= _MANY)[self.place.article] & (self.heard is not None)
        found: NDArray[np.bool_] = self.barred & many[:, None]
        return found

    def parts(self) -> list[Evidence]:
        """Those of each article."""
        if len(self.place.bounds) == 2:
            return [self]
        ends = zip(pairwise(self.place.units.tolist()), pairwise(self.place.bounds.tolist()), strict=True)
        return [
            Evidence(
                said={name: values[start:end] for name, values in self.said.items()},
                alone={name: values[start:end] for name, values in self.alone.items()},
                around={name: values[first:last] for name, values in self.around.items()},
                astray={name: values[first:last] for name, values in self.astray.items()},
                place=self.place.part(n),
                barred=self.barred[first:last],
                hits=self.hits[start:end],
                heard=self.heard[first:last] if self.heard is not None else None,
            )
            for n, ((start, end), (first, last)) in enumerate(ends)
        ]


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
    morphemes = numbered([columns(unit.tokens for unit in units)])
    return gather_all([units], morphemes, [held], [vectors], prepared)


def gather_all(
    articles: Sequence[Sequence[Unit]],
    morphemes: Numbered,
    held: Sequence[Cohesion],
    vectors: Sequence[NDArray[np.float32]],
    prepared: Prepared,
) -> Evidence:
    """Read the units of articles, each as by itself, in one go: the arrays of one are too short for numpy.

    Parameters
    ----------
    morphemes
        Those of all units.
    """
    sides = len(prepared.ids)
    units = [unit for own in articles for unit in own]
    tokens = morphemes.tokens
    hits = tuple(hits_in(units, tokens, prepared.lexicon))
    shape = _COUNTED, len(units), sides
    place_of_each = [
        (row * len(units) + u) * sides + side for u, found in enumerate(hits) for row, side in _told(found)
    ]
    flat = np.bincount(np.array(place_of_each, dtype=np.intp), minlength=math.prod(shape))
    counts = flat.reshape(shape).astype(np.float64)
    place = place_of(articles, held, (_counted(tokens, SUBJECTS) > 0).tolist())
    once, roots = np.minimum(counts, 1.0), np.sqrt(counts)
    term, point = once[_TERMS], once[_POINT]
    bare = 1.0 - term[:, :-1].max(axis=1, keepdims=True, initial=0.0)
    nearest, likeness = _likeness(vectors, prepared)
    read = np.array([unit.kind != "boilerplate" for unit in units], dtype=float)
    # Words of many themes (매출) speak for the one that the rest of the article names.
    article = np.repeat(np.arange(len(articles)), place.units[1:] - place.units[:-1])
    elsewhere = np.maximum(sums(read, place.units) - 1, 1)[article][:, None]
    told = np.sqrt((sums(term, place.units)[article] - term) / elsewhere)
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
        **_manner(articles, held, _counted(tokens, _SAID)),
    }
    around, astray = _article(counts, nearest, likeness, bare, read, place)
    # An article on 가람반도체 is one on chips, though the name alone does not make a sentence one.
    opens = once[_SUBJECT] + once[_INSIDE] > 0
    barred = np.zeros((len(place.content), sides), dtype=bool)
    for side in prepared.named:
        barred[:, side] = ~_may(term[:, side] > 0, opens[:, side], place)
    words = None
    if prepared.vocabulary is not None:
        words = heard_in(morphemes, place.content, place.bounds, prepared.vocabulary)
    return Evidence(said, alone, around, astray, place, barred, hits, words)


def _may(names: NDArray[np.bool_], opens: NDArray[np.bool_], place: Place) -> NDArray[np.bool_]:
    """Which content units may have a theme that an article has only where it names it.

    All of them in an article that names it in its title, as what its first sentence is about, or in
    three sentences; else the one that names it, what leans on that, and what stands under the heading that
    names it.
    """
    own, first = names[place.content], opens[place.content].tolist()
    titled = (names[place.title] & (place.title >= 0)).tolist()
    may: NDArray[np.bool_] = own | (names[place.heading] & (place.heading >= 0))
    goes_on = (place.leans & place.same_section).tolist()
    for start, end in pairwise(place.bounds.tolist()):
        size = end - start
        least = min(max(3, math.ceil(_OFTEN * size)), max(2, size // 2), size)
        if start < end and (titled[start] or first[start] or own[start:end].sum() >= least):
            may[start:end] = True
        elif may[start:end].any():
            for n in range(start + 1, end):
                may[n] |= may[n - 1] and goes_on[n]
    return may


def _article(
    counts: NDArray[np.float64],
    nearest: Matrix,
    likeness: Matrix,
    bare: Matrix,
    read: NDArray[np.float64],
    place: Place,
) -> tuple[dict[str, Matrix], dict[str, NDArray[np.float64]]]:
    """What the headings and the rest of the article say, and how far it is from all themes."""
    c, article = place.content, place.article
    elsewhere = np.maximum(np.maximum(sums(read, place.units), 1) - 1, 1)[article]
    terms, hints = counts[_TERMS], counts[_HINTS]
    term = np.minimum(terms, 1.0)
    article_like = rest(likeness[c], place)
    around = {
        "article_terms": np.sqrt(rest(term[c], place)),
        "section_terms": np.sqrt(others(term[c], ~place.same_section)),
    }
    weight = np.minimum(terms, 2.0) * read[:, None] + 0.15 * np.minimum(hints, 3.0)
    heard = (sums(weight, place.units)[article] - weight[c]) / elsewhere[:, None]
    most = heard[:, :-1].max(axis=1, initial=0.0)
    anchored = term[:, :-1].max(axis=1, initial=0.0) * read
    anchor = (sums(anchored, place.units)[article] - anchored[c]) / elsewhere
    # What the rest of an article does not say, says the less the fewer sentences it has.
    told = np.minimum(1.0, (place.sizes - 1) / _REST)[article]
    foreign = article_like[:, -1] - article_like[:, :-1].max(axis=1)
    astray = {
        "thin": np.maximum(0.0, 0.5 - np.sqrt(np.clip(most, 0.0, None))) * 2.0 * told,
        "adrift": np.maximum(0.0, 0.35 - anchor) / 0.35 * told,
        "foreign": np.clip((foreign + 0.3) / 0.3, 0.0, 1.5) * told,
    }
    return around, astray


def _rivals(present: Matrix) -> Matrix:
    """Where some other side has what the matrix marks with 1."""
    found: Matrix = (present.sum(axis=1, keepdims=True) > present) * 1.0
    return found


def _likeness(vectors: Sequence[NDArray[np.float32]], prepared: Prepared) -> tuple[Matrix, Matrix]:
    """How like the examples units are: to the nearest of each side, and by the separator."""
    rows = [own if prepared.columns is None else own[:, prepared.columns] for own in vectors]
    known = np.concatenate([own.any(axis=1) for own in rows])
    nearest = np.zeros((len(known), len(prepared.ids)))
    # Article by article: the last bits of a product depend on how many rows it has.
    if len(prepared.owner):
        alike = np.concatenate([own @ prepared.examples.T for own in rows])
        alike = np.maximum.reduceat(alike, prepared.starts, axis=1)
        nearest[:, prepared.owner[prepared.starts]] = (alike - prepared.middle) / prepared.spread
        nearest[~known] = 0.0
    separated = np.concatenate([own @ prepared.separator for own in rows])
    return np.clip(nearest, -2.0, 6.0), separated.astype(float) * 4.0


def _told(found: Sequence[Hit]) -> list[tuple[int, int]]:
    """What the hits of one unit count for, as rows and sides: distinct terms and hints, and their roles."""
    told: list[tuple[int, int]] = []
    if not found:
        return told
    seen: set[tuple[int, int, int]] = set()
    spans = {(hit.phrase.theme, hit.end) for hit in found if hit.phrase.kind != AGAINST}
    for hit in found:
        phrase = hit.phrase
        side, kind = phrase.theme, phrase.kind
        if kind == TERM:
            if hit.inside:
                told.append((_INSIDE, side))
            else:
                told.append((_ROLE[hit.role], side))
                if hit.final:
                    told.append((_ENDING, side))
                    if hit.role != OBLIQUE:
                        told.append((_POINT, side))
                if hit.role != OBLIQUE and (side, hit.head) in spans:
                    told.append((_HEADED, side))
        elif kind == HINT:
            if hit.final:
                told.append((_LATE, side))
                if hit.role == PREDICATE:
                    told.append((_PREDICATE, side))
            if hit.role == SUBJECT:
                told.append((_TOPICAL, side))
        key = (side, kind, phrase.number)
        # 나래클라우드 names no cloud, and must not keep the 클라우드 behind it from counting.
        if key not in seen and not (kind == TERM and hit.inside):
            seen.add(key)
            told.append((_DISTINCT[kind], side))
    return told


def _counted(tokens: Tokens, tags: frozenset[str]) -> NDArray[np.intp]:
    """How many morphemes of some tags each unit has."""
    return np.bincount(rows(tokens)[table(tags)[tokens.tag]], minlength=len(tokens.bounds) - 1)


def _manner(
    articles: Sequence[Sequence[Unit]], held: Sequence[Cohesion], words: NDArray[np.intp]
) -> dict[str, NDArray[np.float64]]:
    """How units speak: whether they only point elsewhere, ask, talk of the speaker, or have few words."""
    both = [(unit, own.marks) for units, own in zip(articles, held, strict=True) for unit in units]
    units, marks = [unit for unit, _ in both], [own[unit.index] if own else frozenset() for unit, own in both]
    return {
        "points": np.array([POINTS in own for own in marks], dtype=float),
        "asks": np.array([unit.text.endswith(("?", "까.", "까")) for unit in units], dtype=float),
        "personal": np.array([PERSONAL in own for own in marks], dtype=float),
        "short": np.clip((7.0 - words) / 7.0, 0.0, 1.0),
    }
