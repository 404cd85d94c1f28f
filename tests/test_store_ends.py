"""However a run ends, nothing is lost, nothing is half, and the next one makes of it what it would have been.

``YOYAK_KILLS=200`` kills so many commands at random moments (else four); ``python -m
tests.crashing`` tries every step of the writing. With ``--all`` there are three times as many records.
"""

from __future__ import annotations

import json
import os
import random
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from .conftest import ROOT
from .crashing import contents
from .thorough import thorough

YOYAK = [sys.executable, "-c", "from pipeline.cli import main; main()"]
KILLS = int(os.environ.get("YOYAK_KILLS", "4"))
_SENTENCES = (
    "{n}번째 회사가 지난 분기에 매출 {n}조원을 올렸다고 밝혔다.", "회사는 반도체 공장에 {n}억원을 더 들인다.",
    "서버 주문이 {n}% 늘었다.", "증권사는 내년 이익이 줄 것으로 내다봤다.", "주가는 {n}% 올랐다.",
)  # fmt: skip
posix = pytest.mark.skipif(os.name == "nt", reason="signals")


#: Files and records; with ``--all`` three times as many.
_FILES, _RECORDS = 8, 20


@pytest.fixture(scope="module")
def times(request: pytest.FixtureRequest) -> int:
    return 3 if request.config.getoption("--all") else 1


@pytest.fixture(scope="module")
def inbox(tmp_path_factory: pytest.TempPathFactory, times: int) -> Path:
    """Files and records, some of which fail, in a folder with settings for small batches."""
    folder = tmp_path_factory.mktemp("inbox")
    for n in range(_FILES * times):
        text = " ".join(one.format(n=n + 2) for one in _SENTENCES)
        (folder / f"{n:02}.txt").write_text(text if n % 9 else "Only English here.", encoding="utf-8")
    lines = [
        json.dumps({"title": f"기록 {n}", "body": " ".join(s.format(n=n + 90) for s in _SENTENCES)})
        for n in range(_RECORDS * times)
    ]
    lines[len(lines) // 2] = "no json"
    (folder / "r.jsonl").write_text("\n".join(lines) + "\n")
    (folder.parent / "small.toml").write_text("[run]\nbatch = 3\n")
    return folder


def command(inbox: Path, out: Path, formats: str = "json,md,jsonl,parquet") -> list[str]:
    settings = str(inbox.parent / "small.toml")
    return [*YOYAK, "summarize", str(inbox), "-o", str(out), "--format", formats, "--config", settings]


def start(arguments: list[str]) -> subprocess.Popen[str]:
    pipes = {"stdout": subprocess.PIPE, "stderr": subprocess.PIPE}
    return subprocess.Popen(arguments, cwd=ROOT, text=True, encoding="utf-8", **pipes)  # type: ignore[call-overload,no-any-return]


@pytest.fixture(scope="module")
def undisturbed(
    inbox: Path, tmp_path_factory: pytest.TempPathFactory, times: int
) -> tuple[dict[str, bytes], float]:
    """What a run that nobody disturbs makes, and how long it takes."""
    out, begin = tmp_path_factory.mktemp("undisturbed"), time.monotonic()
    done = start(command(inbox, out))
    _, told = done.communicate()
    assert done.returncode == 3, told
    found = contents(out)
    failed = -(-_FILES * times // 9) + 1
    assert len(found) == 2 * ((_FILES + _RECORDS) * times - failed) + 3
    return found, time.monotonic() - begin


@posix
@thorough
@pytest.mark.parametrize("n", range(KILLS))
def test_killed_at_a_random_moment(
    n: int, inbox: Path, undisturbed: tuple[dict[str, bytes], float], tmp_path: Path
) -> None:
    right, seconds = undisturbed
    running = start(command(inbox, tmp_path / "out"))
    # Before the first third of its time it has not begun to write.
    time.sleep(random.Random(None if "YOYAK_KILLS" in os.environ else n).uniform(0.3, 1.05) * seconds)
    running.kill()
    running.communicate()
    for name, data in contents(tmp_path / "out").items():
        assert data == right[name] or name.startswith("reports-"), name
    again = start(command(inbox, tmp_path / "out"))
    _, told = again.communicate()
    assert again.returncode == 3, told
    found = contents(tmp_path / "out")
    assert sorted(found) == sorted(right)
    assert [name for name in right if found[name] != right[name]] == []


@posix
def test_killed_at_any_step_of_the_writing() -> None:
    done = subprocess.run(
        [sys.executable, "-m", "tests.crashing", "41"], cwd=ROOT, capture_output=True, text=True
    )
    assert done.returncode == 0, done.stdout + done.stderr


@posix
@thorough
@pytest.mark.parametrize("engine", ["serial", "processes"])
def test_ctrl_c_finishes_what_is_in_hand(
    engine: str, inbox: Path, undisturbed: tuple[dict[str, bytes], float], tmp_path: Path
) -> None:
    right, _ = undisturbed
    out = tmp_path / "out"
    extra = ["--engine", engine, "--workers", "2"]
    with subprocess.Popen(
        [*command(inbox, out), *extra], cwd=ROOT, stderr=subprocess.PIPE, text=True, encoding="utf-8",
        start_new_session=True,
    ) as running:  # fmt: skip
        until = time.monotonic() + 60
        while not (found := list(out.glob("*.json"))) and time.monotonic() < until:
            time.sleep(0.01)
        assert found
        os.killpg(running.pid, signal.SIGINT)  # as a terminal does: to all processes of the command
        _, told = running.communicate()
    assert running.returncode == 130, told
    assert "Traceback" not in told
    assert "이어집니다" in told
    many = ("reports-", "failures")
    assert all(data == right[name] for name, data in contents(out).items() if not name.startswith(many))
    done = start([*command(inbox, out), *extra])
    done.communicate()
    assert contents(out) == right


@posix
@thorough
def test_ctrl_c_while_standard_input_is_waited_for(tmp_path: Path) -> None:
    line = json.dumps({"body": " ".join(one.format(n=3) for one in _SENTENCES)}) + "\n"
    with subprocess.Popen(
        [*YOYAK, "summarize", "-", "-o", str(tmp_path / "out")], cwd=ROOT, stdin=subprocess.PIPE,
        stderr=subprocess.PIPE, text=True, encoding="utf-8",
    ) as running:  # fmt: skip
        assert running.stdin is not None
        running.stdin.write(line)
        running.stdin.flush()
        until = time.monotonic() + 60
        while not (tmp_path / "out" / ".yoyak").exists() and time.monotonic() < until:
            time.sleep(0.05)
        time.sleep(3)
        running.send_signal(signal.SIGINT)
        assert running.wait(30) == 130
    assert len(list((tmp_path / "out").glob("*.json"))) == 1


@thorough
def test_standard_input_answers_line_by_line() -> None:
    lines = [
        json.dumps({"title": f"{n}", "body": " ".join(one.format(n=n) for one in _SENTENCES)})
        for n in (3, 5, 7)
    ]
    with subprocess.Popen(
        [*YOYAK, "summarize", "-", "--format", "json"], cwd=ROOT, stdin=subprocess.PIPE,
        stdout=subprocess.PIPE, text=True, encoding="utf-8",
    ) as running:  # fmt: skip
        assert running.stdin is not None
        assert running.stdout is not None
        for line in lines:  # the next is not there before the last is answered
            running.stdin.write(line + "\n")
            running.stdin.flush()
            answer = json.loads(running.stdout.readline())
            assert answer["title"] == json.loads(line)["title"]
        running.stdin.close()
        assert running.stdout.read() == ""
        assert running.wait() == 0


# ── a full disk ────────────────────────────────────────────────────────────────────────────────────


@pytest.fixture
def small_disk(tmp_path: Path) -> Iterator[Path]:
    """A folder on a disk of a megabyte."""
    folder = tmp_path / "disk"
    folder.mkdir()
    mount = shutil.which("mount")
    made = (
        mount
        and not subprocess.run(
            [mount, "-t", "tmpfs", "-o", "size=1m", "tmpfs", str(folder)], capture_output=True, check=False
        ).returncode
    )
    if not made:
        pytest.skip("no disk can be mounted here")
    yield folder
    subprocess.run(["umount", str(folder)], check=True)


@thorough
def test_a_full_disk_is_told_and_the_next_run_goes_on(
    small_disk: Path, inbox: Path, undisturbed: tuple[dict[str, bytes], float], tmp_path: Path
) -> None:
    right, _ = undisturbed
    for _ in range(2):
        running = start(command(inbox, small_disk / "out"))
        _, told = running.communicate()
        assert (running.returncode, "Traceback" in told) == (1, False), told
        for name, data in contents(small_disk / "out").items():
            assert data == right[name], name
    shutil.copytree(small_disk / "out", tmp_path / "out")  # to a larger one
    running = start(command(inbox, tmp_path / "out"))
    running.communicate()
    assert contents(tmp_path / "out") == right


def _no_large_files() -> None:
    import resource

    resource.setrlimit(resource.RLIMIT_FSIZE, (60_000, 60_000))


@posix
@thorough
def test_a_write_that_fails_halfway_is_told_and_the_next_run_goes_on(
    inbox: Path, undisturbed: tuple[dict[str, bytes], float], tmp_path: Path
) -> None:
    right, _ = undisturbed
    done = subprocess.run(
        command(inbox, tmp_path / "out"), cwd=ROOT, preexec_fn=_no_large_files,
        capture_output=True, text=True, encoding="utf-8",
    )  # fmt: skip
    assert (done.returncode, "Traceback" in done.stderr) == (1, False), done.stderr
    start(command(inbox, tmp_path / "out")).communicate()
    assert contents(tmp_path / "out") == right
