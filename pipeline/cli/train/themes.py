"""``yoyak train themes``: the weights of the theme step."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from pipeline.records import OTHER

from ..app import NOTHING_DONE, EncoderName, Language, only_fit, settings_from
from ..text import tr


def themes(
    gold: Annotated[Path, typer.Argument(help=tr("cli.gold"), exists=True)] = Path("models/training/themes"),
    output: Annotated[Path, typer.Option("-o", "--output", help=tr("cli.output"))] = Path(
        "models/themes.toml"
    ),
    encoder: EncoderName = None,
    lang: Language = None,
) -> None:
    """Fit the weights of the theme step on the articles of GOLD whose split is ``fit``."""
    from pipeline import Pipeline, __version__
    from pipeline.evaluate.labelled import read_labelled
    from pipeline.train.themes import Labelled, fit, targets_of, write_model

    settings = settings_from(None, lang, {"encoder.name": encoder})
    only_fit([gold], settings.lang)
    pipelines: dict[str, Pipeline] = {}
    labelled = []
    for one in read_labelled(gold, "fit"):
        if one.themes not in pipelines:
            own = settings.themes.model_copy(update={"set": one.themes})
            pipelines[one.themes] = Pipeline(settings.model_copy(update={"themes": own}))
        pipeline = pipelines[one.themes]
        analysed = pipeline.analyse(one.article)
        document, evidence = analysed.document, analysed.evidence
        content = evidence.place.content.tolist()
        ids = (*(theme.id for theme in pipeline.theme_set.themes), OTHER)
        labelled.append(Labelled(evidence, targets_of(one.align(document.units), content, ids)))
    if not labelled:
        typer.echo(tr("cli.nothing-done", settings.lang), err=True)
        raise typer.Exit(NOTHING_DONE)
    model = fit(labelled)
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
