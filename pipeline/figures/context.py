"""What is known of a sentence, and of what stands before it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from ..korean.quantities import Quantity
from ..records import Unit
from .naming import Name
from .periods import Period
from .phrases import Phrase


@dataclass(frozen=True, slots=True)
class Sentence:
    """A unit, read: its quantities, periods and phrases with what they name."""

    unit: Unit
    quantities: Sequence[Quantity]
    wrong: Sequence[Quantity]
    periods: Sequence[Period]
    phrases: Sequence[tuple[Phrase, Name]]


@dataclass(frozen=True, slots=True)
class Context:
    """What a sentence may leave out, because it stands before it.

    Attributes
    ----------
    main
        Whom the article is about, or the section; `strong` where that is beyond doubt.
    subject, name, period
        What the sentences before in its paragraph speak of.
    result, day, year
        The period of the article's results, the day of its prices, and the year in which it came out.
    """

    main: str | None = None
    strong: bool = False
    subject: str | None = None
    name: Name | None = None
    period: str | None = None
    result: str | None = None
    day: str | None = None
    year: int | None = None
