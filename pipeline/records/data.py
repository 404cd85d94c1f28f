"""Data files, loaded: rules, theme sets, word lists, weights."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Literal


@dataclass(frozen=True, slots=True, eq=False)  # compared by identity: a rule is a key of caches
class BoilerplateRule:
    """What is not the article.

    Attributes
    ----------
    where
        ``line`` (all of it), ``part`` (or a stretch between two ends of sentences), ``start`` or ``end`` of a
        line, ``inside`` it; ``list``: the line, and those below it that do not end as sentences do; ``edge``,
        ``closing``, ``alone``: by where the line stands in the article.
    pattern
        Regular expression. Its groups named like a field of `Source` (``author``, ``publisher``,
        ``published``, ``rights``, ``url``) are facts for the metadata.
    example
        Text that it finds. Where it takes a part of it, that part stands between « and ».
    facts
        What the groups hold in the example.
    against
        Texts that it must leave alone.
    """

    name: str
    where: Literal[
        "line", "part", "start", "end", "inside", "list", "masthead", "edge", "closing", "box", "alone"
    ]
    pattern: str
    example: str
    facts: tuple[tuple[str, str], ...] = ()
    against: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Term:
    """A term of a theme with its other spellings.

    Attributes
    ----------
    tail
        It names the theme at the end of a longer name too: 백화점 in 온누리백화점.
    """

    name: str
    variants: tuple[str, ...]
    tail: bool = False


@dataclass(frozen=True, slots=True)
class Theme:
    """A theme that an editor has named. Labels are keyed by language.

    Attributes
    ----------
    terms
        Words that name the theme.
    against
        Phrases that hide a term inside them and speak against the theme.
    examples
        Sentences that belong to it.
    hints
        Words that lean towards it and decide nothing alone; verbs in dictionary form.
    named
        Its hints are words of many themes (매출): they count only where a term stands in the article.
    """

    id: str
    labels: dict[str, str]
    definition: str
    terms: tuple[Term, ...]
    against: tuple[str, ...]
    examples: tuple[str, ...]
    hints: tuple[str, ...] = ()
    named: bool = False


@dataclass(frozen=True, slots=True)
class ThemeSet:
    """The themes of a newsletter, in the order in which it shows them.

    Attributes
    ----------
    other
        Labels of what belongs to none of them.
    outside
        What such sentences look like when they share the themes' words, described as a theme is.
    """

    id: str
    labels: dict[str, str]
    themes: tuple[Theme, ...]
    other: dict[str, str]
    outside: Theme | None = None


@dataclass(frozen=True, slots=True)
class LearnedWords:
    """What words say of the themes of one set, learned from articles labelled by it.

    Attributes
    ----------
    sides
        Theme ids, then ``other``.
    bias
        Utility of each side in a sentence without a known word.
    weights
        By ``form/tag``: how much a word adds to the utility of each side in the sentence that has it, then
        to that of each side in all sentences of its article.
    """

    sides: tuple[str, ...]
    bias: tuple[float, ...]
    weights: dict[str, tuple[float, ...]]


@dataclass(frozen=True, slots=True)
class ThemeModel:
    """How evidence becomes theme scores: weights that hold for any theme set, and words of one.

    Attributes
    ----------
    weights
        Weight of each feature, by stage and side: ``said.theme``, ``said.other``, ``stands.theme`` …
    fitted
        What the weights were fitted on, for people.
    words
        None for a model of any theme set.
    """

    weights: dict[str, dict[str, float]]
    fitted: dict[str, str]
    words: LearnedWords | None = None


@dataclass(frozen=True, slots=True, eq=False)
class Background:
    """How common morphemes are in Korean news: document frequencies that no batch can change.

    Attributes
    ----------
    documents
        Number of documents (sentences) that were counted.
    frequency
        Documents that hold the morpheme, by ``form/tag``.
    """

    documents: int
    frequency: dict[str, int]


@dataclass(frozen=True, slots=True, kw_only=True)
class PeopleWords:
    """Words for people (``configs/korean/people.toml``).

    Attributes
    ----------
    titles
        By which a person is called again after the full name: 박 교수.
    executives
        Of these, those of a company: 사장.
    roles
        What people are besides: 대표이사.
    chiefs
        The heads of a company: 최고경영자.
    asked
        Those of whom an article asks what it tells.
    nouns
        That mean a person: 주민, 어머니.
    authors
        What those who write for an outlet are called too: 큐레이터.
    managers, officers
        Ranks in a house: 부장, 상무.
    heads
        Of institutions: 이사장.
    """

    titles: frozenset[str]
    executives: frozenset[str]
    roles: frozenset[str]
    chiefs: frozenset[str]
    asked: frozenset[str]
    nouns: frozenset[str]
    authors: frozenset[str]
    managers: tuple[str, ...]
    officers: tuple[str, ...]
    heads: frozenset[str]


@dataclass(frozen=True, slots=True, eq=False)
class PlaceNames:
    """Names of places (``configs/korean/places.toml``).

    Attributes
    ----------
    reported
        That stand in front of a report: 서울=한빛통신.
    known
        Of cities, countries and regions that are known for such wherever they stand.
    provinces, countries, regions
        Those of them.
    """

    reported: frozenset[str]
    known: frozenset[str]
    provinces: frozenset[str]
    countries: frozenset[str]
    regions: frozenset[str]


@dataclass(frozen=True, slots=True, eq=False)
class KeywordRules:
    """Word lists of the keyword tables. All words are keys: no spaces or hyphens, small letters.

    Attributes
    ----------
    never
        No keyword, and no phrase runs across them.
    alone, everyday
        No keyword by themselves; those of `alone` make no phrase with each other either.
    roles
        What people are: 대표, 연구원.
    sources
        Roles of those whom an article asks.
    places
        Countries, regions and cities.
    common, ordinary
        Keywords seldom.
    metrics
        What results are reported in: by themselves they say little (매출).
    loose
        As the last word of a phrase they seldom make a term of it.
    not_first, not_last
        May not open or close a phrase.
    kinds
        What parentheses explain only together with a word before: 주문형 반도체(ASIC), not 반도체(DS) 부문.
    known
        Terms that editors follow.
    names
        Names that they follow: companies, products, authorities.
    aliases
        Groups of forms, as written, that are one thing.
    weights
        Of the features of a score, with ``bias`` and ``least``, the chance that a row has to have.
    lexicon
        What readers think of words: log odds by where one stands (``alone``, ``first`` or ``last`` in a
        phrase) and its key.
    """

    never: frozenset[str]
    alone: frozenset[str]
    everyday: frozenset[str]
    roles: frozenset[str]
    sources: frozenset[str]
    places: frozenset[str]
    common: frozenset[str]
    ordinary: frozenset[str]
    metrics: frozenset[str]
    loose: frozenset[str]
    not_first: frozenset[str]
    not_last: frozenset[str]
    kinds: frozenset[str]
    known: frozenset[str]
    names: frozenset[str]
    aliases: tuple[tuple[str, ...], ...]
    weights: dict[str, float]
    lexicon: dict[str, dict[str, float]]


@dataclass(frozen=True, slots=True)
class Shape:
    """What the ``editor`` method makes of one feature: a step function.

    Attributes
    ----------
    at
        Edges between the bins of its values, in ascending order.
    worth
        For each bin what it adds to the log odds that an editor prints a sentence; one more than the edges.
    stands
        For each bin what it adds to the log odds that a sentence is understood by itself.
    """

    at: tuple[float, ...]
    worth: tuple[float, ...]
    stands: tuple[float, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)  # compared by identity: a key of caches
class EditorModel:
    """What the ``editor`` method has learned (``models/editor-*.toml``).

    Attributes
    ----------
    shapes
        By feature.
    base, stands
        Log odds of a sentence of which every feature adds nothing: that it is printed, that it is understood
        by itself. None: nothing is known of the latter, and what cohesion says holds.
    redundancy
        What a candidate loses for its likeness to what is chosen already.
    coverage
        What the first sentence of a theme that the summary does not cover yet gains.
    query, theme
        What a sentence gains that answers the query in full, or is surely of the theme asked for.
    """

    shapes: Mapping[str, Shape] = field(default_factory=dict)
    base: float = 0.0
    stands: float | None = None
    redundancy: float = 0.0
    coverage: float = 0.0
    query: float = 0.0
    theme: float = 0.0
