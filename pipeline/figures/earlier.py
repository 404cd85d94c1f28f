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
#: How long ago by how many sentences: never, the last one, a few, some, many.
_STEPS, _LONG_AGO = (0, 1, 2, 2, 3, 3, 3, 3, 3, 4), 9
_NUMBER = re.compile("[0-9]")


#: A name's place in its sentence (topic, subject, any other), what it is (`Kind.which`), whether it is first.
Way = tuple[str, str, bool]


class Spoken(NamedTuple):
    """Whom a sentence names, for those behind it, and how: each once."""

    block: int | None
    names: Sequence[tuple[str, Way]]


def spoken(sentence: Sentence, about: About) -> Spoken:
    """Whom a sentence speaks of: its names, and what else is its topic."""
    found: dict[str, Way] = {}
    first = True
    for _, name, value, kind in sentence.names:
        if (name.proper or kind in _TOPICAL) and value not in found:
            which = "P" if value in about.proper else "c"
            found[value] = (kind if kind in ("topic", "subject") else "x", which, first)
        first = False
    return Spoken(sentence.unit.block, list(found.items()))


def earlier(block: int | None, before: Iterable[Spoken], scale: Scale) -> list[tuple[str, Weighed]]:
    """The names of the sentences before, the last one first, with what speaks for each."""
    found: list[tuple[str, Weighed]] = []
    for back, own in enumerate(before, 1):
        ways = _ways(scale, back, own.block == block)
        found += [(value, ways[way]) for value, way in own.names]
    return found


class Since:
    """How long ago an article spoke of the names that it speaks of most, sentence by sentence."""

    __slots__ = ("_at", "_lines", "_names", "_scale")

    def __init__(self, about: About, scale: Scale) -> None:
        self._names = [name for name, _ in about.prominent]
        self._scale = scale
        self._at = dict.fromkeys(self._names, 0)
        self._lines = 0

    def read(self, text: str, asked: bool) -> list[tuple[str, Weighed]]:
        """Go on to a sentence: what speaks for each in it, by where it stood last, if that is `asked`."""
        self._lines = now = self._lines + 1
        at, found = self._at, []
        for rank, name in enumerate(self._names):
            here = name in text
            if asked:
                gone = _STEPS[min(now - at[name], _LONG_AGO)] if at[name] else 0
                found.append((name, _since(self._scale, rank, gone, here)))
            if here:
                at[name] = now
        return found


@lru_cache(maxsize=256)
def _since(scale: Scale, rank: int, gone: int, here: bool) -> Weighed:
    return scale(f"since.{gone}.{here}", f"since.{gone}.{rank}")


class _Ways(dict[Way, Weighed]):
    """What speaks for a name by how a sentence names it that is so far back, in the same block or not."""

    __slots__ = ("_back", "_near", "_scale")

    def __init__(self, scale: Scale, back: int, near: bool) -> None:
        self._scale, self._back, self._near = scale, back, near

    def __missing__(self, way: Way) -> Weighed:
        place, which, first = way
        back = self._back
        found = self[way] = self._scale(
            f"earlier.{back}.{place}.{which}.{first}", f"earlier.{back}.{which}.{self._near}"
        )
        return found


@lru_cache(maxsize=64)
def _ways(scale: Scale, back: int, near: bool) -> _Ways:
    return _Ways(scale, back, near)


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
        times, topics = about.times.get(name, 0), about.topics.get(name, 0)
        return _likes(self._scale, name, name in about.proper, min(times, _OFTEN), min(topics, _WORDS))

    def __missing__(self, name: str | None) -> int:
        used, ends = self.told(name or "")
        found = self[name] = used.weight + ends.weight
        return found


@lru_cache(maxsize=16_384)
def _likes(scale: Scale, name: str, proper: bool, times: int, topics: int) -> tuple[Weighed, Weighed]:
    which = "P" if proper else "c"
    return _used(scale, which, *_letters(name), times, topics), _ends(scale, which, name[-2:])


def _letters(name: str) -> tuple[int, int, bool, bool]:
    """How long a name is, of how many words, and whether it has Latin letters and digits."""
    latin = name.upper() != name.lower()  # Korean letters have no case
    return min(len(name) // 2, _LONG), min(name.count(" ") + 1, _WORDS), latin, bool(_NUMBER.search(name))


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
