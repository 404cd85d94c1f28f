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
#: Units that leave out what goes without saying, and won that are too few to be told without their unit.
_HEADLINES = frozenset({"title", "heading", "item"})
_LEAST = 10_000_000
#: The end of a sum without its currency.
_SUM = re.compile(r"[만억조](?=\s?[…,·↑↓\"'’‘“”]|$)")
_DIGIT_OR_WORD = re.compile(r"[\d반절배한두세네섯곱덟홉열른흔쉰순든석넉틀흘닷름십수억만천백]|스[무물]")
#: What is told in sums: 적자 1조1천억, 268억 손실.
_SUMS = frozenset("적자 흑자 손실 투자 돈 규모 예산 몸값 수주 계약 빚 부채 과징금 영업익 실적".split())
_OF_A_SUM = re.compile(
    r"\s(?:영업)?(?:손실|적자|흑자|투자|유치|수주|규모|계약|지원|매각|인수|과징금|배당|클럽|돌파|육박)"
)
_ARROW = re.compile(r"\s?(?:→|⇒|->)\s?")


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
    if unit.kind in _HEADLINES:
        every = sorted([*every, *_without_won(text, every, rules)], key=attrgetter("start"))
    if every and _ARROW.search(text):
        every = sorted([*every, *_before_arrows(text, every)], key=attrgetter("start"))
    wrong = [one for one in every if one.low is None and one.unit in rules.measures.money]
    return [one for one in every if one.low is not None and not_figure(text, one, rules) is None], wrong


def _without_won(text: str, every: Sequence[Quantity], rules: FigureRules) -> Iterator[Quantity]:
    """Sums of a headline that leave out their 원: 영업익 4,127억…, 268억 손실."""
    for number in find_numbers(text):
        if any(one.start < number.end and one.end > number.start for one in every) or number.value is None:
            continue
        before = text[: number.start].split()
        word = before[-1] if before else ""
        metric = lexicon(rules).metrics.get(word)
        told = word in _SUMS or (metric is not None and "KRW" in metric.units)
        if number.value < _LEAST or text[number.end - 1] not in "만억조":
            continue
        if (told and _SUM.match(text, number.end - 1)) or _OF_A_SUM.match(text, number.end):
            value = int(number.value)
            yield Quantity(number.start, number.end, value, value, "KRW", "")


def _before_arrows(text: str, every: Sequence[Quantity]) -> Iterator[Quantity]:
    """Numbers that leave their unit to the one behind an arrow: 45억 → 42억 달러."""
    starts = {one.start: one for one in every}
    for number in find_numbers(text):
        arrow = _ARROW.match(text, number.end)
        other = starts.get(arrow.end()) if arrow else None
        if (
            other is not None
            and number.value is not None
            and not any(one.start < number.end and one.end > number.start for one in every)
        ):
            value = int(number.value) if number.value == int(number.value) else float(number.value)
            yield other._replace(start=number.start, end=number.end, low=value, high=value)


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
