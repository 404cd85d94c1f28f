"""Articles about the same event become one story: a second pass over the reports of a batch."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from functools import cache, partial
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from ..records import CONTENT_KINDS, NameRules, Report, StoryRules, Token
from .actors import differ
from .blocking import likeliest, likely_pairs, near
from .clusters import average_link
from .copies import originals, sketches
from .counts import Counts, at_odds, counts
from .facts import Fact, facts
from .figures import shared
from .likeness import (
    apart,
    features,
    features_of_sides,
    forbidden,
    likeness,
    likeness_of_sides,
    opposed,
    timeless,
)
from .profile import Profile, analysed, profiles
from .sides import Side, nearest, sides, worth_comparing
from .told import Told

if TYPE_CHECKING:
    Encode = Callable[[Sequence[str]], NDArray[np.float32]]
    Tokenize = Callable[[Sequence[str]], Sequence[Sequence[Token]]]

__all__ = ["Fact", "Group", "Pair", "Told", "facts", "group", "pairs"]

#: Likelihood from which on two articles tell an event alike.
_LIKELY = 0.5

#: Articles up to which each is compared with all that may be of its event, and with how many otherwise.
_WHOLE, _MOST = 200, 24

#: Share of the articles that must surely have another one on their event before those without a date are
#: taken for one morning's: twenty labelled mornings whose dates are taken away have .25 and more of it, or
#: little to join; heaps of a year's long pieces .22 and less, when they are left out.
_MORNING = 0.25
#: And how many events they tell at least: one that everybody tells makes no morning of the rest.
_EVENTS = 3

#: Characters of a text whose numbers are looked at, and the share of counters that copies may change.
_LONGEST, _MENDED = 20_000, 0.2


@dataclass(frozen=True, slots=True)
class Group:
    """Articles about one event.

    Attributes
    ----------
    members
        Positions of the reports, in their order.
    copies
        Those that repeat the text of another member, by position; the value is the one that they repeat.
    facts
        The sentences of the members, each under the fact that it states.
    """

    members: tuple[int, ...]
    copies: dict[int, int]
    facts: tuple[Fact, ...]


def group(
    reports: Sequence[Report], encode: Encode, tokenize: Tokenize, rules: StoryRules
) -> tuple[Group, ...]:
    """Group reports into stories.

    Clustering by average links: two stories are one if that is likely, on average over their articles and
    for the two that are most alike, and nothing forbids it for any two. No number of stories is set. Copies
    of a text go where it goes. Articles without a date are taken for one morning's where many of them surely
    tell the events of others; else for any day's, and little is joined that has no day or figure in common.

    Parameters
    ----------
    reports
        In an order that does not depend on the batch's (say, by date and id): it decides ties.
    encode
        Texts to unit rows.
    tokenize
        Texts to morphemes.
    rules
        Words that tell previews, results and recurring events apart.

    Returns
    -------
    tuple of Group
        In the order of their first members; every report is in one.
    """
    batch = _Batch.of(reports, encode, tokenize, rules)
    copies = batch.copies
    compared, passed_over = batch.likely(rules)
    alike, by_sides = cache(partial(batch.alike, rules=rules)), cache(partial(batch.sides, rules=rules))
    morning = batch.is_morning(compared, alike, by_sides)

    @cache
    def score(i: int, j: int) -> tuple[float, float]:
        otherwise = by_sides(i, j, morning or batch.are_dated(i, j))
        return max(alike(i, j), otherwise), otherwise

    stories = average_link(compared, lambda i, j: None if (i, j) in passed_over else score(i, j))
    grouped = {i for story in stories for i in story}
    stories += [[i] for i in range(len(reports)) if i not in grouped and i not in copies]
    story_of = {i: story for story in stories for i in story}
    for i, source in copies.items():
        story_of[source].append(i)
    ordered = sorted(sorted(story) for story in stories)
    return tuple(_group(story, copies, reports, encode, rules) for story in ordered)


@dataclass(frozen=True, slots=True)
class Pair:
    """Two reports that `group` compares, to learn from.

    Attributes
    ----------
    alike, sides
        What is known of them for telling one event alike, and from different sides; None where something
        forbids it.
    """

    one: int
    other: int
    alike: tuple[float, ...] | None
    sides: tuple[float, ...] | None


def pairs(reports: Sequence[Report], encode: Encode, tokenize: Tokenize, rules: StoryRules) -> Iterator[Pair]:
    """Pairs of reports that `group` compares, with the features of `likeness`, to learn from."""
    batch = _Batch.of(reports, encode, tokenize, rules)
    for i, (alike, others) in enumerate(batch.near()):
        for j in sorted(alike | others):
            pair, told = batch.pair(j, i)
            barred = apart(*pair, rules.names) or opposed(pair, told, rules.names)
            yield Pair(
                j,
                i,
                features(*pair, rules.names) if j in alike and not barred else None,
                None
                if forbidden(*pair)
                else features_of_sides(pair, told, (j, i) in batch.nearest, rules.names),
            )


@dataclass(frozen=True, slots=True)
class _Batch:
    """A batch, as far as its articles are compared with each other."""

    seen: Sequence[Profile]
    told: Sequence[Side]
    copies: dict[int, int]
    compared: Sequence[Sequence[int]]
    nearest: frozenset[tuple[int, int]]

    @classmethod
    def of(cls, reports: Sequence[Report], encode: Encode, tokenize: Tokenize, rules: StoryRules) -> _Batch:
        morphemes = analysed(reports, tokenize)
        seen = profiles(reports, morphemes, encode, rules)
        texts = [[s.text for s in r.sentences if s.kind in CONTENT_KINDS] for r in reports]
        counted = cache(lambda i: counts("\n".join(texts[i])[:_LONGEST], rules.counts))

        def one_text(i: int, j: int) -> bool:
            return _one_text(seen[i], seen[j], rules.names) and _one_count(counted(i), counted(j))

        copies = originals(sketches(texts), one_text)
        named = [profile.actors for profile in seen]
        told = sides(reports, morphemes, named, copies, rules)
        compared = worth_comparing(told, None if len(reports) <= _WHOLE else _MOST)
        kept = [[] if i in copies else [j for j in own if j not in copies] for i, own in enumerate(compared)]
        return cls(seen, told, copies, compared, nearest(told, kept))

    def near(self) -> Iterator[tuple[set[int], set[int]]]:
        """For each article those before it that may tell its event alike, and those that may otherwise."""
        for alike, others in zip(near(self.seen), self.compared, strict=True):
            yield set(alike), set(others)

    def likely(self, rules: StoryRules) -> tuple[list[tuple[int, int]], set[tuple[int, int]]]:
        """Pairs that are looked at closely, the smaller number first, and those that are passed over.

        Copies go where their texts go.
        """
        kept = [i for i in range(len(self.seen)) if i not in self.copies]
        alike = likely_pairs([self.seen[i] for i in kept], rules.weights, _LIKELY)
        likely = alike.keys() if len(kept) <= _WHOLE else likeliest(alike, _MOST)
        passed_over = {(kept[i], kept[j]) for i, j in alike.keys() - likely}
        others = {(j, i) for i, found in enumerate(self.compared) for j in found if i not in self.copies}
        others = {pair for pair in others if pair[0] not in self.copies} - passed_over
        return sorted({(kept[i], kept[j]) for i, j in likely} | others), passed_over

    def pair(self, i: int, j: int) -> tuple[tuple[Profile, Profile], tuple[Side, Side]]:
        """What is known of two articles."""
        return (self.seen[i], self.seen[j]), (self.told[i], self.told[j])

    def is_morning(
        self,
        compared: Sequence[tuple[int, int]],
        alike: Callable[[int, int], float],
        sides: Callable[[int, int, bool], float],
    ) -> bool:
        """Whether articles without a date are of the days of the others, not of a year.

        Many have another article then on their event, told by what needs no date: figures, or the same words.
        It is not asked where most have a date, for the others may be none of the news; nor where there are
        very many, for they are an archive's.

        Parameters
        ----------
        alike, sides
            The methods of these names; a pair that is asked about here is asked about again.
        """
        kept = [i for i in range(len(self.seen)) if i not in self.copies]
        dated = sum(self.seen[i].date is not None for i in kept)
        if len(kept) > _WHOLE or 2 * dated >= len(kept):
            return False
        events: dict[int, set[int]] = {}
        for i, j in compared:
            if j in events.get(i, ()):
                continue
            sure = alike(i, j) >= _LIKELY
            if sure or (not timeless(*self.pair(i, j)) and sides(i, j, True) >= _LIKELY):
                both = events.get(i, {i}) | events.get(j, {j})
                events.update(dict.fromkeys(both, both))
        apart = len({id(event) for event in events.values()})
        return apart >= _EVENTS and len(events) >= _MORNING * len(kept)

    def are_dated(self, i: int, j: int) -> bool:
        """Whether it is known of what days two articles are."""
        return self.seen[i].date is not None and self.seen[j].date is not None

    def alike(self, i: int, j: int, rules: StoryRules) -> float:
        """Probability that two articles tell one event alike."""
        pair, told = self.pair(i, j)
        found = likeness(*pair, rules)
        return 0.0 if found and opposed(pair, told, rules.names) else found

    def sides(self, i: int, j: int, morning: bool, rules: StoryRules) -> float:
        """Probability that two articles tell one event from different sides.

        Parameters
        ----------
        morning
            Whether what has no date is of the days of the others; where both have one it does not matter.
        """
        return likeness_of_sides(*self.pair(i, j), (i, j) in self.nearest, rules, morning)


def _one_text(one: Profile, other: Profile, names: NameRules) -> bool:
    """Whether two texts have figures and names in common: a form filled in anew shares only its words."""
    few = min(len(one.figures), len(other.figures))
    return shared(one.figures, other.figures) >= 0.8 * few and not differ(
        one.actors, other.actors, names.same
    )


def _one_count(ones: Counts, others: Counts) -> bool:
    """Whether two texts count alike: a number or two may be mended, but 3만 권 is no copy of 8만 권."""
    return len(at_odds(ones, others)) <= _MENDED * len(ones.keys() & others.keys())


def _group(
    story: Sequence[int], copies: dict[int, int], reports: Sequence[Report], encode: Encode, rules: StoryRules
) -> Group:
    own = {i: copies[i] for i in story if i in copies}
    found = facts({i: reports[i] for i in story}, frozenset(own), encode, rules)
    return Group(tuple(story), own, found)
