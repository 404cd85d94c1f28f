"""How alike sentences are, and which of them say the same."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from ..korean.columns import joined
from ..korean.numerals import amounts
from ..korean.tags import NOUNS, PREDICATES
from ..korean.wording import Overlap, firsts_of_same, negated, overlaps
from ..records import Draft, Unit

Matrix = NDArray[np.float64]

#: Least share of the shorter one's content words, and least Dice coefficient, of two that say the same.
_CONTAINED, _DICE = 0.8, 0.5
#: Least cosine of two that say the same in other words, where they share a third of their words too.
_COSINE, _SHARED = 0.8, 0.4
#: … and where they report a figure in common, half of their words; where several and no other, fewer.
_COSINE_OF_FIGURES, _SHARED_OF_FIGURES = 0.55, 0.5
_SEVERAL, _COSINE_OF_SEVERAL, _SHARED_OF_SEVERAL = 2, 0.5, 0.3
_FEWEST = 3
#: What a sentence says besides its nouns and names.
_SAID = PREDICATES | {"SN"}
#: Content words of a sentence so short that each of them tells it apart.
_SHORT = 5


def likeness(draft: Draft) -> tuple[Matrix, NDArray[np.bool_]]:
    """As `likeness_of`, of an article by itself."""
    text = joined((draft.tokens,))
    (words,), (first,) = overlaps(text), firsts_of_same(draft.units, text)
    return likeness_of(draft, words, first, negated(text))


def likeness_of(
    draft: Draft, words: Overlap, first: Sequence[int], negation: NDArray[np.bool_]
) -> tuple[Matrix, NDArray[np.bool_]]:
    """Compare all sentences of an article.

    Parameters
    ----------
    words
        The words that they share.
    first
        For each the first that says the same in the same words.
    negation
        Which of them say no (`negated`).

    Returns
    -------
    alike
        Shape (n, n), 0 to 1: the cosine or the Dice coefficient (Dice 1945) of the content words,
        whichever is larger; 1 on the diagonal.
    same
        Shape (n, n): whether two say the same. Sentences whose figures differ never do.
    """
    units, vectors = draft.units, draft.vectors if draft.similar is None else draft.similar
    sizes, common = words.sizes, words.common
    dice = 2 * common / np.maximum(sizes[:, None] + sizes[None, :], 1.0)
    least = np.minimum(sizes[:, None], sizes[None, :])
    contained = common / np.maximum(least, 1.0)
    # Rounded: the last bits of a product depend on the machine.
    cosine = np.round(np.clip(vectors @ vectors.T, 0.0, 1.0).astype(np.float64), 4)
    same = ((contained >= _CONTAINED) & (dice >= _DICE)) | ((cosine >= _COSINE) & (contained >= _SHARED))
    same &= least >= _FEWEST
    maybe = (cosine >= _COSINE_OF_FIGURES) & (contained >= _SHARED_OF_FIGURES) & (least >= _FEWEST)
    several = (cosine >= _COSINE_OF_SEVERAL) & (contained >= _SHARED_OF_SEVERAL) & (least >= _FEWEST)
    for alike_ in (same, maybe, several):
        alike_ &= negation[:, None] == negation[None, :]
    alike_in_words = same & (contained >= _CONTAINED)
    pairs = np.argwhere(np.triu(same | maybe | several, 1)).tolist()
    figures = {i: amounts(units[i].text) for i in {i for pair in pairs for i in pair}}
    sets = {i: _parts(units[i]) for i in figures}
    for i, j in pairs:
        if first[i] == first[j]:
            continue
        one, other = figures[i], figures[j]
        if not one & other and _differ(sets[i], sets[j], bool(alike_in_words[i, j])):
            same[i, j] = same[j, i] = False
            continue
        within = one <= other or other <= one
        said = same[i, j] or (maybe[i, j] and bool(one & other))
        same[i, j] = same[j, i] = (within and said) or (one == other and len(one) >= _SEVERAL)
    for i, place in enumerate(first):
        same[i, place] = same[place, i] = True
    np.fill_diagonal(same, False)
    alike = np.maximum(cosine, dice)
    np.fill_diagonal(alike, 1.0)
    return alike, same


def _parts(unit: Unit) -> tuple[frozenset[str], frozenset[str]]:
    """The nouns and names of a sentence, and its other content words."""
    nouns = frozenset(token.form for token in unit.tokens if token.tag in NOUNS)
    rest = (token.form for token in unit.tokens if token.tag in _SAID)
    return nouns, frozenset(rest)


def _differ(
    one: tuple[frozenset[str], frozenset[str]], other: tuple[frozenset[str], frozenset[str]], in_words: bool
) -> bool:
    """Whether the same is said of two things (공사는 봄에 끝난다, … 가을에 …): one noun for another, no more.

    Short sentences that are alike by their vectors alone differ if each has a noun of its own.
    """
    own, others = one[0] - other[0], other[0] - one[0]
    if not own or not others:
        return False
    if not in_words and min(len(nouns) + len(rest) for nouns, rest in (one, other)) <= _SHORT:
        return True
    return len(own) == len(others) == 1 and one[1] == other[1]
