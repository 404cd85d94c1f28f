"""One pipeline for many threads and processes."""

from __future__ import annotations

import json
import pickle
from collections.abc import Sequence
from concurrent.futures import ProcessPoolExecutor, ThreadPoolExecutor
from multiprocessing import get_context

import pytest
from typer.testing import CliRunner

from pipeline import Pipeline, read
from pipeline.cli import app
from pipeline.evaluate.cost import costs
from pipeline.records import Article, Report
from pipeline.run import batches
from pipeline.settings import load_messages, load_settings

from .conftest import SEEDS
from .thorough import thorough

NOTICE = str(SEEDS / "short-notice.txt")


@pytest.fixture(scope="module")
def articles() -> Sequence[Article]:
    return [one for one in read([SEEDS]) if isinstance(one, Article)]


def test_threads_share_one(
    pipeline: Pipeline, articles: Sequence[Article], seed_reports: list[Report]
) -> None:
    with ThreadPoolExecutor(8) as pool:
        found = list(pool.map(pipeline.report, [*articles, *reversed(articles)]))
    assert found == [*seed_reports, *reversed(seed_reports)]


def test_threads_share_what_folds_reports(pipeline: Pipeline, seed_reports: list[Report]) -> None:
    right = pipeline.digest(seed_reports)
    with ThreadPoolExecutor(3) as pool:
        assert (
            list(pool.map(pipeline.digest, [seed_reports, seed_reports[::-1], seed_reports])) == [right] * 3
        )


@thorough
def test_a_pool_of_processes_is_given_one(
    pipeline: Pipeline, articles: Sequence[Article], seed_reports: list[Report]
) -> None:
    with ProcessPoolExecutor(2, get_context("spawn")) as pool:
        assert list(pool.map(pipeline.report, articles[:6])) == seed_reports[:6]


def test_it_travels_as_its_settings_and_is_loaded_once(pipeline: Pipeline) -> None:
    settings = load_settings(None, {"summary.length": "2"})
    sent = pickle.dumps(Pipeline(settings))
    assert len(sent) < 10_000
    first, second = pickle.loads(sent), pickle.loads(sent)
    assert first.tools is second.tools
    assert first.settings == settings
    batches.tools_here.cache_clear()


@pytest.mark.usefixtures("kiwi_anew")
def test_costs_are_told_over_kiwi(pipeline: Pipeline, articles: Sequence[Article]) -> None:
    found = costs(pipeline, articles[:6], 1)
    assert (found.articles, found.characters) == (6, sum(one.body[1] - one.body[0] for one in articles[:6]))
    assert found.whole > found.kiwi > 0
    assert sum(found.steps.values()) < 1.5 * found.whole
    assert 0 < found.alone < found.whole
    assert found.start > 0.2
    with pytest.raises(ValueError, match="no articles"):
        costs(pipeline, [], 1)


@pytest.fixture
def started(monkeypatch: pytest.MonkeyPatch) -> None:
    """What it costs to start is measured once, above."""
    monkeypatch.setattr("pipeline.evaluate.cost._start", lambda settings: 1.0)


@pytest.mark.usefixtures("started")
def test_bench_prints_every_step() -> None:
    done = CliRunner().invoke(
        app, ["bench", NOTICE, "--rounds", "1", "--lang", "en", "--against", "krwordrank"]
    )
    assert done.exit_code == 0, done.output
    texts = load_messages("en")
    for step in ("kiwi", "whole", "layout", "korean", "cohesion", "encode", "themes", "figures", "keywords"):
        assert texts[f"bench.{step}"] in done.output
    assert "krwordrank" in done.output
    as_json = CliRunner().invoke(app, ["bench", NOTICE, "--rounds", "1", "--format", "json"])
    assert json.loads(as_json.stdout)["over_kiwi"] > 1
    assert CliRunner().invoke(app, ["bench", NOTICE, "--against", "gensim"]).exit_code == 2


@pytest.mark.usefixtures("started")
def test_a_peer_that_is_not_there_is_told(
    pipeline: Pipeline, articles: Sequence[Article], monkeypatch: pytest.MonkeyPatch
) -> None:
    from pipeline.evaluate import cost

    monkeypatch.setattr(cost, "find_spec", lambda name: None)
    assert costs(pipeline, articles[:1], 1, ["sumy"]).peers == {"sumy": None}
