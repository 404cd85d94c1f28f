"""Figures in the cells of tables: their heads tell whose they are, what they measure and when."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache

from ..korean.comparing import GROWTH, LAST_MONTH, LAST_QUARTER, LAST_YEAR, MOM, QOQ, THAN, YOY
from ..korean.expressions import of_words
from ..korean.numerals import read_number
from ..korean.periods import Calendar, find_periods
from ..korean.quantities import Quantity, find_quantities
from ..korean.units import SHARE_POINTS
from ..records import Direction, Document, Figure, FigureKind, FigureRules, Measures, Over, Part, Table
from .naming import Name, name_in
from .quantities import not_figure

#: A cell that is one number, with the sign of results tables: △ and ▼ are below zero.
_BARE = re.compile(
    r"(?P<sign>[△▼▽▲+\-−–]?)\s?(?P<number>\d[\d,]*(?:\.\d+)?)"
    rf"\s?(?P<unit>{SHARE_POINTS}|%|배|p)?(?P<rest>.*)"
)
_BELOW = frozenset("△▼▽-−–")
_SIGNED = re.compile(r"[△▼▽▲+−–-]\s?(?=[\d$￦₩])")
_UNIT_IS = re.compile(r"단위\s?[:：]?\s?(?P<units>[^)\]\n|]{1,40})")
_IN_BRACKETS = re.compile(r"[(\[](?P<unit>[^)\]]{1,12})[)\]]\s*$")
_GROWTH = re.compile(
    rf"증감|등락|변동|{of_words((*GROWTH, THAN[2], YOY, QOQ))}|{LAST_YEAR[0]}比", re.IGNORECASE
)
_YEAR, _QUARTER, _MONTH = (
    re.compile("|".join((*LAST_YEAR, YOY)), re.IGNORECASE),
    re.compile(rf"{LAST_QUARTER}|직전|{QOQ}", re.IGNORECASE),
    re.compile(f"{LAST_MONTH}|{MOM}", re.IGNORECASE),
)
#: Code points before a table that may tell its unit.
_ABOVE = 160


@dataclass(frozen=True, slots=True)
class _Head:
    """What the head of a row or a column tells."""

    text: str
    name: Name
    period: str | None
    unit: str | None
    growth: bool
    over: Over | None


def table_figures(
    document: Document, calendar: Calendar, main: str | None, result: str | None, rules: FigureRules
) -> Iterator[Figure]:
    """Figures of all tables of a document, in its order."""
    for table in document.tables:
        above = [unit.index for unit in document.units if unit.start < table.start]
        sentence = above[-1] if above else 0
        yield from _table(document.article.text, table, sentence, calendar, main, result, rules)


def _table(
    text: str,
    table: Table,
    sentence: int,
    calendar: Calendar,
    main: str | None,
    result: str | None,
    rules: FigureRules,
) -> Iterator[Figure]:
    if len(table.rows) < 2:
        return
    told = _UNIT_IS.search(text, max(0, table.start - _ABOVE), table.end)
    units = _units(told["units"], rules) if told else {}
    columns = [_head(cell, calendar, rules) for cell in table.rows[0]]
    result = next((head.period for head in columns if head.period), result)
    at = table.start
    for nth, row in enumerate(table.rows):
        first = _head(row[0], calendar, rules) if row else None
        for column, cell in enumerate(row):
            found = text.find(cell, at, table.end) if cell else -1
            if found < 0:
                continue
            at = found + len(cell)
            if nth == 0 or column == 0 or first is None:
                continue
            other = columns[column] if column < len(columns) else None
            for one, low, high in _cell(cell, first, other, units, rules):
                yield _figure(one, low, high, found, cell, first, other, sentence, main, result, rules)


def _units(text: str, rules: FigureRules) -> dict[str, tuple[str, int]]:
    """Units that a table is in, by whether they are percents: 억원, %."""
    found: dict[str, tuple[str, int]] = {}
    for word in re.split(r"[,·/\s및]+", text):
        if unit := _unit(word, rules):
            found["%" if unit[0] in ("%", "%p") else ""] = unit
    return found


@lru_cache(maxsize=4)
def _names(measures: Measures) -> dict[str, str]:
    return {w: w for w in measures.counted} | {written: name for written, name, _ in measures.units}


def _unit(word: str, rules: FigureRules) -> tuple[str, int] | None:
    """A unit with what multiplies it: 억원, 백만 달러, %."""
    word = word.strip()
    names = _names(rules.measures)
    for cut in range(len(word)):
        if name := names.get(word[cut:].strip()):
            scale = read_number(word[:cut]) if cut else 1
            return (name, int(scale)) if scale else None
    return None


def _head(text: str, calendar: Calendar, rules: FigureRules) -> _Head:
    brackets = _IN_BRACKETS.search(text)
    unit = brackets["unit"] if brackets and _unit(brackets["unit"], rules) else None
    plain = text[: brackets.start()] if brackets and unit else text
    periods = find_periods(plain, calendar, rules.periods)
    period = next((one.name for one in periods if one.name), None)
    rest = plain
    for one in reversed(periods):
        rest = f"{rest[: one.start]} {rest[one.end :]}"
    growth = _GROWTH.search(plain) is not None
    over: Over | None = (
        "YoY"
        if _YEAR.search(plain)
        else "QoQ"
        if _QUARTER.search(plain)
        else "MoM"
        if _MONTH.search(plain)
        else None
    )
    name = name_in(rest.strip(), rules) if not growth else Name(None, None, None, None, False)
    return _Head(text, name, period, unit, growth, over)


def _cell(
    cell: str, row: _Head, column: _Head | None, units: dict[str, tuple[str, int]], rules: FigureRules
) -> Iterator[tuple[Quantity, int | float, int | float]]:
    """Quantities of a cell, and their values with the sign."""
    own = (one for one in find_quantities(cell, rules.measures) if one.low is not None)
    if quantities := [one for one in own if not_figure(cell, one, rules) is None]:
        for one in quantities:
            before = cell[max(0, one.start - 2) : one.start]
            below = any(char in _BELOW for char in before) and (one.low or 0) > 0
            low, high = one.low, one.high
            if low is not None and high is not None:
                yield one, -high if below else low, -low if below else high
        return
    match = _BARE.fullmatch(cell.strip())
    if match is None or match["rest"].strip():
        return
    value = read_number(match["number"])
    growth = (column is not None and column.growth) or row.growth
    told = (column.unit if column else None) or row.unit
    unit = _unit(told, rules) if told else None
    unit = unit or (units.get("%", ("%", 1)) if growth else units.get(""))
    if value is None or unit is None:
        return
    scaled = value * unit[1]
    plain = int(scaled) if scaled == int(scaled) else float(scaled)
    if match["sign"] in _BELOW and match["sign"]:
        plain = -plain
    start = match.start("number") + len(cell) - len(cell.lstrip())
    yield Quantity(start, start + len(match["number"]), plain, plain, unit[0], unit[0]), plain, plain


def _figure(
    one: Quantity,
    low: int | float,
    high: int | float,
    at: int,
    cell: str,
    row: _Head,
    column: _Head | None,
    sentence: int,
    main: str | None,
    result: str | None,
    rules: FigureRules,
) -> Figure:
    heads: Sequence[_Head] = (row, column) if column else (row,)
    metric = next((head.name for head in heads if head.name.metric), None)
    subject = next((head.name.subject for head in heads if head.name.subject), None)
    period = next((head.period for head in heads if head.period), None)
    growth = any(head.growth for head in heads) or one.unit == "%p"
    over: Over | None = next((head.over for head in heads if head.over), "YoY" if growth else None)
    direction: Direction | None = ("down" if low < 0 else "up") if growth or _SIGNED.search(cell) else None
    rate = metric is not None and metric.known is not None and metric.known.kind
    kind: FigureKind = (
        "change"
        if growth
        else rate or "share"
        if one.unit == "%"
        else "count"
        if one.unit in rules.measures.counted
        else "level"
    )
    inherited: list[Part] = []
    if subject is None and main is not None:
        inherited.append("subject")
    if period is None and result is not None:
        inherited.append("period")
    return Figure(
        subject=subject or main,
        metric=metric.metric if metric else None,
        text=cell[one.start : one.end],
        value=low if low == high else (low, high),
        unit=one.unit,
        approximate=one.about,
        period=period or result,
        over=over if growth else None,
        kind=kind,
        direction=direction,
        modality=(metric.source if metric else None) or "reported",
        sentence=sentence,
        start=at + one.start,
        end=at + one.end,
        inherited=tuple(inherited),
    )
