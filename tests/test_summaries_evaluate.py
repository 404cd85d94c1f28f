"""Gold summaries, the measures on them, and the training of the weights."""

from __future__ import annotations

import json
import re
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
from typer.testing import CliRunner

from pipeline import Pipeline
from pipeline.cli import app
from pipeline.evaluate.gold import positions, read_summaries
from pipeline.evaluate.summaries import (
    Case,
    bootstrap,
    cases,
    evaluate_summaries,
    f1_by_characters,
    rouge_scorer,
)
from pipeline.records import EditorModel, GoldError, Note
from pipeline.settings import load_editor, load_messages
from pipeline.summarize import notes
from pipeline.summarize.features import FEATURES
from pipeline.train.editor import Labelled, fit, leave_one_out, written

from .conftest import ROOT, SHARED, needs_shared

LAYOUTS = sorted((ROOT / "tests/cases/summaries-gold").iterdir())
GOLD = ROOT / "models/training/summaries"
OWN = GOLD / "own"


@pytest.mark.parametrize("path", LAYOUTS, ids=lambda path: path.name)
def test_every_layout_gives_the_same_gold(path: Path, pipeline: Pipeline) -> None:
    (gold,) = read_summaries(path)
    (document,) = pipeline.documents([gold.article])
    assert positions(gold, document) == {0, 2}


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ('{"sentences": ["가"], "summaries": [1]}', "out of range"),
        ('{"sentences": ["가"], "summaries": [-1]}', "out of range"),
        ('{"title": "가"}', "none of the gold layouts"),
        ('{"article": "none.txt", "summary": []}', "article: "),
        ('{"article": "gold.json", "summary": [7]}', "gold.json"),
        ('{"documents": [{"text": [[]]}]}', "extractive"),
        ("[1]", "not an object"),
        ("{", "Expecting"),
        ("[]", "no gold summaries"),
    ],
)
def test_a_bad_gold_file_is_named(tmp_path: Path, text: str, message: str) -> None:
    path = tmp_path / "gold.json"
    path.write_text(text, encoding="utf-8")
    with pytest.raises(GoldError, match=message) as caught:
        read_summaries(path)
    assert "gold.json" in str(caught.value)


def test_a_gold_sentence_that_is_not_there_is_told(tmp_path: Path, pipeline: Pipeline) -> None:
    path = tmp_path / "gold.jsonl"
    path.write_text('{"body": "비가 왔다.", "summary": ["눈이 왔다."]}', encoding="utf-8")
    with pytest.raises(GoldError, match="눈이 왔다"):
        cases(pipeline, read_summaries(path))


def small_case(pipeline: Pipeline) -> Case:
    (found,) = cases(pipeline, read_summaries(ROOT / "tests/cases/summaries-gold/simple.jsonl"))
    return found


def test_measures_of_lead_by_hand(pipeline: Pipeline) -> None:
    # Gold 0 and 2 of 24, 11 and 16 characters; lead takes 0 and 1. At 40 characters lead takes 0 (24) and
    # 1 (24 + 1 + 11 = 36); nothing else fits. One of two right either way.
    case = small_case(pipeline)
    assert [len(unit.text) for unit in case.draft.units] == [24, 11, 16]
    quality = evaluate_summaries([case], ["lead"])[0]
    assert quality.scores["precision"].mean == 0.5
    assert quality.scores["f1"].mean == 0.5
    assert quality.scores["f1_chars"].mean == round(2 * 24 / (35 + 40), 4)
    assert quality.against_baseline == {}


def test_f1_by_characters_by_hand() -> None:
    assert f1_by_characters([0, 1], frozenset((0, 2)), [10, 20, 30]) == pytest.approx(20 / 70)
    assert f1_by_characters([], frozenset(), [10]) == 0.0


def test_rouge_counts_korean_morphemes() -> None:
    rouge = rouge_scorer()
    assert rouge is not None
    words = str.split
    same = rouge("매출 이 늘 었 다", "매출 이 늘 었 다", words)
    assert set(same.values()) == {1.0}
    # 3 of 4 and of 3 unigrams, 1 of 3 and of 2 bigrams; longest common subsequence 2.
    part = rouge("매출 이 늘 다", "늘 매출 이", words)
    assert part["rouge1"] == pytest.approx(2 * 0.75 * 1 / 1.75)
    assert part["rouge2"] == pytest.approx(2 * (1 / 3) * (1 / 2) / (1 / 3 + 1 / 2))
    assert part["rougeL"] == pytest.approx(2 * 0.5 * (2 / 3) / (0.5 + 2 / 3))


def test_bootstrap_holds_the_mean_and_is_the_same_each_time() -> None:
    one = bootstrap([0.2, 0.4, 0.9, 0.5])
    assert one == bootstrap([0.2, 0.4, 0.9, 0.5])
    assert one.low < one.mean == 0.5 < one.high
    assert bootstrap([0.7] * 5) == bootstrap([0.7] * 9)


def test_differences_are_paired(pipeline: Pipeline) -> None:
    found = cases(pipeline, read_summaries(OWN))
    by_name = {one.method: one for one in evaluate_summaries(found, ["editor", "textrank"])}
    assert list(by_name) == ["lead", "editor", "textrank"]
    for name in ("editor", "textrank"):
        for measure, difference in by_name[name].against_baseline.items():
            apart = by_name[name].scores[measure].mean - by_name["lead"].scores[measure].mean
            assert difference.mean == pytest.approx(apart, abs=2e-4)


# ── training ───────────────────────────────────────────────────────────────────────────────────────


def toy(prior: EditorModel, pipeline: Pipeline) -> list[Labelled]:
    """Articles whose gold is their shortest sentence: the opposite of what the prior says."""
    found = cases(pipeline, read_summaries(OWN))
    labelled = []
    for case in found:
        shortest = min(range(len(case.draft.units)), key=lambda i: len(case.draft.units[i].tokens))
        labelled.append(Labelled(replace(case.draft, model=prior), frozenset([shortest]), case.name))
    return labelled


def test_training_learns_what_it_is_shown(pipeline: Pipeline) -> None:
    prior = load_editor(prior=True)
    fitted = fit(toy(prior, pipeline), prior, strength=0.01)
    assert fitted.weights["nouns"] < 0 < prior.weights["nouns"]


def test_a_strong_prior_stays(pipeline: Pipeline) -> None:
    prior = load_editor(prior=True)
    fitted = fit(toy(prior, pipeline), prior, strength=1e6)
    assert fitted.weights == pytest.approx(prior.weights, abs=2e-3)


def test_what_training_writes_is_read_back(tmp_path: Path) -> None:
    model = EditorModel(weights=dict.fromkeys(FEATURES, 0.25), redundancy=0.5, coverage=0.1, query=2, theme=1)
    path = tmp_path / "editor.toml"
    path.write_text(written(model, load_editor(prior=True).weights, ["A note."]), encoding="utf-8")
    assert load_editor(path) == model
    assert load_editor(path, prior=True).weights == load_editor(prior=True).weights


@pytest.fixture(scope="module")
def science_news(pipeline: Pipeline) -> list[Case]:
    return cases(pipeline, read_summaries(SHARED / "data/sci-news"))


@pytest.fixture(scope="module")
def our_own(pipeline: Pipeline) -> list[Case]:
    return cases(pipeline, read_summaries(GOLD))


@needs_shared
def test_floors_on_articles_left_out(science_news: list[Case], our_own: list[Case]) -> None:
    labelled = [
        Labelled(case.draft, case.gold, case.name, source)
        for source, found in (("sci-news", science_news), ("summaries", our_own))
        for case in found
    ]
    prior = load_editor(prior=True)
    assert fit(labelled, prior).weights == pytest.approx(load_editor().weights, abs=0.05), (
        "editor.toml is stale"
    )
    scores = leave_one_out(labelled, prior, source="sci-news")
    assert len(scores) == 20
    assert np.mean([score.precision for score in scores]) >= 0.64
    assert np.mean([score.f1 for score in scores]) >= 0.63


@needs_shared
def test_floor_on_science_news(science_news: list[Case]) -> None:
    by_name = {one.method: one for one in evaluate_summaries(science_news, ["editor"])}
    assert (by_name["editor"].dangling, by_name["editor"].repeated) == (0, 0)
    assert by_name["editor"].against_baseline["precision"].low > 0


def test_gold_of_our_own_is_met(our_own: list[Case]) -> None:
    by_name = {one.method: one for one in evaluate_summaries(our_own, ["editor"])}
    assert by_name["editor"].scores["precision"].mean >= 0.40
    assert by_name["editor"].against_baseline["precision"].low > 0
    assert (by_name["editor"].dangling, by_name["editor"].repeated) == (0, 0)


# ── the commands ───────────────────────────────────────────────────────────────────────────────────


def run(*arguments: str) -> tuple[int, str]:
    done = CliRunner().invoke(app, list(arguments))
    return done.exit_code, done.output


def test_evaluate_prints_every_method() -> None:
    code, output = run("evaluate", "summaries", str(OWN), "--format", "json")
    assert code == 0
    found = json.loads(output)
    assert found["articles"] == 5
    assert set(found["methods"]) == {"editor", "lexrank", "textrank", "centroid", "lead"}
    assert set(found["methods"]["editor"]["scores"]) >= {
        "precision",
        "f1",
        "f1_chars",
        "rouge1",
        "rouge2",
        "rougeL",
    }
    code, output = run("evaluate", "summaries", str(OWN), "--method", "editor", "--lang", "en")
    assert code == 0
    assert "precision" in output


def test_evaluate_tells_wrong_usage(tmp_path: Path) -> None:
    bad = tmp_path / "bad.json"
    bad.write_text('{"title": "x"}', encoding="utf-8")
    code, output = run("evaluate", "summaries", str(bad))
    assert code == 2
    assert "아는 정답 배치가 아닙니다 (키: title)" in output
    code, output = run("evaluate", "summaries", str(OWN), "--method", "best")
    assert code == 2
    assert "모르는 요약 방법: best (가능: editor, " in output


def test_every_problem_of_a_gold_file_has_its_words() -> None:
    files = [ROOT / "pipeline/evaluate" / name for name in ("gold.py", "sets.py")]
    source = "".join(file.read_text(encoding="utf-8") for file in files)
    problems = set(re.findall(r'GoldError\([^"]*"([a-z-]+)"', source))
    assert len(problems) > 5
    for lang in ("ko", "en"):
        assert {key[5:] for key in load_messages(lang) if key.startswith("gold.")} == problems


def test_every_feature_has_its_name() -> None:
    for lang in ("ko", "en"):
        named = {key[9:] for key in load_messages(lang) if key.startswith("features.")}
        assert named == {*FEATURES, "query", "wanted"}


def test_train_writes_the_model(tmp_path: Path) -> None:
    out = tmp_path / "editor.toml"
    code, output = run("train", "editor", "--data", str(OWN), "-o", str(out))
    assert code == 0, output
    assert set(load_editor(out).weights) == set(FEATURES)
    settings = tmp_path / "mine.toml"
    settings.write_text(f"[summary]\nweights = '{out}'", encoding="utf-8")
    flat = out.read_text(encoding="utf-8").replace("position = ", "position = -9")
    out.write_text(flat, encoding="utf-8")
    source = str(ROOT / "seeds/trainium-cost.md")
    of_theirs = run("summarize", source, "--config", str(settings), "--format", "json")[1]
    assert json.loads(of_theirs)["ranking"][0] > json.loads(of_theirs)["ranking"][-1]
    settings.write_text("[summary]\nweights = 'none.toml'", encoding="utf-8")
    assert run("summarize", source, "--config", str(settings))[0] == 2


def test_training_on_one_article_gives_the_prior(tmp_path: Path) -> None:
    gold = tmp_path / "gold.jsonl"
    gold.write_text('{"sentences": ["비가 왔다."], "summary": [0]}', encoding="utf-8")
    code, output = run("train", "editor", "--data", str(gold), "-o", str(tmp_path / "editor.toml"))
    assert code == 0, output
    assert load_editor(tmp_path / "editor.toml").weights == load_editor(prior=True).weights


def test_a_query_that_nothing_answers_is_told() -> None:
    source, note = str(ROOT / "seeds/village-library.txt"), "답하는 문장이 없습니다"
    assert f"질문 “반도체 파운드리”에 {note}" in run("summarize", source, "--query", "반도체 파운드리")[1]
    assert note not in run("summarize", source, "--query", "도서관 책")[1]


@pytest.mark.parametrize(
    ("options", "told"),
    [
        (["--length", "1자"], "길이 1자에 들어가는 문장이 없습니다"),
        (["--theme", "AWS·클라우드"], "주제 aws의 문장이 없습니다"),
        (["--method", "lead", "--query", "책"], "--query는 요약 방법 editor에만 씁니다"),
        (["--why", "--format", "md"], "고른 까닭은 파일 가운데 JSON의 reasons에 있습니다"),
    ],
    ids=lambda value: value[0] if isinstance(value, list) else "",
)
def test_what_is_asked_in_vain_is_told(options: list[str], told: str) -> None:
    assert told in run("summarize", str(ROOT / "seeds/village-library.txt"), *options)[1]


def test_an_answer_that_does_not_fit_is_told(pipeline: Pipeline) -> None:
    (case,) = cases(pipeline, read_summaries(ROOT / "tests/cases/summaries-gold/simple.jsonl"))
    draft = replace(case.draft, answers=(0.0, 0.9, *(0.0,) * (len(case.draft.units) - 2)))
    assert notes(draft, [0], "비용", "", "1") == (Note("query-length", "비용"),)
    assert notes(draft, [0, 1], "비용", "", "2") == ()


def test_why_query_and_theme_at_the_command_line() -> None:
    source = str(ROOT / "seeds/trainium-cost.md")
    code, output = run("summarize", source, "--why", "--length", "3")
    assert code == 0
    assert "고른 까닭" in output
    assert "점수" in output
    code, output = run("summarize", source, "--query", "쿠다", "--length", "1", "--format", "json")
    assert code == 0
    report = json.loads(output)
    assert "쿠다" in report["sentences"][report["summary"][0]]["text"]
    assert report["reasons"][0]["features"]["query"] > 0
    assert run("summarize", source, "--theme", "nothing")[0] == 2
    code, output = run("summarize", source, "--theme", "chips", "--per-theme", "1", "--format", "json")
    assert code == 0
    assert all(len(theme["summary"]) <= 1 for theme in json.loads(output)["themes"])
    by_label = run("summarize", source, "--theme", "반도체", "--per-theme", "1", "--format", "json")
    assert by_label == (code, output)
