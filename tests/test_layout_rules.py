"""Boilerplate rules: each finds its example, says its facts, and leaves alone what it is told to."""

from __future__ import annotations

import re
import time

import pytest

from pipeline.layout.dress import compiled, undress
from pipeline.records import BoilerplateRule
from pipeline.settings import load_boilerplate

RULES = load_boilerplate()
by_name = pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule.name)


@by_name
def test_a_rule_finds_its_example(rule: BoilerplateRule) -> None:
    text = re.sub("[«»]", "", rule.example)
    parts = undress(text, 0, len(text), compiled((rule,)))
    cut = [part for part in parts if not part.kept]
    assert len(cut) == 1
    if rule.where in ("line", "list"):
        assert len(parts) == 1
        assert cut[0].plug == (rule.where == "list")
    else:
        marked = re.search("«(.*)»", rule.example)
        assert marked, "the example of a start or end rule marks what is cut off"
        assert text[cut[0].start : cut[0].end].strip() == marked[1].strip()
    if rule.facts:
        assert cut[0].facts == rule.facts


@by_name
def test_a_rule_and_its_fellows_leave_alone_what_is_text(rule: BoilerplateRule) -> None:
    for text in rule.against:
        for part in undress(text, 0, len(text), compiled(RULES)):
            assert part.kept, f"{text[part.start : part.end]!r} is no boilerplate"


def test_names_of_rules_are_their_own() -> None:
    names = [rule.name for rule in RULES]
    assert len(set(names)) == len(names)


@pytest.mark.parametrize(
    "unit",
    [
        "가 ",
        "가나",
        "공유 ",
        "| ",
        "기자 ",
        "@a",
        "a@b.",
        "[가",
        "(",
        "#가",
        "ⓒ",
        "=",
        "▶",
        "홍길동·",
        "1:2",
        "저작권",
        " ",
    ],
)
@by_name
def test_a_rule_takes_no_time_over_any_line(rule: BoilerplateRule, unit: str) -> None:
    text = (unit * 600)[:598] + "!x"
    started = time.perf_counter()
    undress(text, 0, len(text), compiled((rule,)))
    assert time.perf_counter() - started < 2
