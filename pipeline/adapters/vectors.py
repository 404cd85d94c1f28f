"""Sentence vectors as a step of a pipeline of scikit-learn."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

import numpy as np
from numpy.typing import NDArray

from ..encode import Encoder, Encodes
from .backends import encoder_of

try:
    from sklearn.base import BaseEstimator, TransformerMixin
except ModuleNotFoundError:  # the class can be looked at, but not used
    BaseEstimator = object

    class TransformerMixin:  # type: ignore[no-redef]
        """Stands where scikit-learn is not installed."""

        def __new__(cls, *_: Any, **__: Any) -> Any:
            """Tell what to install."""
            raise ModuleNotFoundError("SentenceVectors needs scikit-learn: pip install scikit-learn")


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
