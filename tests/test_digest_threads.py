"""Sections made of threads: one choice over the issue, budgets, what the last issue told, found themes."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Sequence
from dataclasses import replace
from itertools import combinations
from pathlib import Path

import pytest

from pipeline import Pipeline
from pipeline.digest import Found, worth_telling
from pipeline.digest.sections import rounded
from pipeline.evaluate.digest import judge_digest
from pipeline.evaluate.stories import repeated
from pipeline.records import Article, Digest, Line, Report, Source, Thread
from pipeline.settings import ConfigError, load_settings
from pipeline.writers import dump, load_digest

from .conftest import ROOT, reports_of
from .thorough import thorough

PICKS = ROOT / "models" / "training" / "editor-picks"
SPANNING = (
    "아마존웹서비스(AWS)의 클라우드 매출이 1분기에 356억 달러로 24% 늘었다. "
    "AWS는 클라우드 고객 300곳과 새로 계약했다.\n\n"
    "자체 반도체 트레이니움은 매출이 100억 달러를 넘었다. "
    "아마존은 AI 반도체 140만 개를 데이터센터에 넣었다.\n\n"
    "온라인 쇼핑의 당일배송 주문은 70% 늘었다. "
    "쇼핑 광고 매출은 170억 달러로 19% 늘었다.\n\n"
    "아마존은 올해 설비투자에 2000억 달러를 쓴다. "
    "잉여현금흐름은 112억 달러로 줄었다."
)


def _article(name: str, text: str, title: str | None = None, publisher: str | None = None) -> Article:
    source = Source(path=f"{name}.txt", publisher=publisher, sha256=f"{name:0>64}")
    return Article(id=name, title=title, source=source, text=text, body=(0, len(text)))


def _threads(digest: Digest) -> list[Thread]:
    return [one for theme in digest.themes for one in theme.stories]


def _lines(digest: Digest) -> list[Line]:
    return [line for one in _threads(digest) for line in one.lines]


@pytest.fixture(scope="module")
def reports(pipeline: Pipeline) -> list[Report]:
    found, failures = reports_of(pipeline, sorted((PICKS / "articles").glob("i*")))
    assert not failures
    return found


@pytest.fixture(scope="module")
def digest(pipeline: Pipeline, reports: list[Report]) -> Digest:
    return pipeline.digest(reports)


# ── sections ───────────────────────────────────────────────────────────────────────────────────────


def test_an_article_speaks_in_the_section_of_each_theme(pipeline: Pipeline) -> None:
    made = pipeline.digest(list(pipeline.stream([_article("a", SPANNING, "아마존, AI에 2000억 달러")])))
    assert [theme.id for theme in made.themes] == ["aws", "chips", "retail", "capex"]
    threads = _threads(made)
    assert {one.event for one in threads} == {"event-a"}
    assert [set(one.elsewhere) for one in threads] == [
        {"aws", "chips", "retail", "capex"} - {one.theme} for one in threads
    ]
    main = [one for one in threads if one.headline == "아마존, AI에 2000억 달러"]
    assert main, "the title heads the thread of its main theme"
    assert all(one.lines[0].text == one.headline for one in threads if one.theme != main[0].theme)


def test_lines_belong_to_their_section_or_are_leant_on(digest: Digest, reports: list[Report]) -> None:
    of = {report.id: report for report in reports}
    for one in _threads(digest):
        needed = {
            (line.article, i) for line in one.lines for i in of[line.article].sentences[line.sentence].needs
        }
        for line in one.lines:
            sentence = of[line.article].sentences[line.sentence]
            assert one.theme in (sentence.theme, sentence.second) or (line.article, line.sentence) in needed


def test_a_thread_names_whom_it_quotes(digest: Digest) -> None:
    for one in _threads(digest):
        cited = {line.article for line in one.lines} | {p.article for line in one.lines for p in line.also}
        assert cited <= set(one.articles)
        assert set(one.copies) <= set(one.articles)


def test_shares_add_up_to_one(digest: Digest) -> None:
    assert round(sum(theme.share for theme in digest.themes), 9) == 1
    assert rounded({"a": 1, "b": 1, "c": 1}) == {"a": 0.3334, "b": 0.3333, "c": 0.3333}
    assert rounded({"a": 0}) == {"a": 0.0}


def test_threads_worth_most_come_first(digest: Digest) -> None:
    for theme in digest.themes:
        worth = [one.worth for one in theme.stories]
        assert worth == sorted(worth, reverse=True)
        assert all(one.lines for one in theme.stories[: sum(bool(one.lines) for one in theme.stories)])


def test_no_fact_stands_twice_in_an_issue(digest: Digest, reports: list[Report]) -> None:
    lines = [(line.article, line.sentence) for line in _lines(digest)]
    assert len(lines) == len(set(lines)) > 20
    assert repeated(reports, lines) == []


def test_the_lead_takes_lines_of_its_event_alone_and_leaves_some_to_each_section(digest: Digest) -> None:
    lead = next(one for one in _threads(digest) if one.id == digest.lead)
    assert all(line.lead for line in lead.lines)
    for one in _threads(digest):
        taken = [line for line in one.lines if line.lead]
        assert not taken or one.event == lead.event
        assert one is lead or len(taken) < max(1, len(one.lines))
        assert one is lead or not one.lines or one.headline not in {line.text for line in taken}


def test_at_a_glance_has_six_lines_at_most(digest: Digest) -> None:
    found = {theme.id for theme in digest.themes if theme.found}
    assert 0 < len(digest.glance) <= 6
    ranks = [line.theme in found for line in digest.glance]
    assert ranks == sorted(ranks)


# ── budgets ────────────────────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize(
    ("settings", "lines", "words"),
    [
        ({"digest.length": "12"}, 12, None),
        ({"digest.length": "1분"}, None, 225),
        ({"digest.lines_per_event": 3, "digest.lines_per_story": 2}, None, None),
        ({"digest.stories_per_theme": 1}, None, None),
    ],
    ids=["lines", "minutes", "event", "section"],
)
def test_no_budget_is_overdrawn(
    reports: list[Report], settings: dict[str, object], lines: int | None, words: int | None
) -> None:
    made = Pipeline(load_settings(None, settings)).digest(reports)
    shown = _lines(made)
    assert shown
    assert lines is None or len(shown) == lines
    assert words is None or words / 2 < sum(len(line.text.split()) for line in shown) <= words
    events = Counter({one.event: 0 for one in _threads(made)})
    for one in _threads(made):
        events[one.event] += len(one.lines)
        assert len(one.lines) <= int(str(settings.get("digest.lines_per_story", 4)))
    assert max(events.values()) <= int(str(settings.get("digest.lines_per_event", 8)))
    if "digest.stories_per_theme" in settings:
        assert {len(theme.stories) for theme in made.themes} == {1}


def test_a_short_issue_still_has_each_theme(reports: list[Report]) -> None:
    made = Pipeline(load_settings(None, {"digest.length": "6"})).digest(reports)
    told = {theme.id for theme in made.themes if any(one.lines for one in theme.stories)}
    assert {"chips", "retail", "capex"} <= told


@pytest.mark.parametrize("length", ["0", "분", "-3", "20%", "3시간", ""])
def test_a_length_that_is_none_is_told(length: str) -> None:
    with pytest.raises(ConfigError, match=r"digest\.length"):
        Pipeline(load_settings(None, {"digest.length": length}))


# ── the issue before ───────────────────────────────────────────────────────────────────────────────


def test_what_was_printed_is_not_printed_again(pipeline: Pipeline, reports: list[Report]) -> None:
    first = pipeline.digest(reports[:6], number=7, date="2026-05-01")
    second = pipeline.digest(reports, last=load_digest(dump(first)))
    printed = {line.text for line in _lines(first)}
    assert printed
    assert printed.isdisjoint(line.text for line in _lines(second))
    told = {line.article for line in _lines(first)}
    assert told.isdisjoint(article for one in _threads(second) for article in one.articles)
    again = pipeline.digest(reports[:6], last=first)
    assert not _lines(again)


def test_what_goes_on_is_a_follow_up(reports: list[Report], pipeline: Pipeline) -> None:
    own = Pipeline(load_settings(None, {"newsletter.url": "https://brief.example/{number}"}))
    event = {one.event: one for one in _threads(own.digest(reports)) if len(one.articles) > 1}
    assert event
    kept = next(iter(event.values())).articles[0]
    first = own.digest([report for report in reports if report.id == kept], number=7, date="2026-05-01")
    second = own.digest(reports, last=first)
    follows = [one.follows for one in _threads(second) if one.follows]
    assert follows
    assert {(f.number, f.date, f.url) for f in follows} == {(7, "2026-05-01", "https://brief.example/7")}
    assert {f.headline for f in follows} <= {one.headline for one in _threads(first)}


def test_an_issue_of_before_threads_can_be_compared_with(digest: Digest, pipeline: Pipeline) -> None:
    data = json.loads(dump(replace(digest, number=3)))
    data["schema"] = "yoyak.digest/1"
    for theme in data["themes"]:
        for story in theme["stories"]:
            for key in ("event", "elsewhere", "worth", "follows"):
                del story[key]
            for line in story["lines"]:
                del line["lead"]
    last = load_digest(json.dumps(data))
    assert last.schema == "yoyak.digest/2"
    assert pipeline.digest([], last=last).number == 4


# ── found themes ───────────────────────────────────────────────────────────────────────────────────


def _heard(n: int, text: str, publisher: str | None, author: str | None, pipeline: Pipeline) -> Report:
    article = _article(f"r{n}", text, publisher=publisher)
    made = pipeline.report(replace(article, source=replace(article.source, author=author)))
    assert isinstance(made, Report)
    return made


@pytest.mark.parametrize(
    ("publishers", "events", "terms", "label"),
    [
        (("하나신문", "두리신문"), ((0,), (1,)), ("밤소리", "지도"), "밤소리·지도"),
        (("하나신문", "하나신문"), ((0,), (1,)), ("밤소리", "지도"), None),
        (("하나신문", "두리신문"), ((0, 1),), ("밤소리", "지도"), None),
        (("밤소리신문", "두리신문"), ((0,), (1,)), ("밤소리", "지도"), "지도"),
        (("하나신문", "두리신문"), ((0,), (1,)), ("새솔시",), None),
    ],
    ids=["told", "one outlet", "one event", "an outlet's name", "in one event"],
)
def test_which_found_themes_are_told(
    pipeline: Pipeline,
    publishers: Sequence[str],
    events: Sequence[Sequence[int]],
    terms: tuple[str, ...],
    label: str | None,
) -> None:
    texts = (
        "새솔시가 밤소리 지도를 그린다. 시는 봄에 낸다.",
        "한들군도 밤소리 지도를 만든다. 군은 여름에 낸다.",
    )
    reports = [_heard(n, texts[n], publishers[n], "오세린", pipeline) for n in range(2)]
    found = [Found("found-1", terms, ((0, 0), (0, 1), (1, 0), (1, 1)))]
    assert worth_telling(found, events, reports) == ({"found-1": label} if label else {})


def test_a_word_in_passing_makes_no_theme(pipeline: Pipeline) -> None:
    text = "새솔시가 밤소리 지도를 그린다. 시는 봄에 낸다."
    reports = [_heard(n, text, f"매체{n}", None, pipeline) for n in range(2)]
    found = [Found("found-1", ("밤소리",), ((0, 0), (0, 1), (1, 0)))]
    assert worth_telling(found, ((0,), (1,)), reports) == {}


def test_three_found_themes_are_told_at_most(pipeline: Pipeline) -> None:
    text = "새솔시가 밤소리 지도를 그린다. 시는 봄에 낸다."
    reports = [_heard(n, text, f"매체{n}", None, pipeline) for n in range(2)]
    found = [Found(f"found-{n}", ("밤소리",), ((0, 0), (0, 1), (1, 0), (1, 1))) for n in range(5)]
    assert list(worth_telling(found, ((0,), (1,)), reports)) == ["found-0", "found-1", "found-2"]


# ── order and measure ──────────────────────────────────────────────────────────────────────────────


def test_the_order_of_the_files_decides_nothing(pipeline: Pipeline, reports: list[Report]) -> None:
    assert dump(pipeline.digest(reports[::-1])) == dump(pipeline.digest(reports))


@thorough
def test_issues_of_labelled_articles(pipeline: Pipeline) -> None:
    found = judge_digest(PICKS, pipeline)
    assert found.batches == 2
    assert found.articles == 56
    assert found.missing == 0
    assert found.shares == 1
    assert found.belong / found.lines >= 0.84
    assert found.quoted / found.themed >= 0.42
    assert found.named / found.said >= 0.7
    assert found.twice <= 1


def test_a_folder_without_labels_is_told(pipeline: Pipeline, tmp_path: Path) -> None:
    with pytest.raises(ValueError, match="no units"):
        judge_digest(tmp_path, pipeline)


def test_events_have_one_id_in_all_sections(digest: Digest) -> None:
    for one, other in combinations(_threads(digest), 2):
        if one.event == other.event:
            assert other.theme in one.elsewhere
        assert one.id != other.id
