"""Names that the analysis takes apart, put together again by how the article repeats them.

Kiwi reads 바로담은 as an adverb and a noun, 배달온의 as a noun and a verb. A name shows itself by what
follows it: the same letters come back before different particles, some of which no verb takes (Kiwi's own
unsupervised extraction and soynlp's L-R graph, Kim 2017, rest on the same observation).
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

from ..korean.names import is_name
from ..korean.tags import COMPOUND, NOUNS
from ..records import KeywordRules, Token, Unit

_SEGMENT = re.compile(r"[가-힣A-Za-z0-9]+")
#: Particles that follow nouns only.
_STRONG = frozenset(
    [
        "이",
        "가",
        "를",
        "의",
        "와",
        "과",
        "에",
        "에서",
        "에게",
        "로",
        "으로",
        "도",
        "부터",
        "까지",
        "처럼",
        "보다",
        "이라는",
        "라는",
        "이라고",
        "이다",
        "이며",
        "이란",
        "란",
    ]
)
#: Particles that look like verb endings too.
_WEAK = frozenset({"은", "는", "을", "만", "이나", "나", ""})
_QUOTED_NUMBER = re.compile(r"[‘'“\"]([가-힣A-Za-z]{2,15} \d{1,2})[’'”\"]")
_ABBREVIATION = re.compile(r"([가-힣A-Za-z]{4,30})\s?\(([가-힣]{2,8})\)")
_LATIN_FOLLOWS = re.compile(r"\s?\([A-Za-z]")
_QUOTES = frozenset({"‘’", "''", "“”", '""', "「」", "<>", "《》"})
_LONGEST, _SHORTEST = 9, 2
_NOT_FIRST = frozenset({"NP", "NR", "SN", "MAJ", "NNB", "VCP", "VX"})
#: Pronouns of one syllable that many names begin with: 니소스, 나오라.
_SYLLABLES = frozenset({"니", "나", "너", "내", "제"})
_NOT_LAST = frozenset({"EF", "EC", "EP", "ETN", "ETM", "JX", "JKS", "JKO", "JKB", "JKG", "XSV", "XSA", "VX"})


@dataclass(frozen=True, slots=True)
class _Segment:
    unit: int
    text: str
    start: int
    tokens: tuple[Token, ...]
    introduced: bool  # in quotation marks, before a Latin form in parentheses, or before what a person is


def find(units: Sequence[Unit], rules: KeywordRules) -> dict[int, list[tuple[int, int]]]:
    """Spans of repaired names, by unit index."""
    role = "|".join(sorted(map(re.escape, rules.roles), key=lambda r: (-len(r), r)))
    titled = re.compile(rf" (?:[가-힣A-Za-z0-9&·]+ ){{0,2}}(?:{role})(?![가-힣]{{2}})")
    segments = [segment for unit in units for segment in _segments(unit, titled)]
    heads: dict[str, list[tuple[_Segment, str]]] = defaultdict(list)
    for segment in segments:
        for head, rest in _splits(segment.text):
            heads[head].append((segment, rest))
    names = _abbreviations(units)
    for segment in segments:
        if not _is_broken(segment):
            continue
        able = [head for head, _ in _splits(segment.text) if _is_name(head, heads[head], segment)]
        if able:
            names.add(max(able, key=lambda head: (len(heads[head]), len(head))))
    spans = _numbered(units)
    starts = {(index, i) for index, found in spans.items() for start, end in found for i in range(start, end)}
    for segment in segments:
        fitting = [head for head, _ in _splits(segment.text) if head in names]
        if fitting:
            name = max(fitting, key=len)
            span = (segment.start, segment.start + len(name))
            if not any((segment.unit, i) in starts for i in range(*span)):
                spans[segment.unit].append(span)
    return dict(spans)


def _abbreviations(units: Sequence[Unit]) -> set[str]:
    """Short names that follow their long form in parentheses: 과학기술정보통신부(과기정통부)."""
    return {
        match[2]
        for unit in units
        for match in _ABBREVIATION.finditer(unit.text)
        if len(match[2]) < len(match[1]) and is_short_for(match[1], match[2])
    }


def is_short_for(long: str, short: str) -> bool:
    """Whether the short form's syllables stand in the long one, in their order, from its first on."""
    letters = iter(long)
    return 2 <= len(short) < len(long) and long[0] == short[0] and all(c in letters for c in short)


def _numbered(units: Sequence[Unit]) -> dict[int, list[tuple[int, int]]]:
    """Names that end in a number after a space (노바텍스 2): quoted once or named twice, known everywhere."""
    names = {match[1] for unit in units for match in _QUOTED_NUMBER.finditer(unit.text)}
    told = Counter(name for unit in units for name in _with_number(unit))
    names |= {name for name, n in told.items() if n >= 2}
    spans: dict[int, list[tuple[int, int]]] = defaultdict(list)
    if names:
        pattern = re.compile("|".join(rf"(?<!\w){re.escape(name)}(?![\d,.%])" for name in sorted(names)))
        for unit in units:
            spans[unit.index] = [match.span() for match in pattern.finditer(unit.text)]
    return spans


def _with_number(unit: Unit) -> Iterator[str]:
    """Names with a number that counts nothing: 스냅드래곤 820, 하야부사 2호, not 애플 3분기."""
    tokens = unit.tokens
    for n in range(1, len(tokens)):
        name, number = tokens[n - 1], tokens[n]
        if number.tag != "SN" or name.tag not in ("NNP", "SL") or unit.text[name.end : number.start] != " ":
            continue
        after = tokens[n + 1] if n + 1 < len(tokens) else None
        if after is not None and after.start == number.end and after.form == "호":
            yield unit.text[name.start : after.end]
        elif number.form.isdigit() and (
            after is None or (after.tag.startswith(("J", "SS", "VCP")) and after.start == number.end)
        ):
            yield unit.text[name.start : number.end]


def _segments(unit: Unit, titled: re.Pattern[str]) -> Iterator[_Segment]:
    starts = [token.start for token in unit.tokens]  # in order, as Kiwi gives them
    for match in _SEGMENT.finditer(unit.text):
        start, end = match.span()
        inside = unit.tokens[bisect_left(starts, start) : bisect_left(starts, end)]
        tokens = tuple(t for t in inside if t.start < t.end <= end)
        quoted = (
            len(match.group()) >= 3 and unit.text[max(0, start - 1) : end + 1][:: end - start + 1] in _QUOTES
        )
        person = end - start == 3 and is_name(match.group()) and titled.match(unit.text, end)
        introduced = quoted or bool(person) or _LATIN_FOLLOWS.match(unit.text, end) is not None
        if "가" <= match.group()[0] <= "힣":
            yield _Segment(unit.index, match.group(), start, tokens, introduced)


def _splits(text: str) -> Iterator[tuple[str, str]]:
    for size in range(_SHORTEST, min(len(text), _LONGEST) + 1):
        if text[size:] in _STRONG or text[size:] in _WEAK:
            yield text[:size], text[size:]


def _is_broken(segment: _Segment) -> bool:
    """Whether something that is no noun stands where a name would have to be."""
    tags = [token.tag for token in segment.tokens]
    if len(tags) < 2 or (_is_bound(segment.tokens[0]) and not segment.introduced):
        return False
    if segment.introduced and any(tag not in COMPOUND for tag in tags):
        return True
    return (
        tags[0] not in COMPOUND
        or any(before not in COMPOUND and after in COMPOUND for before, after in pairwise(tags))
        or any(tag.startswith(("VV", "VA")) for tag in tags[1:])
    )


def _is_bound(first: Token) -> bool:
    """Whether no name begins with this morpheme."""
    return first.tag in _NOT_FIRST and not (first.tag == "NP" and first.form in _SYLLABLES)


def _is_name(head: str, places: list[tuple[_Segment, str]], segment: _Segment) -> bool:
    inside = [t for t in segment.tokens if t.start < segment.start + len(head)]
    if len(inside) < 2 or inside[-1].tag in _NOT_LAST:
        return False
    if all(token.tag in COMPOUND for token in inside):
        return False
    if segment.introduced and head == segment.text:
        return True
    if _is_bound(inside[0]):
        return False
    rests = {rest for _, rest in places}
    # An adverb or adjective that runs into a noun without a space is a name: 바로담, 바른장바구니.
    glued = len(head) >= 3 and inside[-1].tag in NOUNS and inside[0].tag in ("MAG", "VA", "IC")
    if glued and len(head) >= 5 and inside[0].tag == "VA" and inside[1].tag == "ETM":
        return True
    return len(places) >= 2 and len(rests) >= 2 and (glued or bool(rests & _STRONG))
