"""How a sentence says what it says: cue words, quotations, marks.

============= ====================================================================================
quote         share of it that is quoted speech
fragment      no closed predicate ends it: a caption, a line of key words
pointer       it asks or points ahead, introduces the quotation that follows, or is turned round by the next
============= ====================================================================================

The others are lists of ``configs/cues.toml``, which says what they are. What points ahead by the rules of
``configs/cohesion``, and whether the next sentence turns against one, cohesion found.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from functools import lru_cache
from itertools import pairwise

import numpy as np
from numpy.typing import NDArray

from ...korean.columns import Joined
from ...korean.expressions import any_of
from ...korean.quotes import MARKS, SAID_CLOSING, SAID_OPENING, STRAIGHT
from ...korean.wording import closed
from ...records import Draft

Column = NDArray[np.float64]
Cues = Mapping[str, tuple[str, ...]]

#: Lists of words that are features as they stand.
_LISTS = (
    "announcement", "emphasis", "aside", "decision", "future", "contrast", "person", "hour", "profile",
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
#: Rules of cohesion by which a sentence points ahead, and by which the next one turns against it.
_AHEAD = frozenset(("points.colon", "points.as-follows", "points.announcement"))
_TURNING = frozenset(("connectives.contrast", "connectives.opposite"))
_QUOTES = frozenset(MARKS)
_CLOSERS = re.compile(f"[{SAID_CLOSING}{STRAIGHT}]")
#: Most characters in quotation marks that are a name or a word, not what somebody says.
_NAMED = 7


def values(drafts: Sequence[Draft], texts: Joined) -> dict[str, Column]:
    """By name the values of the sentences of some articles."""
    whole = closed([unit for draft in drafts for unit in draft.units], texts.tokens)
    found: dict[str, list[float] | list[bool]] = {"quote": [], "fragment": [not one for one in whole]}
    for draft in drafts:
        told = [unit.text for unit in draft.units]
        tails = [text[-_TAIL:] for text in told]
        found["quote"] += [_quoted(text) for text in told]
        found.setdefault("pointer", []).extend(_pointing(draft, told, tails))
        for name in _LISTS:
            found.setdefault(name, []).extend(_found(draft.cues, name, told, tails))
    return {name: np.array(column, dtype=np.float64) for name, column in found.items()}


def _found(cues: Cues, name: str, texts: Sequence[str], tails: Sequence[str]) -> list[bool]:
    patterns = cues.get(name)
    if not patterns:
        return [False] * len(texts)
    if name in _ANYWHERE:
        search = _cue(patterns).search
        return [search(text) is not None for text in texts]
    heads = tuple(pattern for pattern in patterns if pattern.startswith("^"))
    late = tuple(pattern for pattern in patterns if not pattern.startswith("^"))
    search = _cue(late).search
    found = [search(text) is not None for text in tails]
    if heads:
        match = _cue(heads).match
        found = [one or match(text) is not None for one, text in zip(found, texts, strict=True)]
    return found


def _pointing(draft: Draft, texts: Sequence[str], tails: Sequence[str]) -> list[bool]:
    """What asks or points ahead, introduces the quotation that follows, or is turned round by the next."""
    found = _found(draft.cues, "pointer", texts, tails)
    for i, marks in enumerate(draft.marks):
        found[i] |= not _AHEAD.isdisjoint(marks)
    lists = [draft.cues.get(name, ()) for name in ("introduction", "concession", "turn")]
    if not all(lists):
        return found
    introduction, concession, turn = (_cue(patterns) for patterns in lists)
    for i, (text, after) in enumerate(pairwise(texts)):
        if after[:1] in _QUOTES:
            found[i] |= _QUOTES.isdisjoint(text) and introduction.search(tails[i]) is not None
        elif turn.match(after) or (draft.leans and any(lean.rule in _TURNING for lean in draft.leans[i + 1])):
            found[i] |= concession.search(text) is not None
    return found


def _quoted(text: str) -> float:
    """Share of a text that is quoted: from the first mark that opens to the next one that closes."""
    quoted, before, free = 0, -1, False  # `free`: the mark before closes nothing, and may open
    for match in _CLOSERS.finditer(text):
        close = match.start()
        opens = before if free and text[before] == STRAIGHT else text.find(SAID_OPENING, before + 1, close)
        free = opens < 0 or close - opens - 1 <= _NAMED
        quoted += 0 if free else close - opens - 1
        before = close
    return min(1.0, quoted / len(text)) if quoted else 0.0


@lru_cache(maxsize=32)
def _cue(patterns: tuple[str, ...]) -> re.Pattern[str]:
    return any_of(patterns)
