"""How a sentence says what it says: cue words, quotations, marks.

============= ====================================================================================
quote         share of it that is quoted speech
fragment      no closed predicate ends it: a caption, a line of key words
pointer       it asks or points ahead, introduces the quotation that follows, or is turned round by the next
============= ====================================================================================

The others are lists of ``configs/cues.toml``, which says what they are.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import lru_cache
from itertools import pairwise

import numpy as np
from numpy.typing import NDArray

from ...korean.expressions import any_of
from ...korean.wording import closed
from ..draft import Draft

Column = NDArray[np.float64]

#: Lists of words that are features as they stand.
_LISTS = (
    "announcement", "emphasis", "aside", "decision", "future", "contrast", "within", "person", "hour",
    "profile",
)  # fmt: skip
EDGES: Mapping[str, tuple[float, ...]] = {
    "quote": (0.01, 0.3, 0.6),
    "fragment": (1,),
    "pointer": (1,),
    **dict.fromkeys(_LISTS, (1.0,)),
}

#: Code points at the end of a sentence in which its predicate is looked for.
_TAIL = 40
#: Lists that are looked for in all of a sentence.
_ANYWHERE = frozenset(_LISTS) - {"announcement", "aside"}
_QUOTES = frozenset("“”\"‘’'「」『』")
_CLOSERS = re.compile(r"[”\"]")
#: Most characters in quotation marks that are a name or a word, not what somebody says.
_NAMED = 7


def values(draft: Draft) -> dict[str, Column]:
    """By name the values of n sentences."""
    texts = [unit.text for unit in draft.units]
    whole = closed(draft.units, draft.tokens)
    found = {
        "quote": [_quoted(text) for text in texts],
        "fragment": [not one for one in whole],
        "pointer": _pointing(draft),
        **{name: _found(draft, name) for name in _LISTS},
    }
    return {name: np.array(column, dtype=np.float64) for name, column in found.items()}


def _found(draft: Draft, name: str) -> list[bool]:
    patterns = draft.cues.get(name)
    if not patterns:
        return [False] * len(draft.units)
    if name in _ANYWHERE:
        cue = _cue(patterns)
        return [cue.search(unit.text) is not None for unit in draft.units]
    heads = tuple(pattern for pattern in patterns if pattern.startswith("^"))
    tails = tuple(pattern for pattern in patterns if not pattern.startswith("^"))
    tail = _cue(tails) if tails else None
    found = [tail is not None and tail.search(u.text[-_TAIL:]) is not None for u in draft.units]
    if heads:
        head = _cue(heads)
        found = [
            one or head.match(unit.text) is not None for one, unit in zip(found, draft.units, strict=True)
        ]
    return found


def _pointing(draft: Draft) -> list[bool]:
    """What asks or points ahead, introduces the quotation that follows, or is turned round by the next."""
    found, units = _found(draft, "pointer"), draft.units
    lists = [draft.cues.get(name, ()) for name in ("introduction", "concession", "turn")]
    if not all(lists):
        return found
    introduction, concession, turn = (_cue(patterns) for patterns in lists)
    for i, (unit, after) in enumerate(pairwise(units)):
        if after.text[:1] in _QUOTES:
            found[i] |= _QUOTES.isdisjoint(unit.text) and introduction.search(unit.text[-_TAIL:]) is not None
        elif turn.match(after.text):
            found[i] |= concession.search(unit.text) is not None
    return found


def _quoted(text: str) -> float:
    """Share of a text that is quoted: from the first mark that opens to the next one that closes."""
    quoted, before, free = 0, -1, False  # `free`: the mark before closes nothing, and may open
    for match in _CLOSERS.finditer(text):
        close = match.start()
        opens = before if free and text[before] == '"' else text.find("“", before + 1, close)
        free = opens < 0 or close - opens - 1 <= _NAMED
        quoted += 0 if free else close - opens - 1
        before = close
    return min(1.0, quoted / len(text)) if quoted else 0.0


@lru_cache(maxsize=32)
def _cue(patterns: tuple[str, ...]) -> re.Pattern[str]:
    return any_of(patterns)
