"""A guard turns away no text that its pattern takes."""

from __future__ import annotations

import re

import pytest

from pipeline.layout.guards import guard, held, may_be
from pipeline.settings import load_boilerplate


@pytest.mark.parametrize(
    ("pattern", "taken", "needed"),
    [
        ("[^.]{0,80}(?:구독|제보)하세요", "지금 구독하세요", {"하세요", "구독", "제보"}),
        ("(?:가|나다)?x{2,3}[?!]", "나다xx!", {"x", "?", "!"}),
        ("(?=.{0,9}@)(?!b)[a@]+", "a@", {"@", "a"}),
        ("(?P<one>끝)|(?:)", "", set()),
        ("(?i:abc)", "ABC", set()),
        ("(?i)abc", "ABC", set()),
        ("[^a]?b{0,2}", "c", set()),
    ],
)
def test_what_is_needed(pattern: str, taken: str, needed: set[str]) -> None:
    found = guard(pattern)
    assert re.fullmatch(pattern, taken)
    assert found.admits(taken)
    assert {string for group in found.needed for string in group} == needed


@pytest.mark.parametrize(
    ("pattern", "text", "strings"),
    [
        (r"(?:쥐|소)띠|\d\d년생", "쥐띠 72년생 소띠", {"띠", "년생"}),
        (r"[가-힣]+(?=[,끝]$|,)", "가,나,", set()),
        (r"(?i)a", "Aa", set()),
    ],
)
def test_each_match_holds_one_of_its_own(pattern: str, text: str, strings: set[str]) -> None:
    assert set(held(pattern)) == strings
    if strings:
        assert len(re.findall(pattern, text)) <= sum(map(text.count, strings))


def test_what_is_turned_away() -> None:
    found = guard("[^.]{0,80}(?:구독|제보)하세요")
    assert not found.admits("지금 읽으세요")
    assert not found.admits("가" * 90 + "구독하세요")
    assert found.finds("가" * 90 + "구독하세요")


@pytest.mark.parametrize("rule", load_boilerplate(), ids=lambda rule: str(rule.name))
def test_rules_pass_their_own_guards(rule: object) -> None:
    example = re.sub("[«»]", "", rule.example)  # type: ignore[attr-defined]
    found = guard(rule.pattern)  # type: ignore[attr-defined]
    for text in {example, *example.split("\n")}:
        if re.search(rule.pattern, text):  # type: ignore[attr-defined]
            assert found.finds(text)
        if re.fullmatch(rule.pattern, text):  # type: ignore[attr-defined]
            assert found.admits(text)
            assert may_be(found.first, text[:1]) and may_be(found.last, text[-1:])


@pytest.mark.parametrize(
    ("pattern", "first", "last"),
    [
        (r"(?=\d)[^가-힣]{1,9}(?:글|\s?사진)\.?(?=$)", ("1a", "가"), ("글진.", "사 다")),
        (r"(?P<a>[a-c]|\d)?(?>x|yz)", ("abc7xy", "dz"), ("xz", "y")),
        (r"a|b*", ("ac", ""), ("bc", "")),
        (r"(?i:a)b", ("A", ""), ("b", "B")),
        (r"(?i)a", ("A", ""), ("A", "")),
    ],
)
def test_ends(pattern: str, first: tuple[str, str], last: tuple[str, str]) -> None:
    found = guard(pattern)
    for sets, (may, may_not) in ((found.first, first), (found.last, last)):
        assert all(may_be(sets, char) for char in may)
        assert not any(may_be(sets, char) for char in may_not)
