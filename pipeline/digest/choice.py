"""What an issue prints: one choice over all of its sections, against budgets."""

from __future__ import annotations

import heapq
import math
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Protocol

from ..records import OTHER, DigestPlan, Report
from .events import Candidate, Event, Related, Spot
from .rights import Quotes

#: What is left of a gain for each line that the thread, its event and the article have already, and for each
#: that the article has in this very section.
_THREAD, _EVENT, _ARTICLE, _HERE = 0.85, 0.92, 0.85, 0.4
#: Share of a thread's lines that one article may have, but for what its lines lean on.
_ONE = 1 / 2
#: What each sentence that has to come along costs.
_ALONG = 0.6
#: What each doubling of an event's outlets adds.
_OUTLETS = 0.25
#: A thread without a title opens with a line that stands alone, or loses this.
_LEANING = 0.4
#: Share of what threads open with, on average, below which a thread is not worth its room.
_LEAST = 1 / 12
#: More than any gain: the first line of each section comes first.
_SECTION = 100.0


class Told(Protocol):
    """What has been told, by the texts of sentences."""

    def add(self, text: str) -> None:
        """Tell a sentence."""

    def again(self, text: str) -> bool:
        """Whether a sentence says again what one of those told says."""


@dataclass(slots=True)
class Chosen:
    """What is printed of one thread.

    Attributes
    ----------
    lines
        With what each of them adds.
    """

    event: int
    theme: str
    lines: dict[Spot, float] = field(default_factory=dict)

    @property
    def worth(self) -> float:
        """What its lines add to the issue."""
        return sum(self.lines.values())


def choose(
    events: Sequence[Event],
    candidates: Sequence[Candidate],
    reports: Mapping[str, Report],
    shares: Mapping[str, float],
    facts: Related,
    plan: DigestPlan,
    quotes: Mapping[str, Quotes],
    told: Told,
) -> dict[tuple[int, str], Chosen]:
    """Choose the lines of an issue.

    Lazy greedy (Minoux 1978): the line that adds most is taken, as long as the budgets of the issue, its
    sections, threads and events, and the rights of its source have room for it and for all that it leans on.
    A line adds less the more its thread, its event and its article have already, so that the issue spreads
    over them. No fact is told twice. First each section may have no more than its part of the issue; what is
    left goes to whoever has most to say.

    Parameters
    ----------
    candidates
        In an order that does not depend on that of the files: it decides ties.
    reports
        By id.
    shares
        Of the sections; candidates of other themes are passed over.
    facts
        Which sentences state the same.
    told
        What the last issue printed; what this one prints joins it.

    Returns
    -------
    dict of tuple to Chosen
        By event and theme; threads without a line are not in it.
    """
    issue = _Issue(events, reports, facts, plan, quotes, told)
    own = _worth_room([candidate for candidate in candidates if candidate.theme in shares])
    for quotas in (_quotas(shares, plan), None):
        own = _fill(issue, own, quotas)
    return issue.threads


def _worth_room(candidates: Sequence[Candidate]) -> list[Candidate]:
    """Candidates of threads that are worth opening beside the others, and of the best of each theme."""
    threads: dict[tuple[int, str], float] = {}
    themes: dict[str, float] = {}
    for one in candidates:
        key = one.event, one.theme
        threads[key] = max(threads.get(key, 0.0), one.value)
        themes[one.theme] = max(themes.get(one.theme, 0.0), one.value)
    least = _LEAST * sum(threads.values()) / max(1, len(threads))
    return [one for one in candidates if threads[one.event, one.theme] >= min(least, themes[one.theme])]


def _quotas(shares: Mapping[str, float], plan: DigestPlan) -> dict[str, int] | None:
    """Lines of each section: half of the issue by heads, half by what is written about the theme."""
    if plan.lines is None:
        return None
    even = 1 / max(1, len(shares))
    return {t: max(1, math.ceil(plan.lines * (even + share) / 2)) for t, share in shares.items()}


def _fill(
    issue: _Issue, candidates: Sequence[Candidate], quotas: Mapping[str, int] | None
) -> list[Candidate]:
    """Take lines until nothing fits; returns what a larger quota might have taken."""
    heap = [(-issue.gain(c), n) for n, c in enumerate(candidates)]
    heapq.heapify(heap)
    left = []
    while heap:
        _, n = heapq.heappop(heap)
        candidate = candidates[n]
        gain = issue.gain(candidate)
        if gain <= 0.0:
            continue
        if heap and -gain > heap[0][0]:
            heapq.heappush(heap, (-gain, n))
        elif not issue.take(candidate, gain, quotas):
            left.append(candidate)
    return left


class _Issue:
    """The lines taken so far, counted by all that has a budget."""

    def __init__(
        self,
        events: Sequence[Event],
        reports: Mapping[str, Report],
        facts: Related,
        plan: DigestPlan,
        quotes: Mapping[str, Quotes],
        told: Told,
    ) -> None:
        self._events, self._reports, self._facts = events, reports, facts
        self._plan, self._quotes, self._told = plan, quotes, told
        self.threads: dict[tuple[int, str], Chosen] = {}
        self._where: dict[Spot, tuple[int, str]] = {}
        self._repeated: set[Spot] = set()
        self._sections: Counter[str] = Counter()
        self._opened: Counter[str] = Counter()
        self._by_event: Counter[int] = Counter()
        self._by_article: Counter[str] = Counter()
        self._here: Counter[tuple[str, str]] = Counter()
        self._lines = self._words = 0
        self._weights = [1 + _OUTLETS * math.log2(max(1, len(e.reports) - len(e.copies))) for e in events]

    def gain(self, one: Candidate) -> float:
        """What a line adds to what is taken; 0 for what can't be taken any more.

        It falls with what is taken, but for a line whose thread has been opened or whose antecedent has been
        printed meanwhile: such a line is looked at again only when its turn by the old gain comes.
        """
        spot = one.article, one.index
        full = self._here[one.article, one.theme] >= self._plan.lines_per_story * _ONE
        if full or spot in self._where or spot in self._repeated:
            return 0.0
        thread = self.threads.get((one.event, one.theme))
        new = sum((one.article, i) not in self._where for i in one.places)
        gain = (
            one.value
            * self._weights[one.event]
            * _THREAD ** (len(thread.lines) if thread else 0)
            * _EVENT ** self._by_event[one.event]
            * _ARTICLE ** self._by_article[one.article]
            * _HERE ** self._here[one.article, one.theme]
            * _ALONG ** (new - 1)
        )
        if thread is None and not one.alone and not self._titled(one):
            gain *= _LEANING
        return gain + (_SECTION if not self._sections[one.theme] and one.theme != OTHER else 0.0)

    def take(self, one: Candidate, gain: float, quotas: Mapping[str, int] | None) -> bool:
        """Print a line with what it leans on; False where only a quota forbids it."""
        key = one.event, one.theme
        spots = [(one.article, i) for i in one.places]
        new = [spot for spot in spots if spot not in self._where]
        # What it leans on stands in another section: it would dangle here.
        if any(self._where.get(spot, key) != key for spot in spots):
            return True
        texts = [self._reports[one.article].sentences[i].text for _, i in new]
        words = sum(len(text.split()) for text in texts)
        if not self._room(one, len(new), words):
            return True
        if quotas is not None and self._sections[one.theme] + len(new) > quotas[one.theme]:
            return False
        if any(map(self._said, new)) or any(map(self._told.again, texts)):
            self._repeated.add((one.article, one.index))
            return True
        quotes = self._quotes[one.article]
        if not quotes.opens(one.index) or not quotes.take(*(i for _, i in new)):
            return True
        self._add(one, new, texts, words, gain)
        return True

    def _add(
        self, one: Candidate, new: Sequence[Spot], texts: Sequence[str], words: int, gain: float
    ) -> None:
        key = one.event, one.theme
        if key not in self.threads:
            self.threads[key] = Chosen(*key)
            self._opened[one.theme] += 1
        worth = gain - _SECTION if gain >= _SECTION else gain
        for spot, text in zip(new, texts, strict=True):
            self.threads[key].lines[spot] = round(worth / len(new), 6)
            self._where[spot] = key
            self._told.add(text)
            self._repeated.update(self._facts.get(spot, (set(), set()))[1])
        self._lines += len(new)
        self._words += words
        self._sections[one.theme] += len(new)
        self._by_event[one.event] += len(new)
        self._by_article[one.article] += len(new)
        self._here[one.article, one.theme] += len(new)

    def _said(self, spot: Spot) -> bool:
        return spot in self._repeated

    def _titled(self, one: Candidate) -> bool:
        """Whether its thread has the title of an article for its headline."""
        main = self._events[one.event].main
        return any(main[r.id] == one.theme and r.title for r in self._events[one.event].reports)

    def _room(self, one: Candidate, new: int, words: int) -> bool:
        plan, thread = self._plan, self.threads.get((one.event, one.theme))
        most = plan.stories_per_theme.get(one.theme, plan.stories_per_theme["*"])
        return (
            (thread is not None or self._opened[one.theme] < most)
            and (len(thread.lines) if thread else 0) + new <= plan.lines_per_story
            and self._by_event[one.event] + new <= max(plan.lines_per_event, plan.lines_per_story)
            and (plan.lines is None or self._lines + new <= plan.lines)
            and (plan.words is None or self._words + words <= plan.words)
        )
