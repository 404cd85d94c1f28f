"""What a file reads as, in lines: the expected side of the cases below ``tests/cases``.

``python -m tests.describe FILE…`` prints it, for a new case: look at it before you save it as FILE.expected.
"""

from __future__ import annotations

import sys
from collections.abc import Iterator
from contextlib import chdir
from dataclasses import asdict
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING

from pipeline import korean, layout, read
from pipeline.records import Document, Failure, Reading
from pipeline.settings import load_boilerplate, load_settings, resource

if TYPE_CHECKING:
    from kiwipiepy import Kiwi


@lru_cache(maxsize=1)
def _kiwi() -> Kiwi:
    settings = load_settings()
    return korean.load_kiwi(resource(settings.korean.words), settings.korean.multi_word_dictionary)


def documents(path: str, reading: Reading | None = None) -> Iterator[Document | Failure]:
    """Documents of a file, split into units."""
    for article in read(path, reading):
        if isinstance(article, Failure):
            yield article
        else:
            yield korean.split(_kiwi(), [layout.lay_out(article, load_boilerplate())])[0]


def describe(path: str, reading: Reading | None = None) -> str:
    """Articles, failures, notes, units and tables of a file."""
    reading = reading or Reading()
    return "\n".join(line for one in documents(path, reading) for line in _lines(one, reading))


def _lines(document: Document | Failure, reading: Reading) -> Iterator[str]:
    if isinstance(document, Failure):
        yield f"✗ {document.source} | {document.step}: {document.reason}"
        return
    article = document.article
    yield f"✓ {article.source.path}"
    yield f"title: {document.title or ''}"
    for key, value in asdict(article.source).items():
        if value and key not in ("path", "sha256"):
            yield f"{key}: {value}"
    yield from (f"note: {note}" for note in article.notes)
    if wrong := layout.trouble(document, reading.limits):
        yield f"✗ {article.source.path} | layout: {wrong[0]}"
    yield from (f"{unit.kind} | {unit.text}" for unit in document.units)
    yield from (f"table {' | '.join(row)}" for table in document.tables for row in table.rows)


if __name__ == "__main__":
    for name in map(Path, sys.argv[1:]):
        with chdir(name.parent):  # as the tests do: a case names its file alone
            sys.stdout.write(describe(name.name) + "\n")
