"""Threads: what is chosen, put into words: headline, lines, sources."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from ..records import CONTENT_KINDS, Follows, Line, Place, Report, Thread
from .choice import Chosen
from .events import Event, Related, Spot
from .rights import Quotes


def thread(
    event: Event,
    theme: str,
    chosen: Chosen | None,
    facts: Related,
    quotes: Mapping[str, Quotes],
    follows: Follows | None,
) -> Thread | None:
    """A thread of a section; None where there is neither a line nor a title to show.

    Its headline is the title of the first article that is mainly about the theme; without one it is the
    line that adds most of those that stand alone, and that line goes first. Where no line says by itself
    whom it speaks of, it is the title of that line's article after all.
    """
    named = event.on(theme)
    titled = next((r for r in named if event.main[r.id] == theme and r.title), None)
    if chosen is None and titled is None:
        return None
    taken = dict(chosen.lines) if chosen else {}
    of = {report.id: report for report in event.reports}
    first = None if titled else _standing(taken, of)
    cited = {a for spot in taken for a, _ in (spot, *facts.get(spot, (set(),))[0])}
    ordered = [r for r in event.reports if r in named or r.id in cited]
    leader = titled.id if titled else first[0] if first else ""
    ordered.sort(key=lambda r: (r.id != leader, r.id in event.copies))
    order = {report.id: n for n, report in enumerate(ordered)}
    spots = sorted(taken, key=lambda spot: (spot != first, order[spot[0]], spot[1]))
    lines = tuple(line_of(of[a], i, event.copies, facts, quotes[a]) for a, i in spots)
    return Thread(
        id=f"thread-{theme}-{event.id.removeprefix('event-')}",
        headline=titled.title or "" if titled else _headline(lines[0], of[lines[0].article]),
        theme=theme,
        articles=tuple(order),
        lines=lines,
        copies=tuple(article for article in order if article in event.copies),
        event=event.id,
        worth=round(chosen.worth, 4) if chosen else 0.0,
        follows=follows,
    )


def _headline(line: Line, report: Report) -> str:
    sentence = report.sentences[line.sentence]
    stands = not (sentence.needs or sentence.unnamed or line.speech)
    return line.text if stands or not report.title else report.title


def _standing(taken: Mapping[Spot, float], of: Mapping[str, Report]) -> Spot:
    """The line that adds most, of those that stand alone and say whom they speak of, if there are any."""

    def against(spot: Spot) -> tuple[object, ...]:
        sentence = of[spot[0]].sentences[spot[1]]
        return (
            bool(sentence.needs),
            sentence.unnamed,
            sentence.speech,
            sentence.kind != "body",
            -taken[spot],
            spot,
        )

    return min(taken, key=against)


def line_of(report: Report, index: int, copies: frozenset[str], facts: Related, quotes: Quotes) -> Line:
    """A sentence as a line, with those that say the same, and with its neighbours where rights allow."""
    also = sorted(facts.get((report.id, index), (set(),))[0])
    named: dict[str, Place] = {}
    for article, at in also:
        named.setdefault(article, Place(article, at, article in copies))
    before, after = (None, None) if quotes.restricted else _neighbours(report, index, quotes)
    sentence = report.sentences[index]
    return Line(
        report.id,
        index,
        sentence.text,
        _reason(report, index),
        tuple(named.values()),
        before,
        after,
        sentence.speech,
    )


def _neighbours(report: Report, index: int, quotes: Quotes) -> tuple[str | None, str | None]:
    shown: list[str | None] = []
    for at in (index - 1, index + 1):
        inside = 0 <= at < len(report.sentences)
        if inside and report.sentences[at].kind in (*CONTENT_KINDS, "quote"):
            quotes.take(at)
            shown.append(report.sentences[at].text)
        else:
            shown.append(None)
    return shown[0], shown[1]


def _reason(report: Report, index: int) -> str:
    sentence = report.sentences[index]
    if index not in report.ranking:
        return f"leant on, {sentence.theme}"
    rank = report.ranking.index(index) + 1
    score = f" {sentence.scores[sentence.theme]:.2f}" if sentence.theme in sentence.scores else ""
    return f"rank {rank}/{len(report.ranking)}, {sentence.theme}{score}"


def linked(sections: Sequence[tuple[str, Sequence[Thread]]]) -> Mapping[str, tuple[str, ...]]:
    """The themes under which each event is told, in the order of the sections."""
    where: dict[str, tuple[str, ...]] = {}
    for theme, threads in sections:
        for one in threads:
            where[one.event] = (*where.get(one.event, ()), theme)
    return where
