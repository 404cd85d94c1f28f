"""What a price or an amount is per: kWh당 120원, 건당 처리비는 830원, 1kWh에 18원, $340/kW, 분당 80m."""

from __future__ import annotations

import re

from ..records import Measures
from .expressions import of_words
from .rounding import QUALIFIERS

#: Code points before a price that may tell it.
_SEEN = 40
#: What is done so many times. The price of a thing goes by its currency, as 주가 and 값 do: 주당, 개당, 장당.
_PIECES = "건|박스|상자|회|클릭"
_MEASURES = "톤|평|배럴|온스|시간|리터|갤런|그램|킬로그램|킬로와트시|헥타르"
_MEASURE = rf"(?:[A-Za-z㎡㎏㎾㎿㎥]{{1,4}}|(?<![가-힣])(?:{_MEASURES}|{_PIECES}))"
_LATELY = rf"(?:(?:{of_words((*QUALIFIERS, '각각'))})\s?)?"
#: What a price is called: 단가, 임대료, 처리비.
_CALLED = (
    r"(?:(?:평균|현물|도매|소매|최저)\s)?"
    r"[가-힣]{0,5}(?:[값료비가]|가격|비용|요금)"
)
_TOLD = rf"{_CALLED}(?:[은는이가도을를]|만)?\s(?:[가-힣]{{1,5}}\s){{0,2}}"
_PER = re.compile(
    # 100개당, 1천 회 노출당, 3.3㎡당: so many of them.
    r"(?P<many>(?<![\d.,])(?!1\s?[^\d.,천만억\s])\d[\d.,]*[천만억]{0,2}\s?(?:[A-Za-z㎡㎏㎥]{1,3}|[가-힣]{1,2}))(?:\s노출)?당\s?"
    rf"(?:{_LATELY}|{_TOLD}{_LATELY})$"
    rf"|(?P<unit>{_MEASURE})당\s?(?:{_LATELY}|{_TOLD}{_LATELY})$"
    rf"|(?:1|한)\s?(?P<of>시간|[A-Za-z]{{1,4}})에\s{_LATELY}$"
    rf"|한\s(?P<one>시간)\s[가-힣]{{2,6}}\s{_TOLD}{_LATELY}$"
)
_AFTER = re.compile(r"\s?/\s?(?P<unit>[A-Za-z㎡㎏㎾㎿㎥톤평]{1,4})(?![A-Za-z])")
#: What other amounts are per: 초당 2,450토큰, 1㎏당 160Wh; those that tell a share are not.
_PACE = re.compile(
    rf"(?:(?<![가-힣])(?P<time>[초분])|(?P<unit>와트|[A-Za-z㎏㎡㎥]{{1,3}}))당\s?[*]*(?:(?:{of_words(QUALIFIERS)})\s)?$"
)
_PACED = ("ps", "/s", "/h")
_NO_PACE = frozenset({"%", "%p", "배"})
#: A sum that leaves out its currency, by what follows (1조가 넘는 값), and what is counted: 인구 14억.
_SUM = re.compile(
    r"(?:[은는이가을를에의도로]|에서|까지|쯤|씩|밖에|이나|짜리)?(?=\s?[,.…→⇒)”’\"'\]]|\s?$|\0)"
    r"|(?:[은는이가을를에의도로]|에서|까지|쯤|씩|밖에|이나|짜리|으로)(?=\s)"
)
_COUNT = re.compile(
    r"(?:인구|직원|인원|이용자|사용자|구독자|가입자|회원|시청자|조회|매개변수|파라미터|토큰|주식|물량|건수|횟수|대수)"
    r"[가-힣]{0,2}\s(?:[가-힣]{1,4}\s){0,2}$"
)


def is_sum(text: str, start: int, end: int) -> bool:
    """Whether a number without a unit is a sum of money, as those told in 억 and 조 are."""
    if text[end - 1] not in "억조" or _SUM.match(text, end) is None:
        return False
    return _COUNT.search(text, max(0, start - 16), start) is None


def unit_of_pace(text: str, start: int, unit: str, measures: Measures) -> str:
    """The unit of an amount that is no price: m/분, GB/s, Wh/kg."""
    if unit in _NO_PACE or unit.endswith(_PACED):
        return unit
    found = _PACE.search(text[max(0, start - _SEEN // 2) : start])
    if found is None:
        return unit
    if found["time"] == "초" and f"{unit}/s" in measures.per:
        return f"{unit}/s"
    per = "W" if found["unit"] == "와트" else found["time"] or found["unit"]
    return f"{unit}/{per}" if per in measures.per else unit


def unit_of_price(text: str, start: int, end: int, currency: str, measures: Measures) -> str:
    """The unit of a price that stands there, 원/kWh; of a sum that is per nothing, its currency."""
    found = _AFTER.match(text, end)
    before = text[max(0, start - _SEEN) : start]
    of_one = "당" in before or "시간" in before or ("에 " in before[-5:] and "1" in before[-12:])
    if found is None and of_one:
        found = _PER.search(before)
    unit = found[found.lastgroup or 0] if found else ""
    if found is None or (found.lastgroup != "many" and unit not in measures.per):
        return currency
    return f"{'원' if currency == 'KRW' else currency}/{unit}"
