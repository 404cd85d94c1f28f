"""Names that the analysis takes apart, put together again by how the article repeats them.

Kiwi reads 바로담은 as an adverb and a noun, 배달온의 as a noun and a verb. A name shows itself by what
follows it: the same letters come back before different particles, some of which no verb takes (Kiwi's own
unsupervised extraction and soynlp's L-R graph, Kim 2017, rest on the same observation).
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import pairwise

from ..korean.expressions import of_words
from ..korean.names import is_name
from ..korean.particles import AMBIGUOUS, COPULA, PARTICLES
from ..korean.spelling import is_short_for, is_syllable, key_of
from ..korean.tags import COMPOUND, ENDINGS, MARKS, NOUNS, NUMERALS, PREDICATES, PROPER, SUBJECTS
from ..records import KeywordRules, Unit
from .words import Columns

_SEGMENT = re.compile(r"[가-힣A-Za-z0-9]+")
#: Particles that follow nouns only.
_STRONG = frozenset({*PARTICLES, *COPULA[:2]}) - AMBIGUOUS
#: Particles that look like verb endings too.
_WEAK = AMBIGUOUS | {""}
_PARTICLES = _STRONG | _WEAK
_QUOTED_NUMBER = re.compile(r"[‘'“\"]([가-힣A-Za-z]{2,15} \d{1,2})[’'”\"]")
_ABBREVIATION = re.compile(r"([가-힣A-Za-z]{4,30})\s?\(([가-힣]{2,8})\)")
_LATIN_FOLLOWS = re.compile(r"\s?\([A-Za-z]")
_QUOTES = frozenset({"‘’", "''", "“”", '""', "「」", "<>", "《》"})
_LONGEST, _SHORTEST = 9, 2
_FOREIGN = re.compile(r"[가-힣]{2,6}")
#: A surname of few that many foreign names begin with: 마르타, 마거릿.
_FOREIGN_FIRST = "마"
_NOT_FIRST = NUMERALS | {"NP", "MAJ", "NNB", "VCP", "VX"}
#: Pronouns of one syllable that many names begin with: 니소스, 나오라.
_SYLLABLES = frozenset({"니", "나", "너", "내", "제"})
_NOT_LAST = ENDINGS | SUBJECTS | {"JKO", "JKB", "JKG", "XSV", "XSA", "VX"}
#: Besides these, marks end no name.
_NEITHER = _NOT_LAST | MARKS - {"SB"}


@dataclass(frozen=True, slots=True)
class _Segment:
    """Letters between spaces and marks that hold more than nouns with a particle, with their morphemes."""

    text: str
    start: int
    tokens: Columns
    introduced: bool  # in quotation marks, before a Latin form in parentheses, or before what a person is


def names_in(
    units: Sequence[Unit], tokens: Mapping[int, Columns], rules: KeywordRules
) -> dict[int, list[tuple[int, int]]]:
    """Spans of repaired names, by unit index.

    Parameters
    ----------
    tokens
        By unit index.
    """
    segments = [list(_SEGMENT.finditer(unit.text)) for unit in units]
    counts = Counter([match[0] for own in segments for match in own])
    names = _abbreviations(units)
    for unit, letters in zip(units, segments, strict=True):
        for segment in _broken(unit.text, letters, tokens[unit.index], rules):
            able = [(_times(stem, segment, counts), len(stem), stem) for stem in _stems(segment.text)]
            times, _, name = max(able, default=(0, 0, ""))
            if times:
                names.add(name)
    names |= _foreign(units, tokens, rules)
    spans = _numbered(units, tokens)
    longest = sorted(names, key=lambda name: (-len(name), name))
    for unit in units:
        taken = {i for start, end in spans.get(unit.index, ()) for i in range(start, end)}
        told: set[int] = set()  # where a longer name stands
        for name in longest:
            for start in _starts(name, unit.text) if name in unit.text else ():
                if start not in told:
                    told.add(start)
                    if taken.isdisjoint(range(start, start + len(name))):
                        spans[unit.index].append((start, start + len(name)))
    return dict(spans)


def _starts(name: str, text: str) -> Iterator[int]:
    """Where a name stands in a text, alone or with a particle."""
    at = text.find(name)
    while at >= 0:
        inside = at > 0 and _SEGMENT.match(text, at - 1, at)
        if not inside and (match := _SEGMENT.match(text, at)) and match[0][len(name) :] in _PARTICLES:
            yield at
        at = text.find(name, at + 1)


def _abbreviations(units: Sequence[Unit]) -> set[str]:
    """Short names that follow their long form in parentheses: 과학기술정보통신부(과기정통부)."""
    return {
        match[2]
        for unit in units
        if "(" in unit.text
        for match in _ABBREVIATION.finditer(unit.text)
        if len(match[2]) < len(match[1]) and is_short_for(match[1], match[2])
    }


def _foreign(units: Sequence[Unit], tokens: Mapping[int, Columns], rules: KeywordRules) -> set[str]:
    """Names of people in two words, before what they are: 마르타 린드홀름 변호사."""
    titled = _called(rules)
    found = set()
    for unit in units:
        _, tags, starts, ends = tokens[unit.index]
        if tags.count("NNP") < 2:
            continue
        for n in [n for n, (one, other) in enumerate(pairwise(tags)) if one == other == "NNP"]:
            first, last = unit.text[starts[n] : ends[n]], unit.text[starts[n + 1] : ends[n + 1]]
            if (
                starts[n + 1] == ends[n] + 1
                and unit.text[ends[n]] == " "
                and not {first, last} & rules.places
                and not {key_of(first), key_of(last)} & rules.names
                and _FOREIGN.fullmatch(first)
                and _FOREIGN.fullmatch(last)
                and not (is_name(first) and first[0] != _FOREIGN_FIRST)  # 최서린 누리온 대표
                and not is_name(last)
                and titled.match(unit.text, ends[n + 1])
            ):
                found.add(f"{first} {last}")
    return found


@lru_cache(maxsize=4)
def _called(rules: KeywordRules) -> re.Pattern[str]:
    """What a person is, right behind the name."""
    role = of_words(rules.roles)
    return re.compile(rf" (?:{role})(?![가-힣]{{2}})")


def _numbered(units: Sequence[Unit], tokens: Mapping[int, Columns]) -> dict[int, list[tuple[int, int]]]:
    """Names that end in a number after a space (노바텍스 2): quoted once or named twice, known everywhere."""
    names = {match[1] for unit in units for match in _QUOTED_NUMBER.finditer(unit.text)}
    told = Counter([name for unit in units for name in _with_number(unit.text, tokens[unit.index])])
    names |= {name for name, n in told.items() if n >= 2}
    spans: dict[int, list[tuple[int, int]]] = defaultdict(list)
    if names:
        pattern = re.compile("|".join(rf"(?<!\w){re.escape(name)}(?![\d,.%])" for name in sorted(names)))
        for unit in units:
            spans[unit.index] = [match.span() for match in pattern.finditer(unit.text)]
    return spans


def _with_number(text: str, tokens: Columns) -> Iterator[str]:
    """Names with a number that counts nothing: 스냅드래곤 820, 하야부사 2호, not 애플 3분기."""
    forms, tags, starts, ends = tokens
    if "SN" not in tags:
        return
    for n in [n for n, tag in enumerate(tags) if tag == "SN"]:
        if n == 0 or tags[n - 1] not in PROPER or text[ends[n - 1] : starts[n]] != " ":
            continue
        touches = n + 1 < len(tags) and starts[n + 1] == ends[n]
        if touches and forms[n + 1] == "호":
            yield text[starts[n - 1] : ends[n + 1]]
        elif forms[n].isdigit() and (
            n + 1 == len(tags) or (touches and tags[n + 1].startswith(("J", "SS", "VCP")))
        ):
            yield text[starts[n - 1] : ends[n]]


def _broken(
    text: str, letters: Sequence[re.Match[str]], tokens: Columns, rules: KeywordRules
) -> Iterator[_Segment]:
    """The segments of a text in which something that is no noun stands where a name would have to be."""
    tags, starts, ends = tokens.tags, tokens.starts, tokens.ends
    # Where a name would end: on a noun that no noun leads to, or on what else is neither particle nor ending.
    turns = [
        n
        for n, tag in enumerate(tags)
        if tag not in _NEITHER
        and (tag not in COMPOUND or tags[n - 1] not in COMPOUND)
        and n
        and starts[n] <= ends[n - 1]
    ]
    segments = iter(letters)
    match, before = next(segments, None), -1
    for n in turns:
        while match is not None and match.end() <= starts[n]:
            match = next(segments, None)
        if match is None:
            return
        start, end = match.span()
        if start == before or starts[n - 1] < start or not is_syllable(text[start]):
            continue
        before = start
        first, past = bisect_left(starts, start), bisect_left(starts, end)
        own = [i for i in range(first, past) if starts[i] < ends[i] <= end]
        if len(own) < 2:
            continue
        introduced = _is_introduced(text, start, end, rules)
        if _is_broken([tags[i] for i in own], tokens.forms[own[0]], introduced):
            rows = [(tokens.forms[i], tags[i], starts[i], ends[i]) for i in own]
            yield _Segment(match[0], start, Columns(*zip(*rows, strict=True)), introduced)


def _is_introduced(text: str, start: int, end: int, rules: KeywordRules) -> bool:
    if end - start >= 3 and start and text[start - 1] + text[end : end + 1] in _QUOTES:
        return True
    if _LATIN_FOLLOWS.match(text, end):
        return True
    return end - start == 3 and is_name(text[start:end]) and bool(_titled(rules).match(text, end))


@lru_cache(maxsize=4)
def _titled(rules: KeywordRules) -> re.Pattern[str]:
    """What a person is, behind a space and two words at most."""
    role = of_words(rules.roles)
    return re.compile(rf" (?:[가-힣A-Za-z0-9&·]+ ){{0,2}}(?:{role})(?![가-힣]{{2}})")


@lru_cache(maxsize=1 << 14)
def _stems(text: str) -> tuple[str, ...]:
    """What a segment is without each particle that it may end in: its stems."""
    sizes = range(_SHORTEST, min(len(text), _LONGEST) + 1)
    return tuple(text[:size] for size in sizes if text[size:] in _PARTICLES)


def _is_broken(tags: Sequence[str], first: str, introduced: bool) -> bool:
    """Whether a name may be taken apart in a segment, of whose morphemes the first has this form."""
    if introduced:
        return any(tag not in COMPOUND for tag in tags)
    if _is_bound(tags[0], first):
        return False
    if tags[0] not in COMPOUND:
        return True
    noun = True
    for tag in tags[1:]:
        before, noun = noun, tag in COMPOUND
        if (noun and not before) or tag in PREDICATES:
            return True
    return False


def _is_bound(tag: str, form: str) -> bool:
    """Whether no name begins with a morpheme."""
    return tag in _NOT_FIRST and not (tag == "NP" and form in _SYLLABLES)


def _times(stem: str, segment: _Segment, counts: Mapping[str, int]) -> int:
    """How often the article has a name; 0 when these letters are none."""
    inside = bisect_left(segment.tokens.starts, segment.start + len(stem))
    tags = segment.tokens.tags[:inside]
    if inside < 2 or tags[-1] in _NOT_LAST or all(tag in COMPOUND for tag in tags):
        return 0
    bound = _is_bound(tags[0], segment.tokens.forms[0])
    if bound and not (segment.introduced and stem == segment.text):
        return 0
    particles = {particle: counts[stem + particle] for particle in _PARTICLES if stem + particle in counts}
    times = sum(particles.values())
    if segment.introduced and stem == segment.text:
        return times
    # An adverb or adjective that runs into a noun without a space is a name: 바로담, 바른장바구니.
    glued = len(stem) >= 3 and tags[-1] in NOUNS and tags[0] in ("MAG", "VA", "IC")
    if glued and len(stem) >= 5 and tags[:2] == ("VA", "ETM"):
        return times
    return times if len(particles) >= 2 and (glued or not _STRONG.isdisjoint(particles)) else 0
