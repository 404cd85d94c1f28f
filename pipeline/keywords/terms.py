"""Terms: what an article could have as a row, with all the places and forms in which it has it."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from functools import lru_cache
from itertools import pairwise
from typing import NamedTuple

from ..korean.quotes import CLOSES, OPENS
from ..korean.spelling import key_of
from ..records import KeywordRules
from . import appositions
from .chunks import Chunks
from .folding import Folding, fold
from .people import People
from .reading import Reading, Span
from .words import Word

_LONGEST, _LONGEST_LATIN = 4, 7
_ASIDE = 40  # letters of parentheses that may explain a word
_QUOTED = re.compile(rf"[{OPENS}<《「]([^{OPENS}{CLOSES}<>《》「」\0]{{2,30}})[{CLOSES}>》」]")
_OUT = re.compile(r"[)\0]")  # what ends parentheses


class Candidate(NamedTuple):
    """A word, or words with nothing but a space between them, that may be a term, wherever they stand."""

    form: str
    key: str
    words: tuple[Word, ...]


class Place(NamedTuple):
    """Where a term stands: words `first` to `last` of its article, from `start` to `end` of the text.

    `unit` is the position of the unit; `whole` says that it is all of a noun chunk.
    """

    unit: int
    first: int
    last: int
    start: int
    end: int
    candidate: Candidate
    quoted: bool
    whole: bool

    def crosses(self, other: Place) -> bool:
        """Whether the two share words, and neither lies inside the other."""
        apart = self.last < other.first or other.last < self.first
        return not (apart or self.holds(other) or other.holds(self))

    def holds(self, other: Place) -> bool:
        """Whether the other place lies inside this one."""
        return self.first <= other.first and other.last <= self.last


class Term(NamedTuple):
    """One thing, however it is written.

    Attributes
    ----------
    forms
        How often each spelling occurs, in the order in which the article comes to them.
    main
        The spelling that the article uses most, the first of equals.
    keys
        Of all spellings.
    words
        The words of the main form, as they first stand in the article.
    parts
        Their keys, folded.
    times
        How often the article speaks of it: 트레이니움(Trainium) is once.
    verbs
        In how many places it is the noun of a verb.
    introduced
        The article pairs it with another form in parentheses.
    """

    key: str
    places: Sequence[Place]
    forms: Mapping[str, int]
    main: str
    keys: Sequence[str]
    words: tuple[Word, ...]
    parts: tuple[str, ...]
    times: int
    verbs: int
    introduced: bool


#: For each term the longer ones that hold places of it, with the numbers of those places.
Nesting = list[dict[int, set[int]]]


class Found(NamedTuple):
    """What an article could have as a row.

    Attributes
    ----------
    nested
        For each term the longer ones that hold places of it.
    """

    terms: Sequence[Term]
    nested: Nesting
    people: People


def collect(
    read: Reading,
    part: Span,
    chunks: Chunks,
    people: People,
    rules: KeywordRules,
    coined: frozenset[str] = frozenset(),
) -> Found:
    """All terms of an article, and which of them hold others.

    Parameters
    ----------
    part
        Where the article stands in the text.
    people
        No phrase holds one (최서린 누리온 대표).
    coined
        Keys of phrases that the article calls by in quotation marks: terms, whatever their words.
    """
    text, counts = read.text, appositions.count(chunks)
    folding, introduced = fold(appositions.pairs_in(text, part, chunks, counts, rules), counts, rules)
    quoted = _quoted(read, part)
    words, starts, ends, bounds, units = chunks
    found: dict[str, list[Place]] = defaultdict(list)
    folds = bool(folding)
    for unit, (begin, past) in zip(units, pairwise(bounds), strict=True):
        if past - begin > 1:
            spans = _spans(words, begin, past, people, rules, coined)
        elif words[begin].alone:
            spans = [(begin, begin)]
        else:
            continue
        most = past - begin - 1
        for first, last in spans:
            one = _candidate(words[first : last + 1])
            key, told = one.key, bool(quoted) and (unit, one.key) in quoted
            place = Place(unit, first, last, starts[first], ends[last], one, told, last - first == most)
            found[_root(one, folding) if folds else key].append(place)
    _fold_inserted(found, rules)
    opened = text if text.find("(", *part) >= 0 else ""
    terms = [_term(key, places, folding, introduced, opened) for key, places in found.items()]
    held = nesting(terms)
    kept = [
        i
        for i, term in enumerate(terms)
        if not (held[i] and _is_fragment(term, held[i], terms))
        and not (len(term.words) == 1 and _is_office(term, counts, rules))
    ]
    if len(kept) == len(terms):
        return Found(terms, held, people)
    number_of = {i: n for n, i in enumerate(kept)}
    nested = [{number_of[j]: places for j, places in held[i].items() if j in number_of} for i in kept]
    return Found([terms[i] for i in kept], nested, people)


def _spans(
    words: Sequence[Word], begin: int, past: int, people: People, rules: KeywordRules, coined: frozenset[str]
) -> list[Span]:
    """First and last word of all that could be a term in a chunk: titles, and one to four other words."""
    found = []
    for first in range(begin, past):
        if words[first].alone:
            found.append((first, first))
        if not (words[first].first or coined):
            continue
        for last in range(first + 1, min(first + _LONGEST, past)):
            if words[last].last or coined:
                own = words[first : last + 1]
                if _is_phrase(own, people, rules) or "".join([word.key for word in own]) in coined:
                    found.append((first, last))
    titles = _titles(words, begin, past) if past - begin > 2 else ()
    if not titles:
        return found
    inside = {one for one in found for start, end in titles if start <= one[0] and one[1] <= end}
    return [*titles, *(one for one in found if one not in inside)]


def _opened(text: str, start: int) -> int:
    """Where the parentheses open that a place stands in; -1 outside of any, and of long ones."""
    at = text.rfind("(", max(0, start - _ASIDE), start)
    return at if at >= 0 and not _OUT.search(text, at, start) else -1


def nesting(terms: Sequence[Term]) -> Nesting:
    """For each term the longer ones that hold places of it, with the numbers of those places."""
    phrases: dict[int, list[tuple[int, int, int]]] = defaultdict(list)  # by word
    inside: list[tuple[int, int, int, int]] = []  # places that may lie inside of one
    for i, term in enumerate(terms):
        for n, (_, first, last, _, _, _, _, whole) in enumerate(term.places):
            for word in range(first, last + 1) if last > first else ():
                phrases[word].append((i, first, last))
            if not whole:
                inside.append((i, n, first, last))
    held: Nesting = [{} for _ in terms]
    for i, n, first, last in inside:
        for j, start, end in phrases.get(first, ()):
            if start <= first and last <= end and end - start > last - first and i != j:
                held[i].setdefault(j, set()).add(n)
    return held


def _is_fragment(term: Term, longer: Mapping[int, set[int]], terms: Sequence[Term]) -> bool:
    """Whether a term never stands outside one longer phrase.

    A repeated phrase (자체 AI in 자체 AI 반도체), a phrase cut out of a name in quotation marks, and a word
    or phrase cut out of a Latin name are none.
    """
    whole = [terms[i] for i, places in longer.items() if len(places) == len(term.places)]
    if not whole:
        return False
    if len(term.words) > 1 and (len(term.places) >= 2 or any(p.quoted for one in whole for p in one.places)):
        return True
    return any(all(word.tag == "SL" for word in one.words) for one in whole)


def _is_office(term: Term, counts: Counter[str], rules: KeywordRules) -> bool:
    """Whether a word is a name that the article has and what its holder is: 해오름시장."""
    held = _holders(term.key, rules)
    return bool(held) and any(base in counts or base + role[0] in counts for base, role in held)


@lru_cache(maxsize=1 << 14)
def _holders(key: str, rules: KeywordRules) -> tuple[tuple[str, str], ...]:
    """Where a word ends in what people are: every place to cut, for there are fewer of them than roles."""
    cuts = ((key[:i], key[i:]) for i in range(1, len(key) - 1))
    return tuple((base, role) for base, role in cuts if role in rules.roles)


def _fold_inserted(found: dict[str, list[Place]], rules: KeywordRules) -> None:
    """자체 반도체 and 자체 AI 반도체 are one: a phrase with a common word in its middle, and without."""
    longer = [(key, places[0].candidate.words) for key, places in found.items()]
    longer = [(key, words) for key, words in longer if len(words) == 3]
    if not longer:
        return
    ends = {
        (place.candidate.words[0].key, place.candidate.words[1].key): key
        for key, places in found.items()
        for place in places
        if place.last - place.first == 1
    }
    for key, words in longer:
        if words[1].key in rules.common or words[1].key in rules.alone:
            shorter = ends.get((words[0].key, words[2].key))
            if shorter is not None and shorter != key:
                found[shorter].extend(found.pop(key))


def _term(key: str, places: Sequence[Place], folding: Folding, introduced: set[str], text: str) -> Term:
    """A term out of its places; the text is empty where the article has no parentheses."""
    (main, own, words), times, verbs = places[0].candidate, len(places), 0
    forms, keys = {main: times}, [own]
    if times > 1:
        spelled = {place.candidate.form: place.candidate for place in reversed(places)}
        if len(spelled) > 1:
            forms = Counter([place.candidate.form for place in places])
            main = max(forms, key=forms.__getitem__)
            words, keys = spelled[main].words, [spelled[form].key for form in forms]
        verbs = sum([place.candidate.words[-1].verb for place in places])
        if text:
            times = _times(places, text)
    elif words[-1].verb:
        verbs = 1
    parts = (key,) if len(words) == 1 else tuple([folding.root(word.key) for word in words])
    return Term(key, places, forms, main, keys, words, parts, times, verbs, key in introduced)


def _times(places: Sequence[Place], text: str) -> int:
    """In how many places a thing is spoken of; a form in parentheses behind another is the same place."""
    ends = {place.end for place in places}
    opened = [_opened(text, place.start) for place in places]
    return sum([at < 0 or not {at, at - 1} & ends for at in opened])


def _quoted(read: Reading, part: Span) -> set[tuple[int, str]]:
    """Keys of what stands in quotation marks, with the units."""
    found = _QUOTED.finditer(read.text, *part)
    return {(read.unit_at(match.start()), key_of(match[1])) for match in found}


def _titles(words: Sequence[Word], begin: int, past: int) -> list[Span]:
    """Stretches of three to seven Latin words, such as the full name behind an acronym: one term."""
    found: list[Span] = []
    first = begin
    for last in range(begin, past + 1):
        if last < past and words[last].tag == "SL" and words[last].text.isascii():
            continue
        if 3 <= last - first <= _LONGEST_LATIN:
            found.append((first, last - 1))
        first = last + 1
    return found


@lru_cache(maxsize=1 << 14)
def _candidate(words: tuple[Word, ...]) -> Candidate:
    """Words as a term."""
    return Candidate(" ".join([word.text for word in words]), "".join([word.key for word in words]), words)


def _root(one: Candidate, folding: Folding) -> str:
    """The key of all that is one with a term: as a whole, or word by word."""
    root = folding.root(one.key)
    if root == one.key and len(one.words) > 1:
        root = folding.root("".join([folding.root(word.key) for word in one.words]))
    return root


def _is_phrase(words: Sequence[Word], people: People, rules: KeywordRules) -> bool:
    """Whether several words could be a term."""
    if not (words[0].first and words[-1].last) or any(word.role for word in words[1:-1]):
        return False
    if _leads_to_name(words, rules) or all(word.key in rules.alone for word in words):
        return False
    return not people.roles or people.roles.keys().isdisjoint([word.key for word in words])


def _leads_to_name(words: Sequence[Word], rules: KeywordRules) -> bool:
    """Whether a phrase says what a name is, or where: 덴마크 유니버설로봇, 자체 칩 트레이니엄."""
    if words[-1].tag != "NNP" or words[0].tag == "SL":
        return False
    return words[0].key in rules.places or (len(words) > 2 and all(word.tag == "NNG" for word in words[:-1]))
