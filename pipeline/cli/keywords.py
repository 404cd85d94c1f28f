"""``yoyak keywords``: a keyword table for each article."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

import typer

from .app import (
    Batch,
    Config,
    Fields,
    Inputs,
    Language,
    Themes,
    fields_from,
    formats,
    settings_from,
    shown,
)
from .text import tr

if TYPE_CHECKING:
    from collections.abc import Mapping

    from rich.table import Table

    from pipeline.records import Report

_BAR = 20


def keywords(
    inputs: Inputs,
    top: Annotated[int | None, typer.Option("--top", min=1, help=tr("cli.top"))] = None,
    format: Annotated[
        str, typer.Option("--format", help=tr("cli.formats"), metavar="table,csv,json,md")
    ] = "table",
    themes: Themes = None,
    config: Config = None,
    lang: Language = None,
    fields: Fields = None,
) -> None:
    """Print a keyword table for each article."""
    settings = settings_from(
        config, lang, {"keywords.top": top, "themes.set": themes, **fields_from(fields, lang)}
    )
    from pipeline.settings import load_messages
    from pipeline.writers.tables import KEYWORD_WRITERS

    (name, *_) = formats(format, ("table", *KEYWORD_WRITERS), settings.lang)
    texts = load_messages(settings.lang)
    batch = Batch(inputs, settings, prints=name == "table")
    if name == "table":
        from rich.console import Console

        console = Console(highlight=False)
        for report in batch:
            console.print(_table(report, texts))
    else:
        typer.echo(KEYWORD_WRITERS[name](list(batch), texts), nl=False)
    batch.finish()


def _table(report: Report, texts: Mapping[str, str]) -> Table:
    from rich.table import Table
    from rich.text import Text

    table = Table(title=Text(shown(report.title or report.id)), title_justify="left")
    for key in ("term", "variants", "theme", "count", "score"):
        table.add_column(texts[f"digest.{key}"], justify="right" if key == "count" else "left")
    labels = {theme.id: theme.label for theme in report.themes}
    for keyword in report.keywords:
        table.add_row(
            Text(shown(keyword.term)),
            Text(shown(", ".join(keyword.variants))),
            labels.get(keyword.theme or "", ""),
            str(keyword.count),
            "█" * max(1, round(keyword.score * _BAR)),
        )
    return table
