"""What is new: feeds, addresses and files are asked, and what they say is taken in."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Collection, Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from urllib.parse import urlsplit

from ..readers import articles_of
from ..readers.seen import page
from ..readers.web import Web
from ..records import Article, Failure, Stamp, Unreadable
from ..settings import load_labels
from . import articles, inbox, intake
from .asking import politely
from .base import Base
from .intake import Taken
from .opml import feeds_in
from .room import Newsroom
from .sources import Answer, Asked, Entry, Late, Page, ask, late_of, read_entry, read_late

#: Tries at the page of an entry that fails in passing, after which what the feed says of it has to do.
_TRIES = 5


@dataclass(frozen=True, slots=True, kw_only=True)
class Gathered:
    """What came of asking.

    Attributes
    ----------
    counts
        How many articles were ``new``, ``known``, ``corrected``, ``late`` or ``withdrawn``, and how many
        ``reports`` were made.
    told
        Articles that say something of others: corrected, late, withdrawn.
    failures
        Sources that could not be had, pages and files likewise, and articles that give no report.
    sources
        Feeds and addresses that were asked.
    """

    counts: dict[str, int]
    told: tuple[Taken, ...]
    failures: tuple[Failure, ...]
    sources: int


def gather(room: Newsroom, told: Callable[[Taken], None] = lambda one: None) -> Gathered:
    """Take in what is new, and make the reports of it.

    Whatever ends it, the next one goes on: an article is kept with the mark that it was taken in, or neither.

    Parameters
    ----------
    told
        Called with each article that is taken in.

    Raises
    ------
    FolderBusyError
        Another process gathers.
    ConfigError
        The list of feeds can't be read.
    OSError
        The disk is full.
    """
    lock = room.lock("gather")
    try:
        work = _Gathering(room, told)
        work.files()
        work.web()
        made = room.make_reports(articles_since(room), told=work.failures.append)
        counts = {**work.counts, "reports": made}
        return Gathered(
            counts=counts, told=tuple(work.told), failures=tuple(work.failures), sources=work.sources
        )
    finally:
        lock.release()


def articles_since(room: Newsroom) -> int:
    """The key after which articles wait for an issue."""
    row = room.base.one("SELECT max(last) FROM issues WHERE sent <> ''")
    return int(row[0] or 0) if row else 0


class _Gathering:
    def __init__(self, room: Newsroom, told: Callable[[Taken], None]) -> None:
        self._room, self._base, self._tell = room, room.base, told
        self._settings = room.settings.sources
        self._labels = load_labels()
        self._keys: set[int] = set()
        self.counts: Counter[str] = Counter()
        self.told: list[Taken] = []
        self.failures: list[Failure] = []
        self.sources = 0

    # ── files ──────────────────────────────────────────────────────────────────────────────────────

    def files(self) -> None:
        """Take in what lies in the inbox."""
        folder = self._room.folder
        place = Path(self._settings.inbox)
        place = place if place.is_absolute() or place.is_relative_to(folder) else folder / place
        for item in inbox.new_files(folder, place, self._base, self._room.settings.reading()):
            if isinstance(item, Failure):
                if item.reason != "duplicate":
                    self.failures.append(item)
            elif isinstance(item, Stamp):
                with self._base.change():
                    inbox.stamped(self._base, item, folder)
            else:
                with self._base.change():
                    taken = self._take(item, f"file {item.source.path}", "inbox")
                self._say(taken)

    # ── the web ────────────────────────────────────────────────────────────────────────────────────

    def web(self) -> None:
        """Ask feeds and addresses, then the pages of what is new in them."""
        feeds = list(self._settings.feeds)
        feeds += feeds_in(Path(self._settings.opml)) if self._settings.opml else []
        asked = dict.fromkeys(feeds, True) | dict.fromkeys(self._settings.addresses, False)
        self.sources = len(asked)
        if not asked:
            return
        hosts = {urlsplit(name).hostname or "" for name in asked}
        web = Web(self._room.settings.reading(), hosts)

        def pause(url: str) -> float:
            return max(self._settings.pause, web.pause(url))

        try:
            known = {name: (name, self._asked(name)) for name in asked}
            parallel, before = self._settings.parallel, set[str]()
            answers = politely(
                list(known.values()),
                lambda one: ask(web, one, feed=asked[one.name]),
                parallel,
                pause,
                before,
            )
            waiting = list(self._answered(answers))
            # What is read in a feed itself is taken in before pages are waited for.
            for one in [one for one in waiting if one.whole]:
                self._read(one, read_entry(web, one))
            pages = self._each_once([one for one in waiting if not one.whole])
            asking: list[tuple[str, Entry | Late]] = [(one.link, one) for one in pages]
            asking += [(one.link, one) for one in self._late({one.name for one in waiting})]

            def read(one: Entry | Late) -> Page:
                return read_entry(web, one) if isinstance(one, Entry) else read_late(web, one)

            for asked_for, found in politely(asking, read, parallel, pause, before):
                if isinstance(found, Exception):
                    self.failures.append(_failure(asked_for.link, found))
                elif isinstance(asked_for, Entry):
                    self._read(asked_for, found)
                else:
                    self._read_late(asked_for, found)
            self._marks()
        finally:
            web.close()

    def _asked(self, name: str) -> Asked:
        row = self._base.one("SELECT name, etag, modified FROM sources WHERE name = ?", (name,))
        return Asked(*row) if row else Asked(name)

    def _answered(self, answers: Iterator[tuple[Asked, Answer | Exception]]) -> Iterator[Entry]:
        """Entries that say something new, of the feeds that answer; what else answers is taken in."""
        self._fresh: dict[str, Asked] = {}
        for asked, answer in answers:
            if isinstance(answer, Exception):
                failure = _failure(asked.name, answer)
                self.failures.append(failure)
                self._failed(failure)
                continue
            if not answer.unchanged:
                self._fresh[asked.name] = answer.asked
            self._well(asked.name)
            if answer.file is not None:
                self._page(asked.name, answer)
            for name in answer.deleted:
                with self._base.change():
                    taken = intake.withdraw(self._base, name)
                if taken is not None:
                    self._say(taken)
            for one in answer.entries[: self._room.settings.read.web.pages]:
                if not self._is_taken(one.name, one.mark):
                    yield one

    def _page(self, name: str, answer: Answer) -> None:
        assert answer.file is not None
        for item in articles_of(answer.file):
            if isinstance(item, Failure):
                self.failures.append(item)
                continue
            with self._base.change():
                taken = self._take(item, f"page {name}", name)
            self._say(taken)

    def _each_once(self, waiting: Sequence[Entry]) -> list[Entry]:
        """Of the entries that share a page the first: it is asked for once."""
        self._shared: dict[str, list[Entry]] = {}
        for one in waiting:
            self._shared.setdefault(page(one.link) or one.link, []).append(one)
        return [own[0] for own in self._shared.values()]

    def _read(self, one: Entry, read: Page) -> None:
        """Take in what an entry says, and that it was taken in; its page may be had another time."""
        with self._base.change():
            said = self._read_page(late_of(one), read)
            for other in self._shared.get(page(one.link) or one.link, [one]) if not one.whole else [one]:
                self._base.run("INSERT OR REPLACE INTO taken VALUES (?,?)", (other.name, other.mark))
        for taken in said:
            self._say(taken)

    def _read_late(self, one: Late, read: Page) -> None:
        """Take in a page that could not be had before."""
        with self._base.change():
            said = self._read_page(one, read)
        for taken in said:
            self._say(taken)

    def _read_page(self, one: Late, read: Page) -> list[Taken]:
        """Take in what a page says, or that it waits to be asked for again; in a change of the caller's."""
        if read.missing is not None and (not read.found or read.passing):
            self.failures.append(read.missing)
        if read.passing and one.tries + 1 < _TRIES:
            values = (one.name, one.link, one.feed, one.title, one.tries + 1)
            self._base.run("INSERT OR REPLACE INTO waiting VALUES (?,?,?,?,?)", values)
        else:
            self._base.run("DELETE FROM waiting WHERE name = ?", (one.name,))
        return [self._take(item, one.name, one.feed) for item in read.found if isinstance(item, Article)]

    def _late(self, asked: Collection[str]) -> list[Late]:
        """Entries whose pages could not be had before, but for those that are read anew."""
        rows = self._base.run("SELECT name, link, feed, title, tries FROM waiting ORDER BY name").fetchall()
        return [one for row in rows if (one := Late(*row)).name not in asked]

    def _is_taken(self, name: str, mark: str) -> bool:
        row = self._base.one("SELECT mark FROM taken WHERE name = ?", (name,))
        return row is not None and row[0] == mark

    # ── what is kept ───────────────────────────────────────────────────────────────────────────────

    def _take(self, article: Article, entry: str, source: str) -> Taken:
        taken, key = intake.take_in(self._base, article, entry, source, self._labels, self._keys)
        if key is not None:
            self._keys.add(key)
        return taken

    def _say(self, taken: Taken) -> None:
        self.counts[taken.how] += 1
        if taken.how in ("corrected", "late", "withdrawn"):
            self.told.append(taken)
        if taken.how != "known":
            self._tell(taken)

    def _well(self, name: str) -> None:
        _put_source(self._base, replace(self._asked(name)), well=articles.now())

    def _failed(self, failure: Failure) -> None:
        """Keep why a source failed; all of it is asked for the next time."""
        _put_source(self._base, Asked(failure.source), failure=failure)

    def _marks(self) -> None:
        """Keep the marks of the feeds of which all is taken in: until they change, nothing of them is new."""
        with self._base.change():
            for name, asked in self._fresh.items():
                self._base.run(
                    "UPDATE sources SET etag = ?, modified = ? WHERE name = ?",
                    (asked.etag, asked.modified, name),
                )


def _put_source(base: Base, asked: Asked, *, well: str = "", failure: Failure | None = None) -> None:
    base.run("INSERT OR IGNORE INTO sources (name) VALUES (?)", (asked.name,))
    if failure is None:
        base.run(
            "UPDATE sources SET asked = ?, well = ?, failures = 0, reason = '', detail = '' WHERE name = ?",
            (well, well, asked.name),
        )
    else:
        base.run(
            "UPDATE sources SET etag = '', modified = '', asked = ?, failures = failures + 1, reason = ?,"
            " detail = ? WHERE name = ?",
            (articles.now(), failure.reason, failure.detail, asked.name),
        )


def _failure(place: str, error: Exception) -> Failure:
    if isinstance(error, Unreadable):
        return error.failure(place)
    return Failure(place, "read", "error", f"{type(error).__name__}: {error}")
