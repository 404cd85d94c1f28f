"""Numbers as Korean writes them read back exactly, and what makes no sense has no value."""

from __future__ import annotations

import time
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.korean.numerals import DAYS, ONES, TENS, find_numbers, read_number

_BIG = ((10**16, "경"), (10**12, "조"), (10**8, "억"), (10**4, "만"), (1, ""))
_SMALL = ((1000, "천"), (100, "백"), (10, "십"), (1, ""))
_SINO = " 일이삼사오육칠팔구"


def sino(value: int, drop_one: bool, space: str) -> str:
    """이천오백억."""
    return space.join(_sino_group(part, drop_one) + big for part, big in groups(value))


def _sino_group(value: int, drop_one: bool) -> str:
    written = ""
    for scale, name in _SMALL:
        digit = value // scale % 10
        if digit:
            written += ("" if digit == 1 and name and drop_one else _SINO[digit]) + name
    return written


def groups(value: int) -> list[tuple[int, str]]:
    """The parts of four digits that are not zero, with what multiplies them."""
    return [
        (part, name)
        for scale, name in _BIG
        if (part := value // scale % (10**5 if scale == 10**16 else 10**4))
    ]


def digits(value: int, commas: bool) -> str:
    return f"{value:,}" if commas else str(value)


def mixed_group(value: int, depth: int) -> str:
    """1천850, 1천8백50, 1천8백5십: digits with their first `depth` places named."""
    written, rest = "", value
    for scale, name in _SMALL[:depth]:
        digit, rest = divmod(rest, scale)
        if digit and name:
            written += f"{digit}{name}"
        elif digit:
            rest += digit
    return written + (str(rest) if rest or not written else "")


@st.composite
def amounts(draw: st.DrawFn) -> tuple[int, str]:
    """An amount, and one way to write it."""
    value = draw(
        st.integers(1, 10**17)
        | st.integers(1, 99_999)
        | st.builds(lambda n, e: n * 10**e, st.integers(1, 999), st.integers(0, 14))
    )
    space = draw(st.sampled_from(["", " "]))
    style = draw(st.sampled_from(["digits", "commas", "groups", "mixed", "sino", "sino without 일"]))
    if style in ("digits", "commas"):
        return value, digits(value, style == "commas")
    if style.startswith("sino"):
        return value, sino(value, style != "sino", space)
    commas, depth = draw(st.booleans()), draw(st.integers(1, 3))
    parts = [
        (digits(part, commas) if style == "groups" else mixed_group(part, depth)) + name
        for part, name in groups(value)
    ]
    return value, space.join(parts)


@given(amounts())
def test_an_amount_reads_back(amount: tuple[int, str]) -> None:
    value, written = amount
    assert read_number(written) == value


@given(
    amounts(), st.sampled_from(["원", " 원", "달러", "명", "이다.", "을 넘었다", "여 명", ", 그리고", "%"])
)
def test_an_amount_in_digits_is_found_whole(amount: tuple[int, str], after: str) -> None:
    value, written = amount
    if written[0].isdigit():
        text = f"모두 {written}{after}"
        (found,) = find_numbers(text)
        assert (text[found.start : found.end], found.value) == (written, value)


@given(st.integers(1, 9_999), st.integers(1, 4), st.sampled_from("만억조"))
def test_a_fraction_of_a_large_unit_is_exact(whole: int, places: int, name: str) -> None:
    written = f"{whole / 10**places:.{places}f}{name}"
    scale = {big: number for number, big in _BIG}[name]
    assert read_number(written) == Decimal(whole) * scale / 10**places


@given(st.sampled_from([0, *TENS]), st.sampled_from(list(ONES)))
def test_native_numerals_read_back(ten: str | int, one: str) -> None:
    assert read_number(f"{ten or ''}{one}") == TENS.get(str(ten), 0) + ONES[one]


@pytest.mark.parametrize("word", list(DAYS))
def test_words_for_days_count_them(word: str) -> None:
    assert read_number(word) == DAYS[word]


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("1천850억", 185_000_000_000), ("6천214억", 621_400_000_000), ("1조2천억", 1_200_000_000_000),
        ("2,134억", 213_400_000_000), ("2133억9000만", 213_390_000_000), ("1.2조", 1_200_000_000_000),
        ("2천여만", 20_000_000), ("30여억", 3_000_000_000), ("1억 천만", 110_000_000), ("만 천", 11_000),
        ("백스물두", 122), ("스무", 20), ("0.5", Decimal("0.5")), ("１２만", 120_000), ("三千", 3_000),
        ("0", 0),
        ("1.5조 200억", 1_520_000_000_000), ("1,200천", 1_200_000),
    ],
)  # fmt: skip
def test_ways_to_write(text: str, value: int | Decimal) -> None:
    assert read_number(text) == value


@pytest.mark.parametrize(
    "text",
    [
        "16조4642조", "1조 3천조", "10조 12000억", "5만 12000", "1천1850억", "2백3천", "1,234,5", "12,34,567",
        "1.2.3",
        "수백억", "수십만", "몇천", "억대", "3,4", "", "여", "억만", "1" * 31, "한국", "서울", "하루하루",
        "1억 2억",
    ],
)  # fmt: skip
def test_what_has_no_value(text: str) -> None:
    assert read_number(text) is None


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("매출 16조4642조원", [("16조4642조", None)]),
        ("1조 3천조 원을 냈다", [("1조 3천조", None)]),
        ("칩2만 140만 개", [("2", 2), ("140만", 1_400_000)]),
        ("매출 3억 2025년까지", [("3억", 300_000_000), ("2025", 2025)]),
        ("3억만 있으면", [("3억", 300_000_000)]),
        ("빵 3조각과 12경기", [("3", 3), ("12", 12)]),
        ("제2조 3항", [("2", 2), ("3", 3)]),
        ("1만 5000명", [("1만 5000", 15_000)]),
        ("지하철 3,4호선", [("3", 3), ("4", 4)]),
        ("2026.11.22 30명", [("2026.11.22", None), ("30", 30)]),
        ("20~25%", [("20", 20), ("25", 25)]),
        ("3억 백화점", [("3억", 300_000_000)]),
        ("약 2천여만원", [("2천여만", 20_000_000)]),
        ("3 천원", [("3 천", 3_000)]),
        ("수백억 원", []),
    ],
)
def test_numbers_in_a_text(text: str, found: list[tuple[str, int | None]]) -> None:
    assert [(text[one.start : one.end], one.value) for one in find_numbers(text)] == found


@pytest.mark.parametrize(
    "unit", ["1", "1,", "1.", "1조 ", "1조", "3천", "1억 천만 ", "1 ", "1만 5", "여", "천", "1,2,"]
)
def test_long_texts_take_time_in_proportion(unit: str) -> None:
    def seconds(times: int) -> float:
        text = unit * times
        started = time.perf_counter()
        for _ in find_numbers(text):
            pass
        read_number(text)
        return time.perf_counter() - started

    seconds(1_000)
    assert seconds(40_000) < 20 * max(seconds(10_000), 0.005)
