"""All that a sentence counts, by what it counts: two sentences that count differently say different things."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Mapping

from .figures import rounded, value_of

#: Numbers that a text gives, by what they count: ``{"권": {30000.0}}``.
Counts = Mapping[str, frozenset[float]]

_NUMBER = r"\d[\d,]*+(?:\.\d+)?"
_BIG = rf"{_NUMBER}(?:\s?[천백]?[조억만](?:\s?{_NUMBER})?|[천백](?:{_NUMBER})?)*+[천백]?"
#: What is counted, longest first where one begins like another.
_COUNTERS = sorted(
    (
        "명 사람 인 개 개사 개소 개국 개월 곳 군데 건 대 채 권 마리 그루 석 좌석 면 리터 미터 킬로미터 센티미터 밀리미터 킬로그램 "
        "그램 톤 평 제곱미터 헥타르 원 달러 엔 위안 유로 배 번 번째 차례 회 회째 차 위 점 골 표 쌍 켤레 벌 장 통 병 잔 그릇 척 편 "
        "발 자루 송이 포기 상자 박스 세트 팀 가구 세대 필지 칸 량 노선 줄 쪽 부 과목 학급 학교 호 호선 기 세 살 등 급 단계 종 종류 "
        "가지 품목 항목 조항 주 주년 주간 년 년간 해 달 시간 분 분간 초 도 층 동 개동 분기 호기 나라 개점 점포 줄 끼 판 퍼센트 프로 "
        "포인트 마력 세대 갑 다발 뿌리 알 모금 걸음 바퀴 코스 홀 타 이닝 라운드 세트 득점 연승 연패 관왕 계단 말 되 근 돈 냥 집 팩 봉지 "
        "캔 봉 컵 줌 겹 획 구 절 막 곡 컷 회차 강 학년 반 학기 학점 문항 문제 개교 개팀 개반 대대 중대 연대 메가와트 기가와트 킬로와트 나노 "
        "석 필 두 홉 섬 자 치 리 길 뼘 발짝 마디 방 방울 줄기 가닥 갈래 토막 조각 덩이 모 접시 숟갈 술 첩 제 쾌 손 축 톳 두름 거리 쌈 강좌 "
        "강의 행사 회사 도시 마을 부처 기관 은행 대학 병원"
    ).split(),
    key=lambda word: (-len(word), word),
)
_SAME_COUNTER = {
    "사람": "명", "인": "명", "군데": "곳", "개소": "곳", "개사": "곳", "회사": "곳", "퍼센트": "%", "프로": "%", "킬로미터": "km",
    "㎞": "km", "미터": "m", "센티미터": "cm", "㎝": "cm", "밀리미터": "mm", "㎜": "mm", "킬로그램": "kg", "㎏": "kg", "그램": "g",
    "톤": "t", "리터": "l", "ℓ": "l", "제곱미터": "㎡", "살": "세", "달": "개월", "해": "년", "년간": "년", "분간": "분", "차례": "번",
    "회": "번", "$": "달러", "￦": "원", "₩": "원", "€": "유로", "%포인트": "%p", "좌석": "석", "개동": "동", "나라": "개국", "주간": "주",
    "메가와트": "mw", "㎿": "mw", "기가와트": "gw", "킬로와트": "kw", "㎾": "kw",
}  # fmt: skip
_UNIT = "|".join(_COUNTERS)
_COUNTED = re.compile(
    rf"(?P<sign>[$￦₩€])?\s?(?P<value>{_BIG})\s?여?\s?"
    rf"(?:(?P<mark>%\s?(?:포인트|p)|[%℃㎡㎞㎏㎜㎝ℓ㎾㎿]|[A-Za-z]{{1,4}}(?![A-Za-z0-9]))|(?P<unit>{_UNIT})|(?P<other>[가-힣]{{1,4}}))?"
)
_RANGE = re.compile(rf"(?<!\d)(?<!\d,)({_NUMBER})\s?[~∼]\s?(?=({_NUMBER}))")
_PARTICLES = re.compile(
    r"(?:이었다|이다|이며|이고|이라|이나|였다|으로|에서|까지|부터|보다|씩|은|는|이|가|을|를|의|에|도|로|과|와|만|여|다|고)++$"
)
_CLOCK = re.compile(
    r"(오전|오후|새벽|아침|낮|저녁|밤)?\s?(?<!\d)(\d{1,2})\s?(?:시(?!간|즌|도|군|민|장|내)\s?(?:(\d{1,2})\s?분|(반))?|:(\d\d)(?!\d))"
)
_DATE = re.compile(r"(?<!\d)((?:19|20)\d\d)[.\-/]\s?(\d{1,2})[.\-/]\s?(\d{1,2})(?!\d)")
_YEAR = re.compile(r"(?<!\d)((?:19|20)\d\d)\s?년(?!\s?(?:만|간|동안|째))")
_MONTH = re.compile(r"(?<![\d.])(\d{1,2})\s?월(?!드)")
_DAY = re.compile(r"(?<![\d.,])(\d{1,2})\s?일(\s?(?:간|동안|째|연속|만에|치))?")
_PART = re.compile(r"((?<!\d)\d++|한|두|세|네|다섯|열|백)\s?분의\s?(\d+|일|한|이|두|삼|세)")
_SCORE = re.compile(r"(?<![\d.,-])(\d{1,3})\s?[-:대]\s?(\d{1,3})(?![\d.,-]|\s?[년월일])")
#: Numerals of the language itself. Some of them are words of their own too, and count only before a counter.
_ONES = {
    "한": 1, "하나": 1, "두": 2, "둘": 2, "세": 3, "셋": 3, "석": 3, "서": 3, "네": 4, "넷": 4, "넉": 4, "너": 4, "다섯": 5,
    "닷": 5, "여섯": 6, "엿": 6, "일곱": 7, "여덟": 8, "아홉": 9,
}  # fmt: skip
_TENS = {
    "열": 10,
    "스물": 20,
    "스무": 20,
    "서른": 30,
    "마흔": 40,
    "쉰": 50,
    "예순": 60,
    "일흔": 70,
    "여든": 80,
    "아흔": 90,
}
_AMBIGUOUS = frozenset({"한", "세", "네", "석", "서", "너", "넉", "닷", "엿"})
# What may follow a counter: 세 부담 counts nothing.
_AFTER = "이|가|을|를|은|는|의|에|도|로|으로|과|와|만|씩|쯤|째|까지|부터|정도|나|다|였|짜리|당|마다|간|여"
_NATIVE = re.compile(
    rf"(?<![가-힣0-9])(?P<tens>{'|'.join(_TENS)})?(?P<ones>{'|'.join(sorted(_ONES, key=len, reverse=True))})?\s?"
    rf"(?:(?P<unit>{_UNIT})(?={_AFTER}|[^가-힣]|$)|(?<=\s)(?P<other>[가-힣]{{1,4}}))"
)
_DAYS = {
    "하루": 1, "이틀": 2, "사흘": 3, "나흘": 4, "닷새": 5, "엿새": 6, "이레": 7, "여드레": 8, "아흐레": 9, "열흘": 10, "보름": 15,
}  # fmt: skip
_DAY_WORD = re.compile(rf"(?<![가-힣])({'|'.join(_DAYS)})(?!아침)")
_WHOLE = {"십": 10.0, "백": 100.0, "천": 1000.0, "만": 10_000.0, "억": 1e8}
_WORD = re.compile(rf"(?<![가-힣0-9])(수|몇\s?)?([십백천만억])\s?(?=(?:{_UNIT}))({_UNIT})")
_HALF = re.compile(r"(상|하)반기")
#: Counters of when something happens: outlets tell the day of the telling too.
WHEN = frozenset({"연도", "월", "일", "시각", "반날", "날"})


def counts(text: str) -> Counts:
    """All numbers of a text, by what they count; spelt-out ones too (두 사람, 열흘)."""
    found: defaultdict[str, set[float]] = defaultdict(set)
    rest = text
    for pattern, read in (
        (_DATE, _date), (_PART, _part), (_CLOCK, _clock), (_YEAR, _year), (_MONTH, _month), (_DAY, _day), (_SCORE, _score),
        (_HALF, _half), (_DAY_WORD, _day_word), (_WORD, _word), (_NATIVE, _native),
    ):  # fmt: skip
        for match in pattern.finditer(rest):
            for counter, value in read(match):
                found[counter].add(value)
        rest = pattern.sub(lambda m, own=read: " ; " if own(m) else m[0], rest)  # type: ignore[misc]
    ranges = {match.start(1) for match in _RANGE.finditer(rest)}
    waiting: list[float] = []
    for match in _COUNTED.finditer(rest):
        value = value_of(match["value"])
        if match.start("value") in ranges:
            waiting.append(value)
            continue
        found[_counter(match)].update((value, *waiting))
        waiting.clear()
    return {counter: frozenset(values) for counter, values in found.items()}


def at_odds(ones: Counts, others: Counts) -> frozenset[str]:
    """What two texts count differently: neither has all the numbers of the other."""
    return frozenset(
        counter
        for counter in ones.keys() & others.keys()
        if not (_within(ones[counter], others[counter]) or _within(others[counter], ones[counter]))
    )


def _within(few: frozenset[float], many: frozenset[float]) -> bool:
    return all(any(rounded(one, other) for other in many) for one in few)


def _counter(match: re.Match[str]) -> str:
    mark = re.sub(r"\s", "", match["mark"] or "").lower()
    raw = mark or match["unit"] or match["sign"] or ""
    if not raw and match["other"] and not _spaced(match):
        raw = _PARTICLES.sub("", match["other"])
    return _SAME_COUNTER.get(raw, raw)


def _spaced(match: re.Match[str]) -> bool:
    """Whether a word that is no known counter stands apart from its number: 93.7 이상."""
    return match.string[match.end("value") : match.start("other")] != ""


_Read = list[tuple[str, float]]


def _date(match: re.Match[str]) -> _Read:
    return [("연도", float(match[1])), ("월", float(match[2])), ("일", float(match[3]))]


def _part(match: re.Match[str]) -> _Read:
    names = {**_ONES, "일": 1, "이": 2, "삼": 3, "열": 10, "백": 100}
    whole, part = (float(names.get(one, 0) or one) for one in (match[1], match[2]))
    return [("몫", round(part / whole, 6))] if whole else []


def _clock(match: re.Match[str]) -> _Read:
    hour, minute = int(match[2]), 30 if match[4] else int(match[3] or match[5] or 0)
    if hour > 24 or minute > 59:
        return []
    late = match[1] in ("오후", "저녁", "밤") or hour > 12
    half = [("반날", float(late))] if match[1] in ("오전", "오후", "새벽", "저녁", "밤") or hour > 12 else []
    return [("시각", float(hour % 12 * 60 + minute)), *half]


def _year(match: re.Match[str]) -> _Read:
    return [("연도", float(match[1]))]


def _month(match: re.Match[str]) -> _Read:
    return [("월", float(match[1]))]


def _day(match: re.Match[str]) -> _Read:
    return [("날" if match[2] else "일", float(match[1]))]


def _score(match: re.Match[str]) -> _Read:
    few, many = sorted((int(match[1]), int(match[2])))
    return [("대", float(many * 1000 + few))]


def _half(match: re.Match[str]) -> _Read:
    return [("반기", float(match[1] == "하"))]


def _day_word(match: re.Match[str]) -> _Read:
    return [("날", float(_DAYS[match[1]]))]


def _word(match: re.Match[str]) -> _Read:
    counter = _SAME_COUNTER.get(match[3], match[3])
    return [(f"여러 {counter}" if match[1] else counter, _WHOLE[match[2]])]


def _native(match: re.Match[str]) -> _Read:
    value = _TENS.get(match["tens"] or "", 0) + _ONES.get(match["ones"] or "", 0)
    counter = match["unit"] or ""
    if not counter:
        if match["tens"] or match["ones"] in _AMBIGUOUS:
            return []
        counter = _PARTICLES.sub("", match["other"])
    return [(_SAME_COUNTER.get(counter, counter), float(value))] if value else []
