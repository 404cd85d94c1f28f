"""The changes of an issue one by one: what a person reads of them, and how to take one back."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from hashlib import sha256

from ..records import ChangeKind, Changes, LineKey, LineOrder, StoryKey

#: Fields of `Changes` with several, and the kind of change that they hold.
_FIELDS: dict[str, ChangeKind] = {
    "pinned": "pinned",
    "lines": "pinned",
    "dropped": "dropped",
    "replaced": "replaced",
    "headlines": "headline",
    "moved": "moved",
    "order": "order",
    "hidden": "hidden",
    "merged": "merged",
    "rows": "hidden",
    "words": "words",
}


@dataclass(frozen=True, slots=True)
class Kept:
    """One change.

    Attributes
    ----------
    mark
        By which it is asked to be taken back.
    article
        Id of the article that it is about; the text says the rest.
    without
        All changes but this one.
    """

    mark: str
    kind: ChangeKind
    article: str
    text: str
    without: Changes


def each(changes: Changes) -> Iterator[Kept]:
    """The changes of an issue, kind by kind, in the order in which they were made."""
    if changes.lead:
        yield _kept("lead", changes.lead, replace(changes, lead=None))
    if changes.sections:
        yield Kept("sections", "order", "", ", ".join(changes.sections), replace(changes, sections=()))
    for field, kind in _FIELDS.items():
        own = getattr(changes, field)
        for n, one in enumerate(own):
            yield _kept(kind, one, replace(changes, **{field: own[:n] + own[n + 1 :]}))


def without(changes: Changes, mark: str) -> Changes | None:
    """The changes but for one; None where it is not there any more."""
    return next((one.without for one in each(changes) if one.mark == mark), None)


def _kept(kind: ChangeKind, one: object, left: Changes) -> Kept:
    mark = sha256(repr((kind, one)).encode("utf-8", "replace")).hexdigest()[:16]
    key = next(
        (
            found
            for name in ("line", "story", "what")
            if isinstance(found := getattr(one, name, None), StoryKey | LineKey)
        ),
        one,
    )
    article = getattr(key, "article", "")
    return Kept(mark, kind, article, _text(one, key), left)


def _text(one: object, key: object) -> str:
    """What tells a change from others of its kind: its words, else its sentence, else its term."""
    if isinstance(one, str):
        return one
    if isinstance(one, LineOrder | StoryKey):
        return ""
    if by := getattr(one, "by", None):
        return str(by.text)
    if into := getattr(one, "into", None):
        return f"{getattr(one, 'term', '')} → {into}"
    words = getattr(one, "text", None) or getattr(key, "text", None)
    row = [getattr(one, name, None) for name in ("subject", "metric", "period")]
    return str(words or " ".join(filter(None, row)) or getattr(one, "theme", ""))
