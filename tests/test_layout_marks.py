"""Marks of Markdown and HTML, lines folded at a column: nothing is lost, everything keeps its place."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable
from typing import Literal

import pytest
from hypothesis import HealthCheck, example, given
from hypothesis import strategies as st

from pipeline import Pipeline
from pipeline.layout import lay_out
from pipeline.layout.tags import TAG
from pipeline.records import CONTENT_KINDS, Unit
from pipeline.settings import load_boilerplate

from .conftest import article
from .thorough import examples

_SENTENCES = [
    "나래시는 강변 공원을 두 배로 넓힌다고 5일 밝혔다.",
    "공원 넓이는 지금의 3만㎡에서 6만㎡로 늘어난다.",
    "시는 산책로를 새로 내고 나무 300그루를 심을 계획이라고 했다.",
    "주민들은 “길이 길어진다”며 반겼다.",
    "공사는 4월에 시작해 가을에 끝난다.",
]
_PARTS = [
    *_SENTENCES,
    "`코드`와 $a_1 * b$와 [링크](https://x.kr/a_(b))와 ![그림](a.png)이다.",
    "~~지운 글이다.~~ 남은 글이다.",
    "<b>굵은</b> 글이다.<br>다음 글이다. <!-- 주석이다. --> 끝이다.",
    '<div class="note">상자 글이다.</div>',
    "<style>\np { color: red; }\n</style>",
    "<table><tr><td>가</td><td>나</td></tr>\n<tr><td>다</td><td>라</td></tr></table>",
    "```\n코드다.\n```",
    "```\n닫히지 않는다.",
    "    들여쓴 코드다 = 1",
    "    들여쓴 글이다.",
    "$$\nx = 1\n$$",
    "$$ 닫히지 않는 식",
    "[^1]: 주석이다.\n    이어진다.",
    "[1]: https://example.kr",
    "<!-- 닫히지 않는 글",
    "제목\n===",
    "- 항목이다.",
    "가. 조항이다.",
    "<li>항목</li>",
    "밝혔\n다. 그리고",
    "&lt;끝&gt; &copy; &middot; &#x3D; &없음;",
    "~~~",
    "안녕~~반가워~~",
    "\ufeff",
]
texts = st.lists(
    st.tuples(st.sampled_from(_PARTS) | st.text(max_size=20), st.sampled_from(["\n", "\n\n", " ", "\r\n"])),
    min_size=1,
    max_size=10,
).map(lambda parts: "".join("".join(part) for part in parts))
_COMMENT = re.compile(r"<!--.*?-->", re.DOTALL)
_MARK = re.compile(r"[가나다라마바사아자차카타파하][.)]\s")


def units(pipeline: Pipeline, text: str) -> tuple[Unit, ...]:
    return pipeline.documents([article(text)])[0].units


@examples(150, suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow])
@given(texts)
@example("글 <!-- 주석\n이다 --> 남은 글이다.\n")
@example("<table><caption>표다.</caption>\n<tr><td>가</td></tr></table>끝이다.")
def test_every_letter_is_in_one_unit_or_in_a_mark(pipeline: Pipeline, text: str) -> None:
    last = 0
    outside = []
    for unit in units(pipeline, text):
        assert last <= unit.start < unit.end <= len(text), "in order, none over another"
        outside.append(text[last : unit.start])
        last = unit.end
    outside.append(text[last:])
    for piece in outside:
        assert not re.search(r"[가-힣]", _MARK.sub("", TAG.sub("", _COMMENT.sub("", piece)))), piece


@examples(40, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.lists(st.sampled_from(_PARTS[:8]), min_size=1, max_size=6))
def test_decomposed_hangul_gives_the_same_units(pipeline: Pipeline, parts: list[str]) -> None:
    text = "\n\n".join(parts)
    composed = [(unit.kind, unit.text) for unit in units(pipeline, text)]
    decomposed = [(unit.kind, unit.text) for unit in units(pipeline, unicodedata.normalize("NFD", text))]
    assert composed == decomposed


def _columns(char: str) -> int:
    return 2 if ord(char) >= 0x1100 else 1


def _octets(char: str) -> int:
    return len(char.encode())


def _folded(text: str, width: int, measure: Callable[[str], int]) -> str:
    """As editors break Korean: where the column is full, in words too; spaces at the break are gone."""
    lines, line, filled = [], "", 0
    for char in text:
        if filled + measure(char) > width:
            lines.append(line.strip())
            line, filled = "", 0
        line, filled = line + char, filled + measure(char)
    return "\n".join([*lines, line.strip()])


@pytest.mark.parametrize("form", ["NFC", "NFD"])
@pytest.mark.parametrize(
    ("width", "measure"),
    [(40, _columns), (47, _columns), (60, _columns), (24, lambda _: 1), (75, _octets)],
)
def test_folded_text_is_put_together(
    pipeline: Pipeline, width: int, measure: Callable[[str], int], form: Literal["NFC", "NFD"]
) -> None:
    paragraphs = [" ".join(_SENTENCES), " ".join(reversed(_SENTENCES))]
    text = "\n\n".join(["공원 넓힌다", *(_folded(paragraph, width, measure) for paragraph in paragraphs)])
    text = unicodedata.normalize(form, text)
    found = [unit for unit in units(pipeline, text) if unit.kind in CONTENT_KINDS]
    assert [unit.text for unit in found] == [*_SENTENCES, *reversed(_SENTENCES)]
    for unit in found:
        piece = unicodedata.normalize("NFC", text[unit.start : unit.end])
        assert re.sub(r"\s", "", piece) == re.sub(r"\s", "", unit.text), "the slice is the sentence"


@pytest.mark.parametrize(
    "text",
    [
        "첫 줄은 짧다\n둘째 줄은 그보다 조금 길다\n셋째 줄은 꽤 길게 이어지다가 끝난다\n넷째 줄",
        "가. 첫 조항을 둔다\n나. 둘째 조항을 둔다\n다. 셋째 조항을 둔다",
        "회사는 값을 올렸다.\n시는 값을 내렸다.\n나라는 값을 지켰다.",
        "전력 사용량 30% 감소\n2028년 3월 착공 예정\n일자리 1,200개 창출",
    ],
)
def test_lines_that_no_column_explains_stay_lines(text: str) -> None:
    blocks = lay_out(article(text), load_boilerplate()).blocks
    assert [block.text for block in blocks] == [
        re.sub(r"^[가나다]\. ", "", line) for line in text.split("\n")
    ]


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("a < b 이면 <한빛뉴스>가 <b>참</b>이라 한다.", "a < b 이면 <한빛뉴스>가 참이라 한다."),
        ("표의 <b> 태그와 <Time>지를 본다.", "표의 <b> 태그와 <Time>지를 본다."),
        ("`<script>`는 쓰지 않는다.", "<script>는 쓰지 않는다."),
        ("값은 <del>300원</del> 200원이다.", "값은 200원이다."),
        ("값은 ~~300원~~ 200원이다.", "값은 200원이다."),
        ("안녕~~반가워~~ 친구들이다.", "안녕~~반가워~~ 친구들이다."),
        ("첫 줄이다.<br/>둘째 줄이다.", "첫 줄이다. 둘째 줄이다."),
        ("식 $a_1 * b_1 * c_1$은 곱이다.", "식 $a_1 * b_1 * c_1$은 곱이다."),
        ("글[^1]은 [집][home]과 [2]에 있다.", "글은 집과 [2]에 있다."),
        ("그림 ![설명이다.](a.png) 옆이다.", "그림 옆이다."),
        ("값&#x3D;3 &middot; &rarr; &없는; &amp; 끝", "값=3 · → &없는; & 끝"),
    ],
)
def test_marks_are_not_shown(text: str, shown: str) -> None:
    first, *_ = lay_out(article(f"{text}\n"), load_boilerplate()).blocks
    assert first.text == shown


def test_elements_are_text_where_a_reader_has_taken_them_out() -> None:
    from dataclasses import replace

    page = article("표준 문서는 <article> 태그 안에 본문을 넣고 <br> 태그로 나눈다.")
    page = replace(page, source=replace(page.source, format="html"))
    assert lay_out(page, load_boilerplate()).blocks[0].text == page.text


def test_a_row_with_tabs_and_an_element_keeps_its_place() -> None:
    text = "값은 올랐다.\n\n2024\t14\t115\n2025\t18.2\t12<table>1\n2023\t9\t112\n값은 내렸다.\n"
    starts = [block.starts[0] for block in lay_out(article(text), load_boilerplate()).blocks]
    assert starts == sorted(starts)


def test_a_question_after_an_ellipsis_is_the_title_above_its_by_line(pipeline: Pipeline) -> None:
    text = "가람전자, 전자결재 회사를 품는다…직원도 “왜?”\n\n김하늘 기자 | 2026년 9월 22일 오후 6:20\n\n"
    text += "회사는 22일 이사회를 열어 지분 78.2%를 6,400억원에 사들이기로 했다. 거래는 내년 1월 끝난다."

    assert [unit.kind for unit in pipeline.document(article(text)).units][:2] == ["title", "boilerplate"]
