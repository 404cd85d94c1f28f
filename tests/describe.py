"""What a file reads as, in lines: the expected side of the cases below ``tests/cases``.

``python -m tests.describe FILE…`` prints it, for a new case: look at it before you save it as FILE.expected.
With ``--why`` it names the rules by which a line is no part of its article.
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
from pipeline.records import Article, BoilerplateRule, Document, Failure, Reading
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


def why(path: str) -> Iterator[str]:
    """Lines that are no part of their article, each with the rules that take it by themselves."""
    for article in read(path):
        if isinstance(article, Failure):
            continue
        tables = set(_boilerplate(article, ()))  # and what else needs no rule
        taken = {rule.name: _boilerplate(article, (rule,)) for rule in load_boilerplate()}
        for start, end in sorted({*_boilerplate(article, load_boilerplate())} - tables):
            rules = [name for name, places in taken.items() if any(a < end and start < b for a, b in places)]
            yield f"{', '.join(rules) or 'several together'} | {' '.join(article.text[start:end].split())}"


def _boilerplate(article: Article, rules: tuple[BoilerplateRule, ...]) -> list[tuple[int, int]]:
    blocks = layout.lay_out(article, rules).blocks
    return [(block.starts[0], block.ends[-1]) for block in blocks if block.kind == "boilerplate"]


if __name__ == "__main__":
    names = [name for name in sys.argv[1:] if name != "--why"]
    for name in map(Path, names):
        with chdir(name.parent):  # as the tests do: a case names its file alone
            lines = why(name.name) if "--why" in sys.argv else [describe(name.name)]
            sys.stdout.write("".join(f"{line}\n" for line in lines))
