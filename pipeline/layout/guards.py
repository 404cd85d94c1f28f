"""What a pattern cannot match without: strings and ends that a text is asked for before a pattern is tried.

Read off the parsed pattern, so that a rule says nothing twice. This is the prefilter of text search engines
(Cox 2012, "Regular Expression Matching with a Trigram Index"; `filtered-re2`), for one text at a time.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from re import IGNORECASE, _parser  # type: ignore[attr-defined]
from re import _constants as c  # type: ignore[attr-defined]  # nothing public shows a pattern's parts
from typing import Any

#: Most strings of which one has to be there; a look for more takes longer than most patterns.
_MOST = 48
#: Conditions of one guard.
_CONDITIONS = 3
_REPEATS = (c.MAX_REPEAT, c.MIN_REPEAT, c.POSSESSIVE_REPEAT)
_CATEGORIES = {
    c.CATEGORY_DIGIT: r"\d", c.CATEGORY_NOT_DIGIT: r"\D", c.CATEGORY_SPACE: r"\s",
    c.CATEGORY_NOT_SPACE: r"\S", c.CATEGORY_WORD: r"\w", c.CATEGORY_NOT_WORD: r"\W",
}  # fmt: skip
#: Parsed sets of characters, any of which may stand in a place; None for all characters, or none at all.
Sets = tuple[Any, ...] | None


@dataclass(frozen=True, slots=True)
class Guard:
    """What holds for all texts that a pattern takes.

    Attributes
    ----------
    least, most
        Their length.
    needed
        Of each of these groups of strings, one stands in them; the rarest group first.
    first, last
        What their first and their last character may be.
    """

    least: int
    most: int
    needed: tuple[tuple[str, ...], ...]
    first: Sets
    last: Sets

    def admits(self, text: str) -> bool:
        """False where the pattern cannot match all of a text."""
        return self.least <= len(text) <= self.most and self.finds(text)

    def finds(self, text: str) -> bool:
        """False where the pattern cannot match anywhere in a text."""
        for group in self.needed:
            for string in group:
                if string in text:
                    break
            else:
                return False
        return True


def guard(pattern: str) -> Guard:
    """The guard of a pattern: an empty one, which admits all texts, where nothing is known."""
    parsed = _parser.parse(pattern)
    least, most = parsed.getwidth()
    if parsed.state.flags & IGNORECASE:
        return Guard(least, most, (), None, None)
    groups = sorted(set(_groups(parsed)), key=_commonness)
    return Guard(least, most, tuple(groups[:_CONDITIONS]), _edge(parsed, 1), _edge(parsed, -1))


def may_be(sets: Sets, char: str) -> bool:
    """Whether a character is in one of some parsed sets."""
    return sets is None or any(_holds(one, char) for one in sets)


def _holds(parsed: Any, char: str) -> bool:
    op, value = parsed
    if op is c.LITERAL:
        return bool(ord(char) == value)
    if op is c.RANGE:
        return bool(value[0] <= ord(char) <= value[1])
    if op is c.CATEGORY:
        return re.match(_CATEGORIES[value], char) is not None
    negated = value[0][0] is c.NEGATE  # c.IN
    return any(_holds(one, char) for one in value[negated:]) != negated


def _edge(items: Sequence[Any], step: int) -> Sets:
    """What the first character (step 1) or the last one (-1) of a text may be that items take."""
    found, empty = _sets(items, step)
    return None if empty or None in found else tuple(found)


def _sets(items: Sequence[Any], step: int) -> tuple[list[Any], bool]:
    """Sets for a character at one end, None among them for any, and whether the items may take nothing."""
    found: list[Any] = []
    for op, value in list(items)[::step]:
        if op in (c.AT, c.ASSERT, c.ASSERT_NOT):
            continue
        if op in (c.LITERAL, c.IN):
            return [*found, (op, value)], False
        if op is c.BRANCH:
            own = [_sets(branch, step) for branch in value[1]]
        elif op is c.SUBPATTERN and not value[1] & IGNORECASE:
            own = [_sets(value[3], step)]
        elif op is c.ATOMIC_GROUP:
            own = [_sets(value, step)]
        elif op in _REPEATS:
            sets, empty = _sets(value[2], step)
            own = [(sets, empty or not value[0])]
        else:
            return [None], False
        found += [one for sets, _ in own for one in sets]
        if not any(empty for _, empty in own):
            return found, False
    return found, True


def held(pattern: str) -> tuple[str, ...]:
    """Strings of which each match of a pattern holds one for itself; empty where nothing is known."""
    parsed = _parser.parse(pattern)
    groups = [] if parsed.state.flags & IGNORECASE else _groups(parsed, ahead=False)
    return min(groups, key=_commonness, default=())


def _groups(items: Iterable[tuple[Any, Any]], ahead: bool = True) -> list[tuple[str, ...]]:
    """Groups of strings for a sequence of parsed items, any one of each of which must be there.

    Parameters
    ----------
    ahead
        Whether what is only looked ahead for counts.
    """
    found: list[tuple[str, ...]] = []
    run = ""
    for op, value in items:
        if op is c.LITERAL:
            run += chr(value)
            continue
        if run:
            found.append((run,))
            run = ""
        if op is c.IN:
            if 0 < len(value) <= _MOST and all(kind is c.LITERAL for kind, _ in value):
                found.append(tuple(sorted(chr(char) for _, char in value)))
        elif op is c.BRANCH:
            own = [min(_groups(branch, ahead), key=_commonness, default=None) for branch in value[1]]
            union = tuple(sorted({string for group in own if group for string in group}))
            if all(own) and len(union) <= _MOST:
                found.append(union)
        elif op is c.SUBPATTERN:
            found.extend(_groups(value[3], ahead) if not value[1] & IGNORECASE else ())
        elif op is c.ATOMIC_GROUP:
            found.extend(_groups(value, ahead))
        elif op in _REPEATS:
            found.extend(_groups(value[2], ahead) if value[0] else ())
        elif op is c.ASSERT and value[0] > 0 and ahead:
            found.extend(_groups(value[1]))
    return [*found, (run,)] if run else found


def _commonness(group: tuple[str, ...]) -> tuple[float, tuple[str, ...]]:
    """How likely a line has one of some strings, roughly."""
    return sum(
        _LIKELY.get(string, 0.1) if len(string) == 1 else 0.1 ** len(string) for string in group
    ), group


_LIKELY = {" ": 1.0, ".": 0.9, ",": 0.7, **dict.fromkeys("0123456789", 0.3), **dict.fromkeys("다이는을", 0.8)}
