"""An editor's morning in a real browser: from a feed to readers, and what the next day's issue has of it."""

from __future__ import annotations

import email
import email.policy
import html
import re
import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from typer.testing import CliRunner

from pipeline import read
from pipeline.cli.app import app
from pipeline.desk.asked import mark
from pipeline.newsroom import issues
from pipeline.newsroom.base import Base
from pipeline.records import Article, Changes, Digest, LineKey, LineOrder, StoryKey, StoryOrder, Thread
from pipeline.settings import load_changes
from pipeline.writers import load_digest

from . import chromium
from .conftest import ROOT, SEEDS
from .desk import LATER
from .hands import Hand, Keyboard, Mouse, head, line, saved, seen, until
from .test_newsroom_gather import Server, item, server
from .test_newsroom_send import Box, box
from .thorough import thorough

if chromium.find() is None:
    pytest.skip("no Chromium on this machine", allow_module_level=True)
playwright = pytest.importorskip("playwright.sync_api")

__all__ = ["box", "server"]  # fixtures
Page = Any
DATE, NEXT = "2026-02-11", "2026-02-12"
HEADLINE, BELOW, OPENING = "편집자가 단 제목", "덧붙이는 말", "여는 말입니다"
#: It contradicts a seed.
OTHER_PAPER = (
    "노던클라우드, 전남 해오름시에 AI 데이터센터…“7조원 투자”",
    "노던클라우드가 전남 해오름시 솔안산업단지에 7조원을 들여 AI 데이터센터를 짓는다고 10일 밝혔다. "
    "올해 9월 착공해 2028년 상반기에 1단계 시설을 가동한다.\n\n"
    "노던클라우드코리아의 2025년 매출은 8700억원으로 전년보다 31% 늘었다. "
    "회사는 필요한 전력의 60%를 해상풍력단지에서 사들인다. 운영이 시작되면 340명을 직접 고용한다.",
)
TOMORROW = (
    (
        "노던클라우드, 해오름 데이터센터에 1조원 더 들인다",
        "노던클라우드가 전남 해오름시 AI 데이터센터에 1조원을 더 들인다고 12일 밝혔다. "
        "해오름시에 짓는 데이터센터의 투자액은 7조원에서 8조원으로 늘어난다. "
        "늘어난 돈으로 2032년까지 서버실 한 동을 더 짓는다.",
    ),
    (
        "가온조선, 쇄빙 LNG선 네 척 수주",
        "가온조선이 북유럽 선사에서 쇄빙 LNG 운반선 네 척을 1조8000억원에 수주했다고 12일 공시했다. "
        "배는 2029년 6월까지 차례로 넘긴다. 올해 수주 목표의 31%를 채웠다고 회사는 설명했다.",
    ),
)


# ── what is published ──────────────────────────────────────────────────────────────────────────────


class Paper:
    """A feed with summaries, and the pages of its articles."""

    def __init__(self, server: Server) -> None:
        self.server = server
        self.items: list[str] = []

    def publish(self, *articles: tuple[str, str, str, str, str]) -> None:
        """Put articles on it: title, text, publisher, day, rights."""
        for title, text, publisher, day, rights in articles:
            n = len(self.items) + 1
            paragraphs = "".join(f"<p>{html.escape(p)}</p>" for p in text.splitlines() if p.strip())
            name = f'<meta property="og:site_name" content="{html.escape(publisher)}">' if publisher else ""
            page = (
                f'<html lang="ko"><head><meta charset="utf-8"><title>{html.escape(title)}</title>{name}'
                f'<meta property="article:published_time" content="{day}T09:00:00+09:00"></head><body>'
                f"<article><h1>{html.escape(title)}</h1>{paragraphs}</article>"
                f'<div class="copyright">{html.escape(rights)}</div></body></html>'
            )
            headers = {"Content-Type": "text/html; charset=utf-8"}
            self.server.answers[f"/{n}"] = 200, headers, page.encode()
            first = html.escape(text[:60])
            self.items.append(item(n, html.escape(title), first, f"{self.server.url}/{n}"))
        self.server.feed(*self.items, etag=f'"{len(self.items)}"')


def seeds() -> list[tuple[str, str, str, str, str]]:
    """The seeds as a newspaper prints them."""
    found = []
    for one in read([SEEDS]):
        assert isinstance(one, Article)
        s, (start, end) = one.source, one.body
        found.append(
            (
                one.title or one.source.path,
                one.text[start:end],
                s.publisher or "",
                s.published or DATE,
                s.rights or "",
            )
        )
    return found


def yoyak(*words: str, status: int = 0) -> str:
    """Run a command, and what it says."""
    done = CliRunner().invoke(app, list(words))
    assert done.exit_code == status, (words, done.output, done.exception)
    return done.output


@contextmanager
def desk(folder: Path) -> Iterator[str]:
    """The address of a desk that runs as a program."""
    code = "from pipeline.cli import main; main()"
    command = [sys.executable, "-c", code, "desk", "-C", str(folder), "--date", DATE, "--no-browser"]
    program = subprocess.Popen(command, cwd=ROOT, stderr=subprocess.PIPE, text=True)
    assert program.stderr is not None
    try:
        said = ""
        while not (found := re.search(r"http://127\S+", said)):
            said = program.stderr.readline()
            assert said
        yield found[0]
    finally:
        program.terminate()
        program.wait(10)


# ── what is changed ────────────────────────────────────────────────────────────────────────────────


def _stories(digest: Digest) -> list[Thread]:
    return [one for theme in digest.themes for one in theme.stories]


def _changes(page: Page, digest: Digest, hand: Hand) -> list[Callable[[], object]]:
    """Changes of every kind, on stories and lines of the issue as the choice made it."""
    stories = [s for s in _stories(digest) if s.id != digest.lead and s.lines]
    free = {source.id for source in digest.sources if not source.restricted}
    wide = [s for s in stories if len(s.lines) > 1 and not any(x.lead for x in s.lines)]
    swapped = next(s for s in wide if s.lines[-1].article in free)
    titled = [s for s in wide if s.lines[0].text != s.headline and s.event != swapped.event]
    ordered, rest = titled[0], [s for s in wide if s.event not in (swapped.event, titled[0].event)]
    lead, moved = rest[-1], rest[-2]
    section = next(t for t in digest.themes if len(t.stories) > 2 and t.stories[0].id != digest.lead)
    taken = {one.event for one in (swapped, ordered, moved, lead, section.stories[0])}
    gone = next(s for s in stories if s.event not in taken)
    first = next(s for s in _stories(digest) if s.id == digest.lead)
    other = next(
        t for t in digest.themes if t.id not in (moved.theme, *moved.elsewhere) and len(t.stories) > 1
    )
    terms = [keyword.term for keyword in digest.keywords]

    def spot(story: Thread, n: int) -> tuple[str, int]:
        return story.lines[n].article, story.lines[n].sentence

    return [
        lambda: hand.down(head(page, section.stories[0].id)),
        lambda: hand.down(line(page, spot(ordered, 0))),
        lambda: hand.take(line(page, spot(swapped, -1)), 1),
        lambda: hand.press(line(page, spot(ordered, 0)), "p"),
        lambda: hand.press(head(page, ordered.id), "p"),
        lambda: hand.write(head(page, ordered.id), "h", HEADLINE),
        lambda: hand.write(head(page, ordered.id), "w", BELOW),
        lambda: hand.open_words(OPENING),
        lambda: hand.move(line(page, spot(moved, -1)), other.label),
        lambda: hand.press(head(page, gone.id), "d"),
        lambda: hand.press(line(page, spot(first, -1)), "d"),
        lambda: hand.press(page.locator(".term").nth(0), "d"),
        lambda: hand.press(page.locator(".term").nth(1), "m", terms[3]),
        lambda: hand.press(page.locator("section.theme > .head").nth(0), "down"),
        lambda: hand.hide_row("figures"),
        lambda: hand.hide_row("disagreements"),
        lambda: hand.press(head(page, lead.id), "l"),
    ]


def _saved(folder: Path) -> Changes:
    return replace(load_changes(folder / "issues" / DATE / "issue.toml"), version=0)


def _shown(now: dict[str, Any], was: dict[str, Any], changes: Changes) -> None:
    """What was changed is what an editor sees, also where new articles have come in."""
    assert now["sections"] == was["sections"]
    assert (now["lead"], now["words"]) == (was["lead"], was["words"])
    assert HEADLINE in now["stories"]
    (swap,) = changes.replaced
    lines = now["lines"]
    assert f"{mark(swap.by.article)}{swap.by.sentence}" in lines
    gone = [swap.line, *(one for one in changes.dropped if isinstance(one, LineKey))]
    assert not {f"{mark(one.article)}{one.sentence}" for one in gone} & set(lines)
    kept = [f"{mark(pin.line.article)}{pin.line.sentence}" for pin in changes.lines]
    assert set(kept) <= set(lines)
    (order,) = (one for one in changes.order if isinstance(one, LineOrder))
    ordered = [f"{mark(one.article)}{one.sentence}" for one in order.lines]
    assert [one for one in lines if one in ordered] == [one for one in ordered if one in lines]
    assert not set(changes.hidden) & set(now["terms"])
    assert not {one.term for one in changes.merged} & set(now["terms"])


def _looked_at(page: Page, digest: Digest) -> None:
    """The article beside the issue, what is printed marked, what is left told; the e-mail as it is sent."""
    restricted = {mark(one.id): one for one in digest.sources if one.restricted}
    lines = page.locator(".line").evaluate_all("all => all.map(one => one.dataset.article)")
    source = next(restricted[article] for article in lines if article in restricted)
    page.locator(".sources button", has_text=source.title or "").first.click()
    page.wait_for_selector("#side .meter")
    assert page.locator("#side mark").count() >= 1
    assert re.search(r"\d문장까지 쓸 수 있고 \d문장을 썼습니다", page.inner_text("#side .room"))
    page.keyboard.press("Escape")
    page.click("#open-preview")
    for width in (360, 700):
        for scheme, name in (("밝게", "light"), ("어둡게", "dark")):
            page.click(f"text={width} px")
            page.click(f"text={scheme}")
            page.wait_for_url(re.compile(f"width={width}&scheme={name}"))
            assert page.locator("iframe").bounding_box()["width"] == width
            body = page.frame_locator("iframe").locator("body")
            for text in (HEADLINE, BELOW, OPENING):
                assert text in body.inner_text()
            assert body.evaluate("e => e.scrollWidth <= innerWidth + 1")
    page.click("text=책상으로")
    page.wait_for_selector("#issue")


def _opened(browser: Any, messages: list[str]) -> Page:
    """A window as high as the issue: the mouse reaches all of it."""
    context = browser.new_context(
        viewport={"width": 1280, "height": 6000}, locale="ko-KR", reduced_motion="reduce"
    )
    page = context.new_page()
    page.set_default_timeout(8000)
    page.on("console", lambda message: messages.append(message.text))
    page.on("pageerror", lambda error: messages.append(str(error)))
    page.on(
        "request",
        lambda request: (
            None if request.url.startswith(("http://127.0.0.1:", "data:")) else messages.append(request.url)
        ),
    )
    return page


@thorough
def test_an_editors_morning(tmp_path: Path, server: Server, box: Box) -> None:
    folder, paper, messages = tmp_path / "room", Paper(server), list[str]()
    yoyak("new", str(folder), "--name", "클라우드 아침")
    text = (folder / "newsletter.toml").read_text(encoding="utf-8")
    for old, new in (
        ("feeds = [ ", f'feeds = ["{server.url}/rss",'),
        ("pause = 1.0", "pause = 0.0"),
        ("\nfigures = 0", "\nfigures = 3"),
        ('\nsender = ""', '\nsender = "클라우드 아침 <news@example.com>"'),
        ('\nserver = ""', '\nserver = "127.0.0.1"'),
        ("\nport = 587", f"\nport = {box.port}"),
        ('"starttls" ', '"none" '),
        ('\ntest = ""', '\ntest = "desk@example.com"'),
        ('\nrecipients = ""', '\nrecipients = "readers.txt"'),
    ):
        assert old in text
        text = text.replace(old, new)
    (folder / "newsletter.toml").write_text(text, encoding="utf-8")
    (folder / "readers.txt").write_text("하나 <one@example.com>\ntwo@example.com\n", encoding="utf-8")

    # Gathered, and issued.
    room = ["-C", str(folder)]
    paper.publish(*seeds(), (*OTHER_PAPER, "새벽일보", DATE, ""))
    count = len(paper.items)
    assert f"새 글 {count}건" in yoyak("gather", *room)
    assert "새 글 0건" in yoyak("gather", *room)
    assert server.asked["/1"] == 1
    yoyak("issue", *room, "--date", DATE)
    digest = load_digest((folder / "issues" / DATE / "digest.json").read_bytes())

    # Corrected: by mouse, taken back, and once more by keyboard.
    with playwright.sync_playwright() as driver:
        browser = driver.chromium.launch(executable_path=chromium.find(), args=["--no-sandbox"])
        with desk(folder) as address:
            page = _opened(browser, messages)
            page.goto(address)
            untouched = seen(page)
            steps = _changes(page, digest, Mouse(page))
            for step in steps:
                saved(page, step)
            by_mouse, changed = _saved(folder), seen(page)
            kinds = {name for name in Changes.__slots__ if getattr(by_mouse, name)}
            assert kinds == set(Changes.__slots__) - {"version"}
            assert {type(one) for one in by_mouse.order} == {StoryOrder, LineOrder}
            assert {type(one) for one in by_mouse.dropped} == {StoryKey, LineKey}
            for _ in steps:
                saved(page, Mouse(page).undo)
            assert (seen(page), _saved(folder)) == (untouched, Changes())
            for _ in steps:
                saved(page, Mouse(page).redo)
            assert (seen(page), _saved(folder)) == (changed, by_mouse)
            for _ in steps:
                saved(page, Keyboard(page).undo)
            for step in _changes(page, digest, Keyboard(page)):
                saved(page, step)
            assert _saved(folder) == by_mouse
            assert seen(page) == changed
            _looked_at(page, digest)
            page.reload()
            assert seen(page) == changed

            # Two more articles are published; the desk takes them in.
            for text in LATER.values():
                title, body = text.split("\n\n", 1)
                paper.publish((title, body, "가람일보", DATE, ""))
            assert "새 글 2건" in yoyak("gather", *room)
            page.reload()
            assert "새 기사 2건" in page.inner_text(".notice")
            page.click(".notice button[value=again]")
            until(page, "document.querySelector('#said').textContent.includes('다시 읽')")
            assert page.locator("#unmet").count() == 0
            assert f"{count + 2}건" in page.inner_text("#issue header")
            _shown(seen(page), changed, by_mouse)
        # Another desk, on another day of the program.
        told = yoyak("issue", *room, "--date", DATE)
        assert f"기사 {count + 2}건" in told and "변경" not in told
        with desk(folder) as address:
            page.goto(address)
            _shown(seen(page), changed, by_mouse)
            again = seen(page)
        browser.close()
    assert messages == []
    assert _saved(folder) == by_mouse

    # Sent, once.
    for text in (HEADLINE, BELOW, OPENING):
        assert text in (folder / "issues" / DATE / "digest.email.html").read_text(encoding="utf-8")
    assert "one@example.com" in yoyak("send", *room, "--dry-run", "--now")
    assert box.to == []
    yoyak("send", *room)
    assert box.to == ["desk@example.com"]
    yoyak("send", *room)
    yoyak("send", *room)
    assert box.to == ["desk@example.com", "one@example.com", "two@example.com"]
    message = email.message_from_bytes(box.messages[-1][1], policy=email.policy.default)
    part = message.get_body(("html",))
    assert part is not None
    body = part.get_content()
    assert all(text in body for text in (HEADLINE, BELOW, OPENING))
    assert again["stories"]

    # The next day.
    paper.publish(*((*pair, "가람일보", NEXT, "") for pair in TOMORROW))
    assert "새 글 2건" in yoyak("gather", *room)
    yoyak("issue", *room, "--date", NEXT)
    first, second = (
        load_digest((folder / "issues" / day / "digest.json").read_bytes()) for day in (DATE, NEXT)
    )
    lines = [[x.text for one in _stories(made) for x in one.lines] for made in (first, second)]
    assert lines[1] and not set(lines[0]) & set(lines[1])
    follows = {one.headline: one.follows for one in _stories(second)}
    assert any(one and one.date == DATE for one in follows.values()), follows
    assert any(one is None for one in follows.values())
    base = Base(folder / "newsroom.db")
    assert [(one.date, one.number) for one in issues.listed(base)] == [(NEXT, 2), (DATE, 1)]
    base.close()
    assert "쇄빙" in yoyak("find", *room, "LNG선")
