"""From morphemes to rows of a matrix, without the token ids of any version of Kiwi."""

from __future__ import annotations

import re
import zlib
from collections.abc import Iterable, Sequence

#: Rows of one morpheme. Known ones have one; those made of hashed pieces have several.
Rows = tuple[int, ...]

#: A sentence that is all hashed pieces of one endless word must not fill the memory.
_CACHE_SIZE = 200_000
_SYMBOLS = frozenset({"SF", "SP", "SS", "SSO", "SSC", "SE", "SO", "SW", "SB", "UN"})
_PIECES = re.compile(r"[^\W_]+")
#: How particles and endings begin after a vowel and after a consonant. Kiwi's model knows one of the two.
_ALLOMORPHS = (
    ("는다", "ᆫ다"),
    ("습", "ᆸ"),
    ("은", "ᆫ"),
    ("을", "ᆯ"),
    ("음", "ᆷ"),
    ("으", ""),
    ("이", ""),
    ("는", "은"),
    ("를", "을"),
    ("가", "이"),
    ("와", "과"),
    ("예요", "에요"),
)


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
    hashed
        How many rows for hashed pieces follow after them.
    """

    def __init__(self, keys: Sequence[str], hashed: int) -> None:
        self.keys, self.hashed = keys, hashed
        self._rows = {key: row for row, key in enumerate(keys)}
        self._forms: dict[str, int] | None = None
        self._cache: dict[tuple[str, str], Rows] = {}

    def __len__(self) -> int:
        return len(self.keys) + self.hashed

    def rows(self, form: str, tag: str) -> Rows:
        """Rows of a morpheme; none for punctuation."""
        try:
            return self._cache[form, tag]
        except KeyError:
            if len(self._cache) >= _CACHE_SIZE:
                self._cache.clear()
            rows = self._cache[form, tag] = self._find(form, tag)
            return rows

    def _find(self, form: str, tag: str) -> Rows:
        if tag == "SN":
            return (self._hash("#" + form.replace(",", "")),)
        if tag in _SYMBOLS:
            return ()
        plain = tag.removesuffix("-R").removesuffix("-I")
        for variant in (tag, plain, f"{plain}-I"):
            if (row := self._rows.get(f"{form}/{variant}")) is not None:
                return (row,)
        others = self._allomorphs(form, tag) if tag[:1] in {"J", "E"} else [self._by_form().get(form)]
        row = next((row for row in others if row is not None), None)
        return self._grams(form) if row is None else (row,)

    def _allomorphs(self, form: str, tag: str) -> Iterable[int | None]:
        for pair in _ALLOMORPHS:
            for here, there in (pair, pair[::-1]):
                if form.startswith(here):
                    yield self._rows.get(f"{there}{form[len(here) :]}/{tag}")

    def _by_form(self) -> dict[str, int]:
        if self._forms is None:
            # Kiwi numbers its morphemes by frequency, and rows are in its order: the first is the commonest.
            self._forms = {}
            for row, key in enumerate(self.keys):
                self._forms.setdefault(key.rpartition("/")[0], row)
        return self._forms

    def _grams(self, form: str) -> Rows:
        rows: set[int] = set()
        for piece in _PIECES.findall(form.lower()):
            whole = f"<{piece}>"
            rows.add(self._hash(whole))
            if len(whole) > 4:
                rows.update(self._hash(whole[i : i + n]) for n in (2, 3) for i in range(len(whole) - n + 1))
        return tuple(sorted(rows))

    def _hash(self, text: str) -> int:
        return len(self.keys) + zlib.crc32(text.encode("utf-8", "surrogatepass")) % self.hashed
