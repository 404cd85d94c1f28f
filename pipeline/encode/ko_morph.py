"""The package's own sentence encoder: a weighted bag of morpheme vectors. No torch.

The vectors are those of Kiwi's language model (CoNg), centred and whitened (Su et al. 2021,
https://arxiv.org/abs/2103.15316), then trained. A *head* is a weight a morpheme and a linear map of the sum:

* ``similarity``: weights and map trained on pairs of sentences (KorSTS, NLI);
* ``centrality``: weights by frequency alone (SIF, Arora et al. 2017,
  https://openreview.net/forum?id=SyK00v5xx) and no map, for picking central sentences.

Sums are exact. Rows are stored as 8-bit integers, weights are rounded to fixed point, and the float64 that
carry them stay below 2**53, so that no order of adding, no BLAS and no batch can change a bit of the result.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from itertools import chain, pairwise
from operator import itemgetter
from pathlib import Path
from typing import Any, Literal

import numpy as np
from numpy.typing import NDArray

from ..korean.columns import Numbered
from ..records import ModelFormatError, ModelNotFoundError, Token
from .vocabulary import Vocabulary

Floats = NDArray[np.float64]

Head = Literal["similarity", "centrality"]

NAME = "ko-morph"
FORMAT = 1
CONFIG, WEIGHTS, KEYS = "config.json", "model.safetensors", "vocabulary.txt"

_form_and_tag = itemgetter(0, 1)

#: Fixed point: a weight takes 24 bits, a row 7, which leaves 22 bits for the length of a sentence.
_WEIGHT_BITS = 24
#: After the sum a vector is scaled to 21 bits and a map has 22: 21 + 22 + log2(256) = 51 < 53.
_VECTOR_BITS, _MAP_BITS = 21, 22
#: Sentences at once; any number gives the same bits. OpenBLAS keeps products of this size (up to 2**18) on
#: one thread; with more, its threads wait for each other 20 times as long as they work when cores are busy.
_BLOCK = 4
#: As many for `encode_heads`, which is called where BLAS has one thread anyway, and for looking up rows.
_MANY = 64


@dataclass(frozen=True, slots=True)
class HeadWeights:
    """One head in fixed point: integers held in float64.

    Attributes
    ----------
    weights
        A weight a row of the matrix, times the row's scale; shape (rows,).
    map
        Shape (d, d); None for the identity.
    """

    weights: Floats
    map: Floats | None


class KoMorph:
    """Encoder over morphemes that have been analysed already.

    Parameters
    ----------
    vocabulary
        Rows of morphemes.
    rows
        int8, shape (len(vocabulary), d).
    heads
        By name.
    tokenize
        Texts to morphemes, for `encode`.
    """

    name = NAME

    def __init__(
        self,
        vocabulary: Vocabulary,
        rows: NDArray[np.int8],
        heads: dict[str, HeadWeights],
        tokenize: Callable[[Sequence[str]], Sequence[Sequence[Token]]],
    ) -> None:
        self.dimensions = int(rows.shape[1])
        self._vocabulary, self._rows, self._heads, self._tokenize = vocabulary, rows, heads, tokenize

    def encode(self, texts: Sequence[str]) -> NDArray[np.float32]:
        """Rows for texts, shape (n, d), by the head for similarity."""
        return self.encode_units(texts, self._tokenize(texts))

    def encode_units(
        self, texts: Sequence[str], tokens: Sequence[Sequence[Token]], head: Head = "similarity"
    ) -> NDArray[np.float32]:
        """Rows for units by their morphemes, shape (n, d): length 1, or 0 where nothing is known.

        Raises
        ------
        ValueError
            When there are not as many token lists as texts.
        """
        return self._of_tokens(texts, tokens, (head,), _BLOCK)[0]

    def encode_heads(
        self, texts: Sequence[str], tokens: Sequence[Sequence[Token]], heads: Sequence[Head]
    ) -> tuple[NDArray[np.float32], ...]:
        """Rows for units by several heads at once, as `encode_units` gives them by each."""
        return self._of_tokens(texts, tokens, heads, _MANY)

    def encode_numbered(self, morphemes: Numbered, heads: Sequence[Head]) -> tuple[NDArray[np.float32], ...]:
        """As `encode_heads`, with each distinct morpheme looked up once for all units."""
        return self._encoded(morphemes.distinct, morphemes.number, morphemes.tokens.bounds, heads, _MANY)

    def _of_tokens(
        self, texts: Sequence[str], tokens: Sequence[Sequence[Token]], heads: Sequence[Head], at_once: int
    ) -> tuple[NDArray[np.float32], ...]:
        if len(texts) != len(tokens):
            raise ValueError(f"{len(texts)} texts, but tokens for {len(tokens)}")
        morphemes = list(map(_form_and_tag, chain.from_iterable(tokens)))
        bounds = np.cumsum([0, *map(len, tokens)])
        return self._encoded(morphemes, np.arange(len(morphemes)), bounds, heads, at_once)

    def _encoded(
        self,
        distinct: Sequence[tuple[str, str]],
        number: NDArray[np.intp],
        bounds: NDArray[np.integer[Any]],
        heads: Sequence[Head],
        at_once: int,
    ) -> tuple[NDArray[np.float32], ...]:
        bags = self._bags(distinct, number, bounds, [self._heads[head].weights for head in heads])
        rounded = _rounded(bags.reshape(-1, self.dimensions)).reshape(bags.shape)
        found = []
        for bag, head in zip(rounded, heads, strict=True):
            if (by := self._heads[head].map) is not None:
                blocks = [bag[start : start + at_once] @ by for start in range(0, len(bag), at_once)]
                bag = _rounded(np.concatenate(blocks)) if blocks else bag
            found.append(_unit(bag).astype(np.float32))
        return tuple(found)

    def _bags(
        self,
        distinct: Sequence[tuple[str, str]],
        number: NDArray[np.intp],
        bounds: NDArray[np.integer[Any]],
        weights: Sequence[Floats],
    ) -> Floats:
        """Weighted sums of rows, exact integers; shape (heads, n, d).

        Parameters
        ----------
        distinct, number
            Morphemes by form and tag, and which of them each token is.
        bounds
            Where the tokens of each unit begin, with the end of the last one.
        """
        bags = np.zeros((len(weights), len(bounds) - 1, self.dimensions))
        parts = list(map(self._vocabulary.found.__getitem__, distinct))
        pieces = np.fromiter(map(len, parts), dtype=np.int64, count=len(parts))
        known = np.fromiter(chain.from_iterable(parts), dtype=np.int64, count=int(pieces.sum()))
        # The pieces of one morpheme weigh as one vector: random directions add up to sqrt(k).
        scale = np.sqrt(np.repeat(pieces, pieces))
        weighed = np.stack([np.rint(own[known] / scale) for own in weights])
        # The pieces of each token's morpheme, token after token.
        places = np.concatenate(([0], np.cumsum(pieces[number])))
        shift = (np.cumsum(pieces) - pieces)[number] - places[:-1]
        own_pieces = np.arange(places[-1]) + np.repeat(shift, pieces[number])
        index, share = known[own_pieces], weighed[:, own_pieces]
        ends = places[bounds].tolist()
        for start in range(0, len(ends) - 1, _MANY):
            block = ends[start : start + _MANY + 1]
            rows = self._rows[index[block[0] : block[-1]]].astype(np.float64)
            for i, (first, last) in enumerate(pairwise(block), start):
                if first < last:
                    own = rows[first - block[0] : last - block[0]]
                    np.matmul(share[:, first:last], own, out=bags[:, i])
        return bags


def _rounded(vectors: Floats) -> Floats:
    """Rows scaled by a power of two to integers of `_VECTOR_BITS` bits."""
    _, exponents = np.frexp(np.maximum(vectors.max(axis=1, initial=0.0), -vectors.min(axis=1, initial=0.0)))
    # Times a power of two, which is exact; `ldexp` of each number takes ten times as long.
    rounded: Floats = vectors * np.ldexp(1.0, _VECTOR_BITS - exponents)[:, None]
    return np.rint(rounded, out=rounded)


def _unit(vectors: Floats) -> Floats:
    # Squares of 21 bits, 256 of them: the sum is exact, and the square root and the quotient are IEEE's.
    lengths = np.sqrt(np.einsum("ij,ij->i", vectors, vectors))[:, None]
    units: Floats = np.divide(vectors, lengths, out=np.zeros_like(vectors), where=lengths > 0)
    return units


def load_ko_morph(folder: Path, tokenize: Callable[[Sequence[str]], Sequence[Sequence[Token]]]) -> KoMorph:
    """Read a model folder.

    Raises
    ------
    ModelNotFoundError
        When the folder or one of its files is missing.
    ModelFormatError
        When a file is damaged or of another format version.
    """
    config, tensors, keys = read_model(folder)
    heads = {
        name: HeadWeights(
            _fixed_point(tensors[f"{name}.weights"], _WEIGHT_BITS),
            _fixed_point(tensors[f"{name}.map"], _MAP_BITS) if f"{name}.map" in tensors else None,
        )
        for name in config["heads"]
    }
    return KoMorph(
        Vocabulary(keys, config["numbers"], config["grams"]),
        tensors["rows"].astype(np.int8, copy=False),
        heads,
        tokenize,
    )


def read_model(folder: Path) -> tuple[dict[str, Any], dict[str, NDArray[Any]], list[str]]:
    """Configuration, tensors and keys of a model folder, checked against one another."""
    from safetensors import SafetensorError
    from safetensors.numpy import load_file

    missing = [name for name in (CONFIG, WEIGHTS, KEYS) if not (folder / name).is_file()]
    if missing:
        raise ModelNotFoundError(folder.name, folder)
    try:
        config = json.loads((folder / CONFIG).read_text(encoding="utf-8"))
        tensors = load_file(folder / WEIGHTS)
        keys = (folder / KEYS).read_text(encoding="utf-8").split("\n")[:-1]
        if config["format"] != FORMAT:
            raise ModelFormatError(folder, f"format {config['format']}, this version reads {FORMAT}")
        shape = (len(keys) + config["numbers"] + config["grams"], config["dimensions"])
        if tensors["rows"].shape != shape:
            raise ModelFormatError(folder, f"rows of shape {tensors['rows'].shape}, not {shape}")
        if absent := [name for name in config["heads"] if f"{name}.weights" not in tensors]:
            raise ModelFormatError(folder, f"no weights for {', '.join(absent)}")
    except (ValueError, KeyError, TypeError, SafetensorError) as error:
        raise ModelFormatError(folder, str(error)) from error
    return config, tensors, keys


def _fixed_point(values: NDArray[Any], bits: int) -> Floats:
    """Integers of at most `bits` bits in proportion to the values (a common factor has no effect)."""
    exact = values.astype(np.float64)
    _, exponent = np.frexp(np.abs(exact).max())
    integers: Floats = np.rint(np.ldexp(exact, bits - int(exponent)))
    return integers
