"""Words of the press: of credits and captions, of rights, of outlets, of who writes, of publication.

They are parts of regular expressions, which readers and the layout put together, and the rules of
``configs/boilerplate/`` by the name `VOCABULARY` has for them.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from .comparing import LAST_MONTH, LAST_YEAR, MONTH_AGO
from .connectives import ADVERSATIVE, CONDITIONAL
from .dates import FIRST, LATER, WHEN
from .endings import CLOSED, FINAL, QUOTED, STATED
from .labels import ASKS, DATES, RECIPIENTS, SENDERS, SENT, SIGNERS, TITLE
from .names import COMPOUND_SURNAMES, SURNAME
from .numerals import CURRENCIES, FEW
from .particles import AT, CLOSING, COMPANY, OBJECT, PARTICLES, SHORT_CLOSING, SUBJECT, TOPIC
from .rounding import AROUND
from .saying import ANNOUNCED, SAID, TOLD
from .times import GLUED, HALVES, LASTING, SEASONS, SPANS, WEEKDAYS, WHOLE


def one_of(words: Iterable[str]) -> str:
    """A regular expression for any of some words, a space of which may be left out."""
    return f"(?:{'|'.join(words)})".replace(" ", r"\s?")


def spelled(pattern: str, words: Mapping[str, str] | None = None) -> str:
    """A regular expression with the words in it that it names: ``(?&agency)``."""
    for name, word in (VOCABULARY if words is None else words).items():
        pattern = pattern.replace(f"(?&{name})", word)
    return pattern


#: What is shown, as its credit calls it (사진=한빛통신), and what the credit says of its source.
CREDITED = ("사진", "자료 사진", "그래픽", "일러스트", "캡처", "캡쳐")
PICTURES = (*CREDITED, "이미지", "그림", "영상")
SOURCES = ("자료", "출처")
#: What is drawn of figures.
CHARTS = ("표", "도표", "그래프", "인포그래픽")
#: What somebody's name stands before whose picture it is, and what else of theirs it was taken from.
GIVEN = ("제공", "캡처", "캡쳐", "갈무리", "DB", "자료 사진")
PAGES = ("홈페이지", "누리집", "페이스북", "인스타그램", "유튜브", "블로그", "전자공시시스템", "전자공시")
#: Who sells pictures and reports to many outlets.
AGENCIES = (
    "연합뉴스", "뉴시스", "뉴스1", "게티이미지뱅크", "게티이미지코리아", "게티이미지", "셔터스톡",
    "로이터", "Getty Images", "Getty Image", "Reuters", "AFP",
)  # fmt: skip
#: What they are called for short, which may mean something else.
SHORT_AGENCIES = ("연합", "EPA", "AP")
#: What a caption says is seen, by its last word.
SCENES = ("모습", "장면", "전경", "풍경", "조감도", "투시도", "개념도", "구조도", "외관", "내부")
#: What it shows in figures.
SERIES = ("추이", "현황", "그래프", "비교표")

#: How names of outlets end; the first of them end nothing else.
PAPERS = ("뉴스", "신문", "통신", "일보", "방송")
OUTLETS = (*PAPERS, "경제", "투데이", "타임스", "타임즈", "저널")
#: What must not be done with an article; that it is not the outlet's name which it stands behind.
COPYING = ("전재", "재배포", "복제", "배포", "도용", "사용", "이용")
UNPERMITTED = "무단"
FORBIDDEN = (UNPERMITTED, *COPYING[:4])
#: Signs of rights, as letters of a class, and how they are typed; who holds them; since when.
SIGNS, TYPED = "ⓒ©Ⓒ", r"\([cC]\)"
OWNERS = "저작권자"
COPYRIGHT = "(?:Copyrights?|copyrights?|COPYRIGHTS?)"
RESERVED = r"(?:[Aa]ll\s[Rr]ights\s[Rr]eserved|ALL\sRIGHTS\sRESERVED)"
YEARS = r"\d{4}(?:\s?[-–~]\s?\d{4})?"
#: How an article points at itself: 이 기사, 본 콘텐츠.
THIS = ("이", "본", "위", "해당")
#: Parts of an office, as its people are named by.
OFFICES = ("팀", "부", "국", "실", "과", "센터", "데스크")
#: What the first column at the head of a release says: 보도 일시, 담당 부서.
COLUMNS = ("일시", "시점", "일자", "일", "부서", "자", "처", "과", "기관")
#: As what other articles are listed, and what heads such a list: 관련 기사, 많이 본 뉴스.
CHOSEN = ("관련", "연관", "추천", "인기", "주요", "최신")
_WITH_IT, _NOW = r"함께\s?", r"이\s?시각"
RELATED = (
    rf"(?:(?:{'|'.join(CHOSEN)})\s?(?:기사|뉴스|글|콘텐츠|링크|키워드)|많이\s?(?:본|읽은)\s?(?:기사|뉴스)?"
    rf"|{_WITH_IT}(?:(?:보면|읽으면|읽기|보기)\s?좋은|본|볼|읽을)\s?(?:기사|뉴스|글|콘텐츠|이야기|레터|책)?"
    rf"|{_NOW}\s?(?:주요\s?)?(?:뉴스|기사))"
)
#: What stands above such a list alone.
MORE = (
    rf"(?:{RELATED}|{_WITH_IT}(?:보면|읽)|{_NOW}|더\s?(?:보기|읽기)|다른\s?(?:기사|글)"
    r"|[가-힣A-Za-z]{2,12}의?\s?다른\s?기사)"
)
#: What offices tell the press with: 보도자료.
RELEASES = ("보도", "설명", "해명", "참고")

#: Who reports, behind the name, and all that one behind a name may be called who writes for an outlet.
REPORTERS = ("기자", "특파원", "통신원")
WRITERS = (*REPORTERS, "논설위원", "칼럼니스트", "에디터", "앵커", "리포터", "PD", "피디")

#: What somebody does in the news, and in no picture: a plan is 검토하고 있다, prices are 오르고 있다.
DONE = (
    "검토", "추진", "준비", "계획", "논의", "요구", "주장", "강조", "지적", "예상", "전망", "기대", "우려",
    "분석", "추산", "집계", "운영", "시행",
)  # fmt: skip
GOING = ("늘고", "줄고", "오르고", "잇따르고")
#: What mails are sent from, as they say themselves.
DEVICES = (
    "iPhone", "iPad", "아이폰", "아이패드", "Galaxy", "갤럭시", "Samsung", "스마트폰", "휴대폰", "휴대전화",
    "모바일", "Mac", "맥북", "Android", "안드로이드", "Outlook", "Gmail", "메일", "Windows",
    "윈도우?", "태블릿",
)  # fmt: skip

#: By what name a rule calls them: ``(?&agency)``.
VOCABULARY: Mapping[str, str] = {
    "surname": SURNAME,
    "compound": one_of(COMPOUND_SURNAMES),
    "pictured": one_of(PICTURES),
    "labelled": one_of((*PICTURES, *SOURCES)),
    "chart": one_of(CHARTS),
    "given": one_of(GIVEN),
    "page": one_of(PAGES),
    "agency": one_of((*AGENCIES, *SHORT_AGENCIES)),
    "sight": one_of(SCENES),
    "series": one_of(SERIES),
    "outlets": one_of(OUTLETS),
    "copying": one_of(COPYING),
    "forbidden": one_of(FORBIDDEN),
    "unpermitted": UNPERMITTED,
    "sign": f"[{SIGNS}]",
    "signs": SIGNS,  # in a class
    "typed": TYPED,
    "owner": OWNERS,
    "copyright": COPYRIGHT,
    "reserved": RESERVED,
    "years": YEARS,
    "this": one_of(THIS),
    "release": one_of(RELEASES),
    "office": one_of(OFFICES),
    "column": one_of(COLUMNS),
    "chosen": one_of(CHOSEN),
    "related": RELATED,
    "reporter": one_of(REPORTERS),
    "writer": one_of(WRITERS),
    "done": one_of(DONE),
    "going": one_of(GOING),
    "device": one_of(DEVICES),
    "stamped": one_of((*FIRST, *LATER)),
    "day": WHOLE,
    "weekday": f"[{WEEKDAYS}]",
    "half": f"(?:{HALVES})",
    "span": one_of(SPANS),
    "glued": one_of(GLUED),
    "lasting": one_of(LASTING),
    "around": one_of(AROUND),
    "few": one_of(FEW),
    "last-year": one_of(LAST_YEAR),
    "last-month": LAST_MONTH,
    "month-ago": MONTH_AGO,
    "particle": one_of(PARTICLES),
    "topic": f"[{''.join(TOPIC)}]",
    "subject": f"[{''.join(SUBJECT[:2])}]",
    "topic-or-subject": f"[{''.join((*TOPIC, *SUBJECT[:2]))}]",
    "object": f"[{''.join(OBJECT)}]",
    "topic-or-object": f"[{''.join((*TOPIC, *OBJECT))}]",
    "stated": f"[{STATED}]",
    "closed": f"[{CLOSED}]",
    "final": f"[{FINAL}]",
    "quoted": f"[{QUOTED}]",
    "at": one_of(AT),
    "with": f"[{''.join(COMPANY)}]",
    "season": one_of(SEASONS),
    "adversative": one_of(ADVERSATIVE),
    "conditional": one_of(CONDITIONAL),
    "when": one_of((*WHEN, "일")),
    "copula": one_of(CLOSING),
    "is": one_of((*CLOSING, *SHORT_CLOSING)),
    "said": "|".join(SAID),  # within a choice
    "told": "|".join(TOLD),  # the same
    "announced": "|".join(ANNOUNCED),  # the same
    "asks": f"[{ASKS}]",
    "titled": TITLE,
    "signer": one_of(SIGNERS),
    "posted": one_of(DATES),
    "sender": one_of(SENDERS),
    "recipient": one_of(RECIPIENTS),
    "sent": one_of(SENT),
    "currency": one_of(CURRENCIES),
}
