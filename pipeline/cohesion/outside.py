"""What of a sentence is not quoted, with the tags of its morphemes in a column of bytes."""

from __future__ import annotations

import re
from collections.abc import Collection, Sequence
from typing import NamedTuple

from ..korean import TAG_IDS
from ..korean.quotes import CLOSING, OPENING, STRAIGHT
from ..korean.tags import CLAUSE_ENDS, NOUNS, POINTERS, PROPER, SUBJECTS
from ..records import Token, Unit

_QUOTES = re.compile(f"[{OPENING}{CLOSING}{STRAIGHT}]")


def tagged(tags: Collection[str]) -> re.Pattern[bytes]:
    """An expression for any one of these tags in a column."""
    return re.compile(b"[" + re.escape(bytes([TAG_IDS[tag] for tag in sorted(tags)])) + b"]")


SUBJECT, SUBJECT_OR_TOPIC, TOPIC = tagged(["JKS"]), tagged(SUBJECTS), tagged(["JX"])
SUBJECT_OR_DETERMINER = tagged(["JKS", "MM"])
FINAL, ADNOMINAL, COPULA = tagged(["EF"]), tagged(["ETM"]), tagged(["VCP"])
POINTING, PRONOUN = tagged(POINTERS), tagged(["NP"])
POINTING_OR_ROOT = tagged(POINTERS | {"XR"})
COMMA, NAME, ROOT = tagged(["SP"]), tagged(PROPER), tagged(["XR"])
_CLAUSE_ENDS = tagged(CLAUSE_ENDS)


class Outside(NamedTuple):
    """The morphemes of a sentence that are not quoted: what is quoted is somebody else's context.

    Attributes
    ----------
    tags
        Id of the tag of each, a byte each, to be searched with what `tagged` makes.
    first
        How many make the first clause: those up to the first connective or final ending.
    """

    tokens: Sequence[Token]
    tags: bytes
    first: int

    def where(self, tag: re.Pattern[bytes], start: int = 0, stop: int | None = None) -> Sequence[int]:
        """Positions of a tag, in order."""
        end = len(self.tags) if stop is None else stop
        # Most sentences have none of what is asked for.
        if tag.search(self.tags, start, end) is None:
            return ()
        return [match.start() for match in tag.finditer(self.tags, start, end)]

    def has(self, tag: re.Pattern[bytes], start: int = 0, stop: int | None = None) -> bool:
        """Whether a tag stands there."""
        return tag.search(self.tags, start, len(self.tags) if stop is None else stop) is not None

    def is_at(self, n: int, *tags: str) -> bool:
        """Whether there is a morpheme at a position, with one of these tags."""
        return 0 <= n < len(self.tokens) and self.tokens[n].tag in tags


def outside_quotes(unit: Unit, tags: bytes, particle_verbs: Collection[str]) -> Outside:
    """What of a sentence is not quoted, given the ids of the tags of all its morphemes."""
    tokens: Sequence[Token] = unit.tokens
    if _QUOTES.search(unit.text):
        left = _unquoted(unit)
        tokens, tags = [tokens[n] for n in left], bytes([tags[n] for n in left])
    return Outside(tokens, tags, _first_clause(tokens, tags, particle_verbs))


def _unquoted(unit: Unit) -> list[int]:
    depth, straight = 0, False
    found = []
    for n, token in enumerate(unit.tokens):
        char = unit.text[token.start : token.start + 1]
        if char == STRAIGHT:
            straight = not straight
        elif char and char in OPENING:
            depth += 1
        elif char and char in CLOSING:
            depth = max(0, depth - 1)
        elif depth == 0 and not straight:
            found.append(n)
    return found


def _first_clause(tokens: Sequence[Token], tags: bytes, particle_verbs: Collection[str]) -> int:
    """How many morphemes make the first clause; 에 따르면 and 만 해도 are particles, 크게 is an adverb."""
    for match in _CLAUSE_ENDS.finditer(tags):
        n = match.start()
        if tokens[n].form == "게" or (n and tokens[n - 1].form in particle_verbs):
            continue
        if n > 1 and (tokens[n - 2].form, tokens[n - 1].form) == ("만", "하"):
            continue
        return n
    return len(tokens)


def touches_noun(tokens: Sequence[Token], n: int) -> bool:
    """Whether a noun ends or begins right where a token does."""
    before, after = tokens[n - 1 : n], tokens[n + 1 : n + 2]
    return any(own.end == tokens[n].start and own.tag in NOUNS for own in before) or any(
        own.start == tokens[n].end and own.tag in NOUNS for own in after
    )
