"""Articles about the same event become one story: a second pass over the reports of a batch."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from ..records import CONTENT_KINDS, Report, StoryRules
from .copies import Sketch, is_copy, sketch
from .facts import Fact, facts
from .figures import shared
from .likeness import likeness
from .profile import Profile, profiles

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    Encode = Callable[[Sequence[str]], NDArray[np.float32]]

__all__ = ["Fact", "Group", "group"]


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


def group(reports: Sequence[Report], encode: Encode, rules: StoryRules) -> tuple[Group, ...]:
    """Group reports into stories.

    One after the other, a report joins the story whose members it is most like on average, if that is
    likely to be the same event and nothing speaks against any member; else it begins its own
    (single-pass clustering, Allan, Papka and Lavrenko 1998). No number of stories is set.

    Parameters
    ----------
    reports
        In an order that does not depend on the batch's (say, by date and id): it decides ties.
    encode
        Texts to unit rows.
    rules
        Words that tell previews, results and recurring events apart.

    Returns
    -------
    tuple of Group
        In the order of their first members; every report is in one.
    """
    seen = profiles(reports, encode, rules)
    sketches = [sketch([s.text for s in r.sentences if s.kind in CONTENT_KINDS]) for r in reports]
    stories: list[list[int]] = []
    copies: dict[int, int] = {}
    for i in range(len(reports)):
        best, at = 0.0, -1
        for n, story in enumerate(stories):
            source = next((j for j in story if _copies(i, j, seen, sketches)), None)
            if source is not None:
                best, at = 1.0, n
                copies[i] = copies.get(source, source)
                break
            score = _joins(i, story, seen)
            if score > best:
                best, at = score, n
        if at >= 0:
            stories[at].append(i)
        else:
            stories.append([i])
    return tuple(_group(story, copies, reports, encode) for story in stories)


def _copies(i: int, j: int, seen: Sequence[Profile], sketches: Sequence[Sketch]) -> bool:
    """Whether two articles are one text. A form that is filled in every day shares its words, not figures."""
    few = min(len(seen[i].figures), len(seen[j].figures))
    return shared(seen[i].figures, seen[j].figures) >= 0.8 * few and is_copy(sketches[i], sketches[j])


def _joins(i: int, story: Sequence[int], seen: Sequence[Profile]) -> float:
    """How likely a report belongs to a story; 0 when it does not."""
    scores = [likeness(seen[i], seen[j]) for j in story]
    mean = sum(scores) / len(scores)
    return mean if min(scores) > 0 and mean >= 0.5 else 0.0


def _group(story: Sequence[int], copies: dict[int, int], reports: Sequence[Report], encode: Encode) -> Group:
    own = {i: copies[i] for i in story if i in copies}
    return Group(tuple(story), own, facts({i: reports[i] for i in story}, frozenset(own), encode))
