"""The folder of the output as state: what is done is left, what is new is done, what failed is told."""

from __future__ import annotations

import json
import sqlite3
import subprocess
import sys
import time
from collections.abc import Iterator, Sequence
from pathlib import Path

import pytest
from typer.testing import CliRunner, Result

from pipeline import Pipeline
from pipeline.cli import app
from pipeline.records import FolderBusyError, Known, Reading, Report, Stamp
from pipeline.run import Analysed, steps
from pipeline.run.tools import Tools
from pipeline.settings import load_settings
from pipeline.store import Store, decide, fill, job_of, retry, work
from pipeline.store.decide import Row, Wanted

from .conftest import ROOT

SETTINGS = load_settings(None, {"run.batch": 4})
YOYAK = [sys.executable, "-c", "from pipeline.cli import main; main()"]


def yoyak(*arguments: object) -> Result:
    return CliRunner().invoke(app, [str(a) for a in arguments])


def files(folder: Path) -> dict[str, bytes]:
    """What readers see of a folder."""
    return {p.name: p.read_bytes() for p in folder.iterdir() if p.is_file()}


@pytest.fixture
def inbox(tmp_path: Path) -> Path:
    """Three articles, one that fails, one copy, and records, one of which fails."""
    folder = tmp_path / "inbox"
    folder.mkdir()
    for i in range(3):
        (folder / f"{i}.txt").write_text(
            f"{i}번째 회사의 매출이 3% 늘었다. 투자도 늘렸다.\n", encoding="utf-8"
        )
    (folder / "empty.txt").write_text("\n")
    (folder / "z-copy.txt").write_bytes((folder / "1.txt").read_bytes())
    records = [{"title": "값", "body": f"반도체 값이 {i}% 올랐다. 서버 주문이 늘었다."} for i in range(3)]
    lines = [json.dumps(one, ensure_ascii=False) for one in records]
    (folder / "r.jsonl").write_text("\n".join([*lines[:2], "no json", lines[2]]) + "\n", encoding="utf-8")
    time.sleep(0.02)  # a tick of the file system's clock
    return folder


class Run:
    """Fills a folder with what a shared pipeline makes, and counts what it was asked for."""

    def __init__(self, pipeline: Pipeline, monkeypatch: pytest.MonkeyPatch) -> None:
        self.pipeline, self.loaded = pipeline, 0
        self.made: list[str] = []

        def reports(analysed: Sequence[Analysed], tools: Tools) -> list[Report]:
            self.made += [one.document.article.source.path for one in analysed]
            return steps.reports(analysed, tools)

        monkeypatch.setattr(work, "reports", reports)
        monkeypatch.setattr(decide, "TICK", 0)  # the inbox was written just now

    def load(self, settings: object) -> Pipeline:
        self.loaded += 1
        return self.pipeline

    def __call__(
        self, inputs: Path, out: Path, *formats: str, again: decide.Again = "nothing"
    ) -> tuple[list[str], Store]:
        """Names of the inputs of the reports that were made."""
        self.made.clear()
        with Store(out) as store:
            job = job_of([str(inputs)], SETTINGS, formats or ("json",))
            list(fill(store, job, again, self.load))
        return [Path(path).name for path in self.made], store


@pytest.fixture
def run(pipeline: Pipeline, monkeypatch: pytest.MonkeyPatch) -> Run:
    return Run(pipeline, monkeypatch)


ALL = ["0.txt", "1.txt", "2.txt", "r.jsonl:1", "r.jsonl:2", "r.jsonl:4"]


def test_a_second_run_finds_everything_there(run: Run, inbox: Path, tmp_path: Path) -> None:
    made, store = run(inbox, tmp_path / "out")
    assert sorted(made) == ALL
    assert (store.counts.made, store.counts.failed, store.counts.copies) == (6, 2, 1)
    before, again = files(tmp_path / "out"), run(inbox, tmp_path / "out")
    assert again[0] == []
    counts = again[1].counts
    assert (counts.made, counts.left, counts.failed, counts.copies) == (0, 6, 2, 1)
    assert run.loaded == 1, "nothing to do: nothing is loaded"
    assert files(tmp_path / "out") == before
    assert [f.reason for f in again[1].failures] == [f.reason for f in store.failures]


def test_unchanged_files_are_not_even_opened(
    run: Run, inbox: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    from pipeline import readers

    run(inbox, tmp_path / "out")
    opened: list[str] = []
    own = readers._read_one

    def watched(name: str, reading: Reading) -> object:
        opened.append(Path(name).name)
        return own(name, reading)

    monkeypatch.setattr(readers, "_read_one", watched)
    (inbox / "1.txt").write_text("새 회사의 매출이 4% 늘었다. 투자도 늘렸다.\n", encoding="utf-8")
    made, _ = run(inbox, tmp_path / "out")
    # What is no longer a copy of it has to be read to know what it is.
    assert opened == made == ["1.txt", "z-copy.txt"]


def test_a_new_a_changed_and_a_vanished_record(run: Run, inbox: Path, tmp_path: Path) -> None:
    out = tmp_path / "out"
    run(inbox, out)
    before = files(out)
    (inbox / "3.txt").write_text("다른 회사의 매출이 5% 늘었다. 투자도 늘렸다.\n", encoding="utf-8")
    lines = (inbox / "r.jsonl").read_text(encoding="utf-8").splitlines()
    lines[1] = lines[1].replace("서버", "메모리")
    (inbox / "r.jsonl").write_text("\n".join(lines[:2]) + "\n", encoding="utf-8")
    made, _ = run(inbox, out)
    assert sorted(made) == ["3.txt", "r.jsonl:2"]
    after = files(out)
    assert len(before.keys() - after.keys()) == 2, "the old report of the second record, that of the fourth"
    assert len(after.keys() - before.keys()) == 2
    assert [json.loads(line)["source"] for line in after["failures.jsonl"].splitlines()] == [
        str(inbox / "empty.txt")
    ]
    run(inbox, tmp_path / "fresh")
    assert files(tmp_path / "fresh") == after


def test_a_report_that_somebody_removed_is_made_again(run: Run, inbox: Path, tmp_path: Path) -> None:
    run(inbox, tmp_path / "out")
    before = files(tmp_path / "out")
    victim = next(p for p in (tmp_path / "out").glob("*.json"))
    victim.unlink()
    made, _ = run(inbox, tmp_path / "out")
    assert len(made) == 1
    assert files(tmp_path / "out") == before


def test_other_settings_and_force_make_all_again(
    run: Run, inbox: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    run(inbox, tmp_path / "out")
    assert len(run(inbox, tmp_path / "out", again="all")[0]) == 6
    assert len(run(inbox, tmp_path / "out", "json", "md")[0]) == 6, "a format that is not there"
    assert run(inbox, tmp_path / "out", "md")[0] == []
    monkeypatch.setattr(sys.modules[__name__], "SETTINGS", load_settings(None, {"summary.length": "2"}))
    assert len(run(inbox, tmp_path / "out")[0]) == 6
    assert not list((tmp_path / "out").glob("*.md")), "of other settings"


def test_the_spread_of_the_work_is_no_other_setting(
    run: Run, inbox: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    run(inbox, tmp_path / "out")
    monkeypatch.setattr(sys.modules[__name__], "SETTINGS", load_settings(None, {"run.batch": 1}))
    assert run(inbox, tmp_path / "out")[0] == []


def test_failures_are_tried_again_when_asked(run: Run, inbox: Path, tmp_path: Path) -> None:
    out = tmp_path / "out"
    run(inbox, out)
    told = [json.loads(line) for line in (out / "failures.jsonl").read_text().splitlines()]
    assert [(Path(one["source"]).name, one["step"], one["reason"]) for one in told] == [
        ("empty.txt", "read", "empty"),
        ("r.jsonl:3", "read", "bad-json"),
    ]
    with Store(out) as store:
        assert list(retry(store, run.load)) == []
    assert len((out / "failures.jsonl").read_text().splitlines()) == 2
    (inbox / "empty.txt").write_text("늦게 온 회사의 매출이 늘었다. 투자도 늘렸다.\n", encoding="utf-8")
    with Store(out) as store:
        made = list(retry(store, run.load))
    assert [Path(one.path).name for one in made] == ["empty.txt"]
    assert len((out / "failures.jsonl").read_text().splitlines()) == 1


def test_a_failure_that_is_gone_is_no_longer_told(run: Run, inbox: Path, tmp_path: Path) -> None:
    run(inbox, tmp_path / "out")
    (inbox / "empty.txt").unlink()
    (inbox / "r.jsonl").unlink()
    run(inbox, tmp_path / "out")
    assert not (tmp_path / "out" / "failures.jsonl").exists()
    assert len(list((tmp_path / "out").glob("*.json"))) == 6, "reports of what was taken away stay"


def test_two_folders_of_articles_fill_one(run: Run, inbox: Path, tmp_path: Path) -> None:
    other = tmp_path / "other"
    other.mkdir()
    (other / "a.txt").write_text("저녁 회사의 매출이 9% 늘었다. 투자도 늘렸다.\n", encoding="utf-8")
    run(inbox, tmp_path / "out")
    run(other, tmp_path / "out")
    assert len(list((tmp_path / "out").glob("*.json"))) == 7
    assert len((tmp_path / "out" / "failures.jsonl").read_text().splitlines()) == 2


# ── shards ─────────────────────────────────────────────────────────────────────────────────────────


def ids(out: Path, shard: int) -> list[str]:
    lines = (out / f"reports-{shard:05}.jsonl").read_bytes().splitlines()
    return [Path(json.loads(line)["source"]["path"]).name for line in lines]


def test_reports_in_shards(run: Run, inbox: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    pq = pytest.importorskip("pyarrow.parquet")
    for module in ("decide", "shards"):
        monkeypatch.setattr(sys.modules[f"pipeline.store.{module}"], "SHARD", 4)
    out = tmp_path / "out"
    run(inbox, out, "jsonl", "parquet")
    assert (ids(out, 0), ids(out, 1)) == (ALL[:4], ALL[4:])
    assert set(files(out)) == {"failures.jsonl"} | {
        f"reports-0000{n}.{name}" for n in (0, 1) for name in ("jsonl", "parquet")
    }
    for shard in (0, 1):
        table = pq.read_table(out / f"reports-{shard:05}.parquet")
        assert table.schema.metadata[b"yoyak.schema"] == b"yoyak.reports/1"
        lines = (out / f"reports-{shard:05}.jsonl").read_text(encoding="utf-8").splitlines()
        assert table.column("report").to_pylist() == lines
    before = files(out)
    assert run(inbox, out, "jsonl", "parquet")[0] == []
    # A changed record takes the place of the old one; a new one comes last; a vanished one leaves.
    (inbox / "1.txt").write_text("새 회사의 매출이 4% 늘었다. 투자도 늘렸다.\n", encoding="utf-8")
    (inbox / "00.txt").write_text("첫 회사의 매출이 8% 늘었다. 투자도 늘렸다.\n", encoding="utf-8")
    lines = (inbox / "r.jsonl").read_text(encoding="utf-8").splitlines()
    (inbox / "r.jsonl").write_text("\n".join(lines[:1]) + "\n", encoding="utf-8")
    made, _ = run(inbox, out, "jsonl", "parquet")
    assert sorted(made) == ["00.txt", "1.txt", "z-copy.txt"]
    assert (ids(out, 0), ids(out, 1)) == (ALL[:4], ["00.txt", "z-copy.txt"])
    assert "새 회사" in files(out)["reports-00000.jsonl"].decode()
    (out / "reports-00000.parquet").unlink()
    assert sorted(run(inbox, out, "jsonl", "parquet")[0]) == ALL[:4]
    assert files(out).keys() == before.keys()


# ── the lock, and folders that can't be written to ─────────────────────────────────────────────────

_HOLD = "import sys, time; from pathlib import Path; from pipeline.store import Store\n" + (
    "s = Store(Path(sys.argv[1])); print('held', flush=True); time.sleep(60)"
)


@pytest.fixture
def holder(tmp_path: Path) -> Iterator[subprocess.Popen[bytes]]:
    with subprocess.Popen(
        [sys.executable, "-c", _HOLD, str(tmp_path / "out")], cwd=ROOT, stdout=subprocess.PIPE
    ) as process:
        assert process.stdout is not None
        process.stdout.readline()
        yield process
        process.kill()


def test_a_second_run_into_a_folder_is_refused(
    holder: subprocess.Popen[bytes], inbox: Path, tmp_path: Path
) -> None:
    with pytest.raises(FolderBusyError) as error:
        Store(tmp_path / "out")
    assert error.value.holder == str(holder.pid)
    done = yoyak("summarize", inbox, "-o", tmp_path / "out")
    assert done.exit_code == 1
    assert str(holder.pid) in done.stderr
    holder.kill()
    holder.wait()
    with Store(tmp_path / "out"):
        pass  # the lock died with its process


def test_a_file_in_the_way_is_told(inbox: Path, tmp_path: Path) -> None:
    (tmp_path / "out").write_text("")
    done = yoyak("summarize", inbox, "-o", tmp_path / "out")
    assert (done.exit_code, "Traceback" in done.output) == (1, False)
    assert "out" in done.stderr


def test_a_folder_that_cannot_be_written_to_is_told(run: Run, inbox: Path, tmp_path: Path) -> None:
    out = tmp_path / "out"
    run(inbox, out)
    before = files(out)
    (out / ".yoyak" / "lock").unlink()
    (out / ".yoyak" / "lock").mkdir()  # root may write into a folder of any mode
    done = yoyak("summarize", inbox, "-o", out)
    assert (done.exit_code, "Traceback" in done.output) == (1, False)
    assert files(out) == before


def test_a_manifest_of_another_version_is_refused(inbox: Path, tmp_path: Path) -> None:
    out = tmp_path / "out"
    with Store(out):
        pass
    base = sqlite3.connect(out / ".yoyak" / "manifest.sqlite")
    base.execute("PRAGMA user_version=99")
    base.close()
    done = yoyak("summarize", inbox, "-o", out)
    assert (done.exit_code, "99" in done.stderr) == (1, True)
    (out / ".yoyak" / "manifest.sqlite").write_bytes(b"no manifest at all " * 100)
    assert yoyak("summarize", inbox, "-o", out).exit_code == 1


# ── what is to be done, by itself ──────────────────────────────────────────────────────────────────

DONE = Row("a.txt", "a.txt", 0, "f00", "m", "done", "a-1", ("json", "md"))
WANTED = Wanted("m", ("json",))


@pytest.mark.parametrize(
    ("row", "sha256", "wanted", "there", "done"),
    [
        (DONE, "f00", WANTED, True, True),
        (None, "f00", WANTED, True, False),
        (DONE, "f01", WANTED, True, False),
        (DONE, "f00", Wanted("n", ("json",)), True, False),
        (DONE, "f00", Wanted("m", ("html",)), True, False),
        (DONE, "f00", WANTED, False, False),
        (DONE, "f00", Wanted("m", ("json",), "all"), True, False),
        (DONE, "f00", Wanted("m", ("json",), "failed"), True, True),
        (Row("b", "b", 0, "f00", "m", "failed"), "f00", WANTED, True, True),
        (Row("b", "b", 0, "f00", "m", "failed"), "f00", Wanted("m", ("json",), "failed"), True, False),
        (Row("b", "b", 0, "f00", "m", "duplicate"), "f00", Wanted("m", (), "failed"), True, True),
    ],
)
def test_what_is_done(row: Row | None, sha256: str, wanted: Wanted, there: bool, done: bool) -> None:
    assert decide.is_done(row, sha256, wanted, lambda name: there, lambda number: False) == done


def test_a_report_waits_or_stands_in_its_shard() -> None:
    row = Row("a", "a", 0, "f", "m", "done", "a-1", ("jsonl",), number=2_500)
    wanted, asked = Wanted("m", ("jsonl",)), list[str]()

    def there(name: str) -> bool:
        asked.append(name)
        return False

    assert decide.is_done(row, "f", wanted, there, lambda number: number == 2_500)
    assert not decide.is_done(row, "f", wanted, there, lambda number: False)
    assert asked == ["reports-00002.jsonl"]


def test_a_file_is_unchanged() -> None:
    second = 1_000_000_000
    held = Stamp("a", 10, 5 * second, 6 * second, 9 * second)
    assert decide.is_unchanged(Stamp("a", 10, 5 * second, 6 * second, 99 * second), held)
    assert not decide.is_unchanged(Stamp("a", 11, 5 * second, 6 * second, 99 * second), held)
    assert not decide.is_unchanged(Stamp("a", 10, 5 * second, 7 * second, 99 * second), held)
    assert not decide.is_unchanged(held, None)
    fresh = Stamp("a", 10, 5 * second, 8 * second, 9 * second)
    assert not decide.is_unchanged(fresh, fresh), "it may have been written to again within a tick"


def test_what_a_change_leaves_behind() -> None:
    new = Row("a.txt", "a.txt", 0, "f01", "m", "done", "a-2", ("json",))
    assert decide.change(DONE, new).unwanted == ("a-1.json", "a-1.md")
    same = Row("a.txt", "a.txt", 0, "f00", "m", "done", "a-1", ("html",))
    assert decide.change(DONE, same).row.formats == ("json", "md", "html")
    failed = Row("a.txt", "a.txt", 0, "f01", "m", "failed")
    sharded = Row("a.txt", "a.txt", 0, "f00", "m", "done", "a-1", ("jsonl",), number=1_234)
    assert decide.change(sharded, failed).spoilt == 1
    again = Row("a.txt", "a.txt", 0, "f01", "m", "done", "a-2", ("jsonl",))
    assert (decide.change(sharded, again).row.number, decide.change(sharded, again).spoilt) == (1_234, None)


def test_what_is_known_of_an_article_goes_through_the_manifest(tmp_path: Path) -> None:
    from pipeline.store.manifest import Manifest

    known = Known("a", "f", "a-1", "example.com/a?", "제목", 3, "가나다")
    row = Row("a", "a.jsonl", 7, "f", "m", "done", "a-1", ("json", "md"), 5, job="j", known=known)
    base = Manifest(tmp_path / "m.sqlite")
    with base:
        base.put(row)
    assert base.row("a") == row
    with pytest.raises(RuntimeError), base:
        base.drop("a")
        raise RuntimeError
    assert list(base.rows_of("a.jsonl")) == [row], "a change is whole or none"
    base.close()
