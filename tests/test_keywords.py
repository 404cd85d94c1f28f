"""Keyword tables of articles: what is in them, what is not, and how good they are."""

from __future__ import annotations

import json
import re
import time
import tomllib
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
from hypothesis import HealthCheck, given
from hypothesis import strategies as st

from pipeline import Pipeline, read
from pipeline.engines import no_collection
from pipeline.evaluate.keywords import (
    GoldArticle,
    agreement,
    judge,
    measure,
    read_keyphrases,
    rows_of,
)
from pipeline.keywords import extract
from pipeline.keywords.folding import Folding
from pipeline.keywords.score import FEATURES, PARTS, _rounded
from pipeline.korean.spelling import key_of
from pipeline.records import Article, Keyword, Report, Token, Unit
from pipeline.settings import load_background, load_keyword_rules, load_settings
from pipeline.train.background import train_background
from pipeline.train.keywords import PLACES, Fitted, Labelled, fit, labelled, write

from .conftest import ROOT, TRAINING, article
from .thorough import examples, few, thorough

CASES = sorted((ROOT / "tests" / "cases" / "keywords").glob("*.toml"))
GOLD = TRAINING / "keywords"
PICKS = TRAINING / "editor-picks"
HELD = ROOT / "tests" / "gold" / "keywords"


@pytest.fixture(scope="module")
def deep() -> Pipeline:
    """Tables of twenty rows."""
    return Pipeline(load_settings(None, {"keywords.top": 20}))


def table(pipeline: Pipeline, one: Article) -> tuple[Keyword, ...]:
    report = pipeline.report(one)
    assert isinstance(report, Report), report
    return report.keywords


@pytest.mark.parametrize("path", CASES, ids=lambda p: p.stem)
def test_case(path: Path, deep: Pipeline) -> None:
    case = tomllib.loads(path.read_text(encoding="utf-8"))
    rows = {k.term: k for k in table(deep, article(case["text"].strip("\n")))}
    for term, *variants in case["rows"]:
        assert term in rows, f"{term} not in {list(rows)}"
        assert set(variants) <= set(rows[term].variants), rows[term]
    forms = {form for k in rows.values() for form in (k.term, *k.variants)}
    assert not forms & set(case.get("not", ()))
    order = list(rows)
    for first, second in case.get("before", ()):
        assert second not in order or order.index(first) < order.index(second)


@thorough
def test_quality_on_labelled_articles(pipeline: Pipeline) -> None:
    golds, tables = judge(GOLD, None, pipeline)
    assert len(golds) >= 120
    ours, plain, tf_idf = (measure(tables[name], golds, 15).f1 for name in ("ours", "plain-count", "tf-idf"))
    assert ours >= 0.62
    assert ours > tf_idf + 0.3
    assert ours > plain + 0.3


@pytest.mark.extra("train")
def test_quality_holds_on_articles_that_were_not_learned_from(pipeline: Pipeline) -> None:
    fitted = fit(labelled([one for one in read_keyphrases(GOLD) if one.split == "dev"], pipeline))
    assert _f1(pipeline, fitted, list(read_keyphrases(HELD))) >= 0.58


@pytest.mark.extra("train")
def test_the_business_readers_phrases_are_found_in_articles_that_were_not_learned_from(
    pipeline: Pipeline,
) -> None:
    """Every fourth article is measured on what the others taught; the readers agree at 0.89."""
    golds = list(read_keyphrases(PICKS))
    ids = sorted({one.article.id for one in golds})
    unseen = frozenset(ids[::4])
    fitted = fit(labelled([one for one in golds if one.article.id not in unseen], pipeline))
    assert len(unseen) == 14
    assert _f1(pipeline, fitted, [one for one in golds if one.article.id in unseen]) >= 0.61


def _f1(pipeline: Pipeline, fitted: Fitted, golds: Sequence[GoldArticle]) -> float:
    """F1@15 of tables with fitted weights."""
    other = Pipeline(pipeline.settings)
    rules = replace(other.tools.keyword_rules, weights=fitted.weights, lexicon=fitted.lexicon)
    other.tools = replace(other.tools, keyword_rules=rules)
    articles = {one.article.id: one.article for one in golds}
    rows = {key: rows_of(table(other, one)) for key, one in articles.items()}
    return measure([rows[one.article.id] for one in golds], golds, 15).f1


def test_labels_of_several_readers_are_read_with_their_agreement() -> None:
    golds = list(read_keyphrases(PICKS))
    assert len(golds) == 2 * len({one.article.id for one in golds}) == 112
    assert golds[0].name == "reader-a/c01"
    assert ("잔여이행의무", "RPO", "수주 잔액", "잔액") in golds[0].phrases
    both = agreement(golds, 15)
    assert both is not None
    assert 0.85 < both.f1 < 0.95
    assert agreement(golds[:56], 15) is None


_JUNK = re.compile(r"[\d.,%\s]+|.*(?:했다|한다|습니다|에서|으로|에게)|.*기자")


@pytest.mark.parametrize(
    "name", few(["tests/gold/keywords", "seeds", "models/training/keywords", "models/training/articles"], 1)
)
def test_no_junk_in_the_top_twenty(name: str, deep: Pipeline) -> None:
    rules = load_keyword_rules()
    for one in read([p for p in (ROOT / name).iterdir() if p.suffix in (".txt", ".md", ".jsonl")]):
        assert isinstance(one, Article)
        authors = set(re.findall(r"[가-힣]{2,4}", one.source.author or ""))
        authors |= set(re.findall(r"([가-힣]{3}) 기자", one.text))
        for keyword in table(deep, one):
            assert not _JUNK.fullmatch(keyword.term), keyword.term
            assert key_of(keyword.term) not in rules.never | rules.roles | rules.alone
            assert not {keyword.term, *keyword.variants} & authors
            assert any(c.isalpha() for c in keyword.term)


def test_rows_agree_with_the_article(seed_reports: list[Report]) -> None:
    for report in seed_reports:
        keys = [key_of(form) for k in report.keywords for form in (k.term, *k.variants)]
        assert len(keys) == len(set(keys)), "one row for one thing"
        scores = [k.score for k in report.keywords]
        assert scores == sorted(scores, reverse=True)
        assert not scores or (scores[0] == 1.0 and scores[-1] >= 0)
        for keyword in report.keywords:
            assert set(keyword.parts) == set(PARTS)
            assert keyword.first in keyword.sentences
            texts = [key_of(report.sentences[i].text) for i in keyword.sentences]
            bare = [re.sub(r"\(.*?\)|[()]", "", text) for text in texts]
            for form in (keyword.term, *keyword.variants):
                assert any(key_of(form) in text for text in (*texts, *bare)), form


def test_a_table_does_not_depend_on_its_batch(pipeline: Pipeline, seed_reports: list[Report]) -> None:
    for report in seed_reports[:4]:
        (again,) = [r for r in pipeline.stream(read([report.source.path.split(":")[0]])) if r.id == report.id]
        assert again.keywords == report.keywords


_WORDS = st.sampled_from(
    [
        "데이터센터는", "AWS가", "트레이니움(Trainium)을", "자본 지출", "(", ")", "'", "2분기", "늘었다.",
        "\n\n", "A(B)", "「", "=1+1", "노바 2", "3D", "·", "매출이", "김민서 기자",
    ]
)  # fmt: skip


@examples(40, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.lists(_WORDS, min_size=1, max_size=40))
def test_any_text_gives_a_table(deep: Pipeline, words: list[str]) -> None:
    report = deep.report(article(" ".join(words)))
    if isinstance(report, Report):
        for keyword in report.keywords:
            assert keyword.count >= 1
            assert keyword.term == keyword.term.strip() != ""


@given(st.lists(st.tuples(st.sampled_from("abcdef"), st.sampled_from("abcdef")), max_size=12), st.randoms())
def test_folding_does_not_depend_on_order(pairs: list[tuple[str, str]], random: object) -> None:
    one, other = Folding(), Folding()
    for a, b in pairs:
        one.join(a, b)
    for a, b in sorted(pairs, reverse=True):
        other.join(b, a)
    assert [one.root(key) for key in "abcdef"] == [other.root(key) for key in "abcdef"]


def test_weights_are_complete_and_keep_their_signs() -> None:
    rules = load_keyword_rules()
    weights = rules.weights
    assert set(weights) == {*FEATURES, "bias", "least"}
    assert weights["lexicon"] == 1
    assert all(
        weights[name] >= 0 for name in ("density", "rarity", "label", "heading", "centre", "known", "named")
    )
    assert all(weights[name] <= 0 for name in ("once", "common", "short", "source"))
    assert set(rules.lexicon) == set(PLACES)
    assert all(key == key_of(key) for words in rules.lexicon.values() for key in words)


@pytest.mark.extra("train")
def test_fit_finds_what_tells_terms_apart() -> None:
    flat = dict.fromkeys(FEATURES, 0.0)
    terms = [{**flat, "density": float(i % 4), "once": float(i % 2)} for i in range(80)]
    words = [[("alone", "매출" if i % 8 < 2 else "서버")] for i in range(80)]
    taken = [term["density"] >= 2 for term in terms]
    fitted = fit([Labelled(str(n), terms, words, taken) for n in range(3)])
    assert fitted.weights["density"] > 0.5
    assert fitted.weights["label"] == 0
    assert fitted.weights["once"] <= 0
    assert fitted.lexicon["alone"]["매출"] < 0 < fitted.lexicon["alone"]["서버"]


@pytest.mark.extra("train")
def test_habits_of_another_brief_are_not_learned() -> None:
    flat = dict.fromkeys(FEATURES, 0.0)
    terms = [{**flat, "density": float(i % 4), "label": float(i % 3 == 0)} for i in range(80)]
    words: list[list[tuple[str, str]]] = [[] for _ in terms]
    ours = Labelled("a", terms, words, [term["density"] >= 2 for term in terms])
    theirs = Labelled("b", terms, words, [term["label"] > 0 for term in terms])
    kept, mixed = (fit([ours, replace(theirs, other=other)]).weights["label"] for other in (True, False))
    assert kept < mixed / 2


def test_a_written_model_is_read_as_it_was(tmp_path: Path) -> None:
    fitted = Fitted({"once": -1.0}, {"alone": {"a.b": 0.5}, "first": {}, "last": {"매출": -0.25}})
    write(fitted, "one article", tmp_path / "model.toml")
    found = tomllib.loads((tmp_path / "model.toml").read_text(encoding="utf-8"))
    assert found == {"weights": fitted.weights, **fitted.lexicon}


def test_background_counts_each_news_sentence_once(tmp_path: Path) -> None:
    for folder in ("news-sentences", "klue", "korsts"):
        (tmp_path / folder).mkdir()
    (tmp_path / "news-sentences" / "a.ko").write_text("금리가 올랐다\n금리가 올랐다\n\n금리가 내렸다\n")
    rows = [
        {"source": "wikitree", "premise": "# 금리가 뛰었다"},
        {"source": "airbnb", "premise": "금리가 낮다"},
    ]
    (tmp_path / "klue" / "klue-nli-dev.json").write_text(json.dumps(rows))
    sts = [
        "genre f y i s a b",
        'main-news - - 1 5 "금리가_섰다 금리가_뛰었다',
        "main-forums - - 2 5 ㄱ ㄴ",
    ]
    text = "\n".join(sts).replace(" ", "\t").replace("_", " ")
    (tmp_path / "korsts" / "sts-train.tsv").write_text(text)

    def tokenize(texts: Sequence[str]) -> list[list[Token]]:
        return [[Token(word, "NNG", 0, 1) for word in text.split()] for text in texts]

    documents, written = train_background(tmp_path, tmp_path / "b.tsv", tokenize)
    found = load_background(tmp_path / "b.tsv")
    assert (documents, written) == (5, len(found.frequency))
    assert found.documents == 5
    assert found.frequency == {"금리가/NNG": 4, "뛰었다/NNG": 2}, "a quotation mark is a character"


def test_a_missing_source_is_told(tmp_path: Path) -> None:
    with pytest.raises(FileNotFoundError):
        train_background(tmp_path, tmp_path / "b.tsv", lambda texts: [])


def test_parts_are_rounded_as_round_does() -> None:
    rng = np.random.default_rng(5)
    halves = np.arange(-400, 400) / 1600 * rng.choice([0.367, 1.543, 0.581, 1.0], 800)
    values = np.concatenate([rng.normal(0, 3, 2000), halves, [0.27525, 0.38575, 0.00005, -0.00005]])
    assert _rounded(values).tolist() == [round(value, 4) for value in values.tolist()]


@pytest.mark.parametrize(
    "words", ["서울 부산 대구 광주 인천 대전 울산 수원 ", "바로담은", "가.나(다)라", "A B C-1 "]
)
def test_time_grows_with_the_text(words: str) -> None:
    background, rules = load_background(), load_keyword_rules()

    def cost(n: int) -> float:
        text = words * n
        forms = [
            (m[0], "NNP" if m[0] > "나" else "VA", *m.span()) for m in re.finditer(r"\w{1,2}|[^\w\s]", text)
        ]
        unit = Unit(0, text, 0, len(text), "body", None, 0, tuple(Token(*form) for form in forms))
        with no_collection():  # as a batch runs; the cycles of a whole session are not ours
            start = time.process_time()
            extract([unit], [None], background, rules, 15)
            return time.process_time() - start

    cost(50)
    assert cost(4000) < 40 * max(cost(400), 0.01)
