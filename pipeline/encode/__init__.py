"""Sentence encoders: texts or morphemes in, unit rows out."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Literal, Protocol

from ..records import Background, Token
from .tfidf import TfIdf

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    Vectors = NDArray[np.float32]

Head = Literal["similarity", "centrality"]
Tokenize = Callable[[Sequence[str]], Sequence[Sequence[Token]]]


class Encoder(Protocol):
    """What turns units into vectors.

    Rows have length 1; a unit with nothing to encode (no token, punctuation only) is a zero row, whose
    cosine with everything is 0.
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


def _tfidf(models: Path, tokenize: Tokenize, background: Background) -> Encoder:
    return TfIdf(background, tokenize)


#: The encoders that ship with the package.
ENCODERS: dict[str, Callable[[Path, Tokenize, Background], Encoder]] = {"tfidf": _tfidf}


def load_encoder(name: str, *, tokenize: Tokenize, models: Path, background: Background) -> Encoder:
    """An encoder by name.

    Parameters
    ----------
    name
        One of `ENCODERS`.
    tokenize
        Texts to morphemes, for `Encoder.encode`.
    models
        The folder that holds the shipped models.
    background
        Document frequencies.
    """
    return ENCODERS[name](models, tokenize, background)
