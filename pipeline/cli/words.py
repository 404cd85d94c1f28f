"""``yoyak words``: the user dictionary."""

from __future__ import annotations

from typing import Annotated

import typer

from .app import ALL_WELL, NOTHING_DONE, Config, Inputs, Language, Words, pipeline_for, settings_from, shown
from .text import tr
from .typed import App

words = App(no_args_is_help=True)


@words.callback()
def root() -> None:
    """Commands around words."""


@words.command(help=tr("cli.words-suggest"))
def suggest(
    inputs: Inputs,
    least: Annotated[int, typer.Option("--least", min=1, help=tr("cli.least"))] = 2,
    words: Words = None,
    config: Config = None,
    lang: Language = None,
) -> None:
    """Print words that the dictionary lacks, as lines of a dictionary: form, tag, score."""
    settings = settings_from(config, lang, {"korean.user_words": str(words) if words else None})
    from pipeline import read
    from pipeline.records import Failure
    from pipeline.run import lab

    failures: list[Failure] = []
    found = lab.suggest_words(pipeline_for(settings), read(inputs), least, failures.append)
    for one in found:
        typer.echo(f"{shown(one.form)}\t{one.tag}\t{one.score}")
    for failure in failures:
        typer.echo(f"{shown(failure.source)}: {failure.reason}", err=True)
    if not found:
        typer.echo(tr("cli.no-suggestions", settings.lang), err=True)
    raise typer.Exit(NOTHING_DONE if failures and not found else ALL_WELL)
