"""Expressions out of lists of words and of expressions, written so that `re` searches them fast."""

from __future__ import annotations

import re
from collections.abc import Iterable

#: A class of letters, and a choice of words, that open an expression and stand there once.
_CLASS = re.compile(r"\[([^\]\[\\^-]+)\](?![*+?{])")
_CHOICE = re.compile(r"\(\?:([^()\[\]\\?*+{]*)\)(?![*+?{])")


def spread(expression: str) -> list[str]:
    """An expression as branches that begin with a letter each: ``[이그]렇게`` as 이렇게 and 그렇게.

    `re` skips ahead to the letters that can begin a match, but only where every branch begins with one; that
    makes the search three times as fast. A class or a choice within another is left as it is.
    """
    found = _CLASS.match(expression) or _CHOICE.match(expression)
    if found is None:
        return [expression]
    firsts = found[1].split("|") if found[0].startswith("(") else map(re.escape, found[1])
    return [branch for first in firsts for branch in spread(first + expression[found.end() :])]


def choice(expressions: Iterable[str], after: str = "") -> str:
    """A choice of expressions, all of them followed by `after`; of none, one that matches nothing."""
    written = "|".join(branch for expression in expressions for branch in spread(expression))
    return f"(?:{written}){after}" if written else "(?!)"


def any_of(expressions: Iterable[str], after: str = "") -> re.Pattern[str]:
    """Compile a choice of expressions."""
    return re.compile(choice(expressions, after))


def of_words(words: Iterable[str]) -> str:
    """An expression for any of some words, the longest first."""
    return "|".join(map(re.escape, sorted(words, key=lambda word: (-len(word), word))))
