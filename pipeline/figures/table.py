"""The figures of a batch that are most worth seeing, a table for each theme."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Literal

from ..korean.comparing import FROM
from ..korean.expressions import of_words
from ..korean.periods import moved
from ..korean.spelling import key_of
from ..korean.times import FORMER
from ..korean.units import SHARES
from ..records import (
    CompareRules,
    Disagreement,
    Figure,
    FigureRow,
    FigureTable,
    Modality,
    Point,
    Report,
    Told,
)
from .agreeing import agree
from .around import keys_of

#: Code points of a subject and of a metric; what is longer is no name of them.
_LONGEST = 24
#: High end over low end of a range that says little.
_WIDE = 1.3
#: Units that growth is told in.
_CHANGES = frozenset({"%", "%p"})
#: Rows of one subject in a table.
_EACH = 3
#: The least that a row is worth.
_LEAST = 4.5
#: What a new value takes the place of: 350억 달러에서 420억 달러로.
_BASE = re.compile(FROM + r"[^.]{0,20}?\d")
_OLD = re.compile(rf"(?:{of_words(FORMER)}|\()\s?$")
#: What a figure is worth by what is known of it.
_RESULT, _KNOWN, _OWN, _OUTLET, _LEVEL, _RANK = 2.0, 1.5, 1.0, 1.5, 0.5, 2.0


@dataclass(frozen=True, slots=True, eq=False)
class _One:
    """A figure with where it stands."""

    article: int
    figure: Figure
    theme: str
    worth: float


#: A side of a disagreement: article, sentence, value.
_Side = tuple[str, int, int | float | tuple[int | float, int | float]]
#: What a row is of: subject, metric, unit, period, what against, whether it is a change.
_Key = tuple[frozenset[str], str, str, str, str, bool]


def tables(
    reports: Sequence[Report],
    disagreements: Sequence[Disagreement],
    last: Sequence[FigureTable],
    per_theme: int,
    rules: CompareRules,
) -> tuple[FigureTable, ...]:
    """Tables of figures by theme, in no order of themes that means anything.

    Parameters
    ----------
    reports
        In an order that the order of files does not change.
    last
        The tables of the issue before this one; empty without one.
    per_theme
        Rows of a table.
    """
    if per_theme == 0:
        return ()
    opposed = {(s.article, s.sentence, s.value): one for one in disagreements for s in one.sides}
    groups: defaultdict[_Key, list[_One]] = defaultdict(list)
    for n, report in enumerate(reports):
        for one in _worth_seeing(n, report, rules):
            groups[_key(one.figure, rules)].append(one)
    rows: defaultdict[str, list[tuple[float, FigureRow, frozenset[str]]]] = defaultdict(list)
    for key, members in groups.items():
        for own in _agreeing(members):
            row = _row(own, key, groups, reports, opposed)
            worth = max(one.worth for one in own) + _OUTLET * (len({one.article for one in own}) - 1)
            rows[_theme(own)].append((worth, row, key[0]))
    before = {_row_key(row, rules): row for table in last for row in table.rows}
    found = []
    shown: set[tuple[frozenset[str], str | None, str, str]] = set()
    for theme in sorted(rows):
        best = sorted(rows[theme], key=lambda item: (-item[0], _place(item[1])))
        chosen = _some_of_each(best, per_theme, shown)
        if len(chosen) == 1 and len(chosen[0].sources) == 1 and not chosen[0].flags:
            continue  # one figure is no table
        found.append(FigureTable(theme, tuple(_changed(row, before, bool(last), rules) for row in chosen)))
    return tuple(found)


def _worth_seeing(article: int, report: Report, rules: CompareRules) -> Iterable[_One]:
    metrics = {metric.name: metric for metric in rules.figures.metrics}
    rank = {index: n for n, index in enumerate(report.ranking)}
    for figure in report.figures:
        sentence = report.sentences[figure.sentence]
        if not (figure.subject and figure.metric) or sentence.theme is None:
            continue
        if max(len(figure.subject), len(figure.metric)) > _LONGEST or "metric" in figure.inherited:
            continue
        at, end = figure.start - sentence.start, figure.end - sentence.start
        if _OLD.search(sentence.text, 0, max(0, at)) or _BASE.match(sentence.text, max(0, end)):
            continue
        known = metrics.get(figure.metric) or metrics.get(figure.metric.split()[-1])
        if known is None or (figure.kind == "share" and known.kind != "share"):
            continue
        worth = _KNOWN + _RESULT * known.result
        worth += _OWN * ("subject" not in figure.inherited) + _OWN * (figure.period is not None)
        worth += _LEVEL * (figure.kind in ("level", "rate")) - _OWN * figure.approximate
        worth += _RANK * (1 - rank.get(figure.sentence, len(rank)) / max(1, len(rank)))
        if isinstance(figure.value, tuple):
            worth -= _OWN * (figure.value[1] > _WIDE * figure.value[0])
        if worth >= _LEAST:
            yield _One(article, figure, sentence.theme, worth)


def _key(figure: Figure, rules: CompareRules) -> _Key:
    change = figure.kind == "change"
    over = figure.over or ("YoY" if change and figure.unit in _CHANGES else "")
    subject = keys_of(figure.subject, rules)
    metric = key_of(figure.metric or "")
    return subject, metric, figure.unit, figure.period or "", over if change else "", change


def _row_key(row: FigureRow, rules: CompareRules) -> tuple[frozenset[str], str, str, str, bool]:
    change = row.kind == "change"
    over = row.over or ("YoY" if change and row.unit in _CHANGES else "")
    return keys_of(row.subject, rules), key_of(row.metric or ""), row.unit, over if change else "", change


def _agreeing(members: Sequence[_One]) -> list[list[_One]]:
    """Figures of one thing, put together where they may be one value and are said alike."""
    found: list[list[_One]] = []
    for one in members:
        same = (
            own
            for own in found
            if _said(own[0].figure.modality) == _said(one.figure.modality)
            and agree(own[0].figure, one.figure)
        )
        own = next(same, None)
        if own is None:
            found.append([one])
        else:
            own.append(one)
    return found


def _said(modality: Modality) -> bool:
    return modality == "reported"


def _row(
    own: Sequence[_One],
    key: _Key,
    groups: Mapping[_Key, Sequence[_One]],
    reports: Sequence[Report],
    opposed: Mapping[_Side, Disagreement],
) -> FigureRow:
    exact = min(
        own,
        key=lambda one: (
            one.figure.approximate,
            isinstance(one.figure.value, tuple),
            -one.worth,
            one.article,
        ),
    )
    figure = exact.figure
    sources: dict[int, Told] = {}
    for one in own:
        by = Told(reports[one.article].id, one.figure.sentence, one.figure.text, one.figure.value)
        sources.setdefault(one.article, by)
    places = [(reports[one.article].id, one.figure.sentence, one.figure.value) for one in own]
    differs = next((opposed[place] for place in places if place in opposed), None)
    told_by = [*sources.values()]
    if differs is not None:
        told = {(one.article, one.value) for one in told_by}
        others = (side for side in differs.sides if (side.article, side.value) not in told)
        told_by += [Told(side.article, side.sentence, side.written, side.value) for side in others]
    flags = [
        *(["disagrees"] if differs else []),
        *([] if figure.modality == "reported" else [figure.modality]),
        *(["approximate"] if figure.approximate else []),
    ]
    grown = _grown(key, groups)
    return FigureRow(
        subject=figure.subject,
        metric=figure.metric,
        period=figure.period,
        over=figure.over,
        unit=figure.unit,
        kind=figure.kind,
        direction=figure.direction,
        text=figure.text,
        value=figure.value,
        sources=tuple(told_by),
        grown=grown[0] if grown else None,
        grown_over="YoY" if grown else None,
        series=_series(figure, key, groups),
        flags=tuple(flags),
    )


def _grown(key: _Key, groups: Mapping[_Key, Sequence[_One]]) -> tuple[float, ...]:
    """By how many percent a level changed against the year before, with its sign."""
    subject, metric, unit, period, _, change = key
    if change or unit in SHARES or not period:
        return ()
    told = groups.get((subject, metric, "%", period, "YoY", True), ())
    values = {
        -abs(one.figure.value) if one.figure.direction == "down" else one.figure.value
        for one in told
        if not isinstance(one.figure.value, tuple) and one.figure.modality == "reported"
    }
    return tuple(values) if len(values) == 1 else ()


def _series(figure: Figure, key: _Key, groups: Mapping[_Key, Sequence[_One]]) -> tuple[Point, ...]:
    """The same in the period before and in this one: the year before, or else the quarter or month before."""
    subject, metric, unit, period, over, change = key
    if change or not period or isinstance(figure.value, tuple) or figure.modality != "reported":
        return ()
    for back in ("year", "quarter", "month"):
        earlier = moved(period, back)
        told = groups.get((subject, metric, unit, earlier, over, change), ()) if earlier else ()
        values = {
            one.figure.value: one.figure.text
            for one in told
            if not isinstance(one.figure.value, tuple) and one.figure.modality == "reported"
        }
        if len(values) == 1 and earlier:
            ((value, text),) = values.items()
            if value >= 0 and figure.value >= 0:
                return Point(earlier, value, text), Point(period, figure.value, figure.text)
    return ()


def _theme(own: Sequence[_One]) -> str:
    return max(own, key=lambda one: (one.worth, -one.article)).theme


def _place(row: FigureRow) -> tuple[str, int, str]:
    return row.sources[0].article, row.sources[0].sentence, row.text


def _some_of_each(
    best: Sequence[tuple[float, FigureRow, frozenset[str]]],
    count: int,
    shown: set[tuple[frozenset[str], str | None, str, str]],
) -> list[FigureRow]:
    """The best rows, few of one subject, those of a subject together.

    A growth that stands beside its level, and the value of a year before that a chart shows, need no row.
    """
    chosen: list[tuple[FigureRow, frozenset[str]]] = []
    said: set[_Side] = set()
    for _, row, subject in best:
        if len(chosen) == count:
            break
        if sum(subject == other for _, other in chosen) >= _EACH:
            continue
        if any((told.article, told.sentence, told.value) in said for told in row.sources if row.flags):
            continue
        if (subject, row.metric, row.period or "", "growth" if row.kind == "change" else row.unit) in shown:
            continue
        chosen.append((row, subject))
        said |= {(told.article, told.sentence, told.value) for told in row.sources}
        if row.grown is not None:
            shown.add((subject, row.metric, row.period or "", "growth"))
        shown |= {(subject, row.metric, point.period, row.unit) for point in row.series}
    first: dict[frozenset[str], int] = {}
    for n, (_, subject) in enumerate(chosen):
        first.setdefault(subject, n)
    return [row for row, _ in sorted(chosen, key=lambda item: first[item[1]])]


def _changed(
    row: FigureRow,
    before: Mapping[tuple[frozenset[str], str, str, str, bool], FigureRow],
    compared: bool,
    rules: CompareRules,
) -> FigureRow:
    """A row with its change against the last issue."""
    if not compared:
        return row
    was = before.get(_row_key(row, rules))
    if was is None or isinstance(was.value, tuple) or isinstance(row.value, tuple):
        return replace(row, change="new")
    point = Point(was.period or "", was.value, was.text)
    change: Literal["up", "down", "same"] = (
        "up" if row.value > was.value else "down" if row.value < was.value else "same"
    )
    return replace(row, change=change, last=point)
