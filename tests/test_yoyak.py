"""``import yoyak``: texts in, answers out; objects in the place of names; where other libraries want one."""

from __future__ import annotations

import doctest
import importlib.util
import pickle
import subprocess
import sys
from collections.abc import Iterator, Sequence
from datetime import datetime
from importlib import import_module
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from numpy.typing import NDArray

import pipeline
import yoyak
from pipeline import Pipeline
from pipeline.encode import adapted
from pipeline.records import Article, ArticleError, ConfigError, Draft, Failure, Report, Salience
from pipeline.run import batches
from pipeline.salience import METHODS
from pipeline.settings import load_settings

from .conftest import SEEDS
from .thorough import few, thorough

TEXT = (SEEDS / "capex-race.txt").read_text(encoding="utf-8")
TWO = "아마존이 설비투자를 늘린다. 올해 2천억 달러를 쓴다."


@pytest.fixture(autouse=True)
def shared(pipeline: Pipeline, monkeypatch: pytest.MonkeyPatch) -> None:
    """The functions use the pipeline that the other tests use: it is loaded once."""
    monkeypatch.setattr("pipeline.texts._pipeline", lambda: pipeline)


def test_both_names_give_the_same_objects() -> None:
    assert set(dir(pipeline)) <= {*dir(yoyak)}
    for name in dir(pipeline):
        assert getattr(yoyak, name) is getattr(pipeline, name)
    for name in dir(yoyak):
        assert name == "__version__" or getattr(yoyak, name).__doc__, name
    with pytest.raises(AttributeError, match="nonsense"):
        yoyak.nonsense  # noqa: B018


@pytest.mark.parametrize("name", few(["yoyak", "pipeline"], 1))
def test_help_shows_what_there_is(name: str) -> None:
    code = f"import {name}, pydoc; print(pydoc.render_doc({name}, renderer=pydoc.plaintext))"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert "class Pipeline" in done.stdout
    assert "read(inputs" in done.stdout
    if name == "yoyak":
        assert "summarize(text" in done.stdout


def test_importing_loads_nothing() -> None:
    code = "import sys, yoyak; print(sorted({'numpy', 'kiwipiepy', 'pydantic'} & set(sys.modules)))"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"


@pytest.mark.parametrize("module", ["yoyak", "pipeline"])
def test_a_module_is_a_command(module: str) -> None:
    done = subprocess.run([sys.executable, "-m", module, "--version"], capture_output=True, text=True)
    assert (done.returncode, done.stdout.strip()) == (0, f"yoyak {yoyak.__version__}")


@pytest.mark.parametrize("name", ["pipeline.texts", "pipeline.adapters.vectors", "pipeline.run.pipeline"])
def test_examples_of_docstrings_come_out(name: str) -> None:
    if name.endswith("vectors"):
        pytest.importorskip("sklearn")
    module, tried = import_module(name), 0
    for test in doctest.DocTestFinder(exclude_empty=True).find(module):
        found = doctest.DocTestRunner().run(test)
        tried += found.attempted
        assert not found.failed, test.name
    assert tried


def test_summaries_are_slices_of_the_text(pipeline: Pipeline) -> None:
    assert len(yoyak.summarize(TEXT, length=3)) == 3
    assert all(sentence in TEXT for sentence in yoyak.summarize(TEXT, length=7))
    assert sum(map(len, yoyak.summarize(TEXT, length="200자"))) <= 200
    report = pipeline.report(TEXT)
    assert isinstance(report, Report)
    assert yoyak.summarize(TEXT) == [report.sentences[i].text for i in report.summary]
    assert yoyak.summarize(TEXT, 2, query="메타 회사채") != yoyak.summarize(TEXT, 2)
    assert yoyak.summarize(TWO, 1, method="lead") == ["아마존이 설비투자를 늘린다."]


def test_asking_otherwise_leaves_the_pipeline_as_it_was(pipeline: Pipeline) -> None:
    before = pipeline.tools
    yoyak.summarize(TEXT, 1, theme="aws", query="금리")
    assert pipeline.tools is before
    assert pipeline.tools.query is None


def test_keywords_have_scores() -> None:
    found = yoyak.keywords(TEXT, top=20)
    assert len(found) == 20
    assert found == sorted(found, key=lambda one: -one[1])
    assert "아마존" in dict(found)


def test_themes_of_texts_records_and_articles() -> None:
    by_theme = yoyak.themes(TEXT)
    assert next(iter(by_theme)) == "설비투자"
    twice = yoyak.themes([TEXT, {"본문": TEXT}, Article.from_text(TEXT), ""])
    assert [len(own) for own in twice.values()] == [3 * len(own) for own in by_theme.values()]


def test_a_digest_is_a_document() -> None:
    made = yoyak.digest([TEXT, ""], title="아침 브리핑")
    assert made.startswith("# 아침 브리핑")
    assert "요약할 본문이 없습니다" in made
    assert yoyak.digest(TEXT, format="html").lstrip().lower().startswith("<!doctype html")
    with pytest.raises(ValueError, match=r"docx.*md"):
        yoyak.digest(TEXT, format="docx")


def test_words_are_a_tokenizer() -> None:
    assert yoyak.words("데이터센터에서 메모리를 썼다.") == ["데이터센터", "메모리"]


@pytest.mark.parametrize("text", ["", "   ", "Nothing in Korean here, not a word of it.", "\ud800" * 20])
def test_nothing_to_summarize_is_an_error_that_says_so(text: str) -> None:
    for asked in (yoyak.summarize, yoyak.keywords, yoyak.themes):
        with pytest.raises(ArticleError) as caught:
            asked(text)
        assert isinstance(caught.value, ValueError)
        assert any("가" <= char <= "힣" for char in str(caught.value))
        assert caught.value.failure.reason


def test_no_texts_and_wrong_types_are_errors() -> None:
    with pytest.raises(ArticleError):
        yoyak.themes([])
    for wrong in (3, None, b"text", SEEDS):
        with pytest.raises(TypeError, match=r"read\(path\)"):
            yoyak.summarize(wrong)  # type: ignore[arg-type]
    for overrides in ({"length": "much"}, {"method": "magic"}, {"theme": "no-such-theme"}):
        with pytest.raises(ConfigError, match=rf"summary\.{next(iter(overrides))}"):
            yoyak.summarize(TEXT, **overrides)
    with pytest.raises(ConfigError, match=r"keywords\.top"):
        yoyak.keywords(TEXT, top=-1)


def test_an_article_out_of_a_string() -> None:
    article = Article.from_text(TWO, title="설비투자", published="2026-02-11", publisher="한빛뉴스")
    assert (article.text, article.title, article.source.publisher) == (TWO, "설비투자", "한빛뉴스")
    assert article.source.day is not None
    assert article.id.startswith("설비투자-")
    assert Article.from_text(TWO).id != Article.from_text(TWO + " ").id
    with pytest.raises(ValueError, match="isoformat"):
        Article.from_text(TWO, published="어제")
    with pytest.raises(TypeError):
        Article.from_text(b"bytes")  # type: ignore[arg-type]


def test_a_string_is_a_text_not_a_file(pipeline: Pipeline) -> None:
    assert isinstance(pipeline.report(TWO), Report)
    found = pipeline.report("seeds/capex-race.txt")
    assert isinstance(found, Failure)
    assert found.reason == "not-korean"


def test_rows_come_out_one_for_one(pipeline: Pipeline) -> None:
    rows: list[tuple[Any, str]] = [
        (TWO, "first"),
        ("", "empty"),
        ({"headline": "설비투자", "content": TWO, "date": datetime(2026, 2, 11, 9)}, "record"),
        ({"title": "설비투자", "body": float("nan")}, "gap"),
        ({"n": 1}, "no body"),
        (TWO, "again"),
    ]
    found = {context: one for one, context in pipeline.pipe(rows, as_tuples=True)}
    assert list(found) == [context for _, context in rows]
    reasons = {context: one.reason for context, one in found.items() if isinstance(one, Failure)}
    assert reasons == {"empty": "nothing", "gap": "no-body-field", "no body": "no-body-field"}
    record = found["record"]
    assert isinstance(record, Report)
    assert (record.title, record.source.published) == ("설비투자", "2026-02-11")
    assert [type(one) for one in pipeline.pipe([TWO, ""])] == [Report, Failure]


def test_rows_stream(pipeline: Pipeline) -> None:
    asked = 0

    def endless() -> Iterator[tuple[str, int]]:
        nonlocal asked
        while True:
            asked += 1
            yield TWO, asked

    stream = pipeline.pipe(endless(), as_tuples=True)
    assert [next(stream)[1] for _ in range(3)] == [1, 2, 3]
    assert asked <= 2 * pipeline.settings.run.batch


class Lengths:
    """An encoder of somebody else's: two columns, and not of length 1."""

    def encode(self, texts: list[str]) -> NDArray[np.float64]:
        return np.array([[len(text), 1.0] for text in texts])


def test_an_encoder_is_a_name_or_an_object() -> None:
    assert Pipeline(encoder="tfidf").tools.encoder.name == "tfidf"
    made = Pipeline(encoder=Lengths())
    assert made.tools.encoder.dimensions == 2
    rows = made.tools.encoder.encode(["가나다", "", "둘"])
    assert rows.dtype == np.float32
    assert np.allclose(np.linalg.norm(rows, axis=1), [1, 0, 1])
    report = made.report(TEXT)
    assert isinstance(report, Report)
    assert report.summary
    own = yoyak.load_encoder("tfidf")
    assert adapted(own) is own
    with pytest.raises(TypeError, match="encode"):
        Pipeline(encoder=object())  # type: ignore[arg-type]


def test_a_method_is_a_name_or_a_function() -> None:
    asked: list[Draft] = []

    def method(draft: Draft) -> Salience:
        asked.append(draft)
        return METHODS["lead"](draft)

    mine, lead = Pipeline(method=method), Pipeline(method="lead")
    assert mine.report(TEXT) == lead.report(TEXT)
    assert len(asked) == 1
    with pytest.raises(ConfigError, match=r"summary\.method"):
        Pipeline(method="magic")
    with pytest.raises(TypeError, match="can't be called"):
        Pipeline(method=3)  # type: ignore[arg-type]


def test_objects_travel_with_the_pipeline() -> None:
    made = Pipeline(encoder=Lengths(), method=METHODS["lead"])
    sent = pickle.dumps(made)
    first, second = pickle.loads(sent), pickle.loads(sent)
    assert first.tools is second.tools
    assert first.tools.encoder.dimensions == 2
    assert first.report(TWO) == made.report(TWO)
    batches.tools_here.cache_clear()


@thorough
def test_objects_reach_the_workers() -> None:
    settings = load_settings(None, {"run.engine": "processes", "run.workers": 1})
    made = Pipeline(settings, encoder=Lengths(), method="lead")
    here = Pipeline(encoder=Lengths(), method="lead")
    assert list(made.pipe([TWO, TEXT])) == list(here.pipe([TWO, TEXT]))


# ── where other libraries want one ───────────────────────────────────────────────────────────────────


@pytest.mark.extra("sklearn")
def test_vectors_are_a_step_of_scikit_learn() -> None:
    import sklearn
    from sklearn.cluster import KMeans
    from sklearn.pipeline import make_pipeline

    texts: Sequence[str] = ["매출이 크게 늘었다.", "영업이익이 늘었다.", "비가 내린다.", "눈이 내린다."]
    steps = make_pipeline(yoyak.SentenceVectors("tfidf"), KMeans(2, random_state=0, n_init=3))
    assert len(steps.fit_predict(texts)) == 4
    vectors = sklearn.base.clone(steps[0])
    with pytest.raises(sklearn.exceptions.NotFittedError):
        sklearn.utils.validation.check_is_fitted(vectors)
    assert vectors.fit_transform(texts).shape == (4, 8192)
    assert len(vectors.get_feature_names_out()) == 8192
    assert np.array_equal(pickle.loads(pickle.dumps(vectors)).transform(texts), vectors.transform(texts))
    assert len(pickle.dumps(vectors)) < 1000
    assert yoyak.SentenceVectors(Lengths()).fit(texts).transform(texts).shape == (4, 2)


def test_without_scikit_learn_help_goes_on(monkeypatch: pytest.MonkeyPatch) -> None:
    assert "SentenceVectors" in yoyak.__all__
    monkeypatch.setattr("importlib.util.find_spec", lambda name: None)
    assert "SentenceVectors" not in dir(yoyak)


def test_keybert_takes_the_encoder() -> None:
    keybert = pytest.importorskip("keybert")
    from sklearn.feature_extraction.text import CountVectorizer

    backend = yoyak.embedder("tfidf")
    assert keybert.backend._utils.select_backend(backend) is backend
    words = CountVectorizer(tokenizer=yoyak.words, token_pattern=None, lowercase=False)
    found = dict(keybert.KeyBERT(model=yoyak.embedder()).extract_keywords(TEXT, vectorizer=words, top_n=8))
    assert len(found) == 8
    assert found.keys() & {"아마존", "설비투자", "데이터센터", "메타", "알파벳", "현금", "빅테크", "투자"}


def test_bertopic_takes_the_encoder() -> None:
    bertopic = pytest.importorskip("bertopic")
    from bertopic.dimensionality import BaseDimensionalityReduction
    from sklearn.cluster import KMeans
    from sklearn.feature_extraction.text import CountVectorizer

    sentences = [s for f in sorted(SEEDS.glob("*.txt")) for s in f.read_text("utf-8").splitlines() if s]
    model = bertopic.BERTopic(
        embedding_model=yoyak.embedder(),
        umap_model=BaseDimensionalityReduction(),
        hdbscan_model=KMeans(5, random_state=0, n_init=1),
        vectorizer_model=CountVectorizer(tokenizer=yoyak.words, token_pattern=None),
    )
    topics, _ = model.fit_transform(sentences)
    assert len(topics) == len(sentences)
    assert len(set(topics)) == 5


def test_without_scikit_learn_the_package_can_be_looked_at(monkeypatch: pytest.MonkeyPatch) -> None:
    """In another module of the same text: the one that is loaded stays as it is."""
    for name in ("sklearn", "sklearn.base"):
        monkeypatch.setitem(sys.modules, name, None)
    path = Path(pipeline.adapters.vectors.__file__)
    spec = importlib.util.spec_from_file_location("pipeline.adapters.without", path)
    assert spec is not None and spec.loader is not None
    without = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(without)
    assert "unit rows" in without.SentenceVectors.__doc__
    with pytest.raises(ModuleNotFoundError, match="pip install scikit-learn"):
        without.SentenceVectors("tfidf")


def test_without_either_the_error_says_what_to_install(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("pipeline.adapters.backends.find_spec", lambda name: None)
    with pytest.raises(ModuleNotFoundError, match="pip install keybert"):
        yoyak.embedder()
