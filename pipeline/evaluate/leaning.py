"""Articles of which a reader said which sentences lean on others: ``models/training/leaning``.

A file begins with ``# `` and a title; each line after it is a sentence: what it leans on (numbers from 1, any
of which makes it understood; ``-``: it stands alone), of what kind that is, its text.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from ..records import Draft, GoldError
from ..run import Pipeline
from .gold import of_sentences


@dataclass(frozen=True, slots=True)
class LeaningCase:
    """An article ready to be summarized, and whether each of its units stands alone."""

    name: str
    draft: Draft
    stands: tuple[bool, ...]


def is_leaning(path: Path) -> bool:
    """Whether a folder holds such files."""
    first = next(iter(sorted(path.glob("*.tsv"))), None)
    return (
        first is not None
        and first.read_text(encoding="utf-8").startswith("# ")
        and not (first.read_text(encoding="utf-8").startswith("# article"))
    )


def leaning_cases(pipeline: Pipeline, path: Path) -> list[LeaningCase]:
    """Analyse the articles of a folder, by name.

    Raises
    ------
    GoldError
        When a line is not as its layout.
    """
    found = []
    for file in sorted(path.glob("*.tsv")):
        title, *lines = file.read_text(encoding="utf-8").splitlines()
        labels: Sequence[Sequence[str]] = [line.split("\t") for line in lines]
        if any(len(label) != 3 for label in labels):
            raise GoldError(file, "not-as-its-layout", "not three columns")
        article = of_sentences(title.removeprefix("# "), [text for *_, text in labels], file.name)
        draft = pipeline.draft(article)
        if len(draft.units) == len(labels):
            stands = tuple(mark == "-" for mark, *_ in labels)
            found.append(LeaningCase(file.stem, draft, stands))
    return found
