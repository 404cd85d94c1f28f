"""Every format and trouble of docs/formats.md: a file and what it reads as. A new case is two new files."""

from __future__ import annotations

from pathlib import Path

import pytest

from pipeline.records import Failure, Reading
from pipeline.settings import load_messages

from .conftest import ROOT
from .describe import describe, documents

CASES = ROOT / "tests" / "cases"
EXPECTED = sorted([*(CASES / "readers").glob("*.expected"), *(CASES / "layout").glob("*.expected")])
_EXTRAS = {".hwp": "olefile", ".pdf": "pypdfium2", ".parquet": "pyarrow"}


def _reading(path: Path) -> Reading:
    """Settings of a case: its ``.fields`` file maps fields."""
    told = path.with_name(path.name + ".fields")
    pairs = [line.split("=") for line in told.read_text(encoding="utf-8").split()] if told.exists() else []
    return Reading(fields=tuple((name, key) for name, key in pairs))


@pytest.mark.parametrize("expected", EXPECTED, ids=lambda path: f"{path.parent.name}/{path.stem}")
def test_a_file_reads_as_expected(expected: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = expected.with_suffix("")
    if path.suffix in _EXTRAS:
        pytest.importorskip(_EXTRAS[path.suffix])
    monkeypatch.chdir(path.parent)
    assert describe(path.name, _reading(path)) == expected.read_text(encoding="utf-8").rstrip("\n")


@pytest.mark.parametrize("expected", EXPECTED, ids=lambda path: f"{path.parent.name}/{path.stem}")
def test_offsets_point_into_the_decoded_text(expected: Path) -> None:
    path = expected.with_suffix("")
    if path.suffix in _EXTRAS:
        pytest.importorskip(_EXTRAS[path.suffix])
    data = path.read_bytes()
    for document in documents(str(path), _reading(path)):
        if isinstance(document, Failure):
            continue
        source = document.article.source
        if source.format in ("text", "markdown") and source.path == str(path) and source.encoding:
            garbled = any(note.code == "mojibake" for note in document.article.notes)
            assert garbled or document.article.text == data.decode(source.encoding, "replace")
        last = 0
        for unit in document.units:
            assert last <= unit.start < unit.end <= len(document.article.text)
            last = unit.end
            for token in unit.tokens:
                assert 0 <= token.start <= token.end <= len(unit.text)


def test_every_case_has_its_expectation() -> None:
    files = {path for folder in ("readers", "layout") for path in (CASES / folder).iterdir()}
    lonely = {path.name for path in files if path.suffix not in (".expected", ".fields")} - {
        path.stem for path in EXPECTED
    }
    assert not lonely


@pytest.mark.parametrize("lang", ["ko", "en"])
def test_every_failure_and_note_of_the_cases_has_a_text(lang: str) -> None:
    texts = load_messages("ko" if lang == "ko" else "en")
    for expected in EXPECTED:
        for line in expected.read_text(encoding="utf-8").splitlines():
            if line.startswith("✗ "):
                assert f"failures.{line.rsplit(': ', 1)[1]}" in texts
            elif line.startswith("note: "):
                assert f"notes.{line.removeprefix('note: ').split(':')[0]}" in texts
