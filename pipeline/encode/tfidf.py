"""TF-IDF over content morphemes, with document frequencies that do not come from the batch."""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Callable, Sequence

import numpy as np
from numpy.typing import NDArray

from ..korean.tags import CONTENT
from ..records import Background, Token

#: Tags of morphemes that carry content; adverbs and hashtags too.
CONTENT_TAGS = CONTENT | {"MAG", "W_HASHTAG"}


class TfIdf:
    """Hashed TF-IDF (Salton & Buckley 1988): sublinear term frequency, smoothed inverse frequency.

    Features are hashed into a fixed number of columns (Weinberger et al. 2009), so that vectors of
    different calls can be compared and words never seen before have a place.
    """

    name = "tfidf"
    dimensions = 8192

    def __init__(
        self, background: Background, tokenize: Callable[[Sequence[str]], Sequence[Sequence[Token]]]
    ) -> None:
        from sklearn.feature_extraction import FeatureHasher

        self._background = background
        self._tokenize = tokenize
        self._hasher = FeatureHasher(self.dimensions, alternate_sign=False, dtype="float32")

    def encode(self, texts: Sequence[str]) -> NDArray[np.float32]:
        """Rows for texts, shape (n, 8192)."""
        return self.encode_units(texts, self._tokenize(texts))

    def encode_heads(
        self, texts: Sequence[str], tokens: Sequence[Sequence[Token]], heads: Sequence[str]
    ) -> tuple[NDArray[np.float32], ...]:
        """The same rows for all heads: this encoder has one."""
        return (self.encode_units(texts, tokens),) * len(heads)

    def encode_units(
        self, texts: Sequence[str], tokens: Sequence[Sequence[Token]], head: str = "similarity"
    ) -> NDArray[np.float32]:
        """Rows for units by their morphemes, shape (n, 8192)."""
        from sklearn.preprocessing import normalize

        if len(texts) != len(tokens):
            raise ValueError(f"{len(texts)} texts, but tokens for {len(tokens)}")
        if not tokens:
            return np.zeros((0, self.dimensions), dtype=np.float32)
        rows: NDArray[np.float32] = normalize(self._hasher.transform(map(self._weights, tokens))).toarray()
        return rows

    def _weights(self, tokens: Sequence[Token]) -> dict[str, float]:
        counts = Counter(f"{token.form}/{token.tag}" for token in tokens if token.tag in CONTENT_TAGS)
        n = self._background.documents
        return {
            key: (1 + math.log(count))
            * (1 + math.log((1 + n) / (1 + self._background.frequency.get(key, 0))))
            for key, count in counts.items()
        }
