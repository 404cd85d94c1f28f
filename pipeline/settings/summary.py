"""What the `editor` method reads into records: words, cues, weights."""

from __future__ import annotations

from pathlib import Path

from pydantic import Field, field_validator

from ..records import EditorModel, LeaningWords
from .toml import Checked, compilable, read_toml, resource, validated


class _LeaningFile(Checked):
    openers: tuple[str, ...]
    connectives: tuple[str, ...]
    endings: tuple[str, ...]
    foretold: frozenset[str]
    first: tuple[str, ...]
    further: tuple[str, ...]
    afterthoughts: tuple[str, ...]
    causes: tuple[str, ...]
    explained: frozenset[str]
    turns: frozenset[str]
    recaps: tuple[str, ...]
    counted: tuple[str, ...]
    shares: tuple[str, ...]
    days: frozenset[str]
    pronouns: frozenset[str]
    determiners: frozenset[str]
    person_pronouns: frozenset[str]
    person_particles: frozenset[str]
    people: frozenset[str]
    set_phrases: frozenset[str]
    empty_nouns: frozenset[str]
    periods: frozenset[str]
    kind_nouns: frozenset[str]
    class_nouns: frozenset[str]
    frames: frozenset[str]
    addresses: tuple[str, ...]
    speakers: frozenset[str]
    auxiliary_nouns: frozenset[str]
    intransitive: frozenset[str]
    manners: frozenset[str]
    aspects: frozenset[str]
    teams: tuple[str, ...]
    measures: frozenset[str]
    recalls: frozenset[str]
    recurring: frozenset[str]
    particle_verbs: frozenset[str]
    predicate_nouns: frozenset[str]
    transitive: frozenset[str]
    veiled: tuple[str, ...]
    titles: tuple[str, ...]
    lists: tuple[str, ...]

    @field_validator(
        "openers",
        "connectives",
        "lists",
        "endings",
        "first",
        "further",
        "afterthoughts",
        "causes",
        "recaps",
        "counted",
        "shares",
        "veiled",
        "addresses",
    )
    @classmethod
    def _compile(cls, value: tuple[str, ...]) -> tuple[str, ...]:
        for pattern in value:
            compilable(pattern)
        return value


def load_leaning(file: Path | None = None) -> LeaningWords:
    """Words by which a sentence leans on one before it, from ``configs/leaning.toml``."""
    path = file or resource("configs/leaning.toml")
    return LeaningWords(**dict(validated(_LeaningFile, read_toml(path), path)))


class _CuesFile(Checked):
    announcement: tuple[str, ...]
    emphasis: tuple[str, ...]
    pointer: tuple[str, ...]
    introduction: tuple[str, ...]
    concession: tuple[str, ...]
    turn: tuple[str, ...]
    aside: tuple[str, ...]
    figures: tuple[str, ...]

    @field_validator("*")
    @classmethod
    def _compile(cls, value: tuple[str, ...]) -> tuple[str, ...]:
        for pattern in value:
            compilable(pattern)
        return value


def load_cues(file: Path | None = None) -> dict[str, tuple[str, ...]]:
    """Cue words by feature, as regular expressions, from ``configs/cues.toml``."""
    path = file or resource("configs/cues.toml")
    return dict(validated(_CuesFile, read_toml(path), path))


class _EditorFile(Checked):
    redundancy: float = Field(ge=0)
    coverage: float = Field(ge=0)
    query: float = Field(ge=0)
    theme: float = Field(ge=0)
    weights: dict[str, float]
    prior: dict[str, float]


def load_editor(file: Path | None = None, *, prior: bool = False) -> EditorModel:
    """Weights of the ``editor`` method, from ``models/editor.toml``.

    Parameters
    ----------
    prior
        The weights that training starts from and is held to, instead of the trained ones.
    """
    path = file or resource("models/editor.toml")
    data = validated(_EditorFile, read_toml(path), path)
    return EditorModel(
        weights=data.prior if prior else data.weights,
        redundancy=data.redundancy,
        coverage=data.coverage,
        query=data.query,
        theme=data.theme,
    )
