"""Quantities in a text: a number with its unit, whole ranges, fractions, rounded and vague ones.

2,134억 달러, $250억, 20~25%, 3분의 2, 절반, 두 자릿수, 수백억원, 30%대, 두 배, 석 달, 네 곳, 이천오백 원.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator
from decimal import Decimal
from operator import attrgetter
from typing import NamedTuple

from ..records import Measures
from .bands import Value, band_of, part_of, plain
from .expressions import of_words
from .levels import is_level
from .measures import ONE as _ONE
from .measures import RANGED, patterns_of
from .numerals import (
    BIG,
    DAYS,
    FEW,
    FRACTION,
    ONES,
    SMALL,
    TENTHS,
    Number,
    find_fractions,
    find_numbers,
    read_number,
)
from .particles import LONGER, SYLLABLES
from .prices import in_full, is_sum, unit_of_pace, unit_of_price
from .rounding import ABOUT, AROUND, PARTLY, PASSED, QUALIFIERS
from .spelling import is_syllable
from .tallies import find_tallies

#: What has no unit, as it is written: 3분의 1, 절반, 두 자릿수.
HALF, DIGITS = "절반", "자릿수"


class Quantity(NamedTuple):
    """A quantity in a text.

    Attributes
    ----------
    start, end
        Where it stands, without what rounds it or tells its sign.
    low, high
        The value; the two differ in a range. Both None where it is written like a quantity and has no value.
    unit
        As `Measures` names it.
    written
        The unit as it stands there; of what has none, what it is: ``절반``, ``분의``, ``자릿수``.
    native
        Whether its number is a word.
    about
        Whether it is rounded.
    """

    start: int
    end: int
    low: Value | None
    high: Value | None
    unit: str
    written: str
    native: bool = False
    about: bool = False


_SCALE = re.compile(f"[{''.join(SMALL)}{''.join(BIG)}]+")
_TO = re.compile(r"\s?[~∼〜～–—]\s?|-")
_NAMED = re.compile(r"[A-Za-z_#@./:]-?$|[A-Za-z]-$|[\d,.:/]$")
_GLUED = re.compile(r"[가-힣]{1,4}$")
#: What a number is apart from that stands right behind it.
_APART = frozenset("(‘“\"'[") | {char for char in map(chr, range(0x3001)) if char.isspace()}
#: Code points between the two numbers of a range.
_BETWEEN = 4
#: Words that a number may be glued to: 연3만t, 약20%, 주당4달러.
_BEFORE = re.compile(
    rf"(?:^|[^가-힣])(?:{of_words(QUALIFIERS)}|연|월|각|합계|합쳐|[가-힣]{{0,3}}당|및|대비|또는|단)$"
)
_ABOUT_BEFORE = re.compile(rf"(?:{of_words(ABOUT)})\s?(?:[A-Z]{{0,2}}[$￦₩€])?$")
_ABOUT_AFTER = re.compile(
    rf"\s?(?:어치|짜리)?(?:[을를이]?\s?{PASSED}"
    rf"|{of_words((*AROUND, *PARTLY))}|여(?=\s)|대\s|에?\s?가까이|에 가까|에 육박|에 달할)"
)
#: 30여 곳; 여덟 개 is no such thing.
_ODD = re.compile(r"[\d십백천만억조]여")
#: 두 시간 반, 3년 반.
_HALVED, _AND_HALF = (
    frozenset({"년", "시간", "달", "개월", "배", "일", "개", "기"}),
    re.compile(r"\s반(?=[^가-힣]|$|[이을만마에의으])"),
)
_SIGN = re.compile(r"(?:[△▼]|마이너스|영하|(?<![\w)])[-−–])\s?$")
#: What words that round a number end with, and signs.
_ROUNDERS = frozenset("$￦₩€") | {word[-1] for word in ABOUT}
_SIGNS = frozenset("△▼스하-−–")
# The first character is looked for before all else: the search is fast on what is no such word.
_VAGUE = re.compile(
    r"[절반갑곱수한두세네](?<![가-힣\dA-Za-z].)(?:(?<=절)반(?!적|짝)(?P<half>)|(?<=반)\s?토막(?P<chopped>)"
    r"|(?<=반)년(?P<halfyear>)|(?<=[갑곱])절(?P<double>)|(?<=수)(?P<some>[십백천만억조]{1,3})"
    r"|(?<=(?P<digits>[한두세네]))\s?자릿수)"
)
_PERCENT = re.compile(r"\s?(?:%|퍼센트)")
_DIGITS = {word: ONES[word] for word in ("한", *FEW[:3])}
#: $1.2bn: what multiplies in English, by its first letter.
_ENGLISH = re.compile(r"\s?(bn|billion|mn|million|m|trillion|tn)(?![A-Za-z])", re.IGNORECASE)
_ENGLISH_SCALES = {"m": Decimal(10**6), "b": Decimal(10**9), "t": Decimal(10**12)}
_GIGA, _FLEET = "기가", re.compile(r"\s?기가\s(?!메모리|[D]?램|속도|용량|인터넷)")
_QUARTERS = " 분기"  # counted twice: 2개 분기
#: What a length of time is told in, and how many of it make one of another: 1년 10개월, 2시간 30분.
_LENGTHS = {("년", "개월"): 12, ("시간", "분"): 60, ("분", "초"): 60}


# What follows a counter: 세 부담 counts nothing.
_FOLLOWS = re.compile(
    rf"[{SYLLABLES}나다씩쯤째당간여였치뿐]|{'|'.join(LONGER)}|정도|짜리|마다|어치|이[다며었]|입니"
)


def find_quantities(text: str, measures: Measures, ends: bytes | None = None) -> list[Quantity]:
    """Quantities of a text, from left to right.

    Parameters
    ----------
    ends
        Whether a morpheme ends at each place, if that is known: a counter ends with one (3동맹 counts no 동).
    """
    found = list(_in_digits(text, measures, ends))
    for start, end, value, unit in find_tallies(text):
        found = [one for one in found if one.end <= start or one.start >= end]
        written = FRACTION if unit == "%" else unit
        found.append(Quantity(start, end, value, value, unit, written, native=True))
        found.sort(key=attrgetter("start"))
    for one in _in_words(text, measures, ends):
        at = bisect_left(found, one.end, key=attrgetter("start"))
        if at == 0 or found[at - 1].end <= one.start:
            found.insert(at, one)
    return _put_together(text, found) if len(found) > 1 else found


def _put_together(text: str, found: list[Quantity]) -> list[Quantity]:
    """Quantities with 1년 10개월 as 22개월, and with both prices of what something went from and to."""
    whole: list[Quantity] = []
    for one in found:
        before = whole[-1] if whole else one
        many = _LENGTHS.get((before.unit, one.unit))
        if (
            many
            and before.low is not None
            and one.low is not None
            and not text[before.end : one.start].strip()
        ):
            value = plain(Decimal(str(before.low)) * many + Decimal(str(one.low)))
            whole[-1] = one._replace(start=before.start, low=value, high=value)
        elif "/" in before.unit and text[before.end : one.start].rstrip() == "에서":
            # 평당 420만원에서 690만원: the second is one, too.
            price, _, _ = before.unit.partition("/")
            same = one.unit == ("KRW" if price == "원" else price)
            whole.append(one._replace(unit=before.unit) if same else one)
        else:
            whole.append(one)
    return whole


def _scaled(low: int | Decimal, high: int | Decimal, scale: Decimal) -> tuple[Value, Value]:
    """Both ends of a range, which most often are one value."""
    first = plain(low if scale is _ONE else low * scale)
    return first, first if high is low else plain(high if scale is _ONE else high * scale)


def _may_end(text: str, end: int, ends: bytes | None, worded: bool = False) -> bool:
    """Whether a counter may end there; where no morphemes are known, one behind a word by what follows."""
    if not is_syllable(text[end : end + 1]):
        return True
    if ends is not None:
        return ends[end] != 0
    return not worded or _FOLLOWS.match(text, end) is not None


# ── in digits ──


def _in_digits(text: str, measures: Measures, ends: bytes | None) -> Iterator[Quantity]:
    numbers = list(find_numbers(text))
    patterns = patterns_of(measures)
    currency, never = patterns.last, measures.never
    fractions = {one.start(): one for one in find_fractions(text)}
    at = 0
    for n, (start, end, value) in enumerate(numbers):
        if start < at or (start and text[start - 1] not in _APART and _in_a_name(text, start)):
            continue
        if start in fractions:
            at = fractions[start].end()
            yield from _fraction(fractions[start])
            continue
        sign = None
        if start and text[start - (1 if start == 1 or not text[start - 1].isspace() else 2)] in currency:
            sign = patterns.before.search(text, max(0, start - 5), start)
        unit = patterns.unit.match(text, end)
        low = high = value
        following = numbers[n + 1] if n + 1 < len(numbers) else None
        stop = unit.end() if unit else end
        close = following is not None and following.start - stop <= _BETWEEN
        pair = _range(text, numbers[n], stop, following) if close else None
        if pair:
            after = patterns.unit.match(text, pair[2])
            other = after and unit and (after["word"] or after["latin"]) in never
            if (after or sign) and not other:  # 9.4% — 10월
                (low, high, end), unit = pair, after
        written = (unit["latin"] or unit["word"]) if unit else ""
        if unit and written == _GIGA and _FLEET.match(text, end):  # 650기가 떠 있다
            unit, written = patterns.unit.match(text, end, unit.end() - 1), _GIGA[0]
        if unit and (written in never or not _may_end(text, unit.end(), ends)):
            at, unit = unit.end(), None
        if sign and (unit is None or patterns.names[written][0] not in measures.money):
            written, start = sign[0].strip(), sign.start()
            name, scale = patterns.signs[written], _ONE
            if english := _ENGLISH.match(text, end):
                end, scale = english.end(), _ENGLISH_SCALES[english[1][0].lower()]
        elif unit is not None:
            name, scale = patterns.names[written]
            end = unit.end()
        elif low == high and is_level(text, start, end):
            name, scale, written = "포인트", _ONE, "포인트"
            low, high, end = pair or (low, high, end)
        elif value and is_sum(text, start, pair[2] if pair else end):
            name, scale, written = "KRW", _ONE, ""
            low, high, end = pair or (*(in_full(text, end, value),) * 2, end)
        else:
            continue
        at = max(at, end)
        if low is None or high is None:
            yield Quantity(start, end, None, None, name, written)
        else:
            yield _finished(text, start, end, *_scaled(low, high, scale), name, written, False, measures)


def _range(
    text: str, one: Number, end: int, other: Number | None
) -> tuple[int | Decimal, int | Decimal, int] | None:
    """The two ends of a range, and where it ends; 6~7조 begins at 6조, $20억~$25억 has two signs."""
    to = _TO.match(text, end)
    if to is None or other is None or other.start - to.end() != (text[to.end() : to.end() + 1] in "$€₩￦"):
        return None
    low, high = one.value, other.value
    if low is None or high is None:
        return None
    if text[one.start : one.end].replace(".", "").replace(",", "").isdigit():
        scale = text[other.start : other.end].lstrip("0123456789.,")
        if _SCALE.fullmatch(scale):
            borrowed = read_number(text[one.start : one.end] + scale)
            low = borrowed if borrowed is not None and borrowed < high else low
    return (low, high, other.end) if low < high else None


def _in_a_name(text: str, start: int) -> bool:
    """Whether a number is glued to a name: S3, 트레이니움2, 제2공장, RTX-5090."""
    if _NAMED.search(text, max(0, start - 2), start):
        return True
    return _GLUED.search(text, max(0, start - 4), start) is not None and not _BEFORE.search(
        text, max(0, start - 6), start
    )


def _finished(
    text: str,
    start: int,
    end: int,
    low: Value,
    high: Value,
    unit: str,
    written: str,
    native: bool,
    measures: Measures,
) -> Quantity:
    """A quantity with what stands around it: what rounds it, a band (30%대), a sign, what a price is per."""
    before = text[max(0, start - 9) : start].rstrip()[-1:]
    about = bool(
        (before in _ROUNDERS and _ABOUT_BEFORE.search(text, max(0, start - 9), start))
        or _ABOUT_AFTER.match(text, end)
        or ("여" in text[start:end] and _ODD.search(text, start, end))
    )
    if written == "개" and text.startswith(_QUARTERS, end):
        end, unit, written = end + len(_QUARTERS), "분기", "분기"
    priced = unit in measures.money
    if (
        text[end : end + 1] == "대"
        and low == high
        and (priced or unit == "%")
        and (band := band_of(text, end, low))
    ):
        about, (end, low, high) = True, band
    if before in _SIGNS and (sign := _SIGN.search(text, max(0, start - 6), start)):
        low, high = -high, -low
        start = sign.start() if sign[0].strip() in "-−–" else start
    if unit in _HALVED and low == high and (more := _AND_HALF.match(text, end)):
        end, low, high = more.end(), low + 0.5, high + 0.5
    name = unit
    if priced:
        name = unit_of_price(text, start, end, unit, measures)
    elif "당" in text[max(0, start - 8) : start]:
        name = unit_of_pace(text, start, unit, measures)
    return Quantity(start, end, low, high, name, written, native, about)


def _fraction(match: re.Match[str]) -> Iterator[Quantity]:
    whole, part = read_number(match["whole"]), read_number(match["part"])
    if whole and part and part <= whole:
        value = plain(round(Decimal(part) * 100 / Decimal(whole), 2))
        yield Quantity(match.start(), match.end(), value, value, "%", FRACTION, not match["whole"].isdigit())


# ── in words ──


def _in_words(text: str, measures: Measures, ends: bytes | None) -> Iterator[Quantity]:
    for tenths in TENTHS.finditer(text):
        tenth = ONES[tenths["part"]] * (10 if tenths["ten"] else 1)
        yield Quantity(*tenths.span(), tenth, tenth, "%", FRACTION, native=True)
    for vague in _VAGUE.finditer(text):
        yield from _vague(text, vague, measures)
    worded, never = patterns_of(measures).worded, measures.never
    at = 0
    while match := worded.search(text, at):
        at = match.start() + 1
        if match["native"]:
            if match["day"]:
                days: Value = DAYS[match["day"]]
                half = _AND_HALF.match(text, match.end())
                days = days + 0.5 if half else days
                end = half.end() if half else match.end()
                yield Quantity(match.start(), end, days, days, "일", "일", native=True)
            elif (
                match["unit"] not in never
                and (ends is None or ends[match.end("few")])
                and _may_end(text, match.end(), ends, worded=True)
            ):
                yield _counted(text, match, *_native(match["few"]), match["unit"], measures)
        else:
            written = match["counted"] or match["coin"] or match["thing"] or match["percent"]
            value = read_number(match["number"] or match["round"] or match["lone"] or match["digit"])
            if value is not None and _may_end(text, match.end(), ends):
                yield _counted(text, match, value, value, written, measures)
    for fraction in find_fractions(text):
        yield from _fraction(fraction)


def _counted(
    text: str,
    match: re.Match[str],
    low: int | Decimal,
    high: int | Decimal,
    written: str,
    measures: Measures,
    end: int | None = None,
) -> Quantity:
    name, scale = patterns_of(measures).names[written]
    start, end = match.start(), end or match.end()
    return _finished(text, start, end, *_scaled(low, high, scale), name, written, True, measures)


def _native(text: str) -> tuple[int, int]:
    if text in RANGED:
        return RANGED[text]
    value = int(read_number(text) or 0)
    return value, value


def _vague(text: str, match: re.Match[str], measures: Measures) -> Iterator[Quantity]:
    """What names no one number, or no digits: 수백억 달러, 두 자릿수, 절반, 갑절."""
    start, end = match.span()
    if match["digits"]:
        count = _DIGITS[match["digits"]]
        low: Value = 10 ** (count - 1)
        high: Value = round(10**count - 0.01, 2)
        unit = _PERCENT.match(text, end)
        end = unit.end() if unit else end
        if count == 1 and (part := part_of(text, end, 0, high)):
            end, low, high = part[0], part[1] or 1, part[2]
        yield Quantity(start, end, low, high, "%", DIGITS, native=True)
    elif match["some"]:
        scale, unit = read_number("1" + match["some"]), patterns_of(measures).unit.match(text, end)
        written = (unit["latin"] or unit["word"]) if unit else ""
        if unit and scale is not None and written not in measures.never:
            yield _counted(text, match, scale, 10 * scale, written, measures, unit.end())
    elif match.lastgroup == "halfyear":
        yield Quantity(start, end, 0.5, 0.5, "년", "년", native=True)
    elif match.lastgroup == "double":
        yield Quantity(start, end, 2, 2, "배", "배", native=True)
    else:
        about = match.lastgroup == "chopped" or bool(
            _ABOUT_BEFORE.search(text, max(0, start - 9), start) or _ABOUT_AFTER.match(text, end)
        )
        yield Quantity(start, end, 50, 50, "%", HALF, native=True, about=about)
