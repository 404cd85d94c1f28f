"""Quotations that run over several sentences."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import groupby

from ..records import Unit

OPENS, CLOSES = re.compile(r"\s*[\"“]"), re.compile(r"[\"”][^\w\"”]*+$")
_MARKS = frozenset('“”"')


def quotations(units: Sequence[Unit]) -> Iterator[tuple[list[int], list[bool]]]:
    """The blocks of an article: their positions, and which of these hold a part of a quotation only.

    A mark that nothing in its block closes is a slip, and counts for nothing.
    """
    for _, run in groupby(range(len(units)), key=lambda i: units[i].block):
        rows = list(run)
        opened, inside = 0, []
        for i in rows:
            before = opened
            opened += units[i].text.count("“") - units[i].text.count("”")
            if units[i].text.count('"') % 2:
                opened += -1 if opened else 1
            inside.append(bool(before or opened))
        yield rows, inside if opened == 0 else [False] * len(rows)


def spoken(units: Sequence[Unit]) -> tuple[bool, ...]:
    """Which units are all somebody's words: a part of a quotation, with nothing outside of its marks."""
    found = [False] * len(units)
    for rows, inside in quotations(units):
        for i, part in zip(rows, inside, strict=True):
            text = units[i].text
            found[i] = part and (_MARKS.isdisjoint(text) or bool(OPENS.match(text) or CLOSES.search(text)))
    return tuple(found)
