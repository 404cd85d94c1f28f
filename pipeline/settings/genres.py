"""What is no article: ``configs/genres.toml``."""

from __future__ import annotations

from pathlib import Path

from pydantic import Field, ValidationInfo, field_validator

from ..korean.press import spelled
from ..records import Genre, Made
from .korean import vocabulary
from .toml import Checked, compilable, read_toml, resource, validated


class _Made(Checked):
    lines: int = Field(0, ge=0)
    words: int = Field(0, ge=0)
    prose: int = Field(0, ge=0)
    share: float = Field(0.0, ge=0, le=1)


class _Piece(Checked):
    title: str
    text: str


class _GenreFile(Checked):
    id: str
    label: tuple[str, ...]
    lines: tuple[str, ...]
    words: tuple[str, ...]
    labelled: tuple[_Made, ...]
    bare: tuple[_Made, ...]
    example: _Piece
    against: tuple[_Piece, ...] = Field(min_length=1)
    examples: tuple[_Piece, ...] = ()
    listing: bool = False

    @field_validator("label", "lines", "words")
    @classmethod
    def _compile(cls, value: tuple[str, ...], info: ValidationInfo) -> tuple[str, ...]:
        return tuple(compilable(spelled(pattern, vocabulary()), info) for pattern in value)


class _GenresFile(Checked):
    genre: tuple[_GenreFile, ...]


def load_genres(file: Path | None = None) -> tuple[Genre, ...]:
    """What is no article, in the order in which it is asked."""
    path = file or resource("configs/genres.toml")
    return tuple(
        Genre(
            id=one.id,
            label=one.label,
            lines=one.lines,
            words=one.words,
            labelled=tuple(Made(**dict(made)) for made in one.labelled),
            bare=tuple(Made(**dict(made)) for made in one.bare),
            listing=one.listing,
            examples=tuple((piece.title, piece.text) for piece in (one.example, *one.examples)),
            against=tuple((piece.title, piece.text) for piece in one.against),
        )
        for one in validated(_GenresFile, read_toml(path), path, tested=file is None).genre
    )
