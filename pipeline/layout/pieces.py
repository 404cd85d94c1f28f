"""Pieces of an article on their way to blocks."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

PieceKind = Literal["title", "heading", "paragraph", "item", "quote", "boilerplate"]
Facts = tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class Piece:
    """A line, or several that are one, as a span of the article's text.

    Attributes
    ----------
    bare
        Carries no mark of its own: a paragraph, heading or title, as its neighbours decide.
    whole
        Not to be split into sentences.
    gap
        A blank line stands before it.
    level
        Of a marked heading, from 1; 0 for all else.
    mark
        What the line began with, where that leaves open what it is: ``▲``, or ``3.`` of a list.
    table
        A row of a table.
    plug
        The rule that took it says that the lines below belong to it.
    facts
        What the boilerplate says about the article.
    seams
        Line breaks inside it at which a word may go on.
    """

    kind: PieceKind
    start: int
    end: int
    bare: bool = False
    whole: bool = False
    gap: bool = False
    level: int = 0
    mark: str = ""
    table: bool = False
    plug: bool = False
    facts: Facts = ()
    seams: tuple[int, ...] = ()
