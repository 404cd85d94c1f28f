"""The rules of ``configs/cohesion``, compiled: for each place one expression that says whether to look."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from ..records import CohesionRule, CohesionRules, ConfigError
from .antecedents import FINDERS, MARKS, Finder
from .article import Article
from .lexicon import BOUNDARY, CLOSE, TAIL, Lexicon, any_of, of_words, opening
from .predicates import ASKED, CONDITIONS, TESTS, Condition, Test

#: Where errors say that a rule stands.
FOLDER = "configs/cohesion"
_LIST = re.compile(r"\{([a-z-]+)\}")
#: What has to follow a cue, by its place.
AFTER = {"opening": BOUNDARY, "ending": CLOSE, "anywhere": "", "even-quoted": "", "first-clause": ""}
PLACES = tuple(AFTER)


@dataclass(frozen=True, slots=True)
class Rule:
    """A rule that can be asked: see `CohesionRule`.

    Attributes
    ----------
    find
        None: it only marks a unit.
    yields
        It means the sentence just before, and says nothing where the sentence names what it points at.
    """

    id: str
    at: str
    pattern: re.Pattern[str] | None
    test: Test | None
    unless: tuple[Condition, ...]
    find: Finder | None
    antecedent: str
    joins: bool
    yields: bool


@dataclass(frozen=True, slots=True)
class Place:
    """The rules of one place, with an expression that finds whatever any of them does."""

    any: re.Pattern[str]
    rules: tuple[Rule, ...]


@dataclass(frozen=True, slots=True)
class Prepared:
    """All rules and words, ready for use."""

    lexicon: Lexicon
    places: Mapping[str, Place]
    tests: tuple[Rule, ...]


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
        tests=tuple(rule for rule in made if rule.test is not None),
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
        pattern=any_of(cues, AFTER[rule.at]) if cues else None,
        test=TESTS[rule.test] if rule.test else None,
        unless=tuple(CONDITIONS[name] for name in conditions),
        find=FINDERS.get(rule.antecedent),
        antecedent=rule.antecedent,
        joins=ASKED in rule.unless,
        yields=rule.antecedent == "before" and rule.at != "opening",
    )


def lists_of(rules: CohesionRules) -> dict[str, str]:
    """An expression for each list, by its name; words are escaped."""
    words = {name: of_words(own) for name, own in rules.words.items()}
    return words | {name: "|".join(own) for name, own in rules.patterns.items()}


def with_lists(cue: str, rule: str, lists: Mapping[str, str]) -> str:
    """A cue with what a list holds in the place of its name in braces."""

    def all_of(match: re.Match[str]) -> str:
        if match[1] not in lists:
            raise ConfigError(FOLDER, rule, f"no such list: {match[1]!r}", lists)
        return f"(?:{lists[match[1]]})"

    return _LIST.sub(all_of, cue)


def _place(at: str, rules: Sequence[Rule]) -> Place:
    written = [rule.pattern.pattern for rule in rules if rule.pattern is not None]
    return Place(any_of(written), tuple(rules))


def holding(i: int, article: Article, prepared: Prepared) -> Iterator[tuple[Rule, object]]:
    """The rules that hold of a unit, each with what it saw there: a match, or what its test gave."""
    for rule, cue in _cued(i, article, prepared.places):
        if not any(condition(i, article, cue) for condition in rule.unless):
            yield rule, cue
    for rule in prepared.tests:
        seen = rule.test(i, article) if rule.test is not None else None
        if seen and not any(condition(i, article, None) for condition in rule.unless):
            yield rule, seen


def _cued(i: int, article: Article, places: Mapping[str, Place]) -> Iterator[tuple[Rule, re.Match[str]]]:
    text, outside = article.units[i].text, article.outside[i]
    start, tail = opening(text), max(0, len(text) - TAIL)
    place = places["opening"]
    if place.any.match(text, start):
        yield from _decides((rule, rule.pattern.match(text, start)) for rule in place.rules if rule.pattern)
    place = places["ending"]
    if place.any.search(text, tail):
        yield from _decides((rule, rule.pattern.search(text, tail)) for rule in place.rules if rule.pattern)
    place = places["even-quoted"]
    if place.any.search(text):
        for rule in place.rules:
            if rule.pattern is not None and (found := rule.pattern.search(text)):
                yield rule, found
    for at, tokens in (("anywhere", outside.tokens), ("first-clause", outside.tokens[: outside.first])):
        place = places[at]
        if place.any.search(text):
            for rule in place.rules:
                for cue in rule.pattern.finditer(text) if rule.pattern else ():
                    if any(cue.start() <= token.start < cue.end() for token in tokens):
                        yield rule, cue
                        break


def _decides(
    looked: Iterable[tuple[Rule, re.Match[str] | None]],
) -> Iterator[tuple[Rule, re.Match[str]]]:
    """Of what opens, or ends, a text the first that leans: its conditions decide. All that only marks."""
    decided = False
    for rule, cue in looked:
        if cue is not None and not (decided and rule.find):
            decided = decided or rule.find is not None
            yield rule, cue
