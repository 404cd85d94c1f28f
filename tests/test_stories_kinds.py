"""What kind of event an article tells of, and of which time."""

from __future__ import annotations

import re
from collections import Counter

import pytest

from pipeline import Pipeline
from pipeline.korean.tags import NOUNS
from pipeline.resources import resource
from pipeline.settings import load_story_rules
from pipeline.settings.toml import read_toml
from pipeline.stories.kinds import kinds_of, of_a_kind, other_period, periods_in

KINDS = load_story_rules().kinds
TABLE = read_toml(resource("configs/stories.toml"))["kinds"]


def _said(*sentences: str) -> tuple[float, ...]:
    return kinds_of([frozenset(one.split()) for one in sentences], KINDS)


def test_each_noun_is_of_one_kind() -> None:
    nouns = Counter(noun for own in TABLE.values() for noun in own["nouns"].split())
    assert [noun for noun, count in nouns.items() if count > 1] == []
    assert len(KINDS) == len(nouns)


@pytest.mark.parametrize("name", ["preview", "result", "brief"])
def test_every_expression_is_found_in_an_example_and_in_no_counter_example(name: str) -> None:
    table = read_toml(resource("configs/stories.toml"))
    patterns: tuple[str, ...] = getattr(load_story_rules(), name)
    assert [one for one in patterns if not any(re.search(one, text) for text in table["example"][name])] == []
    texts = [*table["example"][name], *table["against"][name]]
    found = [text for text in texts if any(re.search(one, text) for one in patterns)]
    assert found == table["example"][name]


def test_kinds_that_come_back_are_found_in_their_examples_only() -> None:
    table = read_toml(resource("configs/stories.toml"))
    recurring = load_story_rules().recurring
    for told, there in (("example", True), ("against", False)):
        texts = table[told]["recurring"]
        assert texts.keys() == recurring.keys()
        assert [name for name, text in texts.items() if bool(re.search(recurring[name], text)) != there] == []


@pytest.mark.parametrize("kind", TABLE)
def test_each_kind_takes_its_example_and_leaves_what_looks_like_it(pipeline: Pipeline, kind: str) -> None:
    at = list(TABLE).index(kind)
    told = []
    for text in (TABLE[kind]["example"], TABLE[kind]["against"]):
        analysed = pipeline.tools.tokenize(text.split(" / "))
        nouns = [frozenset(t.form.casefold() for t in tokens if t.tag in NOUNS) for tokens in analysed]
        told.append(kinds_of(nouns, KINDS))
    example, against = told
    assert example and example[at] == max(example)
    assert against and against[at] < max(against)


@pytest.mark.parametrize(
    ("one", "other", "least", "most"),
    [
        # One company: its quarter twice, then its quarter and its outage.
        (("영업이익 분기", "매출"), ("성적표", "매출 전망치"), 0.9, 1.0),
        (("영업이익 분기", "매출"), ("장애 복구", "접속"), 0.0, 0.0),
        # A column speaks of both.
        (("영업이익 분기", "매출"), ("매출 실적", "장애"), 0.7, 0.95),
        (("멤버십 회원",), ("노조 파업",), 0.0, 0.0),
        (("나래",), ("노조 파업",), 0.3, 0.3),
    ],
)
def test_how_far_two_articles_are_of_one_kind(
    one: tuple[str, ...], other: tuple[str, ...], least: float, most: float
) -> None:
    found = of_a_kind(_said(*one), _said(*other))
    assert found == of_a_kind(_said(*other), _said(*one))
    assert least <= found <= most + 1e-9


def test_what_opens_an_article_counts_twice() -> None:
    body = ("나래", "나래", "나래", "노조")
    assert of_a_kind(_said("매출", *body), _said("매출")) > of_a_kind(
        _said("노조", "나래", "나래", "매출"), _said("매출")
    )


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("3분기 매출은 2조원이다", {"3분기"}),
        ("8~10월 석 달 동안", {"8~10월"}),
        ("상반기와 11월의 값", {"상반기", "11월"}),
        ("11월 3일에 문을 연다", set()),
        ("3월드컵, 13분의 1, 2분", set()),
    ],
)
def test_periods_of_a_text(text: str, found: set[str]) -> None:
    assert periods_in(text) == found


def test_another_period_than_any_that_the_other_text_names() -> None:
    assert other_period(periods_in("2분기"), periods_in("3분기와 4분기")) == 1.0
    assert other_period(periods_in("2분기"), periods_in("3분기에는 2분기보다")) == 0.0
    assert other_period(periods_in("2분기"), frozenset()) == 0.0
