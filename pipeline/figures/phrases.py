"""Noun phrases of a sentence, with the particle behind each: AWS의 매출|은, 노스빔|은, 라티스 한 곳|에서."""

from __future__ import annotations

from collections.abc import Sequence
from sys import maxsize
from typing import NamedTuple

from ..korean.tags import BRACKETS, DEPENDENT, MARKS, PARTICLES, PHRASE, PROPER, VERBALIZERS
from ..records import FigureRules, Token

_IN = PHRASE | {"MM"}
_PROPER = PROPER | {"W_SERIAL"}
#: What begins no phrase: 1년 만, 할 때.
_BEHIND = DEPENDENT
#: Around labels: [개장 전 5분].
_LABELS = frozenset("[]【】<>")
_JOINS = frozenset({"·", "‧", "ㆍ", "&", "-", "/", "+"})
#: What a token does by its tag; all others end a phrase.
_ROLES = {
    **dict.fromkeys(MARKS, "symbol"),
    **dict.fromkeys(PARTICLES | {"SP"}, "particle"),
    **dict.fromkeys(BRACKETS, "mark"),
    **dict.fromkeys(_IN, "in"),
    # What makes a verb of a noun.
    **dict.fromkeys(VERBALIZERS, "verb"),
    "JKG": "of",
    "JC": "joins",
    "MAJ": "symbol",
}
#: Behind the last span.
_NO_SPAN = (maxsize, maxsize, False)


class Phrase(NamedTuple):
    """A noun phrase.

    Attributes
    ----------
    start, end
        Code points into the unit's text.
    parts
        Its text, parted where a 의 stands.
    particle
        Behind it; empty for none, a comma for one.
    proper
        Where its first name begins; -1 for none.
    said
        Whether it stands in quotation marks with more than itself.
    """

    start: int
    end: int
    parts: tuple[str, ...]
    particle: str
    proper: int


#: Adverbs that stand where a particle of the topic would: 쿠팡 역시.
_TOO = frozenset({"역시", "또한"})
#: Letters of a noun that no word list has, and that Kiwi takes for a common one.
_UNKNOWN = 5
#: Code points of what stands in brackets inside a phrase: 수주잔고(RPO)는.
_ASIDE = 24


def phrases_of(
    text: str, tokens: Sequence[Token], taken: Sequence[tuple[int, int, bool]], rules: FigureRules
) -> list[Phrase]:
    """Noun phrases of a unit, without what stands in `taken` spans: its quantities and periods.

    A period inside a phrase leaves it whole (카카오의 1분기 매출은), a quantity parts it; the third item of
    a span tells which.
    """
    found: list[Phrase] = []
    parts: list[str] = []
    words: list[str] = []
    begin = last = noun = before = -1
    first = proper = -1
    skip = -1
    common = rules.common
    spans = iter(taken)
    span_start, span_end, parting = next(spans, _NO_SPAN)

    def close(particle: str) -> None:
        nonlocal begin, first, proper
        if begin >= 0:
            words.append(text[begin:last])
            begin = -1
        if words:
            parts.append(" ".join(words))
            words.clear()
        found.append(Phrase(first, last, tuple(parts), particle, proper))
        parts.clear()
        first = proper = -1

    for form, tag, start, end in tokens:
        if end > span_start:
            while span_end <= start:
                span_start, span_end, parting = next(spans, _NO_SPAN)
            if end > span_start:
                if begin >= 0:
                    words.append(text[begin:last])
                    begin = -1
                if parting and first >= 0:
                    close("")
                continue
        if start < skip:
            continue
        role = _ROLES.get(tag)
        if role == "in":
            if begin < 0:
                if tag in _BEHIND and not words:
                    continue  # 사흘|간 지주사
                begin = start
                if first < 0:
                    first = start
            if proper < 0 and (
                tag in _PROPER or (tag == "NNG" and len(form) >= _UNKNOWN and form not in common)
            ):
                proper = start
            noun, before, last = start, last, end
        elif role is None:
            if first >= 0:
                close("도" if form in _TOO else "")
        elif role == "verb":
            if first < 0:
                continue
            # 매출이 | 증가하다: the noun of a verb names nothing.
            if begin == noun:
                begin = -1
            if noun == first:
                words.clear()
                parts.clear()
                first = proper = -1
            else:
                last = before
                proper = proper if proper < noun else -1
                close("")
        elif role == "of":
            if begin >= 0:
                words.append(text[begin:last])
                begin = -1
            if words:
                parts.append(" ".join(words))
                words.clear()
        elif role == "joins" or form in _JOINS or form == "및":
            if begin >= 0:
                last = end
        elif form in _LABELS:
            if first >= 0:
                close("")
        elif role != "mark":
            if first >= 0:
                close(form if role == "particle" else "도" if form in _TOO else "")
        elif tag == "SSO" and form == "(":
            close_at = text.find(")", start)
            aside = 0 <= close_at < start + _ASIDE and (begin >= 0 or words)
            if aside and not any(a < close_at and b > start for a, b, parting in taken if parting):
                skip = close_at + 1
                if begin >= 0:
                    words.append(text[begin:last])
                    begin = -1
                continue
            if first >= 0:
                close("(")
        elif form == ")":
            if first >= 0:
                close(")")
        else:
            if begin >= 0:
                words.append(text[begin:last])
                begin = -1
            if proper < 0 and tag == "SSO":
                proper = end
    if first >= 0:
        close("")
    return found
