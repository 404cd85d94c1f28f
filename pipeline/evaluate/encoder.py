"""Semantic textual similarity: Spearman's correlation between cosines and human scores."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from pipeline.encode import Encoder

from ..records import DataError

#: What of a data folder is for measuring, when it is there.
_MEASURED = ("korsts/sts-dev.tsv", "korsts/sts-test.tsv", "klue/klue-sts-*.json")
#: Pairs encoded at once.
_BATCH = 512


@dataclass(frozen=True, slots=True)
class SentencePairs:
    """Pairs of sentences with a human score each (0, unrelated, to 5, the same)."""

    name: str
    left: tuple[str, ...]
    right: tuple[str, ...]
    scores: tuple[float, ...]


@dataclass(frozen=True, slots=True)
class StsScore:
    """How well cosines follow the human scores, both correlations times 100."""

    name: str
    pairs: int
    spearman: float
    pearson: float


def sts_files(data: Path) -> list[Path]:
    """Files to measure on: `data` itself when it is a file, else the test and dev splits in the folder.

    Raises
    ------
    FileNotFoundError
        When there are none.
    """
    if data.is_file():
        return [data]
    files = [file for pattern in _MEASURED for file in sorted(data.glob(pattern))]
    if not files:
        raise FileNotFoundError(data / _MEASURED[0])
    return files


def read_pairs(file: Path) -> SentencePairs:
    """Read KorSTS's tab-separated layout (Ham et al. 2020) or KLUE-STS's JSON (Park et al. 2021).

    In KorSTS quotes are plain characters. Of KLUE's labels the real-valued one is taken.

    Raises
    ------
    DataError
        When the file is in neither layout; the message names the file and the place.
    """
    text = file.read_text(encoding="utf-8-sig")
    try:
        rows = _json_rows(text) if file.suffix == ".json" else _tsv_rows(text)
    except (KeyError, TypeError, IndexError, ValueError) as error:
        raise DataError(file, f"not a file of scored sentence pairs ({error})") from error
    if not rows:
        raise DataError(file, "no scored sentence pairs")
    left, right, scores = zip(*rows, strict=True)
    return SentencePairs(file.stem, left, right, scores)


def _json_rows(text: str) -> list[tuple[str, str, float]]:
    return [(row["sentence1"], row["sentence2"], _real(row["labels"])) for row in json.loads(text)]


def _real(labels: Any) -> float:
    return float(labels["real-label"] if "real-label" in labels else labels["label"])


def _tsv_rows(text: str) -> list[tuple[str, str, float]]:
    header, *lines = text.split("\n")
    columns = header.rstrip("\r").split("\t")
    first, second, score = (columns.index(name) for name in ("sentence1", "sentence2", "score"))
    rows = []
    for number, line in enumerate(lines, start=2):
        if line.strip():
            cells = line.rstrip("\r").split("\t")
            if len(cells) <= max(first, second, score):
                raise ValueError(f"line {number}: {len(cells)} columns")
            rows.append((cells[first], cells[second], float(cells[score])))
    return rows


def evaluate_encoder(encoder: Encoder, files: Sequence[Path]) -> list[StsScore]:
    """Measure an encoder on each file.

    Raises
    ------
    DataError
        When a file can't be read; see `read_pairs`.
    """
    return [score_pairs(encoder, read_pairs(file)) for file in files]


def score_pairs(encoder: Encoder, pairs: SentencePairs) -> StsScore:
    """Measure an encoder on pairs that have been read."""
    cosines = np.concatenate(
        [
            np.einsum(
                "ij,ij->i",
                encoder.encode(pairs.left[start : start + _BATCH]),
                encoder.encode(pairs.right[start : start + _BATCH]),
            )
            for start in range(0, len(pairs.scores), _BATCH)
        ]
    )
    return StsScore(
        pairs.name,
        len(pairs.scores),
        100 * _pearson(_ranks(cosines), _ranks(np.array(pairs.scores))),
        100 * _pearson(cosines, np.array(pairs.scores)),
    )


def _pearson(ones: NDArray[Any], others: NDArray[Any]) -> float:
    return float(np.corrcoef(ones, others)[0, 1])


def _ranks(values: NDArray[Any]) -> NDArray[np.float64]:
    """Ranks from 1 on; values that are the same have the mean of theirs."""
    _, at, counts = np.unique(values, return_inverse=True, return_counts=True)
    ranks: NDArray[np.float64] = np.cumsum(counts) - (counts - 1) / 2
    return ranks[at]
