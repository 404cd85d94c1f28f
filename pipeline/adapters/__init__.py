"""The encoders where other libraries expect one of theirs: scikit-learn, KeyBERT, BERTopic."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from .backends import embedder

if TYPE_CHECKING:
    from .vectors import SentenceVectors

__all__ = ["SentenceVectors", "embedder"]


def __getattr__(name: str) -> Any:
    if name == "SentenceVectors":  # a class of scikit-learn's, imported when it is needed
        from .vectors import SentenceVectors

        return SentenceVectors
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
