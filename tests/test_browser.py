"""The digest in a real browser: fits, is readable, asks nobody, and its links lead somewhere."""

from __future__ import annotations

import json
import os
from collections.abc import Iterator
from importlib.util import find_spec
from itertools import pairwise
from pathlib import Path

import pytest

from pipeline import Pipeline
from pipeline.records import Report
from pipeline.settings import load_messages, load_settings
from pipeline.writers import DIGEST_WRITERS, ENDINGS

from . import chromium

if chromium.find() is None:
    pytest.skip("no Chromium on this machine", allow_module_level=True)

PAGES = ("html", "email")
WIDTHS = (360, 768, 1280)


def axe_file() -> Path | None:
    """axe-core: the file that YOYAK_AXE names, else the one of the test extra."""
    if "YOYAK_AXE" in os.environ:
        return Path(os.environ["YOYAK_AXE"])
    spec = find_spec("axe_core_python")
    return Path(spec.origin).with_name("axe.min.js") if spec and spec.origin else None


@pytest.fixture(scope="module")
def browser() -> Iterator[chromium.Chromium]:
    with chromium.Chromium() as opened:
        yield opened


@pytest.fixture(scope="module")
def pages(
    pipeline: Pipeline,
    seed_reports: list[Report],
    hostile_reports: list[Report],
    tmp_path_factory: pytest.TempPathFactory,
) -> Path:
    """The seeds' digest and a hostile one, the latter as the issue after the first, in Korean and English."""
    folder = tmp_path_factory.mktemp("pages")
    first = pipeline.digest(seed_reports)
    second = pipeline.digest(hostile_reports, last=first, number=2)
    for name, made, lang in (("seeds", first, "ko"), ("hostile", second, "en")):
        texts = load_messages(lang)
        for page in PAGES:
            text = DIGEST_WRITERS[page](made, texts, None)
            (folder / f"{name}.{ENDINGS.get(page, page)}").write_text(text, encoding="utf-8")
    return folder


@pytest.mark.parametrize("dark", [False, True], ids=["light", "dark"])
@pytest.mark.parametrize("page", ["seeds.html", "seeds.email.html", "hostile.html", "hostile.email.html"])
def test_a_page_fits_and_keeps_to_itself(
    browser: chromium.Chromium, pages: Path, page: str, dark: bool
) -> None:
    browser.open(pages / page)
    for width in WIDTHS:
        browser.look(width, dark=dark)
        browser.evaluate("document.querySelectorAll('details').forEach(d => d.open = true)")
        wide = browser.evaluate(
            "[document.documentElement.scrollWidth, ...[...document.querySelectorAll('body *')]"
            ".filter(e => !e.closest('.skip') && e.getBoundingClientRect().right > innerWidth + 1)"
            ".map(e => e.outerHTML.slice(0, 80))]"
        )
        assert wide == [width], wide
        assert browser.messages == []
        assert [url for url in browser.requests if not url.startswith(("file:", "data:"))] == []
        assert browser.evaluate("document.scripts.length") == 0
        assert browser.evaluate("window.hacked === undefined && document.title !== 'hacked'")


@pytest.mark.parametrize("dark", [False, True], ids=["light", "dark"])
@pytest.mark.parametrize("page", ["seeds.html", "seeds.email.html"])
def test_axe_finds_nothing(browser: chromium.Chromium, pages: Path, page: str, dark: bool) -> None:
    script = axe_file()
    if script is None:
        pytest.skip("axe-core is not installed (it comes with the extra `test`)")
    browser.look(768, dark=dark)
    browser.open(pages / page)
    browser.evaluate("document.querySelectorAll('details').forEach(d => d.open = true)")
    browser.evaluate(script.read_text(encoding="utf-8") + "; 1")
    found = browser.evaluate(
        "axe.run(document).then(r => r.violations.map(v => [v.id, v.nodes.map(n => n.html.slice(0, 120))]))"
    )
    assert found == []


@pytest.mark.parametrize("dark", [False, True], ids=["light", "dark"])
@pytest.mark.parametrize("page", ["seeds.html", "seeds.email.html"])
def test_all_text_has_the_contrast_of_level_aa(
    browser: chromium.Chromium, pages: Path, page: str, dark: bool
) -> None:
    browser.look(768, dark=dark)
    browser.open(pages / page)
    browser.evaluate("document.querySelectorAll('details').forEach(d => d.open = true)")
    faint = browser.evaluate(_CONTRAST)
    assert faint == []


def test_footnotes_lead_to_the_sentence_and_back(browser: chromium.Chromium, pages: Path) -> None:
    browser.look(768)
    browser.open(pages / "seeds.html")
    line = "article li:has(sup a)"
    said = browser.evaluate(f"document.querySelector('{line}').firstChild.textContent.trim().slice(0, 20)")
    browser.click(f"{line} sup a")
    place = browser.evaluate("decodeURIComponent(location.hash.slice(1))")
    shown = browser.evaluate(
        f"(() => {{ const e = document.getElementById({json.dumps(place)}); "
        "return [e.innerText, e.closest('details').open, e.getBoundingClientRect().top >= -1 "
        "&& e.getBoundingClientRect().top < innerHeight] })()"
    )
    assert said in shown[0]
    assert shown[1:] == [True, True]
    browser.click(f"#{place} a")
    assert browser.evaluate("location.hash") == f"#{place}-line"


def test_every_link_inside_the_page_has_its_place_once(browser: chromium.Chromium, pages: Path) -> None:
    for page in ("seeds.html", "hostile.html"):
        browser.open(pages / page)
        broken = browser.evaluate(
            "[...document.querySelectorAll('a[href^=\"#\"]')].map(a => a.getAttribute('href').slice(1))"
            ".filter(id => document.querySelectorAll('[id=\"' + id + '\"]').length !== 1)"
        )
        assert broken == []
        assert browser.evaluate("document.querySelectorAll('a[href^=\"#\"]').length") > 20


def test_headings_and_landmarks_are_in_reading_order(browser: chromium.Chromium, pages: Path) -> None:
    browser.look(1280)
    browser.open(pages / "seeds.html")
    levels = browser.evaluate("[...document.querySelectorAll('h1,h2,h3')].map(h => +h.tagName[1])")
    assert levels[0] == 1
    assert levels.count(1) == 1
    assert all(after <= before + 1 for before, after in pairwise(levels))
    places = browser.evaluate(
        "[...document.querySelectorAll('header, main, main section, footer')]"
        ".map(e => e.getBoundingClientRect().top)"
    )
    assert places == sorted(places)
    assert browser.evaluate("['header','main','footer'].map(n => document.querySelectorAll(n).length)") == [
        1,
        1,
        1,
    ]


def test_colours_of_a_newsletter_stay_readable(
    browser: chromium.Chromium, seed_reports: list[Report], tmp_path: Path
) -> None:
    settings = load_settings(None, {"newsletter.accent": "#ffe600", "newsletter.name": "노랑 소식"})
    made = Pipeline(settings).digest(seed_reports)
    for page in PAGES:
        file = tmp_path / f"{page}.html"
        file.write_text(DIGEST_WRITERS[page](made, load_messages("ko"), None), encoding="utf-8")
        for dark in (False, True):
            browser.look(768, dark=dark)
            browser.open(file)
            assert browser.evaluate(_CONTRAST) == []


def test_print_shows_the_stories_and_not_the_folds(browser: chromium.Chromium, pages: Path) -> None:
    browser.look(768, media="print")
    browser.open(pages / "seeds.html")
    assert browser.evaluate("getComputedStyle(document.querySelector('details')).display") == "none"
    assert browser.evaluate("document.querySelector('.story').offsetHeight") > 50
    browser.look(768)


_CONTRAST = """
(() => {
  const rgb = c => c.match(/[\\d.]+/g).map(Number);
  const lum = c => { const [r, g, b] = c.map(v => { v /= 255;
    return v <= 0.04045 ? v / 12.92 : ((v + 0.055) / 1.055) ** 2.4; }); return .2126*r + .7152*g + .0722*b; };
  const paper = e => { for (; e; e = e.parentElement) { const c = rgb(getComputedStyle(e).backgroundColor);
    if (c.length < 4 || c[3] > 0) return c.slice(0, 3); }
    return matchMedia('(prefers-color-scheme: dark)').matches ? [18, 18, 18] : [255, 255, 255]; };
  const faint = [];
  const texts = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  while (texts.nextNode()) {
    const e = texts.currentNode.parentElement;
    const said = texts.currentNode.textContent.replace(/[\\s\\u00a0\\u2060]/g, '');
    if (!said || e.closest('.preheader, .skip, style, svg')) continue;
    const a = lum(rgb(getComputedStyle(e).color).slice(0, 3)), b = lum(paper(e));
    const ratio = (Math.max(a, b) + .05) / (Math.min(a, b) + .05);
    const size = parseFloat(getComputedStyle(e).fontSize);
    if (ratio < (size >= 24 ? 3 : 4.5)) faint.push([ratio.toFixed(2), said.slice(0, 30)]);
  }
  return faint;
})()
"""
