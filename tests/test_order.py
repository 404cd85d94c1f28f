"""The order in which articles come changes no byte of a digest."""

from __future__ import annotations

import random
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from pipeline import Pipeline
from pipeline.records import Article, Report, Source
from pipeline.settings import load_messages
from pipeline.writers import DIGEST_WRITERS

from .conftest import ROOT, SEEDS, reports_of
from .hostile import hostile_articles
from .thorough import few

KO = load_messages("ko")
WIRE = (
    "가람전자는 구미시에 5천억원을 들여 새 반도체 공장을 짓는다고 3일 밝혔다. "
    "공장은 내년 4월 착공해 2029년 가동한다. "
    "회사는 이 공장에서 차량용 칩을 만들 계획이다. 일자리는 800개가 생긴다."
)


def _article(name: str, text: str, **source: Any) -> Article:
    return Article(
        id=name,
        title=f"제목 {name}" if "untitled" not in name else None,
        source=Source(path=source.pop("path", f"{name}.txt"), sha256="0" * 64, **source),
        text=text,
        body=(0, len(text)),
    )


@pytest.fixture(scope="module")
def batch(pipeline: Pipeline, seed_reports: list[Report]) -> list[Report]:
    """Hostile articles, copies, duplicates, ids that are not unique, undated and untitled ones."""
    made = [
        *(
            _article(f"wire-{n}", WIRE + " 끝." * (n % 3), publisher=f"매체{n}", published="2026-02-10")
            for n in range(5)
        ),
        *(_article("same-id", f"나래시는 공원을 {n}곳 넓힌다고 밝혔다.", path=f"p{n}.txt") for n in range(4)),
        *(
            _article("twice", "가온시가 다리를 놓는다고 밝혔다. 길이는 300m다.", path=f"q{n}.txt")
            for n in range(3)
        ),
        *(_article(f"untitled-{n}", "새솔시가 시장을 고친다. 비용은 12억원이다.") for n in range(2)),
        *hostile_articles(),
        *(
            replace(one, source=replace(one.source, path=f"again/{one.source.path}"))
            for one in hostile_articles()
        ),
    ]
    reports = list(pipeline.stream(made))
    assert len(reports) >= 30
    cases, _ = reports_of(
        pipeline, [ROOT / "tests" / "cases" / "stories" / "hard.jsonl", *sorted(SEEDS.glob("*.jsonl"))]
    )
    return [*reports, *cases]


@pytest.mark.parametrize("seed", few(range(4), 1))
def test_a_shuffled_batch_gives_the_same_bytes(pipeline: Pipeline, batch: list[Report], seed: int) -> None:
    expected = pipeline.digest(batch, number=1)
    shuffled = list(batch)
    random.Random(seed).shuffle(shuffled)
    made = pipeline.digest(shuffled, number=1)
    for name, write in DIGEST_WRITERS.items():
        assert write(made, KO, None) == write(expected, KO, None), name


def test_no_article_is_lost_for_its_id(pipeline: Pipeline, batch: list[Report]) -> None:
    made = pipeline.digest(batch)
    paths = {source.path for source in made.sources}
    assert {f"p{n}.txt" for n in range(4)} <= paths, "one id, four texts"
    assert len({source.id for source in made.sources}) == len(made.sources)
    twice = [(failure.source, failure.detail) for failure in made.failures if failure.reason == "duplicate"]
    assert ("q1.txt", "q0.txt") in twice
    assert ("q2.txt", "q0.txt") in twice
    assert "q0.txt" in paths
    assert paths | {source for source, _ in twice} == {report.source.path for report in batch}


def test_the_same_text_in_two_outlets_is_a_copy_and_no_duplicate(pipeline: Pipeline) -> None:
    ones = [_article("one", WIRE, publisher=name) for name in ("한빛신문", "새벽일보")]
    other = replace(ones[1], source=replace(ones[1].source, sha256="1" * 64))
    made = pipeline.digest(list(pipeline.stream([ones[0], other])))
    (story,) = {story.id: story for theme in made.themes for story in theme.stories}.values()
    assert len(story.articles) == 2
    assert len(story.copies) == 1


def test_a_report_given_twice_counts_once(pipeline: Pipeline, tmp_path: Path) -> None:
    reports = list(pipeline.stream([_article("one", WIRE, publisher="한빛신문")]))
    made = pipeline.digest(reports * 3)
    assert len(made.sources) == 1
    assert made.failures == ()
