"""Quantities in a text: a number with its unit, whole ranges, fractions, rounded and vague ones.

2,134억 달러, $250억, 20~25%, 36%에서, 3분의 2, 절반, 두 자릿수, 수백억원, 30%대, 두 배, 석 달, 네 곳, 이천 원.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator
from dataclasses import dataclass
from decimal import Decimal
from functools import lru_cache
from operator import attrgetter

from ..records import Measures
from .numerals import BIG, DAYS, ONES, SINO, SMALL, TENS, Number, find_numbers, read_number

#: A value, exact; an int wherever it is whole.
Value = int | float


@dataclass(frozen=True, slots=True)
class Quantity:
    """A quantity in a text.

    Attributes
    ----------
    start, end
        Where it stands, without what rounds it or tells its sign.
    low, high
        The value; the two differ in a range. Both None where it is written like a quantity and has no value.
    unit
        As `Measures` names it; empty for a vague one that leaves it open (두 자릿수).
    written
        The unit as it stands there.
    native
        Whether its number is a native or Sino-Korean word.
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


_SCALES = f"[{''.join(SMALL)}{''.join(BIG)}]"
_TO = re.compile(r"\s?[~∼〜～–—]\s?|-")
_NAMED = re.compile(r"[A-Za-z_#@./:]-?$|[A-Za-z]-$|[\d,.:/]$")
_GLUED = re.compile(r"[가-힣]{1,4}$")
#: Words that a number may be glued to: 연3만t, 약20%, 주당4달러.
_BEFORE = re.compile(
    r"(?:^|[^가-힣])(?:약|총|연|월|각|합계|합쳐|최대|최소|무려|[가-힣]{0,3}당|및|대비|또는|단)$"
)
_ABOUT_BEFORE = re.compile(r"(?:약|대략|얼추|줄잡아|어림잡아|거의|대체로)\s?(?:[A-Z]{0,2}[$￦₩€])?$")
_ABOUT_AFTER = re.compile(
    r"\s?(?:어치|짜리)?(?:[을를이]?\s?(?:훌쩍 |크게 |조금 |살짝 )?넘[는은기겨긴길었었어을게긴겼]"
    r"|가량|정도|안팎|수준|내외|남짓|쯤|여(?=\s)|대\s|초반|중반|후반|에?\s?가까이|에 가까|에 육박|에 달할)"
)
_BAND = re.compile(r"대(?=[^가-힣]|$|[은는이가를에의로와까였])")
_SIGN = re.compile(r"(?:[△▼]|마이너스|(?<![\w)])[-−–])\s?$")
_FRACTION = re.compile(
    r"(?P<whole>\d{1,3}|[이삼사오육칠팔구십백]{1,3})\s?분의\s?(?P<part>\d{1,3}|[일이삼사오육칠팔구]{1,2})"
)
_PER = re.compile(r"(?P<unit>[A-Za-z㎡㎏㎾㎿㎥톤평]{1,4})당\s?(?:평균\s?|약\s?|무려\s?|최대\s?|최소\s?)?$")
_PER_AFTER = re.compile(r"\s?/\s?(?P<unit>[A-Za-z㎡㎏㎾㎿㎥톤평]{1,4})(?![A-Za-z])")
_RANGED = {
    "한두": (1, 2), "두세": (2, 3), "두서너": (2, 4), "서너": (3, 4), "너댓": (4, 5), "네댓": (4, 5), "네다섯": (4, 5),
    "대여섯": (5, 6), "대엿": (5, 6), "예닐곱": (6, 7), "일고여덟": (7, 8), "여덟아홉": (8, 9),
}  # fmt: skip
_ALL_ONES = "|".join(sorted(ONES, key=len, reverse=True))
_ALL_TENS = "|".join(TENS)
_NUMERAL = (
    f"{'|'.join(sorted(_RANGED, key=len, reverse=True))}|(?:{_ALL_TENS})(?:{_ALL_ONES})?|(?:{_ALL_ONES})"
)
_SINO_DIGITS = "".join(c for c in SINO if "가" <= c <= "힣")
_HANGUL_SCALES = "십백천만억조"
# The first character is looked for before all else: the search is fast on what is not a number.
_WORDS = re.compile(
    r"[한두세네다여일아열스서마쉰예절반수몇이사석넉너닷엿대오육칠팔구십백천만억조갑곱삼나보]"
    r"(?<![가-힣\dA-Za-z].)(?:"
    r"(?<=절)반(?P<half>)(?!적|짝)"
    r"|(?<=반)(?:\s?토막)(?P<chopped>)|(?<=반)년(?P<halfyear>)"
    r"|(?<=[갑곱])절(?P<double>)"
    r"|(?<=[수])(?P<some>[십백천만억조]{1,3})(?P<someunit>)"
    r"|(?<=(?P<figures>[한두세네]))\s?자릿수"
    r")"
)
_DIGITS_OF = {"한": 1, "두": 2, "세": 3, "네": 4}


def _alternatives(words: Collection[str]) -> str:
    return "|".join(map(re.escape, sorted(words, key=lambda word: (-len(word), word))))


@dataclass(frozen=True, slots=True)
class _Patterns:
    """What reads the units of some `Measures`."""

    unit: re.Pattern[str]
    before: re.Pattern[str]
    native: re.Pattern[str]
    sino: re.Pattern[str]
    names: dict[str, tuple[str, Decimal]]
    signs: dict[str, str]


@lru_cache(maxsize=4)
def _patterns(measures: Measures) -> _Patterns:
    names = {written: (name, Decimal(scale)) for written, name, scale in measures.units}
    names.update((word, (word, Decimal(1))) for word in measures.counted if word not in names)
    latin = {word for word in names if word[-1].isascii() and word[-1].isalpha()}
    never = set(measures.never)
    hangul = {*names, *never} - latin
    unit = rf"\s?(?:여\s?)?(?:(?P<latin>{_alternatives(latin)})(?![A-Za-z0-9])|(?P<word>{_alternatives(hangul)}))"
    counters = {w for w in names if w not in latin and "가" <= w[-1] <= "힣"} | never
    exact = {w for w, (name, _) in names.items() if name in measures.money and "가" <= w[-1] <= "힣"}
    large = exact | {
        "퍼센트",
        "프로",
        "명",
        "개",
        "대",
        "톤",
        "배",
        "곳",
        "가구",
        "건",
        "장",
        "주",
        "년",
        "개월",
        "배럴",
    }
    small = {"퍼센트"}
    first = "".join(sorted({w[0] for w in (*ONES, *TENS, *_RANGED, *DAYS)}))
    days = _alternatives([day for day in DAYS if day not in ("하루", "그믐")])
    return _Patterns(
        unit=re.compile(unit),
        before=re.compile(rf"(?:{_alternatives([w for w, _ in measures.before])})\s?$"),
        native=re.compile(
            rf"(?=[{first}])(?<![가-힣\dA-Za-z])(?:(?P<day>{days})(?=치|간|동안|새|째|[^가-힣]|[은을이만에])"
            rf"|(?P<number>{_NUMERAL})\s?(?P<unit>{_alternatives(counters)}))"
        ),
        sino=re.compile(
            rf"(?=[{_SINO_DIGITS}{_HANGUL_SCALES}])(?<![가-힣\dA-Za-z.])(?:"
            rf"(?P<large>(?=[{_SINO_DIGITS}]{{0,3}}[{_HANGUL_SCALES}])[{_SINO_DIGITS}{_HANGUL_SCALES}]{{1,24}}"
            rf"(?:\s[{_SINO_DIGITS}{_HANGUL_SCALES}]{{1,12}}){{0,4}})여?\s?(?P<unit>{_alternatives(large)})"
            rf"|(?P<small>[{_SINO_DIGITS}])\s?(?P<small_unit>{_alternatives(small)}))"
        ),
        names=names,
        signs=dict(measures.before),
    )


def find_quantities(text: str, measures: Measures, ends: Collection[int] | None = None) -> list[Quantity]:
    """Quantities of a text, from left to right.

    Parameters
    ----------
    ends
        Where morphemes end, if that is known: a counter ends with one (3동맹 counts no 동).
    """
    found = list(_written_in_digits(text, measures, ends))
    for one in _written_in_words(text, measures, ends):
        if not any(one.start < other.end and one.end > other.start for other in found):
            found.append(one)
    found.sort(key=attrgetter("start"))
    return _put_together(text, found)


#: What a length of time is told in, and how many of it make one of another: 1년 10개월, 2시간 30분.
_PARTS = {("년", "개월"): 12, ("시간", "분"): 60, ("분", "초"): 60}


def _put_together(text: str, found: list[Quantity]) -> list[Quantity]:
    """Quantities with 1년 10개월 as 22개월."""
    whole: list[Quantity] = []
    for one in found:
        before = whole[-1] if whole else None
        if (
            before is not None
            and before.low is not None
            and one.low is not None
            and before.low == before.high
        ):
            many = _PARTS.get((before.unit, one.unit))
            if many and text[before.end : one.start].strip() == "" and one.low == one.high:
                value = _plain(Decimal(str(before.low)) * many + Decimal(str(one.low)))
                whole[-1] = Quantity(
                    before.start, one.end, value, value, one.unit, one.written, before.native, one.about
                )
                continue
        whole.append(one)
    return whole


def _plain(value: int | Decimal) -> Value:
    return value if isinstance(value, int) else int(value) if value == int(value) else float(value)


def _ends(text: str, end: int, ends: Collection[int] | None) -> bool:
    """Whether a counter may end there."""
    return ends is None or not "가" <= text[end : end + 1] <= "힣" or end in ends


def _written_in_digits(text: str, measures: Measures, ends: Collection[int] | None) -> Iterator[Quantity]:
    patterns = _patterns(measures)
    at = 0
    numbers = list(find_numbers(text))
    for n, number in enumerate(numbers):
        if number.start < at or _in_a_name(text, number.start):
            continue
        if fraction := _FRACTION.match(text, number.start):
            at = fraction.end()
            if one := _fraction(fraction):
                yield one
            continue
        last, low, high, end = number, number.value, number.value, number.end
        sign = patterns.before.search(text, max(0, number.start - 5), number.start)
        unit = patterns.unit.match(text, end)
        to = _TO.match(text, unit.end() if unit else end) or None
        following = numbers[n + 1] if n + 1 < len(numbers) else None
        if to and following and following.start == _behind(text, to.end(), patterns):
            if (pair := _range(text, number, following)) is not None:
                after = patterns.unit.match(text, following.end)
                if after or sign:
                    last, (low, high), unit = following, pair, after
        end = last.end
        if unit is None and sign is None:
            continue
        written = (unit["latin"] or unit["word"]) if unit else sign[0].strip()
        if unit and (written in measures.never or not _ends(text, unit.end(), ends)):
            at = unit.end()
            if not sign:
                continue
            unit = None
        if sign and (unit is None or patterns.names[written][0] not in measures.money):
            name, scale, start = patterns.signs[sign[0].strip()], Decimal(1), sign.start()
            written = sign[0].strip()
        else:
            name, scale = patterns.names[written]
            start, end = number.start, unit.end()
        at = end
        if low is None or high is None:
            yield Quantity(start, end, None, None, name, written)
            continue
        yield _finished(text, start, end, (low * scale, high * scale), name, written, measures)


def _behind(text: str, at: int, patterns: _Patterns) -> int:
    """Where the second number of a range begins, behind a currency of its own."""
    return at + 1 if text[at : at + 1] in ("$", "€", "₩", "￦") else at


def _range(text: str, one: Number, other: Number) -> tuple[int | Decimal, int | Decimal] | None:
    """The two ends of a range; 6~7조 begins at 6조."""
    low, high = one.value, other.value
    if low is None or high is None:
        return None
    if text[one.start : one.end].replace(".", "").replace(",", "").isdigit():
        written = text[other.start : other.end]
        scale = written.lstrip("0123456789.,")
        if scale and re.fullmatch(rf"{_SCALES}+", scale):
            borrowed = read_number(text[one.start : one.end] + scale)
            if borrowed is not None and borrowed < high:
                low = borrowed
    return (low, high) if low < high else None


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
    ends: tuple[int | Decimal, int | Decimal],
    name: str,
    written: str,
    measures: Measures,
    native: bool = False,
) -> Quantity:
    low, high = map(_plain, ends)
    about = bool(
        _ABOUT_BEFORE.search(text, max(0, start - 9), start)
        or _ABOUT_AFTER.match(text, end)
        or "여" in text[start:end]
    )
    if low == high and (band := _BAND.match(text, end)) and (name in measures.money or name == "%"):
        end, about = band.end(), True
        high = _top(low)
    if sign := _SIGN.search(text, max(0, start - 6), start):
        low, high = -high, -low
        if sign[0].strip() in "-−–":
            start = sign.start()
    if name in measures.money:
        name, end = _price(text, start, end, name, measures)
    return Quantity(start, end, low, high, name, written, native, about)


def _top(low: Value) -> Value:
    """The last value of a band: 30%대 ends at 39.99, 1%대 at 1.99, 7만원대 at 79,999."""
    step = 1
    while low and low % (step * 10) == 0:
        step *= 10
    if isinstance(low, float):
        return low
    return low + step - 1 if low >= 1000 else round(low + step - 0.01, 2)


def _price(text: str, start: int, end: int, name: str, measures: Measures) -> tuple[str, int]:
    """The unit of a price: 원/kWh."""
    per = _PER.search(text, max(0, start - 12), start)
    after = None if per else _PER_AFTER.match(text, end)
    if (found := per or after) and found["unit"] in measures.per:
        return f"{'원' if name == 'KRW' else name}/{found['unit']}", end
    return name, end


def _fraction(match: re.Match[str]) -> Quantity | None:
    whole, part = read_number(match["whole"]), read_number(match["part"])
    if not whole or not part or part > whole:
        return None
    value = round(float(part) / float(whole) * 100, 2)
    value = int(value) if value == int(value) else value
    return Quantity(match.start(), match.end(), value, value, "%", "분의")


def _written_in_words(text: str, measures: Measures, ends: Collection[int] | None) -> Iterator[Quantity]:
    patterns = _patterns(measures)
    for match in _WORDS.finditer(text):
        if one := _vague(text, match, measures, patterns):
            yield one
    for match in patterns.native.finditer(text):
        if match["day"]:
            yield Quantity(
                match.start(), match.end(), DAYS[match["day"]], DAYS[match["day"]], "일", "일", True
            )
        elif match["unit"] not in measures.never and _ends(text, match.end(), ends):
            low, high = _native_value(match["number"])
            name, scale = patterns.names[match["unit"]]
            yield _finished(
                text,
                match.start(),
                match.end(),
                (low * scale, high * scale),
                name,
                match["unit"],
                measures,
                True,
            )
    for match in patterns.sino.finditer(text):
        written = match["unit"] or match["small_unit"]
        value = read_number(match["large"] or match["small"])
        if not _ends(text, match.end(), ends):
            continue
        name, scale = patterns.names[written]
        if value is None:
            continue
        yield _finished(
            text, match.start(), match.end(), (value * scale, value * scale), name, written, measures, True
        )
    for match in _FRACTION.finditer(text):
        if not match["whole"].isdigit() and (one := _fraction(match)):
            yield one


def _native_value(text: str) -> tuple[int, int]:
    if text in _RANGED:
        return _RANGED[text]
    value = read_number(text)
    return (int(value), int(value)) if value is not None else (0, 0)


def _vague(text: str, match: re.Match[str], measures: Measures, patterns: _Patterns) -> Quantity | None:
    start, end = match.span()
    kind = match.lastgroup
    if kind == "figures":
        digits = _DIGITS_OF[match["figures"]]
        low, high = 10 ** (digits - 1) if digits > 1 else 1, round(10**digits - 0.01, 2)
        unit = re.compile(r"\s?(%|퍼센트)").match(text, end)
        return Quantity(start, unit.end() if unit else end, low, high, "%", "자릿수", True)
    if kind == "someunit":
        scale = read_number("1" + match["some"])
        after = patterns.unit.match(text, end)
        if scale is None or after is None:
            return None
        written = after["latin"] or after["word"]
        if written in measures.never:
            return None
        name, worth = patterns.names[written]
        return _finished(
            text, start, after.end(), (scale * worth, 10 * scale * worth), name, written, measures, True
        )
    if kind == "halfyear":
        return Quantity(start, end, 0.5, 0.5, "년", "년", True)
    if kind == "double":
        return Quantity(start, end, 2, 2, "배", "배", True)
    about = bool(_ABOUT_BEFORE.search(text, max(0, start - 9), start) or _ABOUT_AFTER.match(text, end))
    return Quantity(start, end, 50, 50, "%", "절반", True, about or kind == "chopped")
