"""However many steps of a digest look at a text, Kiwi analyses it once."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import replace

import pytest

from pipeline import Pipeline
from pipeline.records import Token
from pipeline.run import digests
from pipeline.run.once import Once

from .conftest import SEEDS, reports_of


def test_kiwi_is_not_called_twice_for_a_text(pipeline: Pipeline, monkeypatch: pytest.MonkeyPatch) -> None:
    reports, _ = reports_of(pipeline, [SEEDS])
    asked: Counter[str] = Counter()

    def counting(texts: Sequence[str]) -> list[tuple[Token, ...]]:
        asked.update(texts)
        return pipeline.tools.tokenize(texts)

    def never(texts: Sequence[str]) -> None:
        raise AssertionError("the encoder analyses texts by itself")

    monkeypatch.setattr(pipeline.tools.encoder, "_tokenize", never)
    tools = replace(pipeline.tools, tokenize=counting)
    made = digests.basis(reports, (), tools).digest
    assert made.themes
    assert asked
    assert max(asked.values()) == 1


def test_what_is_remembered_is_what_was_found(pipeline: Pipeline) -> None:
    texts = ["한빛전자가 2조원을 투자한다.", "", "가람시 새솔동", "한빛전자가 2조원을 투자한다."]
    once = Once(pipeline.tools.tokenize)
    assert once(texts) == once(texts) == list(pipeline.tools.tokenize(texts))
