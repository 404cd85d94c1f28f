"""The order of the steps: reports into a digest."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace

from .. import digest as digest_step
from .. import figures, keywords, stories, themes
from ..records import Digest, Failure, Report
from ..settings import load_messages
from .parts import with_found, without
from .tools import Tools


def stories_of(reports: Sequence[Report], tools: Tools) -> tuple[stories.Group, ...]:
    """Reports on one event, with the facts that several of them state. Their order decides ties."""
    return stories.group(reports, tools.encoder.encode, tools.tokenize, tools.story_rules)


def discovered(reports: Sequence[Report], tools: Tools) -> tuple[themes.FoundTheme, ...]:
    """Themes among the sentences of a batch that no configured one took; none when it is set so."""
    s, rules = tools.settings.themes, tools.keyword_rules
    if not s.discover:
        return ()
    plain = rules.alone | rules.everyday | rules.ordinary | rules.loose
    encode = tools.encoder.encode_units
    return themes.discover(reports, encode, tools.tokenize, tools.background, plain, s.discover_sentences)


def _on_theme(reports: Sequence[Report], theme: str, tools: Tools) -> tuple[stories.Fact, ...]:
    """Which sentences of a theme state the same, whatever story they come from."""
    own = {
        n: replace(report, ranking=ranking)
        for n, report in enumerate(reports)
        if (ranking := tuple(i for i in report.ranking if report.sentences[i].theme == theme))
    }
    return stories.facts(own, frozenset(), tools.encoder.encode, tools.story_rules)


def digest(
    reports: Iterable[Report],
    failures: Iterable[Failure],
    tools: Tools,
    *,
    title: str | None,
    date: str | None,
    number: int | None,
    last: Digest | None,
) -> Digest:
    """Fold reports into one digest; see `Pipeline.digest`."""
    s = tools.settings

    def members(reports: Sequence[Report]) -> tuple[tuple[int, ...], ...]:
        return tuple(group.members for group in stories_of(reports, tools))

    ordered, twice = digest_step.one_each(digest_step.in_order(list(reports)))
    ordered, left_out = without(ordered, s.digest.leave_out, tools.genres, members)
    new_themes = discovered(ordered, tools)
    ordered = themes.with_found(ordered, new_themes)
    groups = stories_of(ordered, tools)
    aliases = tools.keyword_rules.aliases
    rules = tools.compare_rules
    opposed = (
        figures.disagreements(ordered, [g.members for g in groups], tools.tokenize, rules) if rules else ()
    )
    before = last.figures if last else ()
    return digest_step.fold(
        ordered,
        [(g.members, sorted(g.copies), {f.place: (f.same, f.repeats) for f in g.facts}) for g in groups],
        (*failures, *twice),
        title=title or s.digest.title or s.newsletter.name or load_messages(s.lang)["digest.title"],
        date=date,
        labels=with_found(tools.labels, new_themes),
        found=frozenset(theme.id for theme in new_themes),
        asides={
            theme.id: {f.place: (f.same, f.repeats) for f in _on_theme(ordered, theme.id, tools)}
            for theme in new_themes
        },
        plan=tools.plan,
        newsletter=tools.newsletter,
        keywords=keywords.batch_table(ordered, s.digest.keywords, aliases),
        theme_keywords=keywords.theme_tables(ordered, s.keywords.per_theme, aliases),
        number=number,
        url=s.newsletter.url or None,
        last=last,
        left_out=left_out,
        figures=figures.tables(ordered, opposed, before, s.digest.figures, rules) if rules else (),
        disagreements=opposed,
    )
