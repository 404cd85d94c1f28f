"""Numbers in words that count without a counter, and one of so many: 공급선이 셋으로 늘었다, 셋 중 하나."""

from __future__ import annotations

import re
from collections.abc import Iterator

from .bands import Value, plain
from .expressions import of_words
from .numerals import ONES
from .spelling import is_syllable

_ALONE = ("둘", "셋", "넷", "다섯", "여섯", "일곱", "여덟", "아홉")
_OF = r"\s(?:중|가운데)(?:에서?)?\s"
#: What tells behind a number in words that it counts: it grows, shrinks, or is all there are.
_COUNTS = re.compile(
    r"(?:으로|로)\s?(?:늘|줄|불어)|뿐(?:이|인|입|예)|\s?이상으로"
    rf"|에서\s(?:하나|{of_words(_ALONE)})(?:으로|로)(?![가-힣])"
)
#: 셋 중 하나는, 세 명 중 한 명꼴.
_ONE = re.compile(rf"{_OF}(?:하나|한\s(?P<of>[명곳개]|사람))(?:(?P<often>꼴)|[은는가]\s)")
_ONES = ("중 하나", "중 한 ", "가운데 하나", "가운데 한 ")
_MANY = re.compile(rf"(?<![가-힣])(?P<many>{of_words(ONES)})(?:\s?(?P<of>[명곳개]|사람))?$")
#: 여섯 개 중에 셋을; of ten it is a share (`numerals.TENTHS`).
_PART = re.compile(rf"(?<!열)(?<!열\s)(?<!백\s)(?<!00)(?P<of>[명곳개]|사람){_OF}$")
_AS_PART = re.compile(r"[을이은만](?:\s|$)")
_PEOPLE = re.compile(r"(?:사람|직원|위원|의원|기자|임원|후보|명)[은는이가도만]?\s(?:[가-힣]+\s)?$")
_FIRMS = re.compile(
    r"(?:업체|회사|공급선|구매선|고객|고객사|공급사|은행|기업|곳)[은는이가도을를만]?\s(?:[가-힣]+\s)?$"
)
#: Code points before a number that tell what it counts.
_SEEN = 16


def find_tallies(text: str) -> Iterator[tuple[int, int, Value, str]]:
    """Where each stands, its value and its unit; a share is one in %."""
    for word in _ALONE:
        for start in _places(text, word):
            end = start + len(word)
            if start and (is_syllable(text[start - 1]) or text[start - 1].isdecimal()):
                continue
            if _COUNTS.match(text, end):
                yield start, end, ONES[word], _counted(text[max(0, start - _SEEN) : start])
            elif _AS_PART.match(text, end) and (part := _PART.search(text[max(0, start - _SEEN) : start])):
                yield start, end, ONES[word], "명" if part["of"] == "사람" else part["of"]
    for written in _ONES:
        for at in _places(text, written):
            found = _ONE.match(text, at - 1) if at else None
            many = _MANY.search(text[max(0, at - _SEEN) : at - 1]) if found else None
            if found is None or many is None:
                continue
            whole = ONES[many["many"]]
            if whole > (1 if found["often"] else 2) and (found["of"] or many["of"]) == many["of"]:
                end = found.end() - (1 if found["often"] else 2)
                yield at - 1 - len(many[0]), end, _share(1, whole), "%"


def _places(text: str, word: str) -> Iterator[int]:
    """Where a word stands; `str.find` is several times as fast as an expression."""
    at = text.find(word)
    while at >= 0:
        yield at
        at = text.find(word, at + 1)


def _share(part: int, whole: int) -> Value:
    return plain(part * 100 // whole) if part * 100 % whole == 0 else round(part * 100 / whole, 2)


def _counted(before: str) -> str:
    return "명" if _PEOPLE.search(before) else "곳" if _FIRMS.search(before) else "개"
