"""Units of articles beside gold ones."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from pipeline import Pipeline
from pipeline.evaluate.units import judge_units

from .conftest import ROOT

_TEXT = "공장이 문을 열었다. 직원은 80명이다.\n\n둘째 공장은?\n\n내년에 짓는다.\n\n한빛뉴스 제공"
_KINDS = ("body", "body", "heading", "body", "boilerplate")
_UNITS = ("공장이 문을 열었다.", "직원은 80명이다.", "둘째 공장은?", "내년에 짓는다.", "한빛뉴스 제공")


def _gold(folder: Path, units: tuple[str, ...], kinds: tuple[str, ...]) -> Path:
    (folder / "articles").mkdir(parents=True)
    (folder / "units").mkdir()
    (folder / "articles" / "a.txt").write_text(_TEXT, encoding="utf-8")
    made = [
        {"kind": kind, "start": _TEXT.index(unit), "end": _TEXT.index(unit) + len(unit)}
        for unit, kind in zip(units, kinds, strict=True)
    ]
    (folder / "units" / "a.json").write_text(json.dumps({"units": made}), encoding="utf-8")
    return folder


def test_what_is_found_and_what_is_wrong_is_counted(tmp_path: Path, pipeline: Pipeline) -> None:
    joined = ("공장이 문을 열었다. 직원은 80명이다.", "내년에 짓는다.")
    gold = _gold(tmp_path, (*joined, "한빛뉴스 제공"), ("body", "body", "boilerplate"))
    found = judge_units(gold, pipeline)
    assert (found.articles, found.units, found.found, found.boilerplate) == (1, 2, 1, 1)
    assert ("a.txt", "cut", joined[0]) in found.wrong


def test_all_right_is_all_found(tmp_path: Path, pipeline: Pipeline) -> None:
    own = _gold(tmp_path, _UNITS[:2], _KINDS[:2])
    found = judge_units(own, pipeline)
    assert (found.units, found.found, found.wrong) == (2, 2, ())


def test_no_gold_is_told(tmp_path: Path, pipeline: Pipeline) -> None:
    with pytest.raises(ValueError, match="no units"):
        judge_units(tmp_path, pipeline)


@pytest.mark.parametrize(
    ("name", "sentences", "leaked"),
    [("first", 0.995, 0), ("second", 0.985, 10), ("third", 0.99, 0), ("fourth", 0.99, 0), ("fifth", 0.99, 0)],
)
def test_floors_on_articles_as_they_come(
    name: str, sentences: float, leaked: int, pipeline: Pipeline
) -> None:
    found = judge_units(ROOT / "models" / "training" / "units" / name, pipeline)
    assert found.found >= sentences * found.units
    assert found.leaked <= leaked
