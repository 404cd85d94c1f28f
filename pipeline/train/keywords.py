"""Weights of the keyword score: `models/keywords.toml`.

A logistic regression over the features of `pipeline.keywords.score` and over single words: does an editor
take this term? Each weight may only have the sign that its feature was made for (a name in a heading is no
worse for it), and each word's is drawn to nothing, so that a few articles don't teach it their accidents.
Articles that were labelled by another brief help: they share all weights, but may differ from them
(Daumé III 2007), and the words, which may not. Fitted with L-BFGS-B (Byrd et al. 1995).
"""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from ..evaluate.keywords import GoldArticle, matches
from ..keywords.score import FEATURES
from ..run import Pipeline, lab

#: Where the lexicon tells words apart, in the order of the file.
PLACES = ("alone", "first", "last")

#: Features that are fitted: the lexicon's is the sum of what is fitted to words.
_FITTED = tuple(name for name in FEATURES if name != "lexicon")
#: Features that can only speak against a term; all others but `_FREE` only for it.
_AGAINST = frozenset(
    {
        "once",
        "longer",
        "held",
        "common",
        "ordinary",
        "bare",
        "short",
        "single",
        "endsname",
        "joined",
        "source",
        "place",
        "loose",
        "metric",
    }
)
_FREE = frozenset({"item", "figures", "verb", "person"})
_PENALTY = 10.0  # L2, on standardized weights
_WORD_PENALTY = 2.5  # L2, on the weights of words
_OTHER = 0.5  # what an article by another brief counts
_ARTICLES = 3  # that have a word, before it has a weight
_WORTH = 0.05  # log odds: less is not written
#: A row is at least this likely: a short article gets a short table.
_LEAST = 0.03


@dataclass(frozen=True, slots=True)
class Labelled:
    """The terms of an article, and whether an editor took them.

    Attributes
    ----------
    article
        Of two readers' labels of one article each counts half.
    terms
        Features of each term.
    words
        Where which words stand in each term, as `pipeline.keywords.score.said` gives them.
    other
        Labelled by another brief than the one that the table is to follow.
    """

    article: str
    terms: Sequence[Mapping[str, float]]
    words: Sequence[Sequence[tuple[str, str]]]
    taken: Sequence[bool]
    other: bool = False


@dataclass(frozen=True, slots=True)
class Fitted:
    """Weights of the features with ``bias`` and ``least``, and log odds of words by where they stand."""

    weights: dict[str, float]
    lexicon: dict[str, dict[str, float]]


def labelled(golds: Sequence[GoldArticle], pipeline: Pipeline, *, other: bool = False) -> list[Labelled]:
    """The terms of articles, each of which is analysed once, and whether their readers took them."""
    articles = {one.article.id: one.article for one in golds}
    terms = {key: lab.keyword_terms(pipeline, pipeline.analyse(one)) for key, one in articles.items()}
    return [
        Labelled(
            article=one.article.id,
            terms=[features for _, features, _ in terms[one.article.id]],
            words=[words for _, _, words in terms[one.article.id]],
            taken=[matches(one, forms) for forms, _, _ in terms[one.article.id]],
            other=other,
        )
        for one in golds
    ]


def fit(articles: Sequence[Labelled]) -> Fitted:
    """Weights from the features and words of terms and whether an editor took them."""
    from scipy.optimize import minimize
    from scipy.sparse import csr_matrix

    x = np.array([[term[name] for name in _FITTED] for one in articles for term in one.terms])
    y = np.array([taken for one in articles for taken in one.taken], dtype=float)
    other = np.array([one.other for one in articles for _ in one.terms], dtype=float)
    readers = Counter(one.article for one in articles)
    each = [(_OTHER if one.other else 1.0) / readers[one.article] for one in articles]
    count = np.repeat(each, [len(one.terms) for one in articles])
    vocabulary = _vocabulary(articles)
    said = [[vocabulary[w] for w in words if w in vocabulary] for one in articles for words in one.words]
    ends = np.cumsum([0, *map(len, said)])
    flat = np.array([w for own in said for w in own], dtype=np.int64)
    lexicon = csr_matrix((np.ones(len(flat)), flat, ends), shape=(len(y), len(vocabulary)))

    mean = np.average(x, axis=0, weights=count)
    scale = x.std(axis=0) + 1e-9
    rows = (x - mean) / scale
    # A column for each feature, each feature in what is other, the latter's bias, and the bias.
    dense = np.hstack([rows, rows * other[:, None], other[:, None], np.ones((len(y), 1))])
    size = dense.shape[1]
    penalty = np.concatenate([np.full(size - 1, _PENALTY), [0.0], np.full(len(vocabulary), _WORD_PENALTY)])

    def loss(point: NDArray[np.float64]) -> tuple[float, NDArray[np.float64]]:
        z = dense @ point[:size] + lexicon @ point[size:]
        off = (1.0 / (1.0 + np.exp(-z)) - y) * count
        value = np.sum(count * (np.logaddexp(0.0, z) - y * z)) + penalty @ point**2 / 2
        return float(value), np.concatenate([dense.T @ off, lexicon.T @ off]) + penalty * point

    free: tuple[float | None, float | None] = (None, None)
    bounds = [*map(_bounds, _FITTED), *[free] * (size - len(_FITTED) + len(vocabulary))]
    found = minimize(loss, np.zeros(len(bounds)), jac=True, bounds=bounds, method="L-BFGS-B").x
    weights = found[: len(_FITTED)] / scale
    bias = found[size - 1] - float(weights @ mean)
    rounded = {name: round(float(w), 3) + 0.0 for name, w in zip(_FITTED, weights, strict=True)}
    words: dict[str, dict[str, float]] = {place: {} for place in PLACES}
    for (place, key), worth in zip(vocabulary, found[size:].tolist(), strict=True):
        if abs(worth) >= _WORTH:
            words[place][key] = round(worth, 2)
    return Fitted({**rounded, "lexicon": 1.0, "bias": round(float(bias), 3), "least": _LEAST}, words)


def _vocabulary(articles: Sequence[Labelled]) -> dict[tuple[str, str], int]:
    """Words with where they stand that enough articles have, and their numbers."""
    by_article: dict[str, set[tuple[str, str]]] = {}
    for one in articles:
        by_article.setdefault(one.article, set()).update(word for words in one.words for word in words)
    counts = Counter(word for own in by_article.values() for word in own)
    return {word: n for n, word in enumerate(sorted(w for w, n in counts.items() if n >= _ARTICLES))}


def write(fitted: Fitted, sources: str, out: Path) -> None:
    """Write weights as TOML, with what they were fitted to."""
    tables: dict[str, Any] = {"weights": fitted.weights, **fitted.lexicon}
    text = (
        "# Weights of the keyword score, in log odds; made by `yoyak train keywords`,\n"
        f"# fitted to {sources}.\n"
        "# Behind them what a word is worth that stands alone, first or last in a phrase.\n"
    )
    for name, table in tables.items():
        names = {key: key if name == "weights" else json.dumps(key, ensure_ascii=False) for key in table}
        rows = (f"{names[key]} = {value}\n" for key, value in table.items())
        text += f"\n[{name}]\n" + "".join(rows)
    out.write_text(text, encoding="utf-8")


def _bounds(name: str) -> tuple[float | None, float | None]:
    if name in _FREE:
        return None, None
    return (None, 0.0) if name in _AGAINST else (0.0, None)
