"""A figure as its subject and its period are asked for: what it measures, in what, and where it stands."""

from __future__ import annotations

from collections.abc import Collection
from typing import NamedTuple

from ..korean.quantities import Quantity
from ..korean.times import LENGTHS_AND_QUARTERS
from ..korean.units import POINTS, SHARES
from ..records import Measures, Metric
from .owners import Measured


def sort_of(metric: Metric) -> str:
    """What kind of metric it is, for when it is told."""
    if metric.day:
        return "day"
    if metric.result:
        return "result"
    if metric.whole:
        return "whole"
    return metric.kind or "other"


def measure_of(unit: str, money: Collection[str]) -> str:
    """What kind of unit it is, for when and whose it is told."""
    if unit in money:
        return "money"
    if unit in SHARES:
        return "percent"
    if unit in LENGTHS_AND_QUARTERS:
        return "length"
    return "points" if unit in POINTS else "other"


class Case(NamedTuple):
    """A figure whose subject and period are asked for.

    Attributes
    ----------
    nth
        Its position in its sentence.
    kind
        That of the unit.
    sort, measure
        `sort_of` its metric and `measure_of` its unit.
    told
        Whether its sentence tells the metric: ``told`` or ``bare``.
    whole
        Whether the metric is a company's.
    yearly
        Whether it is told of a year.
    name
        The metric's name, where a list has it.
    counted
        Whether it counts something.
    """

    nth: int
    kind: str
    sort: str
    measure: str
    told: str
    whole: bool
    counted: bool
    yearly: bool
    name: str


def case_of(quantity: Quantity, nth: int, kind: str, what: Measured, measures: Measures) -> Case:
    """A figure as its candidates are asked for it."""
    name = what.name
    known = name.known if name is not None else None
    sort = sort_of(known) if known is not None else "named" if name is not None and name.metric else "none"
    unit = quantity.unit
    return Case(
        nth,
        kind,
        sort,
        measure_of(unit, measures.money),
        "told" if what.told else "bare",
        known is not None and known.whole,
        unit in measures.counted,
        name is not None and name.yearly,
        known.name if known is not None else "",
    )
