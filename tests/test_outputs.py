"""Outputs for many: one file, shards, and a digest that starts from them."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest
from typer.testing import CliRunner, Result

from pipeline.cli import app
from pipeline.records import DataError, Report
from pipeline.run.clock import STEPS
from pipeline.writers import REPORT_WRITERS, dump
from pipeline.writers.reports import SCHEMA, load_reports, parquet_schema, write_parquet

from .conftest import SEEDS


def yoyak(*arguments: object, stdin: str | None = None) -> Result:
    return CliRunner().invoke(app, [str(a) for a in arguments], input=stdin)


def lines_of(reports: list[Report]) -> list[bytes]:
    return [dump(report).encode() for report in reports]


def test_reports_come_back_as_they_were(seed_reports: list[Report], tmp_path: Path) -> None:
    pytest.importorskip("pyarrow")
    write_parquet(lines_of(seed_reports), tmp_path / "a.parquet")
    (tmp_path / "a.jsonl").write_bytes(b"\n".join(lines_of(seed_reports)))
    (tmp_path / "a.json").write_text(REPORT_WRITERS["json"](seed_reports[0], {}), encoding="utf-8")
    assert list(load_reports(tmp_path / "a.parquet")) == seed_reports
    assert list(load_reports(tmp_path / "a.jsonl")) == seed_reports
    assert list(load_reports(tmp_path / "a.json")) == seed_reports[:1]


def test_parquet_has_the_same_columns_whatever_is_in_it(seed_reports: list[Report], tmp_path: Path) -> None:
    pq = pytest.importorskip("pyarrow.parquet")
    write_parquet(lines_of(seed_reports), tmp_path / "all.parquet")
    bare = Report(
        id="a", title=None, source=seed_reports[0].source, sentences=(), ranking=(), summary=(), themes=(),
        keywords=(),
    )  # fmt: skip
    write_parquet(lines_of([bare]), tmp_path / "bare.parquet")
    write_parquet([], tmp_path / "none.parquet")
    for name in ("all", "bare", "none"):
        schema = pq.read_schema(tmp_path / f"{name}.parquet")
        assert schema.equals(parquet_schema())
        assert schema.metadata[b"yoyak.schema"].decode() == SCHEMA
    rows = pq.read_table(tmp_path / "all.parquet").to_pylist()
    for row, report in zip(rows, seed_reports, strict=True):
        assert row["summary"] == [report.sentences[i].text for i in report.summary]
        assert [one["theme"] for one in row["sentences"]] == [one.theme for one in report.sentences]
        assert row["published"] == report.source.published
    assert not pq.read_schema(tmp_path / "all.parquet").field("summary").type.equals("string")


def test_parquet_is_read_by_pandas(seed_reports: list[Report], tmp_path: Path) -> None:
    pandas = pytest.importorskip("pandas")
    pytest.importorskip("pyarrow")
    write_parquet(lines_of(seed_reports), tmp_path / "a.parquet")
    frame = pandas.read_parquet(tmp_path / "a.parquet")
    assert list(frame["id"]) == [report.id for report in seed_reports]
    assert json.loads(frame["report"][0])["id"] == seed_reports[0].id


def test_parquet_is_read_by_duckdb(seed_reports: list[Report], tmp_path: Path) -> None:
    duckdb = pytest.importorskip("duckdb")
    write_parquet(lines_of(seed_reports), tmp_path / "a.parquet")
    query = f"SELECT count(*) FROM (SELECT unnest(sentences) FROM '{tmp_path / 'a.parquet'}')"
    assert duckdb.sql(query).fetchone() == (sum(len(one.sentences) for one in seed_reports),)


@pytest.mark.parametrize("name", ["reports.jsonl", "reports.parquet"])
def test_an_output_that_is_a_file(name: str, seed_reports: list[Report], tmp_path: Path) -> None:
    pytest.importorskip("pyarrow")
    out = tmp_path / "new" / name
    done = yoyak("summarize", SEEDS, "-o", out)
    assert done.exit_code == 0, done.output
    assert [p.name for p in out.parent.iterdir()] == [name]
    assert [(one.id, one.summary) for one in load_reports(out)] == [(r.id, r.summary) for r in seed_reports]


def test_a_file_takes_one_format_and_is_not_touched_where_nothing_is_made(tmp_path: Path) -> None:
    out = tmp_path / "reports.jsonl"
    assert yoyak("summarize", SEEDS, "-o", out, "--format", "json").exit_code == 2
    out.write_text("before")
    (tmp_path / "empty.txt").write_text("")
    assert yoyak("summarize", tmp_path / "empty.txt", "-o", out).exit_code == 1
    assert (out.read_text(), len(list(tmp_path.iterdir()))) == ("before", 2)


def test_a_digest_from_reports_is_the_digest_of_the_articles(tmp_path: Path) -> None:
    pytest.importorskip("pyarrow")
    inbox = tmp_path / "inbox"
    inbox.mkdir()
    for file in sorted(SEEDS.iterdir())[:6]:
        (inbox / file.name).write_bytes(file.read_bytes())
    right = tmp_path / "right"
    assert yoyak("digest", inbox, "-o", right).exit_code == 0
    for n, formats in enumerate(("json", "jsonl,parquet", "md,parquet")):
        assert yoyak("summarize", inbox, "-o", tmp_path / f"s{n}", "--format", formats).exit_code == 0
    assert yoyak("summarize", inbox, "-o", tmp_path / "r.jsonl").exit_code == 0
    for n, place in enumerate(("s0", "s1", "s2", "r.jsonl")):
        done = yoyak("digest", "--from", tmp_path / place, "-o", tmp_path / f"d{n}")
        assert done.exit_code == 0, done.output
        for file in right.iterdir():
            assert (tmp_path / f"d{n}" / file.name).read_bytes() == file.read_bytes(), (place, file.name)


def test_failures_of_a_folder_stand_in_its_digest(tmp_path: Path) -> None:
    inbox = tmp_path / "inbox"
    inbox.mkdir()
    (inbox / "a.txt").write_bytes((SEEDS / "short-notice.txt").read_bytes())
    (inbox / "b.txt").write_bytes((SEEDS / "short-notice.txt").read_bytes())
    (inbox / "empty.txt").write_text("")
    assert yoyak("digest", inbox, "-o", tmp_path / "right").exit_code == 3
    assert yoyak("summarize", inbox, "-o", tmp_path / "s").exit_code == 3
    assert yoyak("digest", "--from", tmp_path / "s", "-o", tmp_path / "d").exit_code == 3
    assert (tmp_path / "d" / "digest.json").read_bytes() == (tmp_path / "right" / "digest.json").read_bytes()


def test_a_folder_without_failures_has_nothing_to_retry(tmp_path: Path) -> None:
    article, broken, out = SEEDS / "capex-race.txt", tmp_path / "broken.json", tmp_path / "out"
    broken.write_text("{", encoding="utf-8")
    assert yoyak("summarize", article, broken, "-o", out).exit_code == 3
    assert yoyak("retry", out).exit_code != 0
    broken.write_text(json.dumps({"title": "공장", "body": "공장이 문을 열었다."}), encoding="utf-8")
    assert yoyak("retry", out).exit_code == 0
    done = yoyak("retry", out, "--lang", "en")
    assert (done.exit_code, done.stdout) == (0, "")
    assert "done again" in done.output


def test_what_is_no_report_is_told(tmp_path: Path, seed_reports: list[Report]) -> None:
    (tmp_path / "bad.jsonl").write_text('{"id": 3}\n')
    with pytest.raises(DataError, match=r"bad\.jsonl"):
        list(load_reports(tmp_path / "bad.jsonl"))
    calls: list[list[object]] = [["--from", tmp_path / f"{name}.jsonl"] for name in ("bad", "no")]
    for wrong in [*calls, [], [SEEDS, "--from", "a"]]:
        done = yoyak("digest", *wrong)
        assert (done.exit_code, "Traceback" in done.output) == (2, False), wrong
    (tmp_path / "good.jsonl").write_bytes(lines_of(seed_reports)[0])
    done = yoyak("digest", "--from", tmp_path / "good.jsonl", "--themes", "realestate")
    assert (done.exit_code, "--themes" in done.stderr) == (2, True)


def test_a_run_report_tells_what_it_cost(tmp_path: Path) -> None:
    commands: list[list[object]] = [["summarize", "-o", tmp_path / "out"], ["summarize"], ["digest"]]
    for n, command in enumerate(commands):
        file = tmp_path / f"run{n}.json"
        assert yoyak(*command, SEEDS / "short-notice.txt", "--report", file).exit_code == 0
        found = json.loads(file.read_text())
        assert found["schema"] == "yoyak.run/1"
        assert found["articles"] == {"made": 1, "left": 0, "failed": 0, "copies": 0}
        assert {"read", *STEPS} <= found["steps"].keys()
        assert all(cost["calls"] for cost in found["steps"].values())
        assert sum(cost["seconds"] for cost in found["steps"].values()) <= found["seconds"]["processor"] + 0.1
        assert found["memory_bytes"] is None or found["memory_bytes"] > 1_000_000


def test_a_step_is_counted_by_whatever_name_it_is_called(monkeypatch: pytest.MonkeyPatch) -> None:
    from pipeline import layout, readers
    from pipeline.run import clock, steps

    own = layout.lay_out
    monkeypatch.setattr(steps, "as_somebody_imports_it", own, raising=False)
    with clock.watched() as found:
        assert layout.lay_out is not own
        assert vars(steps)["as_somebody_imports_it"] is layout.lay_out
        found.watch_items(readers.read_changed, "read")
        assert list(readers.read(str(SEEDS / "short-notice.txt")))
    assert layout.lay_out is own
    assert vars(steps)["as_somebody_imports_it"] is own
    assert found.costs["read"].calls == 3  # an article, a stamp, the end


def test_reports_are_printed_a_line_each() -> None:
    done = yoyak("summarize", SEEDS / "short-notice.txt", "--format", "jsonl")
    assert done.exit_code == 0
    assert done.stdout == yoyak("summarize", SEEDS / "short-notice.txt", "--format", "json").stdout
    assert json.loads(done.stdout)["schema"] == "yoyak.report/1"
    assert yoyak("summarize", SEEDS, "--format", "parquet").exit_code == 2


def test_quiet_and_verbose(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_bytes((SEEDS / "short-notice.txt").read_bytes())
    (tmp_path / "b.txt").write_bytes((SEEDS / "short-notice.txt").read_bytes())
    (tmp_path / "c.txt").write_text("")
    given = [tmp_path / name for name in ("a.txt", "b.txt", "c.txt")]
    quiet = yoyak("summarize", *given, "-o", tmp_path / "q", "--quiet")
    assert ("c.txt" in quiet.stderr, "b.txt" in quiet.stderr) == (True, False)
    verbose = yoyak("summarize", *given, "-o", tmp_path / "v", "--verbose")
    assert verbose.stderr.splitlines()[0].endswith("a.txt")


def test_a_line_now_and_then_in_a_log(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    from pipeline.cli import progress

    monkeypatch.setattr(progress, "_EVERY", 0.0)
    done = yoyak("summarize", SEEDS, "-o", tmp_path / "out", "--lang", "en")
    told = [line for line in done.stderr.splitlines() if "articles ·" in line]
    assert len(told) == 14
    assert told[-1].startswith("14/14 articles")
    assert "characters/s" in told[0]
    assert re.search(r"\d:\d\d left", told[0])


def test_the_clock_leaves_everything_as_it_was() -> None:
    from pipeline import cohesion, salience
    from pipeline.run.clock import watched

    before = (cohesion.read, dict(salience.METHODS))
    with watched():
        assert cohesion.read is not before[0]
    assert (cohesion.read, salience.METHODS) == before
