"""Transcripts: the label of whoever speaks, in front of what is said, is none of the text."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import replace

from ..korean.endings import CLOSERS, FORMAL, STOPS, TALKED
from ..korean.labels import ANSWERS, ASKS
from .pieces import Piece

_LABEL = re.compile(
    rf"\s*(?P<who>(?![{ASKS}{ANSWERS}]\d?\s?[:：])"
    r"[가-힣A-Za-z]{1,10}(?:[·,&]\s?[가-힣A-Za-z]{1,10}|\s[가-힣]{1,6})?)"
    r"\s?[:：]\s+(?=\S)"
)
_TALK = re.compile(rf"(?:[{TALKED}]|{FORMAL})[.!?…~]{{1,3}}[\"'”’]?$|[?？][\"'”’]?$")
_CLOSED = re.compile(rf"[{STOPS}？]{CLOSERS}$")
_DASH = re.compile(r"[-–—]\s*$")
_ASKS = re.compile(r"[?？][\"'”’]?$|[나가까냐지요은는]\.$")
#: Fewer lines are no transcript.
_TURNS = 3


def asked(text: str, pieces: Sequence[Piece]) -> Iterator[Piece]:
    """Questions of an interview behind a dash (- 예상했나.) as paragraphs: each has its answer below it.

    A list's bullets stand below each other, or do not ask.
    """
    found = {
        i
        for i, piece in enumerate(pieces[:-1])
        if piece.kind == "item" and piece.gap and pieces[i + 1].kind != "item"
        and _DASH.search(text, max(0, piece.start - 4), piece.start)
    }  # fmt: skip
    asks = sum(bool(_ASKS.search(text[pieces[i].start : pieces[i].end].rstrip()[-6:])) for i in found)
    if len(found) < _TURNS or 2 * asks <= len(found):
        found = set()
    for i, piece in enumerate(pieces):
        yield replace(piece, kind="paragraph") if i in found else piece


def turns(text: str, pieces: Sequence[Piece]) -> Iterator[Piece]:
    """Cut off the labels of a transcript: two or more come, one of them again, and people talk below them.

    ``결론: …`` stands once, and lists of ``가격: 30만원`` do not talk.
    """
    found = {
        i: match
        for i, piece in enumerate(pieces)
        if piece.bare and piece.kind == "paragraph" and (match := _LABEL.match(text, piece.start, piece.end))
    }
    times = Counter(match["who"] for match in found.values())
    talk = sum(bool(_TALK.search(text[pieces[i].start : pieces[i].end].rstrip()[-6:])) for i in found)
    again = sum(n for n in times.values() if n > 1)
    if len(found) < _TURNS or len(times) < 2 or 2 * again <= len(found) or 4 * talk < 3 * len(found):
        yield from pieces
        return
    for i, piece in enumerate(pieces):
        if match := found.get(i):
            yield Piece("boilerplate", piece.start, match.end(), gap=piece.gap)
            # Closed, it still tells that this author writes stops; open (네), it is no heading.
            closed = _CLOSED.search(text[match.end() : piece.end].rstrip()[-6:])
            yield replace(piece, start=match.end(), bare=closed is not None, gap=False)
        else:
            yield piece
