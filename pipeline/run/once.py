"""The texts of a batch, each analysed once, whichever of the steps over the batch ask for it."""

from __future__ import annotations

from array import array
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import replace

import numpy as np
from numpy.typing import NDArray

from ..encode import Encoder
from ..engines import one_blas_thread
from ..korean.columns import Morphemes
from ..korean.packing import unpack
from ..records import Report, Token
from .tools import Tools

Tokenize = Callable[[Sequence[str]], Sequence[tuple[Token, ...]]]

#: Texts that are given to Kiwi at once: enough for its threads, and few to hold one by one.
_BLOCK = 1024

#: Morphemes by property; offsets as numbers in a row take a fifth of the memory.
_Packed = tuple[tuple[str, ...], tuple[str, ...], "array[int]", "array[int]"]


class Once:
    """Texts to morphemes; those of a text that was asked for before are remembered.

    Parameters
    ----------
    tokenize
        Texts to morphemes. A text's morphemes do not depend on the others.
    reports
        Whose texts have been analysed already; of a text that two of them have, the first one's counts.
    """

    def __init__(self, tokenize: Tokenize, reports: Iterable[Report] = ()) -> None:
        self._tokenize = tokenize
        self._found: dict[str, _Packed] = {}
        for report in reports:
            for text, own in _read(report):
                if text not in self._found and own.forms:
                    self._found[text] = _packed(*own)

    def __call__(self, texts: Sequence[str]) -> list[tuple[Token, ...]]:
        """Morphemes of each text; of one that is given twice, the same object."""
        distinct = dict.fromkeys(texts)
        new = [text for text in distinct if text not in self._found]
        for start in range(0, len(new), _BLOCK):
            block = new[start : start + _BLOCK]
            found = ((zip(*own, strict=True) if own else ((), (), (), ())) for own in self._tokenize(block))
            self._found.update((text, _packed(*own)) for text, own in zip(block, found, strict=True))
        seen = {text: _view(*self._found[text]) for text in distinct}
        return [seen[text] for text in texts]


class Rows:
    """An encoder whose `encode` remembers the rows of texts.

    Parameters
    ----------
    tokenize
        Texts to morphemes.
    """

    def __init__(self, encoder: Encoder, tokenize: Tokenize) -> None:
        self.name, self.dimensions = encoder.name, encoder.dimensions
        self.encode_units, self.encode_heads = encoder.encode_units, encoder.encode_heads
        self._tokenize = tokenize
        self._rows: dict[str, NDArray[np.float32]] = {}

    def encode(self, texts: Sequence[str]) -> NDArray[np.float32]:
        """Rows for texts, shape (n, d)."""
        new = [text for text in dict.fromkeys(texts) if text not in self._rows]
        for start in range(0, len(new), _BLOCK):
            block = new[start : start + _BLOCK]
            with one_blas_thread():
                (rows,) = self.encode_heads(block, self._tokenize(block), ("similarity",))
            self._rows.update(zip(block, rows, strict=True))
        if not texts:
            return np.zeros((0, self.dimensions), dtype=np.float32)
        return np.stack([self._rows[text] for text in texts])


def analysed_once(tools: Tools, reports: Iterable[Report]) -> Tools:
    """Tools that analyse and encode no text twice, and analyse none that the reports have with morphemes."""
    once = Once(tools.tokenize, reports)
    return replace(tools, tokenize=once, encoder=Rows(tools.encoder, once))


def _read(report: Report) -> Iterator[tuple[str, Morphemes]]:
    """The texts of a report with their morphemes, as it has them; none where they can't be its own."""
    texts = [*(sentence.text for sentence in report.sentences), report.title or ""]
    try:
        found = unpack(report.morphemes) if report.morphemes else []
    except ValueError:
        return
    if len(found) == len(texts):
        for text, own in zip(texts, found, strict=True):
            if max(own.ends, default=0) <= len(text):
                yield text, own


def _packed(forms: Iterable[str], tags: Iterable[str], starts: Iterable[int], ends: Iterable[int]) -> _Packed:
    return tuple(forms), tuple(tags), array("i", starts), array("i", ends)


def _view(
    forms: tuple[str, ...], tags: tuple[str, ...], starts: array[int], ends: array[int]
) -> tuple[Token, ...]:
    return Morphemes(list(forms), list(tags), list(starts), list(ends)).view()
