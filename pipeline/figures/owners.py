"""Whose a quantity is, and what it measures: by the noun phrases around it."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import lru_cache
from typing import NamedTuple

from ..korean.quantities import Quantity
from ..records import FigureRules, Metric
from .naming import Name
from .phrases import Phrase

#: Particles of the topic and the subject.
TOPICS = frozenset({"은", "는", "이", "가", "도", "만", "께서", "란"})
#: Code points between a subject that is no name and its quantity.
_NEAR = 16


class Measured(NamedTuple):
    """What a quantity measures.

    Attributes
    ----------
    name
        The phrase that names it, if any.
    told
        Whether its own sentence does.
    at
        Where that phrase begins; -1 where it stands elsewhere.
    """

    name: Name | None
    told: bool
    at: int


_NOTHING = Measured(None, False, -1)


@lru_cache(maxsize=4)
def _cues(
    rules: FigureRules,
) -> tuple[re.Pattern[str], re.Pattern[str], tuple[Metric, ...], tuple[Metric, ...]]:
    before = [metric for metric in rules.metrics if metric.before]
    after = [metric for metric in rules.metrics if metric.after]
    return (
        re.compile("|".join(f"({metric.before})" for metric in before)),
        re.compile("|".join(f"({metric.after})" for metric in after)),
        tuple(before),
        tuple(after),
    )


def fits(quantity: Quantity, metric: Metric | None) -> bool:
    """Whether a metric may be measured in the unit of a quantity."""
    if metric is None or not metric.units or quantity.unit in metric.units:
        return True
    return quantity.unit in ("%", "배") and metric.kind is None


def measured(
    text: str,
    quantity: Quantity,
    phrases: Sequence[tuple[Phrase, Name]],
    last: Measured | None,
    before: Name | None,
    rules: FigureRules,
) -> Measured:
    """What a quantity measures.

    Parameters
    ----------
    last
        What the quantity before it in the sentence does.
    before
        The last metric that the sentences before name.
    """
    best = _NOTHING
    for phrase, name in phrases:
        if phrase.start >= quantity.end:
            gap = phrase.start - quantity.end
            near = 3 if best.name is not None or phrase.particle not in TOPICS else _NEAR
            close = gap <= near and name.metric and fits(quantity, name.known)
            if close and (best.name is None or text[quantity.end : quantity.end + 1] == "의"):
                best = Measured(name, True, phrase.start)
            if gap > _NEAR or close:
                break
            continue
        if name.metric and fits(quantity, name.known):
            best = Measured(name, True, phrase.start)
    before_it, after_it, ones, others = _cues(rules)
    cue = after_it.match(text, quantity.end)
    cued = others[cue.lastindex - 1] if cue and cue.lastindex else None
    if cue is None and (cue := before_it.search(text, max(0, quantity.start - 16), quantity.start)):
        cued = ones[cue.lastindex - 1] if cue.lastindex else None
    fitting = cued is not None and (quantity.unit in cued.units or quantity.unit == "%")
    if cued is not None and fitting and (best.name is None or best.name.known is not cued):
        return Measured(Name(None, cued.name, cued, None, False), True, -1)
    if best.name is not None:
        return best
    if last is not None and last.name is not None and fits(quantity, last.name.known):
        return last
    if before is not None and fits(quantity, before.known):
        return Measured(before._replace(source=None), False, -1)
    return _NOTHING
