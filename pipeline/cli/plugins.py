"""``yoyak plugins``: what there is to read, encode, summarize and write with, and who brings it."""

from __future__ import annotations

import json
from typing import Annotated

import typer

from .app import ALL_WELL, SOME_FAILED, Language, formats, settings_from, shown
from .console import put
from .text import tr


def plugins(
    mine: Annotated[bool, typer.Option("--only-added", help=tr("cli.only-added"))] = False,
    format: Annotated[str, typer.Option("--format", help=tr("cli.formats"), metavar="table,json")] = "table",
    lang: Language = None,
) -> None:
    """List what is built in and what installed packages add. Exits with 3 when one can't be used."""
    from dataclasses import asdict

    from pipeline import plugins as found

    settings = settings_from(None, lang, {})
    (name,) = formats(format, ("table", "json"), settings.lang)[:1]
    added = found.load()
    rows = [*(() if mine else found.own()), *added]
    if name == "json":
        put(json.dumps([asdict(row) for row in rows], ensure_ascii=False, indent=1), "json")
    elif not rows:
        typer.echo(tr("plugins.none", settings.lang))
    else:
        from rich.console import Console
        from rich.table import Table

        table = Table(
            *(tr(f"plugins.{column}", settings.lang) for column in ("kind", "name", "package", "state"))
        )
        for row in rows:
            state = shown(row.problem) if row.problem else row.target
            package = f"{row.package} {row.version}"
            table.add_row(tr(f"plugins.{row.kind}", settings.lang), row.name, package, state)
        Console(highlight=False).print(table)
    raise typer.Exit(SOME_FAILED if any(row.problem for row in added) else ALL_WELL)
