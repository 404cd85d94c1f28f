"""Consoles that can't show everything: Korean Windows (cp949), bare locales, pipes that close."""

from __future__ import annotations

import io
import json
import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any, NamedTuple

import pytest

from pipeline.cli import console, main
from pipeline.writers import DIGEST_WRITERS

from .conftest import ROOT, SEEDS
from .thorough import few

YOYAK = (sys.executable, "-c", "from pipeline.cli import main; main()")
#: A word joiner, emoji, dashes, a zero-width space, letters beyond KS X 1001, jamo, a bullet.
HARD = (
    "바다칩 “새 공장”\u2060 짓는다 \N{EM DASH} \N{ROCKET} é 똠방각하 简体\n\n"
    "바다칩은 5일 새 공장을 짓는다고 밝혔다. \N{ROCKET} 이 공장은 한국\u200b에서 가장 크다고 회사는 말했다. "
    "값은 \u20a93,000억이다 • 클라우드 매출은 30% 늘었다. \u1112\u1161\u11ab\u1100\u1173\u11af.\n"
)


@pytest.fixture
def hard(tmp_path: Path) -> Path:
    path = tmp_path / "hard.txt"
    path.write_text(HARD, encoding="utf-8")
    return path


class Done(NamedTuple):
    returncode: int
    stdout: bytes
    stderr: bytes


Yoyak = Callable[..., Done]


@pytest.fixture
def yoyak(monkeypatch: pytest.MonkeyPatch) -> Yoyak:
    """The command as it is started from a console of some encoding, but in this process, where Kiwi is."""

    def called(encoding: str, *arguments: object) -> Done:
        streams = [io.TextIOWrapper(io.BytesIO(), encoding=encoding) for _ in range(2)]
        with monkeypatch.context() as console_of, pytest.raises(SystemExit) as left:
            console_of.setattr(sys, "stdout", streams[0])
            console_of.setattr(sys, "stderr", streams[1])
            console_of.setattr(sys, "argv", ["yoyak", *map(str, arguments)])
            main()
        out, err = (stream.detach().getvalue() for stream in streams)
        return Done(int(left.value.code or 0), out, err)

    return called


def yoyak_process(encoding: str, *arguments: object, **environment: str) -> Done:
    done = subprocess.run(
        [*YOYAK, *map(str, arguments)],
        cwd=ROOT,
        env={**os.environ, "PYTHONIOENCODING": encoding, **environment},
        capture_output=True,
        check=False,
        timeout=120,
    )
    return Done(done.returncode, done.stdout, done.stderr)


@pytest.mark.parametrize(
    "command",
    few(
        [
            ["--help"],
            ["summarize", "--why"],
            ["digest"],
            ["keywords"],
            ["words", "suggest", "--least", "1"],
            ["keywords", "--format", "csv-bom,md", "--why"],
            ["themes", "suggest", "배송", "공장", "--in"],
            ["evaluate", "themes"],
            ["themes", "--why"],
            ["themes", "check", "bigtech"],
        ],
        4,
    ),
    ids=" ".join,
)
def test_commands_print_in_the_encoding_of_korean_windows(
    yoyak: Yoyak, command: list[str], hard: Path, tmp_path: Path
) -> None:
    inputs: list[object] = [SEEDS / "capex-race.txt", hard]
    if command[0] == "evaluate":
        gold = tmp_path / "gold.tsv"
        head = "# article\thard.txt\n# set\tbigtech\n# split\ttest\n"
        gold.write_text(f"{head}capex\t{HARD.splitlines()[2].split('. ')[0]}.\n", encoding="utf-8")
        inputs = [gold]
    done = yoyak("cp949", *command, *([] if command[-1] in ("--help", "bigtech") else inputs))
    assert done.returncode == 0, done.stderr.decode("cp949")
    text = done.stdout.decode("cp949")
    assert any("가" <= char <= "힣" for char in text)
    assert b"Traceback" not in done.stderr


def test_what_the_encoding_lacks_is_the_nearest_that_it_has(yoyak: Yoyak, hard: Path) -> None:
    done = yoyak("cp949", "digest", hard, "--format", "md", "--title", "\N{ROCKET} 소식")
    text = done.stdout.decode("cp949")
    assert text.startswith("# ? 소식")
    assert "바다칩 “새 공장” 짓는다 - ? e 똠방각하" in text


@pytest.mark.parametrize("name", DIGEST_WRITERS)
def test_digests_are_printed_in_any_encoding(yoyak: Yoyak, name: str, hard: Path) -> None:
    done = yoyak("cp949", "digest", hard, "--format", name)
    assert done.returncode == 0, done.stderr.decode("cp949")
    text = done.stdout.decode("cp949")
    if name == "json":
        (source,) = json.loads(text)["sources"]
        assert source["title"] == HARD.splitlines()[0].replace("\u2060", "")
        assert json.loads(done.stdout)["sources"] == [source]  # in UTF-8 too
    elif name in ("html", "email", "rss"):
        assert text.isascii()
        assert "&#128640;" in text


def test_a_file_is_utf_8_whatever_the_console(yoyak: Yoyak, hard: Path, tmp_path: Path) -> None:
    done = yoyak("cp949", "summarize", hard, "-o", tmp_path / "out", "--format", "txt")
    assert done.returncode == 0
    (file,) = (tmp_path / "out").glob("[!.]*")
    assert HARD.splitlines()[0].replace("\u2060", "") in file.read_text(encoding="utf-8")


@pytest.mark.parametrize("encoding", ["ascii", "latin-1", "utf-8", "utf-16"])
def test_errors_and_failures_are_told_in_any_encoding(yoyak: Yoyak, encoding: str, tmp_path: Path) -> None:
    done = yoyak(encoding, "summarize", tmp_path / "없는 \N{ROCKET}.txt", "--query", "공장\N{ROCKET}")
    assert (done.returncode, b"Traceback" in done.stderr) == (1, False)
    wrong = yoyak(encoding, "summarize", "--없는\N{ROCKET}")
    assert (wrong.returncode, b"Traceback" in wrong.stderr) == (2, False)


def test_a_locale_without_korean_prints_utf_8(hard: Path) -> None:
    bare = {"LC_ALL": "C", "PYTHONUTF8": "0", "PYTHONCOERCECLOCALE": "0"}
    done = yoyak_process("", "digest", hard, "--title", "소식 \N{ROCKET}", **bare)
    assert done.returncode == 0, done.stderr
    text = done.stdout.decode("utf-8")
    assert "소식 \N{ROCKET}" in text
    assert "클라우드 매출은 30% 늘었다." in text


@pytest.mark.parametrize(
    "command",
    few([["schema", "digest"], ["summarize", SEEDS], ["keywords", SEEDS]], 1),
    ids=lambda c: c[0],
)
def test_a_pipe_that_closes_is_no_error(command: list[object]) -> None:
    with subprocess.Popen(
        [*YOYAK, *map(str, command)], cwd=ROOT, stdout=subprocess.PIPE, stderr=subprocess.PIPE
    ) as running:
        assert running.stdout is not None
        assert running.stderr is not None
        running.stdout.readline()
        running.stdout.close()
        told = running.stderr.read()
    assert told == b""


def test_every_character_can_be_printed(monkeypatch: pytest.MonkeyPatch) -> None:
    # Of planes that nothing is in but ideographs, or nothing at all, the ends.
    planes = [code for plane in range(2, 17) for code in range(plane << 16, (plane << 16) + 0x200)]
    every = "".join(map(chr, (*range(0x20000), *planes, *range(0x2F800, 0x2FA20), 0x10FFFF)))
    for encoding in ("cp949", "euc-kr", "johab", "shift_jis", "cp1252", "utf-8"):
        out, err = (io.TextIOWrapper(io.BytesIO(), encoding=encoding) for _ in range(2))
        monkeypatch.setattr(sys, "stdout", out)
        monkeypatch.setattr(sys, "stderr", err)
        console.prepare()
        out.write(every)
        out.flush()
        written: Any = out.buffer
        assert "가" in written.getvalue().decode(encoding, "replace") or encoding in ("shift_jis", "cp1252")
