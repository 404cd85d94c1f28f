"""``yoyak train stories``: the weights of what makes two articles one story."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from ..app import EncoderName, Language, pipeline_for, settings_from, wrong_usage
from ..text import tr
from .labels import tell_labels
from .needs import may_fit


def stories(
    gold: Annotated[
        list[Path],
        typer.Argument(help=tr("cli.gold-events"), exists=True, show_default=False),
    ],
    sides: Annotated[
        list[Path] | None, typer.Option("--sides", help=tr("cli.sides"), exists=True, show_default=False)
    ] = None,
    apart: Annotated[Path | None, typer.Option("--apart", help=tr("cli.apart"), exists=True)] = None,
    output: Annotated[Path, typer.Option("-o", "--output", help=tr("cli.output"))] = Path(
        "models/stories.toml"
    ),
    encoder: EncoderName = None,
    lang: Language = None,
) -> None:
    """Fit the weights to articles of which it is known which are about one event."""
    from pipeline.evaluate.stories import labelled_pairs
    from pipeline.train.stories import fit, fit_sides, write

    settings = settings_from(None, lang, {"encoder.name": encoder})
    may_fit([*gold, *(sides or ()), *([apart] if apart else [])], settings.lang)
    pipeline = pipeline_for(settings)
    try:
        count, pairs = labelled_pairs(gold, apart, pipeline)
        others, told = labelled_pairs(sides or (), None, pipeline)
    except ValueError as error:
        wrong_usage(str(error))
    if not any(same for _, same in pairs):
        wrong_usage("no pair of articles on one event")
    alike = fit(pairs)
    write(alike, fit_sides([*pairs, *told], alike), count + others, output)
    tell_labels(output, [*gold, *(sides or ()), *([apart] if apart else [])])
    typer.echo(f"{count + others} articles, {len(pairs) + len(told)} pairs: {output}")
