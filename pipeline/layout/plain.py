"""A line as rules read it: characters in their usual form, each with the piece of the text behind it.

Decomposed Hangul is composed, full-width forms have their usual width, character references are what they
refer to, odd spaces are spaces, invisible characters are gone. Rules need to be written once only.
"""

from __future__ import annotations

import html
import re
import unicodedata
from bisect import bisect_left
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache

from ..korean.spelling import DECOMPOSED, JAMO

_INVISIBLE = r"\u00ad\u200b-\u200f\u202a-\u202e\u2060-\u2064\ufeff"
_OTHERS = re.compile(
    r"(?P<reference>&(?:#\d{1,7}|#[xX][0-9a-fA-F]{1,6}|[A-Za-z][A-Za-z0-9]{1,31});)"
    rf"|{DECOMPOSED}|[^\W\d_][\u0300-\u036f]{{1,3}}"
    rf"|[\uff01-\uffee]|(?P<space>[^\S \t])|(?P<invisible>[{_INVISIBLE}])"
)
#: Characters that any of these has.
_ODD = re.compile(
    rf"[&\u0300-\u036f{JAMO}\uff01-\uffee\x0a-\x0d\x1c-\x1f\x85\xa0\u1680\u2000-\u200a\u2028\u2029\u202f"
    rf"\u205f\u3000{_INVISIBLE}]"
)


@dataclass(frozen=True, slots=True)
class Plain:
    """A slice of a text as rules read it.

    Attributes
    ----------
    starts, ends
        For each code point of `text` the piece of the whole text that it stands for.
    """

    text: str
    starts: Sequence[int]
    ends: Sequence[int]

    def span(self, start: int, end: int) -> tuple[int, int]:
        """Where ``text[start:end]``, which is not empty, stands in the whole text."""
        return self.starts[start], self.ends[end - 1]


@lru_cache(maxsize=4)  # an article is read line by line, some of its lines several times
def _odd(text: str) -> tuple[int, ...]:
    """Where a text has characters that may not be in their usual form, in order."""
    return tuple([match.start() for match in _ODD.finditer(text)])


def plain(text: str, start: int, end: int) -> Plain:
    """Read ``text[start:end]`` as rules do."""
    piece = text[start:end]
    odd = _odd(text)
    found = _OTHERS.search(piece) if bisect_left(odd, start) < bisect_left(odd, end) else None
    if found is None:
        return Plain(piece, range(start, end), range(start + 1, end + 1))
    shown: list[str] = []
    starts: list[int] = []
    ends: list[int] = []
    last = 0
    for match in _OTHERS.finditer(piece, found.start()):
        shown.append(piece[last : match.start()])
        starts.extend(range(start + last, start + match.start()))
        ends.extend(range(start + last + 1, start + match.start() + 1))
        last = match.end()
        means = _meant(match)
        shown.append(means)
        starts.extend([start + match.start()] * len(means))
        ends.extend([start + match.end()] * len(means))
        if not means and ends:
            ends[-1] = start + match.end()
    shown.append(piece[last:])
    starts.extend(range(start + last, end))
    ends.extend(range(start + last + 1, end + 1))
    return Plain("".join(shown), starts, ends)


def _meant(match: re.Match[str]) -> str:
    written = match[0]
    if match["invisible"]:
        return ""
    if match["space"]:
        return " "
    if match["reference"]:
        meant = html.unescape(written)
        return " " if meant.isspace() else meant if meant.isprintable() else written
    return unicodedata.normalize("NFKC" if "\uff00" < written[0] < "\uffef" else "NFC", written)
