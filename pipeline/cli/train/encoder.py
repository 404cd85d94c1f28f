"""``yoyak train encoder``: the sentence encoder, from Kiwi's vectors and sentence pairs."""

from __future__ import annotations

from functools import partial
from pathlib import Path
from typing import Annotated

import typer

from ..app import NOTHING_DONE, Language, errors
from ..evaluate.encoder import print_scores
from ..text import PACKAGES, tr


def encoder(
    data: Annotated[Path, typer.Option("--data", help=tr("cli.data"), exists=True, file_okay=False)],
    output: Annotated[Path, typer.Option("-o", "--output", help=tr("cli.output"))] = Path("models/ko-morph"),
    seed: Annotated[int, typer.Option("--seed", help=tr("cli.seed"))] = 0,
    lang: Language = None,
) -> None:
    """Train the encoder, write its folder with its card, and print its scores."""
    try:
        import sentence_transformers  # noqa: F401 (asked for before minutes of work)
    except ImportError as error:
        typer.echo(tr("cli.missing-extra", extra=PACKAGES["transformers"]), err=True)
        raise typer.Exit(NOTHING_DONE) from error
    from rich.progress import BarColumn, Progress, TextColumn, TimeElapsedColumn

    from pipeline.korean import load_kiwi, tokenize
    from pipeline.train.encoder import Recipe, train_encoder

    # The plain dictionary: user words would take rows of the model that other users' words lack.
    kiwi = load_kiwi()
    columns = (TextColumn("{task.description}"), BarColumn(), TimeElapsedColumn())
    with Progress(*columns, console=errors(), transient=True) as bar:
        tasks = {"": bar.add_task("", visible=False)}

        def progress(step: str, done: int, total: int) -> None:
            if step not in tasks:
                tasks[step] = bar.add_task(step)
            bar.update(tasks[step], completed=done, total=total)

        try:
            scores = train_encoder(data, output, kiwi, partial(tokenize, kiwi), Recipe(seed=seed), progress)
        except (OSError, ValueError) as error:
            typer.echo(str(error), err=True)
            raise typer.Exit(NOTHING_DONE) from error
    print_scores(scores)
    typer.echo(str(output))
