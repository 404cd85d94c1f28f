"""What the `editor` method reads into records: words, cues, weights."""

from __future__ import annotations

from pathlib import Path

from pydantic import Field, ValidationInfo, field_validator

from ..korean.press import spelled
from ..records import EditorModel
from .toml import Checked, compilable, read_toml, resource, validated


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
    def _compile(cls, value: tuple[str, ...], info: ValidationInfo) -> tuple[str, ...]:
        return tuple(compilable(spelled(pattern), info) for pattern in value)


def load_cues(file: Path | None = None) -> dict[str, tuple[str, ...]]:
    """Cue words by feature, as regular expressions, from ``configs/cues.toml``."""
    path = file or resource("configs/cues.toml")
    return dict(validated(_CuesFile, read_toml(path), path, tested=file is None))


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
