"""The published methods against cases that were computed by hand."""

from __future__ import annotations

import numpy as np
import pytest

from pipeline.korean import columns
from pipeline.korean.wording import overlap
from pipeline.records import Draft, Token, Unit
from pipeline.run import ranked as ranked_by
from pipeline.salience import METHODS
from pipeline.salience.published import pagerank
from pipeline.summarize import Ranked, choose


def draft(words: list[str], vectors: list[list[float]]) -> Draft:
    """Units whose morphemes are the letters of `words`, all nouns."""
    units = tuple(
        Unit(
            i,
            word,
            0,
            len(word),
            "body",
            None,
            i,
            tuple(Token(c, "NNG", j, j + 1) for j, c in enumerate(word)),
        )
        for i, word in enumerate(words)
    )
    rows = np.array(vectors, dtype=np.float32).reshape(-1, 2)
    return Draft(units, columns(unit.tokens for unit in units), rows, tuple(("other", 0.0) for _ in words))


def test_lead_ranks_in_document_order() -> None:
    ranked = ranked_by(draft(["가나", "다라", "마바"], [[1, 0]] * 3), "lead")
    assert tuple(ranked.order) == (0, 1, 2)
    assert tuple(ranked.salience.values()) == (1.0, 0.6667, 0.3333)


def test_lexrank_by_hand() -> None:
    # Cosines: 1–2 0.6, 2–3 0.8, 1–3 0. Over 0.1: the path 1–2–3 with loops, degrees 2, 3, 2.
    # x = 0.05 + 0.85 (x/2 + y/3) and 2x + y = 1 give x = 0.29197, y = 0.41606; x / y = 0.70175.
    ranked = ranked_by(draft(["가", "나", "다"], [[1, 0], [0.6, 0.8], [0, 1]]), "lexrank")
    assert tuple(ranked.order) == (1, 0, 2)
    assert tuple(ranked.salience.values()) == pytest.approx((0.7018, 1.0, 0.7018), abs=1e-4)


def test_textrank_by_hand() -> None:
    # Words in common: 1–2 two, 2–3 one. Similarities 2/(ln 3 + ln 3) = 0.91024, 1/(ln 3 + ln 2) = 0.55811,
    # so sentence 2 leads to 1 with 0.61991 and to 3 with 0.38009. r2 = 0.05 + 0.85 (0.1 + 0.85 r2) = 0.48649,
    # r1 = 0.05 + 0.85 · 0.61991 r2 = 0.30634, r3 = 0.05 + 0.85 · 0.38009 r2 = 0.20717.
    ranked = ranked_by(draft(["가나다", "나다라", "라마"], [[1, 0]] * 3), "textrank")
    assert tuple(ranked.order) == (1, 0, 2)
    assert tuple(ranked.salience.values()) == pytest.approx(
        (0.30634 / 0.48649, 1.0, 0.20717 / 0.48649), abs=2e-4
    )


def test_centroid_by_hand() -> None:
    # The sum of the rows is (1.6, 1.8), its length 2.40832: cosines 0.66436, 0.99655, 0.74741.
    ranked = ranked_by(draft(["가", "나", "다"], [[1, 0], [0.6, 0.8], [0, 1]]), "centroid")
    assert tuple(ranked.order) == (1, 2, 0)
    assert tuple(ranked.salience.values()) == pytest.approx((0.66667, 1.0, 0.75), abs=1e-3)


def test_pagerank_of_a_graph_without_edges_is_uniform() -> None:
    assert pagerank(np.zeros((4, 4))) == pytest.approx([0.25] * 4)
    assert pagerank(np.zeros((0, 0))) == []


@pytest.mark.parametrize("method", METHODS)
def test_every_method_ranks_all_and_is_sure_of_nothing(method: str) -> None:
    empty = ranked_by(draft([], []), method)
    assert not empty.order and not empty.salience
    same = ranked_by(draft(["가나", "가나", "다라"], [[1, 0], [1, 0], [0, 0]]), method)
    assert sorted(same.order) == [0, 1, 2]
    assert all(0 <= s <= 1 for s in same.salience.values())
    assert same.order.index(0) < same.order.index(1), "the earlier of two equals comes first"


@pytest.mark.parametrize(
    ("amount", "unit", "expected"),
    [
        (2, "sentences", (1, 3)),
        (99, "sentences", (0, 1, 2, 3)),
        (0.5, "share", (1, 3)),
        (0.51, "share", (0, 1, 3)),
        (30, "chars", (0, 3)),  # 20 + 10; the one of 25 is passed over
        (9, "chars", ()),
    ],
)
def test_choose(amount: float, unit: str, expected: tuple[int, ...]) -> None:
    ranking, lengths = (3, 1, 0, 2), [10, 25, 40, 20]
    assert choose(Ranked(ranking), lengths, amount, unit) == expected  # type: ignore[arg-type]


def test_overlap_by_hand() -> None:
    found = overlap(draft(["가나다가", "나다라", "마"], [[1, 0]] * 3).tokens)
    assert found.sizes.tolist() == [3, 3, 1]
    assert found.common.tolist() == [[3, 2, 0], [2, 3, 0], [0, 0, 1]]
    assert overlap(columns(())).common.shape == (0, 0)
