"""Articles about the same event become one story: a second pass over the reports of a batch."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from ..records import CONTENT_KINDS, NameRules, Report, StoryRules, Token
from .actors import differ
from .blocking import likely_pairs, near
from .clusters import average_link
from .copies import originals, sketches
from .counts import Counts, at_odds, counts
from .facts import Fact, facts
from .figures import shared
from .likeness import apart, features, likeness
from .profile import Profile, profiles
from .told import Told

if TYPE_CHECKING:
    Encode = Callable[[Sequence[str]], NDArray[np.float32]]
    Tokenize = Callable[[Sequence[str]], Sequence[Sequence[Token]]]

__all__ = ["Fact", "Group", "Told", "facts", "group", "pairs"]

#: Mean likelihood from which on two stories are one.
_LIKELY = 0.5

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

    Average-link clustering: two stories are one if that is likely, on average over their articles, and
    nothing forbids it for any two. No number of stories is set. Copies of a text go where it goes.

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
    seen = profiles(reports, encode, tokenize, rules)
    texts = [[s.text for s in r.sentences if s.kind in CONTENT_KINDS] for r in reports]
    counted = cache(lambda i: counts("\n".join(texts[i])[:_LONGEST], rules.counts))

    def one_text(i: int, j: int) -> bool:
        return _one_text(seen[i], seen[j], rules.names) and _one_count(counted(i), counted(j))

    copies = originals(sketches(texts), one_text)
    originals_only = [i for i in range(len(seen)) if i not in copies]
    likely = likely_pairs([seen[i] for i in originals_only], rules.weights, _LIKELY)
    compared = ((originals_only[i], originals_only[j]) for i, j in likely)
    stories = average_link(compared, cache(lambda i, j: likeness(seen[i], seen[j], rules)), _LIKELY)
    grouped = {i for story in stories for i in story}
    stories += [[i] for i in range(len(reports)) if i not in grouped and i not in copies]
    story_of = {i: story for story in stories for i in story}
    for i, source in copies.items():
        story_of[source].append(i)
    ordered = sorted(sorted(story) for story in stories)
    return tuple(_group(story, copies, reports, encode, rules) for story in ordered)


def pairs(
    reports: Sequence[Report], encode: Encode, tokenize: Tokenize, rules: StoryRules
) -> Iterator[tuple[int, int, tuple[float, ...]]]:
    """Pairs of reports that `group` compares, with the features of `likeness`, to learn from."""
    seen = profiles(reports, encode, tokenize, rules)
    for i, found in enumerate(near(seen)):
        for j in found:
            if not apart(seen[i], seen[j], rules.names):
                yield j, i, features(seen[j], seen[i], rules.names)


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
