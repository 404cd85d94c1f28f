"""Reports into a file, or into a folder that keeps its state."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, NoReturn

import typer

from pipeline.resources import Lang

from .app import ALL_WELL, NOTHING_DONE, pipeline_for, shown, wrong_usage
from .batch import Batch
from .outcome import Outcome, Talk
from .running import INTERRUPTED, followed, measured, stoppable
from .text import tr

if TYPE_CHECKING:
    from pipeline import Pipeline
    from pipeline.settings import Settings
    from pipeline.store import Store, Written

#: Formats of a folder where none are asked for.
DEFAULT = ("json", "md", "html")
#: Endings of a file of reports.
_FILES = (".jsonl", ".ndjson", ".parquet")


def is_file(output: Path) -> bool:
    """Whether an output is a file of reports; what has another ending, and what is there, is a folder."""
    return output.suffix.lower() in _FILES and not output.is_dir()


def to_file(batch: Batch, output: Path, settings: Settings, formats: Sequence[str]) -> NoReturn:
    """Write all reports into one file, whole or not at all; after Ctrl-C what there is, beside it."""
    from pipeline.store.files import write_all
    from pipeline.writers import dump
    from pipeline.writers.reports import write_parquet

    lang = settings.lang
    ending = "parquet" if output.suffix.lower() == ".parquet" else "jsonl"
    if formats and list(formats) != [ending]:
        wrong_usage(tr("cli.one-format", lang, path=output, value=", ".join(formats), format=ending))
    if ending == "parquet":
        _needs_pyarrow(lang)
    partial_ = output.with_name(f".{output.name}.part")
    lines = (dump(report).encode("utf-8") for report in batch)
    with _told_of_files(output, lang), measured(batch, lang) as clock, stoppable(batch):
        if clock:
            clock.watch_encoder(batch.pipeline.tools.encoder)
        output.parent.mkdir(parents=True, exist_ok=True)
        try:
            with partial_.open("wb") as file:
                if ending == "parquet":
                    write_parquet(lines, file)
                else:
                    file.writelines(line + b"\n" for line in lines)
        except BaseException:
            partial_.unlink(missing_ok=True)
            raise
        if not batch.reports:
            partial_.unlink()
            batch.finish()
        target = output.with_stem(f"{output.stem}.partial") if batch.stopping else output
        write_all(output.parent, output.parent, {target.name: partial_})
        if batch.stopping:
            batch.told()
            typer.echo(tr("cli.stopped-file", lang, count=batch.reports, path=target), err=True)
            raise typer.Exit(INTERRUPTED)
        if not batch.talk.quiet:
            typer.echo(tr("cli.written-reports", lang, count=batch.reports, path=output), err=True)
        batch.finish()


def to_folder(
    inputs: Sequence[str],
    output: Path,
    settings: Settings,
    formats: Sequence[str],
    talk: Talk,
    *,
    force: bool = False,
) -> NoReturn:
    """Write reports into a folder: those that are not there, or out of what has changed."""
    from pipeline.store import STATE, fill, job_of

    if "parquet" in formats:
        _needs_pyarrow(settings.lang)
    if (output / STATE / "ray.json").exists():
        wrong_usage(tr("cli.other-engine", settings.lang, path=output))
    job = job_of(inputs, settings, formats)

    def run(store: Store, load: Callable[[Settings], Pipeline]) -> Iterator[Written]:
        return fill(store, job, "all" if force else "nothing", load)

    _fill(output, inputs, settings.lang, talk, run)


def retry_folder(folder: Path, lang: Lang, talk: Talk) -> NoReturn:
    """Do again what failed in a folder."""
    from pipeline.store import STATE, retry

    if not (folder / STATE).is_dir():
        wrong_usage(tr("cli.no-state", lang, path=folder))

    def run(store: Store, load: Callable[[Settings], Pipeline]) -> Iterator[Written]:
        if not store.jobs_to_retry():
            if not talk.quiet:
                typer.echo(tr("cli.nothing-to-retry", lang, path=folder), err=True)
            raise typer.Exit(ALL_WELL)
        return retry(store, load)

    _fill(folder, [], lang, talk, run)


def _fill(
    folder: Path,
    inputs: Sequence[str],
    lang: Lang,
    talk: Talk,
    run: Callable[[Store, Callable[[Settings], Pipeline]], Iterator[Written]],
) -> NoReturn:
    from pipeline.store import Store

    outcome = Outcome(lang, talk)
    with _told_of_files(folder, lang), Store(folder) as store, measured(outcome, lang) as clock:

        def load(settings: Settings) -> Pipeline:
            pipeline = pipeline_for(settings)
            if clock:
                clock.watch_encoder(pipeline.tools.encoder)
            return pipeline

        outcome.failures = store.failures
        with stoppable(store), followed(inputs, lang, talk) as (tally, advance):
            for one in run(store, load):
                outcome.made(one.path, one.warnings, one.characters)
                counts = store.counts
                tally.made, tally.characters, tally.failed = counts.made, counts.characters, counts.failed
                tally.done = counts.made + counts.left + counts.failed + counts.copies
                advance()
        outcome.left = store.counts.left
        stopped = store.stopping
        code = _told(outcome, folder, lang, stopped=stopped)
    raise typer.Exit(code)


def _told(outcome: Outcome, folder: Path, lang: Lang, *, stopped: bool) -> int:
    """What became of a folder; the exit code."""
    if outcome.reports + outcome.left and not outcome.talk.quiet:
        key = "cli.written-new" if outcome.left else "cli.written-reports"
        counts = {"count": outcome.reports, "left": outcome.left, "path": folder}
        typer.echo(tr(key, lang, **counts), err=True)
    code = outcome.told()
    if any(failure.reason != "duplicate" for failure in outcome.failures):
        typer.echo(tr("cli.how-to-retry", lang, path=folder), err=True)
    if stopped:
        typer.echo(tr("cli.stopped-folder", lang, count=outcome.reports), err=True)
        return INTERRUPTED
    return code


@contextmanager
def _told_of_files(path: Path, lang: Lang) -> Iterator[None]:
    """A context in which what is wrong with the output is told, and ends the command with 1."""
    from pipeline.records import DataError, FolderBusyError

    try:
        yield
    except FolderBusyError as error:
        told = tr("cli.folder-busy", lang, path=path, holder=error.holder or "?")
    except DataError as error:
        told = tr("cli.bad-output", lang, path=path, detail=shown(str(error)))
    except OSError as error:
        told = tr("cli.bad-output", lang, path=error.filename or path, detail=error.strerror or error)
    else:
        return
    typer.echo(told, err=True)
    raise typer.Exit(NOTHING_DONE)


def _needs_pyarrow(lang: Lang) -> None:
    try:
        import pyarrow  # noqa: F401
    except ModuleNotFoundError:
        wrong_usage(tr("cli.no-pyarrow", lang))
