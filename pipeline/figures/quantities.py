"""Which quantities of a unit are figures: all but dates, horizons and names."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Sequence
from functools import lru_cache

from ..korean.quantities import Quantity, find_quantities
from ..records import FigureRules, NotFigure, Token

#: Code points of a unit; a longer one is no sentence, and its phrases and quantities are many.
_LONGEST = 3_000
#: Code points before a quantity that a rule looks at.
_SEEN = 200
_DIGIT_OR_WORD = re.compile(r"[\d반절배한두세네수억만천백]")


@lru_cache(maxsize=4)
def _by_unit(rules: FigureRules) -> dict[str, list[tuple[NotFigure, re.Pattern[str], re.Pattern[str]]]]:
    found: defaultdict[str, list[tuple[NotFigure, re.Pattern[str], re.Pattern[str]]]] = defaultdict(list)
    for rule in rules.names:
        compiled = (rule, re.compile(rule.before), re.compile(rule.after))
        for unit in rule.units or ("",):
            found[unit].append(compiled)
    return dict(found)


def quantities_of(
    text: str, tokens: Sequence[Token], rules: FigureRules
) -> tuple[list[Quantity], list[Quantity]]:
    """Quantities that are figures, and those that are written like one and have no value."""
    if len(text) > _LONGEST or not _DIGIT_OR_WORD.search(text):
        return [], []
    ends = {token.end for token in tokens}
    every = find_quantities(text, rules.measures, ends)
    wrong = [one for one in every if one.low is None and one.unit in rules.measures.money]
    return [one for one in every if one.low is not None and not_figure(text, one, rules) is None], wrong


def not_figure(text: str, one: Quantity, rules: FigureRules) -> str | None:
    """The rule by which a quantity is no figure."""
    by_unit = _by_unit(rules)
    if one.native and one.written in rules.measures.mere:
        return "mere"
    native = one.native and one.written not in ("자릿수", "절반", "분의")
    for key in (one.unit, "native", "") if native else (one.unit, ""):
        for rule, before, after in by_unit.get(key, ()):
            if rule.value is not None and one.low != rule.value:
                continue
            if rule.after and not after.match(text, one.end):
                continue
            if rule.before and not before.search(text[max(0, one.start - _SEEN) : one.start]):
                continue
            return rule.id
    return None
