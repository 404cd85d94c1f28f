"""Units behind and before numbers, as patterns."""

from __future__ import annotations

import re
from dataclasses import dataclass
from decimal import Decimal
from functools import lru_cache

from ..records import Measures
from .expressions import of_words
from .numerals import BIG, DAYS, ONES, SINO, SMALL, TENS
from .spelling import is_syllable

#: What one of a unit is worth that is none of another.
ONE = Decimal(1)
#: Native numerals for two neighbours, or for three.
RANGED: dict[str, tuple[int, int]] = {
    "한두": (1, 2), "두세": (2, 3), "두서너": (2, 4), "서너": (3, 4), "너댓": (4, 5), "네댓": (4, 5),
    "네다섯": (4, 5), "두어": (2, 3), "너덧": (4, 5), "대여섯": (5, 6), "대엿": (5, 6), "예닐곱": (6, 7),
    "일고여덟": (7, 8), "여덟아홉": (8, 9),
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Patterns:
    """What reads the units of some `Measures`.

    Attributes
    ----------
    unit
        Behind a number.
    before
        A currency that stands before one.
    worded
        Numbers in words, with their unit: ``native`` ones, and others.
    last
        What such a currency ends with.
    names
        Ways of writing a unit, with its name and what one of it is worth.
    signs
        Currencies that stand before a number, and their names.
    """

    unit: re.Pattern[str]
    before: re.Pattern[str]
    worded: re.Pattern[str]
    last: frozenset[str]
    names: dict[str, tuple[str, Decimal]]
    signs: dict[str, str]


@lru_cache(maxsize=4)
def patterns_of(measures: Measures) -> Patterns:
    """The patterns for some units."""
    names = {
        written: (name, Decimal(scale) if scale != "1" else ONE) for written, name, scale in measures.units
    }
    names.update((word, (word, ONE)) for word in measures.counted if word not in names)
    latin = {word for word in names if word[-1].isascii() and word[-1].isalpha()}
    hangul = {*names, *measures.never} - latin
    counters = {w for w in names if w not in latin and is_syllable(w[-1])} | measures.never
    counters.discard("기가")  # 스무 기가 필요하다
    money = {w for w, (name, _) in names.items() if name in measures.money and is_syllable(w[-1])}
    # 사백여든: hundreds by their Chinese names before native tens.
    hundreds = f"(?:[이삼사오육칠팔구]?천)?[이삼사오육칠팔구]?백(?:{of_words(TENS)})(?:{of_words(ONES)})?"
    numeral = f"{hundreds}|{of_words(RANGED)}|(?:{of_words(TENS)})(?:{of_words(ONES)})?|(?:{of_words(ONES)})"
    first = "".join(sorted({w[0] for w in (*ONES, *TENS, *RANGED, *DAYS)}))
    days = of_words([day for day in DAYS if day not in ("하루", "그믐")])
    digits = "".join(c for c in SINO if is_syllable(c))
    scales = "".join(c for c in (*SMALL, *BIG) if is_syllable(c))
    return Patterns(
        unit=re.compile(
            rf"\s?(?:여\s?)?(?:(?P<latin>{of_words(latin)})(?![A-Za-z0-9])|(?P<word>{of_words(hangul)}))"
        ),
        before=re.compile(rf"(?:{of_words([w for w, _ in measures.before])})\s?$"),
        worded=re.compile(
            # Where one may begin; the search looks for these letters before all else.
            rf"(?=[{''.join(sorted({*first, *digits, *scales}))}])(?<![가-힣0-9A-Za-z.])"
            rf"(?:(?P<native>(?P<day>{days})(?=치|간|동안|새|째|씩|로|[^가-힣]|[은을이만에])"
            rf"|(?P<few>{numeral})\s?(?P<unit>{of_words(counters)}))"
            # Of one syllable only 십, 백, 천, 만 before money: 조건 and 천명 are words.
            rf"|(?P<number>(?=[{digits}]{{0,3}}[{scales}])"
            rf"[{digits}{scales}]{{2,48}}(?:\s[{digits}{scales}]{{1,12}}){{0,4}})여?\s?"
            rf"(?P<counted>{of_words([*money, *measures.in_words])})"
            rf"|(?P<round>[십백천만])\s?(?P<coin>{of_words(money)})|(?P<lone>[백천만]|[십백천만]여)\s(?P<thing>[장명개대곳번])|(?P<digit>[{digits}])\s?(?P<percent>퍼센트))"
        ),
        last=frozenset(w[-1] for w, _ in measures.before),
        names=names,
        signs=dict(measures.before),
    )
