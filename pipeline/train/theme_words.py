"""What words say of the themes of a set, learned from the articles that are labelled by it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from ..records import LearnedWords
from ..themes.words import heard_by, share, shares, vocabulary

if TYPE_CHECKING:
    from ..themes import Evidence
    from ..themes.words import Word

    Matrix = NDArray[np.float64]
    #: The words of each content unit of an article.
    Spoken = tuple[frozenset[Word], ...]

#: Sentences that a word stands in at least, and the inverse of the ridge: by cross-validation.
_SEEN, _LOOSE = 3, 0.3


def learn(articles: Sequence[tuple[Spoken, Matrix]], sides: tuple[str, ...]) -> LearnedWords:
    """Fit a multinomial logistic regression with a ridge to which words a sentence and its article have.

    Parameters
    ----------
    articles
        Of each the words of its units, and the share of the readers that gave each unit each side, shape
        (n, sides): zeros where none did.
    """
    from scipy import sparse
    from sklearn.linear_model import LogisticRegression

    told = [(spoken, targets) for spoken, targets in articles if targets.any()]
    seen = Counter(word for spoken, _ in told for words in spoken for word in words)
    heard = Counter(word for spoken, _ in told for word in frozenset().union(*spoken))
    known = sorted(word for word, count in seen.items() if count >= _SEEN)
    column = {word: n for n, word in enumerate(known)}
    # What an article has as a whole is learned of words of several.
    wide = {column[word] for word in known if heard[word] >= _SEEN}
    ends, columns, values = [0], [], []
    for spoken, targets in told:
        own = [sorted(column[word] for word in words if word in column) for words in spoken]
        count = Counter(c for one in own for c in one)
        article = sorted(count)
        weights = shares(np.array([count[c] for c in article]), len(spoken)).tolist() if article else []
        around = [(len(known) + c, much) for c, much in zip(article, weights, strict=True) if c in wide]
        for words in (one for one, row in zip(own, targets, strict=True) if row.any()):
            columns += [*words, *(c for c, _ in around)]
            values += [*([share(len(words))] * len(words)), *(much for _, much in around)]
            ends.append(len(columns))
    rows = sparse.csr_matrix((values, columns, ends), shape=(len(ends) - 1, 2 * len(known)))
    # A sentence that its readers see differently counts for each of them.
    targets = np.concatenate([own[own.any(axis=1)] for _, own in told])
    which, side = np.nonzero(targets)
    model = LogisticRegression(C=_LOOSE, max_iter=1000)
    model.fit(rows[which], side, sample_weight=targets[which, side])
    found, bias = np.zeros((2 * len(known), len(sides))), np.full(len(sides), -9.0)
    found[:, model.classes_], bias[model.classes_] = model.coef_.T, model.intercept_
    both = np.concatenate(np.split(found, 2), axis=1)
    return LearnedWords(
        sides,
        tuple((bias.round(2) + 0.0).tolist()),
        {
            f"{form}/{tag}": tuple(row)
            for (form, tag), row in zip(known, (both.round(2) + 0.0).tolist(), strict=True)
        },
    )


def with_words(evidence: Evidence, spoken: Spoken, words: LearnedWords) -> Evidence:
    """Evidence as the theme step finds it by learned words."""
    return replace(evidence, heard=heard_by(spoken, evidence.place.bounds, vocabulary(words)))


def write_words(words: LearnedWords, path: Path, head: str) -> None:
    """Write learned words as a table that a person can read, what tells most first."""
    ranked = sorted(words.weights.items(), key=lambda pair: (-max(map(abs, pair[1])), pair[0]))
    around = [f"article.{side}" for side in words.sides]
    head_row, bias_row = ("word", *words.sides, *around), ("-", *words.bias, *([0.0] * len(around)))
    rows = [head_row, bias_row, *((word, *row) for word, row in ranked)]
    path.write_text(head + "".join("\t".join(map(str, row)) + "\n" for row in rows), encoding="utf-8")
