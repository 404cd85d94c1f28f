"""The docs site: built offline, complete in both languages, no link dead, nothing for axe to find."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from collections.abc import Iterator
from html.parser import HTMLParser
from importlib.util import find_spec
from pathlib import Path
from urllib.parse import unquote, urlsplit

import pytest

from . import chromium, reference
from .conftest import ROOT

DOCS = ROOT / "docs"
PAGES = sorted(path for path in DOCS.glob("*.md") if not path.stem.endswith(".en"))
needs_mkdocs = pytest.mark.skipif(
    not all(map(find_spec, ("mkdocs", "material", "mkdocstrings", "mkdocs_static_i18n"))),
    reason="the extra [docs] is not installed",
)


@pytest.mark.parametrize("page", PAGES, ids=lambda path: path.stem)
def test_a_page_is_in_both_languages(page: Path) -> None:
    other = page.with_suffix(".en.md")
    assert other.exists(), f"{other.name} is missing"
    korean, english = page.read_text(encoding="utf-8"), other.read_text(encoding="utf-8")
    assert re.search("[가-힣]", korean)
    assert not re.search("[가-힣]", english.splitlines()[0]), english.splitlines()[0]


def test_every_page_is_in_the_navigation() -> None:
    config = (ROOT / "mkdocs.yml").read_text(encoding="utf-8")
    named = set(re.findall(r"- ([\w-]+)\.md", config))
    assert named == {page.stem for page in PAGES}


@pytest.mark.parametrize("name", sorted({name for name, _ in reference.HEADS}))
def test_every_command_option_and_setting_is_named(name: str) -> None:
    for path, content in reference.pages([name]):
        assert path.read_text(encoding="utf-8") == content, f"{path.name}: run python -m tests.reference"


class Links(HTMLParser):
    """Links, and what can be linked to, in a page."""

    def __init__(self) -> None:
        super().__init__()
        self.links: list[str] = []
        self.loaded: list[str] = []
        self.ids: set[str] = set()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = dict(attrs)
        if given.get("id"):
            self.ids.add(str(given["id"]))
        if tag == "a" and given.get("href"):
            self.links.append(str(given["href"]))
        if tag in ("script", "img", "link") and given.get("rel") not in ("canonical", "alternate"):
            self.loaded += [str(value) for key, value in given.items() if key in ("src", "href") and value]


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("site")
    environment = {**os.environ, "NO_MKDOCS_2_WARNING": "1"}
    done = subprocess.run(
        [sys.executable, "-m", "mkdocs", "build", "--quiet", "--strict", "-d", str(folder)],
        cwd=ROOT, env=environment, capture_output=True, text=True,
    )  # fmt: skip
    assert done.returncode == 0, done.stderr
    return folder


@needs_mkdocs
def test_no_link_is_dead_and_nothing_comes_from_elsewhere(site: Path) -> None:
    found = {}
    for page in site.rglob("*.html"):
        found[page] = Links()
        found[page].feed(page.read_text(encoding="utf-8"))
    assert len(found) > 2 * len(PAGES) - 1
    for page, links in found.items():
        if page.name == "404.html":
            continue
        for link in (*links.links, *links.loaded):
            parts = urlsplit(link)
            if parts.scheme or parts.netloc:
                assert link in links.links, f"{page.name} loads {link}"
                continue
            target = (page.parent / unquote(parts.path)).resolve() if parts.path else page
            target = target / "index.html" if target.is_dir() else target
            assert target.exists(), f"{page.relative_to(site)}: {link}"
            if parts.fragment and target in found:
                assert unquote(parts.fragment) in found[target].ids, f"{page.relative_to(site)}: {link}"


@pytest.fixture(scope="module")
def browser() -> Iterator[chromium.Chromium]:
    if chromium.find() is None:
        pytest.skip("no Chromium")
    with chromium.Chromium() as opened:
        yield opened


@needs_mkdocs
@pytest.mark.parametrize(
    "page", ["index", "start", "python", "schema", "api", "quality", "en/compare", "en/commands"]
)
def test_axe_finds_nothing(site: Path, browser: chromium.Chromium, page: str) -> None:
    spec = find_spec("axe_core_python")
    if spec is None or spec.origin is None:
        pytest.skip("axe-core is not installed")
    browser.look(1280)
    browser.open(site / f"{page}.html")
    browser.evaluate(Path(spec.origin).with_name("axe.min.js").read_text(encoding="utf-8") + "; 1")
    found = browser.evaluate(
        "axe.run(document).then(r => r.violations.map(v => [v.id, v.nodes.map(n => n.html.slice(0, 160))]))"
    )
    assert found == []
