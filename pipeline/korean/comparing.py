"""Words by which something is measured against something else: 보다, 대비, 24.6%에서 22.3%로.

They are parts of regular expressions.
"""

from __future__ import annotations

#: What stands behind what something is measured against.
THAN = ("보다", "에 비해", "대비")
BESIDE = ("과 비교", "와 비교")
WEIGHED = ("와 견줘", "과 견줘")

#: The year, quarter and month before, and what measures against them is called in English.
LAST_YEAR, LAST_QUARTER, LAST_MONTH = ("전년", "작년", "지난해"), r"전\s?분기", "전월"
#: 한 달 전, which periods.toml asks for too, and what is measured against the month before besides.
MONTH_AGO = r"한\s?달\s?전"
THAN_LAST_MONTH = rf"지난\s?달{THAN[0]}"
YOY, QOQ, MOM = "YoY", "QoQ", "MoM"

#: Words for a growth; the first of them are told of a year where nothing else is said.
GROWN = ("성장률", "증가율")
GROWTH = (*GROWN, "증감률", "상승률", "하락률", "감소율", "신장률")
#: Behind a value from which there is another one now.
FROM = r"[^\s\d]{0,3}에서(?:는|도)?\s"


def from_to(before: int, behind: int) -> str:
    """What stands behind a value with the one that there is now: ``에서 22.3%로``.

    Parameters
    ----------
    before, behind
        The most that stands before and behind the first digit of the second value, code points.
    """
    return rf"에서\s(?:[^.]|\.\d){{0,{before}}}?\d(?:[^.]|\.\d){{0,{behind}}}?로"
