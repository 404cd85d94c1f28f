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
