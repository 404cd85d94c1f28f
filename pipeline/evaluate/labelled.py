"""Articles with the theme of every sentence, given by people: for fitting weights and for measuring.

A file is tab-separated. It opens with ``# article``, ``# set`` and ``# split`` lines (the article's path
beside the file, ``file.jsonl:2`` for a line of a JSON Lines file; the theme set's name; ``fit`` or
``test``), then has a line a sentence: its theme, ``aws+retail`` for two, and its text or, where the text
may not be copied, ``@`` and its index.

Or a folder is as `read_by` tells, and a reader's file has ``themes`` by unit: a theme or a list, the main one
first.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from ..readers import read
from ..records import CONTENT_KINDS, OTHER, Article, DataError, Failure, Unit
from .read_by import article_of, names_in, said_of, units_of

#: The theme set of folders that do not name one, and what their readers tell apart that it does not.
_SET, _OUTSIDE = "bigtech", {"stock": OTHER}

Labels = tuple[tuple[tuple[str, ...], str], ...]


@dataclass(frozen=True, slots=True)
class Gold:
    """A labelled article.

    Attributes
    ----------
    group
        Of articles that tell one event; the article's name where nothing says so.
    readings
        A reader each: themes, the main one first, and the sentence: its text, or ``@`` and its index.
    """

    name: str
    article: Article
    themes: str
    split: str
    group: str
    readings: tuple[Labels, ...]

    def align(self, units: Sequence[Unit]) -> tuple[dict[int, tuple[str, ...]], ...]:
        """Labels of each reader by position in `units`; a sentence that is split otherwise is left out."""
        return tuple(_aligned(labels, units) for labels in self.readings)


def _aligned(labels: Labels, units: Sequence[Unit]) -> dict[int, tuple[str, ...]]:
    at = {f"@{unit.index}": u for u, unit in enumerate(units)}
    by_text: dict[str, list[int]] = defaultdict(list)
    for u, unit in enumerate(units):
        if unit.kind in CONTENT_KINDS:
            by_text[unit.text].append(u)
    aligned = {}
    for themes, text in labels:
        if text in at and units[at[text]].kind in CONTENT_KINDS:
            aligned[at[text]] = themes
        elif by_text[text]:
            aligned[by_text[text].pop(0)] = themes
    return aligned


def read_labelled(path: Path, split: str | None = None) -> Iterator[Gold]:
    """Labelled articles of a ``.tsv`` file, or of all in a folder, by name.

    Articles that are not on this machine are passed over.

    Parameters
    ----------
    split
        ``fit`` or ``test``; all when None. Folders of several readers are of either.

    Raises
    ------
    DataError
        When a file breaks the format.
    """
    if (path / "units").is_dir():
        for name in names_in(path):
            yield _of_readers(path, name, split or "fit")
        return
    for file in sorted(path.glob("*.tsv")) if path.is_dir() else [path]:
        lines = [line for line in file.read_text(encoding="utf-8").splitlines() if line.strip()]
        rows = [line.split("\t") for line in lines]
        head = {row[0][2:]: row[1] for row in rows if row[0].startswith("# ") and len(row) == 2}
        if wrong := [line for line, row in zip(lines, rows, strict=True) if len(row) != 2]:
            raise DataError(file, f"not two columns: {wrong[0]!r}")
        if missing := {"article", "set", "split"} - head.keys():
            raise DataError(file, f"no line # {', # '.join(sorted(missing))}")
        if split is not None and head["split"] != split:
            continue
        article = _article(file.parent, head["article"])
        if article is not None:
            labels = tuple((_themes(r[0].split("+")), r[1]) for r in rows if not r[0].startswith("# "))
            yield Gold(file.stem, article, head["set"], head["split"], file.stem, (labels,))


def _of_readers(folder: Path, name: str, split: str) -> Gold:
    """An article that several readers labelled, by the offsets of its units."""
    article, known = article_of(folder, name), units_of(folder, name)
    try:
        texts = {str(unit["i"]): article.text[unit["start"] : unit["end"]] for unit in known["units"]}
        readings = []
        for one in said_of(folder, name):
            given = one["themes"]
            readings.append(tuple((_themes(given[i]), texts[i]) for i in sorted(given, key=int)))
    except (KeyError, TypeError, ValueError) as error:
        raise DataError(folder / name, f"not labels by unit: {error!r}") from error
    group = str(known.get("doc", {}).get("event") or name)
    return Gold(name, article, _SET, split, group, tuple(readings))


def _themes(given: str | list[str]) -> tuple[str, ...]:
    listed = [given] if isinstance(given, str) else given
    return tuple(dict.fromkeys(_OUTSIDE.get(theme, theme) for theme in listed))


def _article(folder: Path, place: str) -> Article | None:
    name, line = (place, 0)
    if ".jsonl:" in place:
        name, _, number = place.rpartition(":")
        line = int(number) - 1
    items: list[Article | Failure] = list(read([folder / name]))
    one = items[line] if line < len(items) else None
    return one if isinstance(one, Article) else None
