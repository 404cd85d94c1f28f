"""Hangul documents of the format 5.0, made record by record: what is read of them, and what is told."""

from __future__ import annotations

import builtins
import io
from pathlib import Path
from typing import Any

import pytest

from pipeline import read
from pipeline.records import Article, Failure, Limits, Reading

from .hangul import box, document, margin, note, paragraph, ruby, styles, table

pytest.importorskip("olefile")
P = paragraph
CASES = Path(__file__).parent / "cases" / "readers"
LINE = "가람시가 새 배를 띄운다고 3일 밝혔다. 배는 세 척이다."


def found(tmp_path: Path, data: bytes, name: str = "a.hwp", **limits: float) -> Article | Failure:
    path = tmp_path / name
    path.write_bytes(data)
    (one,) = read(path, Reading(limits=Limits(**limits)))  # type: ignore[arg-type]
    return one


def text(tmp_path: Path, data: bytes) -> str:
    one = found(tmp_path, data)
    assert isinstance(one, Article), one
    return one.text


def reason(one: Article | Failure) -> str:
    assert isinstance(one, Failure), one
    return one.reason


@pytest.mark.parametrize("flags", [0, 1])
@pytest.mark.parametrize("times", [1, 400])
def test_text_is_read_packed_or_not_in_streams_of_any_size(tmp_path: Path, flags: int, times: int) -> None:
    assert text(tmp_path, document([P(LINE * times)], flags=flags)) == LINE * times


def test_notes_heads_feet_comments_and_boxes_never_tear_a_sentence(tmp_path: Path) -> None:
    data = document([
        P(margin("머리말이다"), margin("꼬리말이다", "foot"), "가람시가 새 배", note("쪽배는 뺐다."), "를 ",
          box("상자 속 글이다."), "띄운다", margin("숨은 설명이다", "tcmt"), note("미주다.", "en  "), "."),
        P("배는 세 척이다."),
    ])  # fmt: skip
    assert text(tmp_path, data).split("\n\n") == [
        "가람시가 새 배를 띄운다.", "상자 속 글이다.", "배는 세 척이다.", "1) 쪽배는 뺐다.", "2) 미주다.",
    ]  # fmt: skip


def test_letters_that_are_not_letters(tmp_path: Path) -> None:
    data = document([P("배는\t세 척이다.\n새 ", ruby("船", "배"), "다. 😀 끝.\x1e")])
    assert text(tmp_path, data) == "배는 세 척이다.\n새 船(배)다. 😀 끝."


def test_headings_and_items_by_their_styles_and_shapes(tmp_path: Path) -> None:
    info = styles("바탕글", "제목", "개요 1", heads=(0, 3, 1))
    data = document(
        [
            P("새 배", style=1),
            P("배 타는 곳", style=2),
            P(LINE),
            P("표를 산다.", shape=1),
            P("배를 탄다.", shape=1),
        ],
        [P("배에서 본 강", shape=2), P(LINE)],
        info=info,
    )
    assert text(tmp_path, data) == (
        f"# 새 배\n\n## 배 타는 곳\n\n{LINE}\n\n- 표를 산다.\n- 배를 탄다.\n\n## 배에서 본 강\n\n{LINE}"
    )


def test_cells_are_filled_and_a_table_in_a_cell_is_a_table(tmp_path: Path) -> None:
    inner = table([(0, 1, 1, [["해"]]), (1, 1, 1, [["척"]])], [(0, 1, 1, [["2026"]]), (1, 1, 1, [["3"]])])
    outer = table([(0, 1, 1, [[LINE], [inner], ["시는 배를 더 산다."]])], caption="그림 1. 배")
    assert text(tmp_path, document([P(outer)])).split("\n\n") == [
        LINE, "| 해 | 척 |\n|---|---|\n| 2026 | 3 |", "시는 배를 더 산다.",
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("flags", "why"), [(3, "encrypted"), (5, "distribution"), (17, "encrypted"), (257, "encrypted")]
)
def test_locked_documents_are_told(tmp_path: Path, flags: int, why: str) -> None:
    assert reason(found(tmp_path, document([P(LINE)], flags=flags))) == why


def test_what_is_no_document_is_told(tmp_path: Path) -> None:
    whole = document([P(LINE)])
    assert reason(found(tmp_path, b"HWP Document File V3.00 \x1a\1\2\3\4\5" + bytes(99))) == "old-format"
    assert reason(found(tmp_path, whole[:1500])) == "bad-file"
    assert reason(found(tmp_path, b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600))) == "bad-file"
    assert reason(found(tmp_path, document())) == "bad-file"
    assert reason(found(tmp_path, document([]))) == "empty"
    assert reason(found(tmp_path, document([P("")]))) == "empty"
    assert reason(found(tmp_path, document([P(LINE)], more={"BodyText/Section0": b"\xff\xff"}))) == "bad-file"


def test_limits_hold_inside(tmp_path: Path) -> None:
    page = [(66, 0, bytes(22)), (67, 1, "가".encode("utf-16-le") * 3_000_000)]
    assert reason(found(tmp_path, document([page]))) == "bomb"
    assert reason(found(tmp_path, document([page], flags=0), file_bytes=1_000_000)) == "too-large"
    assert (
        reason(found(tmp_path, document([P("가나다라마" * 50_000)]), article_chars=9_999))
        == "article-too-long"
    )
    deep = [(tag, 2 * i + n, bytes(22)) for i in range(400) for n, tag in enumerate((66, 71))]
    lists = [one for i in range(400) for one in (
        (66, 2 * i, bytes(22)), (71, 2 * i + 1, b" lbt"),
        (77, 2 * i + 2, bytes(22)), (72, 2 * i + 2, bytes(40)),
    )]  # fmt: skip
    assert reason(found(tmp_path, document([lists]))) == "too-deep"
    assert reason(found(tmp_path, document([deep]), depth=100)) == "too-deep"


def test_names_and_contents_that_do_not_agree(tmp_path: Path) -> None:
    new = (CASES / "document.hwpx").read_bytes()
    one = found(tmp_path, new, "new-under-old-name.hwp")
    assert isinstance(one, Article)
    assert one.source.format == "hwpx"
    other = found(tmp_path, document([P(LINE)]), "no-ending")
    assert isinstance(other, Article)
    assert other.source.format == "hwp"


def test_without_the_extra_the_message_names_it(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    real = builtins.__import__

    def without(name: str, *rest: Any) -> Any:
        if name == "olefile":
            raise ImportError(name)
        return real(name, *rest)

    monkeypatch.setattr(builtins, "__import__", without)
    one = found(tmp_path, document([P(LINE)]), memory_bytes=0)  # in this process
    assert isinstance(one, Failure)
    assert (one.reason, one.detail) == ("needs-extra", "olefile")


def test_the_container_is_one_that_olefile_finds_nothing_wrong_with() -> None:
    import olefile

    data = document([P(LINE * 400)], flags=0, more={"BinData/BIN0001.png": b"x" * 5000})
    with olefile.OleFileIO(io.BytesIO(data), raise_defects=olefile.DEFECT_POTENTIAL) as container:
        assert sorted("/".join(name) for name in container.listdir()) == [
            "BinData/BIN0001.png", "BodyText/Section0", "DocInfo", "FileHeader",
        ]  # fmt: skip
        assert not container.parsing_issues
