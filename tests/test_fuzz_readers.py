"""Hostile files: whatever the bytes, a reader gives articles or failures, within bounds of time.

The longer run of the same (``python -m tests.fuzz``) is described in docs/formats.md; what it finds becomes a
file in tests/cases/readers.
"""

from __future__ import annotations

import time

import pytest
from hypothesis import HealthCheck, given
from hypothesis import strategies as st

from pipeline.readers import READERS

from .fuzz import hostile, reads, seeds
from .thorough import examples, few

bounded = examples(40, suppress_health_check=[HealthCheck.too_slow])


@pytest.mark.parametrize("ending", sorted(READERS))
@bounded
@given(st.data())
def test_any_bytes_are_answered(ending: str, data: st.DataObject) -> None:
    seed = data.draw(st.sampled_from(seeds(ending)))
    random = data.draw(st.randoms(use_true_random=False))
    started = time.process_time()
    reads(ending, hostile(seed, random))
    assert time.process_time() - started < 10


@pytest.mark.parametrize("ending", [".txt", ".md", ".html", ".json", ".jsonl", ".csv", ".xml", ".eml"])
@bounded
@given(st.text(max_size=300) | st.binary(max_size=300))
def test_any_text_is_answered(ending: str, data: str | bytes) -> None:
    reads(ending, data if isinstance(data, bytes) else data.encode("utf-8", "surrogatepass"))


_JAMO = "".join(chr(0x1100 + i % 19) for i in range(10_000))


@pytest.mark.parametrize(
    ("ending", "text"),
    few(
        [
            (".txt", "정부는 20일 대책을 내놓고 " * 23_000),
            (".txt", "ㅋ" * 10_000),
            (".txt", _JAMO),
            (".txt", "가\n" * 30_000),
            (".txt", "[" * 50_000 + "](" * 50_000),
            (".txt", "**" * 50_000),
            (".md", "> " * 50_000),
            (".md", "- " * 50_000),
            (".md", "| a " * 50_000),
            (".md", "---\n" + " \n" * 50_000),
            (".txt", "+++\n" * 20_000),
            (".html", "<div>" * 50_000),
            (".html", "<p>" * 50_000 + "가"),
            (".html", "<b" * 50_000),
            (".html", "<!--" * 50_000),
            (".html", "<table><tr><td>" * 150 + "가"),
            (".xml", "<rss>" * 50_000),
            (".xml", "<rss><channel>" + "<item>" * 50_000),
            (".json", "[" * 100_000),
            (".json", '"\\"' * 100_000),
            (".json", '{"a":' * 100_000),
            (".jsonl", '{"title": "' * 50_000),
            (".csv", '"' * 100_001),
            (".csv", "," * 100_000),
            (".eml", "Content-Type: multipart/mixed; boundary=a\n\n" + "--a\n" * 20_000),
            (".eml", "Content-Type: message/rfc822\n\n" * 5_000),
            (".mhtml", "Content-Type: multipart/related; boundary=a\n\n" + "--a\n\n" * 20_000),
        ],
        10,
    ),
    ids=lambda value: repr(value[:24]),
)
def test_much_of_one_thing_is_answered_in_time(ending: str, text: str) -> None:
    started = time.process_time()
    reads(ending, text.encode())
    assert time.process_time() - started < 10
