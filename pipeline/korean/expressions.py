"""Expressions out of lists of words and of expressions, written so that `re` searches them fast."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

#: A class of letters that opens an expression and stands there once; digits may be told by a range of them.
_CLASS = re.compile(r"\[((?:\d-\d|[^\]\[\\^-])+)\](?![*+?{])|\\d(?![*+?{])")
_RANGE = re.compile(r"(\d)-(\d)")
#: What may not stand before an expression: a class of letters.
_NOT_BEFORE = re.compile(r"\(\?<!(\[[^\]\[\\]+\])\)(?=[(\[\w])")
#: What is read as one: an escape, a class of letters, a parenthesis, a bar.
_PARTS = re.compile(r"\\.|\[\^?\]?(?:[^\]\\]|\\.)*+\]?|[()|]")
_BARS = re.compile(r"\(\?:|[()|\[\\]")


def spread(expression: str) -> list[str]:
    """An expression as branches that begin with a letter each: ``[이그]렇게`` as 이렇게 and 그렇게.

    `re` skips ahead to the letters that can begin a match, but only where every branch begins with one; that
    makes the search three times as fast. A class within a choice is left as it is, and what may not stand
    before a match is looked for behind its first letter.
    """
    if found := _NOT_BEFORE.match(expression):
        branches = spread(expression[found.end() :])
        if all(one[:1].isalnum() and one[1:2] not in ("*", "+", "?", "{") for one in branches):
            return [f"{one[0]}(?<!{found[1]}{one[0]}){one[1:]}" for one in branches]
        return [expression]
    found = _CLASS.match(expression)
    if found is not None:
        letters = _RANGE.sub(_between, found[1] or "0-9")
        firsts, end = list(map(re.escape, letters)), found.end()
    else:
        firsts, end = _choices(expression)
    rest = expression[end:]
    return [branch for first in firsts for branch in spread(first + rest)] if end else [expression]


def _between(found: re.Match[str]) -> str:
    return "".join(map(str, range(int(found[1]), int(found[2]) + 1)))


def _choices(expression: str) -> tuple[list[str], int]:
    """The branches of the choice that opens an expression, and where it ends; 0 where none does."""
    if not expression.startswith("(?:"):
        return [], 0
    depth, last, branches = 0, 3, []
    for match in _BARS.finditer(expression):
        if match[0] in "[\\(":  # a class, an escape, another kind of group
            return [], 0
        depth += {"(?:": 1, ")": -1, "|": 0}[match[0]]
        if depth == 0 or (depth == 1 and match[0] == "|"):
            branches.append(expression[last : match.start()])
            last = match.end()
        if depth == 0:
            return ([], 0) if expression[last:].startswith(("*", "+", "?", "{")) else (branches, last)
    return [], 0


def _by_letter(branches: Iterable[str]) -> Iterator[str]:
    """Branches that begin with one letter as one, for `re` tries each after the other: 그(?:는|들).

    What matches stays the same: of those with one letter the order is kept, and no two letters match one.
    """
    by_letter: dict[str, list[str]] = {}
    for branch in (*branches, ""):
        if branch[:1].isalnum() and branch[1:2] not in ("*", "+", "?", "{") and not _is_choice(branch):
            by_letter.setdefault(branch[0], []).append(branch[1:])
            continue
        for letter, rests in by_letter.items():
            yield letter + (rests[0] if len(rests) == 1 else f"(?:{'|'.join(rests)})")
        by_letter.clear()
        if branch:
            yield branch


def _is_choice(expression: str) -> bool:
    """Whether a bar parts an expression itself, not a group in it."""
    depth = 0
    for match in _PARTS.finditer(expression):
        depth += {"(": 1, ")": -1}.get(match[0], 0)
        if match[0] == "|" and depth == 0:
            return True
    return False


def choice(expressions: Iterable[str], after: str = "") -> str:
    """A choice of expressions, all of them followed by `after`; of none, one that matches nothing."""
    written = "|".join(_by_letter(branch for expression in expressions for branch in spread(expression)))
    return f"(?:{written}){after}" if written else "(?!)"


def any_of(expressions: Iterable[str], after: str = "") -> re.Pattern[str]:
    """Compile a choice of expressions."""
    return re.compile(choice(expressions, after))


def longest_first(words: Iterable[str]) -> list[str]:
    """Words in the order in which a choice tries them: none before one that it begins."""
    return sorted(words, key=lambda word: (-len(word), word))


def of_words(words: Iterable[str]) -> str:
    """An expression for any of some words, the longest first."""
    return "|".join(map(re.escape, longest_first(words)))
