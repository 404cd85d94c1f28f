"""Gold summaries, the measures on them, and the training of the weights."""

from __future__ import annotations

import json
import re
from dataclasses import asdict, replace
from pathlib import Path

import numpy as np
import pytest
from typer.testing import CliRunner

from pipeline import Pipeline
from pipeline.cli import app
from pipeline.evaluate.gold import of_sentences, positions, read_summaries
from pipeline.evaluate.picks import agreement, evaluate_picks, measured, picks_cases, read_picks
from pipeline.evaluate.summaries import (
    Case,
    bootstrap,
    cases,
    evaluate_summaries,
    f1_by_characters,
    rouge_scorer,
)
from pipeline.records import ConfigError, Draft, EditorModel, GoldError, Note, Shape
from pipeline.run import ranked as ranked_by
from pipeline.salience import model_for, notes
from pipeline.salience.features import EDGES, FEATURES
from pipeline.settings import load_cues, load_editor, load_messages
from pipeline.train.editor import (
    PLAIN,
    Example,
    calibration_error,
    cross_validated,
    fit,
    folds,
    of_summaries,
    plain,
    precision,
    written,
)

from .conftest import ROOT, SHARED, needs_shared
from .thorough import thorough

LAYOUTS = sorted((ROOT / "tests/cases/summaries-gold").iterdir())
GOLD = ROOT / "models/training/summaries"
OWN = GOLD / "own"
PICKS = ROOT / "models/training/editor-picks"


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


# ── readers' picks ─────────────────────────────────────────────────────────────────────────────────


def picks_folder(folder: Path) -> Path:
    """An article of four sentences with a heading, as two readers see it."""
    lines = ["나루조선, 배 3척 수주", "나루조선은 배 3척을 900억원에 수주했다.", "이는 지난해의 두 배다.",
             "회사는 내년 3월 부두를 넓힌다.", "날씨는 맑았다."]  # fmt: skip
    text = "\n\n".join(lines)
    units, at = [], 0
    for number, line in enumerate(lines):
        units.append({"i": number, "kind": "body" if number else "title", "start": at, "end": at + len(line)})
        at += len(line) + 2
    said = {
        "reader-a": {"picks": [1, 3], "next": [2], "dangling": [2]},
        "reader-b": {"picks": [1, 4], "next": [3], "dangling": [2]},
    }
    for name in ("articles", "units", *said):
        (folder / name).mkdir(parents=True)
    (folder / "articles/n1.txt").write_text(text, encoding="utf-8")
    told = {"doc": {"id": "n1", "event": None}, "units": units}
    (folder / "units/n1.json").write_text(json.dumps(told), encoding="utf-8")
    for name, one in said.items():
        (folder / name / "n1.json").write_text(json.dumps(one), encoding="utf-8")
    return folder


def test_picks_are_found_among_the_programs_own_sentences(tmp_path: Path, pipeline: Pipeline) -> None:
    (case,) = picks_cases(pipeline, read_picks(picks_folder(tmp_path)))
    assert case.picked.tolist() == [[True, False, True, False], [True, False, False, True]]
    assert case.near.tolist() == [[False, True, False, False], [False, False, True, False]]
    assert case.dangling.tolist() == [[False, True, False, False]] * 2
    # Of 0 and 2 both readers take the first, and one the other, which is the other's next best.
    assert measured(case, [0, 2]) == {"picks": 0.75, "within": 1.0, "dangling": 0.0}
    assert measured(case, [1]) == {"picks": 0.0, "within": 0.5, "dangling": 1.0}
    assert agreement(case) == {"picks": 0.5, "within": 0.75, "dangling": 0.0}


def test_methods_and_readers_are_measured_on_picks(tmp_path: Path, pipeline: Pipeline) -> None:
    found = evaluate_picks(picks_cases(pipeline, read_picks(picks_folder(tmp_path))), ["editor", "lead"])
    assert [one.method for one in found] == ["centroid", "editor", "lead", "readers"]
    lead, readers = found[2], found[3]
    assert lead.scores["picks"].mean == 0.5 and lead.scores["dangling"].mean == 0.5
    apart = lead.scores["picks"].mean - found[0].scores["picks"].mean
    assert lead.against_baseline["picks"].mean == pytest.approx(apart, abs=2e-4)
    assert readers.scores["within"].mean == 0.75 and not readers.against_baseline


def test_picks_without_a_readers_file_are_told(tmp_path: Path, pipeline: Pipeline) -> None:
    folder = picks_folder(tmp_path)
    (folder / "reader-b/n1.json").unlink()
    with pytest.raises(GoldError, match="n1"):
        read_picks(folder)


# ── training ───────────────────────────────────────────────────────────────────────────────────────


def toy(pipeline: Pipeline) -> list[Example]:
    """Articles whose gold is their shortest sentence."""
    found = []
    for case in cases(pipeline, read_summaries(OWN)):
        shortest = min(range(len(case.draft.units)), key=lambda i: len(case.draft.units[i].text))
        found.append(replace(case, gold=frozenset([shortest])))
    return of_summaries(found, "toy")


@thorough
def test_training_learns_what_it_is_shown(pipeline: Pipeline) -> None:
    examples = toy(pipeline)
    fitted = fit(examples, PLAIN, strength=1.0)
    assert fitted.shapes["length"].worth[0] > fitted.shapes["length"].worth[-1]
    for example in examples:
        ranked = ranked_by(replace(example.draft, model=fitted), "editor")
        assert sum(ranked.salience.values()) < len(example.printed) / 2
    held = fit(examples, PLAIN, strength=1e6)
    assert max(abs(w) for shape in held.shapes.values() for w in shape.worth) < 0.01


def test_each_table_adds_nothing_on_average(pipeline: Pipeline) -> None:
    examples = toy(pipeline)
    fitted = fit(examples, PLAIN)
    bins = np.concatenate([one.bins for one in examples], axis=1)
    for own, shape in zip(bins, fitted.shapes.values(), strict=True):
        assert np.array(shape.worth)[own].mean() == pytest.approx(0.0, abs=2e-3)


def test_no_group_is_in_two_folds(pipeline: Pipeline) -> None:
    examples = [replace(one, group=str(i // 2)) for i, one in enumerate(toy(pipeline))]
    parts = folds(examples, 0)
    assert sorted(i for part in parts for i in part) == list(range(len(examples)))
    where = {i: n for n, part in enumerate(parts) for i in part}
    assert where[0] == where[1] and where[2] == where[3]


def test_calibration_error_by_hand() -> None:
    sure, printed = [np.array([0.05, 0.05, 0.95, 0.95])], [np.array([0.0, 0.0, 1.0, 0.5])]
    assert calibration_error(sure, printed) == pytest.approx((2 * 0.05 + abs(1.9 - 1.5)) / 4)


def test_what_training_writes_is_read_back(tmp_path: Path) -> None:
    shapes = {name: Shape(edges, (0.25,) * (len(edges) + 1)) for name, edges in EDGES.items()}
    model = EditorModel(shapes=shapes, base=-2.0, redundancy=0.5, coverage=0.1, query=2, theme=1)
    path = tmp_path / "editor.toml"
    path.write_text(written(model, ["A note."]), encoding="utf-8")
    assert asdict(load_editor(file=path)) == asdict(model)
    business, science = asdict(load_editor("business")), asdict(load_editor("science"))
    assert asdict(load_editor()) == business != science


@pytest.mark.parametrize("bins", ["at = [2, 1], worth = [0, 0, 0]", "at = [1], worth = [0]"])
def test_a_model_that_does_not_fit_is_told(tmp_path: Path, bins: str) -> None:
    path = tmp_path / "editor.toml"
    text = written(EditorModel(), ["A note."]) + f"length = {{ {bins} }}\n"
    path.write_text(text, encoding="utf-8")
    with pytest.raises(ConfigError, match="length"):
        load_editor(file=path)


@pytest.fixture(scope="module")
def science_news(pipeline: Pipeline) -> list[Case]:
    return cases(pipeline, read_summaries(SHARED / "data/sci-news"))


@pytest.fixture(scope="module")
def our_own(pipeline: Pipeline) -> list[Case]:
    return cases(pipeline, read_summaries(GOLD))


def science(draft: Draft) -> Draft:
    return replace(draft, model=load_editor("science"))


@pytest.mark.extra("train")
@needs_shared
def test_floors_on_science_news_left_out(science_news: list[Case]) -> None:
    examples = of_summaries(science_news, "sci-news")
    start = plain(load_editor())
    fitted, known = fit(examples, start, 120.0), load_editor("science")
    assert fitted.base == pytest.approx(known.base, abs=0.05), "editor-science.toml is stale"
    for name, shape in known.shapes.items():
        assert fitted.shapes[name].worth == pytest.approx(shape.worth, abs=0.05), name
    ranked = cross_validated(examples, start, 120.0)
    assert len(ranked) == 20
    assert np.mean([precision(one, by) for one, (by, _) in zip(examples, ranked, strict=True)]) >= 0.64


@needs_shared
def test_floor_on_science_news(science_news: list[Case]) -> None:
    found = [replace(case, draft=science(case.draft)) for case in science_news]
    by_name = {one.method: one for one in evaluate_summaries(found, ["editor"])}
    assert (by_name["editor"].dangling, by_name["editor"].repeated) == (0, 0)
    assert by_name["editor"].against_baseline["precision"].low > 0


@pytest.mark.extra("train")
def test_floors_on_picks_left_out(pipeline: Pipeline) -> None:
    """The shipped tables are those of the articles; what they give on others is in the file's head."""
    read = picks_cases(pipeline, read_picks(PICKS))
    assert len(read) == 56
    by_name = {one.method: one for one in evaluate_picks(read, ["editor", "lead"])}
    assert by_name["readers"].scores["picks"].mean >= 0.89
    assert by_name["editor"].scores["picks"].mean >= 0.58
    assert by_name["editor"].scores["within"].mean >= 0.82
    assert by_name["editor"].scores["dangling"].mean <= 0.11
    assert by_name["editor"].against_baseline["picks"].low >= 0.20
    sure = [np.array([*ranked_by(case.draft, "editor").salience.values()]) for case in read]
    assert calibration_error(sure, [case.picked.mean(axis=0) for case in read]) <= 0.06


@thorough
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
        assert named == {*FEATURES, "base", "query", "wanted"}


@pytest.mark.extra("train")
def test_train_writes_the_model(tmp_path: Path) -> None:
    out, gold = tmp_path / "editor.toml", picks_folder(tmp_path / "picks")
    data = ("--data", str(gold), "--data", str(OWN))
    code, output = run("train", "editor", *data, "-o", str(out))
    assert code == 0, output
    assert set(load_editor(file=out).shapes) == set(FEATURES)
    settings = tmp_path / "mine.toml"
    settings.write_text(f"[summary]\nweights = '{out}'", encoding="utf-8")
    last = re.sub(
        r"place = \{ at = \[.*\], w.*\}", "place = { at = [9], worth = [-9, 9] }", out.read_text("utf-8")
    )
    out.write_text(last, encoding="utf-8")
    source = str(ROOT / "seeds/trainium-cost.md")
    of_theirs = run("summarize", source, "--config", str(settings), "--format", "json")[1]
    assert json.loads(of_theirs)["ranking"][0] > json.loads(of_theirs)["ranking"][-1]
    settings.write_text("[summary]\nweights = 'none.toml'", encoding="utf-8")
    assert run("summarize", source, "--config", str(settings))[0] == 2


def test_evaluate_reads_picks(tmp_path: Path) -> None:
    gold = str(picks_folder(tmp_path))
    code, output = run("evaluate", "summaries", gold, "--method", "lead", "--format", "json")
    assert code == 0, output
    found = json.loads(output)
    assert (found["articles"], found["baseline"]) == (1, "centroid")
    assert set(found["methods"]) == {"centroid", "lead", "readers"}
    code, output = run("evaluate", "summaries", gold, "--method", "lead", "--lang", "en")
    assert code == 0 and "picks or next" in output


def test_the_genre_is_read_from_the_articles_words(pipeline: Pipeline) -> None:
    models = {"business": load_editor(), "science": load_editor("science")}
    cues = load_cues()
    for texts, genre in (
        (["연구팀은 새 촉매를 논문으로 발표했다.", "촉매는 싸다."], "science"),
        (["나루조선은 배 3척을 수주했다.", "값은 900억원이다."], "business"),
    ):
        units = pipeline.document(of_sentences(None, texts, "x")).units
        assert model_for("auto", models, units, cues) is models[genre]
        assert model_for("business", models, units, cues) is models["business"]


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
