"""``yoyak evaluate encoder``: how well cosines follow human scores of similarity."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from ..app import NOTHING_DONE, EncoderName, Language, encoder_for
from ..text import tr

if TYPE_CHECKING:
    from pipeline.evaluate.encoder import StsScore


def encoder(
    data: Annotated[Path, typer.Option("--data", help=tr("cli.sts-data"), exists=True)],
    encoder: EncoderName = None,
    lang: Language = None,
) -> None:
    """Print Spearman's and Pearson's correlation for an encoder on STS files."""
    from pipeline.evaluate.encoder import evaluate_encoder, sts_files

    try:
        scores = evaluate_encoder(encoder_for(encoder, lang), sts_files(data))
    except (OSError, ValueError) as error:
        typer.echo(str(error), err=True)
        raise typer.Exit(NOTHING_DONE) from error
    print_scores(scores)


def print_scores(scores: Sequence[StsScore]) -> None:
    """Print a table of scores, times 100."""
    from rich.console import Console
    from rich.table import Table

    table = Table("STS", tr("cli.pairs"), "Spearman", "Pearson")
    for score in scores:
        table.add_row(score.name, str(score.pairs), f"{score.spearman:.2f}", f"{score.pearson:.2f}")
    Console(highlight=False).print(table)
