"""What data files know of Korean: ``configs/korean/``."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from functools import lru_cache

from pydantic import TypeAdapter, field_validator

from ..korean.expressions import longest_first
from ..korean.periods import ENDS
from ..korean.press import VOCABULARY, one_of, spelled
from ..korean.spelling import is_syllable
from ..records import ConfigError, CountRules, Measures, PeopleWords, PeriodWords, PlaceNames
from .toml import Checked, Expression, compilable, read_toml, resource, validated

#: How a list names a class of words.
_CLASS = re.compile(r"([가-힣 ]*)\(\?&([a-z_]+)\)([가-힣 ]*)")
#: What a word for a period that lies ahead means: ``year+1``.
_AHEAD = re.compile(r"\+[1-9]")


class _UnitsFile(Checked):
    counters: str
    things: str
    nouns: str
    loose: str
    ranks: str
    mere: str
    in_words: str
    measures: str
    telling: str
    same: dict[str, str]


class _Unit(Checked):
    id: str
    written: str
    before: str = ""
    scale: str = "1"
    money: bool = False


class _MeasuresFile(Checked):
    unit: tuple[_Unit, ...]
    same: dict[str, str]


class _PeopleFile(Checked):
    titles: str
    executives: str
    roles: str
    chiefs: str
    asked: str
    nouns: str
    authors: str
    managers: str
    officers: str
    heads: str


class _PlacesFile(Checked):
    provinces: str
    cities: str
    towns: str
    countries: str
    regions: str


class _Period(Checked):
    id: str
    cue: Expression
    begins: tuple[str, ...]
    means: str
    example: str
    against: tuple[str, ...]

    @field_validator("cue")
    @classmethod
    def _compiles(cls, value: str) -> str:
        return compilable(spelled(value))


class _PeriodsFile(Checked):
    word: tuple[_Period, ...]


@lru_cache(maxsize=1)
def load_people() -> PeopleWords:
    """Words for people, from ``configs/korean/people.toml``."""
    path = resource("configs/korean/people.toml")
    data = validated(_PeopleFile, read_toml(path), path)
    return PeopleWords(
        titles=frozenset((*data.titles.split(), *data.executives.split())),
        executives=frozenset(data.executives.split()),
        roles=frozenset((*data.roles.split(), *data.chiefs.split())),
        chiefs=frozenset(data.chiefs.split()),
        asked=frozenset(data.asked.split()),
        nouns=frozenset((*data.nouns.split(), *data.chiefs.split())),
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
    cities = (*data.provinces.split(), *data.cities.split())
    return PlaceNames(
        reported=frozenset((*cities, *data.towns.split())),
        known=frozenset((*cities, *data.countries.split(), *data.regions.split())),
        provinces=frozenset(data.provinces.split()),
        countries=frozenset(data.countries.split()),
        regions=frozenset(data.regions.split()),
    )


@lru_cache(maxsize=1)
def vocabulary() -> Mapping[str, str]:
    """What rules may name, ``(?&place)``, and the regular expression for it."""
    people = load_people()
    jobs = {job for job in people.titles | people.authors if len(job) > 1}  # 씨 is none
    return {
        **VOCABULARY,
        **{name: one_of(words) for name, words in word_classes().items()},
        "place": one_of(longest_first(load_places().reported)),
        "province": one_of(longest_first(load_places().provinces)),
        "country": one_of(longest_first(load_places().countries)),
        "region": one_of(longest_first(load_places().regions)),
        "counter": one_of(longest_first({*_counted(), *_units().nouns.split()})),
        "manager": one_of(people.managers),
        "officer": one_of(people.officers),
        "head": one_of(longest_first(people.heads)),
        "coming": one_of(_coming()) + ENDS,
        "job": one_of((VOCABULARY["writer"], *longest_first(jobs))),
    }


def _coming() -> tuple[str, ...]:
    """Cues of words for periods that lie ahead: what they mean is so many units on."""
    return tuple(cue for cue, _, means in load_period_words().words if _AHEAD.search(means))


@lru_cache(maxsize=1)
def word_classes() -> Mapping[str, tuple[str, ...]]:
    """Classes of words by their names, from ``configs/korean/words.toml``."""
    path = resource("configs/korean/words.toml")
    classes = TypeAdapter(dict[str, str]).validate_python(read_toml(path))
    return {name: _parted(text) for name, text in classes.items()}


def listed(text: str) -> tuple[str, ...]:
    """Words of a list that commas part; ``(?&shell)`` is all of a class, ``(?&foretold)했`` each with 했."""
    return members(_parted(text))


def members(words: Iterable[str]) -> tuple[str, ...]:
    """Words of a list, with those of the classes that it names.

    Raises
    ------
    ConfigError
        When there is no class of a name.
    """
    classes, found = word_classes(), list[str]()
    for word in words:
        name = _CLASS.fullmatch(word)
        if name is None:
            found.append(word)
        elif name[2] in classes:
            found += [name[1] + one + name[3] for one in classes[name[2]]]
        else:
            raise ConfigError(word, "korean.words", f"no such class; there are: {', '.join(classes)}")
    return tuple(found)


def _parted(text: str) -> tuple[str, ...]:
    return tuple(word for part in text.split(",") if (word := " ".join(part.split())))


@lru_cache(maxsize=1)
def load_units() -> CountRules:
    """What numbers count, from ``configs/korean/units.toml``, and what they are measured in, by one name."""
    data, measured = _units(), _measured()
    # Those of Latin letters (MS) are names of their own.
    names = {
        name
        for id, words in measured.same.items()
        for name in (id, *words.split())
        if len(name) > 1 and not name.isascii()
    }
    measures = load_measures()
    return CountRules(
        measures=measures,
        alone=frozenset((*_measured_in(), *data.counters.split(), *data.measures.split(), *names)),
        telling=frozenset((*data.telling.split(), *(id for _, id, _ in measures.units))),
        same=data.same,
    )


@lru_cache(maxsize=1)
def load_measures() -> Measures:
    """What quantities are measured in and what they count, from ``configs/korean/``."""
    data, words = _measured(), _units()
    measured = [(written, id, "1") for id, names in data.same.items() for written in names.split()]
    return Measures(
        units=(*((w, u.id, u.scale) for u in data.unit for w in u.written.split()), *measured),
        before=tuple((sign, unit.id) for unit in data.unit for sign in unit.before.split()),
        money=frozenset(unit.id for unit in data.unit if unit.money),
        per=frozenset((*(written for written, _, _ in measured), *_counted())),
        counted=frozenset((*_counted(), *words.loose.split())),
        never=frozenset(words.ranks.split()),
        mere=frozenset(words.mere.split()),
        in_words=tuple(words.in_words.split()),
    )


@lru_cache(maxsize=1)
def load_period_words() -> PeriodWords:
    """Words for periods, from ``configs/korean/periods.toml``."""
    path = resource("configs/korean/periods.toml")
    data = validated(_PeriodsFile, read_toml(path), path)
    return PeriodWords(
        tuple((spelled(word.cue), tuple(map(spelled, word.begins)), word.means) for word in data.word)
    )


def _counted() -> tuple[str, ...]:
    return (*_measured_in(), *_units().counters.split(), *_units().things.split())


def _measured_in() -> tuple[str, ...]:
    """Units of measures.toml as they are spelled out."""
    data = _measured()
    written = [word for unit in data.unit for word in unit.written.split()]
    written += [word for name, words in data.same.items() for word in (name, *words.split())]
    return tuple(word for word in written if all(map(is_syllable, word)))


@lru_cache(maxsize=1)
def _units() -> _UnitsFile:
    path = resource("configs/korean/units.toml")
    return validated(_UnitsFile, read_toml(path), path)


@lru_cache(maxsize=1)
def _measured() -> _MeasuresFile:
    path = resource("configs/korean/measures.toml")
    return validated(_MeasuresFile, read_toml(path), path)
