"""Quotations: which run over several sentences, and what is nothing but one."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import groupby
from typing import NamedTuple

from ..korean.quotes import SAID_CLOSING, SAID_OPENING, SPEECH, STRAIGHT
from ..records import Unit

_OPENS = re.compile(rf"\s*[{STRAIGHT}{SAID_OPENING}]")
_CLOSES = re.compile(rf"[{STRAIGHT}{SAID_CLOSING}][^\w{STRAIGHT}{SAID_CLOSING}]*+$")
_MARKS = re.compile(f"[{SPEECH}]")
_ONLY_QUOTES = re.compile(r"\s*(?:“[^”]*”|\"[^\"]*\")[\s.]*$")


class Quotations(NamedTuple):
    """The quotations of an article that run over several of its units, by position of the unit.

    Attributes
    ----------
    halves
        Units that hold a part of a quotation only, its rest standing in others of their block. In a block
        that is all one quotation, the answer of an interview, none is: its sentences stand like others.
    opened
        The unit that closes such an answer, with the one that opens it.
    spoken
        Units that are all somebody's words: such a part, with nothing outside of its marks.
    """

    halves: frozenset[int]
    opened: dict[int, int]
    spoken: frozenset[int]


def quotations(units: Sequence[Unit]) -> Quotations:
    """Find the quotations that run over several units of a block."""
    halves: set[int] = set()
    spoken: set[int] = set()
    opened: dict[int, int] = {}
    for rows, inside in _blocks(units):
        parts = [i for i, part in zip(rows, inside, strict=True) if part]
        if not parts:
            continue
        texts = {i: units[i].text for i in parts}
        spoken.update(
            i for i, t in texts.items() if not _MARKS.search(t) or _OPENS.match(t) or _CLOSES.search(t)
        )
        if not (_OPENS.match(units[rows[0]].text) and _CLOSES.search(units[rows[-1]].text)):
            halves.update(parts)
        elif inside[-1]:
            opened[rows[-1]] = max(i for i in rows[:-1] if _OPENS.match(units[i].text))
    return Quotations(frozenset(halves), opened, frozenset(spoken))


def _blocks(units: Sequence[Unit]) -> Iterator[tuple[list[int], list[bool]]]:
    """The blocks of an article: their positions, and which of these hold a part of a quotation only.

    A mark that nothing in its block closes is a slip, and counts for nothing.
    """
    for _, run in groupby(range(len(units)), key=lambda i: units[i].block):
        rows = list(run)
        opened, inside = 0, []
        for i in rows:
            text, before = units[i].text, opened
            if _MARKS.search(text):
                opened += text.count(SAID_OPENING) - text.count(SAID_CLOSING)
                if text.count(STRAIGHT) % 2:
                    opened += -1 if opened else 1
            inside.append(bool(before or opened))
        yield rows, inside if opened == 0 else [False] * len(rows)


def goes_on(text: str) -> bool:
    """Whether a quotation that began before is closed here."""
    closed = text.find(SAID_CLOSING)
    return closed >= 0 and not 0 <= text.find(SAID_OPENING) < closed


def is_only_quotation(text: str) -> bool:
    """Whether a sentence is all quotation, so that it doesn't say who speaks."""
    return _ONLY_QUOTES.match(text) is not None
