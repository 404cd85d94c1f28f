"""``yoyak train editor``: the weights of the default method."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from ..app import NOTHING_DONE, Config, EncoderName, Language, pipeline_for, settings_from, wrong_usage
from ..text import tr


def editor(
    data: Annotated[Path, typer.Option("--data", help=tr("cli.gold-summaries"), exists=True)],
    output: Annotated[Path, typer.Option("-o", "--output", help=tr("cli.output"))] = Path(
        "models/editor.toml"
    ),
    strength: Annotated[float | None, typer.Option("--strength", min=0, help=tr("cli.strength"))] = None,
    encoder: EncoderName = None,
    config: Config = None,
    lang: Language = None,
) -> None:
    """Fit the weights to gold summaries, tell what they give on articles left out, and write the file."""
    settings = settings_from(config, lang, {"encoder.name": encoder})
    from statistics import fmean

    from pipeline.evaluate.gold import GoldError, read_gold
    from pipeline.evaluate.summaries import bootstrap, cases
    from pipeline.settings import load_editor
    from pipeline.train.editor import STRENGTH, Labelled, train_editor, written

    source = data / "sci-news" if (data / "sci-news").is_dir() else data
    try:
        found = cases(pipeline_for(settings), read_gold(source))
    except GoldError as error:
        wrong_usage(str(error))
    prior = load_editor(prior=True)
    held = STRENGTH if strength is None else strength
    fit = train_editor([Labelled(case.draft, case.gold) for case in found], prior, held)
    precision, f1 = bootstrap(fit.precision), bootstrap(fit.f1)
    notes = [
        "The `editor` method: the score of a sentence is the sum of weight times feature",
        "(pipeline/summarize/features.py), then greedy choice. Written by `yoyak train editor`: weights are",
        "fitted to summaries that people chose, and held to the prior below, which is set by hand.",
        f"{len(found)} articles, strength {held:g}, encoder {settings.encoder.name}; each left out in turn:",
        f"precision@k {precision.mean:.3f} ({precision.low:.3f} to {precision.high:.3f}),"
        f" F1 at the gold length {f1.mean:.3f} ({f1.low:.3f} to {f1.high:.3f}).",
    ]
    try:
        output.write_text(written(fit.model, prior.weights, notes), encoding="utf-8")
    except OSError as error:
        typer.echo(str(error), err=True)
        raise typer.Exit(NOTHING_DONE) from error
    for name, value in zip((case.name for case in found), fit.precision, strict=True):
        typer.echo(f"{value:.2f}  {Path(name).name}")
    typer.echo(f"precision@k {fmean(fit.precision):.3f} ({precision.low:.3f}…{precision.high:.3f})")
    typer.echo(f"F1 {fmean(fit.f1):.3f} ({f1.low:.3f}…{f1.high:.3f})  → {output}")
