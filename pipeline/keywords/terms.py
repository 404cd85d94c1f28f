"""Terms: what an article could have as a row, with all the places and forms in which it has it."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from ..korean.spelling import key_of
from ..records import KeywordRules, Unit
from . import appositions
from .people import People
from .words import Word

_LONGEST, _LONGEST_LATIN = 4, 7
_ASIDE = 40  # letters of parentheses that may explain a word
_LONGEST_WORD = 40  # letters: what runs on longer is no word
_QUOTED = re.compile(r"[‘'“\"<《「]([^‘’'“”\"<>《》「」]{2,30})[’'”\">》」]")
_NUMBERED = re.compile(r"(.*\D)(\d{1,2})")
_LATIN_WORD = re.compile(r"[A-Za-z][A-Za-z0-9&+./’'\-]*")


@dataclass(frozen=True, slots=True)
class Place:
    """Where a term stands: words `first` to `last` of a run of a unit.

    `whole` when that is all of the run; `opened` where the parentheses open that it stands in, or -1.
    """

    unit: int
    run: int
    first: int
    last: int
    start: int
    end: int
    form: str
    verb: bool
    quoted: bool
    whole: bool
    opened: int

    def crosses(self, other: Place) -> bool:
        """Whether the two share words, and neither lies inside the other."""
        apart = self.run != other.run or self.last < other.first or other.last < self.first
        return not (apart or self.holds(other) or other.holds(self))

    def holds(self, other: Place) -> bool:
        """Whether the other place lies inside this one."""
        return self.run == other.run and self.first <= other.first and other.last <= self.last


@dataclass(frozen=True, slots=True)
class Term:
    """One thing, however it is written.

    Attributes
    ----------
    parts
        The keys of the words that its main form is made of.
    words
        Those words, as they first stand in the article.
    introduced
        The article pairs it with another form in parentheses.
    """

    key: str
    places: tuple[Place, ...]
    parts: tuple[str, ...]
    words: tuple[Word, ...]
    introduced: bool

    @property
    def forms(self) -> Counter[str]:
        """How often each spelling occurs, in the order in which the article comes to them."""
        return Counter(place.form for place in self.places)

    @property
    def count(self) -> int:
        """How often the article speaks of it: 트레이니움(Trainium) is once."""
        if all(place.opened < 0 for place in self.places):
            return len(self.places)
        ends = {(place.unit, place.end) for place in self.places}
        return sum(
            place.opened < 0 or not {(place.unit, place.opened), (place.unit, place.opened - 1)} & ends
            for place in self.places
        )

    @property
    def main(self) -> str:
        """The spelling that the article uses most, the first of equals."""
        forms = self.forms
        return max(forms, key=forms.__getitem__)


class Folding:
    """Which keys are one thing (union-find; Tarjan 1975). The root is the smallest key: order never shows."""

    def __init__(self) -> None:
        self._over: dict[str, str] = {}

    def root(self, key: str) -> str:
        """The key that stands for all that are one with this one."""
        while key in self._over:
            key = self._over[key]
        return key

    def join(self, one: str, other: str) -> None:
        """Make two keys one thing."""
        first, second = sorted((self.root(one), self.root(other)))
        if first != second:
            self._over[second] = first


def collect(
    units: Sequence[Unit],
    runs: Sequence[tuple[int, list[Word]]],
    people: People,
    rules: KeywordRules,
    coined: frozenset[str] = frozenset(),
) -> list[Term]:
    """All terms of an article.

    Parameters
    ----------
    runs
        Unit index and words of each run, in the article's order.
    people
        No phrase holds one (최서린 누리온 대표).
    coined
        Keys of phrases that the article calls by in quotation marks: terms, whatever their words.
    """
    counts = appositions.count([run for _, run in runs])
    by_unit: dict[int, list[list[Word]]] = defaultdict(list)
    for index, run in runs:
        by_unit[index].append(run)
    pairs = [
        pair
        for unit in units
        if unit.index in by_unit
        for pair in appositions.find(unit, by_unit[unit.index], counts, rules)
    ]
    folding, introduced = _folding(pairs, counts, rules)
    texts = {unit.index: unit.text for unit in units}
    quoted = {unit.index: _quoted(unit.text) for unit in units}
    found: dict[str, list[tuple[Place, tuple[Word, ...]]]] = defaultdict(list)
    for number, (index, run) in enumerate(runs):
        for first, last in _spans(run, people, rules, coined):
            part = tuple(run[first : last + 1])
            key = folding.root("".join(folding.root(word.key) for word in part))
            raw = folding.root("".join(word.key for word in part))
            key = raw if raw != "".join(word.key for word in part) else key
            form = " ".join(word.text for word in part)
            place = Place(
                index, number, first, last, part[0].start, part[-1].end, form,
                part[-1].verb, key_of(form) in quoted[index], len(part) == len(run),
                _opened(texts[index], part[0].start),
            )  # fmt: skip
            found[key].append((place, part))
    _fold_inserted(found, rules)
    terms = [_term(key, places, folding, introduced) for key, places in found.items()]
    held = nesting(terms)
    return [
        term
        for i, term in enumerate(terms)
        if not _is_fragment(term, held[i], terms) and not _is_office(term, counts, rules)
    ]


def _opened(text: str, start: int) -> int:
    """Where the parentheses open that a place stands in; -1 outside of any, and of long ones."""
    at = text.rfind("(", max(0, start - _ASIDE), start)
    return at if at >= 0 and ")" not in text[at:start] else -1


def nesting(terms: Sequence[Term]) -> list[dict[int, frozenset[int]]]:
    """For each term the longer ones that hold places of it, with the numbers of those places."""
    by_word: dict[tuple[int, int], list[tuple[int, Place]]] = defaultdict(list)
    for i, term in enumerate(terms):
        for place in term.places:
            if place.last > place.first:
                for word in range(place.first, place.last + 1):
                    by_word[place.run, word].append((i, place))
    held: list[dict[int, set[int]]] = [defaultdict(set) for _ in terms]
    for i, term in enumerate(terms):
        for n, inner in enumerate(term.places):
            for j, outer in by_word.get((inner.run, inner.first), ()):
                if i != j and outer.holds(inner) and not inner.holds(outer):
                    held[i][j].add(n)
    return [{j: frozenset(places) for j, places in one.items()} for one in held]


def _is_fragment(term: Term, longer: Mapping[int, frozenset[int]], terms: Sequence[Term]) -> bool:
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
    if len(term.words) > 1:
        return False
    # Every place to cut, for there are fewer of them than roles.
    cuts = ((term.key[:i], term.key[i:]) for i in range(1, len(term.key) - 1))
    return any(role in rules.roles and (base in counts or base + role[0] in counts) for base, role in cuts)


def _fold_inserted(found: dict[str, list[tuple[Place, tuple[Word, ...]]]], rules: KeywordRules) -> None:
    """자체 반도체 and 자체 AI 반도체 are one: a phrase with a common word in its middle, and without."""
    ends = {
        (part[0].key, part[-1].key): key
        for key, places in found.items()
        for _, part in places
        if len(part) == 2
    }
    for key, places in list(found.items()):
        part = places[0][1]
        if len(part) == 3 and part[1].key in rules.common | rules.alone:
            shorter = ends.get((part[0].key, part[2].key))
            if shorter is not None and shorter != key:
                found[shorter].extend(found.pop(key))


def _term(
    key: str, found: list[tuple[Place, tuple[Word, ...]]], folding: Folding, introduced: set[str]
) -> Term:
    forms = Counter(place.form for place, _ in found)
    main = max(forms, key=forms.__getitem__)
    words = next(part for place, part in found if place.form == main)
    parts = tuple(folding.root(word.key) for word in words)
    return Term(key, tuple(place for place, _ in found), parts, words, key in introduced)


def _folding(
    pairs: Iterable[tuple[str, str]], counts: Counter[str], rules: KeywordRules
) -> tuple[Folding, set[str]]:
    folding = Folding()
    for group in rules.aliases:
        keys = [key for form in group if (key := key_of(form)) in counts]
        for key in keys[1:]:
            folding.join(keys[0], key)
    told = [(key_of(one), key_of(other)) for one, other in pairs]
    told = [(one, other) for one, other in told if not {one, other} & rules.alone]
    for one, other in told:
        # 고대역폭메모리(HBM4) names a version: HBM stays what it is.
        if not (match := _NUMBERED.fullmatch(other)) or match[1] not in counts:
            folding.join(one, other)
    # 트레이니움2 and Trainium2 are one as 트레이니움 and Trainium are; a version named once is its product.
    for key in sorted(counts):
        if (match := _NUMBERED.fullmatch(key)) and (base := match[1]) in counts:
            twins = [k for k in sorted(counts) if k.endswith(match[2]) and k != key
                     and folding.root(k.removesuffix(match[2])) == folding.root(base)]  # fmt: skip
            for twin in twins:
                folding.join(key, twin)
            if counts[key] == 1 and not twins:
                folding.join(key, base)
    return folding, {folding.root(key) for pair in told for key in pair}


def _quoted(text: str) -> set[str]:
    return {key_of(match[1]) for match in _QUOTED.finditer(text)}


def _spans(
    run: Sequence[Word], people: People, rules: KeywordRules, coined: frozenset[str]
) -> Iterable[tuple[int, int]]:
    latin = _titles(run)
    yield from latin
    for first in range(len(run)):
        for last in range(first, min(first + _LONGEST, len(run))):
            if any(start <= first and last <= end for start, end in latin):
                continue
            part = run[first : last + 1]
            if len(part) == 1:
                fits = _alone(part[0], rules)
            else:
                fits = _phrase(part, rules) and not any(w.key in people.roles for w in part)
                fits = fits or "".join(w.key for w in part) in coined
            if fits:
                yield first, last


def _titles(run: Sequence[Word]) -> list[tuple[int, int]]:
    """Stretches of three to seven Latin words, such as the full name behind an acronym: one term."""
    found: list[tuple[int, int]] = []
    first = 0
    for last in range(len(run) + 1):
        if last < len(run) and run[last].tag == "SL" and run[last].text.isascii():
            continue
        if 3 <= last - first <= _LONGEST_LATIN:
            found.append((first, last - 1))
        first = last + 1
    return found


def _alone(word: Word, rules: KeywordRules) -> bool:
    if word.opens or len(word.text) > _LONGEST_WORD:
        return False
    if any(word.key in out for out in (rules.alone, rules.everyday, rules.roles)):
        return False
    return len(word.text) >= 2 or (word.text.isascii() and word.text.isupper())


def _phrase(part: Sequence[Word], rules: KeywordRules) -> bool:
    if part[-1].opens or part[-1].verb or any(word.verb for word in part[:-1]):
        return False
    if part[0].key in rules.not_first or part[-1].key in rules.not_last:
        return False
    if any(word.key in rules.roles for word in part):
        return False
    return not _leads_to_name(part, rules) and (
        any(word.key not in rules.alone for word in part) and len(part[0].text) <= _LONGEST_WORD
    )


def _leads_to_name(part: Sequence[Word], rules: KeywordRules) -> bool:
    """Whether a phrase says what a name is, or where: 덴마크 유니버설로봇, 자체 칩 트레이니엄."""
    if part[-1].tag != "NNP" or part[0].tag == "SL":
        return False
    return part[0].key in rules.places or (len(part) > 2 and all(word.tag == "NNG" for word in part[:-1]))
