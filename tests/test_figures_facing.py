"""What is asked of many pairs of figures at once is what is asked of one pair at a time."""

from __future__ import annotations

from itertools import combinations

import numpy as np
import pytest

from pipeline import Pipeline
from pipeline.figures import compare
from pipeline.figures.agreeing import Values, agree, agree_all
from pipeline.figures.claims import Claim
from pipeline.figures.facing import Facing
from pipeline.figures.matching import confirms, opposed
from pipeline.figures.sameness import places
from pipeline.figures.values import are_near
from pipeline.settings import load_compare_rules
from tests.test_figures_disagree import CASES, reports_on

RULES = load_compare_rules()


@pytest.fixture(scope="module")
def claims(pipeline: Pipeline) -> list[list[Claim]]:
    reports = reports_on(pipeline, [text for case in CASES for text in case["articles"]])
    return compare.claims_of_batch(reports, pipeline.tools.tokenize, RULES, ())


@pytest.mark.parametrize("linked", [True, False])
def test_no_pair_is_dropped_that_a_closer_look_would_take(claims: list[list[Claim]], linked: bool) -> None:
    articles = list(combinations(range(len(claims)), 2))
    found = {
        pair: (open_, told)
        for pair, open_, told in Facing(claims, RULES).pairs(articles, [linked] * len(articles))
    }
    assert list(found) == sorted(found)
    taken = 0
    for a, b in articles:
        ones, others = claims[a], claims[b]
        every = places(ones, others)
        open_, told = found.get((a, b), ([], []))
        assert open_ == [pair for pair in every if pair in open_]
        for n, m in every:
            one, other = ones[n], others[m]
            if compare._may_be_opposed(one, other, linked, RULES):
                near = linked and are_near(one, other)
                assert ((n, m) in open_) == opposed(one, other, RULES, of_one_event=near)
                taken += (n, m) in open_
            if open_ and (confirms(one, other) or confirms(other, one)):
                assert (n, m) in told
    assert taken > 10


def test_values_agree_in_columns_as_they_do_one_by_one(claims: list[list[Claim]]) -> None:
    every = [claim for own in claims for claim in own]
    values = Values([claim.figure for claim in every], [claim.bound for claim in every])
    pairs = [(i, j) for i, j in places(every, every) if i != j]
    a, b = np.array(pairs).T
    for bounds in (True, False):
        one_by_one = [
            agree(every[i].figure, every[j].figure, (every[i].bound, every[j].bound) if bounds else ("", ""))
            for i, j in pairs
        ]
        assert agree_all(values, a, b, bounds=bounds).tolist() == one_by_one
        assert 0 < sum(one_by_one) < len(one_by_one)


def test_of_a_large_event_each_article_is_compared_with_the_fullest(claims: list[list[Claim]]) -> None:
    members = list(range(40))
    pairs = list(compare._with_fullest(members, claims))
    assert len(pairs) == len(set(pairs)) == sum(39 - n for n in range(compare._FULLEST))
    assert all(a < b for a, b in pairs)
    fullest = max(members, key=lambda n: len(claims[n]))
    assert {n for pair in pairs if fullest in pair for n in pair} == set(members)
