"""What a sentence's words tell of it: how much it says, of whom, and whether that is new.

============= ====================================================================================
length        code points
fuller        the same over the article's median
nouns         different nouns, names and numbers
names         different names and Latin words
verbs         what is done
clauses       connective endings
subject       it names what it is about: a noun with a particle of the subject or topic
named         … and that is a name
actor         … one of the names that the article is about, or that its title has
wide          in how many sentences the commonest noun of its subject stands
nameless      it has no name, in a section that has given one
title         share of the title's nouns and numbers that it has
headline      no sentence has more of these
heading       share of its section heading's nouns that it has
heading-name  it has a name of that heading
new           share of its nouns that the article has not used before
topic         how many of the eight nouns that most sentences share
told          how like the sentence before it that is most like it
taken-up      how like the one after it that is most like it
centrality    cosine with the mean of all sentences
textrank      TextRank (Mihalcea & Tarau 2004), which favours long ones, as a standard score in the article
theme         score of its theme, unless that is `other`
many          sentences of the article: a summary takes so many, however long it is
============= ====================================================================================
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping, Sequence
from functools import lru_cache
from itertools import pairwise
from statistics import median

import numpy as np
from numpy.typing import NDArray

from ...korean.columns import Joined, rows, table
from ...korean.particles import TOPIC
from ...korean.tags import ACTIONS, NAMES, NOUNS, NUMBERS
from ...korean.wording import Overlap, count, words_of
from ...records import OTHER, Draft
from ..published import textrank_scores

Column = NDArray[np.float64]
Mask = NDArray[np.bool_]

EDGES: Mapping[str, tuple[float, ...]] = {
    "length": (20, 30, 40, 55, 70, 90, 120),
    "fuller": (0.5, 0.75, 1.0, 1.3, 1.8),
    "nouns": (4, 7, 10, 13, 16, 20),
    "names": (1, 2, 3, 5),
    "verbs": (1, 2, 3, 4),
    "clauses": (1, 2, 3),
    "subject": (1,),
    "named": (1,),
    "actor": (1,),
    "wide": (2, 4, 8),
    "nameless": (1,),
    "title": (0.01, 0.2, 0.4, 0.6),
    "headline": (1,),
    "heading": (0.01, 0.34, 0.6),
    "heading-name": (1,),
    "new": (0.3, 0.5, 0.7, 0.9),
    "topic": (1, 2, 3, 5),
    "told": (0.2, 0.3, 0.4, 0.5, 0.65),
    "taken-up": (0.2, 0.3, 0.4, 0.5),
    "centrality": (0.2, 0.3, 0.4, 0.5, 0.6),
    "textrank": (-0.8, -0.3, 0.2, 0.7, 1.2),
    "theme": (0.35, 0.6, 0.8),
    "many": (12, 20, 30, 40, 50),
}

_NOUNS = NOUNS | NUMBERS
_NAMES = NAMES | {"W_SERIAL"}
_TOPICS = 8
#: Names that an article is about, and in how many sentences one of these stands at least.
_ACTORS, _OFTEN = 3, 2
#: Morphemes before the particle of a subject in which its noun is looked for.
_SUBJECT = 4
_SUBJECT_TAGS, _TOPIC_TAGS = frozenset({"JKS"}), frozenset({"JX"})
_TOPIC_PARTICLES = frozenset(TOPIC)
#: What is told article by article, and how many nouns its title has.
_APART = (
    "length", "fuller", "nameless", "told", "taken-up", "centrality", "textrank", "many", "heading",
    "heading-name", "titles",
)  # fmt: skip


def values(
    drafts: Sequence[Draft], texts: Joined, alike: Sequence[Column], words: Sequence[Overlap]
) -> dict[str, Column]:
    """By name the values of the sentences of some articles."""
    tokens, n = texts.tokens, texts.units[-1]
    row, noun = words_of(tokens, _NOUNS)
    name_row, name = words_of(tokens, _NAMES)
    width = len(tokens.forms)
    spread, name_spread = np.bincount(noun, minlength=width), np.bincount(name, minlength=width)

    def having(kept: Mask) -> Column:
        return np.bincount(row[kept], minlength=n).astype(np.float64)

    nouns = having(np.ones(len(noun), dtype=bool))
    first = np.zeros(width, dtype=np.int64)
    first[noun[::-1]] = np.arange(len(noun))[::-1]  # of a form's places the first is set last
    fresh = first[noun] == np.arange(len(noun))
    names = np.bincount(name_row, minlength=n).astype(np.float64)
    subject_row, subject_form, subject_is_name = _subjects(texts)
    wide = np.zeros(n)
    np.maximum.at(wide, subject_row, spread[subject_form].astype(np.float64))
    titled, actors, topics = (np.zeros(width, dtype=bool) for _ in range(3))
    apart: dict[str, list[Column]] = {column: [] for column in _APART}
    ends = np.searchsorted(row, texts.units).tolist()
    spans = zip(pairwise(texts.units), pairwise(texts.forms), pairwise(ends), strict=True)
    for d, ((start, end), (low, high), (begin, stop)) in enumerate(spans):
        draft, ids, forms = drafts[d], texts.ids[d], tokens.forms[low:high]
        titled[low:high] = own = _among(ids, {token.form for token in draft.title if token.tag in _NOUNS})
        often = name_spread[low:high]
        actors[low:high] = _most(forms, often, _ACTORS, _OFTEN) | (own & (often > 0))
        topics[low:high] = _most(forms, spread[low:high], _TOPICS)
        heading, heading_name = _headings(draft, ids, row[begin:stop] - start, noun[begin:stop] - low)
        told = {
            **_of_article(draft, alike[d], words[d], names[start:end]),
            "heading": heading,
            "heading-name": heading_name,
            "titles": np.full(end - start, max(int(own.sum()), 1)),
        }
        for column in _APART:
            apart[column].append(told[column])
    found = {column: np.concatenate(several) for column, several in apart.items()}
    in_title = having(titled[noun])
    most = np.maximum.reduceat(in_title, texts.units[:-1])
    return {
        **found,
        "nouns": nouns,
        "names": names,
        "verbs": count(tokens, ACTIONS).astype(np.float64),
        "clauses": count(tokens, frozenset({"EC"})).astype(np.float64),
        "subject": _marked(n, subject_row),
        "named": _marked(n, subject_row[subject_is_name]),
        "actor": _marked(n, subject_row[subject_is_name & actors[subject_form]]),
        "wide": wide,
        "title": in_title / found["titles"],
        "headline": ((in_title > 0) & (in_title == np.repeat(most, np.diff(texts.units)))).astype(np.float64),
        "new": having(fresh) / np.maximum(nouns, 1.0),
        "topic": having(topics[noun]),
        "theme": np.array(
            [score if theme != OTHER else 0.0 for draft in drafts for theme, score in draft.themes]
        ),
    }


def _of_article(draft: Draft, alike: Column, words: Overlap, names: Column) -> dict[str, Column]:
    """What sums over all sentences of an article tell, the order of which is its own."""
    n = len(draft.units)
    length = np.array([len(unit.text) for unit in draft.units], dtype=np.float64)
    vectors = draft.vectors.astype(np.float64)
    middle = np.add.reduce(vectors)
    size = math.sqrt(middle @ middle)
    return {
        "length": length,
        "fuller": length / max(median(length.tolist()), 1.0),
        "nameless": _nameless(draft, names),
        "told": (alike * _before(n)).max(axis=1),
        "taken-up": (alike * _before(n).T).max(axis=1),
        "centrality": np.round(vectors @ middle / size, 5) if size else np.zeros(n),
        "textrank": _standard(np.array(textrank_scores(words))),
        "many": np.full(n, float(n)),
    }


@lru_cache(maxsize=64)
def _before(n: int) -> Mask:
    """For each of n sentences those before it."""
    return np.tri(n, k=-1, dtype=bool)


def _standard(values: Column) -> Column:
    spread = float(values.std())
    return (values - values.mean()) / spread if spread > 1e-12 else np.zeros(len(values))


def _marked(n: int, row: NDArray[np.int64]) -> Column:
    found = np.zeros(n)
    found[row] = 1.0
    return found


def _most(forms: tuple[str, ...], spread: NDArray[np.int64], most: int, least: int = 1) -> Mask:
    """Which forms most sentences share, the first in the alphabet of equals."""
    found = np.zeros(len(forms), dtype=bool)
    bar = max(least, int(np.partition(spread, -most)[-most])) if len(forms) > most else least
    able = np.flatnonzero(spread >= bar).tolist()
    if len(able) > most:
        shared = spread.tolist()
        able = [k for _, _, k in sorted([(-shared[k], forms[k], k) for k in able])[:most]]
    found[able] = True
    return found


def _among(at: Mapping[str, int], wanted: Iterable[str]) -> Mask:
    """Which forms are among some; `at` has the positions of all."""
    found = np.zeros(len(at), dtype=bool)
    found[[at[form] for form in wanted if form in at]] = True
    return found


def _subjects(texts: Joined) -> tuple[NDArray[np.int64], NDArray[np.int64], Mask]:
    """The nouns right before the first particle of a subject or topic: sentence, form, whether a name."""
    tokens = texts.tokens
    topical = np.zeros(len(tokens.forms), dtype=bool)
    topical[texts.numbers(_TOPIC_PARTICLES)] = True
    marks = table(_SUBJECT_TAGS)[tokens.tag] | (table(_TOPIC_TAGS)[tokens.tag] & topical[tokens.form])
    row, marked = rows(tokens), np.flatnonzero(marks)
    first = marked[np.flatnonzero(np.diff(row[marked], prepend=-1))]
    near = (first[:, None] - np.arange(1, _SUBJECT + 1)).ravel()
    own = np.repeat(row[first], _SUBJECT)
    inside = near >= tokens.bounds[own]
    near, own = near[inside], own[inside]
    kept = table(_NOUNS)[tokens.tag[near]]
    near, own = near[kept], own[kept]
    return own, tokens.form[near].astype(np.int64), table(_NAMES)[tokens.tag[near]]


def _headings(
    draft: Draft, at: Mapping[str, int], row: NDArray[np.int64], noun: NDArray[np.int64]
) -> tuple[Column, Column]:
    n = len(draft.units)
    share, named = np.zeros(n), np.zeros(n)
    below: dict[int, list[int]] = {}
    for i, tokens in enumerate(draft.sections):
        if tokens:
            below.setdefault(id(tokens), []).append(i)
    for own in below.values():
        tokens = draft.sections[own[0]]
        nouns = {token.form for token in tokens if token.tag in _NOUNS}
        names = {token.form for token in tokens if token.tag in _NAMES}
        for some, found in ((nouns, share), (names, named)) if nouns else ():
            has = np.bincount(row[_among(at, some)[noun]], minlength=n)
            found[own] = has[own] / max(len(some), 1)
    return share, (named > 0).astype(np.float64)


def _nameless(draft: Draft, names: Column) -> Column:
    found, section, given = np.zeros(len(names)), draft.units[0].section, False
    for i, unit in enumerate(draft.units):
        if unit.section != section:
            section, given = unit.section, False
        found[i] = float(given and not names[i])
        given = given or bool(names[i])
    return found
