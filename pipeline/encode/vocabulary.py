"""From morphemes to rows of a matrix, without the token ids of any version of Kiwi."""

from __future__ import annotations

import re
import zlib
from collections.abc import Callable, Iterable, Sequence

from ..korean import TAGS
from ..korean.particles import ALLOMORPHS
from ..korean.tags import ENDINGS, MARKS, PARTICLES

#: Rows of one morpheme. Known ones have one; those made of hashed pieces have several.
Rows = tuple[int, ...]

#: Morphemes remembered; a long-lived process must not grow with every new name that it meets.
_CACHE_SIZE = 1 << 14
_SYMBOLS = MARKS | {"UN"}
_INFLECTING = PARTICLES | ENDINGS
_PIECES = re.compile(r"[^\W_]+")


class _Found(dict[tuple[str, str], Rows]):
    """What has been looked up already; the rest is looked up when it is asked for."""

    def __init__(self, find: Callable[[str, str], Rows]) -> None:
        super().__init__()
        self._find = find

    def __missing__(self, morpheme: tuple[str, str]) -> Rows:
        if len(self) >= _CACHE_SIZE:
            self.clear()
        rows = self[morpheme] = self._find(*morpheme)
        return rows


class Vocabulary:
    """Rows by form and tag.

    A morpheme is looked up as it is, then with the other conjugation class (``-I`` irregular, ``-R``
    regular: versions of Kiwi differ in writing it); a particle or ending by its allomorph (를 and 을); all
    else by its form alone, whatever the tag: a user word has the tag that its user gave. Numbers and what is
    still unknown (Latin names, words younger than the model) share hashed rows: a number as a whole, the rest
    by character n-grams (Bojanowski et al. 2017, https://aclanthology.org/Q17-1010). Punctuation has no row.

    Parameters
    ----------
    keys
        ``form/tag`` of row 0, 1, ….
    numbers, grams
        How many rows for hashed numbers, then for hashed character n-grams, follow after them.

    Attributes
    ----------
    found
        Rows by pair of form and tag: `rows` as a mapping, for loops that can't afford a call a morpheme.
    """

    def __init__(self, keys: Sequence[str], numbers: int, grams: int) -> None:
        self.keys, self.numbers, self.grams = keys, numbers, grams
        self._rows = {key: row for row, key in enumerate(keys)}
        self.found = _Found(self._find)

    def __len__(self) -> int:
        return len(self.keys) + self.numbers + self.grams

    def tags(self) -> list[str]:
        """Tag of each row; ``SN`` for numbers, none for character n-grams."""
        known = [key.rpartition("/")[2] for key in self.keys]
        return known + ["SN"] * self.numbers + [""] * self.grams

    def rows(self, form: str, tag: str) -> Rows:
        """Rows of a morpheme; none for punctuation."""
        return self.found[form, tag]

    def _find(self, form: str, tag: str) -> Rows:
        if tag == "SN":
            return (len(self.keys) + _hash(form.replace(",", "")) % self.numbers,)
        if tag in _SYMBOLS:
            return ()
        plain = tag.removesuffix("-R").removesuffix("-I")
        for variant in (tag, plain, f"{plain}-I"):
            if (row := self._rows.get(f"{form}/{variant}")) is not None:
                return (row,)
        others = self._allomorphs(form, tag) if tag in _INFLECTING else [self._commonest(form)]
        row = next((row for row in others if row is not None), None)
        return self._grams(form) if row is None else (row,)

    def _allomorphs(self, form: str, tag: str) -> Iterable[int | None]:
        for pair in ALLOMORPHS:
            for here, there in (pair, pair[::-1]):
                if form.startswith(here):
                    yield self._rows.get(f"{there}{form[len(here) :]}/{tag}")

    def _commonest(self, form: str) -> int | None:
        # Kiwi numbers its morphemes by frequency, and rows are in its order.
        rows = (self._rows.get(f"{form}/{tag}") for tag in TAGS)
        return min((row for row in rows if row is not None), default=None)

    def _grams(self, form: str) -> Rows:
        grams: set[str] = set()
        for piece in _PIECES.findall(form.lower()):
            whole = f"<{piece}>"
            grams.add(whole)
            if len(whole) > 4:
                grams.update(whole[i : i + n] for n in (2, 3) for i in range(len(whole) - n + 1))
        first = len(self.keys) + self.numbers
        return tuple(sorted({first + _hash(gram) % self.grams for gram in grams}))


def _hash(text: str) -> int:
    return zlib.crc32(text.encode("utf-8", "surrogatepass"))
