"""Sentences that differ in a figure: whatever it counts, they are two facts."""

from __future__ import annotations

from pathlib import Path

import pytest

from pipeline import Pipeline, stories
from pipeline.records import Failure

from .conftest import article

PAIRS = [
    line.split("\t")
    for line in Path(__file__)
    .with_name("cases")
    .joinpath("stories", "figures-differ.tsv")
    .read_text("utf-8")
    .splitlines()
    if not line.startswith("#")
]


@pytest.mark.parametrize("start", range(0, len(PAIRS), 12))
def test_sentences_with_other_figures_never_fold(pipeline: Pipeline, start: int) -> None:
    pairs = PAIRS[start : start + 12]
    made = [pipeline.report(article("\n\n".join(pair[side] for pair in pairs))) for side in (0, 1)]
    reports = {n: report for n, report in enumerate(made) if not isinstance(report, Failure)}
    assert len(reports) == 2
    tools = pipeline.tools
    found = {f.place: f for f in stories.facts(reports, frozenset(), tools.encoder.encode, tools.story_rules)}
    for (n, index), fact in found.items():
        text = reports[n].sentences[index].text
        other = next(b if text == a else a for a, b in pairs if text in (a, b))
        for m, at in fact.same | fact.repeats:
            assert reports[m].sentences[at].text != other
