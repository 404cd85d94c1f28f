"""Which of the themes found in a batch are told as themes."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from ..korean.spelling import letters_of
from ..records import Report

#: The most found themes of an issue, the fewest events and outlets of one, and sentences of such an event.
_MOST, _EVENTS, _OUTLETS, _SENTENCES = 3, 2, 2, 2
#: Terms of a label.
_TERMS = 2


@dataclass(frozen=True, slots=True)
class Found:
    """A theme found in a batch.

    Attributes
    ----------
    terms
        Its most telling terms, best first.
    sentences
        Report positions and sentence indices.
    """

    id: str
    terms: tuple[str, ...]
    sentences: tuple[tuple[int, int], ...]


def worth_telling(
    found: Sequence[Found], events: Sequence[Sequence[int]], reports: Sequence[Report]
) -> dict[str, str]:
    """Labels of the found themes that are told; what is in the others stays in other.

    A theme has two outlets and two events, of each of which it has two sentences. Its label is made of terms
    of sentences of two events that are no part of an outlet's name, of a by-line or of the title of a
    section. Three an issue, the largest first.

    Parameters
    ----------
    events
        Positions of reports.
    """
    event_of = {report: n for n, members in enumerate(events) for report in members}
    labels: dict[str, str] = {}
    for theme in sorted(found, key=lambda one: (-len(one.sentences), one.id)):
        heard = {r for r, _ in theme.sentences}
        outlets = {_outlet(reports[r]) for r in heard}
        spoken = Counter(event_of[r] for r, _ in theme.sentences)
        events_of = [event for event, n in spoken.items() if n >= _SENTENCES]
        if len(events_of) < _EVENTS or len(outlets) < _OUTLETS:
            continue
        terms = [term for term in theme.terms if _tells(term, theme.sentences, event_of, reports)]
        if terms and len(labels) < _MOST:
            labels[theme.id] = "·".join(terms[:_TERMS])
    return labels


def _outlet(report: Report) -> str:
    return report.source.publisher or report.id


def _tells(
    term: str, sentences: Sequence[tuple[int, int]], event_of: dict[int, int], reports: Sequence[Report]
) -> bool:
    """Whether a term stands in sentences of two events, and no outlet, by-line or title explains it."""
    spelled = letters_of(term)
    inside = {r for r, i in sentences if spelled in letters_of(reports[r].sentences[i].text)}
    names = {letters_of(name) for r in inside for name in _names(reports[r])}
    explained = any(spelled in name or name in spelled for name in names)
    return len({event_of[r] for r in inside}) >= _EVENTS and not explained


def _names(report: Report) -> list[str]:
    given = (report.source.publisher, report.source.author)
    return [name for name in given if name and letters_of(name)]
