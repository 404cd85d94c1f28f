"""What of a sentence is not quoted, with the tags of its morphemes as a string to search in."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import NamedTuple

from ..records import LeaningWords, Token, Unit

#: Tags of nouns that name something; of all nouns.
NAMES = frozenset(("NNG", "NNP", "SL", "SH", "XR"))
NOUNS = NAMES | {"NNB", "NR", "SN", "W_SERIAL"}
_QUOTES = re.compile('[“”「」『』"]')


class _Letters(dict[str, str]):
    def __missing__(self, tag: str) -> str:
        return "."


#: A letter for each tag that somebody asks for; all others are a dot.
_LETTERS = _Letters({
    "NNG": "n", "NNP": "N", "SL": "L", "NP": "p", "MM": "m", "IC": "i", "SP": ",",
    "JKS": "s", "JX": "x", "EC": "e", "EF": "f", "ETM": "t",
})  # fmt: skip


class Outside(NamedTuple):
    """The morphemes of a sentence that are not quoted: what is quoted is somebody else's context.

    Attributes
    ----------
    shape
        A letter for the tag of each: n, N and L for nouns and names (NNG, NNP, SL), p for a pronoun, m and i
        for a determiner (MM, IC), s and x for the particles of subjects and topics (JKS, JX), e, f and t for
        endings (EC, EF, ETM), a comma for a comma, else a dot.
        `re` searches it faster than a loop looks at the morphemes.
    first
        How many make the first clause: those up to the first connective or final ending.
    """

    tokens: Sequence[Token]
    shape: str
    first: int


def outside_quotes(unit: Unit, words: LeaningWords) -> Outside:
    """What of a sentence is not quoted."""
    tokens = _unquoted(unit) if _QUOTES.search(unit.text) else unit.tokens
    shape = "".join(map(_LETTERS.__getitem__, [token.tag for token in tokens]))
    return Outside(tokens, shape, _first_clause(tokens, shape, words))


def _unquoted(unit: Unit) -> Sequence[Token]:
    depth, straight = 0, False
    found = []
    for token in unit.tokens:
        char = unit.text[token.start : token.start + 1]
        if char == '"':
            straight = not straight
        elif char and char in "“「『":
            depth += 1
        elif char and char in "”」』":
            depth = max(0, depth - 1)
        elif depth == 0 and not straight:
            found.append(token)
    return found


def _first_clause(tokens: Sequence[Token], shape: str, words: LeaningWords) -> int:
    """How many morphemes make the first clause; 에 따르면 and 만 해도 are particles, 크게 is an adverb."""
    for n, letter in enumerate(shape):
        if letter not in "ef" or tokens[n].form == "게" or (n and tokens[n - 1].form in words.particle_verbs):
            continue
        if n > 1 and (tokens[n - 2].form, tokens[n - 1].form) == ("만", "하"):
            continue
        return n
    return len(tokens)


def touches_noun(tokens: Sequence[Token], n: int) -> bool:
    """Whether a noun ends or begins right where a token does."""
    before, after = tokens[n - 1 : n], tokens[n + 1 : n + 2]
    return any(own.end == tokens[n].start and own.tag in NAMES for own in before) or any(
        own.start == tokens[n].end and own.tag in NAMES for own in after
    )
