"""TF-IDF over content morphemes, with document frequencies that do not come from the batch."""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Callable, Sequence
from functools import lru_cache

import numpy as np
from numpy.typing import NDArray

from ..korean.tags import CONTENT
from ..records import Background, Token

#: Tags of morphemes that carry content; adverbs and hashtags too.
CONTENT_TAGS = CONTENT | {"MAG", "W_HASHTAG"}


@lru_cache(100_000)
def _column(key: str, width: int) -> int:
    """Where a morpheme stands: its hash by MurmurHash3, as scikit-learn's ``FeatureHasher`` has it."""
    from mmh3 import hash as murmur

    return abs(murmur(key)) % width


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
        self._background = background
        self._tokenize = tokenize

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
        if len(texts) != len(tokens):
            raise ValueError(f"{len(texts)} texts, but tokens for {len(tokens)}")
        rows = np.zeros((len(texts), self.dimensions), dtype=np.float32)
        for row, own in zip(rows, tokens, strict=True):
            for key, weight in self._weights(own).items():
                row[_column(key, self.dimensions)] += np.float32(weight)
        lengths = np.linalg.norm(rows, axis=1, keepdims=True)
        np.divide(rows, lengths, out=rows, where=lengths > 0)
        return rows

    def _weights(self, tokens: Sequence[Token]) -> dict[str, float]:
        counts = Counter(f"{token.form}/{token.tag}" for token in tokens if token.tag in CONTENT_TAGS)
        n = self._background.documents
        return {
            key: (1 + math.log(count))
            * (1 + math.log((1 + n) / (1 + self._background.frequency.get(key, 0))))
            for key, count in counts.items()
        }
