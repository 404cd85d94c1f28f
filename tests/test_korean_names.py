"""Names of people, and the words for them."""

from __future__ import annotations

import pytest

from pipeline.korean.names import RARE_SURNAMES, SURNAMES, is_name
from pipeline.settings import load_keyword_rules, load_people


@pytest.mark.parametrize("word", ["박도윤", "남궁민", "남궁도윤", "제갈민"])
def test_full_names(word: str) -> None:
    assert is_name(word)


@pytest.mark.parametrize("word", ["이솔", "박도윤이", "뉴욕시", "Kim", "남궁도윤이", "", "빈곤층"])
def test_what_is_no_full_name(word: str) -> None:
    assert not is_name(word)


def test_rare_surnames_are_no_common_ones() -> None:
    assert not SURNAMES & RARE_SURNAMES


def test_keywords_know_all_titles_and_roles() -> None:
    people, rules = load_people(), load_keyword_rules()
    assert {"전문위원", "대표이사", "ceo"} <= rules.roles
    assert not people.titles & people.roles
    assert people.asked <= people.titles | people.roles | people.nouns
