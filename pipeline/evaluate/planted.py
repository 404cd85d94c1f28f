"""What was planted in labelled articles: statements that can't both be right, and such as only look so."""

from __future__ import annotations

import json
import re
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from ..korean.numerals import find_numbers
from ..korean.spelling import letters_of
from ..records import Report

#: Beside a folder of articles.
_DIFFERING, _ALIKE = "disagreements.json", "lookalikes.json"
#: Letters from which on a part of a sentence stands for it.
_PART = 12
#: A year before a time: 2028년 3분기 and 그해 3분기 are one.
_YEAR = re.compile(r"(?:\d{4}년|내년|올해|그해)\s?")


@dataclass(frozen=True, slots=True)
class Statement:
    """A value in a sentence of an article, by the name of its file."""

    article: str
    text: str
    value: str

    def is_in(self, report: Report, sentence: int) -> bool:
        """Whether a sentence of a report makes it."""
        if Path(report.source.path).stem != self.article:
            return False
        mine, its = letters_of(self.text), letters_of(report.sentences[sentence].text)
        return mine in its or (len(its) > _PART and its in mine)

    def has(self, written: str) -> bool:
        """Whether a figure, as it is written, is the one of this statement."""
        mine, its = (_YEAR.sub("", letters_of(text)) for text in (self.value, written))
        if mine == its:
            return True
        values = [[one.value for one in find_numbers(text)] for text in (self.value, written)]
        return len(values[0]) == 1 and values[0] == values[1] and values[0][0] is not None


@dataclass(frozen=True, slots=True)
class Planted:
    """Statements of a labelled set, each with those that it differs from, or seems to.

    Attributes
    ----------
    differing
        What can't both be right.
    alike
        What can be: other periods, other companies, rounded values.
    """

    differing: tuple[tuple[Statement, ...], ...] = ()
    alike: tuple[tuple[Statement, ...], ...] = ()


def planted_in(path: Path) -> Planted | None:
    """What is planted in a folder of articles; None where nobody says."""
    if not (path / _DIFFERING).is_file():
        return None
    return Planted(_read(path / _DIFFERING), _read(path / _ALIKE) if (path / _ALIKE).is_file() else ())


def _read(file: Path) -> tuple[tuple[Statement, ...], ...]:
    told: Sequence[Any] = json.loads(file.read_text(encoding="utf-8"))
    return tuple(
        tuple(
            Statement(side["article"], side.get("text") or side["sentence"], side["value"])
            for side in one["sides"]
        )
        for one in told
    )
