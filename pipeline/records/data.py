"""Data files, loaded: rules, theme sets, word lists, weights."""

from __future__ import annotations

from dataclasses import dataclass
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
class ThemeModel:
    """How evidence becomes theme scores: weights that hold for any theme set, and the words that lean.

    Attributes
    ----------
    weights
        Weight of each feature, by stage and side: ``said.theme``, ``said.other``, ``stands.theme`` …
    cues
        Patterns, by name, of how a unit opens or points elsewhere.
    fitted
        What the weights were fitted on, for people.
    """

    weights: dict[str, dict[str, float]]
    cues: dict[str, str]
    fitted: dict[str, str]


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
    roles
        What people are besides: 대표이사.
    asked
        Those of whom an article asks what it tells.
    nouns
        That mean a person: 주민, 어머니.
    """

    titles: frozenset[str]
    roles: frozenset[str]
    asked: frozenset[str]
    nouns: frozenset[str]


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
    aliases
        Groups of forms, as written, that are one thing.
    weights
        Of the features of a score, with ``bias`` and ``least``, the chance that a row has to have.
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
    aliases: tuple[tuple[str, ...], ...]
    weights: dict[str, float]


@dataclass(frozen=True, slots=True, kw_only=True)
class LeaningWords:
    """Words by which a sentence leans on one before it (``configs/leaning.toml``).

    Attributes
    ----------
    openers
        Regular expressions for how such a sentence opens.
    connectives
        The same, of those that only join it to the one before: it says all of what it says without that.
    endings, afterthoughts
        Regular expressions for how a sentence ends that explains the one before: the first unless it has
        a topic of its own.
    foretold
        Nouns with which such an ending foretells after a prospective verb: 늘어날 것이다.
    first, further
        Regular expressions for how the points of a list open; those of the second lean on one before them.
    causes, explained, turns
        Regular expressions for how a sentence ends that gives the reason of what the one before says, and
        the nouns whose topic particle says that it names itself what it explains (이유는 … 때문이다), and the
        connectives by which it has said it (급증했는데, … 때문이다).
    recaps
        Regular expressions for what points at all of the sentence before, wherever it stands.
    counted
        Regular expressions for what does so unless a name stands before it in the sentence (두 회사의).
    shares
        The same unless a subject does (전체에서 차지하는 비중은).
    days
        Forms that stand for a day named before.
    pronouns, determiners
        Forms that point back.
    person_pronouns, person_particles, people
        Pronouns that mean a person with one of these particles, and nouns that mean one.
    set_phrases
        What may follow a determiner that points at nothing (그 어느 때보다).
    empty_nouns
        Nouns that mean the sentence before when a determiner stands before them (이 점).
    periods
        Nouns that mean a time which the sentence itself may give (1∼20일 … 이 기간).
    kind_nouns
        Nouns that do so unless they are what the article is about (이 사고).
    class_nouns
        Nouns that do so unless the title has them, for an article may name many (이 부문).
    frames
        Nouns whose topic particle marks a time, not a subject.
    addresses, speakers
        Endings, as regular expressions, and words by which the writer or the reader is the subject.
    auxiliary_nouns
        Nouns that close a predicate whose subject is the sentence's (정부가 발표할 예정이다).
    intransitive, manners
        Verbs, and nouns of verbs, that take a subject and no object; and nouns that such a clause modifies
        and still has its subject for that of the sentence (값이 오르는 추세를 보인다).
    aspects
        Nouns of what is big, high or good about a thing: 규모가 큰 공장을 names no one who builds it.
    teams
        Words for a team that a sentence before tells apart from others (연구팀).
    measures
        Nouns of results that somebody has to own (매출, 영업이익률).
    recalls, recurring
        Words that call a thing again (이번 실험), and nouns that recur after them (이번 주).
    particle_verbs
        Verbs that make particles and end no clause (정부에 따르면).
    predicate_nouns
        Nouns whose subject particle belongs to the predicate (할 수가 있다).
    transitive
        Verbs whose object 도 marks when it stands before them (감면도 안내했다).
    veiled
        Regular expressions for a company whose name is kept back (A사).
    titles
        By which a person is called again after the full name (박 교수).
    lists
        Regular expressions for how a line ends that says nothing without the bullets below it.
    """

    openers: tuple[str, ...] = ()
    connectives: tuple[str, ...] = ()
    endings: tuple[str, ...] = ()
    afterthoughts: tuple[str, ...] = ()
    foretold: frozenset[str] = frozenset()
    first: tuple[str, ...] = ()
    further: tuple[str, ...] = ()
    causes: tuple[str, ...] = ()
    explained: frozenset[str] = frozenset()
    turns: frozenset[str] = frozenset()
    recaps: tuple[str, ...] = ()
    counted: tuple[str, ...] = ()
    shares: tuple[str, ...] = ()
    days: frozenset[str] = frozenset()
    pronouns: frozenset[str] = frozenset()
    determiners: frozenset[str] = frozenset()
    person_pronouns: frozenset[str] = frozenset()
    person_particles: frozenset[str] = frozenset()
    people: frozenset[str] = frozenset()
    set_phrases: frozenset[str] = frozenset()
    empty_nouns: frozenset[str] = frozenset()
    periods: frozenset[str] = frozenset()
    kind_nouns: frozenset[str] = frozenset()
    class_nouns: frozenset[str] = frozenset()
    frames: frozenset[str] = frozenset()
    addresses: tuple[str, ...] = ()
    speakers: frozenset[str] = frozenset()
    auxiliary_nouns: frozenset[str] = frozenset()
    intransitive: frozenset[str] = frozenset()
    manners: frozenset[str] = frozenset()
    aspects: frozenset[str] = frozenset()
    teams: tuple[str, ...] = ()
    measures: frozenset[str] = frozenset()
    recalls: frozenset[str] = frozenset()
    recurring: frozenset[str] = frozenset()
    particle_verbs: frozenset[str] = frozenset()
    predicate_nouns: frozenset[str] = frozenset()
    transitive: frozenset[str] = frozenset()
    veiled: tuple[str, ...] = ()
    titles: tuple[str, ...] = ()
    lists: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class EditorModel:
    """The weights of the ``editor`` method (``models/editor.toml``).

    Attributes
    ----------
    weights
        By feature.
    redundancy
        What a candidate loses for its likeness to what is chosen already.
    coverage
        What the first sentence of a theme that the summary does not cover yet gains.
    query, theme
        What a sentence gains that answers the query in full, or is surely of the theme asked for.
    """

    weights: dict[str, float]
    redundancy: float = 0.0
    coverage: float = 0.0
    query: float = 0.0
    theme: float = 0.0
