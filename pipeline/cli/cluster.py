"""``yoyak summarize --engine ray``: archives on the machines of a cluster."""

from __future__ import annotations

import contextlib
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from importlib.util import find_spec
from pathlib import Path
from typing import TYPE_CHECKING, NoReturn

import typer

from pipeline.resources import Lang

from .app import NOTHING_DONE, pipeline_for, wrong_usage
from .outcome import Outcome, Talk
from .running import INTERRUPTED, followed, measured
from .text import tr

if TYPE_CHECKING:
    from pipeline.settings import Settings

#: The name of the engine.
RAY = "ray"


def to_cluster(
    inputs: Sequence[str],
    output: str | None,
    settings: Settings,
    formats: Sequence[str],
    talk: Talk,
    *,
    force: bool = False,
) -> NoReturn:
    """Write reports of Parquet and JSON Lines into shards, by Ray's actors."""
    from pipeline.store import SHARDED

    lang = settings.lang
    names = list(formats) or ["parquet"]
    if output is None or not set(names) <= set(SHARDED) or Path(output).suffix in (".jsonl", ".parquet"):
        wrong_usage(tr("cli.ray-output", lang))
    # What is wrong with the settings is told here, and not by a worker.
    local = settings.model_copy(update={"run": settings.run.model_copy(update={"engine": "serial"})})
    pipeline_for(local)
    if find_spec("ray") is None:
        wrong_usage(tr("cli.missing-extra", lang, extra="ray"))
    outcome = Outcome(lang, talk)
    with _held(output, lang), measured(outcome, lang):
        code = _run(inputs, output, local, names, outcome, force=force)
    raise typer.Exit(code)


def _run(
    inputs: Sequence[str],
    output: str,
    settings: Settings,
    names: Sequence[str],
    outcome: Outcome,
    *,
    force: bool,
) -> int:
    from pipeline.store.cluster import archive, on_ray

    lang = settings.lang
    try:
        with on_ray(settings.run.workers) as count, followed(inputs, lang, outcome.talk) as (tally, advance):
            for now in archive(inputs, output, settings, names, force=force, actors_=count):
                outcome.reports, outcome.left, outcome.characters = now.made, now.left, now.characters
                outcome.failures = now.failures
                tally.made, tally.characters = now.made, now.characters
                tally.failed = sum(one.reason != "duplicate" for one in now.failures)
                tally.done = now.made + now.left + len(now.failures)
                advance()
    except KeyboardInterrupt:
        typer.echo(tr("cli.stopped-folder", lang, count=outcome.reports), err=True)
        return INTERRUPTED
    if outcome.reports + outcome.left and not outcome.talk.quiet:
        key = "cli.written-new" if outcome.left else "cli.written-reports"
        counts = {"count": outcome.reports, "left": outcome.left, "path": output}
        typer.echo(tr(key, lang, **counts), err=True)
    return outcome.told()


@contextmanager
def _held(output: str, lang: Lang) -> Iterator[None]:
    """A context in which a folder of this machine is ours alone, and what is wrong with it is told."""
    from pipeline.records import FolderBusyError
    from pipeline.store import STATE
    from pipeline.store.lock import Lock
    from pipeline.store.places import is_remote

    with contextlib.ExitStack() as stack:
        try:
            if not is_remote(output):
                state = Path(output) / STATE
                state.mkdir(parents=True, exist_ok=True)
                if (state / "manifest.sqlite").exists():
                    wrong_usage(tr("cli.other-engine", lang, path=output))
                stack.callback(Lock(state / "lock").release)
            yield
        except FolderBusyError as error:
            told = tr("cli.folder-busy", lang, path=output, holder=error.holder or "?")
        except (OSError, ValueError) as error:
            told = tr("cli.bad-output", lang, path=output, detail=getattr(error, "strerror", None) or error)
        else:
            return
        typer.echo(told, err=True)
        raise typer.Exit(NOTHING_DONE)
