"""The words of a theme set, found in analysed units: which theme they speak for, and in what role."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

from ..korean import TAG_IDS, rows, starting, table
from ..korean.tags import MARKS, NAMING, NOMINALS, PHRASE, PREDICATIVE
from ..records import Theme, Token, Tokens, Unit

TERM, HINT, AGAINST = 0, 1, 2
_ORDER = {AGAINST: 0, TERM: 1, HINT: 2}

#: Roles of a term in its sentence, by the particle that closes its phrase.
SUBJECT, CORE, OBLIQUE, COMPARED, PREDICATE = 0, 1, 2, 3, 4

_ROLES = {"JKS": SUBJECT, "JX": SUBJECT, "JKO": CORE, "JKB": OBLIQUE, "JKC": COMPARED, "VCP": PREDICATE,
          "XSV": PREDICATE, "XSA": PREDICATE}  # fmt: skip
_WORDS = NOMINALS | {"XPN", "W_HASHTAG"}
_GOES_ON = _WORDS | PHRASE | MARKS - {"SE", "SB"} | {"JC", "JKG"}
_HEADS = starting("N") | {"XSN", "SL"}
#: What opens a phrase, what is a verb, and what may end in the name of a theme.
_OPEN = _WORDS | {"MM", "MAG", "Z_CODA"}
_NAMES = frozenset({"NNP"})
_VERBS = starting("V")
_REMEMBERED = 1 << 14  # openings of words
_SIEVE = 1 << 16  # places of the sieve of openings
_SHORT = 2  # words up to this length must end where a morpheme ends: 노바 is not in 노바텍스
_NOUN_PHRASE = 100  # morphemes behind a phrase among which its particle is looked for


@dataclass(frozen=True, slots=True)
class Phrase:
    """A word or phrase of a theme. `theme` is its position in the set, `number` its term's.

    A `tail` names the theme at the end of a longer name too. `opening` is its first word.
    """

    theme: int
    kind: int
    number: int
    text: str
    pattern: re.Pattern[str] | None
    whole: bool
    opening: str
    tail: bool = False


class Hit(NamedTuple):
    """A phrase in a unit.

    Attributes
    ----------
    head
        End of the noun phrase that it belongs to: its own, where it is the head.
    clause, final
        The number of its clause, and whether that is the last one.
    inside
        Whether it is the tail of a longer word: the name of a company, mostly.
    """

    phrase: Phrase
    start: int
    end: int
    role: int
    head: int
    clause: int
    final: bool
    inside: bool

    @property
    def asserted(self) -> bool:
        """Whether the sentence says something of it, and does not only mention it."""
        return not self.inside and self.role in (SUBJECT, CORE, PREDICATE)


class Heads(dict[str, tuple[Phrase, ...]]):
    """Phrases that may begin with two letters: those by both, then those by the first.

    Remembered for the openings that were asked for.
    """

    def __init__(self, by_head: Mapping[str, tuple[Phrase, ...]]) -> None:
        super().__init__()
        self._by_head = by_head

    def __missing__(self, opening: str) -> tuple[Phrase, ...]:
        if len(self) >= _REMEMBERED:
            self.clear()
        own = self[opening] = self._by_head.get(opening, ()) + self._by_head.get(opening[:1], ())
        return own


@dataclass(frozen=True, slots=True)
class Lexicon:
    """Phrases by their first two letters, verbs by their stem, and tails by their last two letters.

    Attributes
    ----------
    opens
        Whether a phrase may begin with a letter, and with two, by where `_places` puts these; shape (2, n).
        Others may be put there too: it is a sieve.
    """

    heads: Heads
    stems: dict[str, tuple[Phrase, ...]]
    tails: dict[str, tuple[Phrase, ...]]
    opens: NDArray[np.bool_]


def compile_lexicon(themes: Sequence[Theme]) -> Lexicon:
    """Index the words of all themes, so that a unit is read once, whatever their number."""
    heads: dict[str, list[Phrase]] = defaultdict(list)
    stems: dict[str, list[Phrase]] = defaultdict(list)
    for t, theme in enumerate(themes):
        for number, against in enumerate(theme.against):
            _add(heads, t, AGAINST, number, against)
        for number, term in enumerate(theme.terms):
            for word in (term.name, *term.variants):
                _add(heads, t, TERM, number, word, term.tail)
        for number, hint in enumerate(theme.hints):
            if hint.endswith("다") and len(hint) > 1 and " " not in hint:
                stems[hint[:-1]].append(Phrase(t, HINT, number, hint, None, True, hint))
            else:
                _add(heads, t, HINT, number, hint)
    return Lexicon(
        # What speaks against a theme comes first, then terms, the longest first: they cover what is inside.
        Heads({key: tuple(sorted(found, key=lambda p: (_ORDER[p.kind], -len(p.text), p.theme, p.text)))
               for key, found in heads.items()}),
        {key: tuple(found) for key, found in stems.items()},
        _tails(phrase for found in heads.values() for phrase in found if phrase.tail),
        _sieve(heads),
    )  # fmt: skip


def _sieve(heads: Iterable[str]) -> NDArray[np.bool_]:
    opens = np.zeros((2, _SIEVE), dtype=np.bool_)
    for head in heads:
        first, *second = map(ord, head)
        opens[len(second), _places(np.array([first]), np.array(second or [0]))] = True
    return opens


def _places(first: NDArray[Any], second: NDArray[Any]) -> NDArray[np.intp]:
    """Where pairs of letters stand in a sieve; one letter is one with nothing behind it."""
    found: NDArray[np.intp] = (first.astype(np.intp) * 31 + second) % _SIEVE
    return found


def _tails(phrases: Iterable[Phrase]) -> dict[str, tuple[Phrase, ...]]:
    found: dict[str, list[Phrase]] = defaultdict(list)
    for phrase in sorted(phrases, key=lambda p: (-len(p.text), p.theme, p.text)):
        found[phrase.text[-2:]].append(phrase)
    return {key: tuple(own) for key, own in found.items()}


def _add(
    heads: dict[str, list[Phrase]], theme: int, kind: int, number: int, word: str, tail: bool = False
) -> None:
    text = word.casefold()
    pattern = re.compile(r"\s?".join(map(re.escape, text.split()))) if " " in text else None
    whole = len(text) <= _SHORT or (text[-1].isascii() and text[-1].isalnum())
    key = text[:1] if len(text) == 1 or text[1] == " " else text[:2]
    heads[key].append(Phrase(theme, kind, number, text, pattern, whole, text.split()[0], tail))


def _folded(text: str) -> str:
    low = text.casefold()
    return low if len(low) == len(text) else text  # a letter that folds to two (ß, İ) would shift the offsets


def hits_in(units: Sequence[Unit], tokens: Tokens, lexicon: Lexicon) -> list[list[Hit]]:
    """Phrases of the lexicon in each unit. A phrase starts where a morpheme starts.

    Parameters
    ----------
    tokens
        The morphemes of all units.
    """
    texts = [_folded(unit.text) for unit in units]
    places, clauses = _openings(texts, tokens, lexicon), _clauses(tokens)
    own = zip(units, texts, places, clauses, strict=True)
    return [_hits(unit.tokens, low, at, ends, lexicon) if at else [] for unit, low, at, ends in own]


def _openings(texts: Sequence[str], tokens: Tokens, lexicon: Lexicon) -> list[list[int]]:
    """For each text the morphemes at which a phrase may start, found for all in one go: few of them."""
    sizes, lengths = np.diff(tokens.bounds), np.array([len(text) for text in texts], dtype=np.intp)
    letters = np.frombuffer("".join([*texts, "\0\0"]).encode("utf-32-le", "surrogatepass"), dtype="<u4")
    at = tokens.start + np.repeat(np.cumsum(lengths) - lengths, sizes)
    first, second = letters[at], letters[at + 1]
    opens = lexicon.opens[1, _places(first, second)] | lexicon.opens[0, _places(first, np.array(0))]
    may = (opens & table(_OPEN)[tokens.tag]) | table(_VERBS)[tokens.tag]
    if lexicon.tails:
        may |= table(_NAMES)[tokens.tag]
    return _by_unit(may, np.arange(len(may)) - np.repeat(tokens.bounds[:-1], sizes), tokens)


def _clauses(tokens: Tokens) -> list[list[int]]:
    """For each unit where its clauses end, but for the last one."""
    tag, unit = tokens.tag, rows(tokens)
    one, other, within = tag[:-1], tag[1:], unit[:-1] == unit[1:]
    ends = np.zeros(len(tag), dtype=np.bool_)
    ends[:-1] = (one == TAG_IDS["EC"]) & (other != TAG_IDS["VX"]) & within
    # Two objects share a verb: each is a clause that has lost its own.
    ends[1:] |= (one == TAG_IDS["JKO"]) & (other == TAG_IDS["SP"]) & within
    return _by_unit(ends, tokens.end, tokens)


def _by_unit(kept: NDArray[np.bool_], values: NDArray[Any], tokens: Tokens) -> list[list[int]]:
    """The values of the tokens that are kept, unit by unit."""
    (places,) = np.nonzero(kept)
    found, bounds = values[places].tolist(), np.searchsorted(places, tokens.bounds).tolist()
    return [found[a:b] for a, b in pairwise(bounds)]


def _hits(
    tokens: Sequence[Token], low: str, places: Iterable[int], ends: Sequence[int], lexicon: Lexicon
) -> list[Hit]:
    """Phrases in a unit, of those that may start at some places."""
    heads, stems, tails = lexicon.heads, lexicon.stems, lexicon.tails
    found: list[tuple[Phrase, int, int, int]] = []
    for i in places:
        form, tag, start, last = tokens[i]
        if tag in _OPEN:
            for phrase in heads[low[start : start + 2]]:
                if low.startswith(phrase.opening, start) and (end := _end(phrase, low, start, tokens, i)):
                    found.append((phrase, start, end, i))
            if tag == "NNP" and (longer := tails.get(low[max(start, last - 2) : last])):
                found += _tail(low, start, last, longer, i)
        elif form in stems:
            found += [(phrase, start, last, i) for phrase in stems[form]]
    return _uncovered(found, tokens, [0, *ends]) if found else []


def _tail(
    low: str, first: int, last: int, phrases: Sequence[Phrase], i: int
) -> list[tuple[Phrase, int, int, int]]:
    """The longest of some phrases that a name ends in."""
    for phrase in phrases:
        start = last - len(phrase.text)
        if start > first and low.startswith(phrase.text, start):
            return [(phrase, start, last, i)]
    return []


def _end(phrase: Phrase, low: str, start: int, tokens: Sequence[Token], i: int) -> int:
    """Where the phrase, whose first word stands at `start`, ends; 0 if it is none there."""
    if phrase.pattern is not None:
        match = phrase.pattern.match(low, start)
        if match is None:
            return 0
        end = match.end()
    else:
        end = start + len(phrase.text)
    if phrase.whole:
        while i < len(tokens) and tokens[i].end < end:
            i += 1
        if i == len(tokens) or (tokens[i].end != end and tokens[i].start < end):
            return 0
    return end


def _uncovered(
    found: list[tuple[Phrase, int, int, int]], tokens: Sequence[Token], clauses: Sequence[int]
) -> list[Hit]:
    hits: list[Hit] = []
    covered: dict[int, int] = {}
    for phrase, start, end, i in found:
        if start < covered.get(phrase.theme, 0):
            continue
        if phrase.kind != HINT:
            covered[phrase.theme] = end
        role, head = _role(tokens, i, end)
        before = tokens[i - 1] if i else None
        inside = (
            not phrase.tail
            and before is not None
            and before.end == start
            and before.tag in NAMING
            and before.form != "AI"
        )
        clause = bisect_right(clauses, start)
        hits.append(Hit(phrase, start, end, role, head, clause, clause == len(clauses), inside))
    return hits


def _role(tokens: Sequence[Token], i: int, end: int) -> tuple[int, int]:
    """The role that the particle behind a phrase gives it, and where its noun phrase ends."""
    head = end
    for token in tokens[i : i + _NOUN_PHRASE]:
        if token.start < end:
            continue
        tag = token.tag
        if tag in _GOES_ON:
            if tag in _HEADS:
                head = token.end
            continue
        if tag == "JKB" and token.form == "보다":
            return COMPARED, head
        return _ROLES.get(tag, PREDICATE if tag in PREDICATIVE else OBLIQUE), head
    return PREDICATE, head
