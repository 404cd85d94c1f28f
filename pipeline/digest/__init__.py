"""A batch of reports folded into one newsletter issue."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import date as calendar
from hashlib import sha256
from types import MappingProxyType

from ..records import (
    OTHER,
    Digest,
    DigestKeyword,
    DigestPlan,
    DigestTheme,
    Disagreement,
    Failure,
    FigureTable,
    Glance,
    Issue,
    LeftOut,
    Line,
    Newsletter,
    Report,
    Story,
)
from .issues import as_issue, changes
from .rights import Quotes, quoted, source
from .story import Facts, apart, tell, weight

__all__ = ["Facts", "fold", "in_order", "one_each"]

_EARLIER = 20
_GLANCE = 100
_SPEECH = ('"', "“", "”")


def in_order(reports: Sequence[Report]) -> tuple[Report, ...]:
    """Reports by date and id, undated ones last: an order that the order of files can't change.

    Where ids are the same, where an article comes from and what it says decide.
    """

    def place(report: Report) -> tuple[object, ...]:
        source = report.source
        texts = tuple(s.text for s in report.sentences)
        return source.day is None, source.day or calendar.min, report.id, source.path, repr(source), texts

    return tuple(sorted(reports, key=place))


def one_each(reports: Sequence[Report]) -> tuple[tuple[Report, ...], tuple[Failure, ...]]:
    """Reports with an id of their own each, and failures for those that are given a second time.

    Other articles under one id get their whole hash, all of them: none is lost, and which came first does
    not matter.

    Parameters
    ----------
    reports
        As `in_order` gives them.
    """
    of: dict[str, dict[tuple[str, str], Report]] = {}
    failures = []
    for report in reports:
        twin = of.setdefault(report.id, {}).setdefault(_contents(report), report)
        if twin.source.path != report.source.path:
            failures.append(Failure(report.source.path, "digest", "duplicate", twin.source.path))
    kept = [
        replace(report, id=f"{report.id}-{sha256(''.join(contents).encode()).hexdigest()}")
        if len(same) > 1
        else report
        for same in of.values()
        for contents, report in same.items()
    ]
    return in_order(kept), tuple(failures)


def _contents(report: Report) -> tuple[str, str]:
    """What makes two reports of one id the same article."""
    return report.source.sha256, "\n".join(sentence.text for sentence in report.sentences)


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
    found: frozenset[str] = frozenset(),
    asides: Mapping[str, Facts] = MappingProxyType({}),
    number: int | None = None,
    url: str | None = None,
    last: Digest | None = None,
    left_out: tuple[LeftOut, ...] = (),
    figures: Sequence[FigureTable] = (),
    disagreements: Sequence[Disagreement] = (),
) -> Digest:
    """Make a digest.

    Parameters
    ----------
    reports
        As `in_order` gives them.
    stories
        Positions of `reports`, positions of those that are copies, and which sentences state the same, as
        the stories step groups them. A story stands under the theme that most of its sentences have.
    date
        ISO date; None takes the latest one that a source gives.
    labels
        Theme labels by id, in the order of the sections.
    keywords, theme_keywords
        The keyword tables of the batch and of its themes.
    found
        Those of the themes that nobody configured.
    asides
        Which sentences of a found theme state the same, by theme.
    number
        Of the issue; None takes the one after `last`.
    url
        Address of the issue on the web; ``{date}`` and ``{number}`` are filled in.
    last
        The issue before this one: keywords are compared with it, and it joins the list of earlier ones.
    figures
        Tables of figures by theme, in any order.
    disagreements
        They are quoted before the lines of stories, where their articles have a title.
    """
    names = _ordered(labels, plan.order)
    quotes = {report.id: Quotes(report, plan.limits) for report in reports}
    titled = {report.id for report in reports if report.title}
    for side in (side for one in disagreements for side in one.sides if side.article in titled):
        quotes[side.article].take(side.sentence)
    told = [
        tell(
            [reports[i] for i in members],
            [reports[i].id for i in copies],
            _by_id(same, reports),
            names,
            plan,
            quotes,
        )
        for members, copies, same in stories
    ]
    own = {story.theme for story in told if story is not None}
    stories_told = [story for story in told if story is not None]
    for theme in names:
        if theme in found and theme not in own:
            shown = [(line.article, line.sentence) for story in stories_told for line in story.lines]
            facts = _by_id(asides.get(theme, {}), reports)
            stories_told += apart(theme, reports, facts, plan, quotes, shown)
    sections = _sections(stories_told, reports, labels, names, plan, found, theme_keywords)
    opposed = tuple(quoted(one, quotes) for one in disagreements)
    order = [section.id for section in sections]
    latest = max((r.source.day for r in reports if r.source.day), default=None)
    when = date or (latest.isoformat() if latest else None)
    issue = number if number is not None else last.number + 1 if last and last.number is not None else None
    return Digest(
        title=title,
        date=when,
        themes=sections,
        keywords=changes(keywords, last.keywords) if last else keywords,
        sources=tuple(source(report, quotes[report.id]) for report in reports),
        failures=tuple(sorted(failures, key=lambda f: (f.source, f.step, f.reason, f.detail))),
        newsletter=newsletter,
        number=issue,
        url=_filled(url, when, issue),
        lead=_lead(sections, reports),
        glance=_glance(sections, reports),
        earlier=_earlier(last),
        left_out=left_out,
        figures=tuple(sorted((t for t in figures if t.theme in order), key=lambda t: order.index(t.theme))),
        disagreements=opposed,
    )


def _ordered(labels: Mapping[str, str], first: Sequence[str]) -> list[str]:
    asked = [theme for theme in first if theme in labels]
    return [*asked, *(theme for theme in labels if theme not in asked)]


def _by_id(
    facts: Facts, reports: Sequence[Report]
) -> dict[tuple[str, int], tuple[set[tuple[str, int]], ...]]:
    """Facts keyed by article id and sentence, which do not depend on the batch."""
    return {
        (reports[i].id, index): tuple({(reports[j].id, at) for j, at in others} for others in related)
        for (i, index), related in facts.items()
    }


def _sections(
    stories: Sequence[Story],
    reports: Sequence[Report],
    labels: Mapping[str, str],
    names: Sequence[str],
    plan: DigestPlan,
    found: frozenset[str],
    keywords: Mapping[str, tuple[DigestKeyword, ...]],
) -> tuple[DigestTheme, ...]:
    counts = Counter(s.theme for report in reports for s in report.sentences if s.theme is not None)
    total = sum(counts.values())
    weights = {story.id: weight(story, reports) for story in stories}
    sections = []
    for theme in names:
        own = sorted((s for s in stories if s.theme == theme), key=lambda s: (-weights[s.id], s.id))
        limit = plan.stories_per_theme.get(theme, plan.stories_per_theme["*"])
        if own[:limit]:
            share = round(counts[theme] / total, 4) if total else 0.0
            shown, terms = tuple(own[:limit]), keywords.get(theme, ())
            sections.append(DigestTheme(theme, labels[theme], shown, share, theme in found, terms))
    return tuple(sections)


def _lead(sections: Sequence[DigestTheme], reports: Sequence[Report]) -> str | None:
    """The story of most outlets and sentences; one outside the named themes only when there is no other."""
    stories = [
        (s.id != OTHER and not s.found, weight(story, reports), story.id)
        for s in sections
        for story in s.stories
    ]
    return max(stories, default=(False, 0.0, None))[2]


def _glance(sections: Sequence[DigestTheme], reports: Sequence[Report]) -> tuple[Glance, ...]:
    """Of each theme the line that tells most on its own."""
    of = {report.id: report for report in reports}
    box = []
    for section in sections:
        lines = [(n, story, line) for n, story in enumerate(section.stories) for line in story.lines]
        if lines and (section.id != OTHER or len(sections) == 1):
            _, story, best = min(
                lines, key=lambda found: (_cost(found[0], found[2], section.id, of), found[2].article)
            )
            box.append(Glance(section.id, story.id, best.article, best.sentence, best.text, best.speech))
    return tuple(box)


def _cost(position: int, line: Line, theme: str, of: Mapping[str, Report]) -> tuple[float, int]:
    """What speaks against a line in the box.

    It leans on another one, does not name whom it speaks of, is long, quotes somebody, is off the theme,
    comes from a later story, or ranks low in its article.
    """
    report = of[line.article]
    against = (
        3 * bool(report.sentences[line.sentence].needs)
        + 2 * report.sentences[line.sentence].unnamed
        + 2 * (len(line.text) > _GLANCE)
        + any(mark in line.text for mark in _SPEECH)
        + (report.sentences[line.sentence].theme != theme)
        + position
    )
    return against + report.ranking.index(line.sentence) / 10, line.sentence


def _earlier(last: Digest | None) -> tuple[Issue, ...]:
    return (as_issue(last), *last.earlier)[:_EARLIER] if last else ()


def _filled(url: str | None, date: str | None, number: int | None) -> str | None:
    if not url or ("{date}" in url and not date) or ("{number}" in url and number is None):
        return None
    return url.replace("{date}", date or "").replace("{number}", str(number))
