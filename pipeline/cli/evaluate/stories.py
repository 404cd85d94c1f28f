"""``yoyak evaluate stories``: how well articles are grouped into stories."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from ..app import Config, EncoderName, Language, pipeline_for, settings_from, shown, wrong_usage
from ..text import tr


def stories(
    gold: Annotated[
        list[Path],
        typer.Argument(help=tr("cli.gold-events"), exists=True, show_default=False),
    ],
    encoder: EncoderName = None,
    config: Config = None,
    lang: Language = None,
) -> None:
    """Print pairwise precision, recall and F1, and the pairs that went wrong. Every file is one batch."""
    from pipeline.evaluate.stories import judge_stories

    settings = settings_from(config, lang, {"encoder.name": encoder})
    try:
        found = judge_stories(gold, pipeline_for(settings))
    except ValueError as error:
        wrong_usage(str(error))
    typer.echo(
        tr(
            "cli.stories-found",
            settings.lang,
            articles=found.articles,
            pairs=found.pairs,
            precision=f"{found.precision:.3f}",
            recall=f"{found.recall:.3f}",
            f1=f"{found.f1:.3f}",
        )
    )
    for key, pairs in (("stories-parted", found.parted), ("stories-joined", found.joined)):
        for one, other in pairs:
            typer.echo(tr(f"cli.{key}", settings.lang, one=shown(one), other=shown(other)))
