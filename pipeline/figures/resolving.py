"""What a period is that a sentence names (1년 전, 이번 분기, 지난해 말), how long it is and what it is of."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import lru_cache

from ..korean.comparing import BESIDE, THAN
from ..korean.expressions import of_words
from ..korean.periods import Period, moved, quarter_of
from ..korean.quantities import Quantity
from ..korean.rounding import AROUND
from .context import Context, Sentence
from .times import OVERS

#: Behind a quantity that another one is measured against, or comes from: 작년 27조5천억원보다 30% 많은.
_BASE = re.compile(
    rf"(?:\s?(?:{of_words(AROUND)}))?(?:{of_words((*THAN, *BESIDE))}|에서\s|[의이]던|였던|\)의\s)"
)
#: The end of a year, which its last month stands for; and what lasts as long as what was told before.
_AT_END, _YEAR_END = re.compile(r"\s?말(?![가-힣]{2})"), "연말"
_SAME_SPAN = re.compile(r"\s같은\s(?:기간|분기|달)")
_THE_DAY = ("이날", "당일")
#: Letters of the name of a year, and of a day.
_YEAR, _DAY = 4, 10


@lru_cache(maxsize=4_096)
def grain(name: str | None) -> str:
    """How long a period is."""
    if name is None:
        return "none"
    if name == "TTM":
        return "ttm"
    plain = name.removeprefix("FY")
    return {4: "year", 6: plain[4:5], 7: "month", 8: "week", 10: "day", 15: "span"}.get(len(plain), "other")


def bound_of(text: str, period: Period, quantity: Quantity, sentence: Sentence) -> str:
    """Whether a period belongs to the quantity behind it alone, which another one is measured against."""
    first = next((one for one in sentence.quantities if one.start >= period.end), None)
    if first is None or not _BASE.match(text, first.end):
        return ""
    return "mine" if first is quantity else "spent"


def resolved(
    text: str, one: Period, base: str | None, last: str | None, context: Context
) -> tuple[str | None, Sequence[tuple[str, str | None]]]:
    """What a period is, and what else it may be, with why."""
    name, back, about = one.name, one.back, context.about
    now = quarter_of(about.month)
    if back is None:
        if name is None:
            return None, ()
        if len(name) == _YEAR and (text[one.start : one.end] == _YEAR_END or _AT_END.match(text, one.end)):
            return name, (("end", f"{name}-12"),)
        if len(name) == _YEAR and _SAME_SPAN.match(text, one.end) and last and last[:4].isdigit():
            return name, (("span", "/".join(name + end[4:] for end in last.split("/"))),)
        if text[one.start : one.end] in _THE_DAY and context.lately and len(context.lately) == _DAY:
            return name, (("then", context.lately),)
        return name, ()
    of_result = moved(context.result, back)
    if back == "year":
        of_last = moved(last or base, back)
        others = (("result", of_result), ("month", moved(about.month, back)))
        return (of_last, others) if of_last is not None else (of_result or others[1][1], others)
    if back in OVERS:
        of_last = moved(last or base, back)
        of_now = moved(now if back == "quarter" else about.month, back)
        return of_last or of_result or of_now, (("result", of_result), ("now", of_now))
    of_now = moved(now, back)
    return of_result or of_now, (("now", of_now),)
