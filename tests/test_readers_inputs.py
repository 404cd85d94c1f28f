"""Which files are read: folders, patterns, links, hidden files, copies, limits, standard input."""

from __future__ import annotations

import io
import json
import os
import re
import sys
import time
import zipfile
from dataclasses import replace
from hashlib import sha256
from pathlib import Path

import pytest

from pipeline import Pipeline, read
from pipeline.layout import lay_out
from pipeline.readers import READERS
from pipeline.records import Article, Failure, Limits, Reading, Report
from pipeline.settings import ConfigError, load_boilerplate, load_settings

from .conftest import ROOT, article, needs_shared

TEXT = "항구에 새 배가 들어왔다. 배에는 사람이 없다.\n"
CASES = ROOT / "tests" / "cases" / "readers"


def reasons(found: list[Article | Failure]) -> list[str]:
    return [item.reason if isinstance(item, Failure) else "read" for item in found]


def limited(path: Path, **limits: float) -> list[str]:
    return reasons(list(read(path, Reading(limits=Limits(**limits)))))  # type: ignore[arg-type]


def test_hidden_and_temporary_files_are_left_out(tmp_path: Path) -> None:
    for name in ("a.txt", ".a.txt", "~$a.docx", "a.txt~", "#a.txt#", "b.txt.tmp", "c.txt.part", "image.png"):
        (tmp_path / name).write_text(TEXT + name)
    (tmp_path / ".git").mkdir()
    (tmp_path / ".git" / "b.txt").write_text(TEXT)
    assert [item.source.path for item in read(tmp_path) if isinstance(item, Article)] == [
        str(tmp_path / "a.txt")
    ]


def test_links_do_not_loop_and_a_file_reached_twice_is_read_once(tmp_path: Path) -> None:
    (tmp_path / "a").mkdir()
    (tmp_path / "a" / "b.txt").write_text(TEXT)
    (tmp_path / "a" / "up").symlink_to(tmp_path)
    (tmp_path / "again").symlink_to(tmp_path / "a")
    (tmp_path / "link.txt").symlink_to(tmp_path / "a" / "b.txt")
    (tmp_path / "broken.txt").symlink_to(tmp_path / "nowhere.txt")
    found = list(read([tmp_path, tmp_path / "a" / "b.txt"]))
    assert sum(isinstance(item, Article) for item in found) == 1
    assert reasons(found).count("unreadable") == 1, "the broken link is told"


def test_copies_are_told(tmp_path: Path) -> None:
    for name in ("b.txt", "a.txt", "c.md"):
        (tmp_path / name).write_text(TEXT)
    found = list(read(tmp_path))
    assert reasons(found) == ["read", "duplicate", "duplicate"]
    assert {item.detail for item in found if isinstance(item, Failure)} == {str(tmp_path / "a.txt")}


def test_order_on_disk_and_of_arguments_does_not_matter(tmp_path: Path) -> None:
    names = [f"{n}.txt" for n in (3, 1, 2)]
    for name in names:
        (tmp_path / name).write_text(TEXT + name)
    paths = [tmp_path / name for name in names]
    assert list(read(paths)) == list(read(sorted(paths))) == list(read(reversed(paths)))


def test_a_large_folder_starts_at_once(tmp_path: Path) -> None:
    (tmp_path / "x").mkdir()
    (tmp_path / "a.txt").write_text(TEXT)
    for number in range(5_000):
        (tmp_path / "x" / f"{number}.txt").touch()
    started = time.perf_counter()
    assert isinstance(next(read(tmp_path)), Article)
    assert time.perf_counter() - started < 3


def test_a_pipe_does_not_hang_us(tmp_path: Path) -> None:
    if not hasattr(os, "mkfifo"):
        pytest.skip("no named pipes here")
    os.mkfifo(tmp_path / "pipe.txt")
    assert reasons(list(read(tmp_path / "pipe.txt"))) == ["unreadable"]
    assert reasons(list(read(tmp_path))) == ["unreadable"]


@pytest.mark.parametrize("name", ["page.html", "document.docx", "feed-rss.xml", "records.json", "cp949.txt"])
def test_standard_input_is_told_by_its_content(name: str, monkeypatch: pytest.MonkeyPatch) -> None:
    class Stdin:
        buffer = io.BytesIO((CASES / name).read_bytes())

    monkeypatch.setattr(sys, "stdin", Stdin)
    first = next(read("-"))
    assert isinstance(first, Article)
    assert (
        first.source.format
        == {"html": "html", "docx": "docx", "xml": "feed", "json": "json", "txt": "text"}[
            name.rsplit(".")[-1]
        ]
    )


@pytest.mark.parametrize("ending", sorted(READERS))
def test_every_format_has_a_case(ending: str) -> None:
    same = {name for name, reader in READERS.items() if reader is READERS[ending]}
    assert any(path.suffix in same for path in CASES.iterdir())


def test_limits_have_their_own_errors(tmp_path: Path) -> None:
    path = tmp_path / "a.txt"
    path.write_text(TEXT * 100)
    assert limited(path, file_bytes=100) == ["too-large"]
    assert limited(path, article_chars=100) == ["article-too-long"]
    path.write_text(TEXT.strip() * 100)
    assert limited(path, line_chars=100) == ["line-too-long"]
    (tmp_path / "a.json").write_text("[" * 30 + "]" * 30)
    assert limited(tmp_path / "a.json", depth=20) == ["too-deep"]
    (tmp_path / "a.html").write_text("<div>" * 30 + TEXT * 9)
    assert limited(tmp_path / "a.html", depth=20) == ["too-deep"]
    assert limited(ROOT / "tests/cases/readers/page.html", seconds=1e-9) == ["too-slow"]


def test_limits_of_archives(tmp_path: Path) -> None:
    path = tmp_path / "a.zip"
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for number in range(4):
            archive.writestr(f"{number}.txt", f"{number} {TEXT}" * 50)
    assert limited(path) == ["read"] * 4
    assert limited(path, archive_members=3) == ["too-many"]
    assert limited(path, file_bytes=1_500) == ["too-large"] * 4
    assert "bomb" in limited(path, archive_bytes=8_000)
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("a.txt", "가" * 1_000_000)
    assert limited(path, archive_ratio=100) == ["bomb"]
    inner = path.read_bytes()
    for _ in range(5):
        with zipfile.ZipFile(path, "w") as archive:
            archive.writestr("inner.zip", inner)
        inner = path.read_bytes()
    assert limited(path) == ["too-deep"]


def test_limits_and_fields_are_settings(tmp_path: Path) -> None:
    config = tmp_path / "settings.toml"
    config.write_text('[read.limits]\nline_chars = 20\n[read.fields]\nbody = "알맹이"\n', encoding="utf-8")
    settings = load_settings(config)
    assert settings.reading().limits.line_chars == 20
    assert settings.reading().fields == (("body", "알맹이"),)
    assert load_settings().reading() == Reading(), "configs/default.toml repeats the defaults of the records"
    config.write_text("[read.limits]\nline_chars = 0\n")
    with pytest.raises(ConfigError, match=r"read\.limits\.line_chars \(line 2\)"):
        load_settings(config)


def test_a_file_of_every_kind_in_one_folder_ends_in_reports(pipeline: Pipeline) -> None:
    failures: list[Failure] = []
    reports = list(pipeline.stream(read(CASES), failures.append))
    assert {report.source.format for report in reports} >= {
        "text", "markdown", "html", "feed", "json", "csv", "tsv", "mail", "docx", "hwpx",
    }  # fmt: skip
    page = next(one for one in failures if one.source.endswith("page.mhtml"))
    assert page.reason == "duplicate", "the web archive holds page.html"
    assert all(isinstance(report, Report) and report.summary for report in reports)
    assert {"binary", "mojibake", "bomb", "encrypted", "too-deep", "not-korean", "too-short", "only-table",
            "only-boilerplate"} <= {failure.reason for failure in failures}  # fmt: skip
    assert "error" not in {failure.reason for failure in failures}


@needs_shared
def test_the_layout_of_real_articles_stays_right() -> None:
    """Kinds of lines, by file and line: what a person saw in them."""
    expected = {
        "amazon-2025q4-results.txt": {
            "heading": [4, 8, 12, 19, 26, 33],
            "item": [15, 16, 17, 21, 22, 23, 24, 29, 30, 31, 35, 36, 37, 38],
            "boilerplate": [42],
        },
        "aws-ai-services.txt": {
            "title": [1],
            "heading": [5, 13, 21, 27, 35, 39, 45, 53, 63, 71],
            "boilerplate": [61],
            "item": [64, 65, 66, 67, 68, 69, 72, 73, 74],
        },
    }
    for name, kinds in expected.items():
        article = next(read(ROOT.parent / "shared" / "seeds" / name))
        assert isinstance(article, Article)
        found: dict[str, list[int]] = {}
        for block in lay_out(article, load_boilerplate()).blocks:
            found.setdefault(block.kind, []).append(article.text.count("\n", 0, block.starts[0]) + 1)
        found.pop("body")
        assert found == kinds


def test_the_table_of_formats_names_every_case_and_no_other() -> None:
    table = (ROOT / "docs" / "formats.md").read_text(encoding="utf-8")
    cases = {
        path.stem
        for folder in ("readers", "layout")
        for path in (ROOT / "tests/cases" / folder).glob("*.expected")
    }
    told = {name for name in re.findall(r"`([\w-]+\.\w+)`", table) if not name.startswith("x.")}
    assert cases <= told
    assert {name for name in told - cases if "." in name} <= {
        "read.fields",
        "source.encoding",
        "Document.tables",
        "digest.json",
    }


def test_two_articles_never_have_one_id(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(
        "pipeline.readers.article.hash_of", lambda data: "0" * 20 + sha256(data).hexdigest()[20:]
    )
    for name in ("a.txt", "b.txt", "c.txt"):
        (tmp_path / name).write_text(f"+++\ntitle = '같은 제목'\n+++\n{TEXT}{name} 배는 다르다.")
    paths = [tmp_path / name for name in ("c.txt", "a.txt", "b.txt")]
    found = [item for item in read(paths) if isinstance(item, Article)]
    assert len({article.id for article in found}) == 3
    assert found[0].id == "같은-제목-0000000000000000"
    assert [article.id for article in found] == [a.id for a in read(sorted(paths)) if isinstance(a, Article)]


@needs_shared
def test_articles_whose_hashes_begin_alike_both_get_through() -> None:
    folder = ROOT.parent / "shared" / "cases"
    found = list(read([folder / "s-idcollision-a.txt", folder / "s-idcollision-b.txt"]))
    assert reasons(found) == ["read", "read"]
    assert len({item.id for item in found if isinstance(item, Article)}) == 2


def test_reports_of_one_id_are_told_apart_in_a_digest(pipeline: Pipeline) -> None:
    one, other = (pipeline.report(article(f"{TEXT} {name}가 온다.")) for name in ("고래", "상어"))
    assert isinstance(one, Report)
    assert isinstance(other, Report)
    other = replace(other, id=one.id, source=replace(other.source, path="b.txt", sha256="1" * 64))
    made = [pipeline.digest(reports) for reports in ([one, other, one], [other, one])]
    assert made[0] == made[1]
    assert len({source.id for source in made[0].sources}) == 2


def test_a_page_read_before_is_told_where_it_says_nothing_more(tmp_path: Path) -> None:
    long = "나래시는 강변 공원을 두 배로 넓힌다고 4일 밝혔다. 공사는 가을에 끝난다."
    records = [
        {"title": "공원", "body": long, "url": "https://a.example/1?id=7&utm_source=x"},
        {
            "title": "공원",
            "body": long[:30] + "…",
            "url": "http://www.a.example/1/?id=7#top",
        },  # a teaser of it
        {"title": "공원", "body": long + " 돈은 시가 낸다.", "url": "https://a.example/1?id=7"},  # more of it
        {"title": "다리", "body": long, "url": "https://a.example/1?id=7"},  # another title
        {"title": "공원", "body": long + " ", "url": "https://a.example/1?id=8"},  # another page
        {"title": "공원", "body": "가람시는 시장을 고친다고 밝혔다.", "url": "https://a.example/1?id=7"},
    ]
    (tmp_path / "a.json").write_text(json.dumps(records))
    found = list(read(tmp_path))
    assert reasons(found) == ["read", "duplicate", "read", "read", "read", "read"]
