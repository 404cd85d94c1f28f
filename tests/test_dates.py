"""Dates: whatever style they are written in, they read back to their day; what is no day is none."""

from __future__ import annotations

import json
import time
from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta, timezone
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline import layout, read
from pipeline.korean.dates import read_date
from pipeline.records import Article, Note, Reading, Source
from pipeline.settings import ConfigError, load_boilerplate, load_settings

SEOUL = ZoneInfo("Asia/Seoul")
_DAYS = "월화수목금토일"
_MON = "Jan Feb Mar Apr May Jun Jul Aug Sep Oct Nov Dec".split()  # noqa: SIM905
_MONTH = ("January February March April May June July August September October November December").split()  # noqa: SIM905
_DAY = "Monday Tuesday Wednesday Thursday Friday Saturday Sunday".split()  # noqa: SIM905


def _twelve(t: datetime) -> int:
    return t.hour % 12 or 12


def _offset(t: datetime, colon: bool = False) -> str:
    minutes = int((t.utcoffset() or timedelta()).total_seconds()) // 60
    sign, minutes = "-" if minutes < 0 else "+", abs(minutes)
    return f"{sign}{minutes // 60:02}{':' if colon else ''}{minutes % 60:02}"


#: Styles that name a zone; the others are in the newsroom's.
ZONED: dict[str, Callable[[datetime], str]] = {
    "iso": lambda t: t.isoformat(timespec="seconds"),
    "iso with parts": lambda t: t.strftime("%Y-%m-%dT%H:%M:%S.123") + _offset(t, colon=True),
    "utc": lambda t: t.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ"),
    "utc words": lambda t: t.astimezone(UTC).strftime("%Y-%m-%d %H:%M:%S UTC"),
    "basic": lambda t: t.astimezone(UTC).strftime("%Y%m%dT%H%M%SZ"),
    "pdf": lambda t: t.strftime("D:%Y%m%d%H%M%S") + _offset(t)[:3] + "'" + _offset(t)[3:] + "'",
    "rfc 822": lambda t: (
        f"{_DAY[t.weekday()][:3]}, {t.day:02} {_MON[t.month - 1]} {t.year} {t:%H:%M:%S} {_offset(t)}"
    ),
    "rfc 822 of a Korean server": lambda t: (
        f"{_DAYS[t.weekday()]}, {t.day:02} {t.month} {t.year} {t:%H:%M:%S} {_offset(t)}"
    ),
    "rfc 822 of Java in Korean": lambda t: (
        f"{_DAYS[t.weekday()]}, {t.day:02} {t.month}월 {t.year} {t:%H:%M:%S} {_offset(t)}"
    ),
    "rfc 822 with a named zone": lambda t: (
        f"{_DAY[t.weekday()][:3]}, {t.day} {_MON[t.month - 1]} {t.year} {t:%H:%M} {_offset(t)} (XX)"
    ),
    "javascript": lambda t: (
        f"{_DAY[t.weekday()][:3]} {_MON[t.month - 1]} {t.day:02} {t.year} {t:%H:%M:%S} GMT{_offset(t)} (KST)"
    ),
    "java": lambda t: (
        f"{_DAY[t.weekday()][:3]} {_MON[t.month - 1]} {t.day:02} {t.astimezone(SEOUL):%H:%M:%S} KST {t.year}"
        if t.astimezone(SEOUL).date() == t.date()
        else t.isoformat()
    ),
    "java region": lambda t: f"{t.astimezone(ZoneInfo('Europe/Paris')):%Y-%m-%dT%H:%M:%S}[Europe/Paris]",
    "server log": lambda t: f"{t.day:02}/{_MON[t.month - 1]}/{t.year}:{t:%H:%M:%S} {_offset(t)}",
    "seconds": lambda t: str(int(t.timestamp())),
    "milliseconds": lambda t: str(int(t.timestamp()) * 1000 + 7),
}
LOCAL: dict[str, Callable[[datetime], str]] = {
    "plain": lambda t: f"{t:%Y-%m-%d %H:%M:%S}",
    "dots": lambda t: f"{t:%Y.%m.%d %H:%M}",
    "loose dots": lambda t: f"{t.year}. {t.month}. {t.day}. {t:%H:%M}",
    "slashes": lambda t: f"{t.year}/{t.month}/{t.day} {t:%H:%M:%S}",
    "zone said": lambda t: f"{t:%Y-%m-%d %H:%M:%S} KST",
    "digits": lambda t: f"{t:%Y%m%d%H%M%S}",
    "fewer digits": lambda t: f"{t:%Y%m%d%H%M}",
    "korean": lambda t: f"{t.year}년 {t.month}월 {t.day}일 {t.hour}시 {t.minute}분",
    "korean half": lambda t: (
        f"{t.year}년 {t.month}월 {t.day}일 {'오전' if t.hour < 12 else '오후'} {_twelve(t)}시 {t.minute}분"
    ),
    "korean with its day": lambda t: f"{t:%Y}. {t:%m}. {t:%d} ({_DAYS[t.weekday()]}) {t:%H:%M}",
    "korean day in full": lambda t: (
        f"{t.year}년 {t.month}월 {t.day}일 {_DAYS[t.weekday()]}요일 {'오전' if t.hour < 12 else '오후'} "
        f"{_twelve(t)}:{t.minute:02}"
    ),
    "browser": lambda t: (
        f"{t.year}. {t.month}. {t.day}. {'오전' if t.hour < 12 else '오후'} {_twelve(t)}:{t:%M:%S}"
    ),
    "portal": lambda t: f"입력 {t:%Y.%m.%d %H:%M} 수정 {t + timedelta(days=40):%Y.%m.%d %H:%M}",
    "portal behind": lambda t: f"{t:%Y.%m.%d %H:%M} 입력 | {t + timedelta(days=40):%Y.%m.%d %H:%M} 수정",
    "corrected first": lambda t: f"수정: {t + timedelta(days=40):%Y-%m-%d %H:%M} / 등록: {t:%Y-%m-%d %H:%M}",
    "camera": lambda t: f"{t:%Y:%m:%d %H:%M:%S}",
    "english": lambda t: (
        f"{_MONTH[t.month - 1]} {t.day}, {t.year} {_twelve(t)}:{t:%M} {'a' if t.hour < 12 else 'p'}.m."
    ),
    "english with its day": lambda t: (
        f"{_DAY[t.weekday()]}, {t.day} {_MONTH[t.month - 1]} {t.year} at {_twelve(t)}:{t:%M}"
        f"{'AM' if t.hour < 12 else 'PM'}"
    ),
    "of C": lambda t: f"{_DAY[t.weekday()][:3]} {_MON[t.month - 1]} {t.day:2} {t:%H:%M:%S} {t.year}",
    "two letters": lambda t: f"{_DAY[t.weekday()][:2]}, {t.day} {_MON[t.month - 1]} {t.year} {t:%H:%M:%S}",
    "half in front": lambda t: f"{t:%Y/%m/%d} {'AM' if t.hour < 12 else 'PM'} {_twelve(t):02}:{t:%M}",
    "the clock first": lambda t: f"{t:%H:%M} · {t.year}년 {t.month}월 {t.day}일",
    "hanja": lambda t: f"{t.year}年 {t.month}月 {t.day}日 {t:%H:%M}",
    "wide": lambda t: f"{t:%Y-%m-%d %H:%M}".translate({ord("0") + n: 0xFF10 + n for n in range(10)}),
}
DAYS: dict[str, Callable[[date], str]] = {
    "iso": date.isoformat,
    "dots": lambda d: f"{d:%Y.%m.%d}",
    "loose dots": lambda d: f"{d.year}. {d.month}. {d.day}.",
    "digits": lambda d: f"{d:%Y%m%d}",
    "korean": lambda d: f"{d.year}년 {d.month}월 {d.day}일({_DAYS[d.weekday()]})",
    "short year": lambda d: f"'{d:%y}. {d.month}. {d.day}." if d.year >= 2000 else d.isoformat(),
    "english": lambda d: f"{_MON[d.month - 1]}. {d.day}, {d.year}",
    "british": lambda d: f"{d.day} {_MONTH[d.month - 1]} {d.year}",
    "database": lambda d: f"{d.day:02}-{_MON[d.month - 1].upper()}-{d.year}",
    "its day tells which is the month": lambda d: (
        f"{_DAY[d.weekday()]} {d.day:02}/{d.month:02}/{d.year}" if not _swaps(d) else d.isoformat()
    ),
}


def _swaps(d: date) -> bool:
    """Whether day and month can change places without a change of the weekday."""
    try:
        return date(d.year, d.day, d.month).weekday() == d.weekday() and d.day != d.month
    except ValueError:
        return False


times = st.datetimes(datetime(2002, 1, 1), datetime(2032, 12, 31)).map(lambda t: t.replace(microsecond=0))
offsets = st.sampled_from([-600, -480, -300, -210, 0, 60, 330, 480, 540, 630]).map(
    lambda minutes: timezone(timedelta(minutes=minutes))
)


@given(times, offsets, st.sampled_from(sorted(ZONED)))
def test_a_time_with_its_zone_reads_back_to_its_moment(at: datetime, offset: timezone, style: str) -> None:
    written = ZONED[style](at.replace(tzinfo=offset))
    moment = read_date(written)
    assert moment is not None, written
    assert moment.at is not None
    assert abs(moment.at - at.replace(tzinfo=offset)) < timedelta(minutes=1), written
    assert moment.day == at.replace(tzinfo=offset).astimezone(SEOUL).date()


@given(times, st.sampled_from(sorted(LOCAL)))
def test_a_time_without_zone_is_in_the_newsroom_s(at: datetime, style: str) -> None:
    written = LOCAL[style](at)
    moment = read_date(written)
    assert moment is not None, written
    assert moment.at is not None
    assert moment.day == at.date(), written
    assert abs(moment.at - at.replace(tzinfo=SEOUL)) < timedelta(minutes=1), written


@given(times.map(datetime.date), st.sampled_from(sorted(DAYS)))
def test_a_day_reads_back(day: date, style: str) -> None:
    moment = read_date(DAYS[style](day))
    assert moment is not None, DAYS[style](day)
    assert (moment.day, moment.at) == (day, None)


@given(times, st.sampled_from(["Asia/Seoul", "UTC", "America/New_York", "Pacific/Auckland"]))
def test_the_newsroom_s_zone_decides_the_day(at: datetime, zone: str) -> None:
    moment = read_date(at.replace(tzinfo=UTC).isoformat(), zone)
    assert moment is not None
    assert moment.day == at.replace(tzinfo=UTC).astimezone(ZoneInfo(zone)).date()


@pytest.mark.parametrize(
    "text",
    [
        "", " ", "true", "어제", "오늘 14:30", "3시간 전", "1 hour ago", "2026", "2026년 3월", "2026-03",
        "3월 5일", "March 2026", "5 March", "14:30", "2026 08:26", "Thu 08:26", "2026년 3월호",
        "46086", "123", "0", "-1",
        # day and month could change places
        "03/05/2026", "3-5-2026", "03.05.2026", "03/05/2026 14:30", "03/05/26", "3.5.26",
        # there is no such day or hour
        "2026-13-05", "2026-02-30", "2025-02-29", "31 Feb 2026", "2026-00-10", "2026-03-05 25:00",
        "2026-03-05 14:61", "오전 14시 2026-03-05", "0000-00-00 00:00:00", "0001-01-01T00:00:00Z", "20261305",
        "9999-12-31", "2026-03-05T14:30:00+99:00",
        # a time somewhere, or two days
        "2026-03-05 (현지시간) 14:30", "2026-03-05 14:30 XYZ", "2026-03-05T14:30[No/Where]",
        "2026-03-05 ~ 2026-03-07", "2026년 3월 5일 밤 12시", "2026-03-05 자정",
        "9" * 150, "[" * 150, "2026-03-05 " * 50,
    ],
)  # fmt: skip
def test_what_names_no_day_is_none(text: str) -> None:
    assert read_date(text) is None


@pytest.mark.parametrize(
    ("text", "day"),
    [("25/03/2026", "2026-03-25"), ("03/25/2026", "2026-03-25"), ("05/05/2026", "2026-05-05"),
     ("26.03.05 14:30", "2026-03-05"), ("26년 3월 5일", "2026-03-05"), ("목요일, 05/03/2026", "2026-03-05"),
     ("Thursday, 05-Mar-26 14:30:00 GMT", "2026-03-05"), ("05-Mar-70", "1970-03-05"),
     ("March 5, 2026 at 8:30 PM ET", "2026-03-06"), ("July 5, 2026 11:30 AM ET", "2026-07-06"),
     ("July 5, 2026 10:30 AM ET", "2026-07-05"), ("2026년 3월 5일 낮 12시", "2026-03-05"),
     ("2026-03-05 오후 14:30", "2026-03-05"), ("Posted on March 5th, 2026", "2026-03-05")],
)  # fmt: skip
def test_days_that_could_be_read_otherwise(text: str, day: str) -> None:
    moment = read_date(text)
    assert moment is not None
    assert moment.day.isoformat() == day


@given(st.text(max_size=60) | st.text("0123456789:-./ TZ월일년오후,+()", max_size=40))
def test_any_text_is_a_day_or_none(text: str) -> None:
    moment = read_date(text)
    assert moment is None or 1900 <= moment.day.year <= 2101


@pytest.mark.parametrize("unit", ["1", " ", "(", "오", "2026-", "Mar ", "1:", "입력", "+", "Z", "a/", ". "])
def test_no_text_takes_long(unit: str) -> None:
    started = time.perf_counter()
    for _ in range(50):
        read_date((unit * 200)[:199])
        read_date(unit * 100_000)
    assert time.perf_counter() - started < 1


def _published(folder: Path, record: dict[str, object], reading: Reading | None = None) -> Article:
    path = folder / "a.json"
    body = "가람전자가 새 공장을 짓는다고 밝혔다. 공장은 내년에 문을 연다."
    path.write_text(json.dumps({"title": "공장", "body": body, **record}), encoding="utf-8")
    (found,) = read([path], reading)
    assert isinstance(found, Article)
    return found


@pytest.mark.parametrize(
    ("record", "day"),
    [
        ({"date": "Wed, 04 Feb 2026 08:23:30 GMT"}, "2026-02-04"),
        ({"timestamp": 1772688600}, "2026-03-05"),
        ({"timestamp": 1772688600123}, "2026-03-05"),
        ({"timestamp": 1772688600.5}, "2026-03-05"),
        ({"createdAt": {"$date": "2026-03-05T05:30:00Z"}}, "2026-03-05"),
        ({"createdAt": {"$date": {"$numberLong": "1772688600000"}}}, "2026-03-05"),
        ({"regDate": [2026, 3, 5, 14, 30]}, "2026-03-05"),
        ({"regDate": [2026, 3, 5]}, "2026-03-05"),
        ({"published": True, "date": "2026-03-05"}, "2026-03-05"),
        ({"published": "false", "createdAt": "2026.03.05"}, "2026-03-05"),
        ({"published": 1, "pubDate": "2026-03-05"}, "2026-03-05"),
        ({"published": True}, None),
        ({"published": None, "date": ""}, None),
    ],
)
def test_dates_of_records(tmp_path: Path, record: dict[str, object], day: str | None) -> None:
    article = _published(tmp_path, record)
    assert article.source.published == day
    assert not [note for note in article.notes if note.code == "date"]


def test_what_is_no_date_is_told_and_not_shown(tmp_path: Path) -> None:
    article = _published(tmp_path, {"date": "03/05/2026"})
    assert (article.source.published, article.source.published_at, article.source.day) == (None, None, None)
    assert Note("date", "03/05/2026") in article.notes


def test_the_setting_decides_the_day(tmp_path: Path) -> None:
    for zone, day in (("Asia/Seoul", "2026-03-06"), ("America/New_York", "2026-03-05")):
        reading = load_settings(None, {"read.zone": zone}).reading()
        assert _published(tmp_path, {"date": "2026-03-05T20:00:00Z"}, reading).source.published == day
    with pytest.raises(ConfigError, match="no such time zone"):
        load_settings(None, {"read.zone": "Asia/Soul"})


@pytest.mark.parametrize("zone", ["../etc/passwd", "/etc/localtime", "", "한국"])
def test_a_zone_is_no_path(zone: str) -> None:
    with pytest.raises(ConfigError):
        load_settings(None, {"read.zone": zone})


def test_dates_of_boilerplate_are_read_alike() -> None:
    text = "입력 2026.03.05 오후 2:30\n\n가람전자가 새 공장을 짓는다고 밝혔다. 공장은 내년에 문을 연다."
    source = Source(path="a.txt", sha256="0" * 64)
    article = Article(id="a", title=None, source=source, text=text, body=(0, len(text)))
    found = layout.lay_out(article, load_boilerplate()).article.source
    assert (found.published, found.published_at) == ("2026-03-05", "2026-03-05T14:30:00+09:00")
