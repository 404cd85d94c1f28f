"""Bare lines by their neighbours: which of them are headings, and which one is the title.

A heading in a Korean article is often a bare line with no mark and no full stop, sometimes one that ends in
다 as a sentence would; and the first line is often not a title but the first paragraph.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from itertools import pairwise

from ..korean.connectives import ADVERSATIVE, CONDITIONAL
from ..korean.endings import CLOSERS, FINAL, FORMAL, FORMALLY_ASKED, NOMINAL, PLAIN, POLITE, STOPPED
from ..korean.expressions import of_words
from ..korean.labels import ANSWERS, ASKS
from ..korean.spelling import EMOJI, LAUGHS, plain_letters_of
from .marks import Shown
from .pieces import Piece

#: Longest bare line, in code points, that can be a heading.
_LONGEST_HEADING = 70
_LONGEST_TITLE = 120
#: Lines at the top among which the title is looked for.
_PAGE = 24
#: Letters that a line needs before saying it twice means anything.
_SHORTEST_REPEAT = 8

_CLOSED = re.compile(STOPPED)
_ASKS = re.compile(rf"[!?…]{CLOSERS}$")
_PREDICATE = re.compile(rf"[{FINAL}라자{NOMINAL}]{CLOSERS}$")
#: Longest question, in code points, that can be a heading, and the least paragraph that answers one.
_LONGEST_QUESTION = 45
_ANSWER = 60
_QUESTION = re.compile(rf"(?![“‘\"'―–—-]|[{ASKS}{ANSWERS}]\s?\d?[.:])[^.!?…]*[가-힣][?？]{{1,2}}")
#: A sentence, and the beginning of another: a line that was broken.
_SENTENCE_IN = re.compile(rf"[가-힣](?:{PLAIN}[.!?]|[{POLITE}][.!])[\"'”’]?\s+\S")
#: A question that goes on with what was said.
_LEADS_ON = re.compile(of_words((*ADVERSATIVE, *CONDITIONAL, "근데", "과연")))
_FORMAL = re.compile(rf"{FORMALLY_ASKED}[?？]+$")
_STOPS = re.compile(r"[.!?…](?=\s|$)")
_COLON = re.compile(r"[:：]$")
# A friendly sentence that an emoji closes in a stop's place; questions and …냐면요 may be headings.
_CHEERED = re.compile(
    rf"[가-힣](?:(?<![까나가냐면])[{POLITE}]|{FORMAL})\s?"
    rf"(?:[{EMOJI}]\ufe0f?\s?|[:;]['’]?-?[)D]|\^_{{0,3}}\^|[{LAUGHS}]{{2,9}}){{1,5}}+$"
)
_NUMBER = re.compile(r"(?:^|[\r\n])[ \t]*(\(?)(\d{1,2})([.)])[ \t]*$")
_SOFT = frozenset("▷▶►◇□◎★☆")
#: … of these, those that offices begin their paragraphs with.
_PARAGRAPHS = frozenset("◇□◎")
_STOP = re.compile(rf"[.。]{CLOSERS}$")


def resolve(
    text: str, pieces: tuple[Piece, ...], title: str | None, read: Callable[[int, int], Shown]
) -> tuple[Piece, ...]:
    """Decide what the bare pieces are, and turn the first heading into the title where it is one.

    Parameters
    ----------
    title
        The title that the metadata gives. A first line that repeats it is the title line, another is not.
    read
        `strip` for a span of `text`.
    """
    shown = [read(piece.start, piece.end)[0] for piece in pieces]
    punctuates = _punctuates(pieces, shown)
    pieces = tuple(_once(pieces, shown, title))
    found = list(pieces)
    last = max((i for i, piece in enumerate(pieces) if piece.kind != "boilerplate"), default=-1)
    for i, piece in enumerate(pieces):
        if piece.bare and _is_heading(i, pieces, shown, punctuates, followed=i < last):
            found[i] = replace(piece, kind="heading")
    for i in _listed(pieces):
        found[i] = replace(pieces[i], kind="item", level=0, mark="")
    for i in _questions(pieces, shown, found):
        found[i] = replace(pieces[i], kind="heading")
    for i in _numbered_headings(text, pieces, shown):
        number = _NUMBER.search(text, max(0, pieces[i].start - 8), pieces[i].start)
        start = number.start(1) if number else pieces[i].start  # as ## 1. … keeps its number
        found[i] = replace(pieces[i], kind="heading", start=start, level=2)
    first = next((i for i, piece in enumerate(found) if piece.kind != "boilerplate"), None)
    if first is not None and _is_title(first, found, shown, title):
        found[first] = replace(found[first], kind="title")
    return tuple(found)


def _numbered_headings(text: str, pieces: Sequence[Piece], shown: Sequence[str]) -> list[int]:
    """Numbered lines that are headings: counted from 1, without a stop, each with something of its own below.

    Under most of them stands a paragraph, or under some where blank lines part them; with bullets only they
    are a list of two levels. A list inside of a section counts from 1 again.
    """
    runs: list[tuple[str, list[int]]] = []
    for i, piece in enumerate(pieces):
        number = _NUMBER.search(text, max(0, piece.start - 8), piece.start) if piece.kind == "item" else None
        if number is None:
            continue
        style, count = number[1] + number[3], int(number[2])
        if count == 1:
            runs.append((style, [i]))
        elif run := next((run for own, run in runs[:-9:-1] if own == style and len(run) + 1 == count), None):
            run.append(i)

    def heads(run: Sequence[int]) -> bool:
        below = sum(
            pieces[i + 1].bare and bool(_CLOSED.search(shown[i + 1])) for i in run if i + 1 < len(pieces)
        )
        # Each set apart and straight above its own: a notice's sections, of which some are bullets only.
        apart = len(run) > 2 and all(
            pieces[i].gap and not pieces[i + 1].gap for i in run if i + 1 < len(pieces)
        )
        return all(
            i + 1 < len(pieces)
            and i + 1 not in run
            and pieces[i + 1].kind != "boilerplate"
            and not _STOP.search(shown[i])
            and len(shown[i]) <= _LONGEST_HEADING
            for i in run
        ) and (len(run) <= 2 * below or (apart and below > 0))

    return [i for _, run in runs if len(run) > 1 and heads(run) for i in run]


def _listed(pieces: Sequence[Piece]) -> Iterator[int]:
    """Lines with ▶ or the like that stand straight below each other: a list, once the text has begun."""
    begun = next((i for i, piece in enumerate(pieces) if piece.kind == "paragraph"), len(pieces))
    for i, piece in enumerate(pieces):
        if (
            i < begun
            or piece.mark not in _SOFT
            or piece.kind not in ("heading", "item")
            or (piece.kind == "item" and piece.mark in _PARAGRAPHS)
        ):
            continue
        near = (*pieces[i - 1 : i], *(below for below in pieces[i + 1 : i + 2] if not below.gap))
        if any(one.mark == piece.mark and not (one is pieces[i - 1] and piece.gap) for one in near):
            yield i


def _questions(pieces: Sequence[Piece], shown: Sequence[str], found: Sequence[Piece]) -> list[int]:
    """Questions that head a section: on a line of their own, with a paragraph below that answers.

    One with a blank line above it and none below stands over its answer as a heading does; where lines are
    all set apart, or none is, it takes two of them, over paragraphs, or other headings set apart like it. A
    question that one short line answers, and one that somebody asks (…습니까?), is part of the text.
    """
    asked = [
        i
        for i, piece in enumerate(pieces[:-1])
        if piece.bare and len(shown[i]) <= _LONGEST_QUESTION and _QUESTION.fullmatch(shown[i])
        and pieces[i + 1].kind in ("paragraph", "item")
        and (_CLOSED.search(shown[i + 1]) or _STOPS.search(shown[i + 1]))
    ]  # fmt: skip

    def answered(i: int) -> bool:
        below = shown[i + 1]
        return pieces[i + 1].kind == "item" or len(below) >= _ANSWER or len(_STOPS.findall(below)) > 1

    over = [i for i in asked if pieces[i].gap and not pieces[i + 1].gap]
    if len(over) > 1 or (over and answered(over[0])):
        return over
    even = [i for i in asked if pieces[i].gap == pieces[i + 1].gap and not _FORMAL.search(shown[i])]
    if len(even) > 1:
        return even if all(map(answered, even)) else []
    heads = sum(a.kind == "heading" and a.bare and a.gap and b.gap for a, b in pairwise(found))
    return [
        i
        for i in even
        if heads > 1 and pieces[i].gap and found[i - 1].kind != "heading" and answered(i)
        and not _LEADS_ON.match(shown[i])
    ]  # fmt: skip


def _once(pieces: Sequence[Piece], shown: Sequence[str], title: str | None) -> Iterator[Piece]:
    """Pieces with what a page prints twice (title, deck, a caption that became a line) as boilerplate."""
    seen: set[str] = set()
    told = plain_letters_of(title) if title else ""
    started = False  # content has begun: the title that the metadata gives does not come any more
    for piece, line in zip(pieces, shown, strict=True):
        if piece.kind == "boilerplate":
            yield piece
            continue
        key = plain_letters_of(line)
        again = key in seen or (started and key == told)
        if piece.kind in ("heading", "paragraph") and len(key) >= _SHORTEST_REPEAT and again:
            yield replace(piece, kind="boilerplate", bare=False)
            continue
        seen.add(key)
        started = True
        yield piece


def _punctuates(pieces: Sequence[Piece], shown: Sequence[str]) -> bool:
    """Whether this author ends sentences with a stop: only then does a line without one mean anything."""
    ends = [
        bool(_CLOSED.search(line))
        for piece, line in zip(pieces, shown, strict=True)
        if piece.bare and (len(line) > 20 or _PREDICATE.search(line))
    ]
    return 2 * sum(ends) >= len(ends)


def _is_heading(
    i: int, pieces: Sequence[Piece], shown: Sequence[str], punctuates: bool, followed: bool
) -> bool:
    line = shown[i]
    if not followed or len(line) > _LONGEST_HEADING or _CLOSED.search(line) or not re.search(r"\w", line):
        return False
    if _SENTENCE_IN.search(line) or (i > 0 and _CHEERED.search(line)):
        return False
    if _COLON.search(line):
        # With a verb it introduces bullets ("요점은 다음과 같다:"), with a noun it is a heading.
        return not _PREDICATE.search(line[:-1].rstrip())
    if _PREDICATE.search(line) and not punctuates:
        return False
    # Three unclosed lines in a row are a list without bullets, not three headings.
    return _open_run(i, pieces, shown) < 3 or i == 0 or (punctuates and _is_deck(i, pieces, shown))


def _is_deck(i: int, pieces: Sequence[Piece], shown: Sequence[str]) -> bool:
    """Whether a line is of the title and decks that open an article: two to four open lines, then a gap."""
    # Names of sections above them, by-lines below them: none of these counts.
    top, opened = 0, 0
    while top < min(len(pieces), _PAGE) and opened < 5:
        if pieces[top].kind != "boilerplate":
            # A gap may stand between the title and its decks.
            if not pieces[top].bare or _CLOSED.search(shown[top]) or (opened > 1 and pieces[top].gap):
                break
            opened += 1
        top += 1
    gap = top < len(pieces) and (pieces[top].gap or pieces[top - 1].kind == "boilerplate")
    return i < top and opened < 5 and gap


def _open_run(i: int, pieces: Sequence[Piece], shown: Sequence[str]) -> int:
    def open_(j: int) -> bool:
        return pieces[j].bare and not _CLOSED.search(shown[j]) and not _COLON.search(shown[j])

    # Nobody asks for more than three: a file of 100,000 open lines must not be walked for each of them.
    first = last = i
    while first > max(0, i - 3) and open_(first - 1) and not pieces[first].gap:
        first -= 1
    while last + 1 < min(len(pieces), i + 4) and open_(last + 1) and not pieces[last + 1].gap:
        last += 1
    return last - first + 1


def _is_title(first: int, pieces: Sequence[Piece], shown: Sequence[str], title: str | None) -> bool:
    piece, line = pieces[first], shown[first]
    if title is not None:
        return _same(line, title)
    if piece.kind == "heading":
        # All on one line: a by-line with the time below a title, where below a deck a dateline stands.
        dated = any(name == "published" for below in pieces[first + 1 : first + 3] for name, _ in below.facts)
        return len(pieces) > first + 1 and (piece.mark != "deck" or dated)
    # A question or an outcry, set apart from a longer text below it; a by-line may stand between.
    text = next((i for i in range(first + 1, len(pieces)) if pieces[i].kind != "boilerplate"), first)
    apart = any(below.gap for below in pieces[first + 1 : text + 1]) or text > first + 1
    below = text > first and apart and len(shown[text]) > len(line)
    return piece.bare and below and len(line) <= _LONGEST_TITLE and _asks(line)


def _asks(line: str) -> bool:
    return _ASKS.search(line) is not None and not _SENTENCE_IN.search(line)


def _same(line: str, title: str) -> bool:
    return plain_letters_of(line) == plain_letters_of(title)
