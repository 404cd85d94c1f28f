"""Kinds of lines that articles came with: what of them is text, and where it is cut."""

from __future__ import annotations

import pytest

from pipeline import Pipeline

from .conftest import article

_TEXT = ("body", "item", "quote")


def _texts(pipeline: Pipeline, text: str) -> list[str]:
    return [unit.text for unit in pipeline.document(article(text)).units if unit.kind in _TEXT]


@pytest.mark.parametrize(
    "line",
    [
        "고개에서 바라본 정미소 지붕. 엄지수 기자",
        "**함께 보면 좋은 기사** [눈길을 뚫은 버스](https://a.example.com/1)",
        "시내 한 마트에서 시민들이 장을 보고 있다. 연합뉴스",
        "〈사진〉 나래 공장으로 장비가 들어오고 있다.",
        "매주 수요일, 물류 소식을 메일로 받아보세요 👉 https://sub.example.com",
    ],
)
def test_lines_beside_the_text_are_none_of_it(line: str, pipeline: Pipeline) -> None:
    text = f"정미소의 새 주인\n\n기계는 1988년에 들어왔다.\n\n{line}\n\n쌀은 늘었다. 이장은 웃었다.\n"
    assert _texts(pipeline, text) == ["기계는 1988년에 들어왔다.", "쌀은 늘었다.", "이장은 웃었다."]


def test_text_glued_on_behind_a_caption_stays(pipeline: Pipeline) -> None:
    caption = "▲쌀을 받아 든 주민 조말순 씨. 갓 찧은 쌀이 이 자루에 담긴다."
    text = f"기계는 오래됐다.\n\n{caption} 조 씨는 해마다 쌀을 딸에게 보낸다.\n\n이장은 웃었다.\n"
    assert _texts(pipeline, text) == [
        "기계는 오래됐다.",
        "조 씨는 해마다 쌀을 딸에게 보낸다.",
        "이장은 웃었다.",
    ]


def test_a_friendly_sentence_with_an_emoji_is_no_heading(pipeline: Pipeline) -> None:
    lines = ("값이 올랐어요.", "사장님들 표정이 밝아진 거죠 😄", "한눈에 보면 이렇답니다👇", "✔ 면적 3만㎡")
    text = "\n".join((*lines, "\n그래도 걱정은 남아요."))
    assert _texts(pipeline, text)[1:3] == ["사장님들 표정이 밝아진 거죠 😄", "한눈에 보면 이렇답니다👇"]


def test_a_quotation_goes_on_with_what_it_is_like(pipeline: Pipeline) -> None:
    said = "“세 시간을 울고 갔습니다” 같은 글이다."
    assert _texts(pipeline, f"벽에는 쪽지가 빼곡하다. {said} 주인은 웃었다.")[1] == said


@pytest.mark.parametrize("mark", ["▶ ", "o ", "1. "])
def test_lines_with_one_mark_below_each_other_are_a_list(mark: str, pipeline: Pipeline) -> None:
    points = ["매출 3조 1,240억원", "점포 수 2,318개", "온라인 비중 28.7%"]
    text = "실적이 나왔다.\n\n" + "".join(f"{mark}{point}\n" for point in points) + "\n이익은 줄었다.\n"
    assert _texts(pipeline, text) == ["실적이 나왔다.", *points, "이익은 줄었다."]


def test_a_line_that_begins_a_sentence_goes_on_below(pipeline: Pipeline) -> None:
    text = (
        "제도가 바뀐다\n\n업계는 걱정이 크다. 한 관계자는 허가는 끝났다고 했다. 이 회사는 짓던\n"
        "센터를 해남으로 옮긴다.\n\n남은 쟁점\n시행은 6월이다.\n"
    )
    assert _texts(pipeline, text)[2] == "이 회사는 짓던 센터를 해남으로 옮긴다."


def test_a_short_bullet_is_one_unit_and_a_paragraph_with_a_mark_is_not(pipeline: Pipeline) -> None:
    short = ("전력: 에너지가 20% 줄어요. 한 해 40만원쯤이에요.", "높이: 16단 기준 230㎛를 아껴요.")
    three = ("값을 8% 올립니다.", "전기요금 탓입니다.", "기존 고객은 12월까지 미룹니다.")
    lines = "".join(f"{mark} {one}\n" for mark, one in zip("•ㆍ", short, strict=True))
    text = f"장점은 이렇습니다.\n\n{lines}- {' '.join(three)}\n\n□ 시는 다리를 놓는다. 길이는 300m다.\n"
    assert _texts(pipeline, text)[1:] == [
        *short,
        *three,
        "시는 다리를 놓는다.",
        "길이는 300m다.",
    ]


def test_questions_behind_a_dash_are_sentences(pipeline: Pipeline) -> None:
    asked = ["- 매출이 늘었다. 예상했나.", "- 값은 절반인가?", "- 적자는 언제 끝나나."]
    text = "갈 대표를 만났다.\n\n" + "\n\n".join(f"{one}\n\n“그렇다. 내년이다.”" for one in asked)
    units = pipeline.document(article(text)).units
    assert [(unit.kind, unit.text) for unit in units[1:3]] == [
        ("body", "매출이 늘었다."),
        ("body", "예상했나."),
    ]
    assert all(unit.kind == "body" for unit in units)


def test_a_question_is_a_title_and_a_heading_where_others_head_sections(pipeline: Pipeline) -> None:
    long = "비싸고 까다로우니까요. 표면을 평평하게 갈아야 하고, 먼지 하나만 끼어도 칩 전체를 버려야 해요."
    heads = [
        "대체 왜 다들 난리일까요?",
        "쌓는 게 왜 문제인가요",
        "좋은데 왜 아직 안 쓰죠?",
        "누가 앞서 있나요",
    ]
    sections = "".join(
        f"{head}\n\n{long.replace('비싸', f'{i}배 비싸')}\n\n" for i, head in enumerate(heads[1:])
    )
    last = "아직 비싸다, 이것만 기억해 주세요. 다음 주에는 유리 기판 편으로 돌아올게요 :)"
    text = f"{heads[0]}\n글·그림 달빛누나\n\n안녕하세요! 오늘은 칩 이야기예요.\n\n{sections}{last}\n"
    text += "\n지난 글 보기 https://a.example/1\n"
    units = pipeline.document(article(text)).units
    assert [unit.text for unit in units if unit.kind in ("title", "heading")] == heads
    assert [unit.text for unit in units if unit.kind in _TEXT][-2:] == [
        "아직 비싸다, 이것만 기억해 주세요.",
        "다음 주에는 유리 기판 편으로 돌아올게요 :)",
    ]


@pytest.mark.parametrize(
    "line",
    [
        "본 서한에는 미래에 대한 예측이 포함되어 있으며 실제 결과와 다를 수 있습니다.",
        "Compliance Notice: 당사는 상기 종목의 지분을 1% 이상 보유하고 있지 않습니다.",
        "※ 본 원고는 연구소의 공식 의견이 아닙니다.\n참고자료: 나래연구소, 「광고주 조사」, 2026. 8. 31.",
        "보낸 사람: 나래브리핑 (나래시 언덕길 000, 3층)",
        "이 레터를 받지 않으려면 여기를 눌러 주세요.",
        "오늘 브리프, 어떠셨나요? [좋았어요](https://a.example/1) | [아쉬워요](https://a.example/2)",
    ],
)
def test_notices_below_letters_and_reports_are_none_of_the_text(line: str, pipeline: Pipeline) -> None:
    text = f"전력난의 봄\n\n전력은 모자란다. 값은 올랐다.\n\n공장은 이달 문을 연다.\n\n{line}\n"
    assert _texts(pipeline, text) == ["전력은 모자란다.", "값은 올랐다.", "공장은 이달 문을 연다."]


def test_the_line_above_a_release_is_its_title(pipeline: Pipeline) -> None:
    title = "나래텔레콤, 국내 최초 언어모델 ‘라이트’ 출시"
    text = f"{title}\n보도자료\n배포일: 2026년 10월 27일\n\n나래텔레콤은 모델을 27일 출시한다고 밝혔다.\n"
    assert pipeline.document(article(text)).title == title


def test_a_verb_is_no_reporter(pipeline: Pipeline) -> None:
    text = "전기가 남는 낮\n\n낮에는 남는다. 밤은 다르다.\n\n수요를 옮기자\n\n남는 전기를 쓰자. 값은 싸다.\n"
    units = pipeline.document(article(text)).units
    assert "수요를 옮기자" in [unit.text for unit in units if unit.kind != "boilerplate"]
