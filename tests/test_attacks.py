"""Hostile inputs are answered in time, from the file to the digest, whatever repeats in them."""

from __future__ import annotations

import io
import time
import zipfile
from collections.abc import Callable
from pathlib import Path

import pytest

from pipeline import Pipeline, read
from pipeline.records import Failure, Limits, Reading, Report
from pipeline.settings import load_messages
from pipeline.writers import DIGEST_WRITERS

from .thorough import thorough

TOLD = "나래시가 다리를 놓는다고 5일 밝혔다. 길이는 300m다. 공사는 내년에 시작한다고 시는 말했다."
ITEM = "<item><title>나래시 다리</title><author>{}</author><description>{}</description></item>"
FEED = "<?xml version='1.0'?><rss version='2.0'><channel><title>한빛</title>{}</channel></rss>"


def _text(middle: str) -> bytes:
    return f"나래시 새 다리\n\n{TOLD}\n\n{middle}\n\n{TOLD}\n".encode()


def _page(middle: str) -> bytes:
    return f"<html><title>나래시</title><body><article><p>{TOLD}</p>{middle}</article></body></html>".encode()


def _feed(author: str, description: str = TOLD) -> bytes:
    return FEED.format(ITEM.format(author, description)).encode()


def _nested_docx(depth: int, text: str) -> bytes:
    out = io.BytesIO()
    body = "<w:p>" * depth + f"<w:r><w:t>{text}</w:t></w:r>" + "</w:p>" * depth
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as packed:
        space = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
        packed.writestr(
            "word/document.xml", f'<w:document xmlns:w="{space}"><w:body>{body}</w:body></w:document>'
        )
    return out.getvalue()


#: Without a process of its own, so that its time counts.
HERE = Reading(limits=Limits(memory_bytes=0))
#: By name: the file, and the reason of its failure where it gives no article.
ATTACKS: dict[str, tuple[Callable[[], bytes], str | None]] = {
    "comments.txt": (lambda: b"<!---->" * 50 + f"\n{TOLD}".encode(), None),
    "comments-in-a-row.txt": (lambda: b"<!-- a --> \n" * 400 + f"\n{TOLD}".encode(), None),
    "instructions.txt": (lambda: b"<?a b?>" * 30 + f"\n{TOLD}".encode(), None),
    "heading.txt": (lambda: _text("# 가" + " " * 190_000 + "나"), None),
    "heading-hashes.txt": (lambda: _text("# 가" + " #" * 60_000 + "나"), None),
    "table.txt": (lambda: _text("---|---" + " " * 190_000 + "x"), None),
    "table-colons.txt": (lambda: _text("---|:--" + ":|:--" * 20_000 + "x"), None),
    "bars.txt": (lambda: _text("|" * 100_000 + "x"), None),
    "quotes.txt": (lambda: _text(f"{TOLD} {'“' * 60_000} 늘었다."), None),
    "closing-quotes.txt": (lambda: _text(f"{TOLD} {'”' * 30_000}{chr(39) * 5_000} 늘었다."), None),
    "capitals.txt": (lambda: _text(f"{TOLD} {'A' * 100_000} 늘었다."), "not-korean"),
    "stops.txt": (lambda: _text(f"{TOLD} {'.' * 100_000} 늘었다."), None),
    "digits.txt": (lambda: _text(f"{TOLD} {'1' * 60_000} 늘었다."), None),
    "rights.txt": (lambda: _text("ⓒ " + "c" * 20 + " " * 500), None),
    "mhtml-sniff.html": (lambda: b"a:b\r\n" * 40 + b"x\r\n" + _page(""), None),
    "mhtml-folded.html": (lambda: b"a:b\r\n c\r\n" * 30 + b"x\r\n" + _page(f"<p>{TOLD}</p>" * 3), None),
    "author.xml": (lambda: _feed("@" * 120_000), None),
    "author-words.xml": (lambda: _feed("a@b " * 500 + "(가"), None),
    "doctype.xml": (lambda: b"<!DOCTYPE[" * 60_000, "no-entries"),
    "comment-open.xml": (lambda: b"<!--" * 60_000, "no-entries"),
    "nested.docx": (lambda: _nested_docx(190, " ".join(map(str, range(300_000)))), "too-deep"),
    "deeper.docx": (lambda: _nested_docx(240, TOLD), "too-deep"),
    "nested.html": (lambda: _page("<div>" * 190 + f"<p>{TOLD}</p>" * 12_000 + "</div>" * 190), "too-deep"),
    "deeper.html": (lambda: _page("<div>" * 1_000 + TOLD), "too-deep"),
    "lists.html": (lambda: _page("<ul><li>" * 150 + TOLD), "too-deep"),
    "icons.html": (lambda: _page("<svg><path d='M0 0h1>2'/><path d='M1'/></svg>" * 300), None),
    "unclosed.html": (lambda: _page("<p>가<br>나<img src='a>b'>" * 500), None),
    "cdata.html": (lambda: _page("<script><![CDATA[" + "<div>" * 500 + "]]></script>"), None),
}


@pytest.mark.parametrize("name", ATTACKS)
def test_an_attack_is_answered_in_time(name: str, pipeline: Pipeline, tmp_path: Path) -> None:
    make, wrong = ATTACKS[name]
    (tmp_path / name).write_bytes(make())
    failures: list[Failure] = []
    started = time.process_time()
    reports = list(pipeline.stream(read(tmp_path / name), failures.append))
    _written(pipeline, reports, failures)
    assert time.process_time() - started < 8
    assert [failure.reason for failure in failures] == ([wrong] if wrong else [])
    assert len(reports) == (0 if wrong else 1)


def test_feeds_of_many_categories_are_read(pipeline: Pipeline, tmp_path: Path) -> None:
    categories = "<category term='가>나' /><category/><category></category><link href='https://a.kr'/>" * 300
    (tmp_path / "a.xml").write_bytes(_feed(categories))
    assert len(list(pipeline.stream(read(tmp_path / "a.xml")))) == 1


#: What repeats.
UNITS = (
    " ", "\u3000", "-", "_", "*", "**", "[](", "<!--", "“", '"', ".", "다. ", "1,", "A", "가", "@a", "ⓒ ",
    "월 ",
)  # fmt: skip
FORMATS = (".txt", ".html", ".xml")


@pytest.mark.parametrize(
    ("unit", "ending"),
    # Every other one in one format; with `--all` each in every one.
    [
        pytest.param(unit, ending, marks=() if n % 6 == k else thorough)
        for n, unit in enumerate(UNITS)
        for k, ending in enumerate(FORMATS)
    ],
)
def test_time_grows_with_the_length(unit: str, ending: str, pipeline: Pipeline, tmp_path: Path) -> None:
    def seconds(length: int) -> float:
        middle = unit * (length // len(unit))
        path = tmp_path / f"{length}{ending}"
        path.write_bytes(
            _text(middle)
            if ending == ".txt"
            else _page(middle)
            if ending == ".html"
            else _feed(middle[:2_000], middle)
        )
        started = time.process_time()
        failures: list[Failure] = []
        _written(pipeline, list(pipeline.stream(read(path, HERE), failures.append)), failures)
        return time.process_time() - started

    seconds(1_000)
    short, long = seconds(5_000), seconds(20_000)
    assert long < 0.6 or long < 7 * short, f"{short:.2f} s, {long:.2f} s"


def _written(pipeline: Pipeline, reports: list[Report], failures: list[Failure]) -> None:
    digest = pipeline.digest(reports, failures, date="2026-03-05")
    for write in DIGEST_WRITERS.values():
        assert write(digest, load_messages("ko"), None).strip()
