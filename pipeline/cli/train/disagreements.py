"""``yoyak train disagreements``: the weights of what makes two figures of one event one thing."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from ..app import Language, pipeline_for, settings_from, wrong_usage
from ..text import tr
from .labels import tell_labels
from .needs import may_fit


def disagreements(
    gold: Annotated[
        list[Path],
        typer.Argument(help=tr("cli.gold-events"), exists=True, show_default=False),
    ],
    output: Annotated[Path, typer.Option("-o", "--output", help=tr("cli.output"))] = Path(
        "models/disagreements.toml"
    ),
    lang: Language = None,
) -> None:
    """Fit the weights to articles of which it is known which are about one event."""
    from pipeline.evaluate.stories import reports_by_event
    from pipeline.train.disagreements import fit, labelled, write

    settings = settings_from(None, lang, {})
    may_fit(gold, settings.lang)
    pipeline = pipeline_for(settings)
    try:
        events = reports_by_event(gold, pipeline)
    except ValueError as error:
        wrong_usage(str(error))
    pairs = labelled(events, pipeline)
    if len({pair.same for pair in pairs}) < 2:
        wrong_usage("no two articles on one event that give a figure alike")
    write(fit(pairs), len(events), pairs, output)
    tell_labels(output, gold)
    typer.echo(f"{len(events)} events, {len(pairs)} pairs: {output}")
