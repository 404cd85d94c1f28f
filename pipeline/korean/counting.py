"""What numbers count that are of no known unit: 지수는 93.7로, 다섯 정거장."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator, Sequence
from functools import lru_cache

from .bands import Value, plain
from .numerals import AMBIGUOUS, ONES, TENS, find_numbers, read_number
from .particles import COPULA, PARTICLES
from .quantities import Quantity

_BEHIND = re.compile(r"[A-Za-z]{1,4}(?![A-Za-z0-9])|(?!여)[가-힣]{1,4}")
_WORD_BEFORE = re.compile(
    rf"(?<![가-힣0-9])(?:(?P<tens>{'|'.join(TENS)})?(?P<ones>{'|'.join(ONES)})|(?P<scale>[백천만억]))"
    r"\s(?P<word>[가-힣]{1,4})"
)
#: What a word ends with that a number counts.
_ENDS = (*sorted(COPULA, key=len, reverse=True), *PARTICLES, "씩", "여", "다", "고")


def find_others(text: str, found: Sequence[Quantity]) -> Iterator[tuple[int, Value, str]]:
    """What numbers count besides: where each stands, its value, and the word behind it.

    Digits have it right behind them (93.7로: nothing), words after a space (다섯 정거장). Of words those that
    begin others too (한 아파트, 세 부담) count nothing.

    Parameters
    ----------
    found
        What `find_quantities` finds in the text; what stands there is left out.
    """
    taken = [one.start for one in found]

    def free(start: int) -> bool:
        at = bisect_left(taken, start + 1)
        return at == 0 or found[at - 1].end <= start

    for start, end, value in find_numbers(text):
        if value is not None and free(start):
            behind = _BEHIND.match(text, end)
            yield start, plain(value), _without_particles(behind[0]) if behind else ""
    for match in _WORD_BEFORE.finditer(text):
        if match["tens"] or match["ones"] not in AMBIGUOUS:
            value = read_number(match["scale"] or f"{match['tens'] or ''}{match['ones']}")
            word = _without_particles(match["word"])
            if word and value is not None and free(match.start()):
                yield match.start(), plain(value), word


@lru_cache(maxsize=1 << 12)
def _without_particles(word: str) -> str:
    for _ in range(2):
        word = word.removesuffix(next((end for end in _ENDS if word.endswith(end)), ""))
    return word
