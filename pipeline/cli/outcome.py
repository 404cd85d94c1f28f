"""What a run has done, and what is told of it at the end."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, NoReturn

import typer

from pipeline.resources import Lang

from .app import ALL_WELL, NOTHING_DONE, SOME_FAILED, noted, reason, shown
from .text import tr

if TYPE_CHECKING:
    from pipeline.records import Failure, Note

#: Notes that are told one by one; of more, only how many.
_MOST_NOTES = 20


@dataclass(frozen=True, slots=True)
class Talk:
    """How much a command says.

    Attributes
    ----------
    quiet
        Nothing but what went wrong.
    verbose
        Each article, and every note.
    report
        Where what the run cost is written.
    """

    quiet: bool = False
    verbose: bool = False
    report: Path | None = None


class Outcome:
    """What a run has done, and how it ends: the notes, the failures, the exit code.

    Attributes
    ----------
    reports, left, characters
        Reports made, reports that were there already, and characters of those made.
    """

    def __init__(self, lang: Lang, talk: Talk) -> None:
        self._lang, self.talk = lang, talk
        self._notes: list[tuple[str, Note]] = []
        self._more = 0
        self.failures: list[Failure] = []
        self.reports = self.left = self.characters = 0

    def made(self, source: str, warnings: Iterable[Note], characters: int) -> None:
        """A report was made."""
        self.reports += 1
        self.characters += characters
        if self.talk.verbose:
            typer.echo(tr("cli.done", self._lang, source=shown(source)), err=True)
        for note in () if self.talk.quiet else warnings:
            if self.talk.verbose:
                self._note(source, note)
            elif len(self._notes) < _MOST_NOTES:
                self._notes.append((source, note))
            else:
                self._more += 1

    def finish(self, *, incomplete: bool = False) -> NoReturn:
        """Tell of every failure and exit: 0 all well, 1 nothing done, 3 some articles failed.

        Parameters
        ----------
        incomplete
            Something else failed, and was told: 3 as well.
        """
        raise typer.Exit(self.told(incomplete=incomplete))

    def told(self, *, incomplete: bool = False) -> int:
        """Tell of every failure; the exit code."""
        for source, note in self._notes:
            self._note(source, note)
        if self._more:
            typer.echo(tr("cli.more-notes", self._lang, count=self._more), err=True)
        failed = [failure for failure in self.failures if failure.reason != "duplicate"]
        for failure in failed if self.talk.quiet else self.failures:
            key = "cli.skipped" if failure.reason == "duplicate" else "cli.failed"
            typer.echo(
                tr(key, self._lang, source=shown(failure.source), reason=reason(failure, self._lang)),
                err=True,
            )
        if not self.reports + self.left:
            typer.echo(tr("cli.nothing-done", self._lang), err=True)
            return NOTHING_DONE
        if failed:
            counts = {"reports": self.reports + self.left, "failures": len(failed)}
            typer.echo(tr("cli.summary-line", self._lang, **counts), err=True)
        return SOME_FAILED if failed or incomplete else ALL_WELL

    def _note(self, source: str, note: Note) -> None:
        typer.echo(tr("cli.note", self._lang, source=shown(source), note=noted(note, self._lang)), err=True)
