"""What the commands of a newsroom share: opening it, telling what is wrong with it, what came in."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import date as calendar
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from pipeline.resources import Lang

from .app import NOTHING_DONE, encoder_errors, reason, shown, wrong_usage
from .text import language, tr

if TYPE_CHECKING:
    from pipeline.newsroom import Newsroom
    from pipeline.newsroom.gather import Gathered

Folder = Annotated[Path, typer.Option("-C", "--newsroom", help=tr("newsroom.folder-option"))]
Day = Annotated[str | None, typer.Option("--date", help=tr("newsroom.date"), metavar="YYYY-MM-DD")]
Since = Annotated[str | None, typer.Option("--since", help=tr("newsroom.since"), metavar="YYYY-MM-DD")]


def in_language(lang: str | None) -> Lang:
    """The language that was asked for, else that of the console."""
    return "en" if lang == "en" else "ko" if lang == "ko" else language(sys.argv[1:])


@contextmanager
def opened(folder: Path, lang: str | None) -> Iterator[Newsroom]:
    """A context with a newsroom. Exits with 2 where there is none, with 1 for what the disk says."""
    from pipeline.newsroom import open
    from pipeline.records import ConfigError, DataError, FolderBusyError

    own = in_language(lang)
    try:
        with encoder_errors(own), open(folder) as room:
            yield room
    except ConfigError as error:
        wrong_usage(tr("cli.config-error", own, detail=shown(str(error))))
    except DataError as error:
        wrong_usage(tr("newsroom.bad-base", own, detail=shown(str(error))))
    except FileNotFoundError as error:
        if Path(error.filename or str(error)).name != "newsletter.toml":
            raise
        wrong_usage(tr("newsroom.none", own, path=folder))
    except FolderBusyError as error:
        typer.echo(tr("cli.folder-busy", own, path=error.folder, holder=error.holder or "?"), err=True)
        raise typer.Exit(NOTHING_DONE) from error
    except OSError as error:
        detail = error.strerror or str(error)
        typer.echo(tr("cli.bad-output", own, path=error.filename or folder, detail=detail), err=True)
        raise typer.Exit(NOTHING_DONE) from error


def day(text: str | None, lang: Lang) -> str | None:
    """An ISO date; exits with 2 for what is none."""
    try:
        valid = text is None or calendar.fromisoformat(text).isoformat() == text
    except ValueError:
        valid = False
    if not valid:
        wrong_usage(tr("cli.bad-date", lang, value=text))
    return text


def tell_remade(lang: Lang) -> Callable[[int], None]:
    """Says on standard error that reports are made anew, which may take a while."""
    return lambda count: typer.echo(tr("newsroom.remade", lang, count=count), err=True)


def tell_gathered(found: Gathered, lang: Lang) -> None:
    """What came of asking, on standard error."""
    for one in found.told:
        key = f"newsroom.{one.how}-printed" if one.issue and one.how != "late" else f"newsroom.{one.how}"
        typer.echo(tr(key, lang, title=shown(one.title), issue=one.issue or ""), err=True)
    for failure in found.failures:
        told = {"source": shown(failure.source), "reason": reason(failure, lang)}
        typer.echo(tr("cli.failed", lang, **told), err=True)
    counts = {name: found.counts.get(name, 0) for name in ("new", "known", "corrected", "reports")}
    typer.echo(tr("newsroom.gathered", lang, sources=found.sources, **counts), err=True)
