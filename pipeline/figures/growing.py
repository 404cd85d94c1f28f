"""What a growth is measured against, and growths that are told as so many times as much: 1.4배로 커졌다."""

from __future__ import annotations

import re
from dataclasses import replace
from decimal import Decimal

from ..korean.comparing import (
    BESIDE,
    LAST_MONTH,
    LAST_QUARTER,
    LAST_YEAR,
    MOM,
    MONTH_AGO,
    QOQ,
    THAN,
    THAN_LAST_MONTH,
    WEIGHED,
)
from ..korean.expressions import of_words
from ..records import Figure

_QUARTERLY = re.compile(
    rf"{LAST_QUARTER}(?!\s세계)|{QOQ}|(?<!같은\s)(?<![1-4])분기\s?(?:대비|보다|성장|만에)"
    r"|분기 \S{1,6}\s?(?:성장|증가)"
    rf"|(?<![년해] )(?<!같은 )[1-4]분기(?:{of_words((*BESIDE, *WEIGHED, *THAN[:2]))}|\s?{THAN[2]})",
    re.IGNORECASE,
)
_MONTHLY = re.compile(
    rf"{LAST_MONTH}|{MOM}"
    rf"|(?<![가-힣])(?:{MONTH_AGO}(?=[보에의과와]|[^가-힣]|$)|한 달 새(?![가-힣])|{THAN_LAST_MONTH})",
    re.IGNORECASE,
)
#: Before what something has become: 지난해 말의 1.6배, 한 해 전 같은 석 달의 1.4배.
_OF_THEN = re.compile(
    rf"(?:{of_words(LAST_YEAR)}|전|전년|동기|같은 [가-힣]{{1,4}}(?: 달)?|말|초|때)의\s(?:약\s|무려\s)?$"
)
#: Behind it.
_GREW = re.compile(r"(?:으?로|가|나|이나)?\s?(?:커[졌지진]|늘[었어]|불어|뛰|뛴|증가|성장|급증|확대|[됐된되])")


def is_of_then(before: str) -> bool:
    """Whether the text before a figure says of what it is so many times as much: an earlier value."""
    return _OF_THEN.search(before) is not None


def as_growth(figure: Figure, before: str, behind: str) -> Figure:
    """A figure that says how many times as much something has become, as a growth in percent; others stay."""
    if figure.unit != "배" or figure.value == 1 or isinstance(figure.value, tuple):
        return figure
    if not (_GREW.match(behind) or is_of_then(before)):
        return figure
    times = Decimal(str(figure.value))
    half = 50 * Decimal(10) ** min(0, int(times.as_tuple().exponent))
    low, high = 100 * (times - 1) - half, 100 * (times - 1) + half
    return replace(figure, value=(float(low), float(high)), unit="%", kind="change", direction="up")


def over_what(figure: Figure, text: str, left: int, start: int, end: int, right: int) -> str:
    """What a growth is measured against, by what stands between the figures beside it."""
    near = text[left:start] + "#" + text[end:right]
    if _QUARTERLY.search(near.replace("#", figure.text)):
        return "QoQ"
    if _MONTHLY.search(near):
        return "MoM"
    return figure.over or "YoY"
