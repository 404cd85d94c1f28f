"""A file may take as long as it takes: what its articles cost elsewhere is not time for reading."""

from __future__ import annotations

import csv
import io
import json
import time
import zipfile
from pathlib import Path

import pytest

from pipeline import read
from pipeline.records import Article

_MANY = 2_000


def _body(i: int) -> str:
    return f"{i}번째 회사의 매출이 지난해보다 늘었다고 5일 밝혔다. 투자도 {i}억원 늘린다."


def _jsonl() -> bytes:
    lines = (json.dumps({"title": f"기사 {i}", "body": _body(i)}, ensure_ascii=False) for i in range(_MANY))
    return "\n".join(lines).encode()


def _json() -> bytes:
    return json.dumps([{"title": f"기사 {i}", "body": _body(i)} for i in range(_MANY)]).encode()


def _csv() -> bytes:
    out = io.StringIO()
    writer = csv.writer(out)
    writer.writerows([("title", "body"), *((f"기사 {i}", _body(i)) for i in range(_MANY))])
    return out.getvalue().encode()


def _zip() -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as packed:
        for i in range(_MANY):
            packed.writestr(f"{i:04}.txt", _body(i))
    return out.getvalue()


def _parquet() -> bytes:
    pa, pq = pytest.importorskip("pyarrow"), pytest.importorskip("pyarrow.parquet")
    out = io.BytesIO()
    columns = {"title": [f"기사 {i}" for i in range(_MANY)], "body": [_body(i) for i in range(_MANY)]}
    pq.write_table(pa.table(columns), out)
    return out.getvalue()


@pytest.mark.parametrize(
    ("name", "make"),
    [("a.jsonl", _jsonl), ("a.json", _json), ("a.csv", _csv), ("a.zip", _zip), ("a.parquet", _parquet)],
)
def test_many_records_and_a_slow_consumer_lose_nothing(
    name: str, make: object, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert callable(make)
    (tmp_path / name).write_bytes(make())
    now = time.monotonic()
    monkeypatch.setattr(time, "monotonic", lambda: now)
    found = []
    for item in read(tmp_path / name):
        now += 1.0  # half an hour in all
        found.append(item)
    assert len(found) == _MANY
    assert all(isinstance(item, Article) for item in found)
