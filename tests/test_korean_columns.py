"""Tokens in columns say what the tokens of the units say."""

from __future__ import annotations

import numpy as np
import pytest

from pipeline import Pipeline, korean, read
from pipeline.records import Document, Failure, Token

from .conftest import ROOT


@pytest.fixture(scope="module")
def documents(pipeline: Pipeline) -> list[Document]:
    return pipeline.documents([one for one in read([ROOT / "seeds"]) if not isinstance(one, Failure)])


def test_columns_hold_the_tokens_of_the_units(documents: list[Document]) -> None:
    assert sum(len(document.units) for document in documents) > 100
    for document in documents:
        columns = document.tokens
        assert len(columns.bounds) == len(document.units) + 1
        assert len(set(columns.forms)) == len(columns.forms)
        for unit in document.units:
            own = slice(columns.bounds[unit.index], columns.bounds[unit.index + 1])
            forms = [columns.forms[i] for i in columns.form[own]]
            tags = [korean.TAGS[i] for i in columns.tag[own]]
            found = zip(forms, tags, columns.start[own].tolist(), columns.end[own].tolist(), strict=True)
            assert tuple(Token(*one) for one in found) == unit.tokens
            for token in unit.tokens:
                assert 0 <= token.start <= token.end <= len(unit.text)


def test_columns_of_tokens_are_those_of_the_document(documents: list[Document]) -> None:
    for document in documents:
        again = korean.columns(unit.tokens for unit in document.units)
        assert again.forms == document.tokens.forms
        for name in ("form", "tag", "start", "end", "bounds"):
            assert np.array_equal(getattr(again, name), getattr(document.tokens, name)), name


def test_a_table_of_tags_is_a_mask_over_tokens() -> None:
    tokens = korean.columns(
        [[Token("값", "NNG", 0, 1), Token("이", "JKS", 1, 2)], [], [Token("?", "NEW", 0, 1)]]
    )
    assert korean.table(frozenset({"JKS", "JX"}))[tokens.tag].tolist() == [False, True, False]
    assert tokens.bounds.tolist() == [0, 2, 2, 3]
    assert korean.TAGS[tokens.tag[2]] == "UN"
    assert korean.starting("VA") == {"VA", "VA-R", "VA-I"}
