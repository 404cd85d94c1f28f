"""Marks inside a line: emphasis, links, code, invisible characters. They go, the offsets stay."""

from __future__ import annotations

import re
from collections.abc import Sequence

# A mark opens (belongs to the character after it) or closes (belongs to the one before it). Lengths are
# bounded so that a line of 50,000 unclosed brackets costs no more than its length.
_PAIRS = tuple(
    re.compile(pattern)
    for pattern in (
        r"(?P<open>!?\[)(?:[^\[\]\n]{1,500})(?P<close>\]\((?:[^()\s]|\([^()\s]{0,200}\)){0,2000}(?:\s+\"[^\"\n]{0,200}\")?\))",
        r"(?P<open>\*\*)(?=\S)(?:[^*\n]|\*(?!\*)){1,500}?(?<=\S)(?P<close>\*\*)",
        r"(?<![\w_])(?P<open>__)(?=\S)[^_\n]{1,500}?(?<=\S)(?P<close>__)(?![A-Za-z0-9_])",
        r"(?P<open>~~)(?=\S)[^~\n]{1,500}?(?<=\S)(?P<close>~~)",
        r"(?<![\w*])(?P<open>\*)(?![\s*])[^*\n]{1,500}?(?<![\s*])(?P<close>\*)(?!\*)",
        r"(?<![\w_])(?P<open>_)(?![\s_])[^_\n]{1,500}?(?<![\s_])(?P<close>_)(?![A-Za-z0-9_])",
        r"(?P<open>`{1,2})[^`\n]{1,500}(?P<close>`{1,2})",
        r"(?P<open><)https?://[^<>\s]{1,2000}(?P<close>>)",
    )
)
_ESCAPE = re.compile(r"\\(?=[\\`*_{}\[\]()#+\-.!~|>])")
_INVISIBLE = re.compile(r"[\u00ad\u200b\u2060\ufeff]")
_WORTH_A_LOOK = re.compile(r"[*_`\[~<\\\u00ad\u200b\u2060\ufeff]|[^\S ]|  ")


def strip(text: str, start: int, end: int) -> tuple[str, Sequence[int], Sequence[int]]:
    """Text that a reader sees in ``text[start:end]``, with the piece of `text` behind each code point.

    Returns
    -------
    shown
        Marks out, each run of white space folded into one space, none at the ends.
    starts, ends
        As in `Block`; ranges where nothing was taken out.
    """
    while start < end and text[start].isspace():
        start += 1
    while end > start and text[end - 1].isspace():
        end -= 1
    piece = text[start:end]
    if not _WORTH_A_LOOK.search(piece):
        return piece, range(start, end), range(start + 1, end + 1)

    side = _sides(piece)
    shown: list[str] = []
    starts: list[int] = []
    ends: list[int] = []
    opened: int | None = None  # where the marks that wait for their character begin
    for i, char in enumerate(piece):
        if side[i] == "(":
            opened = i if opened is None else opened
        elif side[i] == ")":
            if ends:
                ends[-1] = start + i + 1
        elif char.isspace():
            if shown and shown[-1] == " ":
                ends[-1] = start + i + 1
            elif shown:
                shown.append(" ")
                starts.append(start + i)
                ends.append(start + i + 1)
        else:
            shown.append(char)
            starts.append(start + (i if opened is None else opened))
            ends.append(start + i + 1)
            opened = None
    while shown and shown[-1] == " ":
        for column in (shown, starts, ends):
            column.pop()
    return "".join(shown), tuple(starts), tuple(ends)


def _sides(piece: str) -> list[str]:
    side = [""] * len(piece)

    def mark(begin: int, stop: int, as_: str) -> None:
        for i in range(begin, stop):
            side[i] = side[i] or as_

    for match in _INVISIBLE.finditer(piece):
        mark(match.start(), match.end(), ")")
    for match in _ESCAPE.finditer(piece):
        mark(match.start(), match.end(), "(")
    for pattern in _PAIRS:
        for match in pattern.finditer(piece):
            # An escaped mark is text, and a mark inside a link's address is the address.
            if side[match.start("open")] or side[match.start("close")]:
                continue
            if match.start() and piece[match.start() - 1] == "\\":
                continue
            mark(match.start("open"), match.end("open"), "(")
            mark(match.start("close"), match.end("close"), ")")
    return side
