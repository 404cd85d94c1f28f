"""Which words stand in which sentences, which of these say the same in the same words, which say no."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

import numpy as np
from numpy.typing import NDArray

from ..records import Tokens, Unit
from .columns import TAG_IDS, TAGS, Joined, joined, rows, table
from .endings import FORMAL
from .tags import CONTENT, is_mark

Column = NDArray[np.float64]
Matrix = NDArray[np.float64]
Positions = NDArray[np.int64]

#: The models were fitted with these left out; the next fit may count them.
_COUNTED = CONTENT - {"SH", "W_SERIAL"}
#: By id of a tag a number for its second letter, which tells nouns, verbs and adjectives of one form apart.
_KIND = np.array(["NVARL".find(tag[1]) for tag in TAGS])
#: How something is said, not what.
_MANNER = frozenset({"EF", "MAJ", "IC"}) | {tag for tag in TAGS if is_mark(tag) and tag != "SW"}
#: Morphemes at the end of a sentence among which a final ending stands.
_CLOSING = 4
_ENDED = re.compile(rf"[가-힣](?:[았었였겠렸졌됐했]다|{FORMAL}|데요|어요|아요|죠)[\s.!?”’\"')\]]*$")
#: Words that turn a sentence into its contrary, with their tags.
_NO = {"않": "VX", "못하": "VX", "못": "MAG", "안": "MAG", "말": "VX", "아니": "VCN", "없": "VA"}
#: Marks and spaces that say nothing, unlike the point of a figure; lines are kept apart.
_MARKS, _POINTS = re.compile(r"[^\w%+?\n.]+"), re.compile(r"\.(?!(?<=\d\.)\d)")


def words_of(tokens: Tokens, tags: frozenset[str]) -> tuple[Positions, Positions]:
    """Each form with some tags once for each sentence that has it: sentences, and positions in `forms`."""
    own = table(tags)[tokens.tag]
    return _once(rows(tokens)[own], tokens.form[own], len(tokens.forms))


def count(tokens: Tokens, tags: frozenset[str]) -> Positions:
    """How many morphemes with some tags each sentence has."""
    return np.bincount(rows(tokens)[table(tags)[tokens.tag]], minlength=len(tokens.bounds) - 1)


def _once(row: Positions, word: NDArray[np.integer], width: int) -> tuple[Positions, Positions]:
    # `np.unique` takes three times as long for so few.
    own = np.sort(row * width + word)
    fresh = np.ones(len(own), dtype=bool)
    np.not_equal(own[1:], own[:-1], out=fresh[1:])
    return np.divmod(own[fresh], max(width, 1))


@dataclass(frozen=True, slots=True)
class Overlap:
    """Content words of n sentences.

    Attributes
    ----------
    sizes
        How many different words each sentence has, shape (n,).
    common
        How many words two sentences have in common, shape (n, n); the sizes on the diagonal.
    """

    sizes: Column
    common: Matrix


def overlap(tokens: Tokens) -> Overlap:
    """Count the content words that sentences share."""
    return overlaps(joined((tokens,)))[0]


def overlaps(texts: Joined) -> list[Overlap]:
    """Count the content words that sentences of each text share."""
    tokens = texts.tokens
    own = table(_COUNTED)[tokens.tag]
    words = 5 * len(tokens.forms)
    row, word = _once(rows(tokens)[own], 5 * tokens.form[own] + _KIND[tokens.tag[own]], words)
    shared = np.bincount(word, minlength=words) > 1
    both = shared[word]
    column = np.concatenate(([0], np.cumsum(shared)))
    sizes = np.bincount(row, minlength=texts.units[-1]).astype(np.float64)
    row, word = row[both], column[word[both]]
    ends, first = np.searchsorted(row, texts.units).tolist(), column[[5 * n for n in texts.forms]].tolist()
    found = []
    for n, (start, end) in enumerate(pairwise(texts.units)):
        has = np.zeros((end - start, first[n + 1] - first[n]))
        at = slice(ends[n], ends[n + 1])
        has[row[at] - start, word[at] - first[n]] = 1.0
        common = has @ has.T
        np.fill_diagonal(common, sizes[start:end])
        found.append(Overlap(sizes[start:end], common))
    return found


def first_of_same(units: Sequence[Unit], tokens: Tokens) -> tuple[int, ...]:
    """For each unit the first that says the same in the same words, but for marks, spaces and politeness.

    Parameters
    ----------
    tokens
        Those of the units.
    """
    return firsts_of_same(units, joined((tokens,)))[0]


def firsts_of_same(units: Sequence[Unit], texts: Joined) -> list[tuple[int, ...]]:
    """As `first_of_same` for each of some texts; `units` are those of all."""
    tokens = texts.tokens
    asks = np.array([unit.text.rstrip().endswith("?") for unit in units], dtype=bool)
    kept = ~table(_MANNER)[tokens.tag] | (asks[rows(tokens)] & (tokens.tag == TAG_IDS["EF"]))
    said = tokens.form[kept].tobytes()
    ends = (np.concatenate(([0], np.cumsum(kept)))[tokens.bounds] * tokens.form.itemsize).tolist()
    letters = _letters([unit.text for unit in units])
    found = []
    for start, end in pairwise(texts.units):
        known: dict[str, int] = {}
        words: dict[bytes, int] = {}
        own_found = []
        for i in range(start, end):
            first, own = known.setdefault(letters[i], i - start), said[ends[i] : ends[i + 1]]
            own_found.append(min(first, words.setdefault(own, i - start)) if own else first)
        found.append(tuple(own_found))
    return found


def _letters(texts: Sequence[str]) -> list[str]:
    """What texts say, all in one pass; a text that is all marks says these."""
    if not texts:
        return []
    plain = unicodedata.normalize("NFKC", "\n".join(" ".join(text.split("\n")) for text in texts)).casefold()
    # Spaces by themselves: there are more of them than of all marks.
    bare = _MARKS.sub("", _POINTS.sub("", plain).replace(" ", ""))
    both = zip(bare.split("\n"), plain.split("\n"), strict=True)
    return [said or marks for said, marks in both]


def negated(texts: Joined) -> NDArray[np.bool_]:
    """Which sentences an odd number of morphemes turns into their contrary."""
    tokens = texts.tokens
    known = np.zeros(len(tokens.forms), dtype=bool)
    known[texts.numbers(_NO)] = True
    at = np.flatnonzero(known[tokens.form])
    no = [
        TAGS[tag].partition("-")[0] == _NO[tokens.forms[form]]
        for form, tag in zip(tokens.form[at].tolist(), tokens.tag[at].tolist(), strict=True)
    ]
    odd: NDArray[np.bool_] = np.bincount(rows(tokens)[at[no]], minlength=len(tokens.bounds) - 1) % 2 == 1
    return odd


def closed(units: Sequence[Unit], tokens: Tokens) -> list[bool]:
    """Whether a closed predicate ends each; Kiwi may take an ending without a stop for a connective."""
    row = rows(tokens)
    closing = (tokens.tag == TAG_IDS["EF"]) & (np.arange(len(row)) >= tokens.bounds[1:][row] - _CLOSING)
    final = np.bincount(row[closing], minlength=len(units)).tolist()
    return [
        bool(one) or _ENDED.search(unit.text[-12:]) is not None
        for one, unit in zip(final, units, strict=True)
    ]
