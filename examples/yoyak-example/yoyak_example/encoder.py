"""Letters as a sentence encoder: pairs of neighbouring characters, hashed."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from itertools import pairwise
from pathlib import Path
from zlib import crc32

import numpy as np
from numpy.typing import NDArray

from pipeline.encode import Encoder, adapted
from pipeline.records import Background, Token


class Letters:
    """Texts into counts of character pairs; `adapted` makes rows of length 1 of them."""

    name = "letters"

    def encode(self, texts: Sequence[str]) -> NDArray[np.float32]:
        """Rows for texts, shape (n, 512)."""
        rows = np.zeros((len(texts), 512), dtype=np.float32)
        for row, text in zip(rows, texts, strict=True):
            for pair in pairwise(text):
                row[crc32("".join(pair).encode()) % 512] += 1
        return rows


def make_letters(
    models: Path, tokenize: Callable[[Sequence[str]], Sequence[Sequence[Token]]], background: Background
) -> Encoder:
    """Make it out of what every encoder is offered: the folder of models, Kiwi, document frequencies."""
    return adapted(Letters())
