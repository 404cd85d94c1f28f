"""What a run has read already, in little memory."""

from __future__ import annotations

import random
import tracemalloc
from hashlib import blake2b, sha256

from pipeline.readers.seen import Numbers, Seen
from pipeline.records import Known


def digest(n: int) -> bytes:
    return blake2b(str(n).encode(), digest_size=16).digest()


def test_numbers_are_those_of_a_dict() -> None:
    rng = random.Random(2)
    found, expected = Numbers(), dict[bytes, int]()
    for _ in range(6_000):
        key, value = digest(rng.randrange(4_000)), rng.randrange(1 << 55)
        assert found.setdefault(key, lambda value=value: value) == expected.setdefault(key, value)  # type: ignore[misc]
    assert len(found) == len(expected)


def test_digests_that_begin_alike_are_told_apart() -> None:
    found = Numbers()
    keys = [bytes(8) + n.to_bytes(8, "little") for n in range(3_000)]
    assert [found.setdefault(key, lambda n=n: n) for n, key in enumerate(keys)] == list(range(3_000))  # type: ignore[misc]
    assert [found.setdefault(key, lambda: -1) for key in keys] == list(range(3_000))


def known(n: int, at: int, page: str = "", letters: str = "") -> Known:
    content = sha256(f"{n}".encode()).hexdigest()
    return Known(f"articles.jsonl:{at}", content, f"제목-{content[:12]}", page, "제목", len(letters), letters)


def test_a_copy_is_told_with_the_place_of_the_first() -> None:
    seen = Seen()
    for n in range(3_000):
        assert seen.first(known(n, n)) == f"articles.jsonl:{n}"
    assert seen.first(known(7, 5_000)) == "articles.jsonl:7"
    assert seen.first(known(7, 7)) == "articles.jsonl:7"


def test_a_page_that_says_nothing_more_is_the_same() -> None:
    seen = Seen()
    page = "example.com/1?"
    assert seen.first(known(1, 1, page, "가나다라")) == "articles.jsonl:1"
    for n in range(10, 500):
        seen.first(known(n, n, f"example.com/{n}?", "다른 글"))
    assert seen.first(known(2, 2, page, "가나다")) == "articles.jsonl:1"
    assert seen.first(known(3, 3, page, "가나다라마")) == "articles.jsonl:3"
    assert seen.first(known(4, 4, page, "나다")) == "articles.jsonl:4"


def test_an_article_costs_few_bytes() -> None:
    many = 40_000
    seen = Seen()
    tracemalloc.start()
    try:
        for n in range(many):
            one = known(n, n)
            assert seen.own_id(one) == one.id
            seen.first(one)
        held, _ = tracemalloc.get_traced_memory()
    finally:
        tracemalloc.stop()
    assert held < 150 * many
