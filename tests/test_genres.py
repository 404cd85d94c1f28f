"""What is no article: each rule knows its examples and leaves alone what only looks like them."""

from __future__ import annotations

import time
from pathlib import Path

import pytest

from pipeline import Pipeline, read
from pipeline.layout.genre import genre_of
from pipeline.records import Article, Genre, Note, Report
from pipeline.settings import ConfigError, DigestSettings, load_genres, load_messages, load_settings
from pipeline.writers import DIGEST_WRITERS, REPORT_WRITERS

from .conftest import ROOT, article

_PIECES = (ROOT / "tests/cases/genres/pieces.tsv").read_text(encoding="utf-8").splitlines()
SIBLINGS = [line for line in _PIECES if not line.startswith("#")]
GENRES = load_genres()
by_id = pytest.mark.parametrize("genre", GENRES, ids=lambda genre: genre.id)


@by_id
def test_a_genre_knows_its_examples(genre: Genre) -> None:
    for title, text in genre.examples:
        found = genre_of(title, text, GENRES)
        assert found is not None and found.id == genre.id, title


@by_id
def test_what_only_looks_like_it_is_an_article(genre: Genre) -> None:
    for title, text in genre.against:
        assert genre_of(title, text, GENRES) is None, title


@by_id
def test_a_genre_has_its_words_and_is_left_out(genre: Genre) -> None:
    for lang in ("ko", "en"):
        texts = load_messages(lang)
        assert texts[f"genres.{genre.id}"]
        assert texts[f"notes.genre-{genre.id}"]
    assert genre.id in DigestSettings().leave_out


@pytest.mark.parametrize("line", SIBLINGS)
def test_siblings(line: str) -> None:
    expected, title, text = line.split("\t")
    found = genre_of(title, text.replace(" / ", "\n"), GENRES)
    assert (found.id if found else "-") == expected


LIST = "승진 <부장> ▲ 경영관리1팀 김가람 ▲ 리테일전략팀 이나래 <차장> ▲ 감사팀 정하늘"


def test_a_list_has_items_and_no_summary(pipeline: Pipeline) -> None:
    report = pipeline.report(article(f"[인사] 가람증권\n\n{LIST}\n"))
    assert isinstance(report, Report)
    assert report.genre == "personnel"
    assert [s.text for s in report.sentences if s.kind == "item"] == [
        "▲ 경영관리1팀 김가람", "▲ 리테일전략팀 이나래", "▲ 감사팀 정하늘",
    ]  # fmt: skip
    assert (report.summary, report.keywords) == ((), ())
    assert report.warnings == (Note("genre-personnel"),)
    texts = load_messages("ko")
    for name in ("txt", "md", "html"):
        assert "인사 발령 명단" in REPORT_WRITERS[name](report, texts)


def test_a_digest_tells_what_it_leaves_out(pipeline: Pipeline, tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text(f"[인사] 가람증권\n\n{LIST}\n", encoding="utf-8")
    (tmp_path / "b.txt").write_text(
        "나래시 공원 넓힌다\n\n나래시는 강변 공원을 넓힌다고 5일 밝혔다. 공사는 4월에 시작한다.\n", "utf-8"
    )
    articles = [one for one in read([tmp_path]) if isinstance(one, Article)]
    reports = list(pipeline.stream(articles))
    made = pipeline.digest(reports)
    assert [one.genre for one in made.left_out] == ["personnel"]
    assert len(made.sources) == 1
    for name in ("md", "txt", "html", "email", "json"):
        assert "가람증권" in DIGEST_WRITERS[name](made, load_messages("ko"), None), name
    asked = Pipeline(load_settings(None, {"digest.leave_out": []})).digest(reports)
    assert not asked.left_out
    assert len(asked.sources) == 2


def test_an_unknown_genre_is_told() -> None:
    with pytest.raises(ConfigError, match=r"digest\.leave_out"):
        Pipeline(load_settings(None, {"digest.leave_out": ["gossip"]}))


@pytest.mark.parametrize(
    "part", ["▲ ", "▲가", "< ", "[", "가1 ", "코스피 1", "나래 1,", "1,", "쥐띠 ", "발인 ", "다.", "가 : "]
)
def test_time_grows_with_the_text(part: str) -> None:
    def spent(n: int) -> float:
        text = part * n
        started = time.process_time()
        genre_of(text[:500], text, GENRES)
        return time.process_time() - started

    spent(1000)
    assert spent(80_000) < 40 * max(spent(8_000), 0.005)
