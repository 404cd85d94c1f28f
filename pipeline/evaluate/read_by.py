"""Folders of articles that several readers labelled: where everything stands.

``articles/NAME.ENDING`` is an article; ``units/NAME.json`` numbers the stretches of its text (``units``, each
with ``i``, ``kind`` and offsets in code points, and ``doc``, which may name the ``event``); each of
``reader-a/NAME.json``, ``reader-b/NAME.json`` … is what one reader says of them.
"""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from ..readers import read
from ..records import Article, Failure, GoldError

ARTICLES, _UNITS, READERS = "articles", "units", "reader-*"


def is_read_by_several(folder: Path) -> bool:
    """Whether a folder is laid out so."""
    return (folder / ARTICLES).is_dir() and (folder / _UNITS).is_dir() and any(folder.glob(READERS))


def names_in(folder: Path) -> list[str]:
    """Names of the articles whose units are numbered, in order."""
    return [file.stem for file in sorted((folder / _UNITS).glob("*.json"))]


def path_of(folder: Path, name: str) -> Path | None:
    """The file of an article; None where there is none."""
    return next(iter(sorted((folder / ARTICLES).glob(f"{name}.*"))), None)


def article_of(folder: Path, name: str) -> Article:
    """An article by its name.

    Raises
    ------
    GoldError
        When there is none, or it can't be read.
    """
    path = path_of(folder, name)
    found = next(iter(read(path)), None) if path is not None else None
    if not isinstance(found, Article):
        reason = found.reason if isinstance(found, Failure) else "missing"
        raise GoldError(path or folder / ARTICLES / name, "no-article", reason)
    return found


def units_of(folder: Path, name: str) -> Any:
    """What ``units/NAME.json`` says.

    Raises
    ------
    GoldError
        When it can't be read.
    """
    return read_json(folder / _UNITS / f"{name}.json")


def said_of(folder: Path, name: str, by_all: bool = False) -> list[Any]:
    """What each reader says of an article, in the order of their names.

    Parameters
    ----------
    by_all
        Whether all have to have read it; else those that did.

    Raises
    ------
    GoldError
        When nobody does, or a file can't be read.
    """
    files = [reader / f"{name}.json" for reader in sorted(folder.glob(READERS))]
    files = [file for file in files if by_all or file.is_file()]
    if not files:
        raise GoldError(folder / READERS / f"{name}.json", "no-gold-summaries")
    return [read_json(file) for file in files]


def read_json(file: Path) -> Any:
    """A JSON file of labels.

    Raises
    ------
    GoldError
        When it can't be read.
    """
    try:
        return json.loads(file.read_text(encoding="utf-8-sig"))
    except (OSError, UnicodeDecodeError, json.JSONDecodeError) as error:
        raise GoldError(file, "not-json", error) from error
