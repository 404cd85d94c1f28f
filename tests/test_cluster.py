"""Archives on Ray and Spark: the rows of the local engine, whatever worker is lost on the way."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Sequence
from pathlib import Path

import pytest

from pipeline import Pipeline, read
from pipeline.records import Article, Failure
from pipeline.store.places import Folder, Place, opened, places
from pipeline.writers import dump
from pipeline.writers.reports import lines_in, load_reports

from .conftest import ROOT

YOYAK = [sys.executable, "-c", "from pipeline.cli import main; main()"]
_SENTENCES = (
    "{n}번째 회사가 지난 분기에 매출 {n}조원을 올렸다고 밝혔다.", "회사는 반도체 공장에 {n}억원을 더 들인다.",
    "서버 주문이 {n}% 늘었다.", "증권사는 내년 이익이 줄 것으로 내다봤다.", "주가는 {n}% 올랐다.",
)  # fmt: skip


def record(n: int) -> dict[str, str]:
    body = " ".join(one.format(n=n) for one in _SENTENCES)
    return {"title": f"기록 {n}", "body": body, "url": f"https://example.com/{n}"}


@pytest.fixture(scope="module")
def archive(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """JSON Lines with a fault and a copy, and Parquet with a copy from the other file."""
    pa = pytest.importorskip("pyarrow")
    pq = pytest.importorskip("pyarrow.parquet")
    folder = tmp_path_factory.mktemp("archive")
    lines = [json.dumps(record(n), ensure_ascii=False) for n in range(300)]
    lines[30] = "no json"
    (folder / "a.jsonl").write_text("\n".join([*lines, lines[5]]) + "\n", encoding="utf-8")
    rows = [{**record(n), "body": record(n)["body"] + " 공장이 선다."} for n in range(300, 420)]
    pq.write_table(
        pa.Table.from_pylist([*rows, {**rows[0]}, record(7)]), folder / "b.parquet", row_group_size=50
    )
    return folder


# ── files by their addresses ───────────────────────────────────────────────────────────────────────


def test_files_by_name_and_by_address(archive: Path) -> None:
    by_name = list(places([str(archive)], (".jsonl", ".parquet")))
    assert [Path(one.name).name for one in by_name if isinstance(one, Place)] == ["a.jsonl", "b.parquet"]
    by_address = list(places([f"file://{archive}"], (".jsonl", ".parquet")))
    assert [one.name for one in by_address if isinstance(one, Place)] == [
        f"file://{archive}/a.jsonl", f"file://{archive}/b.parquet",
    ]  # fmt: skip
    for one in by_address:
        assert isinstance(one, Place)
        with opened(one.address) as stream:
            assert stream.read() == (archive / Path(one.name).name).read_bytes()
    wrong = list(places([f"file://{archive}/none", "none.jsonl", "nowhere://a/b"], (".jsonl",)))
    assert [type(one) for one in wrong] == [Failure] * 3


def test_a_folder_by_its_address(tmp_path: Path) -> None:
    pytest.importorskip("pyarrow")
    for folder in (Folder(str(tmp_path / "a")), Folder(f"file://{tmp_path}/b")):
        folder.write("x", b"1")
        folder.write("x", b"2")
        assert (folder.names(), folder.read("x"), folder.read("y")) == (["x"], b"2", None)
        folder.remove("x")
        folder.remove("x")
        assert folder.names() == []


def test_parquet_is_read_by_the_row_group(archive: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    from pipeline.records import Limits, Reading

    whole = [one for one in read(archive / "b.parquet") if isinstance(one, Article)]
    # Larger than a file that is read as a whole may be.
    small = Reading(limits=Limits(file_bytes=1_000))
    assert [one for one in read(archive / "b.parquet", small) if isinstance(one, Article)] == whole
    assert len(whole) == 121


# ── Ray ────────────────────────────────────────────────────────────────────────────────────────────


def _children(pid: int) -> list[tuple[int, str]]:
    """Processes below one, with how they call themselves."""
    parents: dict[int, int] = {}
    for entry in Path("/proc").iterdir():
        if entry.name.isdecimal():
            try:
                parents[int(entry.name)] = int((entry / "stat").read_text().rpartition(")")[2].split()[1])
            except OSError:
                continue
    found = []
    for one in parents:
        above = one
        while above in parents and above != pid:
            above = parents[above]
        if above == pid and one != pid:
            try:
                found.append((one, Path(f"/proc/{one}/cmdline").read_bytes().decode(errors="replace")))
            except OSError:
                continue
    return found


def _kill_a_worker(running: subprocess.Popen[str], killed: list[int]) -> None:
    """End the first worker that is at work."""
    while running.poll() is None:
        for pid, name in _children(running.pid):
            if "Reports" in name and "submit" in name:
                os.kill(pid, signal.SIGKILL)
                killed.append(pid)
                return
        time.sleep(0.05)


def on_ray(arguments: Sequence[object], *, kill: bool = False) -> str:
    """What the command says; with one of its workers killed, if asked for."""
    killed: list[int] = []
    words = [*YOYAK, "summarize", *map(str, arguments), "--engine", "ray", "--workers", "2"]
    alone = {name: value for name, value in os.environ.items() if not name.startswith("RAY_")}
    with subprocess.Popen(
        words, cwd=ROOT, stderr=subprocess.PIPE, text=True, encoding="utf-8", env=alone
    ) as running:
        if kill:
            threading.Thread(target=_kill_a_worker, args=(running, killed), daemon=True).start()
        _, told = running.communicate(timeout=400)
        assert running.returncode == 3, told  # a record is no JSON
    assert len(killed) == kill
    return told


def rows_of(out: Path) -> list[bytes]:
    return [line for file in sorted(out.glob("reports-*")) for line in lines_in(file)]


@pytest.mark.extra
@pytest.mark.skipif(sys.platform != "linux", reason="/proc")
def test_ray_makes_the_rows_of_the_local_engine_though_a_worker_is_killed(
    archive: Path, pipeline: Pipeline, tmp_path: Path
) -> None:
    pytest.importorskip("ray")
    out, failures = tmp_path / "out", list[Failure]()
    on_ray([archive, "-o", out, "--format", "parquet,jsonl"], kill=True)
    right = [dump(one).encode() for one in pipeline.stream(read(archive), failures.append)]
    assert len(right) == 299 + 120
    for name in ("*.parquet", "*.jsonl"):
        found = [line for file in sorted(out.glob(f"reports-{name}")) for line in lines_in(file)]
        assert found == right
    assert sum(1 for _ in load_reports(out)) == len(right)
    wrong = [dump(one) for one in failures if one.reason != "duplicate"]
    assert (out / "failures.jsonl").read_text(encoding="utf-8").splitlines() == wrong

    # A shard lost, a record changed: what else is there stays.
    before = {file.name: file.stat().st_mtime_ns for file in out.glob("reports-*")}
    assert len(before) == 2
    with (archive / "a.jsonl").open("a", encoding="utf-8") as file:
        file.write(json.dumps(record(900), ensure_ascii=False) + "\n")
    told = on_ray([archive, "-o", out, "--format", "parquet,jsonl"])
    assert f"{len(right)}건" in told
    after = {file.name: file.stat().st_mtime_ns for file in out.glob("reports-*")}
    assert before.items() <= after.items()
    assert len(after) == 4
    again = {one.id: dump(one).encode() for one in pipeline.stream(read(archive), failures.append)}
    assert {one.id: dump(one).encode() for one in load_reports(out)} == again


@pytest.mark.parametrize(
    "wrong", [[], ["-o", "out", "--format", "md"], ["-o", "out.parquet"], ["-o", "out", "--length", "x"]]
)
def test_what_ray_does_not_write_is_told(wrong: list[str], archive: Path) -> None:
    from typer.testing import CliRunner

    from pipeline.cli import app

    done = CliRunner().invoke(app, ["summarize", str(archive), "--engine", "ray", *wrong])
    assert (done.exit_code, "Traceback" in done.output) == (2, False)


# ── Spark ──────────────────────────────────────────────────────────────────────


def example(language: str) -> str:
    """The lines for Spark out of the document."""
    text = (ROOT / "docs" / f"archive{language}.md").read_text(encoding="utf-8")
    return text.split("```py\n")[1].split("```")[0]


@pytest.mark.extra
@pytest.mark.parametrize("language", ["", ".en"])
def test_the_lines_for_spark(language: str, pipeline: Pipeline, tmp_path: Path) -> None:
    pytest.importorskip("pyspark")
    pa = pytest.importorskip("pyarrow")
    import pyarrow.parquet as pq

    (tmp_path / "articles").mkdir()
    rows = [record(n) for n in range(20)]
    pq.write_table(pa.Table.from_pylist(rows), tmp_path / "articles" / "a.parquet")
    lines = example(language)
    assert sum(map(bool, lines.splitlines())) <= 10
    done = subprocess.run(
        [sys.executable, "-c", lines], cwd=tmp_path, env={**os.environ, "PYTHONPATH": str(ROOT)},
        capture_output=True, text=True, check=False,
    )  # fmt: skip
    assert done.returncode == 0, done.stderr
    found = {one["url"]: one["report"] for one in pq.read_table(tmp_path / "reports").to_pylist()}
    right = zip(rows, pipeline.pipe(rows), strict=True)
    assert found == {row["url"]: dump(one) for row, one in right}
