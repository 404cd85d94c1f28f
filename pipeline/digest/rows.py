"""Tables of an issue with their editor's changes: keywords, figures, disagreements."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import Literal, TypeVar

from ..korean.spelling import key_of
from ..records import Changes, DigestKeyword, Disagreement, FigureRow, Hidden
from .issues import moved

_Row = TypeVar("_Row", FigureRow, Disagreement)


def edited_terms(table: Sequence[DigestKeyword], changes: Changes, rows: int) -> tuple[DigestKeyword, ...]:
    """A keyword table without hidden terms, merged ones in one row, those behind them moved up.

    What is not in the table is hidden already.
    """
    left = list(table)
    for one in changes.merged:
        term = next((row for row in left if _is(row, one.term)), None)
        into = next((row for row in left if _is(row, one.into)), None)
        if term is None or term is into:
            continue
        at = min(left.index(term), left.index(into) if into else len(left))
        left = [row for row in left if row is not term and row is not into]
        left.insert(at, _merged(term, into) if into else _renamed(term, one.into))
    hidden = {key_of(term) for term in changes.hidden}
    return moved([row for row in left if key_of(row.term) not in hidden][:rows])


def edited_rows(
    rows: Sequence[_Row], table: Literal["figures", "disagreements"], changes: Changes
) -> tuple[_Row, ...]:
    """Rows without those that the editor hides; what is not there is hidden already."""
    hidden = {(one.subject, one.metric, one.period) for one in changes.rows if one.table == table}
    return tuple(row for row in rows if (row.subject, row.metric, row.period) not in hidden)


def key_of_row(row: FigureRow | Disagreement) -> Hidden:
    """What hides a row."""
    table: Literal["figures", "disagreements"] = "figures" if isinstance(row, FigureRow) else "disagreements"
    return Hidden(table, row.subject, row.metric, row.period)


def _is(row: DigestKeyword, term: str) -> bool:
    return key_of(term) in {key_of(form) for form in (row.term, *row.variants)}


def _renamed(row: DigestKeyword, term: str) -> DigestKeyword:
    return replace(row, term=term, variants=tuple(dict.fromkeys([row.term, *row.variants])))


def _merged(term: DigestKeyword, into: DigestKeyword) -> DigestKeyword:
    """Two rows in one, under the name of the second: counts add up, the better score counts."""
    forms = dict.fromkeys([*into.variants, term.term, *term.variants])
    articles = dict.fromkeys([*into.articles, *term.articles])
    return replace(
        into,
        variants=tuple(form for form in forms if form != into.term),
        count=into.count + term.count,
        score=max(into.score, term.score),
        articles=tuple(articles),
        sentences={
            a: tuple(sorted({*into.sentences.get(a, ()), *term.sentences.get(a, ())})) for a in articles
        },
        last=min((n for n in (into.last, term.last) if n is not None), default=None),
    )
