"""Regular expressions out of word lists."""

from __future__ import annotations

import re
from collections.abc import Iterable

_CHOICE = re.compile(r"\(\?:([^()\[\]\\]*)\)(?![*+?{])")


def any_of(expressions: Iterable[str], after: str = "") -> re.Pattern[str]:
    """Compile a choice of expressions, all of them followed by `after`; of none, one that matches nothing.

    A choice that opens one of them is spread, ``(?:a|b)c`` into ``ac|bc``: `re` skips ahead to the letters
    that can begin a match, but only where every branch begins with a letter.
    """
    branches = [branch for expression in expressions for branch in _spread(expression)]
    return re.compile(f"(?:{'|'.join(branches)}){after}" if branches else "(?!)")


def _spread(expression: str) -> list[str]:
    choice = _CHOICE.match(expression)
    if choice is None:
        return [expression]
    return [first + expression[choice.end() :] for first in choice[1].split("|")]
