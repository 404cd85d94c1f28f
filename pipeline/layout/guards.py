"""What a pattern cannot match without: strings that a text is asked for before a slow pattern is tried.

Read off the parsed pattern, so that a rule says nothing twice. This is the prefilter of text search engines
(Cox 2012, "Regular Expression Matching with a Trigram Index"; `filtered-re2`), for one text at a time.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from re import IGNORECASE, _parser  # type: ignore[attr-defined]
from re import _constants as c  # type: ignore[attr-defined]  # nothing public shows a pattern's parts
from typing import Any

#: Most strings of which one has to be there; a look for more takes longer than most patterns.
_MOST = 48
#: Conditions of one guard.
_CONDITIONS = 3
#: A repeat as long as this, at the start of a pattern, is what makes it slow.
_WIDE = 12
_REPEATS = (c.MAX_REPEAT, c.MIN_REPEAT, c.POSSESSIVE_REPEAT)


@dataclass(frozen=True, slots=True)
class Guard:
    """What holds for all texts that a pattern takes.

    Attributes
    ----------
    least, most
        Their length.
    needed
        Of each of these groups of strings, one stands in them; the rarest group first.
    wide
        Whether the pattern begins with something that fits most texts, so that it is slow to say no.
    """

    least: int
    most: int
    needed: tuple[tuple[str, ...], ...]
    wide: bool

    @property
    def pays(self) -> bool:
        """Whether asking first is quicker than the pattern itself."""
        return self.wide and bool(self.needed)

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
    groups = [] if parsed.state.flags & IGNORECASE else sorted(set(_groups(parsed)), key=_commonness)
    return Guard(least, most, tuple(groups[:_CONDITIONS]), _is_wide(parsed))


def _groups(items: Iterable[tuple[Any, Any]]) -> list[tuple[str, ...]]:
    """Groups of strings for a sequence of parsed items, any one of each of which must be there."""
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
            own = [min(_groups(branch), key=_commonness, default=None) for branch in value[1]]
            union = tuple(sorted({string for group in own if group for string in group}))
            if all(own) and len(union) <= _MOST:
                found.append(union)
        elif op is c.SUBPATTERN:
            found.extend(_groups(value[3]) if not value[1] & IGNORECASE else ())
        elif op is c.ATOMIC_GROUP:
            found.extend(_groups(value))
        elif op in _REPEATS:
            found.extend(_groups(value[2]) if value[0] else ())
        elif op is c.ASSERT and value[0] > 0:
            found.extend(_groups(value[1]))
    return [*found, (run,)] if run else found


def _commonness(group: tuple[str, ...]) -> tuple[float, tuple[str, ...]]:
    """How likely a line has one of some strings, roughly."""
    return sum(
        _LIKELY.get(string, 0.1) if len(string) == 1 else 0.1 ** len(string) for string in group
    ), group


_LIKELY = {" ": 1.0, ".": 0.9, ",": 0.7, **dict.fromkeys("0123456789", 0.3), **dict.fromkeys("다이는을", 0.8)}


def _is_wide(items: Iterable[tuple[Any, Any]]) -> bool:
    """Whether a pattern begins, behind what may be left out, with a long repeat or a look ahead for one."""
    for op, value in items:
        if op in _REPEATS:
            least, most, what = value
            if most >= _WIDE or _is_wide(what):
                return True
            if least:
                return False
        elif op is c.BRANCH:
            if any(map(_is_wide, value[1])):
                return True
            if all(branch.getwidth()[0] for branch in value[1]):
                return False
        elif op in (c.SUBPATTERN, c.ATOMIC_GROUP):
            inside = value[3] if op is c.SUBPATTERN else value
            if _is_wide(inside):
                return True
            if inside.getwidth()[0]:
                return False
        elif op in (c.ASSERT, c.ASSERT_NOT):
            if _is_wide(value[1]):
                return True
        elif op is not c.AT:
            return False
    return False
