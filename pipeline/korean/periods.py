"""Periods in a text, and what they are on the day on which the article came out."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from functools import lru_cache
from operator import attrgetter
from typing import NamedTuple

from ..records import PeriodWords
from .comparing import BESIDE, THAN
from .expressions import any_of, of_words
from .numerals import read_number
from .particles import REST_OF_WORD
from .rounding import AROUND
from .spelling import is_syllable
from .times import DAY_OF_MONTH, GLUED, HALVES, LASTING, MONTH_OF_YEAR, SEASONS, TO, WEEKDAYS


class Period(NamedTuple):
    """A period that a text names.

    Attributes
    ----------
    start, end
        Where it stands, code points.
    name
        As figures give it; None where the article's day would have to be known.
    back
        What it is to the period that is spoken of: the ``year``, ``quarter`` or ``month`` before it.
    until
        Whether it is when something ends: 2030년까지.
    passing
        Whether it is said by the way, of no more than what follows it: 지금.
    """

    start: int
    end: int
    name: str | None
    back: str | None = None
    until: bool = False
    passing: bool = False


@dataclass(frozen=True, slots=True)
class Calendar:
    """What periods are reckoned from.

    Attributes
    ----------
    day
        On which the article came out.
    year
        Of that day, or the one that the article itself speaks of most.
    fiscal
        Quarters of the fiscal years that the article counts in, by their number.
    """

    day: date | None
    year: int | None
    fiscal: Mapping[int, int]


_MONTH = (
    rf"(?P<m>{MONTH_OF_YEAR})\s?월(?!드)"
    rf"(?:\s?(?:(?P<f>{DAY_OF_MONTH})(?:일)?{TO})?(?P<d>{DAY_OF_MONTH})\s?일)?"
)
#: A quarter, or a row of them: 1~3분기.
_QUARTER = rf"(?:(?P<p>[1-4])\s?(?:분기)?{TO})?(?P<q>[1-4])\s?분기"
#: What part of a year is meant behind it, and the words between the two.
_PART = rf"(?:{_QUARTER}|(?P<h>[상하])반기|{_MONTH}|같은\s(?:기간|분기))?"
_WITHIN = r"(?:\s?(?:말|초|들어|중))?\s?"
_NOT_LASTING = rf"(?!(?:{of_words(GLUED)})|\s?(?:{of_words((*LASTING, '만의', '이내', *AROUND))}))"
_FISCAL_QUARTER = r"(?:제)?\s?(?P<fq>[1-4])\s?분기"
_FISCAL_YEAR = r"(?P<fy>20\d\d)\s?(?:회계연도|회계\s연도|FY)"
_DIGITS = re.compile(
    rf"{_FISCAL_YEAR}(?:\s?{_FISCAL_QUARTER})?"
    r"|(?P<y>(?:19|20)\d\d)\s?년(?!대|생|산|간|형|식|차)"
    + (_WITHIN + _PART).replace("?P<", "?P<y")
    + r"|['’]?(?P<yy>[12]\d|3[0-5])년\s?(?P<yyq>[1-4])분기"
    r"|(?P<dy>20\d\d)[.\-/]\s?(?P<dm>0?[1-9]|1[0-2])[.\-/]\s?(?P<dd>3[01]|[12]\d|0?[1-9])(?!\d)"
    rf"|{_QUARTER}{_NOT_LASTING}|(?P<m1>{MONTH_OF_YEAR})\s?월?{TO}(?P<m2>{MONTH_OF_YEAR})\s?월(?!드)"
    rf"|{_MONTH}|(?:(?P<first>{DAY_OF_MONTH})일?{TO})?(?P<day>{DAY_OF_MONTH})\s?일"
    r"(?=\s?\(|[에부까,]?\s|은|\s(?:오전|오후))" + _NOT_LASTING
)
#: Digits that may be a part of one, by what stands behind them.
_RUN = re.compile(r"\d(?<!\d.)\d*+(?=\s?[년월분일회F~∼–./-])")
_HALF = re.compile(r"[상하]반기")
#: Behind a period that something is measured against.
_MEASURED_AGAINST = re.compile(
    rf"(?:의(?=\s?같은))?\s?(?:{of_words((*THAN, *BESIDE))}|같은\s?(?:기간|분기)보다|\([^)]{{1,20}}\)보다)"
)
_UNTIL = re.compile(r"\s?(?:말|초|중순)?까지")
_BEHIND = re.compile(rf"{_WITHIN}(?:의\s)?{_PART}")
_GLUED = re.compile(r"[\dA-Za-z가-힣.,]")
#: Before a year of two digits: '25년.
_QUOTES = ("'", "’")
_start = attrgetter("start")
#: What is written together with a word for a period: 지난해말, 내년분, 오늘밤, 올해들어.
_GOES_WITH = "|".join((*GLUED, *SEASONS))
_TOGETHER = rf"[말초중내안쯤경분호자비]|들어|동안|{_GOES_WITH}|{HALVES}|[초중상하]순|[상하]반기|같은"
#: Behind such a word, where it is one: no 이번 달 in 이번 달리기, no 10년 전 in 10년 전쟁.
ENDS = rf"(?=(?:{_TOGETHER})?{REST_OF_WORD})"
_MONTHS = re.compile(rf"\s({MONTH_OF_YEAR})\s?월?{TO}({MONTH_OF_YEAR})월")
#: A year right before it.
_OF_YEAR = re.compile(r"((?:19|20)\d\d)년\s?$")
_THE_DAY = re.compile(rf"\s?({DAY_OF_MONTH})일")
_FISCAL = re.compile(
    _FISCAL_YEAR + r"\s?" + _FISCAL_QUARTER + r"|회계\s?연도\s(?:(?P<y>20\d\d)년\s?)?(?P<q>[1-4])\s?분기"
)
_FISCAL_BEFORE = re.compile(r"회계\s?연도\s$")
_QUARTERS = {(1, 3): 1, (4, 6): 2, (7, 9): 3, (10, 12): 4}
_MONTHS_OF_HALF = {"상": "H1", "하": "H2"}
#: Quarters from a first to a last one that have a name of their own.
_ROWS = {("1", "2"): "H1", ("3", "4"): "H2", ("1", "4"): ""}
_PAST, _COMING = re.compile(r"지난\s?$"), re.compile(r"오는\s?$")


@lru_cache(maxsize=4)
def _words(words: PeriodWords) -> tuple[re.Pattern[str], re.Pattern[str], tuple[str, ...]]:
    """Where a word may begin, the words, and what each means."""
    begins = any_of(one for _, begins, _ in words.words for one in begins)
    cues = "|".join(f"({cue})" for cue, _, _ in words.words)
    return begins, re.compile(f"(?:{cues}){ENDS}"), tuple(means for _, _, means in words.words)


def calendar_of(day: date | None, text: str) -> Calendar:
    """What the periods of an article are reckoned from: the day it came out, the fiscal years it names."""
    # Most articles count in none.
    told = _FISCAL.finditer(text) if "회계" in text or "FY" in text else ()
    # 회계연도 3분기: of the year in which it is told.
    now = str(day.year) if day is not None else None
    years = [(int(one["fq"] or one["q"]), one["fy"] or one["y"] or now) for one in told]
    fiscal = {quarter: int(year) for quarter, year in years if year}
    if fiscal:
        year = max(fiscal.values())
        fiscal = {quarter: fiscal.get(quarter, year) for quarter in range(1, 5)}
    return Calendar(day, day.year if day is not None else None, fiscal)


def is_measured_against(text: str, end: int) -> bool:
    """Whether something is measured against the period that ends there: 지난해보다, 전 분기 대비."""
    return _MEASURED_AGAINST.match(text, end) is not None


def find_periods(text: str, calendar: Calendar, words: PeriodWords) -> list[Period]:
    """Periods of a text, from left to right."""
    found: list[Period] = []
    at = 0
    for run in _RUN.finditer(text):
        start = run.start()
        start -= text[start - 1 : start] in _QUOTES
        if start < at or (match := _DIGITS.match(text, start)) is None:
            continue
        at = match.end()
        if _GLUED.match(text[max(0, start - 1) : start]) and not match["fy"]:
            continue
        name = _dated(match, calendar, text)
        if match["y"] and name is not None and _FISCAL_BEFORE.search(text, max(0, start - 8), start):
            name = f"FY{name}"  # 회계연도 2026년 2분기
        found.append(Period(start, at, name, None, _ends_then(text, at)))
    begins, cues, means = _words(words)
    at = 0
    while place := begins.search(text, at):
        start = place.start()
        at = start + 1
        before = text[start - 1 : start]
        # 30년 전 is none in 2030년 전, either.
        if before and (is_syllable(before) or (text[start].isdecimal() and _GLUED.match(before))):
            continue
        if (word := cues.match(text, start)) and word.lastindex:
            one = _worded(text, word, means[word.lastindex - 1], calendar)
            found = [f for f in found if f.start >= one.end or f.end <= one.start]
            found.append(one)
            at = one.end
    if "반기" in text and calendar.year is not None:
        for match in _HALF.finditer(text):
            start, end = match.span()
            if not any(f.start <= start < f.end for f in found):
                name = f"{calendar.year}{_MONTHS_OF_HALF[match[0][0]]}"
                found.append(Period(start, end, name, None, _ends_then(text, end)))
    return sorted(found, key=_start) if len(found) > 1 else found


def _ends_then(text: str, end: int) -> bool:
    """Whether something lasts until a period."""
    return _UNTIL.match(text, end) is not None


def _dated(m: re.Match[str], calendar: Calendar, text: str) -> str | None:
    if m["fy"]:
        return f"FY{m['fy']}" + (f"Q{m['fq']}" if m["fq"] else "")
    if m["y"]:
        return _within(int(m["y"]), *(m[f"y{name}"] for name in "qhmdfp"))
    if m["yy"]:
        return f"20{m['yy']}Q{m['yyq']}"
    if m["dy"]:
        return _day(int(m["dy"]), int(m["dm"]), int(m["dd"]))
    if m["q"]:
        name = quarter_name(int(m["q"]), calendar)
        return _quarters(int(name[:4]), m["p"], m["q"]) if name and name[0].isdecimal() else name
    if m["m1"]:
        first, last = int(m["m1"]), int(m["m2"])
        told = _OF_YEAR.search(text, max(0, m.start() - 6), m.start())
        if not told and (quarter := _QUARTERS.get((first, last))):
            return quarter_name(quarter, calendar, fiscal=False)
        months_of = int(told[1]) if told else _year_of_month(last, calendar, "")
        return _months(months_of, first, last) if months_of else None
    if m["m"]:
        year = _year_of_month(int(m["m"]), calendar, text[max(0, m.start() - 4) : m.start()])
        return _within(year, None, None, m["m"], m["d"], m["f"]) if year else None
    if calendar.day is None:
        return None
    day = int(m["day"])
    shift = 1 if day > calendar.day.day and not _COMING.search(text, max(0, m.start() - 4), m.start()) else 0
    month = calendar.day.year * 12 + calendar.day.month - 1 - shift
    until = _day(month // 12, month % 12 + 1, day)
    since = _day(month // 12, month % 12 + 1, int(m["first"])) if m["first"] else None
    return f"{since}/{until}" if since and until and since < until else until


def _day(year: int, month: int, day: int) -> str | None:
    try:
        return date(year, month, day).isoformat()
    except ValueError:
        return None


def _months(year: int, first: int, last: int) -> str | None:
    """A row of months of a year, by the quarter that it is, if any: 1~10월."""
    if quarter := _QUARTERS.get((first, last)):
        return f"{year}Q{quarter}"
    return f"{year}-{first:02d}/{year}-{last:02d}" if first < last else None


def _quarters(year: int, first: str | None, last: str) -> str:
    """A quarter, or a row of them by its months: 1~3분기."""
    if first is None or first >= last:
        return f"{year}Q{last}"
    if (part := _ROWS.get((first, last))) is not None:
        return f"{year}{part}"
    return f"{year}-{3 * int(first) - 2:02d}/{year}-{3 * int(last):02d}"


def _within(
    year: int,
    q: str | None,
    h: str | None,
    m: str | None,
    d: str | None,
    f: str | None = None,
    p: str | None = None,
) -> str | None:
    if q:
        return _quarters(year, p, q)
    if h:
        return f"{year}{_MONTHS_OF_HALF[h]}"
    if m and d:
        last = _day(year, int(m), int(d))
        first = _day(year, int(m), int(f)) if f else None
        return f"{first}/{last}" if first and last else last
    return f"{year}-{int(m):02d}" if m else str(year)


def _year_of_month(month: int, calendar: Calendar, before: str) -> int | None:
    if calendar.day is None or calendar.year is None:
        return calendar.year
    if month <= calendar.day.month:
        return calendar.year
    return calendar.year - 1 if _PAST.search(before) else calendar.year


def quarter_of(month: str | None) -> str | None:
    """The quarter of the calendar that a month lies in: ``2026-11``."""
    return f"{month[:4]}Q{(int(month[5:]) + 2) // 3}" if month else None


def quarter_name(quarter: int, calendar: Calendar, fiscal: bool = True) -> str | None:
    """A quarter without its year: the latest one that had ended, or is under way or next."""
    if fiscal and quarter in calendar.fiscal:
        return f"FY{calendar.fiscal[quarter]}Q{quarter}"
    if calendar.year is None:
        return None
    if calendar.day is None:
        return f"{calendar.year}Q{quarter}"
    now = (calendar.day.month + 2) // 3
    return f"{calendar.year - (quarter - now >= 2)}Q{quarter}"


def _worded(text: str, word: re.Match[str], means: str, calendar: Calendar) -> Period:
    start, end = word.span()
    unit, _, off = means.rpartition("+") if "+" in means else means.rpartition("-")
    if unit == "base":
        if off == "years":
            years = read_number(word[0].partition("년")[0]) or 0
            name = str(calendar.year - int(years)) if calendar.year else None
            return Period(start, end, name)
        return Period(start, end, None, off)
    step = int(off) if "+" in means else -int(off)
    name = None
    if unit == "ttm":
        name = "TTM"
    elif unit == "same":
        return Period(start, end, None, "same")
    elif unit == "next":
        return Period(start, end, None, "next")
    elif unit == "year" and calendar.year is not None:
        part = _BEHIND.match(text, end)
        name = str(calendar.year + step)
        if part and any(part.groups()):
            end = part.end()
            told = _within(calendar.year + step, *(part[name] for name in "qhmdfp"))
            name = told or name
        elif months := _MONTHS.match(text, end):
            end = months.end()
            name = _months(calendar.year + step, int(months[1]), int(months[2])) or name
    elif unit == "fiscal":
        last = max(calendar.fiscal.values(), default=calendar.year)
        name = f"FY{last + step}" if last is not None else None
    elif calendar.day is not None:
        if unit == "quarter":
            month = calendar.day.year * 4 + (calendar.day.month - 1) // 3 + step
            name = f"{month // 4}Q{month % 4 + 1}"
        elif unit == "month":
            month = calendar.day.year * 12 + calendar.day.month - 1 + step
            name = f"{month // 12}-{month % 12 + 1:02d}"
            if day := _THE_DAY.match(text, end):
                end = day.end()
                name = _day(month // 12, month % 12 + 1, int(day[1])) or name
        elif unit == "week":
            name = week_name(calendar.day + timedelta(days=7 * step))
        elif unit == "weekday":
            name = _weekday(word[0], calendar.day).isoformat()
        else:
            name = (calendar.day + timedelta(days=step)).isoformat()
    return Period(start, end, name, None, _ends_then(text, end), word[0] == "지금")


def week_name(day: date) -> str:
    """The week of a day, as ISO 8601 numbers it: ``2026-W48``."""
    year, week, _ = day.isocalendar()
    return f"{year}-W{week:02d}"


def _weekday(word: str, today: date) -> date:
    """The day of the week that is meant: 지난 화요일, 오는 목요일; else the last one."""
    to = WEEKDAYS.index(word[-3]) - today.weekday()
    if word.startswith(("지난주", "지난 주", "다음", "이번")):
        return today + timedelta(days=to + (-7 if word[0] == "지" else 7 if word[0] == "다" else 0))
    if word.startswith("오는"):
        return today + timedelta(days=to if to > 0 else to + 7)
    past = to > 0 or (to == 0 and word.startswith("지난"))
    return today + timedelta(days=to - 7 if past else to)


_QUARTER_NAME = re.compile(r"(FY)?(\d{4})Q([1-4])")
_YEAR_NAME = re.compile(r"(FY)?(\d{4})(.*)")


def moved(name: str | None, back: str) -> str | None:
    """A period that lies before another, or just after it (``next``)."""
    if name is None or back == "same":
        return name
    if "/" in name:
        ends = [moved(end, back) for end in name.split("/")]
        return "/".join(end for end in ends if end) if all(ends) else None
    quarter = _QUARTER_NAME.fullmatch(name)
    if back in ("quarter", "next"):
        if quarter is None:
            return None
        at = int(quarter[2]) * 4 + int(quarter[3]) - 1 + (1 if back == "next" else -1)
        return f"{quarter[1] or ''}{at // 4}Q{at % 4 + 1}"
    if back == "month" and len(name) == 7 and name[4] == "-":
        month = int(name[:4]) * 12 + int(name[5:]) - 2
        return f"{month // 12}-{month % 12 + 1:02d}"
    if back == "year" and (year := _YEAR_NAME.fullmatch(name)):
        return f"{year[1] or ''}{int(year[2]) - 1}{year[3]}"
    return None
