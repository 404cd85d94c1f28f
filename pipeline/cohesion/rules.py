"""The rules of ``configs/cohesion``, compiled: for each place one expression that says whether to look."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Any, Literal

from ..korean.expressions import any_of, choice, of_words
from ..records import CohesionRule, CohesionRules, ConfigError, Token
from .antecedents import FINDERS, MARKS, Finder
from .article import Article
from .lexicon import BOUNDARY, CLOSE, TAIL, Lexicon, opening
from .predicates import ASKED, CHANCES, CONDITIONS, TESTS, Chance, Condition, Test

#: Where errors say that a rule stands.
FOLDER = "configs/cohesion"
_LIST = re.compile(r"\{([a-z-]+)\}")
#: What has to follow a cue, by its place.
AFTER = {"opening": BOUNDARY, "ending": CLOSE, "anywhere": "", "even-quoted": "", "first-clause": ""}
PLACES = tuple(AFTER)
#: Places that are no end of a text.
_WITHIN = ("even-quoted", "anywhere", "first-clause")
#: `re.compile` remembers 512 patterns only, of all modules.
_compiled = lru_cache(maxsize=1024)(re.compile)


@dataclass(frozen=True, slots=True)
class Rule:
    """A rule that can be asked: see `CohesionRule`.

    Attributes
    ----------
    pattern
        An expression for its cues, compiled when something in its place first leans; empty without cues.
    find
        None: it only marks a unit.
    yields
        It means the sentence just before, and says nothing where the sentence names what it points at.
    """

    id: str
    at: str
    cues: tuple[str, ...]
    pattern: str
    test: Test | None
    unless: tuple[Condition, ...]
    find: Finder | None
    antecedent: str
    joins: bool
    yields: bool


#: A rule, and what it goes by in a text.
Cue = tuple[Rule, re.Match[str]]


@dataclass(frozen=True, slots=True)
class Place:
    """The rules of one place, with an expression that finds whatever any of them does."""

    any: re.Pattern[str]
    rules: tuple[Rule, ...]


@dataclass(frozen=True, slots=True)
class Prepared:
    """All rules and words, ready for use.

    Attributes
    ----------
    within
        Whatever a rule finds in a place that is no end of a text.
    """

    lexicon: Lexicon
    places: Mapping[str, Place]
    within: re.Pattern[str]
    tests: tuple[tuple[Rule, Test, Chance | None], ...]


def prepare(rules: CohesionRules) -> Prepared:
    """Compile rules, once.

    Raises
    ------
    ConfigError
        When a rule names a place, test, condition, antecedent or list that there is not.
    """
    lists = lists_of(rules)
    made = [_rule(rule, lists) for rule in rules.rules]
    return Prepared(
        lexicon=Lexicon.of(rules),
        places={at: _place(at, [rule for rule in made if rule.at == at]) for at in PLACES},
        within=any_of(cue for rule in made if rule.at in _WITHIN for cue in rule.cues),
        tests=tuple(
            (own, own.test, CHANCES.get(rule.test))
            for own, rule in zip(made, rules.rules, strict=True)
            if own.test is not None
        ),
    )


def _rule(rule: CohesionRule, lists: Mapping[str, str]) -> Rule:
    conditions = [name for name in rule.unless if name != ASKED]
    for kind, name, known in (
        ("place", rule.at, ("", *PLACES)),
        ("test", rule.test, ("", *TESTS)),
        ("antecedent", rule.antecedent, (*FINDERS, *MARKS)),
        *(("condition", name, tuple(CONDITIONS)) for name in conditions),
    ):
        if name not in known:
            problem = f"no such {kind}: {name!r}; there are: {', '.join(known)}"
            raise ConfigError(FOLDER, rule.id, problem, known)
    if bool(rule.at and rule.cue) == bool(rule.test):
        raise ConfigError(FOLDER, rule.id, "a rule has either cues with their place, or a test")
    cues = [with_lists(cue, rule.id, lists) for cue in rule.cue]
    return Rule(
        id=rule.id,
        at=rule.at,
        cues=tuple(cues),
        pattern=choice(cues, AFTER[rule.at]) if cues else "",
        test=TESTS[rule.test] if rule.test else None,
        unless=tuple(CONDITIONS[name] for name in conditions),
        find=FINDERS.get(rule.antecedent),
        antecedent=rule.antecedent,
        joins=ASKED in rule.unless,
        yields=rule.antecedent == "before" and rule.at != "opening",
    )


def lists_of(rules: CohesionRules) -> dict[str, str]:
    """An expression for each list, by its name; words are escaped."""
    words = {name: f"(?:{of_words(own)})" for name, own in rules.words.items()}
    patterns = {
        name: own[0] if len(own) == 1 else f"(?:{'|'.join(own)})" for name, own in rules.patterns.items()
    }
    return words | patterns


def with_lists(cue: str, rule: str, lists: Mapping[str, str]) -> str:
    """A cue with what a list holds in the place of its name in braces."""

    def named(match: re.Match[str]) -> str:
        if match[1] not in lists:
            raise ConfigError(FOLDER, rule, f"no such list: {match[1]!r}", lists)
        return lists[match[1]]

    return _LIST.sub(named, cue)


def _place(at: str, rules: Sequence[Rule]) -> Place:
    return Place(any_of((cue for rule in rules for cue in rule.cues), AFTER[at]), tuple(rules))


def holding(article: Article, prepared: Prepared) -> list[list[tuple[Rule, Any]]]:
    """For each unit the rules that hold of it, with what each saw there: a match, or what its test gave.

    Rule by rule, not unit by unit: long expressions drive each other out of the processor's caches.
    """
    found: list[list[tuple[Rule, Any]]] = [
        [(rule, cue) for rule, cue in cues if not _exempt(rule, i, article, cue)]
        for i, cues in enumerate(_cues(article, prepared))
    ]
    for rule, test, chance in prepared.tests:
        for i in chance(article) if chance else range(len(found)):
            seen = test(i, article)
            if seen and not _exempt(rule, i, article, None):
                found[i].append((rule, seen))
    return found


def _exempt(rule: Rule, i: int, article: Article, cue: re.Match[str] | None) -> bool:
    return bool(rule.unless) and any(condition(i, article, cue) for condition in rule.unless)


def _cues(article: Article, prepared: Prepared) -> list[list[Cue]]:
    """For each unit the rules whose cue it has; most sentences have none."""
    texts, places = [unit.text for unit in article.units], prepared.places
    found: list[list[Cue]] = [[] for _ in texts]
    place = places["opening"]
    for own, text, start in zip(found, texts, map(opening, texts), strict=True):
        if place.any.match(text, start):
            own += _decides(place.rules, "match", text, start)
    place = places["ending"]
    for own, text in zip(found, texts, strict=True):
        tail = max(0, len(text) - TAIL)
        if place.any.search(text, tail):
            own += _decides(place.rules, "search", text, tail)
    for own, text, outside in zip(found, texts, article.outside, strict=True):
        # One search for all three.
        for at in _WITHIN if prepared.within.search(text) else ():
            place = places[at]
            if place.any.search(text):
                tokens = None if at == "even-quoted" else outside.tokens
                if at == "first-clause":
                    tokens = outside.tokens[: outside.first]
                own += _within(place.rules, text, tokens)
    return found


def _within(rules: Iterable[Rule], text: str, tokens: Sequence[Token] | None) -> Iterator[Cue]:
    """For each rule the first of its cues in a text of which a part is among some tokens; None: all are."""
    for rule in rules:
        for cue in _compiled(rule.pattern).finditer(text) if rule.pattern else ():
            if tokens is None or any(cue.start() <= token.start < cue.end() for token in tokens):
                yield rule, cue
                break


def _decides(rules: Iterable[Rule], how: Literal["match", "search"], text: str, start: int) -> Iterator[Cue]:
    """Of what opens, or ends, a text the first that leans: its conditions decide. All that only marks."""
    decided = False
    for rule in rules:
        if not rule.pattern or (decided and rule.find is not None):
            continue
        pattern = _compiled(rule.pattern)
        cue = pattern.match(text, start) if how == "match" else pattern.search(text, start)
        if cue is not None:
            decided = decided or rule.find is not None
            yield rule, cue
