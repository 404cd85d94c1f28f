"""Growths that are told as so many times as much, and what was planted in labelled articles."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from pipeline.evaluate.planted import Statement, planted_in
from pipeline.figures.growing import as_growth
from pipeline.records import Figure


def _times(value: float, text: str) -> Figure:
    return Figure(
        subject=None, metric="매출", text=text, value=value, unit="배", approximate=False, period=None,
        over=None, kind="share", direction=None, modality="reported", sentence=0, start=0, end=len(text),
    )  # fmt: skip


@pytest.mark.parametrize(
    ("before", "value", "behind", "percent"),
    [
        ("매출은 ", 1.4, "로 커졌다.", (35.0, 45.0)),
        ("한 해 전 같은 석 달의 ", 1.4, "였다.", (35.0, 45.0)),
        ("값은 지난해 말의 ", 2, "에 이른다.", (50.0, 150.0)),
        ("빛의 세기는 태양의 ", 1.4, "다.", None),
        ("매출은 ", 1, "로 늘었다.", None),
    ],
)
def test_so_many_times_as_much_is_a_growth(
    before: str, value: float, behind: str, percent: tuple[float, float] | None
) -> None:
    figure = _times(value, f"{value}배")
    found = as_growth(figure, before, behind)
    if percent is None:
        assert found is figure
    else:
        assert (found.value, found.unit, found.kind) == (percent, "%", "change")
        assert found.text == figure.text


@pytest.mark.parametrize(
    ("value", "written", "same"),
    [
        ("1천120만 명", "1,120만명", True),
        ("2028년 3분기", "3분기", True),
        ("보름", "보름", True),
        ("418억 달러", "$418억", True),
        ("12억원", "21억원", False),
        ("12~14%", "12%", False),
    ],
)
def test_a_statement_has_a_figure_however_it_is_written(value: str, written: str, same: bool) -> None:
    assert Statement("a", "…", value).has(written) is same


def test_what_is_planted_stands_beside_the_articles(tmp_path: Path) -> None:
    assert planted_in(tmp_path) is None
    sides = [{"article": "a", "text": "매출은 3조원이다.", "value": "3조원"}]
    (tmp_path / "disagreements.json").write_text(json.dumps([{"sides": sides}]), encoding="utf-8")
    found = planted_in(tmp_path)
    assert found is not None
    assert found.differing == ((Statement("a", "매출은 3조원이다.", "3조원"),),)
    assert found.alike == ()
