"""Sections of an issue: their threads and shares, what opens the issue, and what it says at a glance."""

from __future__ import annotations

import math
from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import replace

from ..korean.quotes import SPEECH
from ..records import OTHER, DigestKeyword, DigestPlan, DigestTheme, Glance, Line, Report, Thread
from .choice import Chosen
from .threads import linked

_GLANCE, _LONG = 6, 100
_SPEECH = tuple(SPEECH)
#: Lines of the other threads of its event that the lead takes.
_FROM_OTHERS = 2
#: Decimal places of a share.
_PLACES = 4


def sections(
    threads: Sequence[Thread],
    reports: Sequence[Report],
    labels: Mapping[str, str],
    names: Sequence[str],
    plan: DigestPlan,
    found: frozenset[str],
    keywords: Mapping[str, tuple[DigestKeyword, ...]],
) -> tuple[DigestTheme, ...]:
    """Sections in their order, each with its threads, most worth first; those without a line come last."""
    shown: list[tuple[str, Sequence[Thread]]] = []
    for theme in names:
        own = [one for one in threads if one.theme == theme]
        own.sort(key=lambda one: (not one.lines, -one.worth, -_heard(one), one.id))
        limit = plan.stories_per_theme.get(theme, plan.stories_per_theme["*"])
        if own[:limit]:
            shown.append((theme, own[:limit]))
    counts = Counter(s.theme for report in reports for s in report.sentences if s.theme is not None)
    shares = rounded({theme: counts[theme] for theme, _ in shown})
    where = linked(shown)
    return tuple(
        DigestTheme(
            theme,
            labels[theme],
            tuple(replace(one, elsewhere=tuple(t for t in where[one.event] if t != theme)) for one in own),
            shares[theme],
            theme in found,
            keywords.get(theme, ()),
        )
        for theme, own in shown
    )


def rounded(counts: Mapping[str, int]) -> dict[str, float]:
    """Shares that add up to 1 after rounding: the largest remainders are rounded up (Hamilton's method)."""
    total, whole = sum(counts.values()), 10**_PLACES
    if not total:
        return dict.fromkeys(counts, 0.0)
    parts = {theme: count * whole // total for theme, count in counts.items()}
    rest = sorted(counts, key=lambda theme: (-(counts[theme] * whole % total), theme))
    for theme in rest[: whole - sum(parts.values())]:
        parts[theme] += 1
    return {theme: part / whole for theme, part in parts.items()}


def opening(
    parts: Sequence[DigestTheme],
    chosen: Mapping[tuple[str, str], Chosen],
    reports: Mapping[str, Report],
) -> tuple[str | None, tuple[DigestTheme, ...]]:
    """The thread that opens an issue, and the sections with its lines marked.

    It is of the event of most outlets and lines, one of the named themes if it has any. Its event's other
    threads give their best lines, where one that stands without them is left to tell.
    """
    lead = leading(parts)
    if lead is None:
        return None, tuple(parts)
    threads = [one for section in parts for one in section.stories]
    others = [one for one in threads if one.event == lead.event and one.id != lead.id]
    marked = {(line.article, line.sentence) for line in lead.lines}
    best = sorted(
        (
            (-chosen[one.event, one.theme].lines[line.article, line.sentence], one.id, n)
            for one in others
            for n, line in _free(one, reports)
        )
    )
    taken: Counter[str] = Counter()
    of = {one.id: one for one in others}
    for _, name, n in best:
        if taken.total() < _FROM_OTHERS and not taken[name]:
            taken[name] += 1
            marked.add((of[name].lines[n].article, of[name].lines[n].sentence))
    return lead.id, tuple(
        replace(section, stories=tuple(_marked(one, lead.event, marked, reports) for one in section.stories))
        for section in parts
    )


def leading(parts: Sequence[DigestTheme]) -> Thread | None:
    """The thread of the event of most outlets and lines, one of the named themes if it has any."""
    threads = [(section, one) for section in parts for one in section.stories]
    heard: dict[str, set[str]] = {}
    worth: defaultdict[str, float] = defaultdict(float)
    for _, one in threads:
        heard.setdefault(one.event, set()).update(set(one.articles).difference(one.copies))
        worth[one.event] += one.worth

    def place(pair: tuple[DigestTheme, Thread]) -> tuple[object, ...]:
        section, one = pair
        named = section.id != OTHER and not section.found
        weight = len(heard[one.event]) + math.log1p(worth[one.event])
        return named, bool(one.lines), weight, one.worth, one.id

    return max(threads, key=place)[1] if threads else None


def glance(parts: Sequence[DigestTheme], of: Mapping[str, Report]) -> tuple[Glance, ...]:
    """Of each theme the line that tells most on its own; configured themes first, six at most."""
    ordered = sorted(parts, key=lambda section: section.found)
    box: list[Glance] = []
    for section in ordered:
        lines = [
            (n, one, line)
            for n, one in enumerate(section.stories)
            for line in one.lines
            if line.sentence in of[line.article].ranking
        ]
        if lines and (section.id != OTHER or len(parts) == 1) and len(box) < _GLANCE:
            _, one, best = min(
                lines, key=lambda found: (_cost(found[0], found[2], section.id, of), found[2].article)
            )
            box.append(Glance(section.id, one.id, best.article, best.sentence, best.text, best.speech))
    return tuple(box)


def _heard(one: Thread) -> int:
    return len(one.articles) - len(one.copies)


def _free(one: Thread, reports: Mapping[str, Report]) -> list[tuple[int, Line]]:
    """Lines that can leave a thread: alone, with nothing on them, while one that could open it stays."""
    needs = [reports[line.article].sentences[line.sentence].needs for line in one.lines]
    needed = {(line.article, i) for line, own in zip(one.lines, needs, strict=True) for i in own}
    alone = [n for n, own in enumerate(needs) if not own]
    return [
        (n, one.lines[n])
        for n in alone
        if len(alone) > 1 and (one.lines[n].article, one.lines[n].sentence) not in needed
    ]


def _marked(one: Thread, event: str, marked: set[tuple[str, int]], reports: Mapping[str, Report]) -> Thread:
    """A thread with the lines marked that the issue opens with; one that was its headline is so no more."""
    if one.event != event:
        return one
    lines = [replace(line, lead=(line.article, line.sentence) in marked) for line in one.lines]
    if lines and lines[0].lead and lines[0].text == one.headline and not all(line.lead for line in lines):
        first = next(
            line
            for line in lines
            if not line.lead and not reports[line.article].sentences[line.sentence].needs
        )
        lines.sort(key=lambda line: (line is not first, line.lead))
        return replace(one, lines=tuple(lines), headline=first.text)
    return replace(one, lines=tuple(lines))


def _cost(position: int, line: Line, theme: str, of: Mapping[str, Report]) -> tuple[float, int]:
    """What speaks against a line in the box.

    It leans on another one, does not name whom it speaks of, is long, quotes somebody, is off the theme,
    comes from a later thread, or ranks low in its article.
    """
    report = of[line.article]
    against = (
        3 * bool(report.sentences[line.sentence].needs)
        + 2 * report.sentences[line.sentence].unnamed
        + 2 * (len(line.text) > _LONG)
        + any(mark in line.text for mark in _SPEECH)
        + 3 * line.speech
        + (report.sentences[line.sentence].theme != theme)
        + position
    )
    return against + report.ranking.index(line.sentence) / 10, line.sentence
