"""``yoyak evaluate digest``: how good the sections of an issue are."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from ..app import Config, Language, pipeline_for, settings_from, shown, wrong_usage
from ..text import tr


def digest(
    gold: Annotated[
        Path, typer.Argument(help=tr("cli.gold-digest"), exists=True, file_okay=False, show_default=False)
    ],
    batch: Annotated[int, typer.Option("--batch", min=1, help=tr("cli.batch-size"))] = 24,
    worst: Annotated[int, typer.Option("--worst", min=0, help=tr("cli.worst-lines"))] = 20,
    config: Config = None,
    lang: Language = None,
) -> None:
    """Print how many lines are of their theme and would be quoted there, who is named, and faults."""
    from pipeline.evaluate.digest import judge_digest

    settings = settings_from(config, lang, {})
    try:
        found = judge_digest(gold, pipeline_for(settings), batch)
    except ValueError as error:
        wrong_usage(str(error))
    typer.echo(
        tr(
            "cli.digest-found",
            settings.lang,
            batches=found.batches,
            articles=found.articles,
            lines=found.lines,
            belong=f"{found.belong / max(1, found.lines):.3f}",
            quoted=f"{found.quoted / max(1, found.themed):.3f}",
            readers=" ".join(f"{share:.3f}" for share in found.by_reader),
            named=f"{found.named / max(1, found.said):.3f}",
            said=found.said,
            sections=found.sections,
            missing=found.missing,
            shares=f"{found.shares:.4f}",
            twice=found.twice,
        )
    )
    for name, theme, kind, text in found.wrong[:worst]:
        typer.echo(f"{shown(name)}\t{theme}\t{tr(f'cli.digest-{kind}', settings.lang)}\t{shown(text)[:120]}")
