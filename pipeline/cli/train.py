"""``yoyak train``: the models of ``models/`` again, from data."""

from __future__ import annotations

from functools import partial
from pathlib import Path
from typing import Annotated

import typer

from .app import NOTHING_DONE, EncoderName, Language, pipeline_for, settings_from, wrong_usage
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


@train.command(help=tr("cli.train-keywords"))
def keywords(
    gold: Annotated[Path, typer.Argument(help=tr("cli.gold"), exists=True, show_default=False)],
    split: Annotated[str | None, typer.Option("--split", help=tr("cli.split"))] = None,
    output: Annotated[Path, typer.Option("-o", "--output", help=tr("cli.output"))] = Path(
        "models/keywords.toml"
    ),
    encoder: EncoderName = None,
    lang: Language = None,
) -> None:
    """Fit the weights of the keyword score to labelled keyphrases."""
    from pipeline.evaluate.keywords import matches, read_gold
    from pipeline.train.keywords import fit, write

    pipeline = pipeline_for(settings_from(None, lang, {"encoder.name": encoder}))
    try:
        golds = list(read_gold(gold, split))
    except (OSError, ValueError) as error:
        wrong_usage(str(error))
    terms = [
        (features, matches(one, forms))
        for one in golds
        for forms, features in pipeline.keyword_terms(one.article)[1]
    ]
    if not any(taken for _, taken in terms):
        wrong_usage(f"{gold}: no gold data")
    write(fit([features for features, _ in terms], [taken for _, taken in terms]), len(golds), output)
    typer.echo(f"{len(golds)} articles, {len(terms)} terms: {output}")
