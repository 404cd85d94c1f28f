"""Whose a quantity is, and what it measures: by the noun phrases around it."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import lru_cache
from typing import NamedTuple

from ..korean.particles import DEFINED, SUBJECT, TOO, TOPIC
from ..korean.quantities import Quantity
from ..korean.units import RATIOS
from ..records import FigureRules, Metric
from .naming import Name
from .phrases import Phrase

#: Particles of the topic and the subject.
TOPICS = frozenset({*TOPIC, *SUBJECT, *TOO, DEFINED[0]})
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


def fits(unit: str, metric: Metric | None) -> bool:
    """Whether a metric may be measured in a unit."""
    if metric is None or not metric.units or unit in metric.units:
        return True
    return unit in RATIOS and metric.kind is None


def measured(
    text: str,
    quantity: Quantity,
    metrics: Sequence[tuple[Phrase, Name]],
    last: Measured | None,
    before: Name | None,
    rules: FigureRules,
) -> Measured:
    """What a quantity measures.

    Parameters
    ----------
    metrics
        The phrases of its sentence that name a metric.
    last
        What the quantity before it in the sentence does.
    before
        The last metric that the sentences before name.
    """
    start, end, _, _, unit, _, _, _ = quantity
    name: Name | None = None
    told_at = -1
    for phrase, own in metrics:
        at = phrase.start
        if at < end:
            if fits(unit, own.known):
                name, told_at = own, at
            continue
        gap = at - end
        near = 3 if name is not None or phrase.particle not in TOPICS else _NEAR
        close = gap <= near and fits(unit, own.known)
        if close and (name is None or text[end : end + 1] == "의"):
            name, told_at = own, at
        if gap > _NEAR or close:
            break
    before_it, after_it, ones, others = _cues(rules)
    cue = after_it.match(text, end)
    cued = others[cue.lastindex - 1] if cue and cue.lastindex else None
    if cue is None and (cue := before_it.search(text, max(0, start - 16), start)):
        cued = ones[cue.lastindex - 1] if cue.lastindex else None
    fitting = cued is not None and (unit in cued.units or unit == "%")
    if cued is not None and fitting and (name is None or name.known is not cued):
        return Measured(Name(None, cued.name, cued, None, False), True, -1)
    if name is not None:
        return Measured(name, True, told_at)
    if last is not None and last.name is not None and fits(unit, last.name.known):
        return last
    if before is not None and fits(unit, before.known):
        return Measured(before._replace(source=None), False, -1)
    return _NOTHING
