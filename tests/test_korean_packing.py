"""What a report carries of its analysis: it reads back, and what somebody else wrote there does no harm."""

from __future__ import annotations

from base64 import b64encode
from collections.abc import Sequence
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline import Pipeline
from pipeline.korean.columns import TAGS, columns
from pipeline.korean.packing import pack, unpack
from pipeline.records import Report, Token
from pipeline.run.once import Once

from .conftest import article

TEXTS = (
    "한빛전자가 구미에 공장을 짓는다\n\n한빛전자는 내년 3월 구미에 반도체 공장을 짓는다. 투자액은 2조원이다.",
    "한빛전자, 구미 공장에 2조\n\n한빛전자가 구미 공장에 2조원을 들인다. 공장은 내년 3월 착공한다.",
)
_at = st.integers(0, 2**31 - 1)
_token = st.builds(
    lambda form, tag, one, other: Token(form, tag, min(one, other), max(one, other)),
    st.text(st.characters(exclude_characters="\0"), max_size=5),
    st.sampled_from(TAGS),
    _at,
    _at,
)


@given(st.lists(st.lists(_token, max_size=4), max_size=4), st.lists(_token, max_size=3))
def test_morphemes_read_back(units: Sequence[Sequence[Token]], title: Sequence[Token]) -> None:
    found = [one.view() for one in unpack(pack(columns(units), title))]
    assert found == [*map(tuple, units), tuple(title)]


def _written(*columns: Sequence[int], forms: str = "a") -> str:
    raw = b"".join(
        b"\4" + len(own).to_bytes(4, "little") + b"".join(n.to_bytes(4, "little", signed=True) for n in own)
        for own in columns
    )
    return b64encode(raw + forms.encode()).decode()


@pytest.mark.parametrize(
    "packed",
    [
        "?",
        "AAAA",
        b64encode(b"\3\0\0\0\0").decode(),
        b64encode(b"\4\xff\xff\xff\xff").decode(),
        _written([1], [0], [0], [0]),
        _written([2], [0], [0], [0], [1]),
        _written([-1, 2], [0], [0], [0], [1]),
        _written([1], [0, 0], [0], [0], [1]),
        _written([1], [5], [0], [0], [1]),
        _written([1], [0], [9999], [0], [1]),
        _written([1], [0], [0], [-1], [1]),
        _written([1], [0], [0], [0], [-1]),
    ],
)
def test_what_is_none_is_told(packed: str) -> None:
    with pytest.raises(ValueError):
        unpack(packed)


def _reports(pipeline: Pipeline) -> list[Report]:
    return [report for text in TEXTS if isinstance(report := pipeline.report(article(text)), Report)]


def test_no_text_of_a_report_is_analysed_again(pipeline: Pipeline) -> None:
    reports = _reports(pipeline)
    asked: list[str] = []

    def tokenize(texts: Sequence[str]) -> Sequence[tuple[Token, ...]]:
        asked.extend(texts)
        return pipeline.tools.tokenize(texts)

    once = Once(tokenize, reports)
    texts = [sentence.text for report in reports for sentence in report.sentences]
    assert once(texts) == list(pipeline.tools.tokenize(texts))
    assert asked == []
    assert once(["새 글이다."]) == list(pipeline.tools.tokenize(["새 글이다."]))
    assert asked == ["새 글이다."]


@pytest.mark.parametrize("morphemes", ["", "?", _written([1], [0], [0], [0], [1])])
def test_a_report_with_none_or_with_anothers_is_analysed(pipeline: Pipeline, morphemes: str) -> None:
    reports = _reports(pipeline)
    changed = [replace(report, morphemes=morphemes) for report in reports]
    assert pipeline.digest(changed) == pipeline.digest(reports)
