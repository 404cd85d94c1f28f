"""What a term is worth in its article: a sum of parts, each of which a reader can be shown."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence, Set
from functools import cache, lru_cache
from itertools import chain, islice

import numpy as np
from numpy.typing import NDArray

from ..korean.names import is_name
from ..korean.particles import TOPIC
from ..korean.spelling import key_of
from ..korean.tags import PROPER
from ..records import CONTENT_KINDS, KeywordRules, Unit
from .people import People
from .terms import Nesting, Term
from .words import Columns, Word

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


def features(
    terms: Sequence[Term],
    nested: Nesting,
    units: Sequence[Unit],
    tokens: Mapping[int, Columns],
    people: People,
    rules: KeywordRules,
    *,
    title: str | None,
    vectors: NDArray[np.float32] | None,
) -> NDArray[np.float64]:
    """What is known about each term: a row for each of `FEATURES`, a column for each term.

    Parameters
    ----------
    nested
        As `terms.nesting` gives it.
    tokens
        By unit index.
    title
        Of the article, where it does not stand in the text.
    vectors
        Unit rows for `units`, shape (n, d); None leaves the centre out.
    """
    known = {
        **_often(terms, nested, units),
        **_where(terms, units, tokens, key_of(title or ""), _closeness(units, vectors)),
        **_beside(terms, units),
        **_made_of(terms, people, rules),
    }
    flat = chain.from_iterable([known[name] for name in FEATURES])
    shape = len(FEATURES), len(terms)
    return np.fromiter(flat, dtype=np.float64, count=math.prod(shape)).reshape(shape)


def _often(terms: Sequence[Term], nested: Nesting, units: Sequence[Unit]) -> dict[str, list[float]]:
    """How often each term stands in the article, alone and in longer phrases."""
    letters = sum([len(unit.text) for unit in units if unit.kind in CONTENT_KINDS])
    per = _PER / max(_LETTERS, letters)
    return {
        "density": [math.log1p(per * term.times) for term in terms],
        "once": [term.times == 1 for term in terms],
        "whole": [sum([place.whole for place in term.places]) / len(term.places) for term in terms],
        "longer": [math.log(max([terms[j].times for j in over])) if over else 0.0 for over in nested],
        "held": [
            len(set().union(*over.values())) / len(term.places) if over else 0.0
            for term, over in zip(terms, nested, strict=True)
        ],
    }


def _where(
    terms: Sequence[Term],
    units: Sequence[Unit],
    tokens: Mapping[int, Columns],
    title: str,
    close: Mapping[int, float],
) -> dict[str, Sequence[float]]:
    """In which units each term stands."""
    heads = {unit.index for unit in units if unit.kind in ("title", "heading")}
    items = {unit.index for unit in units if unit.kind == "item"}
    told = {index for index, own in tokens.items() if "SN" in own.tags}  # with a figure

    @cache  # most terms stand in one unit, and share it with others
    def where(found: frozenset[int]) -> tuple[bool, bool, float, float]:
        return (
            not heads.isdisjoint(found),
            not items.isdisjoint(found),
            len(found & told) / len(found),
            max([close.get(i, 0.0) for i in found]),
        )

    rows = [where(frozenset([place.unit for place in term.places])) for term in terms]
    heading, item, figures, centre = zip(*rows, strict=True) if rows else ((), (), (), ())
    if title:
        heading = tuple(
            one or any(key in title for key in term.keys) for one, term in zip(heading, terms, strict=True)
        )
    return {"heading": heading, "item": item, "figures": figures, "centre": centre}


def _beside(terms: Sequence[Term], units: Sequence[Unit]) -> dict[str, list[bool]]:
    """What stands before and behind each term."""
    texts = {unit.index: unit.text for unit in units}
    after = [{texts[place.unit][place.end : place.end + 1] for place in term.places} for term in terms]
    items = {unit.index for unit in units if unit.kind == "item"}
    return {
        "topic": [not own.isdisjoint(TOPIC) for own in after],
        "label": [bool(items) and _labels(term, texts, items) for term in terms],
        "quoted": [True in [place.quoted for place in term.places] for term in terms],
        "bare": [len(term.words) == 1 and own == {" "} for term, own in zip(terms, after, strict=True)],
    }


def _labels(term: Term, texts: Mapping[int, str], items: Set[int]) -> bool:
    """Whether it is what an item is about: “- 수주 잔고: …”, or all that a short item says."""
    ends = [
        texts[place.unit][place.end : place.end + 1]
        for place in term.places
        if place.start <= 2 and place.unit in items
    ]
    return ":" in ends or ("" in ends and len(term.words) <= 2)


def _made_of(terms: Sequence[Term], people: People, rules: KeywordRules) -> dict[str, Sequence[float]]:
    """What each term is, wherever it stands."""
    rows = zip(*[_lasting(term.words, rules) for term in terms], strict=True)
    lasting = dict(zip(_LASTING, rows, strict=True)) if terms else dict.fromkeys(_LASTING, ())
    sources = people.hosts | {key for key, role in people.roles.items() if role in rules.sources}
    keys = [[word.key for word in term.words] for term in terms]
    return {
        **lasting,
        "verb": [term.verbs / len(term.places) for term in terms],
        "introduced": [term.introduced for term in terms],
        "person": [bool(people.roles) and not people.roles.keys().isdisjoint(own) for own in keys],
        "source": [bool(sources) and not sources.isdisjoint(own) for own in keys],
        "known": [not rules.known.isdisjoint(term.keys) for term in terms],
        "named": [not rules.names.isdisjoint(term.keys) for term in terms],
    }


_LASTING = (
    "rarity", "common", "ordinary", "short", "letters", "single", "endsname", "joined", "name", "place",
    "loose", "metric", "lexicon",
)  # fmt: skip


@lru_cache(maxsize=1 << 14)
def _lasting(words: tuple[Word, ...], rules: KeywordRules) -> tuple[float, ...]:
    """What words are in any article, by the names of `_LASTING`."""
    first, last, size = words[0], words[-1], len(words)
    named = [word.tag in PROPER and word.key not in rules.common for word in words]
    letters = sum(len(word.text) for word in words)
    return (
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


def _could_be_person(word: Word) -> bool:
    """Whether a word looks like the full name of somebody unknown: 정해림, in 정해림 다온로보틱스."""
    return word.tag == "NNP" and word.rarity >= _UNKNOWN and is_name(word.text)


def said(words: Sequence[Word]) -> list[tuple[str, str]]:
    """The words of a term that the lexicon weighs: one alone, the first and the last of a phrase."""
    if len(words) == 1:
        return [("alone", words[0].key)]
    return [("first", words[0].key), ("last", words[-1].key)]


def parts(known: NDArray[np.float64], weights: Mapping[str, float]) -> NDArray[np.float64]:
    """The parts of each score, in log odds: a row for each of `PARTS`.

    Summed one after the other, not by a matrix product, whose last bits differ between machines.
    """
    rows = iter(known * np.array([[weights[name]] for name in FEATURES]))
    return _rounded(np.array([sum(islice(rows, len(names))) for names in PARTS.values()]))


def totals(parts: NDArray[np.float64], bias: float) -> list[float]:
    """The score of each term, in log odds: the sum of its parts."""
    found: list[float] = (sum(parts, np.zeros(parts.shape[1])) + bias).tolist()
    return found


def _rounded(values: NDArray[np.float64]) -> NDArray[np.float64]:
    """Values with four decimals, as `round` gives them: one by one only where numpy could err."""
    scaled = values * 1e4
    found: NDArray[np.float64] = np.rint(scaled) / 1e4
    ties = np.abs(scaled - np.floor(scaled) - 0.5) < 1e-6
    found[ties] = [round(value, 4) for value in values[ties].tolist()]
    return found


def log_odds(chance: float) -> float:
    """A chance as log odds."""
    return math.log(chance / (1.0 - chance))


def _closeness(units: Sequence[Unit], vectors: NDArray[np.float32] | None) -> dict[int, float]:
    """Cosine of each body sentence with the article's mean, scaled to the closest one."""
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
