"""A digest of many articles, with copies among them, in every format."""

from __future__ import annotations

import random

import pytest

from pipeline import Pipeline
from pipeline.records import Article, Digest, Source
from pipeline.settings import load_messages, load_settings
from pipeline.writers import DIGEST_WRITERS
from pipeline.writers.mail import LARGEST

from .thorough import thorough

KO = load_messages("ko")
_SYLLABLES = "가나다라마바사아자하고노도로모보소오조호구누두루무부수우주"
_KINDS = ("전자", "시", "구", "은행", "건설", "바이오", "모터스", "군", "병원")
_NEWS = (
    ("반도체 공장을 짓는다고", "공장은"),
    ("클라우드 지역을 연다고", "데이터센터는"),
    ("새벽배송을 늘린다고", "물류센터는"),
    ("설비투자를 늘린다고", "투자는"),
    ("축제를 연다고", "축제는"),
    ("도서관을 새로 연다고", "도서관은"),
)
_REST = (
    "투자액은 {n}억원이다.",
    "일자리 {n}개가 생긴다.",
    "반도체 값이 {m}% 오르며 비용이 늘었다.",
    "클라우드 고객이 {n}곳으로 늘었다.",
    "관계자는 “{n}명이 찾을 것”이라고 말했다.",
    "배송 시간은 {m}시간으로 줄었다.",
    "이용은 무료다.",
)


def _articles(count: int, copies: int) -> list[Article]:
    chance = random.Random(7)
    texts = []
    for _ in range(count - copies):
        who = "".join(chance.choice(_SYLLABLES) for _ in range(2)) + chance.choice(_KINDS)
        what, it = chance.choice(_NEWS)
        rest = (
            one.format(n=chance.randint(100, 9999), m=chance.randint(2, 90))
            for one in chance.sample(_REST, 5)
        )
        opened = f"{it} {chance.randint(2026, 2032)}년 {chance.randint(1, 12)}월에 문을 연다."
        texts.append((f"{who}, {what.split()[0]}", " ".join([f"{who}가 {what} 9일 밝혔다.", opened, *rest])))
    texts += [(f"{title} (종합)", f"{text} 끝.") for title, text in chance.sample(texts, copies)]
    return [
        Article(
            id=f"article-{n:04d}",
            title=title,
            source=Source(
                path=f"{n}.txt", url=f"https://example.kr/{n}", publisher=f"매체{n % 17}", sha256=f"{n:064d}"
            ),
            text=text,
            body=(0, len(text)),
        )
        for n, (title, text) in enumerate(texts)
    ]


@pytest.fixture(scope="module")
def digest() -> Digest:
    pipeline = Pipeline(load_settings(None, {"digest.stories_per_theme": 200}))
    return pipeline.digest(list(pipeline.stream(_articles(160, 12))))


@thorough
def test_copies_are_found_among_many(digest: Digest) -> None:
    stories = [story for theme in digest.themes for story in theme.stories]
    assert sum(len(story.copies) for story in stories) >= 11
    assert len(digest.sources) == 160
    assert max(len(story.articles) for story in stories) <= 4, "events told in the same words stay apart"


@pytest.mark.parametrize("name", DIGEST_WRITERS)
def test_every_format_is_written(digest: Digest, name: str) -> None:
    made = DIGEST_WRITERS[name](digest, KO, None)
    assert digest.themes[0].stories[0].lines[0].text in made or name in ("eml", "rss")
    if name == "email":
        assert LARGEST / 2 < len(made.encode()) <= LARGEST
        assert "개를 줄였습니다" in made
