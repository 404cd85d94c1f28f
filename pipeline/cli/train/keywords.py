"""``yoyak train keywords``: the weights of the keyword score."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from ..app import EncoderName, Language, pipeline_for, settings_from, wrong_usage
from ..text import tr
from .labels import tell_labels
from .needs import may_fit


def keywords(
    gold: Annotated[list[Path], typer.Argument(help=tr("cli.gold"), exists=True, show_default=False)],
    also: Annotated[list[Path] | None, typer.Option("--also", help=tr("cli.also"), exists=True)] = None,
    split: Annotated[str | None, typer.Option("--split", help=tr("cli.split"))] = None,
    output: Annotated[Path, typer.Option("-o", "--output", help=tr("cli.output"))] = Path(
        "models/keywords.toml"
    ),
    encoder: EncoderName = None,
    lang: Language = None,
) -> None:
    """Fit the weights of the keyword score to labelled keyphrases."""
    from pipeline.evaluate.keywords import read_keyphrases
    from pipeline.train.keywords import fit, labelled, write

    settings = settings_from(None, lang, {"encoder.name": encoder})
    sources = {**dict.fromkeys(gold, False), **dict.fromkeys(also or (), True)}
    may_fit(sources, settings.lang)
    pipeline = pipeline_for(settings)
    found, told = [], []
    for path, other in sources.items():
        try:
            golds = list(read_keyphrases(path, split))
        except (OSError, ValueError) as error:
            wrong_usage(str(error))
        found += labelled(golds, pipeline, other=other)
        told.append(f"{len({one.article.id for one in golds})} articles of {path.as_posix()}")
    if not any(any(one.taken) for one in found):
        wrong_usage(f"{', '.join(map(str, gold))}: no gold data")
    write(fit(found), ", ".join(told), output)
    tell_labels(output, sources)
    typer.echo(f"{', '.join(told)}, {sum(len(one.terms) for one in found)} terms: {output}")
