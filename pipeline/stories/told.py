"""What has been told, whatever event it is of: a reader needs no second line for it."""

from __future__ import annotations

from collections import Counter, defaultdict

from ..records import StoryRules
from .counts import at_odds
from .facts import LONGEST, NEARLY, Seen
from .figures import shared

#: Share of the shorter sentence's words that the other one has, without and with a figure in common.
_WORDS, _WORDS_AND_FIGURE = 0.58, 0.45
#: Fewest words in common, of which two figures make up for one: two sentences of three words are no evidence.
_FEWEST, _FIGURES = 3, 2


class Told:
    """Sentences that have been told, one by one.

    They are compared by letters, words and figures, as the sentences of one article are; what gives another
    number for the same thing is another fact.
    """

    def __init__(self, rules: StoryRules) -> None:
        self._rules = rules
        self._told: list[Seen] = []
        self._texts: set[str] = set()
        self._with: dict[str, list[int]] = defaultdict(list)

    def add(self, text: str) -> None:
        """Tell a sentence."""
        self._texts.add(text)
        one = self._seen(text)
        for word in one.words:
            self._with[word].append(len(self._told))
        self._told.append(one)

    def again(self, text: str) -> bool:
        """Whether a sentence says again what one of those told says."""
        if text in self._texts:
            return True
        one = self._seen(text)
        common = Counter(n for word in one.words for n in self._with.get(word, ()))
        return any(count >= _FEWEST - 1 and _again(one, self._told[n], count) for n, count in common.items())

    def _seen(self, text: str) -> Seen:
        return Seen(text[:LONGEST], self._rules.counts)


def _again(one: Seen, other: Seen, common: int) -> bool:
    ours, theirs = one.figures, other.figures
    figures = shared(ours, theirs)
    fewest = min(len(ours), len(theirs))
    if fewest and not figures:
        return False
    # All figures of the shorter one, and of whom: a table's line and its sentence (-1.80%, 1.80% 하락).
    if figures == fewest >= _FIGURES:
        return True
    if common < _FEWEST:
        return False
    shorter = min(len(one.words), len(other.words))
    grams = 2 * len(one.grams & other.grams)
    nearly = grams >= NEARLY * (len(one.grams) + len(other.grams))
    contained = common >= (_WORDS_AND_FIGURE if figures else _WORDS) * shorter
    return (nearly or contained) and not at_odds(one.counts, other.counts)
