"""``yoyak train keywords``: the weights of the keyword score."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from ..app import EncoderName, Language, only_fit, pipeline_for, settings_from, wrong_usage
from ..text import tr


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
    from pipeline.evaluate.keywords import matches, read_keyphrases
    from pipeline.run import lab
    from pipeline.train.keywords import fit, write

    settings = settings_from(None, lang, {"encoder.name": encoder})
    only_fit([gold], settings.lang)
    pipeline = pipeline_for(settings)
    try:
        golds = list(read_keyphrases(gold, split))
    except (OSError, ValueError) as error:
        wrong_usage(str(error))
    terms = [
        (features, matches(one, forms))
        for one in golds
        for forms, features in lab.keyword_terms(pipeline, pipeline.analyse(one.article))
    ]
    if not any(taken for _, taken in terms):
        wrong_usage(f"{gold}: no gold data")
    write(fit([features for features, _ in terms], [taken for _, taken in terms]), len(golds), output)
    typer.echo(f"{len(golds)} articles, {len(terms)} terms: {output}")
