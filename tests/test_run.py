"""The steps in their order: each is run once, and whoever asks gets what it found."""

from __future__ import annotations

import ast
from collections import Counter
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from typer.testing import CliRunner

from pipeline import Pipeline, cohesion, korean, readers
from pipeline.cli import app
from pipeline.encode.ko_morph import KoMorph
from pipeline.evaluate.keywords import judge as judge_keywords
from pipeline.records import Failure, Report
from pipeline.settings import load_settings

from .conftest import ROOT, SEEDS, article, reports_of
from .thorough import scaled

NAMES = ["short-notice.txt", "village-library.txt", "trainium-cost.md"]
HEADS = ("similarity", "centrality")
FILES = [str(SEEDS / name) for name in NAMES]


@pytest.fixture
def counts(monkeypatch: pytest.MonkeyPatch) -> Counter[tuple[Any, ...]]:
    """How often a text is read, split into sentences, asked what leans on what, and encoded by each head."""
    told: Counter[tuple[Any, ...]] = Counter()

    def watch(home: object, name: str, key: Callable[..., list[tuple[Any, ...]]]) -> None:
        own = getattr(home, name)

        def watched(*given: Any, **wanted: Any) -> Any:
            told.update(key(*given, **wanted))
            return own(*given, **wanted)

        monkeypatch.setattr(home, name, watched)

    watch(readers, "_read_one", lambda name, *_: [("read", Path(name).name)])
    watch(korean, "split", lambda kiwi, laid_out: [("split", one.article.id) for one in laid_out])
    watch(cohesion, "read", lambda document, rules: [("lean", document.article.id)])
    watch(
        KoMorph,
        "encode_heads",
        lambda _, texts, tokens, heads: [("encode", head, tuple(texts)) for head in heads],
    )
    watch(
        KoMorph,
        "encode_numbered",
        lambda _, morphemes, heads: [("encode", head, tuple(morphemes.distinct)) for head in heads],
    )
    watch(
        KoMorph, "encode_units", lambda _, texts, tokens, head="similarity": [("encode", head, tuple(texts))]
    )
    return told


def of(counts: Counter[tuple[Any, ...]], kind: str) -> list[int]:
    return [count for key, count in counts.items() if key[0] == kind]


def test_why_reads_and_analyses_every_input_once(counts: Counter[tuple[Any, ...]]) -> None:
    done = CliRunner().invoke(app, ["themes", "--why", *FILES])
    assert done.exit_code == 0, done.output
    assert "대" in done.output
    assert of(counts, "read") == [1, 1, 1]
    assert of(counts, "split") == [1, 1, 1]
    assert of(counts, "lean") == [1, 1, 1]
    central = [key[2] for key in counts if key[:2] == ("encode", "centrality")]
    assert len(central) == 1, "all articles of a batch in one go"
    assert {counts["encode", head, texts] for head in HEADS for texts in central} == {1}


def test_measuring_analyses_an_article_once(pipeline: Pipeline, counts: Counter[tuple[Any, ...]]) -> None:
    gold = next(p for p in sorted((ROOT / "tests/gold/keywords").iterdir()) if p.suffix == ".toml")
    judge_keywords(gold, None, pipeline)
    assert of(counts, "split") == [1]
    assert of(counts, "lean") == [1]
    assert of(counts, "encode") == [1, 1]


def test_what_is_made_of_an_analysis_is_what_is_made_of_the_article(pipeline: Pipeline) -> None:
    reports, _ = reports_of(pipeline, FILES)
    found = list(pipeline.explained(readers.read(FILES)))
    assert [one.report for one in found] == reports
    for one in readers.read(FILES):
        analysed = pipeline.analyse(one)  # type: ignore[arg-type]
        report = pipeline.report(analysed)
        assert report in reports
        assert isinstance(report, Report)
        assert pipeline.analyse(analysed) is analysed
        assert [s.theme for s in report.sentences] == [a.theme if a else None for a in analysed.assigned]
        (explained,) = (e for e in found if e.report == report)
        assert [(r.unit, r.theme) for r in explained.reasons] == [
            (s.index, s.theme) for s in report.sentences if s.theme
        ]


def test_reports_and_reasons_come_from_other_processes_too(pipeline: Pipeline) -> None:
    settings = load_settings(None, {"run.engine": "processes", "run.workers": scaled(2, 1), "run.batch": 2})
    failures: list[Failure] = []
    other = list(Pipeline(settings).explained(readers.read(FILES), failures.append))
    assert not failures
    assert other == list(pipeline.explained(readers.read(FILES)))


def test_an_analysis_of_what_is_no_article_gives_a_failure(pipeline: Pipeline) -> None:
    english = article("This is an article in English, and nothing in it is Korean at all.")
    assert pipeline.report(pipeline.analyse(english)) == pipeline.report(english)


def test_nobody_reaches_into_the_privates_of_a_pipeline() -> None:
    for path in [*(ROOT / "pipeline").rglob("*.py"), *(ROOT / "tests").glob("*.py")]:
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Attribute) and node.attr.startswith("_") and node.attr[:2] != "__":
                assert "pipeline" not in ast.unparse(node.value).split("."), f"{path}:{node.lineno}"
