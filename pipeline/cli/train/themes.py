"""``yoyak train themes``: the weights of the theme step."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from ..app import NOTHING_DONE, EncoderName, Language, settings_from
from ..text import tr
from .labels import labels_told, tell_labels
from .needs import may_fit

_GOLD = [Path("models/training/themes"), Path("models/training/editor-picks")]


def themes(
    gold: Annotated[list[Path] | None, typer.Argument(help=tr("cli.gold"), exists=True)] = None,
    output: Annotated[Path, typer.Option("-o", "--output", help=tr("cli.output"))] = Path(
        "models/themes.toml"
    ),
    words: Annotated[bool, typer.Option("--words", help=tr("cli.train-words"))] = False,
    encoder: EncoderName = None,
    lang: Language = None,
) -> None:
    """Fit the weights of the theme step, and tell what they give on articles left out."""
    from pipeline import __version__
    from pipeline.train.theme_words import write_words
    from pipeline.train.themes import fit, labelled_in, left_out, sentences, write_model

    settings = settings_from(None, lang, {"encoder.name": encoder})
    places = gold or _GOLD
    may_fit(places, settings.lang)
    labelled = labelled_in(places, settings, words)
    if not labelled:
        typer.echo(tr("cli.nothing-done", settings.lang), err=True)
        raise typer.Exit(NOTHING_DONE)
    shares = left_out(labelled)
    counts = [sentences(one) for one in labelled]
    right = sum(share * count for share, count in zip(shares, counts, strict=True)) / sum(counts)
    on = f"{len(labelled)} articles, {sum(counts)} sentences"
    fitted = {
        "by": f"yoyak {__version__}",
        "encoder": settings.encoder.name,
        "on": on,
        "left_out": f"{right:.3f} right, each event's articles left out in turn",
    }
    model = fit(labelled)
    write_model(model, output, fitted)
    tell_labels(output, places)
    if model.words:
        write_words(model.words, output.with_suffix(".tsv"), labels_told(places))
    typer.echo(f"{on}; {fitted['left_out']}: {output}")
