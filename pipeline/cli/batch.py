"""Reports of inputs as they get ready."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING, TypeVar

from .app import pipeline_for, shown, wrong_usage
from .outcome import Outcome, Talk
from .running import followed
from .text import tr

if TYPE_CHECKING:
    from pipeline import Pipeline
    from pipeline.records import Article, Failure, Report
    from pipeline.settings import Settings
    from pipeline.themes import Reason

_T = TypeVar("_T")


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
        from pipeline.records import DataError
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
