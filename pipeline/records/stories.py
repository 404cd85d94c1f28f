"""What tells events apart, and facts."""

from __future__ import annotations

from dataclasses import dataclass

from .data import Background
from .figure_rules import Measures


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)  # compared by identity: a key of caches
class NameRules:
    """How names are known, to tell events apart by who and where.

    Attributes
    ----------
    endings
        Of places and organisations (나루구, 가온은행), for names that the analysis does not know.
    ordinary
        Words that end or look like names and are none.
    same
        Other forms of a name.
    known
        Companies, products and authorities.
    places
        Towns, provinces and regions.
    """

    endings: tuple[str, ...]
    ordinary: frozenset[str]
    same: dict[str, frozenset[str]]
    known: frozenset[str]
    places: frozenset[str]

    @property
    def long_endings(self) -> tuple[str, ...]:
        """Endings of more than one syllable, which few other words have."""
        return tuple(end for end in self.endings if len(end) > 1)


@dataclass(frozen=True, slots=True, eq=False)  # compared by identity: a key of caches
class CountRules:
    """What numbers count.

    Attributes
    ----------
    measures
        What they are measured in and what they count.
    telling
        Units, and counters by the name under which they go, that make a number say something by itself.
    same
        Counters, and the name under which each goes: 사람 and 명 are one.
    alone
        Counters and other units that are no word of a text's subject, wherever they stand.
    """

    measures: Measures
    telling: frozenset[str]
    same: dict[str, str]
    alone: frozenset[str]


@dataclass(frozen=True, slots=True, kw_only=True)
class StoryRules:
    """What tells events of one kind apart: patterns of ``configs/stories.toml``, and weights.

    Attributes
    ----------
    preview, result
        An event ahead, and its outcome.
    brief
        Titles of what is short by its kind: a flash, a picture.
    recurring
        Kinds of event that come back in the same words (weather, market closes, rate decisions).
    kinds
        Of nouns that tell what kind of event it is (영업이익, 복구, 노조): the number of that kind.
    names
        Who and where: two events with different ones are two.
    counts
        What numbers count: sentences with different numbers for one thing are two facts.
    background
        In how many documents words stand: rare ones tell events apart.
    weights, sides
        Of what two articles have in common that tell an event alike, and of what those have that tell it
        from different sides; each with ``bias``, from ``models/stories.toml``.
    """

    preview: tuple[str, ...]
    result: tuple[str, ...]
    brief: tuple[str, ...]
    recurring: dict[str, str]
    kinds: dict[str, int]
    names: NameRules
    counts: CountRules
    background: Background
    weights: dict[str, float]
    sides: dict[str, float]
