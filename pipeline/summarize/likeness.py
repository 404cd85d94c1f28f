"""How alike sentences are, and which of them say the same."""

from __future__ import annotations

import re
from decimal import Decimal

import numpy as np
from numpy.typing import NDArray

from ..korean import TAGS, rows
from ..korean.numerals import find_numbers
from ..korean.tags import NOUNS
from ..records import Tokens, Unit
from .draft import Draft
from .words import Overlap, overlap

Matrix = NDArray[np.float64]

#: What a number stands behind that is a part of a name, and before that makes a date or an ordinal of it.
_NAMED = re.compile(r"[A-Za-z]-?$")
_DATED = re.compile(r"\s?(?:년|월|일|분|시(?!간)|차|번째|위(?!안)|세대|단계)(?!\w{0,2}\s?(?:달러|원))")

#: Least share of the shorter one's content words, and least Dice coefficient, of two that say the same.
_CONTAINED, _DICE = 0.8, 0.5
#: Least cosine of two that say the same in other words, where they share a third of their words too.
_COSINE, _SHARED = 0.8, 0.4
#: … and where they report a figure in common, half of their words; where several and no other, fewer.
_COSINE_OF_FIGURES, _SHARED_OF_FIGURES = 0.55, 0.5
_SEVERAL, _COSINE_OF_SEVERAL, _SHARED_OF_SEVERAL = 2, 0.5, 0.3
_FEWEST = 3
#: Content words of a sentence so short that each of them tells it apart.
_SHORT = 5
#: Words that turn a sentence into its contrary, with their tags.
_NO = {"않": "VX", "못하": "VX", "못": "MAG", "안": "MAG", "말": "VX", "아니": "VCN", "없": "VA"}


def likeness(draft: Draft, words: Overlap | None = None) -> tuple[Matrix, NDArray[np.bool_]]:
    """Compare all sentences of an article.

    Parameters
    ----------
    words
        The words that they share, where these are known already.

    Returns
    -------
    alike
        Shape (n, n), 0 to 1: the cosine or the Dice coefficient (Dice 1945) of the content words,
        whichever is larger; 1 on the diagonal.
    same
        Shape (n, n): whether two say the same. Sentences whose figures differ never do.
    """
    units, vectors = draft.units, draft.vectors if draft.similar is None else draft.similar
    words = overlap(draft.tokens) if words is None else words
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
    negated = _negated(draft.tokens)
    for alike_ in (same, maybe, several):
        alike_ &= negated[:, None] == negated[None, :]
    alike_in_words = same & (contained >= _CONTAINED)
    pairs = np.argwhere(np.triu(same | maybe | several, 1)).tolist()
    figures = {i: _figures(units[i].text) for i in {i for pair in pairs for i in pair}}
    sets = {i: _parts(units[i]) for i in figures}
    for i, j in pairs:
        if draft.first[i] == draft.first[j]:
            continue
        one, other = figures[i], figures[j]
        if not one & other and _differ(sets[i], sets[j], bool(alike_in_words[i, j])):
            same[i, j] = same[j, i] = False
            continue
        within = one <= other or other <= one
        said = same[i, j] or (maybe[i, j] and bool(one & other))
        same[i, j] = same[j, i] = (within and said) or (one == other and len(one) >= _SEVERAL)
    for i, first in enumerate(draft.first):
        same[i, first] = same[first, i] = True
    np.fill_diagonal(same, False)
    alike = np.maximum(cosine, dice)
    np.fill_diagonal(alike, 1.0)
    return alike, same


def _negated(tokens: Tokens) -> NDArray[np.bool_]:
    """Which sentences an odd number of morphemes turns into their contrary."""
    known = np.array([form in _NO for form in tokens.forms], dtype=bool)
    at = np.flatnonzero(known[tokens.form])
    no = [
        TAGS[tag].partition("-")[0] == _NO[tokens.forms[form]]
        for form, tag in zip(tokens.form[at].tolist(), tokens.tag[at].tolist(), strict=True)
    ]
    odd: NDArray[np.bool_] = np.bincount(rows(tokens)[at[no]], minlength=len(tokens.bounds) - 1) % 2 == 1
    return odd


def _parts(unit: Unit) -> tuple[frozenset[str], frozenset[str]]:
    """The nouns and names of a sentence, and its other content words."""
    nouns = frozenset(token.form for token in unit.tokens if token.tag in NOUNS)
    rest = (token.form for token in unit.tokens if token.tag.startswith(("VV", "VA", "SN")))
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


def _figures(text: str) -> frozenset[int | Decimal | str]:
    """The values of its figures (1조 2,000억 is 1.2조); what has none (2026.11.22) as it is written."""
    return frozenset(
        text[one.start : one.end] if one.value is None else one.value
        for one in find_numbers(text)
        if not _NAMED.search(text, max(0, one.start - 2), one.start) and not _DATED.match(text, one.end)
    )
