"""File names that are no UTF-8, or hold control characters, end no batch and are shown escaped."""

from __future__ import annotations

import os
import sys
from pathlib import Path

import pytest
from typer.testing import CliRunner

from pipeline import read
from pipeline.cli.app import app
from pipeline.readers.finding import shown
from pipeline.records import Article, Failure

BODY = "나래시가 다리를 놓는다고 5일 밝혔다. 길이는 300m다. 공사는 내년에 시작한다.\n".encode()
FORMATS = "html,email,eml,md,txt,json,rss"


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    if sys.platform in ("win32", "darwin"):
        pytest.skip("names are Unicode here")
    (tmp_path / "in").mkdir()
    place = os.fsencode(tmp_path / "in")
    for i, name in enumerate((b"\xb1\xe2\xbb\xe7.txt", b"a\x1b[2Jb.txt", b"\xb8\xc1.html", b"\xff.jsonl")):
        with open(os.path.join(place, name), "wb") as stream:  # noqa: PTH118, PTH123
            if not name.endswith(b"html"):
                stream.write(BODY + str(i).encode() if name.endswith(b"txt") else b'{"body":' + bytes([10]))
    return tmp_path / "in"


def test_names_are_escaped() -> None:
    assert shown("기사 1.txt") == "기사 1.txt"
    assert shown(os.fsdecode(b"a\xb1\xe2.txt")) == "a%B1%E2.txt"
    assert shown("a\x1b[2J\n.txt") == "a%1B[2J%0A.txt"


def test_files_are_read_and_failures_told(folder: Path) -> None:
    found = list(read(folder))
    assert [item.source.path.rsplit("/", 1)[1] for item in found if isinstance(item, Article)] == [
        "a%1B[2Jb.txt",
        "%B1%E2%BB%E7.txt",
    ]
    failed = {item.source.rsplit("/", 1)[1]: item.reason for item in found if isinstance(item, Failure)}
    assert failed == {"%B8%C1.html": "empty", "%FF.jsonl:1": "bad-json"}
    for item in (*found, *read(folder / os.fsdecode(b"\xb1\xe3.txt"))):
        repr(item).encode("utf-8")


@pytest.mark.parametrize("command", ["digest", "summarize"])
def test_every_format_is_written(command: str, folder: Path, tmp_path: Path) -> None:
    formats = FORMATS if command == "digest" else "html,md,txt,json"
    done = CliRunner().invoke(app, [command, str(folder), "-o", str(tmp_path / "out"), "--format", formats])
    assert done.exit_code == 3, done.output
    assert "%FF.jsonl:1" in done.output
    kept = {".yoyak", "failures.jsonl"}  # what the folder of `summarize` knows of itself
    written = sorted(path for path in (tmp_path / "out").iterdir() if path.name not in kept)
    assert len(written) == (7 if command == "digest" else 8)
    for path in written:
        path.name.encode("utf-8")
        assert "\x1b" not in path.read_text(encoding="utf-8")
