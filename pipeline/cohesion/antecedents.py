"""What finds the sentences that a sentence leans on; a rule names one of these.

An extract dangles when it takes a sentence whose pronoun, connective or subject stands in one that it left
out; Paice (1981) calls it the exophora of automatic abstracts.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any

from .article import Article, Need
from .lexicon import opens_point
from .mentions import naming, owner, same_team
from .people import full_names, is_aged
from .pointing import is_person

_DAY = re.compile(r"(?<!\d)\d{1,2}일")

#: What is found for a unit, given what a rule saw in it (a match, or what its test returned): needs, each of
#: which one sentence meets. None at all: the unit does not lean after all.
Finder = Callable[[int, Article, Any], list[Need]]


def just_before(i: int, article: Article, seen: object = None) -> list[Need]:
    """The sentence before, unless what stands before is a quotation by itself, which no summary takes."""
    return [() if i == 0 or article.before[i] == "quote" else (i - 1,)]


def point(i: int, article: Article, seen: object) -> list[Need]:
    """For a further point of a list (둘째, …) the nearest one; the one just before when there is none."""
    points = (j for j in range(i - 1, -1, -1) if opens_point(article.units[j].text, article.lexicon))
    nearest = next(points, None)
    return just_before(i, article) if nearest is None else [(nearest,)]


def person(i: int, article: Article, seen: object) -> list[Need]:
    """The nearest sentence that speaks of a person, meant by 그는; the one just before when none does."""
    for j in range(i - 1, -1, -1):
        unit = article.units[j]
        if is_aged(unit.text) or any(is_person(token, article.lexicon) for token in unit.tokens):
            return [(j,)]
    return just_before(i, article)


def named(i: int, article: Article, name: Any) -> list[Need]:
    """The sentences that name a thing; the one just before when none does, or it is nothing but a kind."""
    words = article.lexicon.words
    if name in words["empty-nouns"]:
        return just_before(i, article)
    found, about = naming(i, name, article)
    if name in words["class-nouns"]:
        about = any(token.form == name for token in article.title)
    if not found or (not about and (name in words["kind-nouns"] or name in words["class-nouns"])):
        return just_before(i, article)
    return [found]


def first_mention(i: int, article: Article, names: str | list[str]) -> list[Need]:
    """The sentences that name a thing, if any; for companies behind a letter (A사) the first of each."""
    if isinstance(names, str):
        found, _ = naming(i, names, article)
        return [found] if found else []
    first = (next((j for j in range(i) if name in article.units[j].text), None) for name in names)
    return [(j,) for j in first if j is not None]


def dated(i: int, article: Article, seen: object) -> list[Need]:
    """The sentences that name a day of the last one that names any; the one just before when none does."""
    days = [frozenset(_DAY.findall(unit.text)) for unit in article.units[:i]]
    nearest = next((own for own in reversed(days) if own), None)
    if nearest is None:
        return just_before(i, article)
    return [tuple(j for j in range(i - 1, -1, -1) if nearest & days[j])]


def team(i: int, article: Article, seen: object) -> list[Need]:
    """The sentences that say whose team it is, if any do."""
    found = same_team(i, article)
    return [found] if found else []


def owned(i: int, article: Article, seen: object) -> list[Need]:
    """The nearest sentence that says whose results are told, if any does."""
    found = owner(i, article)
    return [found] if found else []


def introduction(i: int, article: Article, seen: object = None) -> list[Need]:
    """The body sentence right above a run of bullets; none when a heading, or nothing, stands there."""
    first = i
    while first > 0 and article.before[first] == "item" and article.units[first - 1].kind == "item":
        first -= 1
    return [(first - 1,)] if first > 0 and article.before[first] == "body" else []


def opening(i: int, article: Article, seen: object) -> list[Need]:
    """The sentence that opens the answer which this one closes."""
    return [(article.quotations.opened[i],)]


FINDERS: dict[str, Finder] = {
    "before": just_before,
    "point": point,
    "person": person,
    "named": named,
    "first-mention": first_mention,
    "full-name": full_names,
    "day": dated,
    "team": team,
    "owner": owned,
    "introduction": introduction,
    "whole-quotation": opening,
}
#: Antecedents that stand after the unit, or outside of the article: such a rule only marks it.
MARKS = frozenset(("items", "below", "after", "speaker", "name"))
