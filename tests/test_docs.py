"""The docs site: built offline, complete in both languages, no link dead, nothing for axe to find."""

from __future__ import annotations

import os
import re
import shlex
import subprocess
import sys
from collections.abc import Iterator
from html.parser import HTMLParser
from importlib.util import find_spec
from pathlib import Path
from urllib.parse import unquote, urlsplit

import pytest

from . import check_docs, chromium, reference
from .conftest import ROOT

DOCS = ROOT / "docs"
PAGES = sorted(path for path in DOCS.glob("*.md") if not path.stem.endswith(".en"))


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


def test_every_input_format_is_named() -> None:
    from pipeline.readers import READERS

    pages = {name: (DOCS / name).read_text(encoding="utf-8") for name in ("formats.md", "formats.en.md")}
    for name, page in pages.items():
        assert [ending for ending in READERS if f"`{ending}`" not in page] == [], name


def test_every_format_of_a_digest_is_named() -> None:
    from pipeline.writers import DIGEST_WRITERS

    for name in ("newsletter.md", "newsletter.en.md"):
        lines = (DOCS / name).read_text(encoding="utf-8").splitlines()
        named = " ".join(line.split(" | ")[0] for line in lines if line.startswith("| `"))
        assert [one for one in DIGEST_WRITERS if f"`{one}`" not in named] == [], name


def test_every_name_of_the_package_is_described() -> None:
    import yoyak

    page = (DOCS / "api.md").read_text(encoding="utf-8")
    described = set(re.findall(r"^::: [\w.]+\.(\w+)$", page, re.MULTILINE))
    errors = {name for name in dir(yoyak) if name.endswith("Error")}
    assert set(dir(yoyak)) - described - errors - {"__version__"} == set()
    assert "::: pipeline.records.errors" in page


def test_every_example_is_run_or_says_why_not() -> None:
    """`make docs` runs them; here it is seen that none is passed over, and that all options exist."""
    used, wrong, count = set(), [], 0
    for document in check_docs.documents():
        wrong += [f"{document.name}: {problem}" for problem in check_docs.links(document)]
        for kind, example in check_docs.examples(document):
            count += 1
            if kind not in ("console", *check_docs.CHECKS):
                wrong.append(f"{document.name}: block of no known kind: {kind}")
            reason = check_docs.left_out(example)
            used |= {start for start in check_docs.NOT_RUN if example.startswith(start)}
            if (
                kind == "console"
                and not reason
                and not example.removeprefix(".venv/bin/").startswith(("yoyak ", ". "))
            ):
                wrong.append(f"{document.name}: neither run nor in NOT_RUN: {example}")
            if example.startswith("yoyak "):
                words = [word for word in shlex.split(example)[1:] if word != "<"]
                wrong += [f"{document.name}: {problem}" for problem in check_docs.usage(words)]
        for call in check_docs.spoken(document):
            wrong += [f"{document.name}: {problem}" for problem in check_docs.usage(shlex.split(call)[1:])]
    assert wrong == []
    assert count > 300
    assert set(check_docs.NOT_RUN) - used == set()


def test_what_does_not_exist_is_told(tmp_path: Path) -> None:
    page = tmp_path / "page.md"
    page.write_text(
        "[a](nowhere.md) `yoyak digest x --lenth 3`\n\n```console\n$ yoyak dijest x\n$ yoyak digest x "
        "--strict  # so\n$ rm -rf x\n```\n\n```toml\n[digest]\nlenth = 3\n```\n\n```python\n1 / 0\n```\n",
        encoding="utf-8",
    )
    assert list(check_docs.links(page)) == ["link to nowhere: nowhere.md"]
    told = [problem for call in check_docs.spoken(page) for problem in check_docs.usage(call.split()[1:])]
    assert told == ["unknown option --lenth: yoyak digest x --lenth 3"]
    examples = list(check_docs.examples(page))
    assert [kind for kind, _ in examples] == ["console"] * 3 + ["toml", "python"]
    assert "unknown command" in check_docs.command(examples[0][1])
    assert "--strict" in check_docs.command(examples[1][1])
    assert "NOT_RUN" in check_docs.command(examples[2][1])
    with pytest.MonkeyPatch.context() as patch:
        patch.chdir(tmp_path)
        assert "lenth" in check_docs.CHECKS["toml"](examples[3][1])
    assert "ZeroDivisionError" in check_docs.CHECKS["python"](examples[4][1])


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


@pytest.mark.extra("docs")
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


EACH = [f"{lang}{page.stem}" for page in PAGES for lang in ("", "en/")]


@pytest.mark.extra("docs")
@pytest.mark.parametrize("page", EACH)
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
