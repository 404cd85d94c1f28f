"""``yoyak train background``: document frequencies of morphemes in Korean news."""

from __future__ import annotations

from functools import partial
from pathlib import Path
from typing import Annotated

import typer

from ..app import NOTHING_DONE, Language
from ..text import tr


def background(
    data: Annotated[Path, typer.Option("--data", help=tr("cli.data"), exists=True, file_okay=False)],
    output: Annotated[Path, typer.Option("-o", "--output", help=tr("cli.output"))] = Path(
        "models/background.tsv"
    ),
    lang: Language = None,
) -> None:
    """Count document frequencies in the news sentences under DATA."""
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
