"""What data files know of Korean: ``configs/korean/``."""

from __future__ import annotations

from functools import lru_cache

from ..records import CountRules, PeopleWords
from .toml import Checked, read_toml, resource, validated


class _UnitsFile(Checked):
    counters: str
    telling: str
    unlike: str
    same: dict[str, str]


class _PeopleFile(Checked):
    titles: str
    roles: str
    asked: str
    nouns: str


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
    )


@lru_cache(maxsize=1)
def load_units() -> CountRules:
    """What numbers count and are measured in, from ``configs/korean/units.toml``."""
    path = resource("configs/korean/units.toml")
    data = validated(_UnitsFile, read_toml(path), path)
    return CountRules(
        counters=tuple(data.counters.split()),
        telling=tuple(data.telling.split()),
        unlike=tuple(data.unlike.split()),
        same=tuple(sorted(data.same.items())),
    )
