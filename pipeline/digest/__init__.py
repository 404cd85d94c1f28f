"""A batch of reports folded into one newsletter issue."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence

from ..records import (
    OTHER,
    Digest,
    DigestKeyword,
    DigestPlan,
    Disagreement,
    Failure,
    FigureTable,
    Follows,
    Issue,
    LeftOut,
    Newsletter,
    Report,
    Thread,
)
from .basis import Basis, Happening
from .batch import in_order, one_each
from .choice import Chosen, Told, choose
from .edited import edited
from .events import Candidate, Event, Facts, Related, candidates, event_of
from .found import Found, worth_telling
from .issues import as_issue, as_reports, changes, told_of
from .rights import Quotes, quoted, source
from .sections import glance, opening, rounded, sections
from .threads import thread

__all__ = [
    "Basis", "Facts", "Found", "Happening", "Quotes", "as_reports", "edited", "fold", "in_order",
    "one_each", "source", "worth_telling",
]  # fmt: skip

_EARLIER = 20


def fold(
    reports: Sequence[Report],
    stories: Sequence[tuple[Sequence[int], Sequence[int], Facts]],
    failures: Sequence[Failure],
    *,
    title: str,
    date: str | None,
    labels: Mapping[str, str],
    plan: DigestPlan,
    newsletter: Newsletter,
    keywords: tuple[DigestKeyword, ...],
    theme_keywords: Mapping[str, tuple[DigestKeyword, ...]],
    told: Told,
    found: frozenset[str] = frozenset(),
    number: int | None = None,
    url: str | None = None,
    last: Digest | None = None,
    earlier: Sequence[Digest] = (),
    follows: Mapping[int, Follows] | None = None,
    left_out: tuple[LeftOut, ...] = (),
    figures: Sequence[FigureTable] = (),
    disagreements: Sequence[Disagreement] = (),
    rows: tuple[int, int],
) -> Basis:
    """Make a digest, and keep what it is made of: an editor may change it.

    Parameters
    ----------
    reports
        As `in_order` gives them.
    stories
        Positions of `reports`, positions of those that are copies, and which sentences state the same, as
        the stories step groups them: one for each event.
    date
        ISO date; None takes the latest one that a source gives.
    labels
        Theme labels by id, in the order of the sections.
    keywords, theme_keywords
        The keyword tables of the batch and of its themes; they may be longer than what is shown.
    told
        Tells which sentences say again what is printed, by it or by an earlier issue.
    found
        Those of the themes that nobody configured.
    number
        Of the issue; None takes the one after `last`.
    url
        Address of the issue on the web; ``{date}`` and ``{number}`` are filled in.
    last
        The issue before this one: keywords are compared with it, and it joins the list of earlier ones.
    earlier
        Issues before that one: their articles have had their turn, too.
    follows
        What an issue before this one told, by positions of `stories` that go on with it.
    figures
        Tables of figures by theme, in any order.
    disagreements
        They are quoted before the lines of threads, where their articles have a title.
    rows
        Of the keyword tables of the batch and of a theme that are shown.
    """
    names = _ordered(labels, plan.order)
    of = {report.id: report for report in reports}
    quotes = {report.id: Quotes(report, plan.limits) for report in reports}
    titled = {report.id for report in reports if report.title}
    for side in (side for one in disagreements for side in one.sides if side.article in titled):
        quotes[side.article].take(side.sentence)
    before = frozenset[str]().union(*map(told_of, (*((last,) if last else ()), *earlier)))
    events: list[Event] = []
    facts: dict[tuple[str, int], tuple[set[tuple[str, int]], set[tuple[str, int]]]] = {}
    for members, copies, same in stories:
        facts.update(_by_id(same, reports))
        own = [reports[i] for i in members]
        copied = [reports[i].id for i in copies]
        events.append(event_of(own, copied, before, facts, names, plan.brief))
    most = plan.lines_per_story
    pool = [one for n, event in enumerate(events) for one in candidates(n, event, facts, found, most)]
    chosen = choose(events, pool, of, _shares(pool, reports, plan), facts, plan, quotes, told)
    threads = _threads(events, chosen, facts, quotes, follows or {})
    shown = {theme: table[: rows[1]] for theme, table in theme_keywords.items()}
    parts = sections(threads, reports, labels, names, plan, found, shown)
    lead, parts = opening(parts, {(events[n].id, theme): one for (n, theme), one in chosen.items()}, of)
    opposed = tuple(quoted(one, quotes) for one in disagreements)
    order = [section.id for section in parts]
    latest = max((r.source.day for r in reports if r.source.day), default=None)
    when = date or (latest.isoformat() if latest else None)
    issue = number if number is not None else last.number + 1 if last and last.number is not None else None
    compared = changes(keywords, last.keywords) if last else keywords
    digest = Digest(
        title=title,
        date=when,
        themes=parts,
        keywords=compared[: rows[0]],
        sources=tuple(source(report, quotes[report.id]) for report in reports),
        failures=tuple(sorted(failures, key=lambda f: (f.source, f.step, f.reason, f.detail))),
        newsletter=newsletter,
        number=issue,
        url=_filled(url, when, issue),
        lead=lead,
        glance=glance(parts, of),
        earlier=_earlier(last),
        left_out=left_out,
        figures=tuple(sorted((t for t in figures if t.theme in order), key=lambda t: order.index(t.theme))),
        disagreements=opposed,
    )
    return Basis(
        digest=digest,
        reports=of,
        events={article: one for one in map(_happening, events) for article in one.articles},
        facts=facts,
        labels={theme: labels[theme] for theme in names},
        found=found,
        counts=Counter(s.theme for report in reports for s in report.sentences if s.theme is not None),
        plan=plan,
        keywords=compared,
        theme_keywords=theme_keywords,
        rows=rows,
        figures=tuple(figures),
        disagreements=tuple(disagreements),
    )


def _happening(event: Event) -> Happening:
    articles = tuple(report.id for report in event.reports)
    return Happening(event.id, event.reports[0].title, articles, event.copies, event.main, event.theme)


def _ordered(labels: Mapping[str, str], first: Sequence[str]) -> list[str]:
    asked = [theme for theme in first if theme in labels]
    return [*asked, *(theme for theme in labels if theme not in asked)]


def _by_id(facts: Facts, reports: Sequence[Report]) -> Related:
    """Facts keyed by article id and sentence, which do not depend on the batch."""
    return {
        (reports[i].id, index): (
            {(reports[j].id, at) for j, at in related[0]},
            {(reports[j].id, at) for j, at in related[1]},
        )
        for (i, index), related in facts.items()
        if related[0] or related[1]
    }


def _shares(pool: Sequence[Candidate], reports: Sequence[Report], plan: DigestPlan) -> dict[str, float]:
    """Parts of the themes that can have a section; other counts half, for it is the rest."""
    most = plan.stories_per_theme
    told = {one.theme for one in pool if most.get(one.theme, most["*"])}
    counts = Counter(s.theme for report in reports for s in report.sentences if s.theme in told)
    return rounded({t: n if t == OTHER else 2 * n for t, n in sorted(counts.items()) if t})


def _threads(
    events: Sequence[Event],
    chosen: Mapping[tuple[int, str], Chosen],
    facts: Related,
    quotes: Mapping[str, Quotes],
    follows: Mapping[int, Follows],
) -> list[Thread]:
    """Threads with lines, and those of which only a title can be shown."""
    threads = []
    for n, event in enumerate(events):
        themes = [event.main[report.id] for report in event.reports]
        themes += [theme for at, theme in chosen if at == n]
        for theme in dict.fromkeys(themes):
            one = thread(event, theme, chosen.get((n, theme)), facts, quotes, follows.get(n))
            if one is not None:
                threads.append(one)
    return threads


def _earlier(last: Digest | None) -> tuple[Issue, ...]:
    return (as_issue(last), *last.earlier)[:_EARLIER] if last else ()


def _filled(url: str | None, date: str | None, number: int | None) -> str | None:
    if not url or ("{date}" in url and not date) or ("{number}" in url and number is None):
        return None
    return url.replace("{date}", date or "").replace("{number}", str(number))
