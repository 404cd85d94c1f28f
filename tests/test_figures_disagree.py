"""Where articles disagree on a figure: planted ones are found, what only looks like one is not."""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path

import pytest

from pipeline import Pipeline
from pipeline.figures.agreeing import agree
from pipeline.records import Article, Disagreement, Figure, Report, Source
from pipeline.settings import load_compare_rules

CASES = [
    json.loads(line)
    for line in Path(__file__)
    .with_name("cases")
    .joinpath("figures", "disagreements.jsonl")
    .open(encoding="utf-8")
]
DAY = "2026-04-29"


def article(n: int, text: str, day: str | None = DAY) -> Article:
    source = Source(path=f"{n}.txt", sha256=f"{n:064}", published=day, publisher=f"매체{n}")
    return Article(id=f"article-{n}", title=None, source=source, text=text, body=(0, len(text)))


def reports_on(pipeline: Pipeline, texts: list[str], day: str | None = DAY) -> list[Report]:
    made = [pipeline.report(article(n, text, day)) for n, text in enumerate(texts, 1)]
    return [report for report in made if isinstance(report, Report)]


def found(pipeline: Pipeline, texts: list[str], day: str | None = DAY) -> tuple[Disagreement, ...]:
    return pipeline.digest(reports_on(pipeline, texts, day)).disagreements


@pytest.mark.parametrize("case", [c for c in CASES if c["true"]], ids=lambda c: c["id"])
def test_a_planted_disagreement_is_found(pipeline: Pipeline, case: dict) -> None:
    told = found(pipeline, case["articles"])
    assert [[side.written for side in one.sides] for one in told] == [case["values"]]


@pytest.mark.parametrize("day", [DAY, None])
@pytest.mark.parametrize("case", [c for c in CASES if not c["true"]], ids=lambda c: c["id"])
def test_what_looks_like_one_is_not_reported(pipeline: Pipeline, case: dict, day: str | None) -> None:
    assert found(pipeline, case["articles"], day) == ()
