"""Issues of a newsroom: what each is made of, what it printed, and what is told no more."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import date as calendar
from datetime import datetime, time, timedelta
from hashlib import sha256
from zoneinfo import ZoneInfo

from ..records import Changes, Digest
from ..settings import Settings
from ..writers import dump, load_digest
from ..writers.json import load_record
from . import articles
from .base import Base

#: Issues of which nothing is told again.
MEMORY = 14


@dataclass(frozen=True, slots=True, kw_only=True)
class Kept:
    """An issue as the tables know it.

    Attributes
    ----------
    first, last
        It is made of the articles with keys after `first` up to `last`.
    since
        Only those that came in from then on, where somebody asked for that.
    sha256
        Of its JSON as it was written.
    changes
        A mark of its editor's changes that were made in it.
    sent
        When sending began; empty before.
    """

    date: str
    number: int
    first: int
    last: int
    since: str
    sha256: str
    changes: str
    sent: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Material:
    """What an issue is made of.

    Attributes
    ----------
    date
        ISO date of the issue.
    articles
        Those that are new since the last issue and have a report, none of them printed before.
    past
        Dates of the issues before, the latest first, each with a mark of it: nothing of them is told again.
    first, until
        Keys of articles: those after `first` up to `until` are the issue's.
    since
        As `Kept` has it.
    sent
        The issue has gone out: it changes no more.
    """

    date: str
    number: int
    articles: tuple[articles.Reported, ...]
    past: tuple[tuple[str, str], ...]
    first: int
    until: int
    since: str = ""
    sent: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Head:
    """What a list of issues shows of one.

    Attributes
    ----------
    headlines
        The lead's first.
    glance
        Labels of themes, each with its line at a glance.
    """

    title: str
    url: str | None
    headlines: tuple[str, ...]
    glance: tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class Listed:
    """An issue in a list of them; `written` is a moment in UTC."""

    date: str
    number: int
    written: str
    head: Head


#: Headlines of an issue in a list.
_HEADLINES = 6
#: Texts into the words by which they are found.
Words = Callable[[Sequence[str]], list[str]]
_COLUMNS = "date, number, first, last, since, sha256, changes, sent"


def _head(digest: Digest) -> Head:
    stories = [one for theme in digest.themes for one in theme.stories]
    stories.sort(key=lambda one: one.id != digest.lead)
    labels = {theme.id: theme.label for theme in digest.themes}
    return Head(
        title=digest.title,
        url=digest.url,
        headlines=tuple(one.headline for one in stories[:_HEADLINES]),
        glance=tuple((labels.get(line.theme, line.theme), line.text) for line in digest.glance),
    )


def listed(base: Base, most: int = 10_000) -> tuple[Listed, ...]:
    """Issues, the last one first."""
    rows = base.run("SELECT date, number, written, head FROM issues ORDER BY date DESC LIMIT ?", (most,))
    return tuple(
        Listed(date, number, written, load_record(Head, head)) for date, number, written, head in rows
    )


def _kept(row: tuple[object, ...] | None) -> Kept | None:
    return Kept(**dict(zip(_COLUMNS.split(", "), row, strict=True))) if row else None  # type: ignore[arg-type]


def issue(base: Base, date: str) -> Kept | None:
    """An issue by its date."""
    return _kept(base.one(f"SELECT {_COLUMNS} FROM issues WHERE date = ?", (date,)))


def before(base: Base, date: str) -> Kept | None:
    """The issue before a date."""
    return _kept(
        base.one(f"SELECT {_COLUMNS} FROM issues WHERE date < ? ORDER BY date DESC LIMIT 1", (date,))
    )


def after(base: Base, date: str) -> Kept | None:
    """The issue after a date."""
    return _kept(base.one(f"SELECT {_COLUMNS} FROM issues WHERE date > ? ORDER BY date LIMIT 1", (date,)))


def latest(base: Base) -> Kept | None:
    """The last issue."""
    return before(base, "9999-99-99")


def digest_of(base: Base, date: str) -> Digest | None:
    """An issue as it was written."""
    row = base.one("SELECT digest FROM issues WHERE date = ?", (date,))
    return load_digest(articles.unpacked(row[0])) if row else None


def memory(base: Base, date: str) -> tuple[tuple[str, str], ...]:
    """Dates of the issues before a date, the latest first, each with a mark of what it says."""
    rows = base.run(
        "SELECT date, sha256 FROM issues WHERE date < ? ORDER BY date DESC LIMIT ?", (date, MEMORY)
    )
    return tuple((day, mark) for day, mark in rows)


def stretch(base: Base, date: str, since: str | None, zone: str) -> tuple[int, int, str]:
    """The keys that an issue is made of, and from when on its articles came in.

    Parameters
    ----------
    since
        ISO date from which on articles are taken, printed ones never; None: those since the last issue.
    """
    own, last = issue(base, date), before(base, date)
    until = articles.last_key(base)
    if own is not None and (own.sent or after(base, date)):
        until = own.last
    if since is None and own is not None:
        return own.first, until, own.since
    if since is not None:
        midnight = datetime.combine(calendar.fromisoformat(since), time(), ZoneInfo(zone))
        return 0, until, midnight.astimezone(ZoneInfo("UTC")).isoformat(timespec="seconds")
    return (last.last if last else 0), until, ""


def material(base: Base, settings: Settings, date: str, since: str | None) -> Material:
    """What an issue is made of; see `Material`."""
    own, last = issue(base, date), before(base, date)
    first, until, gathered = stretch(base, date, since, settings.read.zone)
    days = settings.sources.days
    oldest = (calendar.fromisoformat(date) - timedelta(days=days)).isoformat() if days else ""
    return Material(
        date=date,
        number=own.number if own else last.number + 1 if last else 1,
        articles=articles.reported(base, first, until, but=date, gathered=gathered, day=oldest),
        past=memory(base, date),
        first=first,
        until=until,
        since=gathered,
        sent=bool(own and own.sent),
    )


def mark_of(changes: Changes) -> str:
    """A mark of what an editor changed; empty for nothing."""
    own = replace(changes, version=0)
    return "" if own == Changes() else sha256(dump(own).encode("utf-8")).hexdigest()


def put(base: Base, made: Material, digest: Digest, changes: Changes, json: str, words: Words) -> None:
    """Keep an issue, and what it printed; in a change of the caller's.

    Parameters
    ----------
    changes
        Those that are made in it.
    json
        Its JSON, as it is written.
    words
        Gives the words of texts by which they are found.
    """
    old = issue(base, made.date)
    base.run(
        "INSERT OR REPLACE INTO issues"
        " (date, number, first, last, since, written, sha256, sent, digest, head, changes)"
        " VALUES (?,?,?,?,?,?,?,?,?,?,?)",
        (
            made.date, made.number, made.first, made.until, made.since, articles.now(),
            sha256(json.encode("utf-8")).hexdigest(), old.sent if old else "", articles.packed(dump(digest)),
            dump(_head(digest)), mark_of(changes),
        ),
    )  # fmt: skip
    base.run("DELETE FROM printed WHERE issue = ?", (made.date,))
    base.run("DELETE FROM search WHERE issue = ?", (made.date,))
    of = {source.id: source for source in digest.sources}
    lines = {
        (line.article, line.sentence): line.text
        for theme in digest.themes
        for one in theme.stories
        for line in one.lines
    }
    # A story of a headline alone has printed that.
    titles = {
        (one.articles[0], -1): one.headline
        for theme in digest.themes
        for one in theme.stories
        if one.articles and not one.lines
    }
    printed = lines | titles
    heads = [(source.title or "") if (source := of.get(article)) else "" for article, _ in printed]
    found = words([*printed.values(), *heads])
    for place, ((article, sentence), text) in enumerate(printed.items()):
        base.run(
            "INSERT INTO search VALUES (?,?,?,?)",
            (made.date, place, found[place], found[len(printed) + place]),
        )
        source = of.get(article)
        base.run(
            "INSERT INTO printed VALUES (?,?,?,?,?,?,?,?)",
            (
                made.date, place, article, sentence, text, (source and source.title) or "",
                (source and source.publisher) or "", (source and source.url) or "",
            ),
        )  # fmt: skip
