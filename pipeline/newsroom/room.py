"""A newsroom: a folder with a newsletter's settings, its memory and its issues."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from contextlib import suppress
from datetime import datetime
from functools import partial
from pathlib import Path
from zoneinfo import ZoneInfo

from ..digest import Basis, edited
from ..records import Changes, DataError, Digest, Edited, Failure, Report
from ..run import Pipeline
from ..run.batches import made as made_of
from ..run.steps import reports
from ..settings import (
    Settings,
    load_changes,
    load_messages,
    load_newsletter,
    load_story_rules,
    resource,
)
from ..store.lock import Lock
from ..store.marks import mark_of
from ..stories import Told
from ..writers import DIGEST_WRITERS, ENDINGS, write_whole
from ..writers.html import digest_page
from . import articles, bases, issues
from .archive import beside, write_archive
from .base import Base
from .find import words_of
from .issues import Material
from .letters import without_one_click

#: What a newsroom's folder holds.
SETTINGS, BASE, INBOX, ISSUES, STATE = "newsletter.toml", "newsroom.db", "inbox", "issues", ".yoyak"
#: The editor's changes, in the folder of an issue.
CHANGES = "issue.toml"
#: Formats of an issue's files.
FORMATS = ("html", "email", "eml", "md", "json")
#: Articles whose reports are made together.
_BATCH = 32


def create(folder: Path | str, name: str = "") -> Path:
    """Make a newsroom, and return its settings file.

    Raises
    ------
    FileExistsError
        There is one already; nothing is written then.
    OSError
        The folder can't be written to.
    """
    folder = Path(folder)
    settings = folder / SETTINGS
    if settings.exists() or (folder / BASE).exists():
        raise FileExistsError(str(folder))
    for inside in (INBOX, ISSUES, STATE):
        (folder / inside).mkdir(parents=True, exist_ok=True)
    text = resource("configs/newsletter.toml").read_text(encoding="utf-8")
    escaped = (name or folder.resolve().name).replace("\\", "\\\\").replace('"', '\\"')
    write_whole(settings, text.replace("{name}", "".join(c for c in escaped if c.isprintable())))
    Base(folder / BASE).close()
    return settings


class Newsroom:
    """A newsroom that is there; for one thread at a time.

    Attributes
    ----------
    settings
        Those of ``newsletter.toml``, over our defaults.
    base
        Its tables.

    Raises
    ------
    FileNotFoundError
        The folder is no newsroom.
    ConfigError
        ``newsletter.toml`` is wrong; the message names key and line.
    DataError
        ``newsroom.db`` is of a later version, or none.
    """

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        if not (folder / SETTINGS).is_file():
            raise FileNotFoundError(str(folder / SETTINGS))
        self.settings: Settings = load_newsletter(folder / SETTINGS)
        (folder / STATE).mkdir(exist_ok=True)
        self.base = Base(folder / BASE)
        self._pipeline: Pipeline | None = None

    def close(self) -> None:
        """Let go of its tables."""
        self.base.close()

    def __enter__(self) -> Newsroom:
        """Open, to be closed at the end of the context."""
        return self

    def __exit__(self, *_: object) -> None:
        """Close."""
        self.close()

    @property
    def pipeline(self) -> Pipeline:
        """Loaded when it is first asked for: that takes a second."""
        if self._pipeline is None:
            self._pipeline = Pipeline(self.settings)
        return self._pipeline

    @property
    def templates(self) -> Path | None:
        """A folder of templates of the newsletter's own."""
        own = self.settings.newsletter.templates
        return Path(own).resolve() if own else None

    def today(self) -> str:
        """ISO date of this day, where the newsroom is."""
        return datetime.now(ZoneInfo(self.settings.read.zone)).date().isoformat()

    def lock(self, name: str) -> Lock:
        """A lock for work that one process does at a time: ``gather``, ``send``.

        Raises
        ------
        FolderBusyError
            Another process is at it.
        """
        return Lock(self.folder / STATE / f"{name}.lock")

    # ── an issue ───────────────────────────────────────────────────────────────────────────────────

    def issue_folder(self, date: str) -> Path:
        """Where an issue's files are."""
        return self.folder / ISSUES / date

    def material(
        self,
        date: str | None = None,
        since: str | None = None,
        told: Callable[[int], object] = lambda count: None,
    ) -> Material:
        """What the issue of a day is made of; reports that are not of today's settings are made anew.

        Parameters
        ----------
        date
            ISO date; default: today.
        since
            ISO date from which on articles are taken, printed ones never; default: those since the last
            issue, or what was asked for when the issue was first made.
        told
            Called with how many reports are made anew, where there are any, before they are.
        """
        day = date or self.today()
        first, until, _ = issues.stretch(self.base, day, since, self.settings.read.zone)
        old = articles.count_without_report(self.base, mark_of(self.settings), first, until)
        if old:
            told(old)
            self.make_reports(first, until)
        return issues.material(self.base, self.settings, day, since)

    def basis(self, material: Material) -> Basis:
        """The issue that its articles make, before an editor changes anything: made once, then kept."""
        mark = bases.mark_of(material, self.settings)
        found = bases.kept(self.base, material, mark)
        if found is not None:
            return found
        own = self.reports(material)
        past = [issues.digest_of(self.base, date) for date, _ in material.past]
        earlier = [one for one in past if one is not None]
        made = self.pipeline.basis(
            own,
            date=material.date,
            number=material.number,
            last=earlier[0] if earlier else None,
            earlier=earlier[1:],
        )
        with suppress(OSError):  # a folder that can only be read, a full disk: it is made anew the next time
            bases.keep(self.base, material, mark, made, own)
        return made

    def waiting(self, material: Material) -> int:
        """How many articles have come in that an issue could take in."""
        later = issues.after(self.base, material.date)
        return 0 if later else articles.waiting(self.base, material.until)

    def reports(self, material: Material) -> tuple[Report, ...]:
        """Reports of the articles that an issue is made of."""
        return tuple(articles.report(self.base, one.key) for one in material.articles)

    def changes(self, date: str) -> Changes:
        """What an editor changed in the issue of a day.

        Raises
        ------
        ConfigError
            ``issue.toml`` is wrong; the message names the key and its line.
        """
        return load_changes(self.issue_folder(date) / CHANGES)

    def compose(self, material: Material, changes: Changes | None = None) -> Edited:
        """The issue that its articles make, with changes: those of its ``issue.toml`` by default."""
        made = self.changes(material.date) if changes is None else changes
        return self.edited(self.basis(material), made)

    def edited(self, basis: Basis, changes: Changes) -> Edited:
        """An issue with its editor's changes: nothing that analyses texts is loaded for it."""
        return edited(basis, changes, lambda: Told(load_story_rules()))

    def write(self, material: Material, digest: Digest, changes: Changes | None = None) -> tuple[Path, ...]:
        """Write an issue's files, and remember what it prints.

        Parameters
        ----------
        changes
            Those that are made in it; default: those of its ``issue.toml``. Where the file says other ones
            later, the issue is not sent before it is written again.

        Notes
        -----
        Each file is whole at any moment. What the tables know is what the files say, or a mark says that
        they do not: then the issue is written anew before it is sent.

        Raises
        ------
        DataError
            The issue was sent.
        OSError
            The disk is full, the folder can't be written to.
        """
        if material.sent:
            raise DataError(self.issue_folder(material.date), "sent")
        texts, date = load_messages(self.settings.lang), material.date
        changes = self.changes(date) if changes is None else changes
        made = {}
        for name in FORMATS:
            if name == "html":
                made[name] = digest_page(digest, texts, self.templates, beside(self.base, date))
            else:
                made[name] = DIGEST_WRITERS[name](digest, texts, self.templates)
        if not self.settings.sending.one_click:
            made["eml"] = without_one_click(made["eml"])
        written = []
        for name, content in made.items():
            written.append(self.issue_folder(date) / f"digest.{ENDINGS.get(name, name)}")
            write_whole(written[-1], content)
        with self.base.change():
            issues.put(self.base, material, digest, changes, made["json"], self._words)
        self._write_neighbours(date, texts)
        write_archive(self.base, self.folder / ISSUES, digest.newsletter, texts, self.templates)
        return tuple(written)

    def _words(self, texts: Sequence[str]) -> list[str]:
        return words_of(texts, self.pipeline.tools.tokenize)

    def _write_neighbours(self, date: str, texts: dict[str, str]) -> None:
        """Write the pages of the issues before and after one anew: they lead to it."""
        for near in (issues.before(self.base, date), issues.after(self.base, date)):
            path = self.issue_folder(near.date) / "digest.html" if near else None
            other = issues.digest_of(self.base, near.date) if near else None
            if near and path and other and path.exists():
                write_whole(path, digest_page(other, texts, self.templates, beside(self.base, near.date)))

    # ── reports ────────────────────────────────────────────────────────────────────────────────────

    def make_reports(
        self, first: int = 0, last: int | None = None, told: Callable[[Failure], None] | None = None
    ) -> int:
        """Make the reports of articles that have none of today's settings and version.

        Parameters
        ----------
        first, last
            Keys of articles: those after `first` up to `last`.
        told
            Called with each article that gives none.

        Returns
        -------
        int
            How many were made.
        """
        mark = mark_of(self.settings)
        waiting = list(articles.without_report(self.base, mark, first, last))
        work = partial(made_of, reports)
        count = 0
        for start in range(0, len(waiting), _BATCH):
            batch = waiting[start : start + _BATCH]
            found = work([article for _, article in batch], self.pipeline.tools)
            with self.base.change():
                for (key, _), one in zip(batch, found, strict=True):
                    articles.put_report(self.base, key, mark, one)
            for one in found:
                count += not isinstance(one, Failure)
                if isinstance(one, Failure) and told is not None:
                    told(one)
        return count
