"""An issue beside the one before it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import Literal

from ..korean.spelling import key_of
from ..records import Digest, DigestKeyword, Issue

_HEADLINES = 5


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


def changes(table: Sequence[DigestKeyword], last: Sequence[DigestKeyword]) -> tuple[DigestKeyword, ...]:
    """Keywords with their change of rank against the table of the last issue."""
    ranks = {key_of(form): n for n, k in reversed([*enumerate(last, 1)]) for form in (k.term, *k.variants)}
    changed = []
    for now, keyword in enumerate(table, 1):
        before = ranks.get(key_of(keyword.term))
        changed.append(replace(keyword, change=_change(now, before), last=before))
    return tuple(changed)


def _change(now: int, before: int | None) -> Literal["new", "up", "down", "same"]:
    if before is None:
        return "new"
    return "up" if now < before else "down" if now > before else "same"
