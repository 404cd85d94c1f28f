"""Which quantities of a unit are figures: all but dates, horizons and names."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Collection, Sequence
from functools import lru_cache
from itertools import accumulate
from operator import attrgetter, itemgetter
from typing import NamedTuple

import numpy as np

from ..korean.expressions import of_words
from ..korean.numerals import FRACTION, SCALES, find_numbers
from ..korean.quantities import DIGITS, HALF, Quantity, find_quantities
from ..records import Document, FigureRules
from .naming import lexicon
from .prices import told_before

#: Code points of a unit; a longer one is no sentence, and its phrases and quantities are many.
_LONGEST = 3_000
#: Between the texts of two units, which are searched as one; no part of a quantity.
_BETWEEN = "\0"
#: Code points before a quantity that a rule looks at.
_SEEN = 200
#: Units that leave out what goes without saying, and won that are too few to be told without their unit.
_HEADLINES = frozenset({"title", "heading", "item"})
_LEAST = 10_000_000
#: What makes so many of a number.
_SCALED = re.compile(f"[{SCALES}]")
#: The end of a sum without its currency.
_SUM = re.compile(rf"[{SCALES}](?=\s?[…,·↑↓\"'’‘“”]|$)")
#: Behind a number of several that leave their unit to the last: 아마존 1,310억, 메타 740억 달러.
_NEXT = re.compile(r",\s[^\d,.()]{1,16}(?=\d)")
#: How many of what a numeral before it only points at; of more the number is news: 두 나라, 스물일곱 나라.
_POINTED = 5
#: 45억 → 42억 달러.
_ARROW = re.compile(r"\s?[→⇒]\s?")


class _Compiled(NamedTuple):
    """A rule; what it does not look at is None."""

    id: str
    value: float | None
    own: re.Pattern[str] | None
    before: re.Pattern[str] | None
    after: re.Pattern[str] | None


@lru_cache(maxsize=4)
def _by_unit(rules: FigureRules) -> dict[str, list[_Compiled]]:
    found: defaultdict[str, list[_Compiled]] = defaultdict(list)
    for rule in rules.names:
        own, before, after = (
            re.compile(text) if text else None for text in (rule.own, rule.before, rule.after)
        )
        for unit in rule.units or ("",):
            found[unit].append(_Compiled(rule.id, rule.value, own, before, after))
    return dict(found)


@lru_cache(maxsize=4)
def _of_a_sum(rules: FigureRules) -> re.Pattern[str]:
    """What tells behind a number that it is a sum."""
    told, done = (of_words(rules.metrics_around[name]) for name in ("told_of_sums", "done_for_sums"))
    return re.compile(rf"\s(?:영업)?(?:{told})|에\s(?:{done})")


class Counted(NamedTuple):
    """Quantities of a document.

    Attributes
    ----------
    figures
        By position of their unit.
    wrong
        Those that are written like one and have no value, with that position.
    """

    figures: dict[int, list[Quantity]]
    wrong: list[tuple[int, Quantity]]


def quantities_of(documents: Sequence[Document], rules: FigureRules) -> list[Counted]:
    """Quantities of the units of each document: all texts are searched as one."""
    if not documents:
        return []
    texts = [
        unit.text if len(unit.text) <= _LONGEST else " " * len(unit.text)
        for document in documents
        for unit in document.units
    ]
    begins = np.array([0, *accumulate(len(text) + 1 for text in texts)])
    columns = [document.tokens for document in documents]
    sizes = np.concatenate([np.diff(tokens.bounds) for tokens in columns])
    ends = np.zeros(begins[-1] + 1, dtype=np.bool_)
    ends[np.concatenate([tokens.end for tokens in columns]) + np.repeat(begins[:-1], sizes)] = True
    every = find_quantities(_BETWEEN.join(texts), rules.measures, ends.tobytes())
    units = np.searchsorted(begins, [one.start for one in every], "right") - 1
    own: defaultdict[int, list[Quantity]] = defaultdict(list)
    for one, at, begin in zip(every, units.tolist(), begins[units].tolist(), strict=True):
        start, end, low, high, name, written, native, about = one
        own[at].append(Quantity(start - begin, end - begin, low, high, name, written, native, about))
    found = []
    at = 0
    for document in documents:
        by_unit = {n: own[at + n] for n in range(len(document.units)) if at + n in own}
        found.append(_counted(document, by_unit, rules))
        at += len(document.units)
    return found


def _counted(document: Document, every: dict[int, list[Quantity]], rules: FigureRules) -> Counted:
    """The quantities of a document, by unit, that are figures, and those without a value."""
    money = rules.measures.money
    wrong: list[tuple[int, Quantity]] = []
    for at, unit in enumerate(document.units):
        if unit.kind in _HEADLINES and len(unit.text) <= _LONGEST:
            own = every.get(at, [])
            more = _without_won(unit.text, own, rules)
            if "→" in unit.text or "⇒" in unit.text:
                more += _before_arrows(unit.text, [*own, *more])
            if more:
                every[at] = sorted([*own, *more], key=attrgetter("start"))
    found: dict[int, list[Quantity]] = {}
    for at, own in every.items():
        text = document.units[at].text
        if "억, " in text or "조, " in text:
            own += _in_a_row(text, own, money)
            own.sort(key=attrgetter("start"))
        if any(one.written == "" for one in own):
            own = _in_its_currency(own, money)
        figures = []
        for one in own:
            if one.low is None:
                if one.unit in money:
                    wrong.append((at, one))
            elif not_figure(text, one, rules) is None:
                figures.append(one)
        if figures:
            found[at] = figures
    found = dict(sorted(found.items()))
    told_before(document.units, found, money)
    wrong.sort(key=itemgetter(0))
    return Counted(found, wrong)


def _without_won(text: str, every: Sequence[Quantity], rules: FigureRules) -> list[Quantity]:
    """Sums of a headline that leave out their 원: 영업익 4,127억…, 268억 손실."""
    if _SCALED.search(text) is None:
        return []
    found = []
    for number in find_numbers(text):
        if any(one.start < number.end and one.end > number.start for one in every) or number.value is None:
            continue
        if number.value < _LEAST or text[number.end - 1] not in SCALES:
            continue
        before = text[: number.start].split()
        word = before[-1] if before else ""
        metric = lexicon(rules).metrics.get(word)
        told = word in rules.metrics_around["sums"] or (metric is not None and "KRW" in metric.units)
        if (told and _SUM.match(text, number.end - 1)) or _of_a_sum(rules).match(text, number.end):
            value = int(number.value)
            found.append(Quantity(number.start, number.end, value, value, "KRW", ""))
    return found


def _before_arrows(text: str, every: Sequence[Quantity]) -> list[Quantity]:
    """Numbers that leave their unit to the one behind an arrow: 45억 → 42억 달러."""
    starts = {one.start: one for one in every if one.low is not None}
    found = []
    for number in find_numbers(text):
        arrow = _ARROW.match(text, number.end)
        other = starts.get(arrow.end()) if arrow else None
        if other is None or number.value is None:
            continue
        if not any(one.start < number.end and one.end > number.start for one in every):
            value = int(number.value) if number.value == int(number.value) else float(number.value)
            found.append(other._replace(start=number.start, end=number.end, low=value, high=value))
    return found


def _in_a_row(text: str, every: Sequence[Quantity], money: Collection[str]) -> list[Quantity]:
    """Sums of several names that leave their currency to the last one: 아마존 1,310억, 메타 740억 달러."""
    units = {one.start: one.unit for one in every if one.low is not None and one.unit in money}
    taken = [(one.start, one.end) for one in every]
    found = []
    for number in reversed(list(find_numbers(text))):
        following = _NEXT.match(text, number.end)
        unit = units.get(following.end()) if following else None
        if unit is None or number.value is None or text[number.end - 1] not in SCALES:
            continue
        if not any(start < number.end and end > number.start for start, end in taken):
            value = int(number.value)
            found.append(Quantity(number.start, number.end, value, value, unit, ""))
            units[number.start] = unit
    return found


def _in_its_currency(own: Sequence[Quantity], money: Collection[str]) -> list[Quantity]:
    """Sums that leave out their currency, in the one of the others in their sentence, else in won."""
    others = {one.unit for one in own if one.written and one.unit in money}
    if len(others) != 1:
        return list(own)
    (currency,) = others
    return [one if one.written or one.unit not in money else one._replace(unit=currency) for one in own]


def not_figure(text: str, one: Quantity, rules: FigureRules) -> str | None:
    """The rule by which a quantity is no figure."""
    by_unit = _by_unit(rules)
    start, end, low, _, unit, written, native, _ = one
    if native:
        if written in rules.measures.mere and low is not None and low <= _POINTED:
            return "mere"
        native = written not in _OF_NO_UNIT
    for key in (unit, "native", "") if native else (unit, ""):
        for id, value, own, before, after in by_unit.get(key, ()):
            if (
                (value is None or low == value)
                and (own is None or own.fullmatch(text, start, end))
                and (after is None or after.match(text, end))
                and (before is None or before.search(text[max(0, start - _SEEN) : start]))
            ):
                return id
    return None


#: What stands where the unit of a native numeral would, of quantities without one.
_OF_NO_UNIT = frozenset({DIGITS, HALF, FRACTION})
