"""Terms and lines are compared by their keys, however they are spelled."""

from __future__ import annotations

import pytest

from pipeline.digest.issues import changes
from pipeline.korean.spelling import is_short_for, key_of, letters_of, plain_letters_of, words_of
from pipeline.records import DigestKeyword


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("데이터 센터", "데이터센터"),
        ("K-푸드", "k 푸드"),
        ("E‑커머스", "e–커머스"),
        ("코로나-19", "코로나19"),
        ("빅 데이터·AI", "빅데이터AI"),
    ],
)
def test_spellings_of_one_term_have_one_key(one: str, other: str) -> None:
    assert key_of(one) == key_of(other)


def test_other_terms_have_other_keys() -> None:
    assert len({key_of(term) for term in ("C", "C#", "C++", "R&D", "RD", "AI")}) == 6


def test_letters_of_a_line() -> None:
    assert letters_of("[속보] “AWS, 24% 성장”…왜?") == letters_of("속보 aws 24 성장 왜")
    assert letters_of("ＡＷＳ") != plain_letters_of("ＡＷＳ") == "aws"
    assert words_of("K-푸드, 유럽_진출") == ["k", "푸드", "유럽", "진출"]


@pytest.mark.parametrize("respelled", ["데이터-센터", "데이터 센터", "데이터·센터"])
def test_a_keyword_that_is_respelled_is_not_new(respelled: str) -> None:
    last = [_keyword("반도체"), _keyword("데이터센터")]
    (now,) = changes([_keyword(respelled)], last)
    assert (now.change, now.last) == ("up", 2)


def _keyword(term: str) -> DigestKeyword:
    return DigestKeyword(term, (), "NNG", 1, 1.0, None, ())


@pytest.mark.parametrize(
    ("long", "short", "is_short"),
    [
        ("과학기술정보통신부", "과기정통부", True),
        ("한국은행", "한은", True),
        ("한국은행", "은행", False),
        ("가람", "가람", False),
    ],
)
def test_short_forms_keep_the_order_of_the_letters(long: str, short: str, is_short: bool) -> None:
    assert is_short_for(long, short) == is_short
