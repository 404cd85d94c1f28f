"""Transcripts: the label of whoever speaks, in front of what is said, is none of the text."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import replace

from .pieces import Piece

_LABEL = re.compile(
    r"\s*(?P<who>(?!(?:Q|A|[문답])\d?\s?[:：])[가-힣A-Za-z]{1,10}(?:[·,&]\s?[가-힣A-Za-z]{1,10}|\s[가-힣]{1,6})?)"
    r"\s?[:：]\s+(?=\S)"
)
_TALK = re.compile(r"(?:[요죠까네]|니다)[.!?…~]{1,3}[\"'”’]?$|[?？][\"'”’]?$")
_CLOSED = re.compile(r"[.!?？…。][\"'”’」』)\]]*$")
#: Fewer lines are no transcript.
_TURNS = 3


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
