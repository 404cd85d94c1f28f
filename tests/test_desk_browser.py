"""The desk in a real browser: every change by mouse and by keyboard, for everybody, on every screen."""

from __future__ import annotations

import re
import time
from collections.abc import Callable, Iterator
from typing import Any

import pytest

from pipeline.desk.asked import mark
from pipeline.newsroom import Newsroom
from pipeline.records import Changes, LineKey, LineOrder, StoryKey, StoryOrder

from . import chromium
from .desk import Desk, later, room_in
from .test_browser import WIDTHS, axe_file

if chromium.find() is None:
    pytest.skip("no Chromium on this machine", allow_module_level=True)
playwright = pytest.importorskip("playwright.sync_api")

Page = Any
_OVER = """
[document.documentElement.scrollWidth, ...[...document.querySelectorAll('body *')]
 .filter(e => !e.closest('.skip, .hidden, .frame-box, [hidden]')
   && getComputedStyle(e).visibility !== 'hidden' && e.getBoundingClientRect().right > innerWidth + 1)
 .map(e => e.outerHTML.slice(0, 90))]
"""
_SEEN = """
(() => {
  const all = selector => [...document.querySelectorAll('#issue ' + selector)];
  const text = selector => all(selector).map(e => e.innerText.trim());
  return { sections: text('section.theme > .head h2'), stories: text('.stories h3'), lead: text('.lead h3'),
    lines: all('.line').map(e => e.dataset.article + e.dataset.sentence),
    terms: text('.term strong'), words: text('.editor') };
})()
"""


@pytest.fixture(scope="module")
def browser() -> Iterator[Any]:
    with playwright.sync_playwright() as driver:
        opened = driver.chromium.launch(executable_path=chromium.find(), args=["--no-sandbox"])
        yield opened
        opened.close()


@pytest.fixture(scope="module")
def room(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Newsroom]:
    with room_in(tmp_path_factory.mktemp("desk-browser") / "room") as found:
        yield found


@pytest.fixture(scope="module")
def desk(room: Newsroom) -> Desk:
    return Desk(room)


@pytest.fixture
def page(browser: Any, desk: Desk) -> Iterator[Page]:
    """The desk, its file empty; no message in the console and no request elsewhere by the end."""
    desk.sheet.file.unlink(missing_ok=True)
    context = browser.new_context(
        viewport={"width": 1280, "height": 900}, locale="ko-KR", reduced_motion="reduce"
    )
    opened = context.new_page()
    opened.set_default_timeout(8000)
    messages: list[str] = []
    opened.on("console", lambda message: messages.append(message.text))
    opened.on("pageerror", lambda error: messages.append(str(error)))
    opened.on(
        "request", lambda request: messages.append(request.url) if not _own(request.url, desk) else None
    )
    opened.goto(desk.url)
    yield opened
    context.close()
    assert messages == []


def _own(url: str, desk: Desk) -> bool:
    return url.startswith((desk.base, "data:"))


def _until(page: Page, expression: str) -> None:
    """Wait for something; by asking, for the page lets nothing be evaluated in it."""
    end = time.monotonic() + 8
    while not page.evaluate(expression):
        assert time.monotonic() < end, expression
        page.wait_for_timeout(15)


def _saved(page: Page, do: Callable[[], object]) -> None:
    """Do something, and wait until the issue has come back."""
    before = page.get_attribute("#desk", "data-version")
    do()
    _until(page, f"document.querySelector('#desk').dataset.version !== {before!r}")


# ── the changes, each by mouse and by keyboard ─────────────────────────────────────────────────────


class Mouse:
    """Drags and clicks."""

    def __init__(self, page: Page) -> None:
        self.page = page

    def press(self, item: Any, key: str, choice: str = "") -> None:
        item.scroll_into_view_if_needed()
        self.page.mouse.move(0, 0)
        item.hover(position={"x": 60, "y": 12})
        item.locator(f'> .tools [data-key="{key}"]').click()
        if choice:
            item.locator(".menu[open] button", has_text=choice).first.click()

    def down(self, item: Any) -> None:
        """Drag an item below the next one."""
        item.scroll_into_view_if_needed()
        mark = "article.story" if "head" in item.get_attribute("class") else ".line"
        boxed = item.locator(
            "xpath=ancestor-or-self::*[contains(@class, 'story') or contains(@class, 'line')][1]"
        )
        after = boxed.locator("xpath=following-sibling::*[1]")
        item.hover(position={"x": 60, "y": 8})
        grip = item.locator("> .grip").bounding_box()
        to = after.bounding_box()
        assert mark and grip and to
        self.page.mouse.move(grip["x"] + grip["width"] / 2, grip["y"] + grip["height"] / 2)
        self.page.mouse.down()
        self.page.mouse.move(grip["x"] + 10, grip["y"] + 20, steps=3)
        self.page.mouse.move(to["x"] + 40, to["y"] + to["height"] - 3, steps=10)
        self.page.mouse.up()

    def take(self, item: Any, n: int) -> None:
        self.press(item, "s")
        self.page.locator("#side button[name=do]").nth(n).click()

    def write(self, item: Any, key: str, text: str) -> None:
        self.press(item, key)
        self.page.fill("#editor-text", text)
        self.page.click("#editor button[value=save]")

    def open_words(self, text: str) -> None:
        self.page.click("#edit-opening")
        self.page.fill("#editor-text", text)
        self.page.click("#editor button[value=save]")


class Keyboard:
    """Nothing but keys, once an item has the focus."""

    def __init__(self, page: Page) -> None:
        self.page = page

    def press(self, item: Any, key: str, choice: str = "") -> None:
        item.focus()
        self.page.keyboard.press({"up": "Alt+ArrowUp", "down": "Alt+ArrowDown"}.get(key, key))
        if choice:
            for _ in range(20):
                if self.page.evaluate("document.activeElement.textContent.trim()") == choice:
                    break
                self.page.keyboard.press("ArrowDown")
            self.page.keyboard.press("Enter")

    def down(self, item: Any) -> None:
        self.press(item, "down")

    def take(self, item: Any, n: int) -> None:
        self.press(item, "s")
        _until(self.page, "document.activeElement.id === 'side-title'")
        for _ in range(40):
            self.page.keyboard.press("Tab")
            if self.page.evaluate("document.activeElement.name") == "do":
                break
        for _ in range(n):
            self.page.keyboard.press("Tab")
        self.page.keyboard.press("Enter")

    def write(self, item: Any, key: str, text: str) -> None:
        self.press(item, key)
        self.page.keyboard.press("Control+A")
        self.page.keyboard.insert_text(text)
        self.page.keyboard.press("Control+Enter")

    def open_words(self, text: str) -> None:
        self.page.keyboard.press("Control+Home")
        self.page.focus("#edit-opening")
        self.page.keyboard.press("Enter")
        self.page.keyboard.insert_text(text)
        self.page.keyboard.press("Control+Enter")


def _head(page: Page, story: str) -> Any:
    return page.locator(f"[id='{mark(story)}']")


def _line(page: Page, key: tuple[str, int]) -> Any:
    return page.locator(f'.line[data-article="{mark(key[0])}"][data-sentence="{key[1]}"]')


def _plan(desk: Desk) -> dict[str, Any]:
    """Stories and lines for each kind of change, out of the issue as the choice made it."""
    digest = desk.sheet.basis.digest
    stories = [s for t in digest.themes for s in t.stories if s.id != digest.lead and s.lines]
    free = {source.id for source in digest.sources if not source.restricted}
    wide = [s for s in stories if len(s.lines) > 1 and not any(x.lead for x in s.lines)]
    titled = [s for s in wide if s.lines[0].text != s.headline]
    swapped = next(s for s in wide if s.lines[-1].article in free)
    rest = [s for s in wide if s.event != swapped.event]
    ordered = next(s for s in titled if s.event != swapped.event)
    first = next(t for t in digest.themes if len(t.stories) > 2 and t.stories[0].id != digest.lead)
    return {
        "lead": rest[-1], "swapped": swapped, "ordered": ordered, "section": first,
        "moved": next(s for s in rest[::-1] if s is not ordered and s is not rest[-1]),
        "labels": {t.id: t.label for t in digest.themes}, "terms": [k.term for k in digest.keywords],
    }  # fmt: skip


def _change_all(page: Page, desk: Desk, hand: Mouse | Keyboard) -> None:
    """Sixteen changes, of every kind."""
    plan = _plan(desk)

    def spot(story: Any, n: int) -> tuple[str, int]:
        return story.lines[n].article, story.lines[n].sentence

    section = plan["section"]
    top, second = section.stories[0], section.stories[1]
    other = next(
        label
        for id_, label in plan["labels"].items()
        if id_ not in (plan["moved"].theme, *plan["moved"].elsewhere)
    )
    gone = section.stories[2]
    for do in (
        lambda: hand.down(_head(page, top.id)),
        lambda: hand.down(_line(page, spot(plan["ordered"], 0))),
        lambda: hand.take(_line(page, spot(plan["swapped"], -1)), 1),
        lambda: hand.press(_line(page, spot(plan["ordered"], 0)), "p"),
        lambda: hand.press(_head(page, plan["ordered"].id), "p"),
        lambda: hand.write(_head(page, plan["ordered"].id), "h", "편집자가 단 제목"),
        lambda: hand.write(_head(page, plan["ordered"].id), "w", "덧붙이는 말"),
        lambda: hand.open_words("여는 말입니다"),
        lambda: hand.press(_line(page, spot(plan["moved"], -1)), "t", other),
        lambda: hand.press(_head(page, gone.id), "d"),
        lambda: hand.press(_line(page, spot(second, -1)), "d"),
        lambda: hand.press(page.locator(".term").nth(0), "d"),
        lambda: hand.press(page.locator(".term").nth(1), "m", plan["terms"][3]),
        lambda: hand.press(page.locator("section.theme > .head").nth(0), "down"),
        lambda: hand.press(_head(page, plan["lead"].id), "l"),
    ):  # fmt: skip
        _saved(page, do)


def _seen(page: Page) -> dict[str, Any]:
    """What an editor sees on the desk."""
    return dict(page.evaluate(_SEEN))


def test_every_change_by_mouse_and_by_keyboard_outlives_a_reload_and_new_articles(
    page: Page, desk: Desk, room: Newsroom
) -> None:
    untouched = _seen(page)
    _change_all(page, desk, Mouse(page))
    by_mouse, seen = desk.saved(), _seen(page)
    kinds = {name for name in Changes.__slots__ if getattr(by_mouse, name)}
    assert kinds == set(Changes.__slots__) - {"version", "rows"}
    assert {type(one) for one in by_mouse.order} == {StoryOrder, LineOrder}
    assert {type(one) for one in by_mouse.dropped} == {StoryKey, LineKey}
    for _ in range(15):
        _saved(page, lambda: page.keyboard.press("Control+Z"))
    assert _seen(page) == untouched
    assert page.locator("#undo").is_disabled()
    _change_all(page, desk, Keyboard(page))
    assert desk.saved() == by_mouse
    assert _seen(page) == seen
    page.reload()
    assert _seen(page) == seen
    later(room)
    page.click(".bar .menu summary")
    page.click("button[value=again]")
    _until(page, "document.querySelector('#said').textContent.includes('다시 읽')")
    assert desk.saved() == by_mouse
    now = _seen(page)
    assert page.locator("#unmet").count() == 0
    assert now["sections"] == seen["sections"]
    assert now["lead"] == seen["lead"]
    assert now["words"] == seen["words"]
    assert "편집자가 단 제목" in now["stories"]
    plan = _plan(desk)
    (swap,) = by_mouse.replaced
    assert f"{mark(swap.by.article)}{swap.by.sentence}" in now["lines"]
    assert f"{mark(swap.line.article)}{swap.line.sentence}" not in now["lines"]
    assert not set(by_mouse.hidden) & set(now["terms"])
    assert not {one.term for one in by_mouse.merged} & set(now["terms"])
    assert plan


def test_a_second_window_is_told_and_shows_the_issue_as_it_is(page: Page, browser: Any, desk: Desk) -> None:
    other = browser.new_context()
    second = other.new_page()
    second.goto(desk.url)
    _saved(page, lambda: page.locator(".term").nth(0).press("d"))
    before = second.locator(".term strong").first.inner_text()
    second.locator(".term").nth(1).press("d")
    second.wait_for_selector("#alert .notice")
    assert "다른 창" in second.inner_text("#alert")
    _until(second, "document.querySelectorAll('#issue .term strong')[0].innerText !== " + repr(before))
    assert len(desk.saved().hidden) == 1
    _saved(second, lambda: second.locator(".term").nth(1).press("d"))
    assert len(desk.saved().hidden) == 2
    assert second.locator("#alert .notice").count() == 0
    other.close()
    page.reload()


def test_focus_stays_where_the_editor_is(page: Page) -> None:
    lines = page.locator(".line")
    lines.nth(1).focus()
    key = page.evaluate("document.activeElement.dataset.sentence")
    _saved(page, lambda: page.keyboard.press("p"))
    assert page.evaluate("document.activeElement.dataset.sentence") == key
    following = lines.nth(2).get_attribute("data-sentence")
    _saved(page, lambda: page.keyboard.press("d"))
    assert page.evaluate("document.activeElement.dataset.sentence") == following
    page.keyboard.press("s")
    _until(page, "document.activeElement.id === 'side-title'")
    page.keyboard.press("Escape")
    assert page.locator("#side").is_hidden()
    assert page.evaluate("document.activeElement.closest('.line').dataset.sentence") == following
    page.keyboard.press("t")
    page.keyboard.press("Escape")
    assert page.locator(".menu[open]").count() == 0
    page.locator(".line").nth(1).press("ArrowDown")
    assert page.evaluate("document.activeElement.matches('.line, .head')")


def test_an_article_that_must_not_be_redistributed_shows_what_is_left(page: Page, desk: Desk) -> None:
    source = next(s for s in desk.sheet.edited.digest.sources if s.restricted and s.quoted)
    button = page.locator(".sources button", has_text=source.title or "").first
    button.click()
    page.wait_for_selector("#side .meter")
    assert f"{source.quoted}문장" in page.inner_text("#side .room")
    assert page.locator("#side mark").count() >= 1


# ── for everybody, on every screen ─────────────────────────────────────────────────────────────────


#: States of the desk that axe looks at: a menu, an article, the dialog, the preview; one of them in the dark.
_LOOKED_AT = {"light": (2, 3, 6, 8), "dark": (3,)}


def _open_all(page: Page) -> list[Callable[[], object]]:
    return [
        lambda: page.goto("/".join(page.url.split("/")[:3]) + "/"),
        lambda: page.locator(".line").nth(1).focus(),
        lambda: page.locator(".line").nth(1).press("t"),
        lambda: (page.keyboard.press("Escape"), page.locator(".line").nth(1).press("s"),
                 page.wait_for_selector("#side-title")),
        lambda: (page.keyboard.press("Escape"), page.click("#open-articles"),
                 page.wait_for_selector("#side .articles")),
        lambda: (page.keyboard.press("Escape"), page.click("#open-changes"),
                 page.wait_for_selector("#side .articles")),
        lambda: (page.keyboard.press("Escape"), page.click("#edit-opening")),
        lambda: (page.keyboard.press("Escape"), page.click("#open-help")),
        lambda: (page.keyboard.press("Escape"), page.click("#open-preview"),
                 page.wait_for_selector("iframe")),
    ]  # fmt: skip


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_nothing_is_cut_off_and_axe_finds_nothing(page: Page, desk: Desk, scheme: str) -> None:
    script = axe_file()
    page.emulate_media(color_scheme=scheme, reduced_motion="reduce")
    _saved(page, lambda: page.locator("section.theme .story .head").nth(1).press("p"))
    _saved(page, lambda: Mouse(page).open_words("여는 말"))
    for n, show in enumerate(_open_all(page)):
        page.set_viewport_size({"width": 1280, "height": 900})
        show()
        for width in WIDTHS:
            page.set_viewport_size({"width": width, "height": 900})
            over = page.evaluate(_OVER)
            assert over == [width], over
        if script is not None and n in _LOOKED_AT[scheme]:
            page.evaluate(script.read_text(encoding="utf-8") + "; 1")
            found = page.evaluate(
                "axe.run({exclude: ['iframe']})"
                ".then(r => r.violations.map(v => [v.id, v.nodes.map(n => n.html.slice(0, 160))]))"
            )
            assert found == []


def test_the_e_mail_at_its_widths_light_and_dark(page: Page, desk: Desk) -> None:
    page.click("#open-preview")
    for width in (360, 700):
        page.click(f"text={width} px")
        for scheme, dark in (("밝게", False), ("어둡게", True)):
            page.click(f"text={scheme}")
            frame = page.frame_locator("iframe")
            assert page.locator("iframe").bounding_box()["width"] == width
            paper = frame.locator(".sheet, [class*=sheet]").first.evaluate(
                "e => getComputedStyle(e).backgroundColor"
            )
            lightness = sum(map(int, re.findall(r"\d+", paper)[:3]))
            assert (lightness < 300) is dark, paper
            assert frame.locator("body").evaluate("e => e.scrollWidth <= innerWidth + 1")
    page.click("text=책상으로")
    page.wait_for_selector("#issue")
