"""What is no article: each rule knows its examples and leaves alone what only looks like them."""

from __future__ import annotations

import time
from pathlib import Path

import pytest

from pipeline import Pipeline, read
from pipeline.layout.genre import genre_of
from pipeline.records import Article, Genre, Report
from pipeline.settings import ConfigError, DigestSettings, load_genres, load_messages, load_settings
from pipeline.writers import DIGEST_WRITERS, REPORT_WRITERS

from .conftest import article

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


@pytest.mark.parametrize(
    ("title", "text", "expected"),
    [
        ("[인사] 나래시교육청", "◇ 4급 승진 △ 교육국장 김가람 △ 행정국장 이나래 ◇ 전보 △ 총무과장 정하늘", "personnel"),
        ("[인사·부고] 5일", "▲ 김가람 나래시 부시장", "personnel"),
        ("<인사> 다온은행", "본부장 승진\n김가람 이나래\n정하늘 박다온", "personnel"),
        ("5일 인사", "〈승진〉 ▲ 상무 김가람 ▲ 이사 이나래 〈전보〉 ▲ 리테일부장 정하늘 ▲ 법무팀장 박다온", "personnel"),
        ("[부음] 이나래(가람전자 부장)씨 모친상", "▲ 박다온씨 별세, 이나래씨 모친상, 발인 6일 가람병원", "obituary"),
        ("5일 부고", "김가람씨 별세·김나래씨 부친상=4일, 나래병원 장례식장 3호실, 발인 6일 오전 7시", "obituary"),
        ("오늘의 운세 (3월 5일)", "쥐띠: 좋다.\n소띠: 나쁘다.\n범띠: 보통이다.\n토끼띠: 쉬어라.", "horoscope"),
        ("[포토] 눈 내린 나래산", "5일 나래산에 눈이 쌓여 있다. 등산객이 사진을 찍고 있다.", "photo"),
        ("나래강에 핀 벚꽃 [포토]", "5일 나래강에 벚꽃이 피었다.", "photo"),
        ("[그래픽] 나래시 집값", "나래시 집값이 올랐다.", "graphic"),
        ("[표] 나래시 인구", "나래시 인구 12만 명", "graphic"),
        ("주요 지표", "코스피 2,650.31 ▲12.40\n코스닥 870.22 ▼3.10\n원/달러 1,350.20 ▲3.50\n금 132,000 ▲500", "market"),
        ("[오늘의 날씨] 6일", "나래 맑음 3/12\n가람 흐림 2/10\n다온 구름많음 4/9", "weather"),
        ("[동정] 이나래 가람대 총장", "이나래 가람대 총장이 6일 입학식에 참석한다.", "activities"),
        ("나래시 새 공원", "나래시는 공원을 넓힌다고 5일 밝혔다. 담당은 ▲공원과장 김가람 ▲도시국장 이나래다. 시는 나무를 심는다.", None),
        ("가람전자 임원 인사 단행", "가람전자가 5일 임원 인사를 했다. 김가람 상무가 전무로 승진했다. 회사는 젊은 임원을 앞세웠다.", None),
        ("운세 앱 나래소프트, 100억 투자 유치", "나래소프트가 100억 원을 투자받았다. 쥐띠, 소띠, 범띠 이용자가 많다.", None),
        ("[날씨] 전국 맑음", "5일은 전국이 맑겠다. 기온은 12도까지 오르겠다.", None),
    ],
)  # fmt: skip
def test_siblings(title: str, text: str, expected: str | None) -> None:
    found = genre_of(title, text, GENRES)
    assert (found.id if found else None) == expected


LIST = "승진 <부장> ▲ 경영관리1팀 김가람 ▲ 리테일전략팀 이나래 <차장> ▲ 감사팀 정하늘"


def test_a_list_has_items_and_no_summary(pipeline: Pipeline) -> None:
    report = pipeline.report(article(f"[인사] 가람증권\n\n{LIST}\n"))
    assert isinstance(report, Report)
    assert report.genre == "personnel"
    assert [s.text for s in report.sentences if s.kind == "item"] == [
        "▲ 경영관리1팀 김가람", "▲ 리테일전략팀 이나래", "▲ 감사팀 정하늘",
    ]  # fmt: skip
    assert (report.summary, report.keywords) == ((), ())
    assert report.warnings == ("genre-personnel",)
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
