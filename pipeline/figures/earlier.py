"""What speaks for a name wherever it stands: how it is written, how often, which sentences before name it."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from functools import lru_cache
from typing import NamedTuple

from .choosing import Scale, Weighed
from .context import About, Sentence

#: Sentences before a figure's own whose names may be whose it is.
REACH = 3
_TOPICAL = frozenset({"topic", "subject", "too"})
#: Up to how much is counted: how often, letters by twos, words.
_OFTEN, _LONG, _WORDS = 6, 6, 4
_LATIN, _NUMBER = re.compile("[A-Za-z]"), re.compile("[0-9]")


class Spoken(NamedTuple):
    """Whom a sentence names, for those behind it: each once.

    Attributes
    ----------
    names
        Name, its place in the sentence (topic, subject or any other), and whether it stands first.
    """

    block: int | None
    names: Sequence[tuple[str, str, bool]]


def spoken(sentence: Sentence) -> Spoken:
    """Whom a sentence speaks of: its names, and what else is its topic."""
    found: dict[str, tuple[str, str, bool]] = {}
    first = True
    for _, name, value, kind in sentence.names:
        if (name.proper or kind in _TOPICAL) and value not in found:
            found[value] = (value, kind if kind in ("topic", "subject") else "x", first)
        first = False
    return Spoken(sentence.unit.block, list(found.values()))


def earlier(
    block: int | None, before: Iterable[Spoken], about: About, scale: Scale
) -> list[tuple[str, Weighed]]:
    """The names of the sentences before, the last one first, with what speaks for each."""
    proper = about.proper
    return [
        (value, _earlier(scale, back, place, "P" if value in proper else "c", first, own.block == block))
        for back, own in enumerate(before, 1)
        for value, place, first in own.names
    ]


@lru_cache(maxsize=1_024)
def _earlier(scale: Scale, back: int, place: str, which: str, first: bool, near: bool) -> Weighed:
    return scale(f"earlier.{back}.{place}.{which}.{first}", f"earlier.{back}.{which}.{near}")


class Likes(dict[str | None, int]):
    """What a name weighs by its letters, and by how often the article names it; known when asked for."""

    __slots__ = ("_about", "_scale")

    def __init__(self, about: About, scale: Scale) -> None:
        self._about = about
        self._scale = scale
        self[None] = 0

    def told(self, name: str) -> tuple[Weighed, Weighed]:
        """What speaks for a name: how it is used, and how it ends."""
        about = self._about
        which = "P" if name in about.proper else "c"
        used = _used(
            self._scale,
            which,
            min(len(name) // 2, _LONG),
            min(name.count(" ") + 1, _WORDS),
            _LATIN.search(name) is not None,
            _NUMBER.search(name) is not None,
            min(about.times[name], _OFTEN),
            min(about.topics[name], _WORDS),
        )
        return used, _ends(self._scale, which, name[-2:])

    def __missing__(self, name: str | None) -> int:
        found = self[name] = sum([weighed.weight for weighed in self.told(name or "")])
        return found


@lru_cache(maxsize=8_192)
def _used(
    scale: Scale, which: str, long: int, words: int, latin: bool, number: bool, times: int, topics: int
) -> Weighed:
    return scale(
        f"long.{long}.{which}",
        f"words.{words}.{which}",
        f"latin.{latin}.{which}",
        f"number.{number}.{which}",
        f"named.{times}.{which}",
        f"topics.{topics}.{which}",
    )


@lru_cache(maxsize=16_384)
def _ends(scale: Scale, which: str, ending: str) -> Weighed:
    return scale(f"ends.{ending[-1]}.{which}", f"ends.{ending}")
