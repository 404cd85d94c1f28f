"""Quantities: any amount in any way that Korean writes it reads back; what is malformed has no value."""

from __future__ import annotations

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.korean.numerals import CURRENCIES
from pipeline.korean.quantities import find_quantities
from pipeline.settings import load_measures

from .thorough import examples

MEASURES = load_measures()
BIG = ((10**12, "조"), (10**8, "억"), (10**4, "만"))
SINO = "영일이삼사오육칠팔구"
SMALL = ((1000, "천"), (100, "백"), (10, "십"))
#: Ways of writing a unit behind its number, and its name.
UNITS = [
    ("원", "KRW"), ("달러", "USD"), ("유로", "EUR"), ("엔", "JPY"), ("위안", "CNY"), ("명", "명"),
    ("개", "개"), ("대", "대"), ("%", "%"), ("%포인트", "%p"), ("GW", "GW"), ("톤", "톤"),
]  # fmt: skip
SIGNS = [("$", "USD"), ("US$", "USD"), ("€", "EUR"), ("￦", "KRW"), ("₩", "KRW"), ("£", "GBP")]


def in_groups(value: int, small: str, gap: str, commas: bool) -> str:
    """Groups of four digits: 2,134억 5,000만, 2천134억 5천만, 이천백삼십사억 오천만."""
    parts = []
    for scale, name in (*BIG, (1, "")):
        group, value = divmod(value, scale) if scale > 1 else (value, 0)
        if group:
            parts.append(of_four(group, small, commas) + name)
    return gap.join(parts)


def of_four(group: int, small: str, commas: bool) -> str:
    if small == "words":
        written = ""
        for scale, name in SMALL:
            digit, group = divmod(group, scale)
            written += (SINO[digit] if digit > 1 else "") + name if digit else ""
        return written + (SINO[group] if group else "")
    if small == "천" and group >= 1000:
        return f"{group // 1000}천{group % 1000 or ''}"
    return f"{group:,}" if commas else str(group)


values = st.integers(1, 10**15 - 1) | st.builds(
    lambda digits, zeros: digits * 10**zeros, st.integers(1, 9999), st.integers(0, 11)
)
styles = st.tuples(st.sampled_from(["digits", "천", "words"]), st.sampled_from(["", " "]), st.booleans())


@examples(400)
@given(
    values,
    styles,
    st.sampled_from(UNITS),
    st.sampled_from(["", " "]),
    st.sampled_from(["매출은 ", "", "약 "]),
)
def test_any_amount_reads_back(
    value: int, style: tuple[str, str, bool], unit: tuple[str, str], space: str, before: str
) -> None:
    small, gap, commas = style
    if small == "words" and (value < 100 or unit[0] in ("%", "%포인트", "GW")):
        return  # 오 원: a digit in words counts nothing in running text
    if small == "words" and not space and len(in_groups(value, small, gap, commas)) == 1:
        return  # 천명, 만장: words of their own
    written = (
        in_groups(value, small, gap, commas) + (space if unit[0] not in ("%", "%포인트") else "") + unit[0]
    )
    text = f"{before}{written}다."
    (found,) = find_quantities(text, MEASURES)
    assert (found.low, found.high, found.unit) == (value, value, unit[1]), text
    assert text[found.start : found.end] == written
    assert found.about == (before == "약 ")


@examples(200)
@given(st.integers(1, 9999), st.integers(1, 3), st.sampled_from(BIG), st.sampled_from([*SIGNS, ("", "USD")]))
def test_decimals_and_signs_read_back(
    digits: int, places: int, big: tuple[int, str], sign: tuple[str, str]
) -> None:
    number = Decimal(digits).scaleb(-places)
    written = f"{sign[0]}{number}{big[1]}" + ("" if sign[0] else " 달러")
    (found,) = find_quantities(f"값은 {written}다", MEASURES)
    assert Decimal(str(found.low)) == number * big[0], written
    assert found.unit == sign[1]


@examples(200)
@given(
    st.integers(1, 998),
    st.integers(1, 400),
    st.sampled_from("~∼–"),
    st.sampled_from(["%", "억원", "만 명", "GW"]),
)
def test_ranges_read_back(low: int, more: int, to: str, unit: str) -> None:
    scale = {"억원": 10**8, "만 명": 10**4}.get(unit, 1)
    (found,) = find_quantities(f"{low}{to}{low + more}{unit} 늘었다", MEASURES)
    assert (found.low, found.high) == (low * scale, (low + more) * scale)


@pytest.mark.parametrize(
    ("text", "low", "high", "unit"),
    [
        ("2133억9000만 달러", 213_390_000_000, 213_390_000_000, "USD"),
        ("수백억 달러", 10**10, 10**11, "USD"),
        ("두 자릿수로", 10, 99.99, "%"),
        ("6~7조원", 6 * 10**12, 7 * 10**12, "KRW"),
        ("$20억~$25억", 2 * 10**9, 25 * 10**8, "USD"),
        ("807억~818억 달러", 80_700_000_000, 81_800_000_000, "USD"),
        ("전체의 3분의 2를", 66.67, 66.67, "%"),
        ("삼분의 일", 33.33, 33.33, "%"),
        ("절반을", 50, 50, "%"),
        ("30%대를", 30, 39.99, "%"),
        ("1%대 초반", 1, 1.99, "%"),
        ("10만원대", 100_000, 199_999, "KRW"),
        ("43센트가", 0.43, 0.43, "USD"),
        ("kWh당 120원", 120, 120, "원/kWh"),
        ("대여섯 곳", 5, 6, "곳"),
        ("스물두 명", 22, 22, "명"),
        ("석 달", 3, 3, "달"),
        ("나흘치", 4, 4, "일"),
        ("1년 10개월", 22, 22, "개월"),
        ("2개 분기 연속", 2, 2, "분기"),
        ("△246억원", -24_600_000_000, -24_600_000_000, "KRW"),
        ("-6억 달러", -600_000_000, -600_000_000, "USD"),
        ("연3만7천t", 37_000, 37_000, "t"),
        ("100여 명", 100, 100, "명"),
        ("두 시간 반마다", 2.5, 2.5, "시간"),
    ],
)
def test_what_else_is_a_quantity(text: str, low: float, high: float, unit: str) -> None:
    (found,) = find_quantities(text, MEASURES)
    assert (found.low, found.high, found.unit) == (low, high, unit)


@pytest.mark.parametrize("text", ["16조4642조원을 썼다", "1조 3천조 원이다", "12,34,567원"])
def test_what_is_malformed_has_no_value(text: str) -> None:
    assert [one.low for one in find_quantities(text, MEASURES)] == [None]


@pytest.mark.parametrize(
    "text",
    [
        "트레이니움2와 S3",
        "제2공장",
        "RTX-5090",
        "3나노 공정",
        "1위다",
        "두 번째",
        "이유로",
        "이원화",
        "조건부",
        "5090.2.1",
        "사원 명단",
    ],
)
def test_names_and_words_are_none(text: str) -> None:
    assert find_quantities(text, MEASURES) == []


def test_currencies_are_money_wherever_they_are_named() -> None:
    """Amounts are read with the few currencies that stand in code, and told by the units of the data."""
    measures = load_measures()
    written = {form: name for form, name, _ in measures.units}
    assert {written[one] for one in CURRENCIES} <= measures.money
