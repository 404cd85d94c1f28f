"""Numbers in words that count without a counter, and one of so many: 공급선이 셋으로 늘었다, 셋 중 하나."""

from __future__ import annotations

import re
from collections.abc import Iterator

from .bands import Value, plain
from .expressions import of_words
from .numerals import ONES

_ALONE = ("둘", "셋", "넷", "다섯", "여섯", "일곱", "여덟", "아홉")
_OF = r"\s(?:중|가운데)(?:에서?)?\s"
#: What tells behind a number in words that it counts: it grows, shrinks, or is all there are.
_COUNTS = (
    r"(?:으로|로)\s?(?:늘|줄|불어)|뿐(?:이|인|입|예)|\s?이상으로"
    rf"|에서\s(?:하나|{of_words(_ALONE)})(?:으로|로)(?![가-힣])"
)
# The first letter is looked for before all else.
_TALLY = re.compile(
    rf"[둘셋넷다여일아](?<![가-힣\d].)(?:(?<=둘)|(?<=셋)|(?<=넷)|(?<=다)섯|(?<=여)섯|(?<=여)덟|(?<=일)곱|(?<=아)홉)"
    rf"(?:(?P<counts>(?={_COUNTS}))|(?<!둘)(?P<one>{_OF}하나(?=(?:[는가]\s|꼴))))"
)
#: 여섯 개 중에 셋을, 세 명 중 한 명꼴.
_PART = re.compile(
    rf"(?<!열)(?<!열\s)(?<!백\s)(?<!00)(?P<of>[명곳개]|사람){_OF}(?:(?P<part>{of_words(_ALONE)})(?=[을이은만](?:\s|$))|(?P<one>하나|한\s(?P=of))(?:(?P<often>꼴)|[은는]\s))"
)
_NATIVE_BEFORE = re.compile(rf"(?<![가-힣])(?P<many>{of_words(ONES)})\s?$")
_PEOPLE = re.compile(r"(?:사람|직원|위원|의원|기자|임원|후보|명)[은는이가도만]?\s(?:[가-힣]+\s)?$")
_FIRMS = re.compile(
    r"(?:업체|회사|공급선|구매선|고객|고객사|공급사|은행|기업|곳)[은는이가도을를만]?\s(?:[가-힣]+\s)?$"
)
#: Code points before a number that tell what it counts.
_SEEN = 16


def find_tallies(text: str) -> Iterator[tuple[int, int, Value, str]]:
    """Where each stands, its value and its unit; a share is one in %."""
    for found in _TALLY.finditer(text):
        start, end = found.span()
        if found["one"]:
            yield start, end, _share(1, ONES[text[start:end].split()[0]]), "%"
        else:
            yield start, end, ONES[found[0].strip()], _counted(text[max(0, start - _SEEN) : start])
    for found in _PART.finditer(text):
        if found["part"]:
            unit = "명" if found["of"] == "사람" else found["of"]
            yield *found.span("part"), ONES[found["part"]], unit
            continue
        many = _NATIVE_BEFORE.search(text, max(0, found.start() - 4), found.start())
        if many and ONES[many["many"]] > (1 if found["often"] else 2):
            yield many.start(), found.end("one"), _share(1, ONES[many["many"]]), "%"


def _share(part: int, whole: int) -> Value:
    return plain(part * 100 // whole) if part * 100 % whole == 0 else round(part * 100 / whole, 2)


def _counted(before: str) -> str:
    return "명" if _PEOPLE.search(before) else "곳" if _FIRMS.search(before) else "개"
