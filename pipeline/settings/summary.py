"""What the `editor` method reads into records: cue words, and what it has learned."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from pydantic import Field, ValidationInfo, field_validator, model_validator

from ..korean.press import spelled
from ..records import EditorModel, Shape
from .korean import vocabulary
from .toml import Checked, compilable, read_toml, resource, validated


class _CuesFile(Checked):
    announcement: tuple[str, ...]
    emphasis: tuple[str, ...]
    pointer: tuple[str, ...]
    introduction: tuple[str, ...]
    concession: tuple[str, ...]
    turn: tuple[str, ...]
    aside: tuple[str, ...]
    decision: tuple[str, ...]
    future: tuple[str, ...]
    contrast: tuple[str, ...]
    person: tuple[str, ...]
    hour: tuple[str, ...]
    profile: tuple[str, ...]
    research: tuple[str, ...]
    example: dict[str, tuple[str, ...]]
    against: dict[str, tuple[str, ...]]

    @field_validator("*")
    @classmethod
    def _compile(cls, value: Any, info: ValidationInfo) -> Any:
        if isinstance(value, dict):
            return value
        return tuple(compilable(spelled(pattern, vocabulary()), info) for pattern in value)

    @model_validator(mode="after")
    def _has_examples(self) -> _CuesFile:
        cues = type(self).model_fields.keys() - {"example", "against"}
        if missing := sorted(cues - self.example.keys() | cues - self.against.keys()):
            raise ValueError(f"no example or counter-example: {', '.join(missing)}")
        return self


def load_cues(file: Path | None = None) -> dict[str, tuple[str, ...]]:
    """Cue words by feature, as regular expressions, from ``configs/cues.toml``."""
    path = file or resource("configs/cues.toml")
    found = validated(_CuesFile, read_toml(path), path, tested=file is None)
    return {name: value for name, value in found if name not in ("example", "against")}


class _Shape(Checked):
    at: tuple[float, ...]
    worth: tuple[float, ...]
    stands: tuple[float, ...] = ()

    @model_validator(mode="after")
    def _fits(self) -> _Shape:
        bins = len(self.at) + 1
        if list(self.at) != sorted(set(self.at)):
            raise ValueError("at: not in ascending order")
        if len(self.worth) != bins or len(self.stands) not in (0, bins):
            raise ValueError(f"not one number for each of {bins} bins")
        return self


class _EditorFile(Checked):
    redundancy: float = Field(ge=0)
    coverage: float = Field(ge=0)
    query: float = Field(ge=0)
    theme: float = Field(ge=0)
    base: float
    stands: float | None = None
    features: dict[str, _Shape]


#: Genres that there is a model for.
GENRES = ("business", "science")


def load_editor(genre: str = "business", file: Path | None = None) -> EditorModel:
    """What the ``editor`` method has learned, from ``models/editor-GENRE.toml``, or a file of one's own."""
    path = file or resource(f"models/editor-{genre}.toml")
    data = validated(_EditorFile, read_toml(path), path)
    return EditorModel(
        shapes={name: Shape(one.at, one.worth, one.stands) for name, one in data.features.items()},
        base=data.base,
        stands=data.stands,
        redundancy=data.redundancy,
        coverage=data.coverage,
        query=data.query,
        theme=data.theme,
    )
