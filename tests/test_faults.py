"""Inputs that once failed, each with what is right: a file in ``tests/faults`` and ``NAME.toml`` beside it.

A new fault is two new files. What the TOML may say, all of it optional but `why`::

    why = "what was wrong"
    seconds = 5.0                      # all of it may take no longer (processor time)
    failures = ["too-deep"]            # reasons, in order; none by default
    settings = { "newsletter.zone" = "Asia/Seoul" }
    [[article]]                        # one for each report, in order
    title = "…"                        # also publisher, author, published, url, rights, genre
    body = ["…", "…"]                  # the texts of all body sentences and items, exactly, in order
    headings = ["…"]                   # titles and headings, exactly
    boilerplate = ["…"]                # each stands in some unit of boilerplate
    lacks = ["…"]                      # stands in no unit that is not boilerplate
    tables = [[["a", "b"], ["c", "d"]]]
    themes = ["capex", "other"]        # of the body sentences and items, in order
    needs = [[], [0]]                  # of each of them, as their positions
    summary = ["…"]                    # the texts of the summary, exactly
    keywords = ["…"]                   # each is a term of the table
    no_keywords = ["…"]                # none of them is
    first_keyword = "…"
    variants = { "term" = ["…"] }      # other forms of it
    [digest]                           # folds all reports, and writes every format
    date = "2026-03-05"
    stories = [["title", "title"], []] # titles of the articles of each story, in any order
    leads = ["title"]                  # each tells its story first
    cites = { "a line" = 1 }           # how many sources it cites
    shows = ["…"]                      # each stands in the Markdown
    hides = ["…"]                      # none of them does
"""

from __future__ import annotations

import time
import tomllib
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from pipeline import Pipeline, read
from pipeline.records import CONTENT_KINDS, Digest, Failure, Report
from pipeline.settings import load_messages, load_settings
from pipeline.writers import DIGEST_WRITERS

from .conftest import ROOT
from .describe import documents

FAULTS = ROOT / "tests" / "faults"
EXPECTED = sorted(FAULTS.glob("*.toml"))
_EXTRAS = {".hwp": "olefile", ".pdf": "pypdfium2"}
_GIVEN = ("publisher", "author", "published", "url", "rights")


def _expected(path: Path) -> tuple[Path, dict[str, Any]]:
    return path.with_suffix(""), tomllib.loads(path.read_text(encoding="utf-8"))


@pytest.mark.parametrize("path", EXPECTED, ids=lambda path: path.stem)
def test_what_failed_is_right(path: Path, pipeline: Pipeline) -> None:
    file, right = _expected(path)
    if file.suffix in _EXTRAS:
        pytest.importorskip(_EXTRAS[file.suffix])
    if right.get("settings"):
        pipeline = Pipeline(load_settings(None, right["settings"]))
    failures: list[Failure] = []
    started = time.process_time()
    reports = list(pipeline.stream(read([file], pipeline.settings.reading()), failures.append))
    spent = time.process_time() - started
    assert [failure.reason for failure in failures] == right.get("failures", [])
    assert spent < right.get("seconds", 10.0)
    if "article" in right:
        assert len(reports) == len(right["article"])
    for report, wanted in zip(reports, right.get("article", []), strict=False):
        _check(report, wanted)
    if any("tables" in wanted for wanted in right.get("article", [])):
        found = [one for one in documents(str(file)) if not isinstance(one, Failure)]
        for one, wanted in zip(found, right["article"], strict=True):
            if "tables" in wanted:
                assert [[list(row) for row in table.rows] for table in one.tables] == wanted["tables"]
    if "digest" in right:
        made = pipeline.digest(reports, failures)
        texts = load_messages(pipeline.settings.lang)
        written = {name: write(made, texts, None) for name, write in DIGEST_WRITERS.items()}
        assert all(text.strip() for text in written.values())
        _check_digest(made, {report.id: report.title or "" for report in reports}, right["digest"])
        for text in right["digest"].get("shows", []):
            assert text in written["md"]
        for text in right["digest"].get("hides", []):
            assert text not in written["md"]


def _check(report: Report, right: dict[str, Any]) -> None:
    units = report.sentences
    content = [unit for unit in units if unit.kind in CONTENT_KINDS]
    if "title" in right:
        assert (report.title or "") == right["title"]
    if "genre" in right:
        assert report.genre == right["genre"]
    for name in _GIVEN:
        if name in right:
            assert (getattr(report.source, name) or "") == right[name], name
    if "body" in right:
        assert [unit.text for unit in content] == right["body"]
    if "headings" in right:
        assert [unit.text for unit in units if unit.kind in ("title", "heading")] == right["headings"]
    boilerplate = [unit.text for unit in units if unit.kind == "boilerplate"]
    for text in right.get("boilerplate", []):
        assert any(text in one for one in boilerplate), text
    for text in right.get("lacks", []):
        assert not any(text in unit.text for unit in units if unit.kind != "boilerplate"), text
    if "themes" in right:
        assert [unit.theme for unit in content] == right["themes"]
    if "needs" in right:
        place = {unit.index: n for n, unit in enumerate(content)}
        assert [sorted(place[i] for i in unit.needs) for unit in content] == right["needs"]
    if "summary" in right:
        assert [units[i].text for i in report.summary] == right["summary"]
    terms = [keyword.term for keyword in report.keywords]
    assert not set(right.get("keywords", [])) - set(terms), terms
    assert not set(right.get("no_keywords", [])) & set(terms), terms
    forms = {keyword.term: set(keyword.variants) for keyword in report.keywords}
    for term, others in right.get("variants", {}).items():
        assert set(others) <= forms.get(term, set()), forms
    if "first_keyword" in right:
        assert terms[:1] == [right["first_keyword"]], terms


def _check_digest(digest: Digest, titles: dict[str, str], right: dict[str, Any]) -> None:
    stories = [story for theme in digest.themes for story in theme.stories]
    if "date" in right:
        assert digest.date == right["date"]
    if "stories" in right:
        events: dict[str, set[str]] = {}
        for story in stories:
            events.setdefault(story.event, set()).update(titles[article] for article in story.articles)
        found = sorted(sorted(names) for names in events.values())
        assert found == sorted(sorted(story) for story in right["stories"])
    for title in right.get("leads", []):
        assert title in [titles[story.articles[0]] for story in stories]
    lines = {line.text: line for story in stories for line in story.lines}
    for text, count in right.get("cites", {}).items():
        assert text in lines, sorted(lines)
        assert 1 + len(lines[text].also) == count, text


def _lonely() -> Iterator[str]:
    known = {path.stem for path in EXPECTED}
    yield from (
        path.name
        for path in FAULTS.iterdir()
        if path.suffix != ".toml" and path.name not in known and path.name != ".gitkeep"
    )


def test_every_fault_has_what_is_right() -> None:
    assert not sorted(_lonely())
    assert all((FAULTS / path.stem).exists() for path in EXPECTED)
    assert all(_expected(path)[1].get("why") for path in EXPECTED)
