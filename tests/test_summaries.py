"""The editor method: what every summary of it keeps, whatever the article."""

from __future__ import annotations

import re
import time
import tomllib
from dataclasses import replace
from itertools import combinations

import numpy as np
import pytest
from hypothesis import HealthCheck, given
from hypothesis import strategies as st

from pipeline import Pipeline, read
from pipeline.korean import columns
from pipeline.records import CONTENT_KINDS, Article, Draft, EditorModel, Failure, Report, Shape
from pipeline.run import ranked as ranked_by
from pipeline.salience import METHODS
from pipeline.salience.features import EDGES, FEATURES, features
from pipeline.salience.likeness import likeness
from pipeline.settings import GENRES, load_cues, load_editor, load_settings
from pipeline.summarize import Ranked, choose, of_theme, unmet
from pipeline.writers import dump, load_report

from .conftest import ROOT, SEEDS, article
from .test_cohesion import of_sentences
from .test_properties import texts
from .thorough import examples, few

slow = examples(60, suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow])


@pytest.fixture(scope="module")
def drafts(pipeline: Pipeline) -> list[Draft]:
    folders = [SEEDS, *([ROOT.parent / "shared/seeds"] if (ROOT.parent / "shared/seeds").is_dir() else [])]
    articles = [a for a in read(folders) if isinstance(a, Article)]
    return [pipeline.draft(document) for document in pipeline.documents(articles)]


def check_ranking(draft: Draft) -> None:
    ranked = ranked_by(draft, "editor")
    assert sorted(ranked.order) == list(range(len(draft.units)))
    fit = [i for i in ranked.order if i not in ranked.unfit]
    assert list(ranked.order[: len(fit)]) == fit, "what no summary has a use for comes last"
    salience = METHODS["editor"](draft)
    same = likeness(draft)[1]
    for k in range(1, len(fit) + 1):
        assert unmet(draft, salience, fit[:k]) == (), "no prefix of the ranking dangles"
    assert not any(same[i, j] for i, j in combinations(fit, 2)), "no two say the same"
    for i, needs in ranked.needs.items():
        if i not in ranked.unfit:
            assert all(ranked.order.index(j) < ranked.order.index(i) for j in needs)
            assert unmet(draft, salience, [*needs, i]) == (), "with its needs a sentence stands"


def test_rankings_of_real_articles(drafts: list[Draft]) -> None:
    for draft in drafts:
        check_ranking(draft)


@slow
@given(texts)
def test_rankings_of_any_text(pipeline: Pipeline, text: str) -> None:
    (document,) = pipeline.documents([article(text)])
    check_ranking(pipeline.draft(document))


@pytest.mark.parametrize("length", few(["3", "25%", "300자", "600자", "120자"], 3))
def test_summaries_of_any_length_stand(length: str) -> None:
    made = Pipeline(load_settings(None, {"summary.length": length, "summary.per_theme": 3}))
    for report in made.stream(a for a in read(SEEDS) if isinstance(a, Article)):
        chosen = [set(report.summary), *(set(theme.summary) for theme in report.themes)]
        for summary in chosen:
            for i in summary:
                assert set(report.sentences[i].needs) <= summary, report.sentences[i].text
        if length.endswith("자"):
            used = sum(len(report.sentences[i].text) for i in report.summary)
            assert used <= int(length[:-1])
            assert used >= 0.8 * int(length[:-1]) or len(report.ranking) < 6


def test_why_is_told_of_every_chosen_sentence(seed_reports: list[Report]) -> None:
    for report in seed_reports:
        reasons = {reason.sentence: reason for reason in report.reasons}
        for theme in report.themes:
            assert set(theme.summary) <= set(reasons)
        assert set(report.summary) <= set(reasons)
        assert [r.rank for r in report.reasons] == sorted(r.rank for r in report.reasons)
        for index, reason in reasons.items():
            assert report.ranking[reason.rank - 1] == index
            assert reason.score == pytest.approx(sum(reason.features.values()), abs=0.005)
            assert list(reason.features.values()) == sorted(reason.features.values(), key=lambda v: -abs(v))
            assert set(reason.features) <= {*FEATURES, "base"}
            assert reason.needs == report.sentences[index].needs
            for beaten in reason.beat:
                assert report.ranking.index(beaten.sentence) > report.ranking.index(index)
                assert beaten.why != "score" or beaten.margin >= 0
        assert load_report(dump(report)) == report


def test_every_theme_has_one_sentence_that_is_the_first_to_cover_it(seed_reports: list[Report]) -> None:
    for report in seed_reports:
        covered = [reason.covers for reason in report.reasons if reason.covers is not None]
        assert len(covered) == len(set(covered))


def test_other_methods_give_their_salience_as_the_reason() -> None:
    report = Pipeline(load_settings(None, {"summary.method": "lead"})).report(
        article("하나다. 둘이다. 셋이다.")
    )
    assert not isinstance(report, Failure)
    assert next(reason.features for reason in report.reasons) == {"lead": 1.0}


# ── steering ───────────────────────────────────────────────────────────────────────────────────────


def steered(**overrides: str) -> Report:
    made = Pipeline(load_settings(None, {f"summary.{key}": value for key, value in overrides.items()}))
    (source,) = [a for a in read(SEEDS / "amazon-q4-results.txt") if isinstance(a, Article)]
    report = made.report(source)
    assert not isinstance(report, Failure)
    return report


@pytest.mark.parametrize(
    ("query", "word"), [("트레이니움 칩", "트레이니움"), ("당일 배송 물량", "배송"), ("잉여현금흐름", "현금")]
)
def test_a_query_bends_the_summary(query: str, word: str) -> None:
    plain, asked = steered(length="4"), steered(length="4", query=query)
    assert asked.ranking != plain.ranking
    assert word in max(asked.sentences, key=lambda sentence: sentence.salience).text
    best = max(asked.reasons, key=lambda reason: reason.score)
    assert next(iter(best.features)) == "query"
    assert all("query" not in reason.features for reason in plain.reasons)


@pytest.mark.parametrize("theme", ["chips", "capex", "retail"])
def test_a_theme_bends_the_summary(theme: str) -> None:
    plain, asked = steered(length="6"), steered(length="6", theme=theme)

    def score(report: Report) -> float:
        return sum(report.sentences[i].scores[theme] for i in report.summary)

    assert score(asked) > score(plain)


# ── budgets ────────────────────────────────────────────────────────────────────────────────────────


@examples(300)
@given(st.data())
def test_a_budget_in_characters_is_filled_and_never_passed(data: st.DataObject) -> None:
    lengths = data.draw(st.lists(st.integers(1, 120), min_size=1, max_size=7))
    n = len(lengths)
    ranking = data.draw(st.permutations(range(n)))
    place = {i: k for k, i in enumerate(ranking)}
    direct = {
        i: data.draw(st.sampled_from([j for j in range(n) if place[j] < place[i]]))
        for i in data.draw(st.sets(st.sampled_from(range(n))))
        if place[i] > 0
    }
    needs = {i: needed(i, direct) for i in range(n)}
    budget = data.draw(st.integers(1, 400))
    chosen = choose(Ranked(ranking, needs=needs), lengths, budget, "chars")
    used = sum(lengths[i] for i in chosen)
    assert used <= budget
    assert used + len(chosen) - 1 <= budget or used == budget
    assert all(set(needs[i]) <= set(chosen) for i in chosen)
    head = max(k for k in range(n + 1) if sum(lengths[i] + 1 for i in ranking[:k]) - 1 <= budget)
    if sum(lengths[i] for i in ranking[:head]) >= 0.8 * budget:
        assert set(ranking[:head]) <= set(chosen), "nothing is passed over that need not be"
    if used < 0.8 * budget:
        for size in range(n + 1):
            for some in combinations(range(n), size):
                if all(set(needs[i]) <= set(some) for i in some):
                    total = sum(lengths[i] for i in some)
                    assert not (0.8 * budget <= total <= budget - len(some) + 1), "there was a fuller one"


def test_a_budget_beyond_the_article_takes_all_of_it_at_once() -> None:
    lengths = [40 + i % 83 for i in range(1_500)]
    started = time.process_time()
    assert choose(Ranked(range(1_500)), lengths, 1_000_000, "chars") == tuple(range(1_500))
    assert time.process_time() - started < 1


def needed(i: int, direct: dict[int, int]) -> tuple[int, ...]:
    found: list[int] = []
    while i in direct:
        i = direct[i]
        found.append(i)
    return tuple(sorted(found))


def test_a_theme_takes_what_stands_within_it() -> None:
    ranked = Ranked((0, 1, 2, 3, 4), needs={2: (1,), 4: (3,)})
    assert of_theme(ranked, [1, 2], 2) == (1, 2)
    assert of_theme(ranked, [2, 3], 2) == (3,), "what leans on another theme is passed over"
    assert of_theme(ranked, [2], 2) == (1, 2), "unless there is nothing else"
    assert of_theme(ranked, [2], 1) == ()
    assert of_theme(replace(ranked, unfit={4}), [3, 4], 2) == (3,)


# ── likeness ───────────────────────────────────────────────────────────────────────────────────────


def test_labelled_pairs_say_the_same_or_not(pipeline: Pipeline) -> None:
    path = ROOT / "tests/cases/same/pairs.tsv"
    rows = [line.split("\t") for line in path.read_text("utf-8").splitlines() if not line.startswith("#")]
    wrong = []
    for mark, *pair in rows:
        (document,) = pipeline.documents([of_sentences(pair)])
        draft = pipeline.draft(document)
        assert draft.similar is not None
        same = likeness(draft)[1]
        if bool(same[0, 1]) != (mark == "="):
            wrong.append(f"{mark} {pair}")
    assert not wrong, "\n".join(wrong)


@pytest.mark.parametrize(
    "figure", ["1조 " + "2" * 400 + "년", "1" + "조" * 400, "1조1억" * 400 + "년", "9" * 400]
)
def test_figures_of_any_length_are_compared_in_time(pipeline: Pipeline, figure: str) -> None:
    pair = [f"회사는 올해 {figure} 규모의 새 공장을 짓는다.", f"회사가 올해 짓는 새 공장은 {figure} 규모다."]
    (document,) = pipeline.documents([of_sentences(pair)])
    draft = pipeline.draft(document)
    assert draft.similar is not None
    started = time.process_time()
    likeness(draft)
    assert time.process_time() - started < 1


# ── features and cues ──────────────────────────────────────────────────────────────────────────────


CUES = tomllib.loads((ROOT / "configs" / "cues.toml").read_text(encoding="utf-8"))


@pytest.mark.parametrize("cue", load_cues())
def test_cues_are_found_in_their_examples_only(cue: str) -> None:
    patterns = [re.compile(pattern) for pattern in load_cues()[cue]]
    for told, found in ((CUES["example"][cue], True), (CUES["against"][cue], False)):
        for text in told:
            assert any(pattern.search(text) for pattern in patterns) == found, text


@pytest.mark.parametrize(
    ("first", "second", "found"),
    [
        ("학계에서는 틈이 벌어질 때 물기둥이 가장 셀 것으로 봤다.", "그런데 최고점은 뒤처져 있었다.", True),
        ("학계에서는 틈이 벌어질 때 물기둥이 가장 셀 것으로 봤다.", "물기둥은 100㎞까지 솟는다.", False),
        ("얼핏 보면 걱정할 것이 없어 보인다.", "그러나 계약의 45%가 한 곳 것이다.", True),
        ("드론으로 보내면 되지 않느냐고 묻자 그가 말했다.", "“귤이 무거워서.”", True),
        ("드론으로 보내면 되지 않느냐고 묻자 그가 말했다.", "귤은 무겁다.", False),
        ("그는 “귤이 무겁다”고 말했다.", "“배가 낫다”고도 했다.", False),
    ],
)
def test_what_the_next_sentence_answers_only_points(
    first: str, second: str, found: bool, pipeline: Pipeline
) -> None:
    (document,) = pipeline.documents([of_sentences([first, second])])
    assert bool(features(pipeline.draft(document))[FEATURES.index("pointer"), 0]) == found


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("조건은 다음과 같다.", True), ("이유는 두 가지다.", True), ("바뀌는 것은 다음과 같습니다:", True),
        ("조건이 나빠졌다.", False),
    ],
)  # fmt: skip
def test_what_announces_the_next_sentence_by_a_rule_of_cohesion_only_points(
    text: str, found: bool, pipeline: Pipeline
) -> None:
    (document,) = pipeline.documents([of_sentences([text, "계약서를 낸다.", "보증금도 낸다."])])
    assert bool(features(pipeline.draft(document))[FEATURES.index("pointer"), 0]) == found


@pytest.mark.parametrize("genre", GENRES)
def test_a_model_has_a_shape_for_every_feature(genre: str) -> None:
    model = load_editor(genre)
    assert set(model.shapes) == set(FEATURES)
    assert all(shape.at == EDGES[name] for name, shape in model.shapes.items())


def test_reasons_add_up_to_the_score_and_the_score_is_the_salience(drafts: list[Draft]) -> None:
    for draft in drafts[:3]:
        ranked = ranked_by(draft, "editor")
        for why in ranked.reasons(ranked.order[:5]):
            assert sum(why.features.values()) == pytest.approx(why.score, abs=5e-3)
            assert ranked.salience[why.sentence] == pytest.approx(1 / (1 + np.exp(-why.score)), abs=1e-3)


def test_a_weight_moves_the_ranking(drafts: list[Draft]) -> None:
    draft = drafts[0]
    alone = EditorModel(shapes={"fresh": Shape((1,), (0.0, 1.0))})
    first = ranked_by(replace(draft, model=alone), "editor").order[0]
    assert any(char.isdigit() for char in draft.units[first].text)


def test_headings_and_boilerplate_never_come(seed_reports: list[Report]) -> None:
    for report in seed_reports:
        assert all(report.sentences[i].kind in CONTENT_KINDS for i in report.ranking)


def test_a_long_article_is_ranked_in_seconds(drafts: list[Draft]) -> None:
    import time

    units = tuple(
        replace(unit, index=n) for n, unit in enumerate(unit for _ in range(40) for unit in drafts[0].units)
    )
    tokens = columns(unit.tokens for unit in units)
    rows = np.tile(drafts[0].vectors, (40, 1))[:, :256]
    start = time.process_time()
    ranked = ranked_by(Draft(units, tokens, rows, (("other", 0.0),) * len(units)), "editor")
    assert len(ranked.order) > 1500
    assert time.process_time() - start < 20
