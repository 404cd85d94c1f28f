"""Marks inside a line: emphasis, links, code, invisible characters. They go, the offsets stay.

Characters that stand for others are shown as those: decomposed Hangul composed, full-width Latin letters and
digits at their usual width, character references of HTML as what they refer to.
"""

from __future__ import annotations

import html
import re
import unicodedata
from bisect import bisect_right
from collections.abc import Sequence

from ..korean.spelling import DECOMPOSED, EMOJI, JAMO
from .tags import marks as elements

# A mark opens (belongs to the character after it) or closes (belongs to the one before it). Lengths are
# bounded, and an address holds no bracket, so that a line of 50,000 unclosed ones costs its length only.
_PAIRS = tuple(
    re.compile(pattern)
    for pattern in (
        r"(?P<open>\[)(?:[^\[\]\n]{1,500})"
        r"(?P<close>\]\((?:[^()\[\]\s]|\([^()\[\]\s]{0,200}\)){0,2000}(?:\s+\"[^\"\n]{0,200}\")?\))",
        r"(?P<open>\*\*)(?=\S)(?:[^*\n]|\*(?!\*)){1,500}?(?<=\S)(?P<close>\*\*)",
        r"(?<![\w_])(?P<open>__)(?=\S)[^_\n]{1,500}?(?<=\S)(?P<close>__)(?![A-Za-z0-9_])",
        r"(?P<open>\[)(?!\d{1,3}\])[^\[\]\n]{1,500}(?P<close>\]\[[A-Za-z0-9_./ -]{0,60}\])",
        r"(?<![\w*(\[{])(?P<open>\*)(?![\s*])[^*\n]{1,500}?(?<![\s*(\[])(?P<close>\*)(?![*\])])",
        r"(?<![\w_])(?P<open>_)(?![\s_])[^_\n]{1,500}?(?<![\s_])(?P<close>_)(?![A-Za-z0-9_])",
        r"(?P<open>`{1,2})[^`\n]{1,500}(?P<close>`{1,2})",
        r"(?P<open><)https?://[^<>\s]{1,2000}(?P<close>>)",
    )
)
# What is not shown at all: pictures, what is struck out, the marks of notes.
_GONE = tuple(
    re.compile(pattern)
    for pattern in (
        r"\[!\[[^\[\]\n]{0,500}\](?:\([^()\s]{0,2000}(?:\s+\"[^\"\n]{0,200}\")?\)|\[[^\[\]\n]{0,80}\])\]"
        r"(?:\([^()\s]{0,2000}\)|\[[^\[\]\n]{0,80}\])",
        r"!\[[^\[\]\n]{0,500}\](?:\((?:[^()\[\]\s]|\([^()\[\]\s]{0,200}\)){0,2000}(?:\s+\"[^\"\n]{0,200}\")?\)"
        r"|\[[^\[\]\n]{0,80}\])(?:\{[^{}\n]{0,200}\})?",
        r"(?<![^\s(*_\"'“‘])~~(?=\S)[^~\n]{1,500}(?<=\S)~~",
        r"\[\^[^\[\]\s]{1,80}\](?!:)",
    )
)
_CODE = re.compile(r"(?<!`)(?:``(?!`)(?P<two>[^\n`]{1,500})``|`(?P<one>[^`\n]{1,500})`)(?!`)")
_FORMULA = re.compile(r"(?<![\\$\w])\$\$?(?=[^\s$])[^$\n가-힣]{1,300}(?<=[^\s$\\])\$\$?(?![\d$])")
_WORDS = re.compile(r"\S+")
_ESCAPE = re.compile(r"\\(?=[\\`*_{}\[\]()#+\-.!~|>])")
# Zero-width and directional characters, soft hyphens, control characters. Not the joiner inside an emoji.
_INVISIBLE = re.compile(
    r"[\x00-\x08\x0e-\x1b\x7f\u00ad\u061c\u180e\u200b\u200c\u200e\u200f\u202a-\u202e\u2060-\u2069\ufeff\ufff9-\ufffb]"
    rf"|(?<![{EMOJI}\ufe0f])\u200d|\u200d(?![{EMOJI}])"
)
_STANDS_FOR = re.compile(
    rf"{DECOMPOSED}|[^\W\d_][\u0300-\u036f]{{1,3}}"
    r"|[\uff10-\uff19\uff21-\uff3a\uff41-\uff5a\uff05]"
    r"|&(?:[A-Za-z]{2,8}\d{0,2}|#\d{2,7}|#[xX][0-9a-fA-F]{2,6});"
)
# One set and no alternatives: it is looked for in every line.
_WORTH_A_LOOK = re.compile(
    rf"[*_`\[~<\\&\x00-\x1f\x7f\u00ad\u0300-\u036f\u061c{JAMO}\u180e\u200b-\u200f\u202a-\u202e\u2060-\u2069"
    r"\ufeff\uff05-\uff5a\ufff9-\ufffb\x85\xa0\u1680\u2000-\u200a\u2028\u2029\u202f\u205f\u3000]"
)
_STAND_IN = re.compile(rf"[&\u0300-\u036f{JAMO}\uff05-\uff5a]")
_FOLDED = re.compile(r"[^\S ]|(?<=\s) ")
_SPACES = re.compile(r"[^\S ]|  ")


#: Text shown, and where each of its code points starts and ends in the text that it stands in.
Shown = tuple[str, Sequence[int], Sequence[int]]


def raw(text: str, start: int, end: int) -> Shown:
    """``text[start:end]`` as it is, but for its white space: what `strip` would leave nothing of."""
    words = [(match.start(), match.end()) for match in _WORDS.finditer(text, start, end)]
    starts: list[int] = []
    for i, (first, last) in enumerate(words):
        starts.extend((words[i - 1][1], *range(first, last)) if i else range(first, last))
    ends = [*starts[1:], words[-1][1]] if words else []
    return " ".join(text[first:last] for first, last in words), tuple(starts), tuple(ends)


def strip(text: str, start: int, end: int, *, tags: bool = False) -> Shown:
    """Text that a reader sees in ``text[start:end]``, with the piece of `text` behind each code point.

    Parameters
    ----------
    tags
        Whether elements of HTML are marks, and not text that tells of them.

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
    if "  " not in piece and not _WORTH_A_LOOK.search(piece):
        return piece, range(start, end), range(start + 1, end + 1)

    side = _sides(piece, tags)
    others = (
        {match.start(): match for match in _STANDS_FOR.finditer(piece) if _meant(match[0])}
        if _STAND_IN.search(piece)
        else {}
    )
    if not any(side) and not others and not _SPACES.search(piece):
        return piece, range(start, end), range(start + 1, end + 1)
    shown: list[str] = []
    starts: list[int] = []
    ends: list[int] = []
    opened: int | None = None  # where the marks that wait for their character begin
    # Up to the next of these, characters are taken as they are.
    special = [*map(bool, side), True]
    for at in (*others, *(match.start() for match in _FOLDED.finditer(piece))):
        special[at] = True
    i = 0
    while i < len(piece):
        if opened is None and piece[i] != " " and (plain := special.index(True, i)) > i:
            shown.extend(piece[i:plain])
            starts.extend(range(start + i, start + plain))
            ends.extend(range(start + i + 1, start + plain + 1))
            i = plain
            continue
        match = others.get(i)
        char, length = (_meant(match[0]), len(match[0])) if match else (piece[i], 1)
        if side[i] == "(":
            opened = i if opened is None else opened
            length = 1
        elif side[i] == ")":
            length = 1
            if opened is None and shown and shown[-1] != " ":
                ends[-1] = start + i + 1
            elif opened is None:
                opened = i
        elif char.isspace() or side[i] == " ":
            length = 1 if side[i] else length
            if shown and shown[-1] == " ":
                ends[-1] = start + i + length
            elif shown:
                shown.append(" ")
                starts.append(start + i)
                ends.append(start + i + length)
        else:
            shown.append(char)
            starts.append(start + (i if opened is None else opened))
            ends.append(start + i + length)
            opened = None
        i += length
    while shown and shown[-1] == " ":
        for column in (shown, starts, ends):
            column.pop()
    if opened is not None and ends:
        ends[-1] = end
    return "".join(shown), tuple(starts), tuple(ends)


def _meant(written: str) -> str:
    """The one character that a sequence stands for, or its first where it stands for no single one."""
    if written.startswith("&"):
        meant = html.unescape(written)
        if meant == written:
            return ""  # no name that HTML knows
        return meant if len(meant) == 1 and (meant.isprintable() or meant.isspace()) else "\ufffd"
    meant = unicodedata.normalize("NFKC" if "\uff00" < written < "\uff5f" else "NFC", written)
    return meant[0]


def _sides(piece: str, tags: bool) -> list[str]:
    """For each character: ``(`` and ``)`` for marks that open and close, a space for one that parts words."""
    side = [""] * len(piece)

    def mark(begin: int, stop: int, as_: str) -> None:
        for i in range(begin, stop):
            side[i] = side[i] or as_

    # Code and formulas are shown as they are, but for the marks around code.
    verbatim = [match.span(match.lastgroup or 0) for match in _CODE.finditer(piece)]
    verbatim += [match.span() for match in _FORMULA.finditer(piece)] if "$" in piece else []
    verbatim.sort()

    def inside(at: int) -> bool:
        place = bisect_right(verbatim, (at, len(piece))) - 1
        return place >= 0 and verbatim[place][0] <= at < verbatim[place][1]

    for match in _INVISIBLE.finditer(piece):
        mark(match.start(), match.end(), ")")
    for match in _ESCAPE.finditer(piece):
        if not inside(match.start()):
            mark(match.start(), match.end(), "(")
    for pattern in _GONE:
        for match in pattern.finditer(piece):
            if not inside(match.start()) and not side[match.start()]:
                mark(match.start(), match.end(), ")")
    if tags and "<" in piece:
        for begin, stop, parts in elements(piece):
            if not inside(begin):
                mark(begin, begin + 1, " " if parts else ")")
                mark(begin + 1, stop, ")")
    for pattern in _PAIRS:
        for match in pattern.finditer(piece):
            # An escaped mark is text, and a mark inside a link's address is the address.
            if side[match.start("open")] or side[match.start("close")]:
                continue
            if match.start() and piece[match.start() - 1] == "\\":
                continue
            if inside(match.start("open")) or inside(match.start("close")):
                continue
            mark(match.start("open"), match.end("open"), "(")
            mark(match.start("close"), match.end("close"), ")")
    return side
