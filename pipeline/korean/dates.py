"""Dates as sources write them: the day in the newsroom's zone, and the moment where a time is told.

Nothing is guessed. A date without its year, its month or its day is none, nor is one whose day and month
could change places (03/05/2026), nor one with a time in a zone that nobody knows.
"""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta, timezone, tzinfo
from itertools import pairwise
from zoneinfo import ZoneInfo

from ..records import ZONE
from .times import EVENING, HALVES, MORNING, WEEKDAYS

_LONGEST = 200
_YEARS = range(1900, 2101)
#: Seconds since 1970 have ten digits from 2001 on; from 2033 on they would look like a day and its hour.
_SECONDS = range(10**9, 2 * 10**9)

# What stands around a date: 입력 2026.03.05 14:30 | 수정 2026.03.06 09:00
#: What is said to have been done at the time of publication, and later.
FIRST = ("입력", "등록", "게시", "게재", "작성", "승인", "발행", "배포", "송고", "보도")
LATER = ("수정", "업데이트", "갱신")
#: What may follow either.
WHEN = ("일시", "시간", "시각", "날짜", "일자")
_LABEL = re.compile(
    r"(?:(?:최초|최종|기사|last) ?)?"
    rf"(?:(?P<first>{'|'.join(FIRST)}|날짜|일자|일시|date|published|posted|created)"
    rf"|(?P<later>{'|'.join(LATER)}|updated?|modified|edited|revised))"
    rf"(?: ?(?:{'|'.join(WHEN)}|일(?!\d)|on\b|at\b))?+ ?+[:：]?",
    re.IGNORECASE,
)
_BRACKETS = re.compile(r"\(([^()]{0,60})\)|\[([^\[\]]{0,60})\]")
_WEEKDAY = re.compile(
    r"(?<![\dA-Za-z가-힣])(?:(?P<ko>[화수목금토]|(?:^|(?<=\()|(?<=\[))[월일]|[월일](?=요일|,))(?:요일)?(?![가-힣A-Za-z])"
    r"|(?P<en>mon?|tues?|tu|wed?|wednes|thurs?|thu?|fri?|satur|sat?|sun?)(?:day)?(?![A-Za-z]))[.,]?",
    re.IGNORECASE,
)
_WEEKDAYS = {**{name: n for n, name in enumerate(WEEKDAYS)},
             **{name: n for n, name in enumerate(("mo", "tu", "we", "th", "fr", "sa", "su"))}}  # fmt: skip

_HALF = rf"{HALVES}|[ap]\.? ?m\b\.?"
_TIME = re.compile(
    rf"(?:(?P<half>{_HALF}) ?)?(?<!\d)(?P<hour>\d{{1,2}})"
    r"(?: ?: ?(?P<minute>\d{2})(?: ?: ?(?P<second>\d{2})(?:[.,]\d{1,9})?)?"
    r"| ?시(?: ?(?P<minute2>\d{1,2}) ?분(?: ?(?P<second2>\d{1,2}) ?초)?)?"
    rf"|(?= ?[ap]\.? ?m\b(?!\.? ?\d)))(?!\d)(?: ?(?P<half2>{_HALF}))?",
    re.IGNORECASE,
)
_OFFSET = re.compile(r"(?P<sign>[+\-−])(?P<h>\d{1,2}):?(?P<m>\d{2})?(?!\d)")
_NAME = re.compile(r"(?<![A-Za-z])(?:[A-Z]{1,4}(?![A-Za-z])|한국 ?(?:표준시|시간|시각)|협정 ?세계시)")
_ZONES: dict[str, int | str] = {
    "Z": 0, "UTC": 0, "GMT": 0, "UT": 0, "WET": 0, "협정세계시": 0,
    "KST": 9, "JST": 9, "한국표준시": 9, "한국시간": 9, "한국시각": 9,
    "EST": -5, "EDT": -4, "CST": -6, "CDT": -5, "MST": -7, "MDT": -6, "PST": -8, "PDT": -7,
    "ET": "America/New_York", "CT": "America/Chicago", "MT": "America/Denver", "PT": "America/Los_Angeles",
    "CET": 1, "CEST": 2, "EET": 2, "EEST": 3, "MSK": 3, "BST": 1, "HKT": 8, "SGT": 8,
    "AEST": 10, "AEDT": 11,
}  # fmt: skip
_REGION = re.compile(r"(?<![A-Za-z/])[A-Z][A-Za-z]{1,20}/[A-Z][A-Za-z_]{1,30}(?![A-Za-z/])")

_MONTH = r"(?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)[a-z]{0,6}\.?"
_NAMED = re.compile(
    rf"(?<![\dA-Za-z])(?:\d{{1,2}}(?:st|nd|rd|th)?[ /-](?:of )?{_MONTH},?[ /-](?:\d{{4}}|\d\d)"
    rf"|{_MONTH} ?\d{{1,2}}(?:st|nd|rd|th)?,? \d{{4}}|\d{{4}}[ /-]{_MONTH}[ /-]\d{{1,2}})(?!\d)",
    re.IGNORECASE,
)
_YEAR_FIRST = re.compile(
    r"(?<!\d)(?P<y>\d{4}) ?(?:[./–-]|년|年| ) ?(?P<m>\d{1,2}) ?(?:[./–-]|월|月| ) ?(?P<d>\d{1,2})(?!\d)"
    r"(?: ?(?:일|日)자?|\.)?"
)
_MONTH_FIRST = re.compile(r"(?<!\d)(?P<m>\d{1,2}) ?월 ?(?P<d>\d{1,2})(?!\d) ?일?,? ?(?P<y>\d{4})(?!\d)년?")
_DAY_FIRST = re.compile(r"(?<!\d)(?P<d>\d{1,2})(?:일|,)? (?P<m>\d{1,2})월,? (?P<y>\d{4})(?!\d)년?")
_YEAR_LAST = re.compile(r"(?<!\d)(\d{1,2})( ?[./-] ?| )(\d{1,2})\2(\d{4})(?!\d)")
_DIGITS = re.compile(
    r"(?:D:)?(\d{4})(\d\d)(\d\d)(?:[T ]?(\d\d)(\d\d)(\d\d)?(?:\.\d{1,9})?)?((?: ?[+-]\d\d:?\d\d|Z)?)"
)
_EPOCH = re.compile(r"(?P<seconds>\d{10})(?P<thousandths>\d{3})?(?:\.\d{0,9})?")
_REST = re.compile(r"(?:[ ,.·|/:;~-]|\bat\b|\bon\b|\bthe\b)*+")


@dataclass(frozen=True, slots=True)
class Moment:
    """When something was published.

    Attributes
    ----------
    day
        In the newsroom's zone.
    at
        With its offset, in that zone; None where only the day is told.
    """

    day: date
    at: datetime | None = None


def read_date(text: str, zone: str = ZONE) -> Moment | None:
    """Read a date as feeds, mails, pages, records and people write it; None where it names no day.

    Parameters
    ----------
    zone
        Of the newsroom, by its IANA name: it decides the day, and is that of times that name none.
    """
    if len(text) > _LONGEST:
        return None
    seen = "".join(char for char in unicodedata.normalize("NFKC", text) if unicodedata.category(char) != "Cf")
    text = " ".join(seen.split())
    here = ZoneInfo(zone)
    try:
        if match := _EPOCH.fullmatch(text):
            seconds = int(match["seconds"])
            return _moment(datetime.fromtimestamp(seconds, UTC), here) if seconds in _SECONDS else None
        return _read(_spaced(_labelled(text)), here)
    except (ValueError, OverflowError, KeyError):  # the thirtieth of February, 25 o'clock, no such region
        return None


def _moment(at: datetime, here: tzinfo) -> Moment:
    local = at.astimezone(here).replace(microsecond=0)
    return Moment(local.date(), local)


def _labelled(text: str) -> str:
    """The part that tells when it was published, out of one with labels: the first time, not a correction."""
    parts: list[tuple[str, str]] = []  # a label, what follows it
    label, start = "", 0
    for match in _LABEL.finditer(text):
        parts.append((label, text[start : match.start()]))
        label, start = "first" if match["first"] else "later", match.end()
    if not parts:
        return text
    parts.append((label, text[start:]))
    if not _has_digit(parts[-1][1]):  # 2026.03.05 14:30 입력: labels behind
        parts = [(then[0], part[1]) for part, then in pairwise(parts)]
    dated = [part for part in parts if _has_digit(part[1])]
    for wanted in ("first", "", "later"):
        if found := next((part[1] for part in dated if part[0] == wanted), None):
            return found
    return ""


def _has_digit(text: str) -> bool:
    return any(char.isdecimal() for char in text)


def _spaced(text: str) -> str:
    """The same date with blanks between its parts, and all four digits of its year."""
    text = text.strip(" ,.:|·-/~")
    if match := _DIGITS.fullmatch(text.replace("'", "")):
        y, m, d, hour, minute, second, offset = match.groups()
        return f"{y}-{m}-{d}" + (f" {hour}:{minute}:{second or '00'} {offset}" if hour else "")
    text = re.sub(r"^(\d{4}):(\d\d):(\d\d)\b", r"\1-\2-\3", text)  # cameras
    text = re.sub(r"^['’‘`](\d\d)(?=[.년/-])|^(\d\d)(?=년)", r"20\1\2", text)
    if (match := re.match(r"(\d\d)\. ?\d{1,2}\. ?\d{1,2}(?![.\d])", text)) and int(match[1]) > 12:
        text = "20" + text  # 26.03.05: no month, and days do not come first in Korean
    text = re.sub(r"(?<=\d)T(?=\d)", " ", text)
    return re.sub(r"\b(?:GMT|UTC) ?(?=[+\-−]\d)", " ", text)


def _read(text: str, here: ZoneInfo) -> Moment | None:
    weekdays: list[int] = []

    def bracket(match: re.Match[str]) -> str:
        inner = (match[1] or match[2] or "").strip()
        known = inner.replace(" ", "") in _ZONES or _REGION.fullmatch(inner) or "현지" in inner
        return f" {inner} " if known else " "

    def weekday(match: re.Match[str]) -> str:
        weekdays.append(_WEEKDAYS[match["ko"] or match["en"][:2].lower()])
        return " "

    text, clock = _cut(_BRACKETS.sub(bracket, _WEEKDAY.sub(weekday, text)), _TIME)
    text, region = _cut(text, _REGION)
    names = [match for match in _NAME.finditer(text) if match[0].replace(" ", "") in _ZONES]
    for match in reversed(names):
        text = f"{text[: match.start()]} {text[match.end() :]}"
    text, day = _day(" ".join(text.split()), weekdays)
    if day is None or day.year not in _YEARS:
        return None
    text, offset = _cut(text, _OFFSET)
    if not _REST.fullmatch(text):
        return None
    if clock is None:
        return Moment(day)
    given: tzinfo = here
    if offset is not None:
        minutes = int(offset["h"]) * 60 + int(offset["m"] or 0)
        given = timezone(timedelta(minutes=minutes if offset["sign"] == "+" else -minutes))
    elif names:
        known = _ZONES[names[0][0].replace(" ", "")]
        given = ZoneInfo(known) if isinstance(known, str) else timezone(timedelta(hours=known))
    elif region is not None:
        given = ZoneInfo(region[0])
    return _moment(datetime.combine(day, _clock(clock), given), here)


def _cut(text: str, pattern: re.Pattern[str]) -> tuple[str, re.Match[str] | None]:
    match = pattern.search(text)
    return (f"{text[: match.start()]} {text[match.end() :]}", match) if match else (text, None)


def _clock(match: re.Match[str]) -> time:
    hour = int(match["hour"])
    half = (match["half"] or match["half2"] or "").lower()
    if half in MORNING or half[:1] == "a":
        if hour > 12:
            raise ValueError(f"{half} {hour}")
        hour %= 12
    elif half in EVENING or half[:1] == "p" or (half == "낮" and hour < 6) or (half == "밤" and hour > 5):
        if half == "밤" and hour == 12:
            raise ValueError("midnight belongs to two days")
        hour = hour + 12 if hour < 12 else hour  # 오후 14:30 is written too
    return time(
        hour, int(match["minute"] or match["minute2"] or 0), int(match["second"] or match["second2"] or 0)
    )


def _day(text: str, weekdays: list[int]) -> tuple[str, date | None]:
    """What is left of a text without its day, and the day."""
    for pattern in (_YEAR_FIRST, _MONTH_FIRST, _DAY_FIRST):
        if match := pattern.search(text):
            return _without(text, match), date(int(match["y"]), int(match["m"]), int(match["d"]))
    if match := _NAMED.search(text):
        return _without(text, match), _named(match[0])
    if match := _YEAR_LAST.search(text):
        one, between, other, year = int(match[1]), match[2], int(match[3]), int(match[4])
        orders = {(one, other)} if between == " " else {(one, other), (other, one)}  # 05 3 2026 is RFC 822
        days = [date(year, month, day) for day, month in sorted(orders) if month <= 12]
        if len(days) > 1:
            days = [day for day in days if day.weekday() in weekdays]
        return _without(text, match), days[0] if len(days) == 1 else None
    return text, None


def _without(text: str, match: re.Match[str]) -> str:
    return f"{text[: match.start()]} {text[match.end() :]}"


def _named(text: str) -> date | None:
    """A day whose month is named; the parser fills gaps from a default, so two of them tell of gaps."""
    from dateutil import parser

    if match := re.search(r"\D(\d\d)$", text):  # by RFC 5322, not by how far the year is from today
        text = f"{text[: match.start(1)]}{'20' if int(match[1]) < 50 else '19'}{match[1]}"
    found = {
        parser.parse(text, dayfirst=True, default=default)
        for default in (datetime(2000, 1, 1), datetime(2003, 12, 31))
    }
    return found.pop().date() if len(found) == 1 else None
