"""The order of the steps: reports into a digest."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from dataclasses import replace
from typing import TypedDict, Unpack

from .. import digest as digest_step
from .. import figures, keywords, stories, themes
from ..engines import no_collection, one_blas_thread
from ..korean.spelling import key_of
from ..records import Changes, Digest, DigestKeyword, Edited, Failure, Follows, Report
from ..settings import load_messages
from .once import analysed_once
from .parts import with_found, without
from .tools import Tools

#: Rows of a keyword table for those that an editor hides.
_SPARE = 20


def stories_of(reports: Sequence[Report], tools: Tools) -> tuple[stories.Group, ...]:
    """Reports on one event, with the facts that several of them state. Their order decides ties."""
    return stories.group(reports, tools.encoder.encode, tools.tokenize, tools.story_rules)


def discovered(reports: Sequence[Report], tools: Tools) -> tuple[themes.FoundTheme, ...]:
    """Themes among the sentences of a batch that no configured one took; none when it is set so."""
    s, rules = tools.settings.themes, tools.keyword_rules
    if not s.discover:
        return ()
    plain = rules.alone | rules.everyday | rules.ordinary | rules.loose
    return themes.discover(
        reports, tools.encoder.encode, tools.tokenize, tools.background, plain, s.discover_sentences
    )


def told_as(
    reports: Sequence[Report], found: Sequence[themes.FoundTheme], events: Sequence[Sequence[int]]
) -> tuple[themes.FoundTheme, ...]:
    """Those of the found themes that an issue tells as themes, with the labels that it gives them."""
    raw = [digest_step.Found(theme.id, theme.terms, theme.sentences) for theme in found]
    labels = digest_step.worth_telling(raw, events, reports)
    return tuple(replace(theme, label=labels[theme.id]) for theme in found if theme.id in labels)


def _goes_on(
    reports: Sequence[Report], events: Sequence[Sequence[int]], issues: Sequence[Digest], tools: Tools
) -> dict[int, Follows]:
    """What earlier issues told, by the position of the event that goes on with it; the latest of them counts.

    It has an article of the issue, or would be one story with what the issue printed.
    """

    def told(issue: Digest, headline: str) -> Follows:
        return Follows(headline=headline, number=issue.number, date=issue.date, url=issue.url)

    as_told = [(report, issue) for issue in issues for report in digest_step.as_reports(issue)]
    before = [report for report, _ in as_told]
    cited = {
        article: told(issue, one.headline)
        for issue in reversed(issues)
        for section in issue.themes
        for one in section.stories
        for article in reversed(one.articles)
    }
    found = {}
    for n, members in enumerate(events):
        follows = next((cited[reports[i].id] for i in members if reports[i].id in cited), None)
        if follows is not None:
            found[n] = follows
    open_ = [n for n in range(len(events)) if n not in found]
    fullest = [max(events[n], key=lambda i: len(reports[i].ranking)) for n in open_]
    for group in stories_of([*before, *(reports[i] for i in fullest)], tools) if before else ():
        old = min((i for i in group.members if i < len(before)), default=None)
        for i in group.members if old is not None else ():
            if i >= len(before):
                found[open_[i - len(before)]] = told(as_told[old][1], before[old].title or "")  # type: ignore[index]
    return found


def shown_of(table: Sequence[DigestKeyword], hidden: Collection[str]) -> tuple[DigestKeyword, ...]:
    """A table without the terms that the newsletter hides."""
    return tuple(row for row in table if key_of(row.term) not in hidden)


def edited(basis: digest_step.Basis, changes: Changes, tools: Tools) -> Edited:
    """An issue with its editor's changes; see `Pipeline.edited`."""
    return digest_step.edited(basis, changes, lambda: stories.Told(tools.story_rules))


class Issue(TypedDict, total=False):
    """What an issue is told of itself and of those before it; see `Pipeline.digest`."""

    title: str | None
    date: str | None
    number: int | None
    last: Digest | None
    earlier: Sequence[Digest]


@no_collection()
@one_blas_thread()  # threads wait for each other a fifth of its time
def basis(
    reports: Iterable[Report], failures: Iterable[Failure], tools: Tools, **issue: Unpack[Issue]
) -> digest_step.Basis:
    """A digest with what it is made of; see `Pipeline.basis`."""
    title, last, earlier = issue.get("title"), issue.get("last"), issue.get("earlier", ())
    ordered, twice = digest_step.one_each(digest_step.in_order(list(reports)))
    s, tools = tools.settings, analysed_once(tools, ordered)

    def members(reports: Sequence[Report]) -> tuple[tuple[int, ...], ...]:
        return tuple(group.members for group in stories_of(reports, tools))

    ordered, left_out = without(ordered, s.digest.leave_out, tools.genres, members)
    groups = stories_of(ordered, tools)
    events = [g.members for g in groups]
    new_themes = told_as(ordered, discovered(ordered, tools), events)
    ordered = themes.with_found(ordered, new_themes)
    told = stories.Told(tools.story_rules)
    issues = (last, *earlier) if last else tuple(earlier)
    for line in (line for old in issues for t in old.themes for one in t.stories for line in one.lines):
        told.add(line.text)
    aliases = (*tools.keyword_rules.aliases, *s.digest.aliases)
    hidden = frozenset(map(key_of, s.digest.hidden))
    spare = _SPARE + len(hidden)
    tables = keywords.theme_tables(ordered, s.keywords.per_theme + spare, aliases)
    rules = tools.compare_rules
    opposed = figures.disagreements(ordered, events, tools.tokenize, rules) if rules else ()
    before = last.figures if last else ()
    return digest_step.fold(
        ordered,
        [(g.members, sorted(g.copies), {f.place: (f.same, f.repeats) for f in g.facts}) for g in groups],
        (*failures, *twice),
        title=title or s.digest.title or s.newsletter.name or load_messages(s.lang)["digest.title"],
        date=issue.get("date"),
        labels=with_found(tools.labels, new_themes),
        found=frozenset(theme.id for theme in new_themes),
        told=told,
        plan=tools.plan,
        newsletter=tools.newsletter,
        keywords=shown_of(keywords.batch_table(ordered, s.digest.keywords + spare, aliases), hidden),
        theme_keywords={theme: shown_of(table, hidden) for theme, table in tables.items()},
        rows=(s.digest.keywords, s.keywords.per_theme),
        number=issue.get("number"),
        url=s.newsletter.url or None,
        last=last,
        earlier=earlier,
        follows=_goes_on(ordered, events, issues, tools) if issues else None,
        left_out=left_out,
        figures=figures.tables(ordered, opposed, before, s.digest.figures, rules) if rules else (),
        disagreements=opposed,
    )
