"""Numbers as Korean writes them: 1천850억, 2133억9000만, 1.2조, 3천5백만, 이천오백억, 스물두, 열흘.

Values are exact: an int, or a Decimal where a fraction is left. What is written like a number and is none
(16조4642조, 1조 3천조, 12,34,567) has no value; nor has what names no one number (수백억, 몇 천).
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from decimal import Context, Decimal
from functools import lru_cache
from typing import NamedTuple

#: What multiplies a digit within four of them, and what multiplies four digits (만진법).
SMALL: Mapping[str, int] = {"십": 10, "백": 100, "천": 1000, "十": 10, "百": 100, "千": 1000}
BIG: Mapping[str, int] = {
    "만": 10**4, "억": 10**8, "조": 10**12, "경": 10**16, "萬": 10**4, "万": 10**4, "億": 10**8, "兆": 10**12,
}  # fmt: skip
#: Those that sums are told in.
SCALES = "만억조"
#: Digits by their Chinese names.
SINO: Mapping[str, int] = {
    "일": 1, "이": 2, "삼": 3, "사": 4, "오": 5, "육": 6, "륙": 6, "칠": 7, "팔": 8, "구": 9,
    "一": 1, "二": 2, "三": 3, "四": 4, "五": 5, "六": 6, "七": 7, "八": 8, "九": 9,
}  # fmt: skip
_ZERO = frozenset({"영", "공", "제로", "零"})
#: Native numerals; some have forms that stand before a counter only (한, 두, 스무).
ONES: Mapping[str, int] = {
    "하나": 1, "다섯": 5, "여섯": 6, "일곱": 7, "여덟": 8, "아홉": 9, "한": 1, "두": 2, "둘": 2, "세": 3,
    "셋": 3, "석": 3, "서": 3, "네": 4, "넷": 4, "넉": 4, "너": 4, "닷": 5, "엿": 6,
}  # fmt: skip
TENS: Mapping[str, int] = {
    "스물": 20, "스무": 20, "서른": 30, "마흔": 40, "예순": 60, "일흔": 70, "여든": 80, "아흔": 90, "열": 10,
    "쉰": 50,
}  # fmt: skip
#: Those that stand before a counter, up to ten: what a text says of few things.
FEW = ("두", "세", "네", "다섯", "여섯", "일곱", "여덟", "아홉", "열")
#: Of these, words of their own too, which count only before a counter: 세 부담, 네 생각.
AMBIGUOUS = frozenset({"한", "세", "네", "석", "서", "너", "넉", "닷", "엿"})
#: Words that count days.
DAYS: Mapping[str, int] = {
    "하루": 1, "이틀": 2, "사흘": 3, "나흘": 4, "닷새": 5, "엿새": 6, "이레": 7, "여드레": 8, "아흐레": 9,
    "열흘": 10, "보름": 15, "열하루": 11, "열이틀": 12, "스무날": 20, "그믐": 30,
}  # fmt: skip

#: Digits of a number; what has more is a row of them, and none.
_LONGEST = 30
#: Code points of a number with all its parts.
_MOST = 4 * _LONGEST
_EXACT = Context(prec=4 * _LONGEST)
_ZERO_SUM, _ONE, _TEN = Decimal(0), Decimal(1), Decimal(10)
#: Digits with commas and stops between them, whether or not they make sense.
_CLUSTER = re.compile(r"\d++(?:,\d++)*+(?:\.\d++)*+")
_THOUSANDS = re.compile(r"\d{1,3}(?:,\d{3})+(?:\.\d+)?")
_PLAIN = re.compile(r"\d+(?:\.\d+)?")
_LISTED = re.compile(r"\d{1,2}(?:,\d{1,2})+(?:\.\d+)?")
_NATIVE = re.compile(rf"(?P<tens>{'|'.join(TENS)})?(?P<ones>{'|'.join(ONES)})?")
#: Native words that begin like a Sino-Korean digit.
_NO_DIGIT = ("일곱", "일흔")
_SPACE = re.compile(r"\s")

# In running text they begin other words too: 12경기, 빵 3조각, 제2조 3항; and after a space: 제품 3 만들기.
_SMALL = f"[{''.join(SMALL)}]"
_BIG = r"(?:[만억億萬万兆]|조(?!각|별로|항|\s?\d{1,2}항)|경(?![기주로우영제찰쟁력험관계비매]))"
#: Currencies as they stand behind a number; all that they go by stands in configs/korean/measures.toml.
CURRENCIES = ("원", "달러", "엔", "위안", "유로")
_COUNTED = rf"(?=여?\s?(?:{'|'.join(CURRENCIES)}|명|[^가-힣]|$))"
_PART = re.compile(
    rf"{_CLUSTER.pattern}(?P<scale>{_SMALL}?여?\s{_BIG}{_COUNTED}|{_SMALL}?여?{_BIG}|\s{_SMALL}{_COUNTED}|{_SMALL})?"
)
#: A part without digits: 1억 천만.
_BARE = re.compile(rf"\s?{_SMALL}[만억조]|{_SMALL}(?![가-힣])")


class Number(NamedTuple):
    """A number in a text.

    Attributes
    ----------
    start, end
        Where it stands, code points.
    value
        None where it is written like a number and has no value.
    """

    start: int
    end: int
    value: int | Decimal | None


def read_number(text: str) -> int | Decimal | None:
    """The value of a text that is one number, in whatever way it is written.

    Parameters
    ----------
    text
        Digits, Sino-Korean or native words, or what mixes them; spaces between parts are free. A 여 that
        rounds it off may stand inside or at its end (2천여만, 100여).

    Returns
    -------
    int or Decimal or None
        None where it is no number (억대), not one (수백억, 3,4), or none that makes sense (1조 3천조).
    """
    if len(text) <= _LONGEST and text.isascii() and text.isdecimal():
        return int(text)
    text = text.strip().removesuffix("여").rstrip()
    if not text or len(text) > _MOST:
        return None
    if text in DAYS:
        return DAYS[text]
    if text in _ZERO:
        return 0
    reading = _Reading()
    at = 0
    while at < len(text):
        char = text[at]
        if char.isspace() or (char == "여" and at and text[at + 1 :].lstrip()[:1] in BIG):
            at += 1
        elif match := _CLUSTER.match(text, at):
            if not reading.digits(match[0]):
                return None
            at = match.end()
        elif (char in SINO or char in SMALL or char in BIG) and not text.startswith(_NO_DIGIT, at):
            if not reading.word(char):
                return None
            at += 1
        else:
            break
    if at < len(text):
        native = _NATIVE.fullmatch(_SPACE.sub("", text[at:]))
        if native is None or not reading.native(TENS.get(native["tens"], 0) + ONES.get(native["ones"], 0)):
            return None
    return reading.total()


def find_numbers(text: str) -> Iterator[Number]:
    """Numbers that begin with a digit, from left to right, each as long as it goes: 1조 2,000억.

    A sign, a currency and what it counts are no part of it. Words (두 사람, 이천 원) are left to who knows
    what counts: most of them are other words too.
    """
    at = 0
    while match := _PART.search(text, at):
        start, at = match.span()
        written, scaled = match.group(0, "scale")
        digits = at - len(scaled) if scaled else at
        if "," in written:
            for piece in _listed(text[start:digits]):
                yield Number(start, start + len(piece), int(piece))
                start += len(piece) + 1
        if not scaled:
            yield Number(start, at, _read(text[start:at]))
            continue
        if scaled == "조" and text[max(0, start - 1) : start] == "제":
            at, scaled = digits, None  # an article of a law
        while scaled and (after := _next(text, at)) is not None:
            at, scaled = after.end(), after.groupdict().get("scale", after[0])
        value = _read(text[start:at])
        if value is None and match["scale"] == "만" and start and text[start - 1].isalpha():
            at = digits  # 트레이니움2만 140만 개: a name, and a particle
            value = _read(text[start:at])
        yield Number(start, at, value)


def _listed(cluster: str) -> list[str]:
    """The numbers before the last one of a list (3,4호선); none of one with commas at its thousands."""
    if "," not in cluster or _THOUSANDS.fullmatch(cluster) or not _LISTED.fullmatch(cluster):
        return []
    return cluster.split(",")[:-1]


def _next(text: str, at: int) -> re.Match[str] | None:
    """The next part of a number, if one follows."""
    spaced = text[at : at + 1] == " "
    match = _PART.match(text, at + spaced)
    if match and spaced and not match["scale"] and _DATED.match(text, match.end()):
        return None
    return match or _BARE.match(text, at)


_read = lru_cache(maxsize=8_192)(read_number)


class _Reading:
    """A number that is being read: its parts have to get smaller, each with room in the one before."""

    __slots__ = ("_big", "_group", "_last", "_pending", "_place", "_room", "_small", "_sum")

    def __init__(self) -> None:
        self._sum = _ZERO_SUM
        self._room: Decimal | None = None  # what the last digit of the parts before counts in: 조, 0.1조
        self._big = 0  # the last of 만, 억, 조
        self._group: Decimal | None = None  # of four digits, what is read
        self._small = 0  # the last of 십, 백, 천 in it
        self._pending: Decimal | None = None  # digits that nothing multiplies yet
        self._place = _ONE  # what the last of these stands for
        self._last = _ONE  # what the last digit of the group counts in

    def digits(self, text: str) -> bool:
        """Read digits; False where they make no number, or none here."""
        plain = text.replace(",", "") if _THOUSANDS.fullmatch(text) else text
        if self._pending is not None or len(plain) > _LONGEST or not _PLAIN.fullmatch(plain):
            return False
        self._pending = Decimal(plain)
        self._place = _EXACT.power(_TEN, -len(plain.partition(".")[2]))
        return True

    def word(self, char: str) -> bool:
        """Read a Sino-Korean digit, or what multiplies those before it; False where it makes no sense."""
        if char in SMALL:
            return self._smaller(SMALL[char])
        if char in BIG:
            return self._bigger(BIG[char])
        return self.native(SINO[char])

    def native(self, value: int) -> bool:
        """Read what nothing multiplies: 스물두."""
        if not value or self._pending is not None:
            return False
        self._pending, self._place = Decimal(value), _ONE
        return True

    def total(self) -> int | Decimal | None:
        """The value of all that was read; None of nothing, and where the last part makes no sense."""
        left = self._group is not None or self._pending is not None
        if left and not self._close(1):
            return None
        if self._room is None:
            return None
        whole = self._sum.to_integral_value(context=_EXACT)
        return int(whole) if whole == self._sum else self._sum

    def _smaller(self, scale: int) -> bool:
        if self._small and scale >= self._small:
            return False
        if self._pending is None:
            self._pending, self._place = _ONE, _ONE  # 천 is one of them
        return self._add(scale)

    def _bigger(self, scale: int) -> bool:
        if self._big and scale >= self._big:
            return False
        if self._group is None and self._pending is None:
            if self._room is not None:
                return False
            self._pending, self._place = _ONE, _ONE  # 만 원
        self._big = scale
        return self._close(scale)

    def _add(self, scale: int) -> bool:
        """Add what is pending to the four digits; it has to be less than what the one before counts in."""
        value = _EXACT.multiply(self._pending or _ZERO_SUM, scale)
        if self._group is not None and value >= self._last:
            return False
        self._group = _EXACT.add(self._group or _ZERO_SUM, value)
        self._last = _EXACT.multiply(self._place, scale)
        self._small, self._pending = scale, None
        return True

    def _close(self, scale: int) -> bool:
        """Add the four digits to the sum."""
        if self._pending is not None and not self._add(1):
            return False
        value = _EXACT.multiply(self._group or _ZERO_SUM, scale)
        if self._room is not None and value >= self._room:
            return False
        self._sum = _EXACT.add(self._sum, value)
        self._room = _EXACT.multiply(self._last, scale)
        self._group, self._small, self._last = None, 0, _ONE
        return True


#: What a number stands behind that is a part of a name.
_NAMED = re.compile(r"[A-Za-z]-?$")
#: What makes a date or an ordinal of one, with which no number goes on after a space: 3억 2025년.
_DATED = re.compile(r"\s?(?:년|월|일|분|시(?!간)|차|번째|위(?!안)|세대|단계)(?!\w{0,2}\s?(?:달러|원))")


def amounts(text: str) -> frozenset[int | Decimal | str]:
    """The values of a text's figures (1조 2,000억 is 1.2조); what has none (2026.11.22) as it is written."""
    return frozenset(
        text[one.start : one.end] if one.value is None else one.value
        for one in find_numbers(text)
        if not _NAMED.search(text, max(0, one.start - 2), one.start) and not _DATED.match(text, one.end)
    )


#: How far two values may be apart of which one is the other one rounded, as a share of it: 600만 and 612만.
ROUNDING = 0.03


@lru_cache(maxsize=20_000)
def digits_of(value: float) -> int:
    """Digits that count: 3 of 7.95e11."""
    return len(f"{abs(value):.6f}".replace(".", "").strip("0"))


@lru_cache(maxsize=20_000)
def last_place_of(value: float) -> float:
    """What the last digit that is not zero stands for: 1e10 in 5조7300억."""
    return 10.0 ** (Decimal(str(abs(value))).adjusted() + 1 - digits_of(value)) if value else 0.0


#: 3분의 2: the whole, and how many parts of it.
FRACTION = "분의"
FRACTIONS = re.compile(
    r"(?P<whole>\d{1,3}|[이삼사오육칠팔구십백]{1,3})\s?분의\s?(?P<part>\d{1,3}|[일이삼사오육칠팔구]{1,2})"
)
#: 열에 아홉, 열 명 중 네 명, 100명 가운데 셋: so many of ten or of a hundred, which are no count.
TENTHS = re.compile(
    r"[열백1](?<![가-힣\d].)(?:(?P<ten>(?<=열)(?:에|\s?(?P<of>[명분장곳개대집]|사람|자리)\s(?:중|가운데)))"
    r"|(?:(?<=백)|00)\s?(?P<kind>[명분장곳개대집]|사람)\s(?:중|가운데))"
    rf"\s(?P<part>{'|'.join(ONES)})(?:\s?(?:(?P=of)|(?P=kind)))?(?=[^가-힣]|$|[은는이가을를의도에]|꼴|쯤|정도)"
)


def find_fractions(text: str) -> Iterator[re.Match[str]]:
    """Fractions of a text; they are looked for only where their sign stands."""
    last = 0
    for of in re.finditer(FRACTION, text):
        if found := FRACTIONS.search(text, max(last, of.start() - 4), of.end() + 4):
            last = found.end()
            yield found
