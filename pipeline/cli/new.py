"""``yoyak new``: a folder for a newsletter."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from .app import ALL_WELL, Language, wrong_usage
from .newsroom import in_language
from .text import said, tr


def new(
    folder: Annotated[Path, typer.Argument(help=tr("newsroom.folder"), show_default=False)],
    name: Annotated[str | None, typer.Option("--name", help=tr("newsroom.name-option"))] = None,
    lang: Language = None,
) -> None:
    """Make a newsroom."""
    from pipeline.newsroom import create

    own = in_language(lang)
    try:
        settings = create(folder, said(name) or "")
    except FileExistsError:
        wrong_usage(tr("newsroom.there", own, path=folder))
    except OSError as error:
        wrong_usage(tr("cli.bad-output", own, path=folder, detail=error.strerror or error))
    typer.echo(tr("newsroom.made", own, path=settings, folder=folder))
    raise typer.Exit(ALL_WELL)
