"""Plug-ins: a package of its own adds to every registry; one that is broken costs the others nothing."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from pipeline import plugins
from pipeline.plugins import Plugin
from pipeline.readers import READERS

from .conftest import ROOT
from .thorough import thorough

EXAMPLE = ROOT / "examples" / "yoyak-example"
SRT = """1
00:00:01,000 --> 00:00:04,000
아마존이 올해 설비투자를 2천억 달러로 늘린다.

2
00:00:04,500 --> 00:00:06,000
절반이 넘는 돈을 데이터센터에 쓴다.

3
00:00:06,500 --> 00:00:09,000
AWS 매출은 20% 늘었다.
"""


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with the example package, as pip installs it."""
    folder = tmp_path_factory.mktemp("site")
    command = ["-m", "pip", "install", "--quiet", "--no-deps", "--no-build-isolation", "--target"]
    done = subprocess.run(
        [sys.executable, *command, str(folder), str(EXAMPLE)], capture_output=True, text=True
    )
    assert done.returncode == 0, done.stderr
    return folder


def yoyak(site: Path, *words: str, cwd: Path, code: int = 0) -> str:
    environment = {**os.environ, "PYTHONPATH": f"{ROOT}{os.pathsep}{site}"}
    done = subprocess.run(
        [sys.executable, "-m", "yoyak", *words], cwd=cwd, env=environment, capture_output=True, text=True
    )
    assert done.returncode == code, done.stderr
    return done.stdout


def test_the_example_is_listed(site: Path, tmp_path: Path) -> None:
    found = json.loads(yoyak(site, "plugins", "--only-added", "--format", "json", cwd=tmp_path))
    assert {(one["kind"], one["name"]) for one in found} == {
        ("readers", ".srt"),
        ("encoders", "letters"),
        ("methods", "long-first"),
        ("writers", "report.org"),
        ("writers", "digest.org"),
    }
    assert {(one["package"], one["version"], one["problem"]) for one in found} == {
        ("yoyak-example", "0.1.0", "")
    }


def test_the_example_reads_encodes_chooses_and_writes(site: Path, tmp_path: Path) -> None:
    (tmp_path / "talk.srt").write_text(SRT, encoding="utf-8")
    options = ["--method", "long-first", "--encoder", "letters", "--length", "1"]
    outline = yoyak(site, "summarize", "talk.srt", "--format", "org", *options, cwd=tmp_path)
    assert outline.strip().endswith("- 아마존이 올해 설비투자를 2천억 달러로 늘린다.")


@thorough
def test_a_format_that_was_added_is_made_when_it_is_asked_for(site: Path, tmp_path: Path) -> None:
    (tmp_path / "talk.srt").write_text(SRT, encoding="utf-8")
    yoyak(site, "digest", "talk.srt", "-o", "out", "--format", "org", cwd=tmp_path)
    assert (tmp_path / "out" / "digest.org").read_text(encoding="utf-8").startswith("* ")
    yoyak(site, "digest", "talk.srt", "-o", "all", cwd=tmp_path)
    assert not (tmp_path / "all" / "digest.org").exists()
    table = yoyak(site, "plugins", cwd=tmp_path)
    assert ".srt" in table
    assert ".hwpx" in table


@thorough
def test_workers_have_them_too(site: Path, tmp_path: Path) -> None:
    (tmp_path / "talk.srt").write_text(SRT, encoding="utf-8")
    options = ["--method", "long-first", "--engine", "processes", "--workers", "1", "--length", "1"]
    assert "2천억 달러로" in yoyak(site, "summarize", "talk.srt", *options, cwd=tmp_path)


def broken(folder: Path, entries: str) -> Path:
    info = folder / "broken_plugin-1.0.dist-info"
    info.mkdir(parents=True)
    (info / "METADATA").write_text("Metadata-Version: 2.1\nName: broken-plugin\nVersion: 1.0\n")
    (info / "entry_points.txt").write_text(entries)
    return folder


def test_a_broken_one_is_told_and_costs_nothing(tmp_path: Path, request: pytest.FixtureRequest) -> None:
    entries = (
        "[yoyak.readers]\ntxt = json:loads\nold = no_such_module:read\n"
        "[yoyak.methods]\nnumber = sys:maxsize\n[yoyak.writers]\nodd = json:dumps\n"
    )
    folder = broken(tmp_path / "more", entries)
    found = json.loads(
        yoyak(folder, "plugins", "--only-added", "--format", "json", "--lang", "en", cwd=tmp_path, code=3)
    )
    assert {one["name"]: one["problem"].split(":")[0] for one in found} == {
        ".txt": "the name is taken",
        ".old": "ModuleNotFoundError",
        "number": "sys",
        "odd": "ValueError",
    }
    if not request.config.getoption("--all"):
        return
    (tmp_path / "a.txt").write_text("아마존이 올해 설비투자를 2천억 달러로 늘린다.", encoding="utf-8")
    assert "2천억" in yoyak(folder, "summarize", "a.txt", cwd=tmp_path)


def test_nothing_is_added_here() -> None:
    own = list(plugins.own())
    assert len({(one.kind, one.name) for one in own}) == len(own)
    assert {one.name for one in own if one.kind == "readers"} == set(READERS)
    assert isinstance(own[0], Plugin)
    assert plugins.marks() == ""
