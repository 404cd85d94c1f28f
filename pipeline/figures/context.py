"""What is known of a sentence, of what stands before it, and of its article."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from typing import NamedTuple

from ..korean.periods import Period
from ..korean.quantities import Quantity
from ..records import Unit
from .naming import Name, Named
from .phrases import Phrase


class Sentence(NamedTuple):
    """A unit, read: its quantities, periods and phrases with what they name.

    Attributes
    ----------
    names
        Of the phrases those that may name whose a figure is.
    """

    unit: Unit
    quantities: Sequence[Quantity]
    periods: Sequence[Period]
    phrases: Sequence[tuple[Phrase, Name]]
    names: Sequence[Named]


@dataclass(frozen=True, slots=True, eq=False)
class Prominence:
    """How an article speaks of a name: what speaks for it; one object for each way."""

    features: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class About:
    """What is known of an article.

    Attributes
    ----------
    main
        Whom it is about; `told_of` where its title or lead names it and it is named again, `known` also where
        the title's first quantity is of it.
    title
        Its text.
    prominent
        The names that it speaks of most, each with what speaks for it.
    persons
        Managers of companies: what they tell is of these.
    times, topics, proper
        How often a name stands in it, how often as a topic, and which are names and no other words.
    result, top, day, month, year
        The period of its results, the one that title or lead name first, the day of its prices, and when it
        came out.
    dated
        Whether it tells that day itself.
    most
        The periods that it names most.
    market
        Whether it tells of market indices.
    """

    main: str | None
    told_of: bool
    known: bool
    title: str
    prominent: Sequence[tuple[str, Prominence]]
    persons: frozenset[str]
    times: Counter[str]
    topics: Counter[str]
    proper: frozenset[str]
    result: str | None
    top: str | None
    day: str | None
    dated: bool
    most: tuple[str, ...]
    month: str | None
    year: int | None
    market: bool


class Context(NamedTuple):
    """What a sentence may leave out, because it stands before it.

    Attributes
    ----------
    own, main
        Whom its heading names, and whom its section is about; `strong` where that is beyond doubt.
    subject, name, period
        What the sentences before in its paragraph speak of.
    left
        Whether its subject is left out.
    figured
        Whose the last figure is; `near` where that stands in its paragraph.
    dated, lately
        The period of the last figure, and the one that was last named.
    recent
        Those named before that one, the last first.
    result
        The period of the section's results.
    """

    about: About
    own: str | None
    main: str | None
    strong: bool
    subject: str | None
    left: bool
    figured: str | None
    near: bool
    name: Name | None
    period: str | None
    dated: str | None
    lately: str | None
    lately_near: bool
    recent: Sequence[str]
    result: str | None
