"""An issue beside the one before it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import Literal

from ..korean.spelling import key_of
from ..records import Digest, DigestKeyword, Issue, Report, Sentence, Source

_HEADLINES = 5
#: Fewest lines by which an event is known again.
_LINES = 2


def as_issue(digest: Digest) -> Issue:
    """A digest as a list of issues shows it: its lead first among the headlines."""
    stories = [story for theme in digest.themes for story in theme.stories]
    stories.sort(key=lambda story: story.id != digest.lead)
    return Issue(
        title=digest.title,
        number=digest.number,
        date=digest.date,
        url=digest.url,
        headlines=tuple(story.headline for story in stories[:_HEADLINES]),
    )


def told_of(digest: Digest) -> frozenset[str]:
    """Articles that an issue quotes, or of which it tells with the words of another one."""
    threads = [one for section in digest.themes for one in section.stories]
    lines = [line for one in threads for line in one.lines]
    quoted = {line.article for line in lines} | {place.article for line in lines for place in line.also}
    return frozenset(quoted.union(article for one in threads for article in one.articles[:1]))


def as_reports(digest: Digest) -> tuple[Report, ...]:
    """What an issue told of each event, as if it were an article: its headline, then its lines.

    A single line says too little to know the event again.
    """
    headlines: dict[str, str] = {}
    lines: dict[str, list[str]] = {}
    for one in (one for section in digest.themes for one in section.stories):
        event = one.event or one.id
        headlines.setdefault(event, one.headline)
        lines.setdefault(event, []).extend(line.text for line in one.lines)
    return tuple(
        _as_report(event, headline, lines[event], digest.date)
        for event, headline in headlines.items()
        if len(lines[event]) >= _LINES
    )


def _as_report(event: str, headline: str, lines: Sequence[str], date: str | None) -> Report:
    sentences = tuple(
        Sentence(n, text, 0, len(text), "body", None, None, {}, 1.0) for n, text in enumerate(lines)
    )
    order = tuple(range(len(lines)))
    return Report(
        id=f"last-{event}",
        title=headline,
        source=Source(path=event, published=date, sha256=""),
        sentences=sentences,
        ranking=order,
        summary=order,
        themes=(),
        keywords=(),
    )


def changes(table: Sequence[DigestKeyword], last: Sequence[DigestKeyword]) -> tuple[DigestKeyword, ...]:
    """Keywords with their change of rank against the table of the last issue."""
    ranks = {key_of(form): n for n, k in reversed([*enumerate(last, 1)]) for form in (k.term, *k.variants)}
    changed = []
    for now, keyword in enumerate(table, 1):
        before = ranks.get(key_of(keyword.term))
        changed.append(replace(keyword, change=_change(now, before), last=before))
    return tuple(changed)


def moved(table: Sequence[DigestKeyword]) -> tuple[DigestKeyword, ...]:
    """A table that was compared with the last issue's, after rows of it came or went."""
    return tuple(
        keyword if keyword.change is None else replace(keyword, change=_change(now, keyword.last))
        for now, keyword in enumerate(table, 1)
    )


def _change(now: int, before: int | None) -> Literal["new", "up", "down", "same"]:
    if before is None:
        return "new"
    return "up" if now < before else "down" if now > before else "same"
