"""Pairs that are looked at closely: none that is likely is left out, and they grow with the articles."""

from __future__ import annotations

import random
from collections.abc import Sequence
from functools import lru_cache
from itertools import combinations

import pytest

from pipeline import Pipeline
from pipeline.records import Report
from pipeline.stories.blocking import likeliest, likely_pairs, near
from pipeline.stories.clusters import average_link
from pipeline.stories.likeness import likeness
from pipeline.stories.profile import Profile, analysed, profiles

from .conftest import TRAINING, reports_of
from .thorough import scaled

CASES = sorted((TRAINING / "stories").glob("*.jsonl"))


@lru_cache(maxsize=1)
def _seen(pipeline: Pipeline) -> tuple[list[Report], list[Profile]]:
    """Of all labelled articles, or without ``--all`` of some that tell of the same events."""
    some = [file for file in CASES if file.stem in ("tuned", "unseen")]
    files = scaled([*CASES, TRAINING / "themes" / "articles"], some)
    reports, _ = reports_of(pipeline, files)
    random.Random(3).shuffle(reports)
    tools = pipeline.tools
    return reports, profiles(
        reports, analysed(reports, tools.tokenize), tools.encoder.encode, tools.story_rules
    )


def test_no_pair_that_is_likely_is_left_out(pipeline: Pipeline) -> None:
    _, seen = _seen(pipeline)
    rules = pipeline.tools.story_rules
    compared = {(j, i) for i, found in enumerate(near(seen)) for j in found}
    likely = {(i, j) for i, j in compared if likeness(seen[i], seen[j], rules) >= 0.5}
    assert len(likely) > scaled(100, 30)
    found = likely_pairs(seen, rules.weights, 0.5)
    assert likely <= set(found) <= compared


def test_other_weights_leave_no_likely_pair_out(pipeline: Pipeline) -> None:
    """The bound is of the features, not of the weights that they happen to have."""
    from dataclasses import replace

    _, seen = _seen(pipeline)
    rules = pipeline.tools.story_rules
    rng = random.Random(1)
    for name in ("terms", "rare", "figures", "aligned", "known_least", "days", "no_figures"):
        weights = {**rules.weights, name: rules.weights[name] * rng.uniform(1.5, 3)}
        other = replace(rules, weights=weights)
        few = seen[:90]
        likely = {
            (j, i)
            for i, found in enumerate(near(few))
            for j in found
            if likeness(few[j], few[i], other) >= 0.5
        }
        assert likely <= set(likely_pairs(few, weights, 0.5)), name


def test_pairs_do_not_depend_on_the_order(pipeline: Pipeline) -> None:
    reports, seen = _seen(pipeline)
    mixed = list(range(len(seen)))
    random.Random(5).shuffle(mixed)

    def ids(order: Sequence[int]) -> set[frozenset[str]]:
        pairs = likely_pairs([seen[i] for i in order], pipeline.tools.story_rules.weights, 0.5)
        return {frozenset((reports[order[i]].id, reports[order[j]].id)) for i, j in pairs}

    assert ids(range(len(seen))) == ids(mixed)


@pytest.mark.parametrize("few", [0, 1])
def test_too_few_to_compare(pipeline: Pipeline, few: int) -> None:
    assert likely_pairs(_seen(pipeline)[1][:few], pipeline.tools.story_rules.weights, 0.5) == {}


def test_pairs_grow_with_the_articles_and_not_with_their_square(pipeline: Pipeline) -> None:
    """Of all pairs a few in a hundred are looked at, a few for each article."""
    _, seen = _seen(pipeline)
    weights = pipeline.tools.story_rules.weights
    for articles in scaled((200, 400), (60,)):
        assert len(seen) >= articles
        some = seen[:articles]
        assert len(likely_pairs(some, weights, 0.5)) < min(3 * articles, 0.1 * len([*combinations(some, 2)]))


def test_of_many_pairs_the_likeliest_are_looked_at(pipeline: Pipeline) -> None:
    found = likely_pairs(_seen(pipeline)[1], pipeline.tools.story_rules.weights, 0.5)
    few = likeliest(found, 2)
    assert few < set(found)
    for i in {i for _, i in found}:
        own = sorted((-much, j) for (j, at), much in found.items() if at == i)
        assert {j for j, at in few if at == i} == {j for _, j in own[:2]}


def test_a_pair_that_is_passed_over_counts_neither_for_nor_against() -> None:
    scores = {(0, 1): 0.9, (1, 2): 0.9, (0, 2): None}

    def score(i: int, j: int) -> tuple[float, float] | None:
        likely = scores[i, j]
        return None if likely is None else (likely, 0.0)

    assert average_link([(0, 1), (1, 2)], score) == [[0, 1, 2]]
    scores[0, 2] = 0.0
    assert average_link([(0, 1), (1, 2)], score) == [[0, 1]]
