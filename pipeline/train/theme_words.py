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
from ..themes.words import heard_by, share, vocabulary

if TYPE_CHECKING:
    from ..themes import Evidence
    from ..themes.words import Word

    Matrix = NDArray[np.float64]
    #: The words of each content unit of an article.
    Spoken = tuple[frozenset[Word], ...]

#: Sentences that a word stands in at least, and the inverse of the ridge: by cross-validation.
_SEEN, _LOOSE = 3, 0.3


def learn(articles: Sequence[tuple[Spoken, Matrix]], sides: tuple[str, ...]) -> LearnedWords:
    """Fit a multinomial logistic regression with a ridge to which words a sentence has.

    Parameters
    ----------
    articles
        Of each the words of its units, and the share of the readers that gave each unit each side, shape
        (n, sides): zeros where none did.
    """
    from scipy import sparse
    from sklearn.linear_model import LogisticRegression

    told = [
        (words, row)
        for spoken, targets in articles
        for words, row in zip(spoken, targets, strict=True)
        if row.any()
    ]
    seen = Counter(word for words, _ in told for word in words)
    known = sorted(word for word, count in seen.items() if count >= _SEEN)
    column = {word: n for n, word in enumerate(known)}
    ends, columns, values = [0], [], []
    for words, _ in told:
        own = sorted(column[word] for word in words if word in column)
        columns += own
        values += [share(len(own))] * len(own)
        ends.append(len(columns))
    rows = sparse.csr_matrix((values, columns, ends), shape=(len(told), len(known)))
    # A sentence that its readers see differently counts for each of them.
    targets = np.stack([row for _, row in told])
    which, side = np.nonzero(targets)
    model = LogisticRegression(C=_LOOSE, max_iter=1000)
    model.fit(rows[which], side, sample_weight=targets[which, side])
    weights, bias = np.zeros((len(known), len(sides))), np.full(len(sides), -9.0)
    weights[:, model.classes_], bias[model.classes_] = model.coef_.T, model.intercept_
    return LearnedWords(
        sides,
        tuple((bias.round(2) + 0.0).tolist()),
        {
            f"{form}/{tag}": tuple(row)
            for (form, tag), row in zip(known, (weights.round(2) + 0.0).tolist(), strict=True)
        },
    )


def with_words(evidence: Evidence, spoken: Spoken, words: LearnedWords) -> Evidence:
    """Evidence as the theme step finds it by learned words."""
    return replace(evidence, heard=heard_by(spoken, vocabulary(words)))


def write_words(words: LearnedWords, path: Path, head: str) -> None:
    """Write learned words as a table that a person can read, what tells most first."""
    ranked = sorted(words.weights.items(), key=lambda pair: (-max(map(abs, pair[1])), pair[0]))
    rows = [("word", *words.sides), ("-", *words.bias), *((word, *row) for word, row in ranked)]
    path.write_text(head + "".join("\t".join(map(str, row)) + "\n" for row in rows), encoding="utf-8")
