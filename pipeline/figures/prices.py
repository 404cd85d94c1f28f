"""Prices that leave out what they are per, for the one before has told it: Gb당 1.28달러, DDR5는 0.32달러."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from typing import NamedTuple

from ..korean.quantities import Quantity
from ..records import Unit

#: Won go by their word where they are a price: 원/kWh.
_WON = {"원": "KRW"}
#: How many sentences on a price may still be one of the same thing.
_NEXT = 1
#: What share of the one before a price may be and how many times as much, in its sentence (182원이 8원
#: 오른다) and in the next.
_WITHIN, _BEYOND = (1 / 30, 8.0), (1 / 5, 5.0)


class _Rate(NamedTuple):
    """The last price that is per something: where it stands, its currency, its unit and how much it is."""

    at: int
    block: int
    currency: str
    unit: str
    size: float


def told_before(units: Sequence[Unit], found: Mapping[int, list[Quantity]], money: Collection[str]) -> None:
    """Give prices the unit of the one before them, in the same sentence or in the next of the paragraph.

    Parameters
    ----------
    found
        Figures by position of their unit, in the order of the units; prices change in place.
    money
        Names of currencies.
    """
    rate: _Rate | None = None
    for at, figures in found.items():
        for n, one in enumerate(figures):
            if "/" in one.unit:
                currency = one.unit.partition("/")[0]
                currency = _WON.get(currency, currency)
                if currency in money:
                    rate = _Rate(at, units[at].block, currency, one.unit, _size(one))
            elif rate and one.unit == rate.currency and _is_near(_size(one), rate, at, units[at].block):
                figures[n] = one._replace(unit=rate.unit)
                rate = rate._replace(at=at)


def _size(one: Quantity) -> float:
    return abs((one.low or 0) + (one.high or 0)) / 2


def _is_near(size: float, rate: _Rate, at: int, block: int) -> bool:
    if block != rate.block or at - rate.at > _NEXT:
        return False
    least, most = _WITHIN if at == rate.at else _BEYOND
    return least * rate.size <= size <= most * rate.size
