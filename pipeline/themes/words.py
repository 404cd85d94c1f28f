"""Words whose themes were learned from labelled articles of a theme set."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import chain, pairwise, repeat
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from ..korean import rows, starting
from ..korean.columns import Numbered
from ..korean.tags import NUMBERS, PHRASE
from ..records import LearnedWords, Token

if TYPE_CHECKING:
    Matrix = NDArray[np.float64]
    #: A morpheme's form and tag.
    Word = tuple[str, str]

_TELLING = (PHRASE - NUMBERS) | starting("VV") | starting("VA") | {"XR", "MAG", "MM", "VCN", "W_HASHTAG"}
#: A sentence's words weigh this together where they are many: long ones are no surer than short ones.
_TOGETHER = 3.0
#: What the words of its whole article weigh beside those of a sentence, by articles left out, and other
#: sentences of it from which on they do.
_AROUND, _MANY = 1.5, 3


@dataclass(frozen=True, slots=True, eq=False)
class Vocabulary:
    """Learned words, ready to be looked up.

    Attributes
    ----------
    rows
        The row of each word.
    weights
        How much a word adds to the utility of each side, shape (words, sides); bias stands without a word.
    around
        The same of a word anywhere in the article.
    """

    rows: dict[Word, int]
    weights: Matrix
    around: Matrix
    bias: NDArray[np.float64]


def vocabulary(words: LearnedWords) -> Vocabulary:
    """Index learned words."""
    rows: dict[Word, int] = {}
    for row, word in enumerate(words.weights):
        form, _, tag = word.rpartition("/")
        rows[form, tag] = row
    both = np.array(list(words.weights.values())).reshape(-1, 2, len(words.sides))
    return Vocabulary(rows, both[:, 0], both[:, 1], np.array(words.bias))


def telling(tokens: Sequence[Token]) -> frozenset[Word]:
    """Morphemes of a unit that may say what it is about."""
    return frozenset((form, tag) for form, tag, *_ in tokens if tag in _TELLING)


def share(known: int) -> float:
    """What one of so many known words of a unit counts."""
    return _TOGETHER / float(np.sqrt(known + 1))


def shares(counts: NDArray[np.intp], units: int) -> NDArray[np.float64]:
    """What each of an article's words counts, by how many of its units have it, shape (words,)."""
    much = np.log1p(counts)
    together = _AROUND * min(1.0, (units - 1) / _MANY)
    found: NDArray[np.float64] = much * (together / np.sqrt(np.einsum("w,w->", much, much)))
    return found


def heard_by(spoken: Sequence[Iterable[Word]], bounds: NDArray[np.intp], known: Vocabulary) -> Matrix:
    """Probabilities of sides by the words of each unit and of its article, shape (units, sides).

    Multinomial logistic regression over which words a unit has, and how many of the units have them.

    Parameters
    ----------
    bounds
        Where the units of each article begin, with the end of the last one.
    """
    said = [list(map(known.rows.get, words, repeat(-1))) for words in spoken]
    unit = np.repeat(np.arange(len(said)), [len(own) for own in said])
    row = np.fromiter(chain.from_iterable(said), dtype=np.int64, count=len(unit))
    return _heard(unit[row >= 0], row[row >= 0], bounds, known)


def heard_in(
    morphemes: Numbered, content: NDArray[np.intp], bounds: NDArray[np.intp], known: Vocabulary
) -> Matrix:
    """As `heard_by`, with each distinct morpheme looked up once.

    Parameters
    ----------
    content
        Positions of the units that are asked for, in order.
    """
    own = np.array([known.rows.get(word, -1) for word in morphemes.distinct], dtype=np.int64)
    place = np.full(len(morphemes.tokens.bounds) - 1, -1)
    place[content] = np.arange(len(content))
    unit, row = place[rows(morphemes.tokens)], own[morphemes.number]
    kept = (unit >= 0) & (row >= 0)
    return _heard(unit[kept], row[kept], bounds, known)


def _heard(
    unit: NDArray[np.intp], row: NDArray[np.int64], bounds: NDArray[np.intp], known: Vocabulary
) -> Matrix:
    """Probabilities by the known words of units: the unit of each, and its row."""
    units = int(bounds[-1])
    # Once for each unit, in the order of the rows: the same words give the same bits.
    keys = np.sort(unit * len(known.weights) + row)
    unit, row = np.divmod(keys[np.diff(keys, prepend=-1) > 0], max(len(known.weights), 1))
    sizes = np.bincount(unit, minlength=units)
    utility = np.zeros((units, len(known.bias)))
    told = np.flatnonzero(sizes)
    if len(told):
        starts = (np.cumsum(sizes) - sizes)[told]
        utility[told] = np.add.reduceat(known.weights[row], starts, axis=0)
    utility *= (_TOGETHER / np.sqrt(sizes + 1.0))[:, None]
    utility += known.bias
    places = zip(pairwise(bounds.tolist()), pairwise(np.searchsorted(unit, bounds).tolist()), strict=True)
    for (start, end), (first, last) in places:
        if first < last:
            words, counts = np.unique(row[first:last], return_counts=True)
            # einsum, not BLAS: the order of adding is fixed.
            utility[start:end] += np.einsum("w,ws->s", shares(counts, end - start), known.around[words])
    odds = np.exp(utility - utility.max(axis=1, keepdims=True))
    found: Matrix = odds / odds.sum(axis=1, keepdims=True)
    return found
