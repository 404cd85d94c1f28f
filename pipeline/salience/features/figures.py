"""What the figures of a sentence tell of it: whose they are, what they measure, whether they are news.

================ ====================================================================================
money            sums of money
percents         percents
points           percentage points
counts           all other figures
fresh            values that the article has not given before
old-values       values that it has
given-again      values that it gives again later
headline-value   the title has one of its values
own-subject      a figure whose subject stands in the sentence, or
far-subject      … elsewhere, that of all of them
own-metric       what a figure measures stands in it
subject-share    share of the article's figures that are of the same subject, the commonest of its own
metric-share     share of them that measure the same
new-fact         subjects and metrics that no figure before it has together
moved            it tells which way a level went
forecast, plan   that a figure is one
first-figures    the first of its paragraph with figures
after-figures    how many sentences of its paragraph before it have figures
================ ====================================================================================
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Hashable, Mapping, Sequence
from collections.abc import Set as AbstractSet

import numpy as np
from numpy.typing import NDArray

from ...records import Draft

Column = NDArray[np.float64]
Marks = NDArray[np.bool_] | list[bool]

EDGES: Mapping[str, tuple[float, ...]] = {
    "money": (1, 2, 3),
    "percents": (1, 2, 3),
    "points": (1,),
    "counts": (1, 2, 3),
    "fresh": (1, 2, 3, 4),
    "old-values": (1,),
    "given-again": (1,),
    "headline-value": (1,),
    "own-subject": (1,),
    "far-subject": (1,),
    "own-metric": (1,),
    "subject-share": (0.01, 0.1, 0.25, 0.5),
    "metric-share": (0.01, 0.05, 0.1, 0.2, 0.35),
    "new-fact": (1, 2, 3),
    "moved": (1,),
    "forecast": (1,),
    "plan": (1,),
    "first-figures": (1,),
    "after-figures": (1, 2, 3),
}

_CURRENCY = 3


def values(drafts: Sequence[Draft]) -> dict[str, Column]:
    """By name the values of the sentences of some articles; all 0 where no figures were read."""
    articles = [draft.figures or ((),) * len(draft.units) for draft in drafts]
    own = [some for article in articles for some in article]
    n = len(own)
    whole = [one for some in own for one in some]
    if not whole:
        return {name: np.zeros(n) for name in EDGES}
    row = np.repeat(np.arange(n), [len(some) for some in own])
    counts = [sum(map(len, article)) for article in articles]

    def number(marks: Marks) -> Column:
        return np.bincount(row[marks], minlength=n).astype(np.float64)

    def having(marks: Marks) -> Column:
        return (number(marks) > 0).astype(np.float64)

    def share(names: Sequence[str | None]) -> Column:
        shares: list[float] = []
        for count in counts:
            these = names[len(shares) : len(shares) + count]
            often = Counter(filter(None, these))
            shares += [often[name or ""] / count for name in these]
        found = np.zeros(n)
        np.maximum.at(found, row, shares)
        return found

    money, percent, point = (
        np.array([test(one.unit) for one in whole]) for test in (_is_money, "%".__eq__, "%p".__eq__)
    )
    subjects, metrics = [one.subject for one in whole], [one.metric for one in whole]
    elsewhere = np.array(["subject" in one.inherited for one in whole])
    named = np.array([one is not None for one in subjects])
    measured = [one.metric is not None and "metric" not in one.inherited for one in whole]
    said = [[{(one.value, one.unit) for one in some} for some in article] for article in articles]
    facts = [[{(one.subject, one.metric) for one in some} for some in article] for article in articles]
    fresh, old = _new(said)
    again: list[int] = []
    headline: list[bool] = []
    for draft, article in zip(drafts, said, strict=True):
        times = Counter([value for some in article for value in some])
        title = {(one.value, one.unit) for one in draft.headline}
        again += [sum([times[value] > 1 for value in some]) for some in article]
        headline += [not title.isdisjoint(some) for some in article]
    has = np.array([bool(some) for some in own])
    in_block = _before(has, [(d, unit.block) for d, draft in enumerate(drafts) for unit in draft.units])
    return {
        "money": number(money),
        "percents": number(percent),
        "points": number(point),
        "counts": number(~(money | percent | point)),
        "fresh": fresh,
        "old-values": old,
        "given-again": np.array(again, dtype=np.float64) - old,
        "headline-value": np.array(headline, dtype=np.float64),
        "own-subject": having(named & ~elsewhere),
        "far-subject": (has & (number(~elsewhere) == 0)).astype(np.float64),
        "own-metric": having(measured),
        "subject-share": share(subjects),
        "metric-share": share(metrics),
        "new-fact": _new(facts)[0],
        "moved": having([one.direction is not None for one in whole]),
        "forecast": having([one.modality == "forecast" for one in whole]),
        "plan": having([one.modality == "plan" for one in whole]),
        "first-figures": (has & (in_block == 0)).astype(np.float64),
        "after-figures": in_block,
    }


def _is_money(unit: str) -> bool:
    """ISO 4217 codes are the only names of units of three capitals."""
    return len(unit) == _CURRENCY and unit.isascii() and unit.isupper()


def _new(articles: Sequence[Sequence[AbstractSet[Hashable]]]) -> tuple[Column, Column]:
    """How much of each is told for the first time in its article, and how much is not."""
    fresh, old = [], []
    for told in articles:
        known: set[Hashable] = set()
        for own in told:
            before = len(known)
            known |= own
            fresh.append(len(known) - before)
            old.append(len(own) - fresh[-1])
    return np.array(fresh, dtype=np.float64), np.array(old, dtype=np.float64)


def _before(has: NDArray[np.bool_], groups: Sequence[Hashable]) -> Column:
    """How many that have figures stand before each in its group."""
    seen = Counter[Hashable]()
    found = []
    for own, group in zip(has.tolist(), groups, strict=True):
        found.append(seen[group])
        seen[group] += own
    return np.array(found, dtype=np.float64)
