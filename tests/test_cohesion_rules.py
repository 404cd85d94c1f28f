"""Every rule of cohesion (``configs/cohesion``): its examples, and what needs each cue."""

from __future__ import annotations

import re
import signal
from dataclasses import replace
from functools import cache
from itertools import accumulate, chain

import pytest

from pipeline import Pipeline, cohesion
from pipeline.cohesion.lexicon import TAIL, opening
from pipeline.cohesion.rules import AFTER, with_lists
from pipeline.korean.expressions import any_of
from pipeline.records import Article, Cohesion, CohesionRule, Source
from pipeline.settings import load_cohesion

from .conftest import ROOT, TRAINING
from .regexes import Use
from .test_regexes import slow

FILES = sorted((ROOT / "configs/cohesion").glob("*.toml"))
LOADED = load_cohesion()
RULES = {rule.id: rule for rule in LOADED.rules}
CUED = [name for name, rule in RULES.items() if rule.cue]


def article(parts: tuple[str, ...]) -> Article:
    """Sentences of one paragraph, perhaps below a title; bullets below the line that introduces them."""
    title = parts[0].removeprefix("# ") if parts[0].startswith("# ") else None
    parts = parts[title is not None :]
    bullets = any(part.startswith("- ") for part in parts)
    between = "\n\n" if bullets else " "
    text = between.join(parts)
    starts = accumulate((len(part) + len(between) for part in parts), initial=0)
    spans = tuple((start, start + len(part)) for start, part in zip(starts, parts, strict=False))
    return Article(
        id="rule",
        title=title,
        source=Source(path="rule", sha256=""),
        text=text,
        body=(0, len(text)),
        sentences=None if bullets else spans,
    )


def held(parts: tuple[str, ...], pipeline: Pipeline) -> set[str]:
    """The rules that hold of the last sentence, by the whole step."""
    (document,) = pipeline.documents([article(parts)])
    content = [unit for unit in document.units if unit.kind in ("body", "item")]
    assert len(content) == sum(not part.startswith("# ") for part in parts), parts
    if document.article.sentences:
        # Sentences that are given have a block each; here they are a paragraph.
        document = replace(document, units=tuple(replace(unit, block=0) for unit in document.units))
    found: Cohesion = pipeline.held(document)
    last = content[-1].index
    return {lean.rule for lean in found.leans[last]} | found.marks[last]


@cache
def gold() -> tuple[str, ...]:
    """Labelled sentences."""
    folders = (TRAINING / "leaning", ROOT / "tests/cases/leaning")
    lines = chain.from_iterable(
        path.read_text(encoding="utf-8").splitlines()
        for folder in folders
        for path in sorted(folder.glob("*.tsv"))
    )
    return tuple(line.rsplit("\t", 1)[-1] for line in lines if not line.startswith("#"))


def test_there_are_rules() -> None:
    assert len(FILES) >= 6 and len(RULES) > 90
    assert {path.stem for path in FILES} == {name.partition(".")[0] for name in RULES}


#: Files of rules besides, whose lines are read by people too.
OTHERS = [
    ROOT / "configs" / name
    for name in (
        "cues.toml", "figures/names.toml", "figures/compare.toml", "figures/metrics.toml",
        "korean/periods.toml",
    )
]  # fmt: skip


@pytest.mark.parametrize("path", [*FILES, *OTHERS], ids=lambda path: path.stem)
def test_lines_are_short(path: object) -> None:
    lines = path.read_text(encoding="utf-8").splitlines()  # type: ignore[attr-defined]
    assert not [line for line in lines if len(line) > 110]


@pytest.mark.parametrize("name", RULES)
def test_a_rule_does_what_its_examples_say(name: str, pipeline: Pipeline) -> None:
    rule = RULES[name]
    assert rule.example and rule.against
    assert [one for one in rule.example if name not in held(one, pipeline)] == []
    assert [one for one in rule.against if name in held(one, pipeline)] == []


def patterns(rule: CohesionRule) -> list[tuple[str, re.Pattern[str]]]:
    lists = cohesion.rules.lists_of(LOADED)
    return [(cue, any_of([with_lists(cue, rule.id, lists)], AFTER[rule.at])) for cue in rule.cue]


def stands(pattern: re.Pattern[str], at: str, text: str) -> bool:
    """Whether a cue stands at its place in a text."""
    if at == "opening":
        return pattern.match(text, opening(text)) is not None
    return pattern.search(text, max(0, len(text) - TAIL) if at == "ending" else 0) is not None


@pytest.mark.parametrize("name", CUED)
def test_something_needs_every_cue(name: str) -> None:
    rule = RULES[name]
    texts = [*(one[-1] for one in rule.example), *gold()]
    idle = [
        cue for cue, pattern in patterns(rule) if not any(stands(pattern, rule.at, text) for text in texts)
    ]
    assert not idle, f"{name}: each cue needs an example of the rule: {idle}"


@pytest.mark.skipif(not hasattr(signal, "setitimer"), reason="what hangs can't be stopped here")
@pytest.mark.parametrize("name", CUED)
def test_a_cue_takes_time_in_proportion_to_the_text(name: str) -> None:
    rule = RULES[name]
    way, most = {"opening": ("match", None), "ending": ("search", TAIL)}.get(rule.at, ("search", None))
    for _, pattern in patterns(rule):
        assert not slow(Use(name, pattern, way, most), seed=7, pairs=6, most=40)


@pytest.mark.parametrize(
    ("field", "value"),
    [("at", "nowhere"), ("test", "is_nothing"), ("antecedent", "nobody"), ("unless", ("never",))],
)
def test_a_rule_that_names_what_there_is_not_is_refused(field: str, value: str) -> None:
    with pytest.raises(ValueError, match=r"connectives\.contrast"):
        wrong = replace(RULES["connectives.contrast"], **{field: value})  # type: ignore[arg-type]
        cohesion.prepare(replace(LOADED, rules=(wrong,)))
