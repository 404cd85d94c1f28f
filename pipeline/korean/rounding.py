"""Words around a number that round it, bound it or pick it out: 약 3%, 3% 안팎, 최대 3%, 3%를 훌쩍 넘는."""

from __future__ import annotations

#: What rounds a number, before and behind it.
ABOUT = ("약", "대략", "얼추", "줄잡아", "어림잡아", "거의", "대체로")
AROUND = ("가량", "정도", "안팎", "수준", "내외", "남짓", "쯤")
#: What part of a band it is: 30%대 초반.
PARTLY = ("초반", "중반", "후반")
#: What stands before it and tells what it is among others.
QUALIFIERS = ("약", "총", "최대", "최소", "평균", "무려")
AT_MOST = ("많게는", "적게는")
#: By how much it is passed, and the verb: 훌쩍 넘는.
BY_HOW_MUCH = ("훌쩍", "크게", "조금", "살짝")
PASSED = rf"(?:(?:{'|'.join(BY_HOW_MUCH)})\s)?넘[는은기겨긴길었어을게겼]"
