"""``yoyak train``: the models of ``models/`` again, from data."""

from __future__ import annotations

from functools import partial
from pathlib import Path
from typing import Annotated

import typer

from pipeline.records import OTHER

from .app import NOTHING_DONE, EncoderName, Language, settings_from
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


@train.command(help=tr("cli.train-themes"))
def themes(
    gold: Annotated[Path, typer.Argument(help=tr("cli.gold"), exists=True)] = Path("tests/gold/themes"),
    output: Annotated[Path, typer.Option("-o", "--output", help=tr("cli.output"))] = Path(
        "models/themes.toml"
    ),
    encoder: EncoderName = None,
    lang: Language = None,
) -> None:
    """Fit the weights of the theme step on the articles of GOLD whose split is ``fit``."""
    from pipeline import Pipeline, __version__
    from pipeline.readers.gold import read_gold
    from pipeline.settings import load_theme_model
    from pipeline.train.themes import Labelled, fit, targets_of, write_model

    settings = settings_from(None, lang, {"encoder.name": encoder})
    pipelines: dict[str, Pipeline] = {}
    labelled = []
    for one in read_gold(gold, "fit"):
        if one.themes not in pipelines:
            own = settings.themes.model_copy(update={"set": one.themes})
            pipelines[one.themes] = Pipeline(settings.model_copy(update={"themes": own}))
        pipeline = pipelines[one.themes]
        document = pipeline.document(one.article)
        evidence = pipeline.evidence(document)
        content = evidence.place.content.tolist()
        ids = (*(theme.id for theme in pipeline.theme_set.themes), OTHER)
        labelled.append(Labelled(evidence, targets_of(one.align(document.units), content, ids)))
    if not labelled:
        typer.echo(tr("cli.nothing-done", settings.lang), err=True)
        raise typer.Exit(NOTHING_DONE)
    model = fit(labelled, load_theme_model().cues)
    sentences = int(sum((one.targets.sum(axis=1) > 0).sum() for one in labelled))
    write_model(
        model,
        output,
        {
            "by": f"yoyak {__version__}",
            "encoder": settings.encoder.name,
            "on": f"{len(labelled)} articles, {sentences} sentences",
        },
    )
    typer.echo(f"{len(labelled)} articles, {sentences} sentences: {output}")
