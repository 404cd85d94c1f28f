"""What becomes of an article that comes in: new, known, another version of one, or the end of one."""

from __future__ import annotations

import re
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from typing import Literal

from ..korean.spelling import letters_of
from ..readers.seen import page
from ..records import Article
from . import articles
from .base import Base

#: A label in brackets before a title.
_LABEL = re.compile(r"\s*[\[<【〈(]([^\[\]<>【】〈〉()]{2,10})[\]>】〉)]\s*+(.*)", re.DOTALL)


@dataclass(frozen=True, slots=True)
class Taken:
    """What became of an article.

    Attributes
    ----------
    how
        ``new``; ``known`` (it is there already); ``corrected`` (it takes the place of a version that was not
        printed); ``late`` (it says anew what an issue has printed); ``withdrawn`` (it ends another one).
    title, issue
        Of the article, and the issue that printed it, where one did.
    """

    how: Literal["new", "known", "corrected", "late", "withdrawn"]
    title: str
    issue: str | None = None


def label_of(title: str, labels: Mapping[str, str]) -> tuple[str, str]:
    """What a title says of another article, ``withdrawn`` or ``corrected``, and the rest of it."""
    match = _LABEL.match(title)
    said = labels.get("".join(match[1].split()), "") if match else ""
    return (said, match[2].strip()) if match and said else ("", title)


def take_in(
    base: Base, article: Article, entry: str, source: str, labels: Mapping[str, str], run: Collection[int]
) -> tuple[Taken, int | None]:
    """Keep an article, as what it is; in a change of the caller's.

    Parameters
    ----------
    entry
        The same for every version of it; may be empty.
    source
        The feed, the address or the file that it came from.
    labels
        As `settings.load_labels` gives them.
    run
        Keys of what came in just now: two entries of one feed that share a page are no versions of another.

    Returns
    -------
    tuple of Taken and int
        With its key, where it was kept.
    """
    title = article.title or article.source.path
    if articles.same(base, article) is not None:
        return Taken("known", title), None
    said, rest = label_of(article.title or "", labels)
    at = page(article.source.url or "")
    front = at.endswith("?") and "/" not in at  # the address of an outlet is no article's
    old = [
        one
        for one in articles.earlier(base, entry, "" if front else at)
        if one.key not in run or (entry and one.entry == entry)
    ]
    if said and not old:
        meant = articles.by_title(base, article.source.publisher or "", letters_of(rest))
        old = [meant] if meant else []
    issue = next((when for one in old if (when := articles.printed_in(base, one.id))), None)
    if said == "withdrawn":
        for one in old:
            articles.put_state(base, one.key, "withdrawn")
        key = articles.take(base, article, entry, source, "withdrawn")
        return Taken("withdrawn", rest, issue), key
    for one in old:
        articles.put_state(base, one.key, "replaced")
    key = articles.take(base, article, entry, source, "late" if issue else "new")
    return Taken("late" if issue else "corrected" if old else "new", title, issue), key


def withdraw(base: Base, entry: str) -> Taken | None:
    """An entry is gone by its publisher's word; None where nothing of it stands."""
    old = articles.earlier(base, entry, "")
    for one in old:
        articles.put_state(base, one.key, "withdrawn")
    if not old:
        return None
    return Taken("withdrawn", old[0].title, articles.printed_in(base, old[0].id))
