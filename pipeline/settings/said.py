"""What libraries say in English, in Korean: a table of messages with places for names and numbers."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache

from .toml import read_toml, resource

_PLACE = re.compile(r"\{(\w{1,20})\}")
#: How deep a message may stand in another.
_DEEPEST = 4


@dataclass(frozen=True, slots=True)
class _Said:
    """A message: its text between the places, the names of these, and the Korean."""

    literals: tuple[str, ...]
    names: tuple[str, ...]
    korean: str

    def matched(self, text: str) -> dict[str, str] | None:
        """What stands in the places; None where the text is another."""
        first, *rest = self.literals
        if not rest:
            return {} if text == first else None
        last = rest.pop()
        if not (text.startswith(first) and text.endswith(last) and len(text) > len(first) + len(last)):
            return None
        middle, found = text[len(first) : len(text) - len(last)], []
        for literal in rest:
            own, there, middle = middle.partition(literal)
            if not there:
                return None
            found.append(own)
        found.append(middle)
        return dict(zip(self.names, found, strict=True)) if all(found) else None


@lru_cache(maxsize=1)
def _table() -> tuple[_Said, ...]:
    data = read_toml(resource("configs/messages/others.toml"))
    return tuple(
        _Said(tuple(_PLACE.split(one["en"])[::2]), tuple(_PLACE.findall(one["en"])), one["ko"])
        for one in data["said"]
    )


def in_korean(text: str) -> str:
    """A message of a library in Korean; what the table does not know stays as it is.

    >>> in_korean("Invalid value for '--rounds': Input should be greater than or equal to 1")
    "'--rounds'의 값이 맞지 않습니다: 1 이상이어야 합니다"
    """
    return _translated(text, 0)


def _translated(text: str, depth: int) -> str:
    for one in _table() if depth < _DEEPEST else ():
        found = one.matched(text)
        if found is not None:
            if "problem" in found:
                found["problem"] = _translated(found["problem"], depth + 1)
            return one.korean.format(**found)
    return text
