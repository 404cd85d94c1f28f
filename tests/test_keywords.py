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
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from pipeline import Pipeline, read
from pipeline.engines import no_collection
from pipeline.evaluate.keywords import judge, matches, measure, read_keyphrases
from pipeline.keywords import extract
from pipeline.keywords.folding import Folding
from pipeline.keywords.score import FEATURES, PARTS, _rounded
from pipeline.korean.spelling import key_of
from pipeline.records import Article, Keyword, Report, Token, Unit
from pipeline.run import lab
from pipeline.settings import load_background, load_keyword_rules, load_settings
from pipeline.train.background import train_background
from pipeline.train.keywords import fit

from .conftest import ROOT, TRAINING, article

CASES = sorted((ROOT / "tests" / "cases" / "keywords").glob("*.toml"))
GOLD = TRAINING / "keywords"
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


def test_quality_on_labelled_articles(pipeline: Pipeline) -> None:
    golds, tables = judge(GOLD, None, pipeline)
    assert len(golds) >= 120
    ours, plain, tf_idf = (measure(tables[name], golds, 15).f1 for name in ("ours", "plain-count", "tf-idf"))
    assert ours >= 0.62
    assert ours > tf_idf + 0.3
    assert ours > plain + 0.3


def test_quality_holds_on_articles_that_were_not_learned_from(pipeline: Pipeline) -> None:
    ours = [one for one in read_keyphrases(GOLD) if one.split or one.name.startswith("f")]
    golds = ours + list(read_keyphrases(HELD))
    articles = {one.article.id: one.article for one in golds}
    known = {key: lab.keyword_terms(pipeline, pipeline.analyse(one)) for key, one in articles.items()}
    terms = [known[one.article.id] for one in golds]
    train = [i for i, one in enumerate(golds) if one.split == "dev"]
    weights = fit(
        [features for i in train for _, features in terms[i]],
        [matches(golds[i], forms) for i in train for forms, _ in terms[i]],
    )
    other = Pipeline(load_settings(None, {"keywords.top": 15}))
    rules = replace(other.tools.keyword_rules, weights=weights)
    other.tools = replace(other.tools, keyword_rules=rules)
    unseen = [one for one in golds if one.split != "dev"]
    tables = {key: table(other, articles[key]) for key in dict.fromkeys(one.article.id for one in unseen)}
    rows = [[(k.term, *k.variants) for k in tables[one.article.id]] for one in unseen]
    assert measure(rows, unseen, 15).f1 >= 0.58


_JUNK = re.compile(r"[\d.,%\s]+|.*(?:했다|한다|습니다|에서|으로|에게)|.*기자")


@pytest.mark.parametrize(
    "name", ["seeds", "tests/gold/keywords", "models/training/keywords", "models/training/articles"]
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


@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
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
    weights = load_keyword_rules().weights
    assert set(weights) == {*FEATURES, "bias", "least"}
    assert all(
        weights[name] >= 0 for name in ("free", "rarity", "spread", "early", "heading", "centre", "known")
    )
    assert all(weights[name] <= 0 for name in ("once", "common", "short", "source"))


def test_fit_finds_what_tells_terms_apart() -> None:
    flat = dict.fromkeys(FEATURES, 0.0)
    terms = [{**flat, "free": float(i % 4), "once": float(i % 2)} for i in range(80)]
    weights = fit(terms, [term["free"] >= 2 for term in terms])
    assert weights["free"] > 0.5
    assert weights["early"] == 0
    assert weights["once"] <= 0


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
