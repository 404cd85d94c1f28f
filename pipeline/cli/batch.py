"""Reports of inputs as they get ready."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterable, Iterator
from typing import TYPE_CHECKING, TypeVar

from pipeline.records import Article, Failure, Report
from pipeline.settings import Settings

from .app import pipeline_for
from .outcome import Outcome, Talk
from .running import followed

if TYPE_CHECKING:
    from pipeline import Pipeline
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
