"""The desk in a real browser: with other windows and without a server, for everybody, on every screen."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from typing import Any

import pytest

from pipeline.newsroom import Newsroom

from . import chromium
from .desk import Desk, room_in
from .hands import Mouse, saved, seen, until
from .test_browser import WIDTHS, axe_file
from .thorough import few, thorough

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


def test_a_second_window_is_told_and_shows_the_issue_as_it_is(page: Page, browser: Any, desk: Desk) -> None:
    other = browser.new_context()
    second = other.new_page()
    second.goto(desk.url)
    saved(page, lambda: page.locator(".term").nth(0).press("d"))
    before = second.locator(".term strong").first.inner_text()
    second.locator(".term").nth(1).press("d")
    second.wait_for_selector("#alert .notice")
    assert "다른 창" in second.inner_text("#alert")
    until(second, "document.querySelectorAll('#issue .term strong')[0].innerText !== " + repr(before))
    assert len(desk.saved().hidden) == 1
    saved(second, lambda: second.locator(".term").nth(1).press("d"))
    assert len(desk.saved().hidden) == 2
    assert second.locator("#alert .notice").count() == 0
    other.close()
    page.reload()


def test_what_is_asked_for_while_another_change_is_saved_waits_for_it(page: Page, desk: Desk) -> None:
    terms = [keyword.term for keyword in desk.sheet.edited.digest.keywords]

    def slowly(route: Any) -> None:
        page.wait_for_timeout(200)
        route.continue_()

    page.route("**/change", slowly)
    hide = "document.querySelectorAll('.term button[value=hide]')"
    page.evaluate(f"{hide}[0].click(), {hide}[0].click(), {hide}[2].click(), {hide}[3].click()")
    until(page, "document.querySelector('#desk').dataset.version.startsWith('3-')")
    assert desk.saved().hidden == (terms[0], terms[2], terms[3])
    page.keyboard.press("Control+Z")
    page.keyboard.press("Control+Z")
    until(page, "document.querySelector('#desk').dataset.version.startsWith('5-')")
    assert desk.saved().hidden == (terms[0],)
    assert page.locator("#alert .notice").count() == 0


def test_words_that_could_not_be_saved_can_be_saved_once_more(browser: Any, desk: Desk) -> None:
    desk.sheet.file.unlink(missing_ok=True)
    other = browser.new_context()  # its console tells of what was refused
    page = other.new_page()
    page.goto(desk.url)
    page.click("#edit-opening")
    page.fill("#editor-text", "길게 쓴 말")
    hidden = 'version = 7\nhidden = ["손으로"]\n'
    desk.sheet.file.parent.mkdir(parents=True, exist_ok=True)
    desk.sheet.file.write_text(hidden, encoding="utf-8")
    page.click("#editor button[value=save]")
    page.wait_for_selector("#editor[open] #editor-why:not(:empty)")
    assert "다른 창" in page.inner_text("#editor-why")
    assert page.input_value("#editor-text") == "길게 쓴 말"
    until(page, "document.querySelector('#desk').dataset.version.startsWith('7-')")
    saved(page, lambda: page.click("#editor button[value=save]"))
    assert [one.text for one in desk.saved().words] == ["길게 쓴 말"]
    assert desk.saved().hidden == ("손으로",)
    before = seen(page)
    page.reload()
    assert seen(page) == before
    other.close()


def test_a_file_that_cannot_be_read_is_told_on_a_page_of_its_own(browser: Any, desk: Desk) -> None:
    other = browser.new_context()
    page = other.new_page()
    page.goto(desk.url)
    desk.sheet.file.parent.mkdir(parents=True, exist_ok=True)
    desk.sheet.file.write_text("hidden = [", encoding="utf-8")
    page.locator(".term").nth(0).press("d")
    page.wait_for_selector("#alert .notice")
    assert "issue.toml" in page.inner_text("#alert")
    page.reload()
    assert "issue.toml" in page.inner_text("[role=alert]")
    assert page.evaluate("getComputedStyle(document.querySelector('.page')).maxWidth") != "none"
    desk.sheet.file.write_text('hidden = ["손으로"]', encoding="utf-8")
    page.click(".button")
    page.wait_for_selector("#issue")
    other.close()


def test_focus_stays_where_the_editor_is(page: Page) -> None:
    lines = page.locator(".line")
    lines.nth(1).focus()
    key = page.evaluate("document.activeElement.dataset.sentence")
    saved(page, lambda: page.keyboard.press("p"))
    assert page.evaluate("document.activeElement.dataset.sentence") == key
    following = lines.nth(2).get_attribute("data-sentence")
    saved(page, lambda: page.keyboard.press("d"))
    assert page.evaluate("document.activeElement.dataset.sentence") == following
    page.keyboard.press("s")
    until(page, "document.activeElement.id === 'side-title'")
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


@pytest.mark.parametrize("scheme", few(["light", "dark"], 1))
def test_nothing_is_cut_off_and_axe_finds_nothing(page: Page, desk: Desk, scheme: str) -> None:
    script = axe_file()
    page.emulate_media(color_scheme=scheme, reduced_motion="reduce")
    saved(page, lambda: page.locator("section.theme .story .head").nth(1).press("p"))
    saved(page, lambda: Mouse(page).open_words("여는 말"))
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


@thorough
def test_the_e_mail_at_its_widths_light_and_dark(page: Page, desk: Desk) -> None:
    page.click("#open-preview")
    for width in (360, 700):
        page.click(f"text={width} px")
        page.wait_for_url(re.compile(f"width={width}"))
        for scheme, dark in (("밝게", False), ("어둡게", True)):
            page.click(f"text={scheme}")
            page.wait_for_url(re.compile(f"width={width}&scheme={'dark' if dark else 'light'}"))
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
