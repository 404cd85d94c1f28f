"""``yoyak figures``: the figures that articles report, as tables."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from .app import (
    Config,
    Fields,
    Inputs,
    Language,
    fields_from,
    settings_from,
    shown,
)
from .batch import Batch
from .tables import TABLE, put_tables, table_formats
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
    ] = TABLE,
    config: Config = None,
    lang: Language = None,
    fields: Fields = None,
) -> None:
    """Print the figures of articles, or write them into a folder with ``-o``."""
    settings = settings_from(config, lang, {"figures.enabled": True, **fields_from(fields, lang)})
    from pipeline.settings import load_messages
    from pipeline.writers.figures import FIGURE_WRITERS

    names = table_formats(format, FIGURE_WRITERS, output, settings.lang)
    texts = load_messages(settings.lang)
    batch = Batch(inputs, settings, prints=names == [TABLE])
    reports = list(batch)
    put_tables(
        names,
        lambda: _show(reports, texts),
        lambda name: FIGURE_WRITERS[name](reports, texts),
        output,
        "figures",
        settings.lang,
    )
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
