"""How well articles are cut into units: sentences found whole, headings, boilerplate kept out of the text."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from ..korean.spelling import plain_letters_of
from ..records import DataError
from ..run import Pipeline
from .read_by import article_of, names_in, path_of, units_of

_TEXT, _HEADS = frozenset({"body", "item", "quote"}), frozenset({"title", "heading"})
_COUNTED = ("units", "found", "headings", "headings_found", "boilerplate", "leaked")


@dataclass(frozen=True, slots=True)
class UnitQuality:
    """Agreement of the units of articles with the gold ones.

    Attributes
    ----------
    units
        Gold sentences and items; `found` of them are a unit of their own, and a sentence or an item too.
    headings
        Gold titles and headings; `headings_found` of them are one.
    boilerplate
        Gold lines of boilerplate; `leaked` of them stand in a sentence, an item or a quotation.
    wrong
        File, what was wrong (``lost``, ``cut``, ``kind``, ``heading``, ``leaked``) and the gold text.
    """

    articles: int
    units: int
    found: int
    headings: int
    headings_found: int
    boilerplate: int
    leaked: int
    wrong: tuple[tuple[str, str, str], ...]


def judge_units(gold: Path, pipeline: Pipeline) -> UnitQuality:
    """Cut articles into units and compare.

    Parameters
    ----------
    gold
        A folder with ``articles/NAME.ENDING`` (one article a file) and ``units/NAME.json``: an object whose
        ``units`` have ``kind`` (as `Unit` has it) and the code-point offsets ``start`` and ``end``. Marks
        at either end of a unit may be in it or not.

    Raises
    ------
    DataError
        When there is no such folder, or an article can't be read.
    """
    names = names_in(gold)
    if not names:
        raise DataError(gold, "no units")
    totals = [0] * len(_COUNTED)
    wrong: list[tuple[str, str, str]] = []
    for name in names:
        article, path = article_of(gold, name), path_of(gold, name)
        own = [(unit.kind, unit.start, unit.end) for unit in pipeline.document(article).units]
        counts, faults = _compared(article.text, _gold(gold, name), own)
        totals = [a + b for a, b in zip(totals, counts, strict=True)]
        wrong.extend((path.name if path else "", kind, text) for kind, text in faults)
    found = dict(zip(_COUNTED, totals, strict=True))
    return UnitQuality(articles=len(names), wrong=tuple(wrong), **found)


def _gold(folder: Path, name: str) -> list[tuple[str, int, int]]:
    units = units_of(folder, name)["units"]
    return [(str(unit["kind"]), int(unit["start"]), int(unit["end"])) for unit in units]


def _compared(
    text: str, gold: Sequence[tuple[str, int, int]], own: Sequence[tuple[str, int, int]]
) -> tuple[list[int], list[tuple[str, str]]]:
    """Counts in the order of `_COUNTED`, and what is wrong."""
    counts = [0] * len(_COUNTED)
    faults: list[tuple[str, str]] = []
    for kind, start, end in gold:
        written = text[start:end]
        over = [(k, a, b) for k, a, b in own if a < end and b > start]
        whole = [k for k, a, b in over if plain_letters_of(text[a:b]) == plain_letters_of(written)]
        if kind in _TEXT:
            good = any(k in _TEXT for k in whole)
            counts[0] += 1
            counts[1] += good
            if not good:
                kept = any(k in _TEXT for k, _, _ in over)
                faults.append(("kind" if whole else "cut" if kept else "lost", written))
        elif kind in _HEADS:
            good = any(k in _HEADS for k in whole)
            counts[2] += 1
            counts[3] += good
            if not good:
                faults.append(("heading", written))
        elif kind == "boilerplate":
            shares = [_shared(text, (a, b), (start, end)) for k, a, b in over if k in _TEXT]
            counts[4] += 1
            counts[5] += any(shares)
            if any(shares):
                faults.append(("leaked", written))
    return counts, faults


def _shared(text: str, one: tuple[int, int], other: tuple[int, int]) -> bool:
    return bool(plain_letters_of(text[max(one[0], other[0]) : min(one[1], other[1])]))
