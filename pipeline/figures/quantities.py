"""Which quantities of a unit are figures: all but dates, horizons and names."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator, Sequence
from functools import lru_cache
from operator import attrgetter

from ..korean.numerals import find_numbers
from ..korean.quantities import Quantity, find_quantities
from ..records import FigureRules, NotFigure, Unit
from .naming import lexicon

#: Code points of a unit; a longer one is no sentence, and its phrases and quantities are many.
_LONGEST = 3_000
#: Code points before a quantity that a rule looks at.
_SEEN = 200
#: The end of a sum without its currency.
_SUM = re.compile(r"[만억조](?=[…,·↑↓\"'’”]|$)")
_DIGIT_OR_WORD = re.compile(r"[\d반절배한두세네수억만천백]")


_Compiled = tuple[NotFigure, re.Pattern[str], re.Pattern[str], re.Pattern[str]]


@lru_cache(maxsize=4)
def _by_unit(rules: FigureRules) -> dict[str, list[_Compiled]]:
    found: defaultdict[str, list[_Compiled]] = defaultdict(list)
    for rule in rules.names:
        compiled = (rule, re.compile(rule.own), re.compile(rule.before), re.compile(rule.after))
        for unit in rule.units or ("",):
            found[unit].append(compiled)
    return dict(found)


def quantities_of(unit: Unit, rules: FigureRules) -> tuple[list[Quantity], list[Quantity]]:
    """Quantities that are figures, and those that are written like one and have no value."""
    text, tokens = unit.text, unit.tokens
    if len(text) > _LONGEST or not _DIGIT_OR_WORD.search(text):
        return [], []
    ends = {token.end for token in tokens}
    every = find_quantities(text, rules.measures, ends)
    if unit.kind == "title":
        every = sorted([*every, *_without_won(text, every, rules)], key=attrgetter("start"))
    wrong = [one for one in every if one.low is None and one.unit in rules.measures.money]
    return [one for one in every if one.low is not None and not_figure(text, one, rules) is None], wrong


def _without_won(text: str, every: Sequence[Quantity], rules: FigureRules) -> Iterator[Quantity]:
    """Sums of a title that leave out their 원: 영업익 4,127억…."""
    for number in find_numbers(text):
        if any(one.start < number.end and one.end > number.start for one in every) or number.value is None:
            continue
        before = text[: number.start].split()
        metric = lexicon(rules).metrics.get(before[-1]) if before else None
        if metric and "KRW" in metric.units and _SUM.match(text, number.end - 1):
            value = int(number.value)
            yield Quantity(number.start, number.end, value, value, "KRW", "")


def not_figure(text: str, one: Quantity, rules: FigureRules) -> str | None:
    """The rule by which a quantity is no figure."""
    by_unit = _by_unit(rules)
    if one.native and one.written in rules.measures.mere:
        return "mere"
    native = one.native and one.written not in ("자릿수", "절반", "분의")
    for key in (one.unit, "native", "") if native else (one.unit, ""):
        for rule, own, before, after in by_unit.get(key, ()):
            if rule.value is not None and one.low != rule.value:
                continue
            if rule.own and not own.fullmatch(text, one.start, one.end):
                continue
            if rule.after and not after.match(text, one.end):
                continue
            if rule.before and not before.search(text[max(0, one.start - _SEEN) : one.start]):
                continue
            return rule.id
    return None
