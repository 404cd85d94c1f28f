"""Names that the analysis takes apart, put together again by how the article repeats them.

Kiwi reads 바로담은 as an adverb and a noun, 배달온의 as a noun and a verb. A name shows itself by what
follows it: the same letters come back before different particles, some of which no verb takes (Kiwi's own
unsupervised extraction and soynlp's L-R graph, Kim 2017, rest on the same observation).
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache

import numpy as np
from numpy.typing import NDArray

from ..korean.columns import TAG_IDS, TAGS, table
from ..korean.expressions import of_words
from ..korean.names import is_name
from ..korean.particles import AMBIGUOUS, COPULA, PARTICLES
from ..korean.quotes import CLOSES, OPENS
from ..korean.spelling import is_short_for, is_syllable, key_of
from ..korean.tags import COMPOUND, ENDINGS, MARKS, NOUNS, NUMERALS, PREDICATES, PROPER, SUBJECTS
from ..records import KeywordRules
from .reading import Reading, Span

_LETTERS = (
    ("가", "힣"),
    ("A", "Z"),
    ("a", "z"),
    ("0", "9"),
)  # from the first to the last: what a segment is made of
_SEGMENT = re.compile(f"[{''.join(map('-'.join, _LETTERS))}]+")
#: Particles that follow nouns only.
_STRONG = frozenset({*PARTICLES, *COPULA[:2]}) - AMBIGUOUS
#: Particles that look like verb endings too.
_WEAK = AMBIGUOUS | {""}
_PARTICLES = _STRONG | _WEAK
_QUOTED_NUMBER = re.compile(rf"[{OPENS}]([가-힣A-Za-z]{{2,15}} \d{{1,2}})[{CLOSES}]")
_ABBREVIATION, _ABBREVIATED = re.compile(r"\(([가-힣]{2,8})\)"), re.compile(r"([가-힣A-Za-z]{4,30})\s?\Z")
_BEFORE = 31  # characters of what may be abbreviated
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
    form: str  # of the first morpheme
    tags: tuple[str, ...]
    starts: Sequence[int]
    introduced: bool  # in quotation marks, before a Latin form in parentheses, or before what a person is


def names_in(read: Reading, rules: KeywordRules) -> list[list[Span]]:
    """Spans of repaired names, of each article."""
    broken, foreign, told = _broken(read, rules), _foreign(read, rules), _with_number(read)
    found = []
    for n, (begin, end) in enumerate(read.parts()):
        names = _abbreviations(read.text, begin, end) | foreign[n]
        counts: Counter[str] = Counter()
        for segment in broken[n]:
            counts = counts or Counter(_SEGMENT.findall(read.text, begin, end))
            able = [(_times(stem, segment, counts), len(stem), stem) for stem in _stems(segment.text)]
            times, _, name = max(able, default=(0, 0, ""))
            if times:
                names.add(name)
        spans = _numbered(read.text, begin, end, told[n])
        taken = {i for span in spans for i in range(*span)}
        longer: set[int] = set()  # where a longer name stands
        for name in sorted(names, key=lambda name: (-len(name), name)):
            for start in _starts(name, read.text, begin, end):
                if start not in longer:
                    longer.add(start)
                    if taken.isdisjoint(range(start, start + len(name))):
                        spans.append((start, start + len(name)))
        found.append(spans)
    return found


def _starts(name: str, text: str, begin: int, end: int) -> Iterator[int]:
    """Where a name stands in a part of a text, alone or with a particle."""
    at = text.find(name, begin, end)
    while at >= 0:
        inside = _SEGMENT.match(text, at - 1, at)
        if not inside and (match := _SEGMENT.match(text, at)) and match[0][len(name) :] in _PARTICLES:
            yield at
        at = text.find(name, at + 1, end)


def _abbreviations(text: str, begin: int, end: int) -> set[str]:
    """Short names that follow their long form in parentheses: 과학기술정보통신부(과기정통부)."""
    return {
        match[1]
        for match in _ABBREVIATION.finditer(text, begin, end)
        if (long := _ABBREVIATED.search(text, max(0, match.start() - _BEFORE), match.start()))
        and is_short_for(long[1], match[1])
    }


def _foreign(read: Reading, rules: KeywordRules) -> list[set[str]]:
    """Names of people in two words, before what they are: 마르타 린드홀름 변호사."""
    titled = _called(rules)
    found: list[set[str]] = [set() for _ in read.articles[1:]]
    tag, start, end = read.tokens.tag, read.tokens.start, read.tokens.end
    name = tag == TAG_IDS["NNP"]
    pairs = name[:-1] & name[1:] & (start[1:] == end[:-1] + 1) & (read.codes[end[:-1]] == ord(" "))
    for n in np.flatnonzero(pairs).tolist():
        (one, other), (middle, after) = start[n : n + 2].tolist(), end[n : n + 2].tolist()
        first, last = read.text[one:middle], read.text[other:after]
        if (
            not {first, last} & rules.places
            and not {key_of(first), key_of(last)} & rules.names
            and _FOREIGN.fullmatch(first)
            and _FOREIGN.fullmatch(last)
            and not (is_name(first) and first[0] != _FOREIGN_FIRST)  # 최서린 누리온 대표
            and not is_name(last)
            and titled.match(read.text, after)
        ):
            found[read.article_at(one)].add(f"{first} {last}")
    return found


@lru_cache(maxsize=4)
def _called(rules: KeywordRules) -> re.Pattern[str]:
    """What a person is, right behind the name."""
    role = of_words(rules.roles)
    return re.compile(rf" (?:{role})(?![가-힣]{{2}})")


def _numbered(text: str, begin: int, end: int, told: Mapping[str, int]) -> list[Span]:
    """Names that end in a number after a space (노바텍스 2): quoted once or named twice, known everywhere."""
    names = {match[1] for match in _QUOTED_NUMBER.finditer(text, begin, end)}
    names |= {name for name, n in told.items() if n >= 2}
    if not names:
        return []
    pattern = "|".join(rf"(?<!\w){re.escape(name)}(?![\d,.%])" for name in sorted(names))
    return [match.span() for match in re.compile(pattern).finditer(text, begin, end)]


def _with_number(read: Reading) -> list[Counter[str]]:
    """Names with a number that counts nothing: 스냅드래곤 820, 하야부사 2호, not 애플 3분기."""
    found: list[Counter[str]] = [Counter() for _ in read.articles[1:]]
    tag, start, end = read.tokens.tag, read.tokens.start, read.tokens.end
    named = table(PROPER)[tag[:-1]] & (tag[1:] == TAG_IDS["SN"])
    spaced = (start[1:] == end[:-1] + 1) & (read.codes[end[:-1]] == ord(" "))
    for n in (np.flatnonzero(named & spaced) + 1).tolist():
        begin, past = int(start[n - 1]), int(end[n])
        touches = n + 1 < len(tag) and start[n + 1] == past
        if touches and read.forms[n + 1] == "호":
            found[read.article_at(begin)][read.text[begin : end[n + 1]]] += 1
        elif read.forms[n].isdigit() and (
            TAGS[tag[n + 1]].startswith(("J", "SS", "VCP")) if touches else n + 1 in read.tokens.bounds
        ):
            found[read.article_at(begin)][read.text[begin:past]] += 1
    return found


def _broken(read: Reading, rules: KeywordRules) -> list[list[_Segment]]:
    """The segments of articles in which something that is no noun stands where a name would have to be."""
    tokens, found = read.tokens, [list[_Segment]() for _ in read.articles[1:]]
    tag, start, end = tokens.tag, tokens.start, tokens.end
    # Where a name would end: on a noun that no noun leads to, or on what else is neither particle nor ending.
    noun = table(COMPOUND)[tag]
    turns = ~table(_NEITHER)[tag[1:]] & ~(noun[1:] & noun[:-1]) & (start[1:] <= end[:-1])
    at = np.flatnonzero(turns)
    # The segments that hold such a morpheme and the one before it, and their morphemes.
    begins, pasts = _segments(read.codes)
    if not len(begins):  # laughs and emoji alone
        return found
    at = np.searchsorted(begins, start[1:][turns], side="right") - 1
    at = at[(at >= 0) & (start[1:][turns] < pasts[at]) & (start[:-1][turns] >= begins[at])]
    at = at[np.diff(at, prepend=-1) > 0]
    begins, pasts = begins[at], pasts[at]
    columns = begins, pasts, np.searchsorted(start, begins), np.searchsorted(start, pasts)
    rows = zip(*(one.tolist() for one in columns), strict=True)
    for begin, past, first, last in rows:
        if not is_syllable(read.text[begin]):
            continue
        starts, ends = start[first:last].tolist(), end[first:last].tolist()
        own = [i for i, (s, e) in enumerate(zip(starts, ends, strict=True)) if s < e <= past]
        if len(own) < 2:
            continue
        ids = tag[first:last].tolist()
        tags = tuple([TAGS[ids[i]] for i in own])
        introduced = _is_introduced(read.text, begin, past, rules)
        if _is_broken(tags, read.forms[first + own[0]], introduced):
            one = _Segment(
                read.text[begin:past],
                begin,
                read.forms[first + own[0]],
                tags,
                [starts[i] for i in own],
                introduced,
            )
            found[read.article_at(begin)].append(one)
    return found


def _segments(codes: NDArray[np.uint32]) -> tuple[NDArray[np.intp], NDArray[np.intp]]:
    """Where the segments of a text begin and end."""
    letters = np.zeros(len(codes), dtype=bool)
    for first, last in _LETTERS:
        letters |= (codes >= ord(first)) & (codes <= ord(last))
    edges = np.flatnonzero(letters[1:] != letters[:-1]) + 1
    return edges[::2], edges[1::2]


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
    inside = bisect_left(segment.starts, segment.start + len(stem))
    tags = segment.tags[:inside]
    if inside < 2 or tags[-1] in _NOT_LAST or all(tag in COMPOUND for tag in tags):
        return 0
    bound = _is_bound(tags[0], segment.form)
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
