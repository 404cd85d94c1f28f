"""Sentence encoders: texts or morphemes in, unit rows out."""

from __future__ import annotations

import json
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any, Literal, Protocol, cast, runtime_checkable

import numpy as np
from numpy.typing import NDArray

from ..korean.columns import Numbered
from ..records import Background, Token

Vectors = NDArray[np.float32]

__all__ = ["ENCODERS", "Encoder", "Encodes", "EncodesNumbered", "Head", "adapted", "load_encoder"]

Head = Literal["similarity", "centrality"]
Tokenize = Callable[[Sequence[str]], Sequence[Sequence[Token]]]

#: How modules.json names our own kind of model.
_OURS = f"{__name__}.st_module.MorphemeBag"


class Encoder(Protocol):
    """What turns units into vectors.

    Rows have length 1; a unit with nothing to encode (no token, punctuation only) is a zero row, whose
    cosine with everything is 0. The encoders of `ENCODERS` give a unit the same bits whatever it is encoded
    together with; those of sentence-transformers don't, so the pipeline encodes one article at a time, but
    for an encoder that `EncodesNumbered`.
    """

    name: str
    dimensions: int

    def encode(self, texts: Sequence[str]) -> Vectors:
        """Rows for texts, float32 of shape (n, d), for callers outside the pipeline."""

    def encode_units(
        self, texts: Sequence[str], tokens: Sequence[Sequence[Token]], head: Head = "similarity"
    ) -> Vectors:
        """Rows for units whose morphemes are known already, float32 of shape (n, d).

        Encoders over morphemes ignore `texts`; encoders over text ignore `tokens` and `head`.
        """

    def encode_heads(
        self, texts: Sequence[str], tokens: Sequence[Sequence[Token]], heads: Sequence[Head]
    ) -> tuple[Vectors, ...]:
        """Rows for units by several heads at once, as `encode_units` gives them by each."""


@runtime_checkable
class EncodesNumbered(Protocol):
    """An encoder over morphemes for which many articles at once cost less, and change no bit of a row."""

    def encode_numbered(self, morphemes: Numbered, heads: Sequence[Head]) -> tuple[Vectors, ...]:
        """Rows for all units of some texts, as `Encoder.encode_heads` gives them."""


class Encodes(Protocol):
    """The least that an object of somebody else's has to do: texts in, one row each out."""

    def encode(self, texts: list[str], /) -> Any:
        """Rows for texts, shape (n, d)."""


def adapted(model: Encoder | Encodes) -> Encoder:
    """An encoder out of any object that encodes texts; our own stay as they are.

    Raises
    ------
    TypeError
        The object has no ``encode``.
    """
    if hasattr(model, "encode_heads"):
        return cast("Encoder", model)
    if not callable(getattr(model, "encode", None)):
        raise TypeError(f"no encoder: {type(model).__name__} has no method encode(texts)")
    from .transformers import Transformer

    return Transformer(getattr(model, "name", "") or type(model).__name__, model)


def _ko_morph(models: Path, tokenize: Tokenize, background: Background) -> Encoder:
    from .ko_morph import NAME, load_ko_morph

    return load_ko_morph(models / NAME, tokenize)


def _tfidf(models: Path, tokenize: Tokenize, background: Background) -> Encoder:
    from .tfidf import TfIdf

    return TfIdf(background, tokenize)


#: The encoders that ship with the package.
ENCODERS: dict[str, Callable[[Path, Tokenize, Background], Encoder]] = {
    "ko-morph": _ko_morph,
    "tfidf": _tfidf,
}


def load_encoder(name: str, *, tokenize: Tokenize, models: Path, background: Background) -> Encoder:
    """An encoder by name.

    Parameters
    ----------
    name
        One of `ENCODERS`; a folder that ``yoyak train encoder`` wrote; or a folder or name of
        sentence-transformers.
    tokenize
        Texts to morphemes, for `Encoder.encode`.
    models
        The folder that holds the shipped models.
    background
        Document frequencies.

    Raises
    ------
    EncoderError
        `MissingExtraError`, `ModelNotFoundError` or `ModelFormatError`.
    """
    if make := ENCODERS.get(name):
        return make(models, tokenize, background)
    if _is_ours(Path(name)):
        from .ko_morph import load_ko_morph

        return load_ko_morph(Path(name), tokenize)
    from .transformers import load_transformer

    return load_transformer(name)


def _is_ours(folder: Path) -> bool:
    try:
        modules = json.loads((folder / "modules.json").read_text(encoding="utf-8"))
        return [module["type"] for module in modules] == [_OURS]
    except (OSError, ValueError, KeyError, TypeError):
        return False
