"""Which sentences of a story state the same fact."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import combinations
from operator import add

import numpy as np
from numpy.typing import NDArray

from ..korean.spelling import letters_of, words_of
from ..records import CONTENT_KINDS, CountRules, Measures, Report, StoryRules
from .blocking import buckets, common
from .counts import WHEN, Counts, at_odds, told
from .figures import quantities, shared

Encode = Callable[[Sequence[str]], NDArray[np.float32]]

#: Share of character bigrams (Dice 1945) of two sentences that are nearly the same.
_NEARLY = 0.62
#: Least cosine of two sentences that state the same, and of one that repeats another, by how many figures
#: they have in common (none, one, more).
_SAME, _REPEATS = (0.75, 0.4, 0.3), (0.45, 0.2, 0.1)
#: Cosine from which the first sentences of two articles state the same: both tell the event.
_FIRST = 0.35
#: Share of the shorter sentence's words that stand in the longer one when it repeats it.
_WORDS = 0.5
#: Sentences of an article that are compared, best first; no digest shows more.
_DEEP = 40
#: Sentences of a story that are compared, each with every other one; many articles give few each.
_MOST = 1_200
#: Sentences from which on it pays to ask beforehand which of them may state the same.
_MANY = 20
#: Characters of a sentence that are compared.
_LONGEST = 400


@dataclass(frozen=True, slots=True)
class Fact:
    """A sentence of a story and those that state the same.

    Attributes
    ----------
    place
        Position of the report and index of the sentence.
    same
        Sentences of other articles that are nearly the same: one line may stand for all of them.
    repeats
        Sentences that say so much of it again that a reader who has read it needs no second line.
    """

    place: tuple[int, int]
    same: frozenset[tuple[int, int]]
    repeats: frozenset[tuple[int, int]]


def facts(
    reports: Mapping[int, Report], copies: frozenset[int], encode: Encode, rules: StoryRules
) -> tuple[Fact, ...]:
    """Compare the sentences of a story's articles with each other.

    Parameters
    ----------
    reports
        By position.
    copies
        Positions of articles that repeat another one's text; their sentences are compared all the same, so
        that a line can name them.
    encode
        Texts to unit rows.
    rules
        What numbers count, and what they are measured in.

    Returns
    -------
    tuple of Fact
        One for each of an article's best sentences, in the order of the articles.
    """
    deep = max(1, min(_DEEP, _MOST // len(reports))) if len(reports) > 1 else _DEEP // 2
    places = [(i, index) for i, report in reports.items() for index in sorted(report.ranking[:deep])]
    texts = [reports[i].sentences[index].text for i, index in places]
    # An article alone is compared by its letters and figures: encoding it again would cost too much.
    rows = (
        encode([text[:_LONGEST] for text in texts])
        if len(reports) > 1
        else np.zeros((len(texts), 1), dtype=np.float32)
    )
    cosine = rows @ rows.T
    seen = [_Sentence(text[:_LONGEST], rules.counts, rules.measures) for text in texts]
    opens = {(i, next(s.index for s in r.sentences if s.kind in CONTENT_KINDS)) for i, r in reports.items()}
    same: list[set[tuple[int, int]]] = [set() for _ in places]
    repeats: list[set[tuple[int, int]]] = [set() for _ in places]
    for a, b in _worth_comparing(seen, cosine, [place in opens for place in places]):
        across = places[a][0] != places[b][0]
        # The first sentences of two articles both tell the event, whatever words they choose.
        both_open = (
            across and places[a] in opens and places[b] in opens and bool(seen[a].words & seen[b].words)
        )
        is_same, repeated = _compare(seen[a], seen[b], float(cosine[a, b]), both_open)
        if repeated:
            repeats[a].add(places[b])
            repeats[b].add(places[a])
        if across and is_same:
            same[a].add(places[b])
            same[b].add(places[a])
    return tuple(
        Fact(*row) for row in zip(places, map(frozenset, same), map(frozenset, repeats), strict=True)
    )


def _worth_comparing(
    seen: Sequence[_Sentence], cosine: NDArray[np.float32], opens: Sequence[bool]
) -> Iterable[tuple[int, int]]:
    """Pairs of sentences, the smaller number first; of many, those that `_compare` may find alike.

    These are alike by the encoder, share many letters or words, or a figure and a word or a little by the
    encoder.
    """
    if len(seen) < _MANY:
        return combinations(range(len(seen)), 2)
    words, cosine = common([one.words for one in seen]), cosine.astype(np.float64)
    sizes = np.array([len(one.words) for one in seen])
    shorter = np.minimum(sizes[:, None], sizes[None, :])
    may = (shorter >= 3) & (words >= _WORDS * shorter)
    lengths = np.array([len(one.grams) for one in seen])
    may |= 2 * common([one.grams for one in seen]) >= _NEARLY * (lengths[:, None] + lengths[None, :])
    # Two first sentences need one word in common.
    first = np.array(opens)
    may |= (words > 0) & first[:, None] & first[None, :]
    figures = common([buckets(one.figures) for one in seen]) > 0
    may |= figures & ((words > 0) | (cosine >= min(*_SAME, *_REPEATS)))
    may |= cosine >= min(_SAME[0], _REPEATS[0])
    ones, others = np.nonzero(np.triu(may, 1))
    return zip(ones.tolist(), others.tolist(), strict=True)


class _Sentence:
    """What is compared of a sentence: letters in pairs, stems of words, figures, counts."""

    __slots__ = ("_counts", "_measures", "_rules", "_text", "figures", "grams", "words")

    def __init__(self, text: str, rules: CountRules, measures: Measures) -> None:
        self._text, self._rules, self._measures = text, rules, measures
        self._counts: Counts | None = None
        letters = letters_of(text)
        self.grams = frozenset(map(add, letters, letters[1:]))
        # Two syllables stand for the stem: 투자를, 투자해 and 투자금 are the same word here.
        self.words = frozenset(word[:2] for word in words_of(text) if len(word) > 1)
        self.figures = quantities(text, rules)

    @property
    def counts(self) -> Counts:
        """All that it counts; looked for only when it matters."""
        if self._counts is None:
            self._counts = told(self._text, self._rules, self._measures)
        return self._counts


def _compare(one: _Sentence, other: _Sentence, cosine: float, both_open: bool) -> tuple[bool, bool]:
    """Whether two sentences state the same, and whether one repeats the other.

    What gives another number for the same thing does neither: a reader is to see both, each with its source.
    In the first sentences another day alone is no second fact: outlets tell the day of the telling too.
    """
    few = min(len(one.grams), len(other.grams))
    nearly = bool(few) and 2 * len(one.grams & other.grams) >= _NEARLY * (len(one.grams) + len(other.grams))
    figures = shared(one.figures, other.figures)
    shorter = min(len(one.words), len(other.words))
    contained = shorter >= 3 and len(one.words & other.words) >= _WORDS * shorter
    level = min(figures, 2)
    same = nearly or cosine >= (_FIRST if both_open else _SAME[level])
    repeated = both_open or nearly or contained or cosine >= _REPEATS[level]
    repeated = repeated or bool(figures and one.words & other.words)
    if not (same or repeated):
        return False, False
    odds = at_odds(one.counts, other.counts) if one.counts and other.counts else frozenset()
    unlike = bool(one.figures and other.figures) and not figures and not both_open
    return same and not odds and not unlike, repeated and not (odds - WHEN if both_open else odds)
