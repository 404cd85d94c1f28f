"""``yoyak digest``: a batch folded into one newsletter issue."""

from __future__ import annotations

from datetime import date as calendar
from pathlib import Path
from typing import Annotated

import typer

from .app import (
    Batch,
    Config,
    EncoderName,
    Engine,
    Inputs,
    Language,
    Length,
    Method,
    Output,
    Themes,
    Workers,
    formats,
    settings_from,
    write,
    wrong_usage,
)
from .text import tr


def digest(
    inputs: Inputs,
    output: Output = None,
    title: Annotated[str | None, typer.Option("--title", help=tr("cli.title"))] = None,
    date: Annotated[str | None, typer.Option("--date", help=tr("cli.date"), metavar="YYYY-MM-DD")] = None,
    format: Annotated[
        str | None, typer.Option("--format", help=tr("cli.formats"), metavar="json,md,html,txt")
    ] = None,
    length: Length = None,
    method: Method = None,
    themes: Themes = None,
    encoder: EncoderName = None,
    config: Config = None,
    lang: Language = None,
    engine: Engine = None,
    workers: Workers = None,
) -> None:
    """Fold articles into one digest: files with ``-o``, else the first of ``--format`` on standard output."""
    settings = settings_from(
        config,
        lang,
        {
            "summary.length": length,
            "summary.method": method,
            "themes.set": themes,
            "encoder.name": encoder,
            "run.engine": engine,
            "run.workers": workers,
        },
    )
    from pipeline.settings import load_messages
    from pipeline.writers import DIGEST_WRITERS

    names = formats(format or ",".join(DIGEST_WRITERS), DIGEST_WRITERS, settings.lang)
    if date is not None:
        _check_date(date, settings.lang)
    texts = load_messages(settings.lang)
    batch = Batch(inputs, settings)
    reports = list(batch)
    if not reports:
        batch.finish()
    made = batch.pipeline.digest(reports, batch.failures, title=title, date=date)
    if output is None:
        typer.echo(DIGEST_WRITERS[names[0] if format else "txt"](made, texts), nl=False)
        batch.finish()
    for name in names:
        write(output / f"digest.{name}", DIGEST_WRITERS[name](made, texts), settings.lang)
    best = "html" if "html" in names else names[0]
    typer.echo(tr("cli.written", settings.lang, path=Path(output) / f"digest.{best}"), err=True)
    batch.finish()


def _check_date(date: str, lang: str) -> None:
    try:
        valid = calendar.fromisoformat(date).isoformat() == date
    except ValueError:
        valid = False
    if not valid:
        wrong_usage(tr("cli.bad-date", "en" if lang == "en" else "ko", value=date))
