"""``yoyak train editor``: the weights of the default method."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from ..app import (
    NOTHING_DONE,
    Config,
    EncoderName,
    Language,
    only_fit,
    pipeline_for,
    settings_from,
    shown,
    wrong_usage,
)
from ..text import tr


def editor(
    data: Annotated[list[Path], typer.Option("--data", help=tr("cli.gold-summaries"), exists=True)],
    output: Annotated[Path, typer.Option("-o", "--output", help=tr("cli.output-file"))] = Path(
        "models/editor.toml"
    ),
    strength: Annotated[float | None, typer.Option("--strength", min=0, help=tr("cli.strength"))] = None,
    encoder: EncoderName = None,
    config: Config = None,
    lang: Language = None,
) -> None:
    """Fit the weights to gold summaries, tell what they give on articles left out, and write the file."""
    settings = settings_from(config, lang, {"encoder.name": encoder})
    only_fit(data, settings.lang)
    from pipeline.evaluate.gold import read_summaries
    from pipeline.evaluate.summaries import bootstrap, cases
    from pipeline.records import GoldError
    from pipeline.settings import load_editor
    from pipeline.train.editor import STRENGTH, Labelled, fit, leave_one_out, written

    pipeline, labelled = pipeline_for(settings), []
    for path in data:
        source = path / "sci-news" if (path / "sci-news").is_dir() else path
        try:
            found = cases(pipeline, read_summaries(source))
        except GoldError as error:
            wrong_usage(
                tr(f"gold.{error.problem}", settings.lang, place=error.place, detail=shown(error.detail))
            )
        labelled += [Labelled(case.draft, case.gold, case.name, source.name) for case in found]
    prior = load_editor(prior=True)
    held = STRENGTH if strength is None else strength
    left_out = leave_one_out(labelled, prior, held)
    notes = [
        "The `editor` method: the score of a sentence is the sum of weight times feature",
        "(pipeline/summarize/features.py), then greedy choice. Written by `yoyak train editor`: weights are",
        "fitted to summaries that people chose, and held to the prior below, which is set by hand.",
        f"Strength {held:g}, encoder {settings.encoder.name}. Each article left out in turn:",
    ]
    for source_name in dict.fromkeys(one.source for one in labelled):
        scores = [score for score in left_out if score.source == source_name]
        precision, f1 = bootstrap([s.precision for s in scores]), bootstrap([s.f1 for s in scores])
        notes.append(
            f"{source_name}, {len(scores)} articles: precision@k {precision.mean:.3f}"
            f" ({precision.low:.3f} to {precision.high:.3f}),"
            f" F1 at the gold length {f1.mean:.3f} ({f1.low:.3f} to {f1.high:.3f})"
        )
    try:
        output.write_text(written(fit(labelled, prior, held), prior.weights, notes), encoding="utf-8")
    except OSError as error:
        detail = error.strerror or error
        typer.echo(tr("cli.bad-output", settings.lang, path=output, detail=detail), err=True)
        raise typer.Exit(NOTHING_DONE) from error
    typer.echo(tr("cli.left-out", settings.lang))
    for score in left_out:
        typer.echo(f"{score.precision:.2f}  {score.f1:.2f}  {score.source}  {Path(score.article).name}")
    for note in notes[4:]:
        typer.echo(note)
    typer.echo(f"→ {output}")
