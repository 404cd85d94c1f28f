"""An editor's hands on the desk, for tests: one has a mouse, the other nothing but keys."""

from __future__ import annotations

import time
from collections.abc import Callable
from typing import Any

from pipeline.desk.asked import mark

Page = Any
_SEEN = """
(() => {
  const all = selector => [...document.querySelectorAll('#issue ' + selector)];
  const text = selector => all(selector).map(e => e.innerText.trim());
  return { sections: text('section.theme > .head h2'), stories: text('.stories h3'), lead: text('.lead h3'),
    lines: all('.line').map(e => e.dataset.article + e.dataset.sentence),
    terms: text('.term strong'), words: text('.editor') };
})()
"""


def until(page: Page, expression: str) -> None:
    """Wait for something; by asking, for the page lets nothing be evaluated in it."""
    end = time.monotonic() + 8
    while not page.evaluate(expression):
        assert time.monotonic() < end, expression
        page.wait_for_timeout(15)


def saved(page: Page, do: Callable[[], object]) -> None:
    """Do something, and wait until the issue has come back."""
    before = page.get_attribute("#desk", "data-version")
    do()
    until(page, f"document.querySelector('#desk').dataset.version !== {before!r}")


def seen(page: Page) -> dict[str, Any]:
    """What an editor sees on the desk."""
    return dict(page.evaluate(_SEEN))


def head(page: Page, story: str) -> Any:
    """A story's headline with its buttons."""
    return page.locator(f"[id='{mark(story)}']")


def line(page: Page, key: tuple[str, int]) -> Any:
    """A line with its buttons."""
    return page.locator(f'.line[data-article="{mark(key[0])}"][data-sentence="{key[1]}"]')


class Mouse:
    """Drags and clicks."""

    def __init__(self, page: Page) -> None:
        self.page = page

    def press(self, item: Any, key: str, choice: str = "") -> None:
        """Click a button of an item, and choose out of its menu."""
        item.scroll_into_view_if_needed()
        self.page.mouse.move(0, 0)
        item.hover(position={"x": 60, "y": 12})
        item.locator(f'> .tools [data-key="{key}"]').click()
        if choice:
            item.locator(".menu[open] button", has_text=choice).first.click()

    def down(self, item: Any) -> None:
        """Drag an item below the next one."""
        boxed = item.locator(
            "xpath=ancestor-or-self::*[contains(@class, 'story') or contains(@class, 'line')][1]"
        )
        self._drag(item, boxed.locator("xpath=following-sibling::*[1]"))

    def move(self, item: Any, label: str) -> None:
        """Drag a line under another theme."""
        section = self.page.locator("section.theme", has=self.page.locator("h2", has_text=label))
        self._drag(item, section.locator(".lines .line").last)

    def _drag(self, item: Any, onto: Any) -> None:
        item.scroll_into_view_if_needed()
        item.hover(position={"x": 60, "y": 8})
        grip = item.locator("> .grip").bounding_box()
        self.page.mouse.move(grip["x"] + grip["width"] / 2, grip["y"] + grip["height"] / 2)
        self.page.mouse.down()
        self.page.mouse.move(grip["x"] + 10, grip["y"] + 20, steps=3)
        to = onto.bounding_box()
        self.page.mouse.move(to["x"] + 40, to["y"] + to["height"] - 3, steps=10)
        self.page.wait_for_timeout(120)  # SortableJS looks where the mouse is twenty times a second
        self.page.mouse.up()

    def take(self, item: Any, n: int) -> None:
        """Put another sentence of its article in the place of a line."""
        self.press(item, "s")
        self.page.locator("#side button[name=do]").nth(n).click()

    def write(self, item: Any, key: str, text: str) -> None:
        """Write a headline, or words."""
        self.press(item, key)
        self.page.fill("#editor-text", text)
        self.page.click("#editor button[value=save]")

    def open_words(self, text: str) -> None:
        """Write words that open the issue."""
        self.page.click("#edit-opening")
        self.page.fill("#editor-text", text)
        self.page.click("#editor button[value=save]")

    def hide_row(self, section: str) -> None:
        """Hide the first row of a table."""
        self.page.locator(f"section[aria-labelledby={section}] button[value=hide-row]").first.click()

    def undo(self) -> None:
        """Take the last change back."""
        self.page.click("#undo")

    def redo(self) -> None:
        """Make it again."""
        self.page.click("#redo")


_ITEMS = "#issue :is(.head, .line, .term, .said-by > button, button[value=hide-row])"
_WAY = f"""
to => {{
  const items = [...document.querySelectorAll('{_ITEMS}')];
  return items.indexOf(to) - items.indexOf(document.activeElement.closest('{_ITEMS}'));
}}
"""


class Keyboard:
    """Nothing but keys."""

    def __init__(self, page: Page) -> None:
        self.page = page

    def go(self, item: Any) -> None:
        """To an item, by the arrows."""
        self._tab_to(f"document.activeElement.matches('{_ITEMS}')", again=True)
        way = item.evaluate(_WAY)
        for _ in range(abs(way)):
            self.page.keyboard.press("ArrowDown" if way > 0 else "ArrowUp")
        assert item.evaluate("e => e === document.activeElement")

    def _tab_to(self, found: str, *, again: bool = False) -> None:
        if again and self.page.evaluate(found):
            return
        for _ in range(40):
            self.page.keyboard.press("Tab")
            if self.page.evaluate(found):
                return
        raise AssertionError(found)

    def press(self, item: Any, key: str, choice: str = "") -> None:
        """Press the key of a button, and choose out of its menu."""
        self.go(item)
        self.page.keyboard.press({"up": "Alt+ArrowUp", "down": "Alt+ArrowDown"}.get(key, key))
        if choice:
            for _ in range(20):
                if self.page.evaluate("document.activeElement.textContent.trim()") == choice:
                    break
                self.page.keyboard.press("ArrowDown")
            self.page.keyboard.press("Enter")

    def down(self, item: Any) -> None:
        """Put an item below the next one."""
        self.press(item, "down")

    def move(self, item: Any, label: str) -> None:
        """Put a line under another theme."""
        self.press(item, "t", label)

    def take(self, item: Any, n: int) -> None:
        """Put another sentence of its article in the place of a line."""
        self.press(item, "s")
        until(self.page, "document.activeElement.id === 'side-title'")
        for _ in range(n + 1):
            self._tab_to("document.activeElement.name === 'do'")
        self.page.keyboard.press("Enter")

    def write(self, item: Any, key: str, text: str) -> None:
        """Write a headline, or words."""
        self.press(item, key)
        self.page.keyboard.press("Control+A")
        self.page.keyboard.insert_text(text)
        self.page.keyboard.press("Control+Enter")

    def open_words(self, text: str) -> None:
        """Write words that open the issue."""
        self.go(self.page.locator("#edit-opening"))
        self.page.keyboard.press("Enter")
        self.page.keyboard.insert_text(text)
        self.page.keyboard.press("Control+Enter")

    def hide_row(self, section: str) -> None:
        """Hide the first row of a table."""
        self.go(self.page.locator(f"section[aria-labelledby={section}] button[value=hide-row]").first)
        self.page.keyboard.press("Enter")

    def undo(self) -> None:
        """Take the last change back."""
        self.page.keyboard.press("Control+z")

    def redo(self) -> None:
        """Make it again."""
        self.page.keyboard.press("Control+Shift+z")


Hand = Mouse | Keyboard
