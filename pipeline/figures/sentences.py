"""What figures are read from: sentences with quantities, periods and phrases, found for many at once."""

from __future__ import annotations

from collections.abc import Container, Sequence
from typing import NamedTuple

from ..korean.periods import Calendar, Period, calendar_of, find_periods
from ..korean.quantities import Quantity
from ..records import Document, FigureRules, Unit
from .about import LEAD, about_of
from .candidates import named
from .context import About, Sentence
from .naming import name_of
from .phrases import phrases_of
from .quantities import quantities_of


class Given(NamedTuple):
    """What the figures of a document are read from.

    Attributes
    ----------
    read
        Its units; None for what has nothing to do with figures.
    wrong
        Quantities without a value, with the position of their unit.
    """

    read: list[Sentence | None]
    calendar: Calendar
    about: About
    wrong: list[tuple[int, Quantity]]


def given(documents: Sequence[Document], rules: FigureRules) -> list[Given | None]:
    """What the figures of documents are read from; None for one that has none.

    One kind of thing after the other, over all of them: by turns, what finds them drives each other out of
    the processor's caches, a twentieth of the time.
    """
    counted = quantities_of(documents, rules)
    told = [
        bool(document.tables or own.figures or own.wrong)
        for document, own in zip(documents, counted, strict=True)
    ]
    calendars = [
        calendar_of(one.source.day, one.text[slice(*one.body)])
        for one in (document.article for document in documents)
    ]
    needed = [
        _needed(document, own.figures) if any_told else frozenset[int]()
        for document, own, any_told in zip(documents, counted, told, strict=True)
    ]
    asked = [
        (document.units[at], own.figures.get(at, []), calendar)
        for document, own, calendar, places in zip(documents, counted, calendars, needed, strict=True)
        for at in sorted(places)
    ]
    sentences = iter(_sentences(asked, rules))
    read = [
        [next(sentences) if at in places else None for at in range(len(document.units))]
        for document, places in zip(documents, needed, strict=True)
    ]
    return [
        Given(units, calendar, about_of(units, calendar, document.article.text, rules), own.wrong)
        if any_told
        else None
        for document, own, calendar, units, any_told in zip(
            documents, counted, calendars, read, told, strict=True
        )
    ]


def _needed(document: Document, every: Container[int]) -> frozenset[int]:
    """The units that figures are read from: those with quantities, what stands before and above them."""
    found: set[int] = set()
    lead = 0
    before: Unit | None = None
    for at, unit in enumerate(document.units):
        kind = unit.kind
        if kind == "boilerplate":
            continue
        lead += kind == "body"
        if at in every:
            found.add(at)
            if before is not None and before.block == unit.block:
                found.add(before.index)
        elif kind in ("title", "heading") or (lead <= LEAD and kind == "body"):
            found.add(at)
        before = unit
    return frozenset(found)


def _sentences(given: Sequence[tuple[Unit, list[Quantity], Calendar]], rules: FigureRules) -> list[Sentence]:
    """Sentences out of units, their quantities, and what their periods are reckoned by."""
    units = [unit for unit, _, _ in given]
    periods = [find_periods(unit.text, calendar, rules.periods) for unit, _, calendar in given]
    quantities = [_outside(own, spans) for (_, own, _), spans in zip(given, periods, strict=True)]
    phrases = [
        phrases_of(unit.text, unit.tokens, _taken(own, spans), rules)
        for unit, own, spans in zip(units, quantities, periods, strict=True)
    ]
    names = [
        [(one, name_of(one, rules)) for one in own if one.start > label]
        for own, label in zip(phrases, map(_label, units), strict=True)
    ]
    return [
        Sentence(unit, own, spans, told, named(unit.text, told))
        for unit, own, spans, told in zip(units, quantities, periods, names, strict=True)
    ]


def _outside(quantities: list[Quantity], periods: Sequence[Period]) -> list[Quantity]:
    """Quantities that are no part of a period."""
    if not periods:
        return quantities
    return [q for q in quantities if not any(one.start <= q.start < one.end for one in periods)]


def _taken(quantities: Sequence[Quantity], periods: Sequence[Period]) -> list[tuple[int, int, bool]]:
    """Where quantities and periods stand, and which are quantities."""
    taken = [(one.start, one.end, True) for one in quantities]
    taken += [(one.start, one.end, False) for one in periods]
    return sorted(taken)


def _label(unit: Unit) -> int:
    """Where the name of a column ends that stands in a title: [서은재의 장바구니 경제학] 무료배송의 문턱."""
    return unit.text.find("]") if unit.kind == "title" and unit.text.startswith("[") else -1
