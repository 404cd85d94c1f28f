"""Years, months, days and hours as they stand in a text: parts of regular expressions.

Their groups are the numbers. What the text means by them (this year's, last month's) is for who reads it.
"""

from __future__ import annotations

#: Parts of the day before its hour: those of the first half, of the second, and those that the hour tells.
MORNING, EVENING, BETWEEN = ("오전", "새벽", "아침"), ("오후", "저녁"), ("낮", "밤")
HALVES = "|".join((*MORNING, *EVENING, *BETWEEN))
SEASONS = ("봄", "여름", "가을", "겨울")
WEEKDAYS = "월화수목금토일"

#: Years that are told from the one in which an article came out.
YEARS = ("올해", "금년", "내년", "내후년", "이듬해", "지난해", "작년")
#: Days that are told from another one: 출시 전날.
DAYS_BESIDE = ("전날", "다음 날", "다음날", "이튿날")
#: What tells that something is so now; of these, those that say it of a figure.
NOW = ("현재", "최근", "지금")
NOWADAYS = (*NOW, "이제", "현행", "요즘", "아직", "오늘날")
#: Said of all of a year.
ANNUAL = r"연간|한\s해"
#: What stood before what there is now: 종전 24%에서.
FORMER = ("종전", "기존", "당초", "이전", "원래")
#: In what the time between two events is told: 3개월 뒤.
SPANS = ("년", "개월", "달", "주", "일", "시간", "분")
#: In what a length of time is told, as a unit of figures: any, and by the calendar.
LENGTHS = frozenset({*SPANS, "초", "주일"})
LONG = LENGTHS - {"시간", "분", "초"}
#: The same with what results are told of.
LENGTHS_AND_QUARTERS = LENGTHS | {"분기"}
#: Parts of a calendar, behind their numbers.
CALENDAR = ("분기", "월", "년", "일")
#: What makes a time that passes out of a number of years or days: 3일간, 5년 만에.
#: The first begin other words where they stand apart: 3일 간담회.
GLUED, LASTING = ("간", "치"), ("동안", "째", "연속", "만에")
SPAN = rf"(?:{'|'.join((*GLUED, *LASTING))})"
YEAR = r"(?<!\d)((?:19|20)\d\d)\s?년(?!\s?(?:만|간|동안|째))"
#: A month of the year and a day of the month, by their numbers; no groups.
MONTH_OF_YEAR, DAY_OF_MONTH = r"1[0-2]|[1-9]", r"3[01]|[12]\d|[1-9]"
#: Between the first and the last of a row of months or days.
TO = r"\s?[~∼–-]\s?"
#: Half a year.
HALF = r"(상|하)반기"
QUARTER = r"(?<!\d)([1-4])\s?분기"
#: Not 3월드.
MONTH = r"(?<![\d.])(\d{1,2})\s?월(?!드)"
DAY = r"(?<![\d.])(\d{1,2})\s?일"
#: Year, month and day in digits: 2026-03-05.
DATE = r"(?<!\d)((?:19|20)\d\d)[.\-/]\s?(\d{1,2})[.\-/]\s?(\d{1,2})(?!\d)"
#: The same in digits or words; no groups.
YEAR_MONTH = r"(?:19|20)\d\d\s?[.\-/년]\s?\d{1,2}\s?[.\-/월]"
WHOLE = rf"{YEAR_MONTH}\s?\d{{1,2}}(?:일|\.)?"
#: The hour, and half past it (반) or its minute; not 3시간, 6시즌, 나래 2시장.
CLOCK = (
    rf"({HALVES})?\s?(?<!\d)(\d{{1,2}})\s?"
    r"(?:시(?!간|즌|도|군|민|장|내)\s?(?:(\d{1,2})\s?분|(반))?|:(\d\d)(?!\d))"
)
#: An hour and its minute: 9시 5분, 9:05.
MINUTE = r"(?<!\d)(\d{1,2})(?:\s?시\s?(\d{1,2})\s?분|:(\d\d)(?!\d))"
#: Any time, and of months and days a range of them; most tries end at once, where no digit is.
ANY = (
    r"(?=\d)(?:(?:19|20)\d\d년|\d{1,2}\s?분기|\d{1,2}(?:[~∼-]\d{1,2})?\s?(?:월(?!드)|일(?![가-힣]{0,1}치))"
    rf"|{DATE}|\d{{1,2}}\s?시(?:\s?\d{{1,2}}\s?분)?|\d{{1,2}}:\d\d)"
)
#: A month without its day, and the months of a quarter by their ends: 8~10월.
MONTHS = r"(?<![\d.~∼])(?:\d{1,2}\s?[~∼]\s?)?\d{1,2}\s?월(?!드|\s?\d{1,2}\s?일)"
#: A month and a day by themselves: no end of a range, no month with its day, no 3일간.
BARE_MONTH = rf"(?<![~∼]){MONTH}(?!\s?\d{{1,2}}\s?일)"
BARE_DAY = rf"(?<![~∼]){DAY}(?![가-힣]?\s?{SPAN})"
#: How a game ended, which looks like a date or an hour: 3-2, 3:2, 3대 2.
SCORE = r"(?<![\d.,-])(\d{1,3})\s?[-:대]\s?(\d{1,3})(?![\d.,-]|\s?[년월일])"
