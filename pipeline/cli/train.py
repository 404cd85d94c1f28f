"""``yoyak train``: the models of ``models/`` again, from data."""

from __future__ import annotations

from functools import partial
from pathlib import Path
from typing import Annotated

import typer

from .app import NOTHING_DONE, Language
from .text import tr

train = typer.Typer(no_args_is_help=True, rich_markup_mode=None)

Data = Annotated[Path, typer.Option("--data", help=tr("cli.data"), exists=True, file_okay=False)]


@train.command(help=tr("cli.train-background"))
def background(
    data: Data,
    output: Annotated[Path, typer.Option("-o", "--output", help=tr("cli.output"))] = Path(
        "models/background.tsv"
    ),
    lang: Language = None,
) -> None:
    """Count document frequencies in ``DATA/news-sentences/*.ko``."""
    from pipeline.korean import load_kiwi, tokenize
    from pipeline.settings import resource
    from pipeline.train.background import train_background

    kiwi = load_kiwi(resource("configs/words.tsv"))
    try:
        documents, rows = train_background(data, output, partial(tokenize, kiwi))
    except OSError as error:
        typer.echo(str(error), err=True)
        raise typer.Exit(NOTHING_DONE) from error
    typer.echo(f"{documents} documents, {rows} rows: {output}")
