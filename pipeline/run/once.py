"""The texts of a batch, each analysed once, whichever of the steps over the batch ask for it."""

from __future__ import annotations

from array import array
from collections.abc import Callable, Sequence

from ..korean.columns import Morphemes
from ..records import Token

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
    """

    def __init__(self, tokenize: Tokenize) -> None:
        self._tokenize = tokenize
        self._found: dict[str, _Packed] = {}

    def __call__(self, texts: Sequence[str]) -> list[tuple[Token, ...]]:
        """Morphemes of each text."""
        new = [text for text in dict.fromkeys(texts) if text not in self._found]
        for start in range(0, len(new), _BLOCK):
            block = new[start : start + _BLOCK]
            self._found.update(zip(block, map(_packed, self._tokenize(block)), strict=True))
        return [_view(*self._found[text]) for text in texts]


def _packed(tokens: Sequence[Token]) -> _Packed:
    forms, tags, starts, ends = zip(*tokens, strict=True) if tokens else ((), (), (), ())
    return forms, tags, array("i", starts), array("i", ends)


def _view(
    forms: tuple[str, ...], tags: tuple[str, ...], starts: array[int], ends: array[int]
) -> tuple[Token, ...]:
    return Morphemes(list(forms), list(tags), list(starts), list(ends)).view()
