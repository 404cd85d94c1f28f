"""Words whose themes were learned from labelled articles of a theme set."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import chain, repeat
from operator import itemgetter
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from ..korean import starting
from ..korean.tags import NUMBERS, PHRASE
from ..records import LearnedWords, Token

if TYPE_CHECKING:
    Matrix = NDArray[np.float64]
    #: A morpheme's form and tag.
    Word = tuple[str, str]

_TELLING = (PHRASE - NUMBERS) | starting("VV") | starting("VA") | {"XR", "MAG", "MM", "VCN", "W_HASHTAG"}
#: A sentence's words weigh this together where they are many: long ones are no surer than short ones.
_TOGETHER = 3.0
_WORD = itemgetter(0, 1)


@dataclass(frozen=True, slots=True, eq=False)
class Vocabulary:
    """Learned words, ready to be looked up.

    Attributes
    ----------
    rows
        The row of each word.
    weights
        How much a word adds to the utility of each side, shape (words, sides); bias stands without a word.
    """

    rows: dict[Word, int]
    weights: Matrix
    bias: NDArray[np.float64]


def vocabulary(words: LearnedWords) -> Vocabulary:
    """Index learned words."""
    rows: dict[Word, int] = {}
    for row, word in enumerate(words.weights):
        form, _, tag = word.rpartition("/")
        rows[form, tag] = row
    weights = np.array(list(words.weights.values())).reshape(-1, len(words.sides))
    return Vocabulary(rows, weights, np.array(words.bias))


def telling(tokens: Sequence[Token]) -> frozenset[Word]:
    """Morphemes of a unit that may say what it is about."""
    return frozenset((form, tag) for form, tag, *_ in tokens if tag in _TELLING)


def share(known: int) -> float:
    """What one of so many known words of a unit counts."""
    return _TOGETHER / float(np.sqrt(known + 1))


def words_of(tokens: Sequence[Token]) -> Iterable[Word]:
    """All morphemes of a unit by form and tag, for `heard_by`."""
    return map(_WORD, tokens)


def heard_by(spoken: Sequence[Iterable[Word]], known: Vocabulary) -> Matrix:
    """Probabilities of sides by the words of each unit alone, shape (units, sides).

    Multinomial logistic regression over which words a unit has.
    """
    said = [list(map(known.rows.get, words, repeat(-1))) for words in spoken]
    unit = np.repeat(np.arange(len(said)), [len(rows) for rows in said])
    row = np.fromiter(chain.from_iterable(said), dtype=np.int64, count=len(unit))
    # Once for each unit, in the order of the rows: the same words give the same bits.
    keys = np.sort((unit * len(known.weights) + row)[row >= 0])
    unit, row = np.divmod(keys[np.diff(keys, prepend=-1) > 0], max(len(known.weights), 1))
    sizes = np.bincount(unit, minlength=len(said))
    utility = np.zeros((len(said), len(known.bias)))
    told = np.flatnonzero(sizes)
    if len(told):
        starts = (np.cumsum(sizes) - sizes)[told]
        utility[told] = np.add.reduceat(known.weights[row], starts, axis=0)
    utility *= (_TOGETHER / np.sqrt(sizes + 1.0))[:, None]
    utility += known.bias
    odds = np.exp(utility - utility.max(axis=1, keepdims=True))
    found: Matrix = odds / odds.sum(axis=1, keepdims=True)
    return found
