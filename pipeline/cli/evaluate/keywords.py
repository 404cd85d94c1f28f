"""``yoyak evaluate keywords``: keyword tables against keyphrases that people chose."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from ..app import Config, EncoderName, Language, Words, pipeline_for, settings_from, shown, wrong_usage
from ..text import tr


def keywords(
    gold: Annotated[Path, typer.Argument(help=tr("cli.gold"), exists=True, show_default=False)],
    split: Annotated[str | None, typer.Option("--split", help=tr("cli.split"))] = None,
    words: Words = None,
    encoder: EncoderName = None,
    config: Config = None,
    lang: Language = None,
) -> None:
    """Print precision, recall and F1 at 10 and 15 of keyword tables, beside two baselines."""
    from rich.console import Console
    from rich.table import Table
    from rich.text import Text

    from pipeline.evaluate.keywords import DEPTHS, agreement, judge, measure, missed

    overrides = {
        "encoder.name": encoder,
        "keywords.top": max(DEPTHS),
        "korean.user_words": str(words) if words else None,
    }
    settings = settings_from(config, lang, overrides)
    try:
        golds, tables = judge(gold, split, pipeline_for(settings))
    except (OSError, ValueError) as error:
        wrong_usage(shown(str(error)))
    console = Console(highlight=False, soft_wrap=True)
    head = [f"{tr(f'keywords.{key}', settings.lang)}@{n}" for n in DEPTHS for key in ("precision", "recall")]
    columns = [*head[:2], f"F1@{DEPTHS[0]}", *head[2:], f"F1@{DEPTHS[1]}"]
    figures = Table(tr("keywords.method", settings.lang), *columns)
    for method, of_method in tables.items():
        found = [measure(of_method, golds, depth) for depth in DEPTHS]
        figures.add_row(
            tr(f"keywords.{method}", settings.lang),
            *(f"{value:.3f}" for q in found for value in (q.precision, q.recall, q.f1)),
        )
    both = [agreement(golds, depth) for depth in DEPTHS]
    if None not in both:
        cells = (f"{value:.3f}" for q in both if q for value in (q.precision, q.recall, q.f1))
        figures.add_row(tr("keywords.readers", settings.lang), *cells)
    for one, rows in zip(golds, tables["ours"], strict=True):
        f1 = measure([rows], [one], DEPTHS[-1]).f1
        lost = ", ".join(missed(one, rows[: DEPTHS[-1]]))
        label = tr("keywords.missed", settings.lang)
        console.print(Text(f"{f1:.2f} {shown(one.name)}"), Text(f"{label}: {shown(lost)}", "dim"))
    console.print(figures)
