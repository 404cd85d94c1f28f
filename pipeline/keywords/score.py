"""What a term is worth in its article: a sum of parts, each of which a reader can be shown."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence, Set
from functools import lru_cache
from itertools import chain, compress, islice, pairwise
from typing import Any

import numpy as np
from numpy.typing import NDArray

from ..korean.columns import TAG_IDS
from ..korean.names import is_name
from ..korean.particles import TOPIC
from ..korean.spelling import key_of
from ..korean.tags import PROPER
from ..records import CONTENT_KINDS, KeywordRules
from .reading import APART, Given, Reading
from .terms import Found, Place, Term
from .words import Word

#: Which features make up each part of a score, as ``--why`` shows them.
PARTS: dict[str, tuple[str, ...]] = {
    "frequency": ("density", "once", "whole", "longer", "held"),
    "background": ("rarity", "common", "ordinary"),
    "position": ("label", "topic", "item", "figures", "bare"),
    "headings": ("heading",),
    "centre": ("centre",),
    "form": (
        "short", "letters", "single", "endsname", "joined", "name", "place", "quoted", "introduced", "verb",
        "person", "source", "loose", "metric",
    ),
    "glossary": ("known", "named"),
    "words": ("lexicon",),
}  # fmt: skip
FEATURES: tuple[str, ...] = tuple(name for names in PARTS.values() for name in names)

_LETTERS = 300  # of an article at least, for how dense a term is
_PER = 1000
_UNKNOWN = 8.5  # nats: the background has hardly seen it
#: What is asked of a place.
_AROUND = [name in ("unit", "start", "end", "quoted", "whole") for name in Place._fields]
_TOPIC = [ord(one) for one in TOPIC]

Matrix = NDArray[np.float64]
Columns = dict[str, Sequence[float] | NDArray[Any]]


def features(found: Sequence[Found], read: Reading, articles: Sequence[Given], rules: KeywordRules) -> Matrix:
    """What is known about each term of articles: a row for each of `FEATURES`, a column for each term."""
    known = np.zeros((len(FEATURES), sum(len(own.terms) for own in found)))
    if known.size:
        columns = _often(found, articles) | _where(found, read, articles) | _made_of(found, rules)
        for row, name in zip(known, FEATURES, strict=True):
            row[:] = columns[name]
    return known


def _often(found: Sequence[Found], articles: Sequence[Given]) -> Columns:
    """How often each term stands in its article, alone and in longer phrases."""
    density: list[float] = []
    longer: list[float] = []
    held: list[float] = []
    for (terms, nested, _), one in zip(found, articles, strict=True):
        letters = sum([len(unit.text) for unit in one.units if unit.kind in CONTENT_KINDS])
        per = _PER / max(_LETTERS, letters)
        density += [math.log1p(per * term.times) for term in terms]
        longer += [math.log(max([terms[j].times for j in over])) if over else 0.0 for over in nested]
        held += [
            len(set().union(*over.values())) / len(term.places) if over else 0.0
            for term, over in zip(terms, nested, strict=True)
        ]
    once = [term.times == 1 for own in found for term in own.terms]
    return {"density": density, "once": once, "longer": longer, "held": held}


def _where(found: Sequence[Found], read: Reading, articles: Sequence[Given]) -> Columns:
    """Where each term stands, and what stands around it there."""
    terms = [term for own in found for term in own.terms]
    sizes = np.array([len(term.places) for term in terms])
    firsts, words = np.cumsum(sizes) - sizes, np.array([len(term.words) for term in terms])
    places = zip(*chain.from_iterable([term.places for term in terms]), strict=True)
    unit, start, end, quoted, whole = (np.array(one, dtype=np.intp) for one in compress(places, _AROUND))

    def anywhere(places: NDArray[np.bool_]) -> NDArray[np.bool_]:
        return np.logical_or.reduceat(places, firsts)

    kinds = [one.kind for one in read.units]
    head = np.array([kind in ("title", "heading") for kind in kinds])[unit]
    item = np.array([kind == "item" for kind in kinds])[unit]
    figure = np.zeros(len(kinds), dtype=bool)
    numbers = np.flatnonzero(read.tokens.tag == TAG_IDS["SN"])
    figure[np.searchsorted(read.tokens.bounds, numbers, side="right") - 1] = True
    # Each unit of a term once.
    term, once = np.divmod(np.unique(np.repeat(np.arange(len(terms)), sizes) * len(kinds) + unit), len(kinds))
    after = read.codes[end]
    labels = item & (start - np.array(read.starts)[unit] <= 2)
    said = labels & ((after == ord(":")) | ((after == ord(APART)) & np.repeat(words <= 2, sizes)))
    return {
        "heading": anywhere(head) | _headed(found, articles),
        "item": anywhere(item),
        "figures": np.bincount(term, figure[once]) / np.bincount(term),
        "centre": np.maximum.reduceat(_closeness(read, articles)[unit], firsts),
        "topic": anywhere(np.isin(after, _TOPIC)),
        "label": anywhere(said),
        "bare": (words == 1) & ~anywhere(after != ord(" ")),
        "quoted": anywhere(quoted > 0),
        "whole": np.add.reduceat(whole, firsts) / sizes,
        "verb": [term.verbs / len(term.places) for term in terms],
    }


def _headed(found: Sequence[Found], articles: Sequence[Given]) -> list[bool]:
    """Whether the article's title has each term, be it one that does not stand in the text."""
    told: list[bool] = []
    for own, one in zip(found, articles, strict=True):
        title = key_of(one.title or "")
        told += [True in [key in title for key in term.keys] for term in own.terms]
    return told


def _made_of(found: Sequence[Found], rules: KeywordRules) -> Columns:
    """What each term is, wherever it stands."""
    terms = [term for own in found for term in own.terms]
    lasting = np.concatenate([_lasting(term.words, rules) for term in terms]).reshape(len(terms), -1)
    person: list[bool] = []
    source: list[bool] = []
    for own in found:
        roles, hosts = own.people.roles, own.people.hosts
        person += _holding(own.terms, roles.keys())
        source += _holding(own.terms, hosts | {key for key, role in roles.items() if role in rules.sources})
    return {
        **dict(zip(_LASTING, lasting.T, strict=True)),
        "introduced": [term.introduced for term in terms],
        "person": person,
        "source": source,
        "known": [not rules.known.isdisjoint(term.keys) for term in terms],
        "named": [not rules.names.isdisjoint(term.keys) for term in terms],
    }


def _holding(terms: Sequence[Term], keys: Set[str]) -> list[bool]:
    """Whether each term has a word with one of some keys."""
    return [bool(keys) and any(word.key in keys for word in term.words) for term in terms]


_LASTING = (
    "rarity", "common", "ordinary", "short", "letters", "single", "endsname", "joined", "name", "place",
    "loose", "metric", "lexicon",
)  # fmt: skip


@lru_cache(maxsize=1 << 14)
def _lasting(words: tuple[Word, ...], rules: KeywordRules) -> Matrix:
    """What words are in any article, by the names of `_LASTING`."""
    first, last, size = words[0], words[-1], len(words)
    named = [word.tag in PROPER and word.key not in rules.common for word in words]
    letters = sum(len(word.text) for word in words)
    found = (
        sum(word.rarity for word in words) / size,
        size == 1 and first.key in rules.common,
        size == 1 and first.key in rules.ordinary,
        letters <= 2 and not any(named),
        math.log(letters),
        size == 1 and first.tag == "NNG" and first.morphemes == 1,
        size > 1 and named[-1] and not named[0],
        size > 1 and any(map(_could_be_person, words)),
        size == 1 and named[0],
        size == 1 and first.key in rules.places,
        size > 1 and last.key in rules.loose,
        size == 1 and first.key in rules.metrics,
        sum(rules.lexicon[where].get(key, 0.0) for where, key in said(words)),
    )
    return np.array(found, dtype=np.float64)


def _could_be_person(word: Word) -> bool:
    """Whether a word looks like the full name of somebody unknown: 정해림, in 정해림 다온로보틱스."""
    return word.tag == "NNP" and word.rarity >= _UNKNOWN and is_name(word.text)


def said(words: Sequence[Word]) -> list[tuple[str, str]]:
    """The words of a term that the lexicon weighs: one alone, the first and the last of a phrase."""
    if len(words) == 1:
        return [("alone", words[0].key)]
    return [("first", words[0].key), ("last", words[-1].key)]


def parts(known: Matrix, weights: Mapping[str, float]) -> Matrix:
    """The parts of each score, in log odds: a row for each of `PARTS`.

    Summed one after the other, not by a matrix product, whose last bits differ between machines.
    """
    rows = iter(known * np.array([[weights[name]] for name in FEATURES]))
    return _rounded(np.array([sum(islice(rows, len(names))) for names in PARTS.values()]))


def totals(parts: Matrix, bias: float) -> list[float]:
    """The score of each term, in log odds: the sum of its parts."""
    found: list[float] = (sum(parts, np.zeros(parts.shape[1])) + bias).tolist()
    return found


def _rounded(values: Matrix) -> Matrix:
    """Values with four decimals, as `round` gives them: one by one only where numpy could err."""
    scaled = values * 1e4
    found: Matrix = np.rint(scaled) / 1e4
    ties = np.abs(scaled - np.floor(scaled) - 0.5) < 1e-6
    found[ties] = [round(value, 4) for value in values[ties].tolist()]
    return found


def log_odds(chance: float) -> float:
    """A chance as log odds."""
    return math.log(chance / (1.0 - chance))


def _closeness(read: Reading, articles: Sequence[Given]) -> Matrix:
    """Cosine of each body sentence with its article's mean, scaled to the closest one; 0 for other units."""
    found = [0.0] * len(read.units)
    for one, (first, past) in zip(articles, pairwise(read.articles), strict=True):
        close = _close(one)
        for n in range(first, past) if close else ():
            found[n] = close.get(read.units[n].index, 0.0)
    return np.array(found)


def _close(article: Given) -> dict[int, float]:
    units, vectors = article.units, article.vectors
    content = [n for n, unit in enumerate(units) if unit.kind in CONTENT_KINDS]
    if vectors is None or not content:
        return {}
    rows = vectors[content].astype(np.float64)
    mean = np.add.reduce(rows) / len(rows)
    length = math.sqrt(mean @ mean)
    if length == 0:
        return {}
    cosines = rows @ (mean / length)
    top = float(cosines.max()) or 1.0
    return {units[n].index: round(c / top, 6) for n, c in zip(content, cosines.tolist(), strict=True)}
