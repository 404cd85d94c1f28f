"""Data files into records: theme sets, rules, word lists, messages."""

from __future__ import annotations

import re
from base64 import b64encode
from collections.abc import Mapping
from functools import lru_cache
from pathlib import Path
from typing import Literal

from pydantic import Field, TypeAdapter

from ..korean.numerals import DAYS, ONES, TENS
from ..korean.press import AGENCIES, CREDITED, WRITERS, spelled
from ..korean.spelling import key_of
from ..korean.times import SEASONS, YEARS
from ..records import (
    OTHER,
    Background,
    BoilerplateRule,
    ConfigError,
    KeywordRules,
    LearnedWords,
    Term,
    Theme,
    ThemeModel,
    ThemeSet,
)
from ..resources import Lang, resource
from .korean import load_people, load_places, load_units, members, vocabulary
from .toml import Checked, Wrapped, read_toml, validated


class _TermFile(Checked):
    name: str = Field(min_length=1)
    variants: tuple[str, ...] = ()
    tail: bool = False


class _ThemeFile(Checked):
    id: str = Field(pattern=r"^[a-z0-9][a-z0-9_-]*$")
    labels: dict[Lang, str]
    definition: str = ""
    terms: tuple[_TermFile, ...] = Field(min_length=1)
    hints: tuple[str, ...] = ()
    against: tuple[str, ...] = ()
    examples: tuple[str, ...] = ()
    named: bool = False


class _OutsideFile(Checked):
    terms: tuple[_TermFile, ...] = ()
    hints: tuple[str, ...] = ()
    against: tuple[str, ...] = ()
    examples: tuple[str, ...] = ()


class _ThemeSetFile(Checked):
    id: str
    labels: dict[Lang, str]
    other: dict[Lang, str] = Field(default={"ko": "기타", "en": "Other"})
    themes: tuple[_ThemeFile, ...] = Field(min_length=1)
    outside: _OutsideFile = _OutsideFile()


class _ThemeModelFile(Checked):
    fitted: dict[str, str]
    weights: dict[str, dict[str, float]]


def load_theme_model(theme_set: ThemeSet | None = None) -> ThemeModel:
    """Weights of the theme step.

    From ``models/themes-ID.toml`` and the words in the ``.tsv`` beside it, where those were learned for the
    set as it is; else from ``models/themes.toml``, which holds for any set.
    """
    if theme_set is not None:
        own = resource(f"models/themes-{theme_set.id}.toml")
        if own.is_file():
            words = _learned_words(own.with_suffix(".tsv"))
            if words.sides == (*(theme.id for theme in theme_set.themes), OTHER):
                return _theme_model(own, words)
    return _theme_model(resource("models/themes.toml"), None)


def _theme_model(path: Path, words: LearnedWords | None) -> ThemeModel:
    data = validated(_ThemeModelFile, read_toml(path), path)
    return ThemeModel(data.weights, data.fitted, words)


def _learned_words(path: Path) -> LearnedWords:
    """A table: ``word`` and the sides, twice, ``-`` and what each has without a word, then a word a line."""
    with path.open(encoding="utf-8") as lines:
        rows = [line.rstrip("\n").split("\t") for line in lines if not line.startswith("# ")]
    weights = {word: tuple(map(float, row)) for word, *row in rows[1:]}
    sides = tuple(rows[0][1 : len(rows[0]) // 2 + 1])
    bias = weights.pop("-")[: len(sides)]
    return LearnedWords(sides, bias, weights)


def load_themes(name: str) -> ThemeSet:
    """Theme set by name (``bigtech``: ``configs/themes/bigtech.toml``) or by path of a TOML file.

    Raises
    ------
    ConfigError
        When there is no such set, or it breaks the format.
    """
    path = Path(name)
    if path.suffix != ".toml":
        path = resource(f"configs/themes/{name}.toml")
        if not path.is_file():
            known = sorted(p.stem for p in resource("configs/themes").glob("*.toml"))
            told = f"no such theme set; there are: {', '.join(known)}; or give a .toml file"
            raise ConfigError(name, "themes", told, known)
    data = validated(_ThemeSetFile, read_toml(path), path)
    ids = [theme.id for theme in data.themes]
    doubled = sorted({i for i in ids if ids.count(i) > 1 or i == "other"})
    if doubled:
        raise ConfigError(path, "themes", f"theme id used twice or reserved: {', '.join(doubled)}")
    return ThemeSet(
        id=data.id,
        labels={str(k): v for k, v in data.labels.items()},
        other={str(k): v for k, v in data.other.items()},
        themes=tuple(
            Theme(
                id=theme.id,
                labels={str(k): v for k, v in theme.labels.items()},
                definition=theme.definition,
                terms=tuple(map(_with_aliases, theme.terms)),
                against=theme.against,
                examples=theme.examples,
                hints=theme.hints,
                named=theme.named,
            )
            for theme in data.themes
        ),
        outside=Theme(
            id=OTHER,
            labels={str(k): v for k, v in data.other.items()},
            definition="",
            terms=tuple(map(_with_aliases, data.outside.terms)),
            against=data.outside.against,
            examples=data.outside.examples,
            hints=data.outside.hints,
        ),
    )


def _with_aliases(term: _TermFile) -> Term:
    """A term with the other names of what it names, which ``configs/aliases.toml`` has."""
    groups, known = _alias_groups(), {term.name, *term.variants}
    also = dict.fromkeys(
        form for name in (term.name, *term.variants) for form in groups.get(key_of(name), ())
    )
    return Term(term.name, (*term.variants, *(form for form in also if form not in known)), term.tail)


@lru_cache(maxsize=1)
def _alias_groups() -> Mapping[str, tuple[str, ...]]:
    """Groups of names for one thing, by the key of each."""
    return {key_of(form): group for group in load_aliases() for form in group}


@lru_cache(maxsize=1)
def load_aliases() -> tuple[tuple[str, ...], ...]:
    """Groups of names for one thing, from ``configs/aliases.toml``."""
    path = resource("configs/aliases.toml")
    return validated(_AliasFile, read_toml(path), path).groups


class _RuleFile(Checked):
    id: str
    where: Literal[
        "line", "part", "start", "end", "inside", "list", "masthead", "edge", "closing", "box", "alone"
    ]
    pattern: Wrapped
    example: str
    facts: dict[Literal["author", "publisher", "published", "rights", "url"], str] = Field(default={})
    against: tuple[str, ...] = ()


class _RulesFile(Checked):
    rule: tuple[_RuleFile, ...]


class _WordsFile(Checked):
    order: tuple[str, ...]
    words: dict[str, Wrapped]

    # Not compiled here: a fifth of a second at every start, for what the tests have compiled.
    def spelled(self, pattern: str) -> str:
        """A pattern with the words that it names in it; a word may name those before it."""
        for name, word in reversed(self.words.items()):
            pattern = pattern.replace(f"(?&{name})", f"(?:{word})")
        return spelled(pattern, vocabulary())


@lru_cache(maxsize=1)
def load_boilerplate() -> tuple[BoilerplateRule, ...]:
    """Rules for what is not the article, from ``configs/boilerplate/``."""
    folder = resource("configs/boilerplate")
    shared = validated(_WordsFile, read_toml(folder / "words.toml"), folder / "words.toml")
    files = [folder / f"{name}.toml" for name in shared.order]
    return tuple(
        BoilerplateRule(
            rule.id,
            rule.where,
            shared.spelled(rule.pattern),
            rule.example,
            tuple(sorted(rule.facts.items())),
            rule.against,
        )
        for file in files
        for rule in validated(_RulesFile, read_toml(file), file).rule
    )


_IMAGES = {".png": "png", ".jpg": "jpeg", ".jpeg": "jpeg", ".gif": "gif", ".webp": "webp"}
_LARGEST_LOGO = 200_000


def load_logo(name: str) -> str | None:
    """A picture as a ``data:`` address, for pages that must not ask anyone for anything.

    Raises
    ------
    ConfigError
        When the file is missing, too large, or no picture that mail and browsers show.
    """
    if not name:
        return None
    path = Path(name)
    kind = _IMAGES.get(path.suffix.lower())
    if kind is None:
        raise ConfigError(name, "newsletter.logo", f"not a picture; there are: {', '.join(_IMAGES)}")
    try:
        data = path.read_bytes()
    except OSError as error:
        raise ConfigError(name, "newsletter.logo", error.strerror or str(error)) from error
    if len(data) > _LARGEST_LOGO:
        raise ConfigError(name, "newsletter.logo", f"{len(data)} bytes; at most {_LARGEST_LOGO}")
    return f"data:image/{kind};base64,{b64encode(data).decode('ascii')}"


@lru_cache(maxsize=4)
def load_background(file: Path | None = None) -> Background:
    """Document frequencies of morphemes, from ``models/background.tsv``.

    The file has a line ``documents<TAB>n`` and then ``form/tag<TAB>count`` lines, most frequent first.
    """
    path = file or resource("models/background.tsv")
    frequency: dict[str, int] = {}
    with path.open(encoding="utf-8") as lines:
        rows = (line.rstrip("\n").split("\t") for line in lines if not line.startswith("# "))
        documents = int(next(rows)[1])
        for key, count in rows:
            frequency[key] = int(count)
    return Background(documents, frequency)


class _AliasFile(Checked):
    groups: tuple[tuple[str, ...], ...]


class _KeywordModel(Checked):
    weights: dict[str, float]
    alone: dict[str, float]
    first: dict[str, float]
    last: dict[str, float]


@lru_cache(maxsize=4)
def load_keyword_rules() -> KeywordRules:
    """Word lists and weights of the keyword tables.

    From ``keywords.toml``, ``nouns.toml``, ``glossary/``, ``aliases.toml`` and ``korean/`` in ``configs/``,
    and from ``models/keywords.toml``.
    """
    lists = TypeAdapter(dict[str, dict[str, str]]).validate_python(
        read_toml(resource("configs/keywords.toml"))
    )
    words = {
        f"{table}.{name}": frozenset(map(key_of, members(text.split())))
        for table, texts in lists.items()
        for name, text in texts.items()
    }
    text_of = TypeAdapter(dict[str, str])
    nouns = {
        name: frozenset(map(key_of, text.split()))
        for name, text in text_of.validate_python(read_toml(resource("configs/nouns.toml"))).items()
    }
    glossary = {
        file.stem: frozenset(
            key_of(term)
            for text in text_of.validate_python(read_toml(file)).values()
            for term in re.split(r"[,\n]", text)
        )
        - {""}
        for file in sorted(resource("configs/glossary").glob("*.toml"))
    }
    people = load_people()
    path = resource("models/keywords.toml")
    model = validated(_KeywordModel, read_toml(path), path)
    return KeywordRules(
        never=frozenset(
            map(
                key_of,
                (*load_units().alone, *ONES, *TENS, *DAYS, *SEASONS, *YEARS, *CREDITED, *AGENCIES, *WRITERS),
            )
        ).union(*(keys for name, keys in words.items() if name.startswith("never."))),
        alone=words["alone.general"],
        everyday=nouns["everyday"],
        roles=frozenset(map(key_of, people.titles | people.roles)),
        sources=frozenset(map(key_of, people.asked)),
        places=frozenset(map(key_of, load_places().known)),
        common=words["common.words"],
        ordinary=nouns["ordinary"],
        metrics=words["common.metrics"],
        loose=nouns["loose"],
        not_first=words["phrase.not_first"],
        not_last=words["phrase.not_last"],
        kinds=words["phrase.kinds"],
        known=frozenset().union(*(terms for name, terms in glossary.items() if name != "names")),
        names=glossary["names"],
        aliases=load_aliases(),
        weights=model.weights,
        lexicon={"alone": model.alone, "first": model.first, "last": model.last},
    )
