"""Notes are records with a code, and every code has its sentence."""

from __future__ import annotations

import json
import re
from dataclasses import replace
from pathlib import Path

import jsonschema
import pytest

from pipeline import read
from pipeline.cli.app import noted
from pipeline.records import Article, Note, Report
from pipeline.settings import load_genres, load_messages
from pipeline.writers import dump, load_report, schema

from .conftest import ROOT


def test_every_code_has_its_sentence_and_every_sentence_its_code() -> None:
    sources = [path.read_text(encoding="utf-8") for path in (ROOT / "pipeline").rglob("*.py")]
    codes = {code for source in sources for code in re.findall(r'\bNote\(\s*"([a-z-]+)"', source)}
    assert len(codes) > 10
    codes |= {f"genre-{genre.id}" for genre in load_genres()}
    for lang in ("ko", "en"):
        told = {key[6:] for key in load_messages(lang) if key.startswith("notes.")}
        assert told == codes


@pytest.fixture
def report(seed_reports: list[Report]) -> Report:
    return replace(seed_reports[0], warnings=(Note("encoding", "cp949"), Note("html-body")))


def test_a_report_has_them_in_its_json_and_schema(report: Report) -> None:
    written = json.loads(dump(report))
    assert written["warnings"] == [
        {"code": "encoding", "detail": "cp949"},
        {"code": "html-body", "detail": ""},
    ]
    jsonschema.validate(written, schema("report"))
    with pytest.raises(jsonschema.ValidationError):
        jsonschema.validate({**written, "warnings": ["html-body"]}, schema("report"))
    assert load_report(dump(report)) == report


def test_a_report_written_before_is_read(report: Report) -> None:
    written = json.loads(dump(report))
    before = {**written, "warnings": ["encoding: cp949", "html-body"], "figures": []}
    assert load_report(json.dumps(before, ensure_ascii=False)) == replace(report, figures=())
    assert load_report(json.dumps({**written, "warnings": ["date: a: b"]})).warnings == (
        Note("date", "a: b"),
    )


def test_a_person_reads_the_sentence() -> None:
    note = Note("encoding", "cp949")
    assert noted(note, "ko") != noted(note, "en") == "read as cp949"
    assert noted(Note("of-tomorrow", "x"), "ko") == "of-tomorrow: x"


def test_what_the_reading_process_notes_comes_through(tmp_path: Path) -> None:
    text = (
        "<html><body><article><p>한빛시는 새 도서관을 열었다고 오늘 밝혔다. 자리는 300석이다.</p></article>"
    )
    (tmp_path / "page.html").write_bytes(text.encode("cp949"))
    (article,) = read(tmp_path)
    assert isinstance(article, Article)
    assert article.notes == (Note("encoding", "cp949"),)
