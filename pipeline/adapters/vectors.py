"""Sentence vectors as a step of a pipeline of scikit-learn."""

from __future__ import annotations

from collections.abc import Iterable
from functools import lru_cache
from typing import Any

import numpy as np
from numpy.typing import NDArray
from sklearn.base import BaseEstimator, TransformerMixin

from ..encode import Encoder, Encodes, adapted
from ..run import load_encoder

#: One of each name in a process: what is fitted stays small, and can be copied and kept.
_loaded = lru_cache(maxsize=4)(load_encoder)


def encoder_of(encoder: str | Encoder | Encodes | None) -> Encoder:
    """An encoder by its name, or an object as one; None: the settings'."""
    return _loaded(encoder) if encoder is None or isinstance(encoder, str) else adapted(encoder)


class SentenceVectors(TransformerMixin, BaseEstimator):  # type: ignore[misc]
    """Texts into unit rows, as a transformer of scikit-learn.

    >>> from sklearn.cluster import KMeans
    >>> from sklearn.pipeline import make_pipeline
    >>> groups = make_pipeline(SentenceVectors(), KMeans(2, random_state=0, n_init=1))
    >>> len(groups.fit_predict(["매출이 늘었다.", "이익이 늘었다.", "비가 온다."]))
    3

    Parameters
    ----------
    encoder
        As `load_encoder` takes it, or an object in its place; default: the settings'.

    Notes
    -----
    Nothing is learned from the texts it is fitted to: `fit` only makes `n_features_out_` known.
    """

    def __init__(self, encoder: str | Encoder | Encodes | None = None) -> None:
        self.encoder = encoder

    def fit(self, X: Iterable[str], y: object = None) -> SentenceVectors:  # noqa: N803 (their name)
        """Load the encoder."""
        self.n_features_out_ = encoder_of(self.encoder).dimensions
        return self

    def transform(self, X: Iterable[str]) -> NDArray[np.float32]:  # noqa: N803
        """Rows for texts, float32 of shape (n, d); a text with nothing to encode is a zero row."""
        return encoder_of(self.encoder).encode(list(X))

    def get_feature_names_out(self, input_features: object = None) -> NDArray[Any]:
        """``sentencevectors0``, …: one a column."""
        return np.array([f"sentencevectors{i}" for i in range(self.n_features_out_)], dtype=object)

    def __sklearn_is_fitted__(self) -> bool:
        """Whether `n_features_out_` is known."""
        return hasattr(self, "n_features_out_")
