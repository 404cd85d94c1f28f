"""Newsroom dress: what is boilerplate in a line, by rules that are data.

A line is boilerplate as a whole, or stretches of it are: at its ends, around a dateline, or in brackets
between two sentences. No rule takes a sentence that reports something together with what it was made for.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache
from itertools import pairwise

from ..korean.bullets import POINTERS
from ..korean.press import spelled
from ..records import BoilerplateRule
from .guards import Guard, may_be
from .guards import guard as guard_of
from .plain import plain
from .stretches import closed, is_sentence, narrates, phrase, places, seen, tells

#: What may begin boilerplate between two sentences, where less sure rules would take text.
_MARKED = re.compile(
    spelled(
        rf"[\[(<【〈《{POINTERS}(?&signs)※▲△]|/\s?사진|/[^/.!?]{{2,25}}제공|(?&labelled)(?:\s?제공)?\s?[=(?&signs)]|(?&owner)|(?&copyright)"
    )
)
#: The credit of a picture, which its caption stands before.
_PICTURE = re.compile(
    spelled(
        r"[\[(</]?\s?(?&pictured)[\s=:(?&signs)]|(?&sign)\s?[가-힣]{2,4}\s*$|/?\s?[^\s.!?]{2,16}\s제공\s*$"
    )
)
_SAYS = re.compile(spelled(r"(?:(?&said)|고\s?했)다|[”\"]"))
_POINTS = re.compile(f"[{POINTERS}]")
#: Longest stretch, in code points, that can be boilerplate.
_LONGEST = 600
#: How far from its ends a line is searched for boilerplate.
_REACH = 400
#: Parts that may stand in a row: [속보] (서울=한빛통신) …
_PARTS = 6


@dataclass(frozen=True, slots=True)
class Part:
    """A part of a line: kept, or boilerplate with the facts that it gives.

    Attributes
    ----------
    plug
        The lines below belong to it (``where = "list"``).
    deck
        Kept, and a dateline follows it on the line.
    """

    start: int
    end: int
    kept: bool
    plug: bool = False
    facts: tuple[tuple[str, str], ...] = ()
    deck: bool = False


@dataclass(frozen=True, slots=True, eq=False)
class Rules:
    """Boilerplate rules: regular expressions, compiled when a text first needs them.

    Attributes
    ----------
    of
        By ``where``, each behind its guard.
    """

    of: dict[str, tuple[tuple[Guard, str], ...]]

    def likely(self, where: str, first: str, last: str) -> tuple[tuple[Guard, str], ...]:
        """The rules of one place that may fit a text by its first and its last character, each if given."""
        return _likely(self, where, first, last)

    def find(self, where: str, text: str) -> re.Match[str] | None:
        """The rule that takes all of a text, its emphasis aside (**글 홍길동 기자**)."""
        return _find(self, where, text)


@lru_cache(maxsize=1 << 14)
def _at_edge(rules: Rules, where: str, first: str, last: str) -> int:
    """A bit for each rule of a place that may fit a text with one of these characters at its end."""
    own = rules.of[where]
    return sum(
        1 << n
        for n, (guard, _) in enumerate(own)
        if (not first or may_be(guard.first, first)) and (not last or may_be(guard.last, last))
    )


@lru_cache(maxsize=1 << 14)
def _likely(rules: Rules, where: str, first: str, last: str) -> tuple[tuple[Guard, str], ...]:
    return _numbered(rules, where, _at_edge(rules, where, first, "") & _at_edge(rules, where, "", last))


@lru_cache(maxsize=1 << 12)
def _numbered(rules: Rules, where: str, bits: int) -> tuple[tuple[Guard, str], ...]:
    return tuple(one for n, one in enumerate(rules.of[where]) if bits >> n & 1)


#: `re.compile` remembers 512 patterns only, of all modules.
_pattern = lru_cache(maxsize=1024)(re.compile)


@lru_cache(maxsize=64)  # a line is asked for as a whole, then by its parts
def _find(rules: Rules, where: str, text: str) -> re.Match[str] | None:
    bare = text.strip("*_ ")
    for shown in (text, bare) if bare and bare != text else (text,):
        size = len(shown)
        for guard, pattern in rules.likely(where, shown[:1], shown[-1:]):
            # As `admits`, of which a dozen are asked for each piece of a text.
            fits = guard.least <= size <= guard.most and guard.finds(shown)
            if fits and (match := _pattern(pattern).fullmatch(shown)):
                return match
    return None


_PLACES = ("list", "line", "part", "start", "end", "inside", "masthead", "edge", "closing", "box", "alone")


@lru_cache(maxsize=8)
def compiled(rules: tuple[BoilerplateRule, ...]) -> Rules:
    """Rules in the order in which they are asked, once for all articles."""
    return Rules(
        {
            where: tuple((guard_of(r.pattern), r.pattern) for r in rules if r.where == where)
            for where in _PLACES
        }
    )


def undress(text: str, start: int, end: int, rules: Rules) -> tuple[Part, ...]:
    """Parts of the line ``text[start:end]``, in their order, white space left out at its ends."""
    read = plain(text, start, end)
    found: list[Part] = []
    for part in _line(read.text, rules):
        if not read.text[part.start : part.end].strip():
            continue
        begin, stop = read.span(part.start, part.end)
        placed = Part(begin, stop, part.kept, part.plug, part.facts, part.deck)
        if found and not placed.kept and not found[-1].kept:
            before = found.pop()
            said = _joined(before.facts, placed.facts)
            placed = Part(before.start, stop, False, before.plug or placed.plug, said)
        found.append(placed)
    return tuple(found)


def _joined(
    before: tuple[tuple[str, str], ...], after: tuple[tuple[str, str], ...]
) -> tuple[tuple[str, str], ...]:
    """Facts of two parts in a row: rights go on, of anything else the first is believed."""
    first, then = dict(before), dict(after)
    if "rights" in first and "rights" in then:
        first["rights"] = f"{first['rights']} {then['rights']}"
    return tuple(sorted((then | first).items()))


def _line(line: str, rules: Rules) -> Iterator[Part]:
    start, end = _stripped(line, 0, len(line))
    if found := _whole(line, start, end, rules):
        yield found
        return
    # A dateline may follow a deck, or rights and pointers, on one line.
    for match in _datelines(line, start, end, rules):
        yield from (
            replace(part, deck=part.kept and not closed(line[part.start : part.end]))
            for part in _stretch(line, start, match.start(), rules)
        )
        yield Part(match.start(), match.end(), kept=False, facts=facts(match))
        start = match.end()
    yield from _stretch(line, start, end, rules)


def _datelines(line: str, start: int, end: int, rules: Rules) -> list[re.Match[str]]:
    found: list[re.Match[str]] = []
    for guard, pattern in rules.of["inside"]:
        if guard.finds(line):
            for match in _pattern(pattern).finditer(line, start, end):
                if all(match.start() >= one.end() or match.end() <= one.start() for one in found[-_PARTS:]):
                    found.append(match)
    return sorted(found, key=lambda match: match.start())


def _stretch(line: str, start: int, end: int, rules: Rules) -> Iterator[Part]:
    """Parts of a line that no dateline stands in: rules for its two ends, then what is left between."""
    start, end = _stripped(line, start, end)
    whole = (start, end) == _stripped(line, 0, len(line))  # which has been looked at
    if not whole and (found := _whole(line, start, end, rules)):
        yield found
        return
    before = (start, end)
    for _ in range(_PARTS):
        stop = min(end, start + _REACH)
        match = _first(line, start, stop, rules)
        if match is None:
            break
        yield Part(start, match.end(), kept=False, facts=facts(match))
        start = match.end()
    tails: list[Part] = []
    for _ in range(_PARTS):
        begin = max(start, end - _REACH)
        match = _last(line, begin, end, rules)
        if match is None or match.start() <= start:
            break
        tails.append(Part(match.start(), end, kept=False, facts=facts(match)))
        end = match.start()
    start, end = _stripped(line, start, end)
    if start < end:
        # What is left may be boilerplate as a whole: [속보] … (사진=…)
        found = None if (start, end) == before else _whole(line, start, end, rules)
        yield from [found] if found else _between(line, start, end, rules)
    yield from reversed(tails)


def _first(line: str, start: int, end: int, rules: Rules) -> re.Match[str] | None:
    """What a rule takes off the start of a line."""
    for guard, pattern in rules.likely("start", line[start : start + 1], ""):
        if guard.finds(line) and (match := _pattern(pattern).match(line, start, end)) and match[0]:
            return match
    return None


def _last(line: str, start: int, end: int, rules: Rules) -> re.Match[str] | None:
    """What a rule takes off the end of a line."""
    for guard, pattern in rules.of["end"]:
        if guard.finds(line) and (match := _pattern(pattern).search(line, start, end)) and match[0]:
            return match
    return None


def _between(line: str, start: int, end: int, rules: Rules) -> Iterator[Part]:
    """Kept text, and the boilerplate at its ends or, where it is marked, between its sentences.

    No rule takes all of it: that has been looked at.
    """
    cuts = [start + place for place in places(line[start:end])]
    pieces = list(pairwise(cuts))
    if len(pieces) == 1:
        yield Part(start, end, kept=True)
        return
    head, tail = 0, len(pieces)
    taken: dict[int, Part] = {}
    while head < tail and (run := _run(line, pieces, head, tail, rules, step=1)):
        taken[head], head = run[0], head + run[1]
    while head < tail and (run := _run(line, pieces, head, tail, rules, step=-1)):
        taken[tail - run[1]], tail = run[0], tail - run[1]
    for i in range(head, tail):
        if _MARKED.match(line, *pieces[i]) and (run := _run(line, pieces, i, i + 1, rules, step=1)):
            taken[i] = run[0]
    _with_captions(line, pieces, taken)
    parts: list[Part] = []
    last = start
    for part in (taken[i] for i in sorted(taken)):
        if part.start > last:
            parts.append(_kept(line, last, part.start, bool(parts)))
        parts.append(part)
        last = part.end
    if last < end:
        parts.append(Part(last, end, kept=True))
    yield from (part for part in parts if part.start < part.end)


def _with_captions(line: str, pieces: Sequence[tuple[int, int]], taken: dict[int, Part]) -> None:
    """Take the caption before a picture's credit along: a scene, or a phrase and at most a sentence on it."""

    def open_(i: int) -> bool:
        return i >= 0 and all(
            pieces[i][0] >= part.end or pieces[i][1] <= part.start for part in taken.values()
        )

    for i in sorted(taken):
        credit = taken[i]
        if not _PICTURE.match(line[credit.start : credit.end]) or not open_(i - 1):
            continue
        last = line[slice(*pieces[i - 1])]
        before = line[slice(*pieces[i - 2])] if open_(i - 2) else ""
        # All of a line, it may tell what happened there, but for what somebody says.
        whole = i == 2 and i == len(pieces) - 1 and not _SAYS.search(last)
        if phrase(before) and (whole or not tells(last)) and len(last) < _REACH // 2:
            first = i - 2
        elif seen(last) or phrase(last):
            first = i - 1
        else:
            continue
        del taken[i]
        taken[first] = Part(pieces[first][0], credit.end, kept=False)


def _kept(line: str, start: int, end: int, between: bool) -> Part:
    """Text between two parts of boilerplate; a pointer among them is one of them."""
    start, end = _stripped(line, start, end)
    pointer = between and bool(_POINTS.match(line, start)) and not closed(line[start:end])
    return Part(start, end, kept=not pointer)


def _run(
    line: str, pieces: Sequence[tuple[int, int]], head: int, tail: int, rules: Rules, step: int
) -> tuple[Part, int] | None:
    """The longest run of pieces at one end that a rule takes, and how many they are.

    A sentence is never taken along: a run holds none, unless it is nothing else.
    """
    longest = 0
    for n in range(min(_PARTS, tail - head)):
        start, end = pieces[head + n] if step > 0 else pieces[tail - 1 - n]
        piece = line[start:end]
        if tells(piece) or ((alone := is_sentence(piece)) and n):
            break
        longest = n + 1
        if alone:
            break
    for n in range(longest, 0, -1):
        start, end = (
            (pieces[head][0], pieces[head + n - 1][1])
            if step > 0
            else (pieces[tail - n][0], pieces[tail - 1][1])
        )
        start, end = _stripped(line, start, end)
        if end - start <= _LONGEST and (match := rules.find("part", line[start:end])):
            return Part(start, end, kept=False, facts=facts(match)), n
    return None


def _whole(line: str, start: int, end: int, rules: Rules) -> Part | None:
    text = line[start:end]
    if end - start > _LONGEST or not text:
        return None
    if match := rules.find("list", text):
        return Part(start, end, kept=False, plug=True, facts=facts(match))
    pieces = [text[a:b] for a, b in pairwise(places(text))]
    if any(map(tells, pieces)) or (len(pieces) > 1 and any(map(narrates, pieces))):
        return None
    match = rules.find("line", text)
    if match is None and not (len(pieces) > 1 and any(map(is_sentence, pieces))):
        match = rules.find("part", text)
    if match is None:
        return None
    return Part(start, end, kept=False, facts=facts(match))


def facts(match: re.Match[str]) -> tuple[tuple[str, str], ...]:
    """Named groups as facts; digits at the end of a name tell groups of one fact apart.

    Of several authors none is left out; of anything else the first is believed.
    """
    found: dict[str, list[str]] = {}
    for name in sorted(match.groupdict(), key=match.start):
        if value := match[name]:
            found.setdefault(name.rstrip("0123456789"), []).append(" ".join(value.split()))
    return tuple(
        sorted((name, "·".join(said) if name == "author" else said[0]) for name, said in found.items())
    )


def _stripped(text: str, start: int, end: int) -> tuple[int, int]:
    while start < end and text[start].isspace():
        start += 1
    while end > start and text[end - 1].isspace():
        end -= 1
    return start, end
