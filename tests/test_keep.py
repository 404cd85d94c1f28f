"""What goes along with an article: the record's own id, and columns that are named."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterator
from pathlib import Path

import pytest
from typer.testing import CliRunner

from pipeline import Pipeline, read
from pipeline.cli import app
from pipeline.records import Article, Failure, Reading, Report
from pipeline.store import STATE
from pipeline.store.manifest import VERSION, Manifest
from pipeline.writers import dump
from pipeline.writers.json import load_report
from pipeline.writers.reports import load_reports

BODY = "회사의 매출이 3% 늘었다. 투자도 늘렸다. 공장은 내년에 선다."


def one(path: Path, *keep: str, fields: tuple[tuple[str, str], ...] = ()) -> Article:
    (found,) = read(path, Reading(keep=keep, fields=fields))
    assert isinstance(found, Article), found
    return found


def written(tmp_path: Path, **record: object) -> Path:
    file = tmp_path / "a.json"
    file.write_text(
        json.dumps({"title": "매출", "body": BODY, **record}, ensure_ascii=False), encoding="utf-8"
    )
    return file


@pytest.mark.parametrize(
    ("record", "expected"),
    [
        ({"id": "A-1"}, "A-1"),
        ({"id": 17}, "17"),
        ({"_id": "x"}, "x"),
        ({"뉴스 식별자": "01100101.20260301"}, "01100101.20260301"),
        ({"id": " a\x1b[31m\nb "}, "a [31m b"),
        ({"id": {"$oid": "1"}}, None),
        ({"id": ["a"]}, None),
        ({"id": True}, None),
        ({"id": ""}, None),
        ({"id": "x" * 201}, None),
        ({"id": "\ud800"}, None),
        ({}, None),
    ],
)
def test_the_own_id_of_a_record(record: dict[str, object], expected: str | None, tmp_path: Path) -> None:
    file = tmp_path / "a.json"
    file.write_text(json.dumps({"title": "매출", "body": BODY, **record}), encoding="utf-8")
    found = one(file)
    assert (found.source.id, found.source.kept, found.notes) == (expected, {}, ())


def test_the_own_id_is_where_it_is_told_to_be(tmp_path: Path) -> None:
    file = written(tmp_path, id="no", key="yes")
    found = one(file, fields=(("id", "key"),))
    assert (found.source.id, found.notes) == ("yes", ())


def test_columns_that_are_kept(tmp_path: Path) -> None:
    record = {
        "desk": "경제", "n": 3, "share": 0.5, "flag": True, "tags": ["가", "나"], "of": {"x": None},
        "none": None, "empty": "", "Page No": "A1\n둘째 줄", "other": "no",
    }  # fmt: skip
    keep = ("desk", "n", "share", "flag", "tags", "of", "none", "empty", "page_no", "absent")
    assert one(written(tmp_path, **record), *keep).source.kept == {
        "desk": "경제", "n": "3", "share": "0.5", "flag": "true", "tags": '["가", "나"]', "of": '{"x": null}',
        "page_no": "A1\n둘째 줄",
    }  # fmt: skip


@pytest.mark.parametrize("value", ["\0", "\ud800", "가" * 200_001])
def test_what_can_not_be_kept_is_told(value: str, tmp_path: Path) -> None:
    file = tmp_path / "a.json"
    file.write_text(json.dumps({"body": BODY, "desk": value}), encoding="utf-8")
    (found,) = read(file, Reading(keep=("desk",)))
    assert isinstance(found, Failure)
    assert (found.reason, found.detail[:5]) == ("bad-field", "desk:")
    assert isinstance(next(iter(read(file))), Article)


def test_tables_and_front_matter(tmp_path: Path) -> None:
    pa = pytest.importorskip("pyarrow")
    pq = pytest.importorskip("pyarrow.parquet")
    row = {"id": "7", "title": "매출", "body": BODY, "desk": "경제"}
    (tmp_path / "a.csv").write_text(",".join(row) + "\n" + ",".join(row.values()) + "\n", encoding="utf-8")
    pq.write_table(pa.Table.from_pylist([row]), tmp_path / "a.parquet")
    (tmp_path / "a.jsonl").write_text(json.dumps(row) + "\n", encoding="utf-8")
    (tmp_path / "a.md").write_text(f"---\nid: 7\ntitle: 매출\ndesk: 경제\n---\n{BODY}\n", encoding="utf-8")
    for name in ("a.csv", "a.parquet", "a.jsonl", "a.md"):
        source = one(tmp_path / name, "desk").source
        assert (source.id, source.kept) == ("7", {"desk": "경제"}), name


@pytest.fixture
def records(tmp_path: Path) -> Path:
    file = tmp_path / "a.jsonl"
    rows = [
        {"id": f"n{i}", "title": f"매출 {i}", "body": f"{i}번째 {BODY}", "desk": "경제"} for i in range(3)
    ]
    file.write_text("".join(json.dumps(row) + "\n" for row in rows), encoding="utf-8")
    return file


def sources(reports: Iterator[Report]) -> list[tuple[str | None, dict[str, str]]]:
    return sorted((one.source.id, one.source.kept) for one in reports)


def test_they_go_along_to_every_output(records: Path, tmp_path: Path) -> None:
    pq = pytest.importorskip("pyarrow.parquet")
    given = ["summarize", str(records), "--keep", "desk", "--keep", "page,none", "-o"]
    right = [(f"n{i}", {"desk": "경제"}) for i in range(3)]
    for out, *more in (["r.jsonl"], ["r.parquet"], ["f", "--format", "json,jsonl,parquet"]):
        done = CliRunner().invoke(app, [*given, str(tmp_path / out), *more])
        assert done.exit_code == 0, done.output
        assert sources(load_reports(tmp_path / out)) == right
    rows = pq.read_table(tmp_path / "r.parquet").to_pylist()
    assert [(row["source_id"], row["kept"]) for row in rows] == [
        (f"n{i}", [("desk", "경제")]) for i in range(3)
    ]
    found = sqlite3.connect(tmp_path / "f" / STATE / "manifest.sqlite").execute("SELECT own FROM records")
    assert sorted(own for (own,) in found) == ["n0", "n1", "n2"]
    # Other columns are another report.
    again = CliRunner().invoke(app, [*given, str(tmp_path / "f"), "--format", "json", "--keep", "title"])
    assert again.exit_code == 0
    assert {one.source.kept["title"] for one in load_reports(tmp_path / "f")} == {
        f"매출 {i}" for i in range(3)
    }
    digest = CliRunner().invoke(
        app, ["digest", "--from", str(tmp_path / "r.parquet"), "-o", str(tmp_path / "d")]
    )
    assert digest.exit_code == 0, digest.output


def test_they_go_along_with_rows_of_a_program(pipeline: Pipeline) -> None:
    (made,) = pipeline.pipe([{"id": 5, "body": BODY}])
    assert isinstance(made, Report)
    assert made.source.id == "5"


def test_reports_from_before_have_none(seed_reports: list[Report]) -> None:
    old = json.loads(dump(seed_reports[0]))
    del old["source"]["id"], old["source"]["kept"]
    assert load_report(json.dumps(old)) == seed_reports[0]


def test_a_manifest_from_before_is_taken_on(tmp_path: Path) -> None:
    file = tmp_path / "manifest.sqlite"
    Manifest(file).close()
    base = sqlite3.connect(file)
    base.executescript("ALTER TABLE records DROP COLUMN own; PRAGMA user_version=1;")
    base.close()
    manifest = Manifest(file)
    assert manifest.row("nowhere") is None
    manifest.close()
    assert sqlite3.connect(file).execute("PRAGMA user_version").fetchone() == (VERSION,)
