"""Newsroom dress: boilerplate lines, and boilerplate at both ends of a line, by rules that are data."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache

from ..records import BoilerplateRule

_GROUP_NAME = re.compile(r"\(\?P<\w+>")
#: Longest line, in code points, that can be boilerplate as a whole.
_LONGEST = 600
#: How far from its ends a line is searched for boilerplate.
_REACH = 400
#: Parts that may stand in a row: [속보] (서울=한빛통신) …
_PARTS = 4


@dataclass(frozen=True, slots=True)
class Part:
    """A part of a line: kept, or boilerplate with the facts that it gives.

    Attributes
    ----------
    plug
        The lines below belong to it (``where = "list"``).
    """

    start: int
    end: int
    kept: bool
    plug: bool = False
    facts: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True, slots=True, eq=False)
class Rules:
    """Boilerplate rules, compiled.

    Attributes
    ----------
    any_line
        All rules for whole lines in one pattern: most lines fit none, and one look tells.
    """

    plugs: tuple[re.Pattern[str], ...]
    lines: tuple[re.Pattern[str], ...]
    starts: tuple[re.Pattern[str], ...]
    ends: tuple[re.Pattern[str], ...]
    any_line: re.Pattern[str]


@lru_cache(maxsize=8)
def compiled(rules: tuple[BoilerplateRule, ...]) -> Rules:
    """Compile rules, once for all articles."""

    def of(where: str) -> tuple[re.Pattern[str], ...]:
        return tuple(re.compile(rule.pattern) for rule in rules if rule.where == where)

    whole = [_GROUP_NAME.sub("(?:", rule.pattern) for rule in rules if rule.where in ("line", "list")]
    any_line = re.compile("|".join(f"(?:{pattern})" for pattern in whole) or r"(?!)")
    return Rules(of("list"), of("line"), of("start"), of("end"), any_line)


def undress(text: str, start: int, end: int, rules: Rules) -> tuple[Part, ...]:
    """Parts of the line ``text[start:end]``, in their order, white space left out at its ends."""
    whole = _stripped(text, start, end)
    return tuple(_parts(text, *whole, rules)) if whole else ()


def _parts(text: str, start: int, end: int, rules: Rules) -> Iterator[Part]:
    if (found := _whole(text, start, end, rules)) is not None:
        yield found
        return
    line = (start, end)
    for _ in range(_PARTS):
        head = text[start : min(end, start + _REACH)]
        match = next(
            (m for rule in rules.starts if (m := rule.match(head)) and 0 < m.end() < end - start), None
        )
        if match is None:
            break
        yield Part(start, start + match.end(), kept=False, facts=facts(match))
        start += match.end()
    tails: list[Part] = []
    for _ in range(_PARTS):
        begin = max(start, end - _REACH)
        tail = text[begin:end]
        match = next(
            (m for rule in rules.ends if (m := rule.search(tail)) and begin + m.start() > start), None
        )
        if match is None:
            break
        tails.append(Part(begin + match.start(), end, kept=False, facts=facts(match)))
        end = begin + match.start()
    if (rest := _stripped(text, start, end)) is not None:
        # What is left may be boilerplate as a whole: [속보] … (사진=…)
        yield (_whole(text, *rest, rules) if rest != line else None) or Part(*rest, kept=True)
    yield from reversed(tails)


def _whole(text: str, start: int, end: int, rules: Rules) -> Part | None:
    if end - start > _LONGEST:
        return None
    line = text[start:end]
    bare = line.strip("*_ ")  # **글 홍길동 기자**
    for shown in (line, bare) if bare and bare != line else (line,):
        if not rules.any_line.fullmatch(shown):
            continue
        for plug, patterns in ((True, rules.plugs), (False, rules.lines)):
            for pattern in patterns:
                if match := pattern.fullmatch(shown):
                    return Part(start, end, kept=False, plug=plug, facts=facts(match))
    return None


def facts(match: re.Match[str]) -> tuple[tuple[str, str], ...]:
    """Named groups as facts; digits at the end of a name tell groups of one fact apart."""
    found = {
        name.rstrip("0123456789"): " ".join(value.split())
        for name, value in match.groupdict().items()
        if value
    }
    return tuple(sorted(found.items()))


def _stripped(text: str, start: int, end: int) -> tuple[int, int] | None:
    while start < end and text[start].isspace():
        start += 1
    while end > start and text[end - 1].isspace():
        end -= 1
    return (start, end) if start < end else None
