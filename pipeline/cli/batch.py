"""Reports of inputs as they get ready, and what is told of them at the end."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, NoReturn, TypeVar

import typer

from pipeline.records import Article, DataError, Failure, Note, Report
from pipeline.settings import Lang, Settings

from .app import ALL_WELL, NOTHING_DONE, SOME_FAILED, noted, pipeline_for, reason, shown, wrong_usage
from .running import followed
from .text import tr

if TYPE_CHECKING:
    from pipeline import Pipeline
    from pipeline.themes import Reason

_T = TypeVar("_T")

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


class Batch(Outcome):
    """Reports of inputs as they get ready, with the progress shown and the failures kept.

    Parameters
    ----------
    prints
        The command prints each report as it comes. On a terminal that is progress enough, and a bar would
        get between the lines.

    Attributes
    ----------
    stopping, waiting
        No further article is read; the next one is waited for (see `running.stoppable`).
    """

    def __init__(
        self, inputs: list[str], settings: Settings, *, prints: bool = False, talk: Talk | None = None
    ) -> None:
        super().__init__(settings.lang, talk or Talk())
        self._inputs, self._settings = inputs, settings
        self._prints = prints and sys.stdout.isatty()
        self.stopping = self.waiting = False
        self.pipeline: Pipeline = pipeline_for(settings)

    def __iter__(self) -> Iterator[Report]:
        made = self.pipeline.stream(self._articles(), self.failures.append)
        yield from self._told(made, lambda report: report)

    def explained(self) -> Iterator[tuple[Report, tuple[Reason, ...]]]:
        """Reports with what decided the theme of each sentence."""
        made = self.pipeline.explained(self._articles(), self.failures.append)
        for one in self._told(made, lambda one: one.report):
            yield one.report, one.reasons

    def _articles(self) -> Iterator[Article | Failure]:
        from pipeline import read

        rest = read(self._inputs, self._settings.reading())
        while not self.stopping:
            self.waiting = True
            try:
                item = next(rest, None)
            except KeyboardInterrupt:
                self.stopping = True
                return
            finally:
                self.waiting = False
            if item is None:
                return
            yield item

    def _told(self, made: Iterable[_T], report_of: Callable[[_T], Report]) -> Iterator[_T]:
        """What is made of the articles, counted and with the notes of the reports kept."""
        with followed(self._inputs, self._settings.lang, self.talk, prints=self._prints) as (tally, advance):
            for one in made:
                report = report_of(one)
                characters = sum(len(sentence.text) for sentence in report.sentences)
                self.made(report.source.path, report.warnings, characters)
                tally.made, tally.characters = self.reports, self.characters
                tally.failed = len(self.failures)
                tally.done = tally.made + tally.failed
                advance()
                yield one


class Kept(Outcome):
    """Reports that were made before, out of a file or a folder, with the failures told there.

    Exits with 2 where there are none to be read, or they know of themes that the settings do not.
    """

    def __init__(self, place: Path, settings: Settings, talk: Talk) -> None:
        super().__init__(settings.lang, talk)
        self._place = place
        self.pipeline: Pipeline = pipeline_for(settings)

    def __iter__(self) -> Iterator[Report]:
        from pipeline.store import failures_in
        from pipeline.writers.reports import load_reports

        labels = self.pipeline.labels()
        try:
            if self._place.is_dir():
                self.failures.extend(failures_in(self._place))
            for report in load_reports(self._place):
                unknown = [theme.id for theme in report.themes if theme.id not in labels]
                if unknown:
                    wrong_usage(tr("cli.other-themes", self._lang, themes=", ".join(unknown)))
                self.reports += 1
                yield report
        except ModuleNotFoundError:
            wrong_usage(tr("cli.no-pyarrow", self._lang))
        except DataError as error:
            wrong_usage(tr("cli.bad-reports", self._lang, path=error.place, detail=shown(error.problem)))
        except OSError as error:
            wrong_usage(
                tr("cli.bad-reports", self._lang, path=self._place, detail=error.strerror or str(error))
            )
