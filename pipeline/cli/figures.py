"""``yoyak figures``: the figures that articles report, as tables."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from .app import (
    Config,
    Fields,
    Inputs,
    Language,
    fields_from,
    formats,
    settings_from,
    shown,
    wrong_usage,
)
from .app import write as write_file
from .batch import Batch
from .console import put
from .text import tr

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from pipeline.records import Figure, Report

_WIDEST = 24
_COLUMNS = ("subject", "metric", "period", "text", "change", "modality")


def figures(
    inputs: Inputs,
    output: Annotated[Path | None, typer.Option("-o", "--output", help=tr("cli.figures-out"))] = None,
    format: Annotated[
        str, typer.Option("--format", help=tr("cli.formats"), metavar="table,csv,json,parquet")
    ] = "table",
    config: Config = None,
    lang: Language = None,
    fields: Fields = None,
) -> None:
    """Print the figures of articles, or write them into a folder with ``-o``."""
    settings = settings_from(config, lang, {"figures.enabled": True, **fields_from(fields, lang)})
    from pipeline.settings import load_messages
    from pipeline.writers.figures import FIGURE_WRITERS

    names = formats(format, ("table", *FIGURE_WRITERS), settings.lang)
    if output is None and "parquet" in names and sys.stdout.isatty():
        wrong_usage(tr("cli.needs-output", settings.lang, format="parquet"))
    texts = load_messages(settings.lang)
    batch = Batch(inputs, settings, prints=names == ["table"])
    reports = list(batch)
    for name in names:
        if name == "table":
            _show(reports, texts)
            continue
        try:
            content = FIGURE_WRITERS[name](reports, texts)
        except ModuleNotFoundError:
            wrong_usage(tr("cli.no-pyarrow", settings.lang))
        if output is None:
            put(content, name, nl=False)
        else:
            write_file(output / f"figures.{name}", content, settings.lang)
            typer.echo(output / f"figures.{name}")
    batch.finish()


def _show(reports: Sequence[Report], texts: Mapping[str, str]) -> None:
    from rich.console import Console
    from rich.table import Table
    from rich.text import Text

    console = Console(highlight=False)
    for report in reports:
        table = Table(title=Text(shown(report.title or report.id)), title_justify="left", expand=True)
        for key in _COLUMNS:
            table.add_column(texts[f"figures.{key}"], max_width=_WIDEST)
        for one in report.figures:
            table.add_row(*(Text(shown(cell)) for cell in _cells(one, texts)))
        console.print(table)


def _cells(one: Figure, texts: Mapping[str, str]) -> tuple[str, ...]:
    text = texts["figures.about"].replace("{text}", one.text) if one.approximate else one.text
    change = [texts[f"figures.{one.direction}"]] if one.direction else []
    return (
        one.subject or "",
        one.metric or "",
        one.period or "",
        text,
        " ".join([*change, *([texts[f"figures.{one.over}"]] if one.over else [])]),
        texts[f"figures.{one.modality}"],
    )
