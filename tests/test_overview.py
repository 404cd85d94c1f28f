"""A batch at a glance: the map, the outlets, the timeline, and the page that shows them."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import replace
from html.parser import HTMLParser
from itertools import combinations, pairwise
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from typer.testing import CliRunner

from pipeline import Pipeline
from pipeline.cli import app
from pipeline.records import CONTENT_KINDS, Digest, DigestKeyword, Overview, Report
from pipeline.settings import load_messages
from pipeline.themes import plane
from pipeline.writers import DIGEST_WRITERS, overview_html

from . import chromium
from .conftest import SEEDS
from .hostile import MARK
from .test_browser import _CONTRAST, axe_file


@pytest.fixture(scope="module")
def issues(pipeline: Pipeline, seed_reports: list[Report]) -> tuple[Digest, ...]:
    return tuple(
        pipeline.digest(seed_reports[n : n + 4], number=n + 1, date=f"2026-02-0{n + 1}") for n in (0, 3, 5)
    )


@pytest.fixture(scope="module")
def overview(pipeline: Pipeline, seed_reports: list[Report], issues: tuple[Digest, ...]) -> Overview:
    return pipeline.overview(seed_reports, issues)


# ── the plane ──────────────────────────────────────────────────────────────────────────────────────


def rows(count: int, dimensions: int = 16) -> Any:
    found = np.random.default_rng(7).normal(size=(count, dimensions))
    return found / np.linalg.norm(found, axis=1, keepdims=True)


@pytest.mark.parametrize("sizes", [(1,), (2,), (1, 1), (3, 40, 9), (1, 2, 3, 4, 5, 6, 7, 8), (300, 5)])
def test_discs_and_places_keep_apart(sizes: tuple[int, ...]) -> None:
    given = rows(sum(sizes))
    ends = np.cumsum([0, *sizes])
    groups = [list(range(a, b)) for a, b in pairwise(ends.tolist())]
    found = plane(given, groups)
    for (xa, ya, ra), (xb, yb, rb) in combinations(found.discs.tolist(), 2):
        assert np.hypot(xa - xb, ya - yb) > ra + rb
    for group, (x, y, radius) in zip(groups, found.discs, strict=True):
        out = np.hypot(*(found.places[group] - (x, y)).T)
        assert (out <= radius).all()
        for a, b in combinations(group, 2):
            assert np.hypot(*(found.places[a] - found.places[b])) > 0.2
    assert (found.near[0] is None) == (len(sizes) == 1)
    again = plane(given, groups)
    assert np.array_equal(found.places, again.places)


def test_what_is_alike_stands_near() -> None:
    a, b, far = np.eye(8)[0], np.eye(8)[0] * 0.9 + np.eye(8)[1] * 0.43, np.eye(8)[2]
    noise = rows(30, 8) * 0.2
    given = np.array([*(a + noise[:10]), *(b + noise[10:20]), *(far + noise[20:])])
    given[3] = (a + far) / 2**0.5  # a sentence of the first theme, half of which is the third
    given /= np.linalg.norm(given, axis=1, keepdims=True)
    found = plane(given, [range(10), range(10, 20), range(20, 30)])
    assert found.near[:2] == (1, 0)
    middles = found.discs[:, :2]
    assert np.hypot(*(middles[0] - middles[1])) < np.hypot(*(middles[0] - middles[2]))
    towards = (found.places[:10] - middles[0]) @ (middles[2] - middles[0])
    assert towards.argmax() == 3
    assert found.fit[:10].argmin() == 3


def test_rows_of_zeros_have_places_too() -> None:
    found = plane(np.zeros((5, 4)), [[0, 1, 2], [3, 4]])
    assert np.isfinite(found.places).all()
    assert np.isfinite(found.discs).all()


# ── the record ─────────────────────────────────────────────────────────────────────────────────────


def test_every_sentence_is_on_the_map_once(overview: Overview, seed_reports: list[Report]) -> None:
    of = {report.id: report for report in seed_reports}
    placed = [(spot.article, spot.sentence) for spot in overview.spots]
    assert len(placed) == len(set(placed)) == sum(theme.sentences for theme in overview.themes)
    assert set(placed) == {
        (report.id, s.index) for report in seed_reports for s in report.sentences if s.kind in CONTENT_KINDS
        and s.theme is not None
    }  # fmt: skip
    for spot in overview.spots:
        assert spot.text in ("", of[spot.article].sentences[spot.sentence].text)
    for theme in overview.themes:
        assert overview.spots[theme.typical].theme == theme.id
        assert theme.near != theme.id
    assert sum(one.sentences for one in overview.told) == len(placed)


def test_what_may_not_be_redistributed_is_not_told(overview: Overview) -> None:
    closed = {source.id for source in overview.sources if source.restricted}
    assert closed
    assert {spot.article for spot in overview.spots if not spot.text} == closed
    page = overview_html(overview, load_messages("ko"))
    assert "재배포 금지여서 싣지 않음" in page


def test_the_order_of_articles_changes_nothing(
    pipeline: Pipeline, seed_reports: list[Report], issues: tuple[Digest, ...], overview: Overview
) -> None:
    assert pipeline.overview(seed_reports[::-1], issues[::-1]) == overview


def test_a_large_batch_is_thinned_evenly(
    pipeline: Pipeline, seed_reports: list[Report], overview: Overview, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("pipeline.run.overview.SPOTS", 40)
    thin = pipeline.overview(seed_reports)
    assert 30 <= len(thin.spots) <= 45
    assert [theme.sentences for theme in thin.themes] == [theme.sentences for theme in overview.themes]
    assert {spot.theme for spot in thin.spots} == {theme.id for theme in overview.themes}
    page = overview_html(thin, load_messages("ko"))
    assert f"문장 {sum(t.sentences for t in thin.themes)}개 가운데 {len(thin.spots)}개" in page


def test_keywords_over_issues(overview: Overview, issues: tuple[Digest, ...]) -> None:
    assert [column.date for column in overview.columns] == ["2026-02-01", "2026-02-04", "2026-02-06", None]
    for n, issue in enumerate(issues):
        own = {row.term: row.count for row in issue.keywords}
        assert overview.columns[n].count == sum(own.values())
        shared = [row for row in overview.timeline if row.term in own]
        assert shared
        assert all(row.counts[n] == own[row.term] for row in shared)
    assert any(None in row.counts for row in overview.timeline)


def test_a_keyword_spelled_otherwise_is_one_row() -> None:
    from pipeline.keywords import over_issues

    def row(term: str, count: int, *variants: str) -> DigestKeyword:
        return DigestKeyword(term, variants, "NNP", count, 1.0, None, ())

    found = over_issues(
        [[row("설비투자", 4), row("AWS", 6)], [row("자본 지출", 3, "Capex"), row("HBM", 1)], []],
        2, [("설비투자", "자본 지출")],
    )  # fmt: skip
    assert [(one.term, one.counts) for one in found] == [
        ("자본 지출", (4, 3, None)),
        ("AWS", (6, None, None)),
    ]


def test_without_articles_or_issues(pipeline: Pipeline, issues: tuple[Digest, ...]) -> None:
    texts = load_messages("ko")
    assert pipeline.overview(()) == Overview()
    assert "다룰 이야기가 없습니다" in overview_html(Overview(), texts)
    alone = pipeline.overview((), issues)
    assert (alone.themes, len(alone.columns)) == ((), 3)
    assert "호마다의 키워드" in overview_html(alone, texts)


# ── the page ───────────────────────────────────────────────────────────────────────────────────────


class Tags(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.tags: list[str] = []
        self.attributes: list[tuple[str, str]] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append(tag)
        self.attributes += [(name, value or "") for name, value in attrs]


def unrestricted(report: Report) -> Report:
    """Without the lines that forbid redistribution."""
    kept = [s for s in report.sentences if "무단전재" not in s.text]
    return replace(
        report,
        source=replace(report.source, rights=None),
        sentences=tuple(replace(s, index=n) for n, s in enumerate(kept)),
        keywords=(),
        summary=(),
        ranking=tuple(range(len(kept))),
    )


def test_articles_stay_text(pipeline: Pipeline, hostile_reports: list[Report], overview: Overview) -> None:
    open_ = [unrestricted(report) for report in hostile_reports]
    column = replace(overview.columns[0], title="<script>window.hacked=1</script>", number=None, date="<b>")
    row = replace(overview.timeline[0], term='"><img src=x onerror=alert(1)>', variants=("{{ 7*7 }}",))
    made = pipeline.overview(open_)
    made = replace(made, columns=(column,), timeline=(replace(row, counts=(3,)),))
    assert any(MARK in spot.text for spot in made.spots)
    theme = replace(made.themes[0], label="</title><script>1</script>{label}")
    made = replace(made, themes=(theme, *made.themes[1:]))
    for lang in ("ko", "en"):
        page = overview_html(made, load_messages(lang))
        found = Tags()
        found.feed(page)
        assert not {"script", "img", "iframe", "b", "i", "a\nb"} & set(found.tags)
        assert not [name for name, _ in found.attributes if name.startswith("on")]
        assert not [value for name, value in found.attributes if name in ("href", "src") and value[:1] != "#"]
        assert MARK in page
        assert "{{ 7*7 }}" in page
        assert not re.search("[\u202a-\u202e\u2066-\u2069]", page)


def test_a_map_is_told_in_words_too(overview: Overview) -> None:
    page = overview_html(overview, load_messages("ko"))
    desc = re.search(r'<desc id="map-desc">(.*?)</desc>', page, re.DOTALL)
    assert desc is not None
    for theme in overview.themes:
        assert f"{theme.label}: {theme.sentences}문장" in desc[1]
    assert page.count("<use ") == len(overview.spots) + len(overview.themes)
    # a mark of its own for each theme: nothing is told by colour alone
    used = set(re.findall(r'<use href="#(m\d)"', page))
    assert len(used) == len(overview.themes)


@pytest.fixture(scope="module")
def browser() -> Iterator[chromium.Chromium]:
    if chromium.find() is None:
        pytest.skip("no Chromium")
    with chromium.Chromium() as opened:
        yield opened


@pytest.mark.parametrize("dark", [False, True], ids=["light", "dark"])
def test_a_page_fits_and_axe_finds_nothing(
    browser: chromium.Chromium, overview: Overview, tmp_path: Path, dark: bool
) -> None:
    file = tmp_path / "themes.html"
    file.write_text(overview_html(overview, load_messages("ko")), encoding="utf-8")
    browser.open(file)
    for width in (360, 1280):
        browser.look(width, dark=dark)
        assert browser.evaluate("document.documentElement.scrollWidth") == width
        # labels of themes stand inside of the field, and do not cover each other
        places = browser.evaluate(
            "[...document.querySelectorAll('.field > span')].map(e => { const b = e.getBoundingClientRect();"
            " return [b.left, b.top, b.right, b.bottom] })"
        )
        assert len(places) == len(overview.themes)
        for a, b in combinations(places, 2):
            assert a[2] <= b[0] or b[2] <= a[0] or a[3] <= b[1] or b[3] <= a[1], (width, a, b)
        assert all(left >= -1 and right <= width + 1 for left, _, right, _ in places)
    assert browser.messages == []
    assert [url for url in browser.requests if not url.startswith("file:")] == []
    assert browser.evaluate(_CONTRAST) == []
    script = axe_file()
    if script is None:
        pytest.skip("axe-core is not installed")
    browser.evaluate(script.read_text(encoding="utf-8") + "; 1")
    assert browser.evaluate("axe.run(document).then(r => r.violations.map(v => v.id))") == []


# ── the command ────────────────────────────────────────────────────────────────────────────────────


@pytest.fixture
def call(monkeypatch: pytest.MonkeyPatch) -> Callable[..., Any]:
    def run(*words: object) -> Any:
        return CliRunner().invoke(app, ["themes", *map(str, words)])

    return run


def test_the_command_makes_a_page(
    call: Callable[..., Any], tmp_path: Path, issues: tuple[Digest, ...]
) -> None:
    room = tmp_path / "brief"
    for issue in issues:
        folder = room / "issues" / str(issue.date)
        folder.mkdir(parents=True)
        text = DIGEST_WRITERS["json"](issue, load_messages("ko"), None)
        (folder / "digest.json").write_text(text, encoding="utf-8")
    one = room / "issues" / "2026-02-01"
    notice = SEEDS / "short-notice.txt"
    done = call(
        notice, "--format", "html", "-o", tmp_path, "--compare", one, "--compare", one / "digest.json"
    )
    assert done.exit_code == 0, done.output
    assert (tmp_path / "themes.html").read_text(encoding="utf-8").count("제1호") == 2
    (room / "newsletter.toml").write_text("", encoding="utf-8")
    for place in (room, room / "issues"):
        done = call("--format", "html", "--compare", place)
        assert done.exit_code == 0, done.output
        assert all(f"제{n}호" in done.stdout for n in (1, 4, 6))
        assert "문장 지도" not in done.stdout
    both = call(notice, "--format", "table,html")
    assert both.exit_code == 0
    assert both.stdout.count("<!doctype html>") == 1


@pytest.mark.parametrize(
    ("words", "said"),
    [
        ((), "기사를 주세요"),
        ((SEEDS / "short-notice.txt", "--format", "html", "--why"), "--why"),
        ((SEEDS / "short-notice.txt", "--compare", SEEDS), "--compare"),
        (("--format", "html", "--compare", SEEDS), "digest.json"),
        (("--format", "html", "--compare", SEEDS / "short-notice.txt"), "short-notice.txt"),
        ((SEEDS / "short-notice.txt", "--format", "svg"), "svg"),
    ],
)
def test_wrong_calls_say_what_to_do(call: Callable[..., Any], words: tuple[object, ...], said: str) -> None:
    done = call("show", *words)
    assert done.exit_code == 2
    assert said in done.stderr
