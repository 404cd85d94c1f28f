"""What data files know of Korean: ``configs/korean/``."""

from __future__ import annotations

from collections.abc import Mapping
from functools import lru_cache

from ..korean.press import VOCABULARY, one_of
from ..records import CountRules, PeopleWords, PlaceNames
from .toml import Checked, read_toml, resource, validated


class _UnitsFile(Checked):
    counters: str
    things: str
    measures: str
    telling: str
    unlike: str
    same: dict[str, str]


class _PeopleFile(Checked):
    titles: str
    roles: str
    asked: str
    nouns: str
    authors: str
    managers: str
    officers: str
    heads: str


class _PlacesFile(Checked):
    cities: str
    towns: str
    countries: str
    regions: str


@lru_cache(maxsize=1)
def load_people() -> PeopleWords:
    """Words for people, from ``configs/korean/people.toml``."""
    path = resource("configs/korean/people.toml")
    data = validated(_PeopleFile, read_toml(path), path)
    return PeopleWords(
        titles=frozenset(data.titles.split()),
        roles=frozenset(data.roles.split()),
        asked=frozenset(data.asked.split()),
        nouns=frozenset(data.nouns.split()),
        authors=frozenset(data.authors.split()),
        managers=tuple(data.managers.split()),
        officers=tuple(data.officers.split()),
        heads=frozenset(data.heads.split()),
    )


@lru_cache(maxsize=1)
def load_places() -> PlaceNames:
    """Names of places, from ``configs/korean/places.toml``."""
    path = resource("configs/korean/places.toml")
    data = validated(_PlacesFile, read_toml(path), path)
    cities = data.cities.split()
    return PlaceNames(
        reported=frozenset((*cities, *data.towns.split())),
        known=frozenset((*cities, *data.countries.split(), *data.regions.split())),
    )


@lru_cache(maxsize=1)
def vocabulary() -> Mapping[str, str]:
    """What rules may name, ``(?&place)``, and the regular expression for it."""
    people = load_people()
    jobs = {job for job in people.titles | people.authors if len(job) > 1}  # 씨 is none
    return {
        **VOCABULARY,
        "place": one_of(_longest_first(load_places().reported)),
        "counter": one_of(_longest_first(set(load_units().counters))),
        "manager": one_of(people.managers),
        "officer": one_of(people.officers),
        "head": one_of(_longest_first(people.heads)),
        "job": one_of((VOCABULARY["writer"], *_longest_first(jobs))),
    }


def _longest_first(words: frozenset[str] | set[str]) -> list[str]:
    return sorted(words, key=lambda word: (-len(word), word))


@lru_cache(maxsize=1)
def load_units() -> CountRules:
    """What numbers count and are measured in, from ``configs/korean/units.toml``."""
    path = resource("configs/korean/units.toml")
    data = validated(_UnitsFile, read_toml(path), path)
    return CountRules(
        counters=(*data.counters.split(), *data.things.split()),
        alone=frozenset((*data.counters.split(), *data.measures.split())),
        telling=tuple(data.telling.split()),
        unlike=tuple(data.unlike.split()),
        same=tuple(sorted(data.same.items())),
    )
