"""``yoyak evaluate units``: how well articles are cut into sentences, headings and boilerplate."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from ..app import Config, Language, pipeline_for, settings_from, shown, wrong_usage
from ..text import tr


def units(
    gold: Annotated[
        Path, typer.Argument(help=tr("cli.gold-units"), exists=True, file_okay=False, show_default=False)
    ],
    worst: Annotated[int, typer.Option("--worst", min=0, help=tr("cli.worst-units"))] = 20,
    config: Config = None,
    lang: Language = None,
) -> None:
    """Print the share of units found, of headings found, of boilerplate in the text, and what is wrong."""
    from pipeline.evaluate.units import judge_units

    settings = settings_from(config, lang, {})
    try:
        found = judge_units(gold, pipeline_for(settings))
    except ValueError as error:
        wrong_usage(str(error))
    typer.echo(
        tr(
            "cli.units-found",
            settings.lang,
            articles=found.articles,
            units=found.units,
            found=found.found,
            share=f"{found.found / max(1, found.units):.4f}",
            headings=found.headings,
            headings_found=found.headings_found,
            boilerplate=found.boilerplate,
            leaked=found.leaked,
        )
    )
    for name, kind, text in found.wrong[:worst]:
        typer.echo(f"{shown(name)}\t{tr(f'cli.units-{kind}', settings.lang)}\t{shown(text)[:120]}")
