"""Sentences of the kinds that once fell into the wrong theme, each an article of its own."""

from __future__ import annotations

from collections.abc import Sequence

import pytest

from pipeline import Pipeline

from .conftest import article

CAPEX = (
    "나래시에 200㎿ 규모의 데이터센터가 문을 연다.",
    "바다AI는 오하이오주의 데이터센터 부지를 사들였다.",
    "누리클라우드가 강원도에 새 데이터센터를 세운다.",
    "한빛그룹은 남해안에 AI 데이터센터 단지를 조성하기로 했다.",
    "군은 데이터센터를 유치해 7조원의 투자를 이끌어 냈다.",
    "회사는 서버팜을 지을 땅을 임차했다.",
    "새솔은 내년 설비 투자를 3조원으로 늘린다.",
    "가람전자는 반도체 공장 증설에 5조원을 투자한다고 밝혔다.",
    "GW급 AI 데이터센터가 2028년 준공된다.",
    "누리는 데이터센터 두 곳을 인수했다.",
    "데이터센터 착공이 전력난으로 늦어졌다.",
    "회사는 올해 자본 지출을 20% 줄이기로 했다.",
    "잉여현금흐름이 2년 만에 적자로 돌아섰다.",
    "바다에너지는 데이터센터에 댈 전기를 20년간 공급한다.",
    "데이터센터 건물 세 동이 다음 달 완공된다.",
)
RETAIL = (
    "가람백화점 본점이 새 단장을 마치고 문을 열었다.",
    "새솔마트는 전국 점포를 20곳 줄인다.",
    "대형마트 매출이 석 달째 뒷걸음쳤다.",
    "누리홈쇼핑은 송출 수수료 부담에 영업이익이 반토막 났다.",
    "한빛편의점은 즉석식품 매대를 두 배로 넓혔다.",
    "면세점 업계가 임대료를 깎아 달라고 요구했다.",
    "아웃렛에 명품 매장이 들어왔다.",
    "유료 멤버십 회원이 1,500만 명을 넘었다.",
    "방송광고 매출이 10년 만에 가장 적었다.",
    "온라인 쇼핑 거래액이 20조원을 넘었다.",
    "TV 광고가 줄고 디지털 광고가 늘었다.",
    "슈퍼마켓은 배달을 시작했다.",
    "새벽배송이 전국으로 넓어진다.",
    "네오마트는 가격표를 전자식으로 바꿨다.",
    "회사는 멤버십 가격을 올렸다.",
    "편의점 점포 수가 처음으로 줄었다.",
    "플랫폼은 입점 업체의 수수료를 낮췄다.",
    "OTT 구독료가 또 올랐다.",
    "백화점은 명품으로, 마트는 신선식품으로 손님을 끈다.",
    "광고주가 지출을 줄였다.",
)
#: Words that themes share with anything: money, losses, plans, writing, shops that things happen in.
OTHER = (
    "회사는 올해 2조원의 순손실을 기록했다.",
    "새솔증권은 내년 경기를 어둡게 전망했다.",
    "그는 비용을 아끼려고 도시락을 쌌다.",
    "올해는 책을 열두 권 읽었다.",
    "나는 매일 일기를 썼다.",
    "정부는 예산 3조원을 삭감했다.",
    "은행은 대출 금리를 올렸다.",
    "가계 빚이 1,900조원을 넘었다.",
    "전기차 판매가 30% 늘었다.",
    "전기요금이 다음 달 오른다.",
    "회사는 인건비를 줄일 계획이다.",
    "노조는 임금 5% 인상을 요구했다.",
    "가람제약은 새 약의 임상을 마쳤다.",
    "그는 땅을 팔아 학교에 기부했다.",
    "시장은 새 도로를 놓겠다고 말했다.",
    "보험사는 1조2천억원의 보험금을 지급했다.",
    "영업손실은 3천억원으로 늘었다.",
    "원화 값이 달러당 1,400원까지 떨어졌다.",
    "한 해 수출이 7천억 달러를 넘었다.",
    "공장에서 불이 나 두 명이 다쳤다.",
    "마트에서 장을 보다가 친구를 만났다.",
    "백화점 앞에서 집회가 열렸다.",
    "편의점 강도가 붙잡혔다.",
    "유통기한이 지난 우유를 마셨다.",
    "메모를 남기고 떠났다.",
    "기억에 남는 글을 썼다.",
    "작가는 원고를 다섯 번 고쳐 썼다.",
    "이 돈은 모두 어디로 갔을까.",
    "부채가 자본의 두 배를 넘었다.",
)
#: One word of a theme in an article about something else; the sentence that has it may go either way.
ARTICLES = (
    (
        "정부가 AI 전략을 내놓았다. 국회는 관련 법을 손본다. 새솔대는 클라우드 강의를 새로 연다. "
        "누리연구원은 데이터를 모아 공개하기로 했다. 시민 단체는 보안을 걱정한다.",
        "other other aws|other other other",
    ),
    (
        "새 스마트폰이 나왔다. 화면은 6.7인치다. 칩은 앞 세대보다 빠르다. 모델은 세 가지다. "
        "가격은 120만원부터다.",
        "other other chips other other",
    ),
    (
        "가람자동차가 새 전기차를 선보였다. 한 번 충전하면 500㎞를 달린다. "
        "반도체 부족으로 출고가 늦어질 수 있다. 성능은 앞 모델보다 나아졌다. "
        "예약은 다음 달부터 받는다.",
        "other other chips|other other other",
    ),
    (
        "누리병원이 진료 예약 앱을 만들었다. 환자는 앱에서 의사를 고른다. "
        "자료는 클라우드에 저장된다. 이용자는 한 달 만에 10만 명을 넘었다. "
        "병원은 서비스를 넓힐 계획이다.",
        "other other aws|other other other",
    ),
    (
        "바다항공이 새 노선을 열었다. 인천에서 리스본까지 열네 시간이 걸린다. "
        "회사는 유튜브 광고로 노선을 알린다. 첫 비행기에는 손님 250명이 탔다. "
        "표는 앱에서 살 수 있다.",
        "other other retail|other other other",
    ),
    (
        "새솔중공업이 배 열 척을 수주했다. 계약액은 2조원이다. 회사는 현금을 넉넉히 쌓아 두었다. "
        "배는 2028년까지 넘긴다. 조선소는 전기를 아끼는 공법을 쓴다.",
        "other other capex|other other other",
    ),
    (
        "AWS 매출이 20% 늘었다. 고객사가 두 배로 늘어난 덕이다. 성장률은 3년 만에 가장 높다.",
        "aws aws aws",
    ),
    (
        "누리메모리가 실적을 냈다. D램 값이 30% 올랐다. 영업이익률은 40%였다. 수율도 나아졌다.",
        "other|chips chips chips chips",
    ),
    (
        "회사는 지난해 큰 손실을 냈다. 올해는 흑자를 전망한다. 비용을 20% 줄인 덕이다. 빚도 1조원 갚았다.",
        "other other other other",
    ),
)


#: The same kinds in other words, written before the weights that they are tested on: whole articles, told by
#: what their threads are about.
SIBLINGS = (
    # One word of a theme in a feature or an editorial.
    (
        "인공지능을 어떻게 가르칠 것인가. 교실에서는 벌써 논쟁이 뜨겁다. 아이들은 숙제를 인공지능에 맡긴다. "
        "메모리가 아무리 커져도 생각은 대신할 수 없다. 교사는 질문하는 법부터 가르쳐야 한다. "
        "교육청은 내년 봄 지침을 내놓는다.",
        "other other other chips|other other other",
    ),
    (
        "집이 똑똑해졌다. 현관문은 얼굴을 알아보고 열린다. 사진은 클라우드에 올라간다. "
        "거실 조명은 말 한마디에 꺼진다. 보안이 걱정이라는 사람도 많다.",
        "other other aws|other other other",
    ),
    (
        "시인은 새 시집을 냈다. 그는 삼십 년 동안 글을 썼다. 낮에는 우유를 날랐다. 밤에는 원고를 고쳤다. "
        "광고 문구를 쓰던 버릇이 남아 있다고 했다.",
        "other other other other retail|other",
    ),
    (
        "한울에너지의 전지 사업이 또 손실을 냈다. 손실은 2천억원이다. 회사는 비용을 줄이고 있다. "
        "전기차 수요가 꺾인 탓이다. 내년에는 흑자로 돌아선다는 계획이다.",
        "other other other other other",
    ),
    (
        "말랑랩이 상담용 프로그램을 내놓았다. 상담원은 대화를 요약해 받는다. 100억원의 투자를 유치했다. "
        "직원은 스무 명이다. 대표는 대학원에서 언어학을 공부했다.",
        "other other other other other",
    ),
    # What is left unsaid is the thread's.
    (
        "가람반도체가 4분기 실적을 발표했다. HBM 판매가 두 배로 늘었다. 매출은 12조원으로 40% 늘었다. "
        "영업이익률은 45%로 높아졌다. D램 값이 오른 덕이다. 올해 물량은 이미 모두 팔렸다.",
        "chips chips chips chips chips chips",
    ),
    (
        "온누리마트가 멤버십을 개편한다. 회비는 월 3천원에서 2천원으로 내린다. 무료 배송 기준은 2만원이다. "
        "적립률은 5%로 높아진다. 기존 회원은 다음 갱신부터 새 등급을 적용받는다.",
        "retail retail retail retail retail",
    ),
    (
        "누리클라우드의 매출이 30% 늘었다. 클라우드 고객이 두 배로 늘었기 때문이다. 이익률도 25%로 높아졌다. "
        "수주잔고는 5조원을 넘었다.",
        "aws aws aws aws",
    ),
    (
        "해남에 AI 데이터센터가 들어선다. 부지는 60만㎡다. 1단계 용량은 40㎿다. 공사는 2028년에 끝난다. "
        "투자비는 2조원이다.",
        "capex capex capex capex capex",
    ),
    # A heading, or a turn of the article, begins another thread.
    (
        "## 클라우드\n\nAWS 매출은 20% 늘었다. 성장률은 3년 만에 가장 높다.\n\n"
        "## 배송\n\n당일 배송 지역이 두 배로 넓어졌다. 주문도 30% 늘었다.",
        "aws aws retail retail",
    ),
    (
        "백화점 매출이 5% 늘었다. 명품이 잘 팔렸다. 한편 메모리 업체들은 D램 값을 올렸다. "
        "낸드 값도 20% 뛰었다.",
        "retail retail chips chips",
    ),
    (
        "편의점은 점포를 줄인다. 홈쇼핑은 방송광고가 줄었다. 대형마트는 새벽배송을 시작했다.",
        "retail retail retail",
    ),
)


def themes_of(pipeline: Pipeline, text: str) -> list[str]:
    return [given.theme for given in pipeline.analyse(article(text)).assigned if given]


@pytest.mark.parametrize(
    ("theme", "sentences"),
    [("capex", CAPEX), ("retail", RETAIL), ("other", OTHER)],
    ids=["capex", "retail", "other"],
)
def test_sentences_alone_fall_into_their_theme(
    pipeline: Pipeline, theme: str, sentences: Sequence[str]
) -> None:
    assert [text for text in sentences if themes_of(pipeline, text) != [theme]] == []


@pytest.mark.parametrize(("text", "allowed"), [*ARTICLES, *SIBLINGS])
def test_a_sentence_has_the_theme_of_its_thread(pipeline: Pipeline, text: str, allowed: str) -> None:
    found = themes_of(pipeline, text)
    assert len(found) == len(allowed.split())
    for theme, right in zip(found, allowed.split(), strict=True):
        assert theme in right.split("|"), (found, allowed)


@pytest.mark.parametrize(
    ("text", "both"),
    [
        ("가람전자는 반도체 공장 증설에 5조원을 투자한다고 밝혔다.", {"capex", "chips"}),
        ("쿠팡은 물류센터를 새로 지으려고 설비투자를 늘린다.", {"capex", "retail"}),
        ("AWS는 자체 칩 트레이니움을 고객에게 빌려준다.", {"aws", "chips"}),
    ],
)
def test_a_sentence_on_two_themes_tells_both(pipeline: Pipeline, text: str, both: set[str]) -> None:
    (given,) = [one for one in pipeline.analyse(article(text)).assigned if one]
    assert {given.theme, given.second} == both
