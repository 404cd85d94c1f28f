"""The morpheme vectors inside Kiwi's language model, by what its public methods tell.

Kiwi gives the cosine of any two morphemes, not the vectors. The vectors have few dimensions, so their
cosines with some hundred landmarks determine them up to a rotation: Nyström's method (Williams & Seeger
2000, https://papers.nips.cc/paper/1866), which is exact once there are more landmarks than dimensions.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

if TYPE_CHECKING:
    from kiwipiepy import Kiwi

#: Dimensions of CoNg.
DIMENSIONS = 256
_LANDMARKS = 512
#: The first ids are classes of symbols and have no vector of their own.
_CLASSES = 40
_STEP = 1000


def morpheme_vectors(
    kiwi: Kiwi, seed: int, progress: Callable[[int, int], None]
) -> tuple[list[str], NDArray[np.float64]]:
    """Forms and tags of all morphemes of the model, and their vectors.

    Parameters
    ----------
    seed
        Of the choice of landmarks.
    progress
        Called with the number of morphemes done and of all.

    Returns
    -------
    keys, vectors
        ``form/tag`` in the order of Kiwi's ids (by frequency), and rows of length 1, shape (n, 256).

    Raises
    ------
    ValueError
        When the model doesn't have the expected number of dimensions.
    """
    keys = _morphemes(kiwi)
    landmarks = np.random.default_rng(seed).choice(np.arange(_CLASSES, len(keys)), _LANDMARKS, replace=False)
    columns, cosine = landmarks.tolist(), kiwi.morpheme_similarity
    cosines = np.empty((len(keys), _LANDMARKS))
    for row in range(len(keys)):
        cosines[row] = [cosine(row, column) for column in columns]
        if row % _STEP == 0:
            progress(row, len(keys))
    progress(len(keys), len(keys))
    return keys, nystrom(cosines, landmarks, DIMENSIONS)


def nystrom(
    cosines: NDArray[np.float64], landmarks: NDArray[np.int64], dimensions: int
) -> NDArray[np.float64]:
    """Vectors of length 1 out of their cosines with some of them.

    Parameters
    ----------
    cosines
        Shape (n, m).
    landmarks
        Which of the n rows the m columns are.
    dimensions
        Of the vectors.

    Raises
    ------
    ValueError
        When the cosines are of vectors with fewer dimensions than that, or with more.
    """
    among = cosines[landmarks]
    values, axes = np.linalg.eigh((among + among.T) / 2)
    values, axes = values[::-1], axes[:, ::-1]
    if values[dimensions - 1] < 1e-2 or np.abs(values[dimensions:]).max(initial=0.0) > 1e-2:
        raise ValueError(f"the model's vectors do not have {dimensions} dimensions")
    vectors = cosines @ (axes[:, :dimensions] / np.sqrt(values[:dimensions]))
    unit: NDArray[np.float64] = vectors / np.linalg.norm(vectors, axis=1, keepdims=True)
    return unit


def whiten(vectors: NDArray[np.float64], weights: NDArray[np.float64]) -> NDArray[np.float64]:
    """Centre, whiten and scale to length 1 (Su et al. 2021, https://arxiv.org/abs/2103.15316).

    Parameters
    ----------
    weights
        How much each row counts in the mean and the covariance, shape (n,).
    """
    share = (weights / weights.sum())[:, None]
    centred = vectors - (share * vectors).sum(axis=0)
    values, axes = np.linalg.eigh((share * centred).T @ centred)
    white = centred @ (axes / np.sqrt(values))
    unit: NDArray[np.float64] = white / np.linalg.norm(white, axis=1, keepdims=True)
    return unit


def _morphemes(kiwi: Kiwi) -> list[str]:
    # Asked for more than there are, Kiwi names all but the one that was asked about.
    first = kiwi.most_similar_morphemes(0, top_n=1_000_000)
    found = {morpheme.id: f"{morpheme.form}/{morpheme.tag}" for morpheme in first}
    found.setdefault(0, "/UN")
    return [found[number] for number in range(len(found))]
