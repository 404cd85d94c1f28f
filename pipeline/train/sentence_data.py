"""Sentences, sentence pairs and inferences for training the encoder, from the folder of training data."""

from __future__ import annotations

import json
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

from pipeline.evaluate.encoder import SentencePairs, read_pairs

from ..records import DataError

Inference = tuple[str, str, str]
Triplet = tuple[str, str, str]


@dataclass(frozen=True, slots=True)
class SentenceData:
    """What the encoder is trained on.

    Attributes
    ----------
    pairs
        Scored pairs: KorSTS train.
    triplets
        Premise, something that follows from it, something that contradicts it: KorNLI's XNLI, KLUE-NLI.
    texts
        All sentences, each once, in a fixed order: for counting morphemes.
    """

    pairs: SentencePairs
    triplets: tuple[Triplet, ...]
    texts: tuple[str, ...]


def read_sentence_data(data: Path) -> SentenceData:
    """Read ``korsts/sts-train.tsv``, ``kornli/*.tsv``, ``klue/klue-nli-*.json``, ``news-sentences/*.ko``.

    Raises
    ------
    FileNotFoundError
        When one of these is missing.
    ValueError
        When a file is not in its layout.
    """
    pairs = read_pairs(data / "korsts" / "sts-train.tsv")
    inferences = [row for file in _files(data, "kornli/*.tsv") for row in _tsv(file)]
    inferences += [row for file in _files(data, "klue/klue-nli-*.json") for row in _json(file)]
    news = [
        line.strip()
        for file in _files(data, "news-sentences/*.ko")
        for line in file.read_text(encoding="utf-8").splitlines()
    ]
    sentences = [*pairs.left, *pairs.right, *(text for row in inferences for text in row[:2]), *news]
    return SentenceData(pairs, tuple(_triplets(inferences)), tuple(dict.fromkeys(filter(None, sentences))))


def _files(data: Path, pattern: str) -> list[Path]:
    files = sorted(data.glob(pattern))
    if not files:
        raise FileNotFoundError(data / pattern)
    return files


def _tsv(file: Path) -> list[Inference]:
    _, *lines = file.read_text(encoding="utf-8").split("\n")
    rows = [line.rstrip("\r").split("\t") for line in lines if line]
    if any(len(row) != 3 for row in rows):
        raise DataError(file, "not three columns everywhere")
    return [(premise, hypothesis, label) for premise, hypothesis, label in rows]


def _json(file: Path) -> list[Inference]:
    try:
        rows = json.loads(file.read_text(encoding="utf-8"))
        return [(row["premise"], row["hypothesis"], row["gold_label"]) for row in rows]
    except (KeyError, TypeError, ValueError) as error:
        raise DataError(file, f"not KLUE-NLI ({error})") from error


def _triplets(inferences: Iterable[Inference]) -> Iterable[Triplet]:
    by_premise: dict[str, dict[str, list[str]]] = {}
    for premise, hypothesis, label in inferences:
        by_premise.setdefault(premise, {}).setdefault(label, []).append(hypothesis)
    for premise, hypotheses in by_premise.items():
        for entailed in hypotheses.get("entailment", []):
            for contradicting in hypotheses.get("contradiction", []):
                yield premise, entailed, contradicting
