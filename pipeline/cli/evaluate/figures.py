"""``yoyak evaluate figures``: how well the figures of articles are read."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from ..app import Config, Language, pipeline_for, settings_from, shown, wrong_usage
from ..text import tr


def figures(
    gold: Annotated[
        Path, typer.Argument(help=tr("cli.gold-figures"), exists=True, file_okay=False, show_default=False)
    ],
    wrong: Annotated[bool, typer.Option("--wrong", help=tr("cli.figures-wrong"))] = False,
    config: Config = None,
    lang: Language = None,
) -> None:
    """Print precision, recall and F1: values, values with subject and period, whole records."""
    from rich.console import Console
    from rich.table import Table

    from pipeline.evaluate.figures import judge_figures

    settings = settings_from(config, lang, {"figures.enabled": True})
    try:
        found = judge_figures(gold, pipeline_for(settings))
    except ValueError as error:
        wrong_usage(str(error))
    counts = {"articles": found.articles, "gold": found.gold, "found": found.found}
    typer.echo(tr("cli.figures-found", settings.lang, **counts))
    table = Table(box=None)
    for key in ("measure", "precision", "recall"):
        table.add_column(tr(f"cli.{key}" if key == "measure" else f"keywords.{key}", settings.lang))
    table.add_column("F1")
    for key, count in (("values", found.values), ("told", found.told), ("whole", found.whole)):
        scores = (f"{score:.3f}" for score in found.scores(count))
        table.add_row(tr(f"figures.{key}", settings.lang), *scores)
    Console(highlight=False).print(table)
    for article, kind, text in found.wrong if wrong else ():
        typer.echo(f"{shown(article)}  {tr(f'figures.{kind}', settings.lang)}  {shown(text)}")
