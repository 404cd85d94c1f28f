"""``yoyak train figures``: the weights by which figures get their subject and period."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from ..app import NOTHING_DONE, Config, Language, pipeline_for, settings_from, wrong_usage
from ..text import tr
from .labels import tell_labels
from .needs import may_fit


def figures(
    gold: Annotated[
        list[Path],
        typer.Argument(help=tr("cli.gold-figures"), exists=True, file_okay=False, show_default=False),
    ],
    output: Annotated[Path, typer.Option("-o", "--output", help=tr("cli.output-file"))] = Path(
        "models/figures.toml"
    ),
    config: Config = None,
    lang: Language = None,
) -> None:
    """Fit the weights to labelled figures, tell what they give on articles left out, and write the file."""
    settings = settings_from(config, lang, {"figures.enabled": True})
    may_fit(gold, settings.lang)
    from pipeline.train.figures import STRENGTHS, Labelled, cross_validated, fitted, written

    try:
        labelled = Labelled(gold, pipeline_for(settings))
    except ValueError as error:
        wrong_usage(str(error))
    shares = cross_validated(labelled)
    held = ", ".join(f"{part} {strength:g}" for part, strength in STRENGTHS.items())
    right = ", ".join(f"{part} {share:.3f}" for part, share in shares.items())
    notes = [
        "Whose a figure is and of what period: the candidate whose features weigh most",
        "(pipeline/figures/candidates.py, dating.py). Written by `yoyak train figures`.",
        f"{len(labelled.articles)} articles. Strength: {held}.",
        f"Right on articles left out, in sevenths: {right}.",
    ]
    try:
        output.write_text(written(fitted(labelled), notes), encoding="utf-8")
    except OSError as error:
        detail = error.strerror or error
        typer.echo(tr("cli.bad-output", settings.lang, path=output, detail=detail), err=True)
        raise typer.Exit(NOTHING_DONE) from error
    tell_labels(output, gold)
    typer.echo(notes[-1])
    typer.echo(f"→ {output}")
