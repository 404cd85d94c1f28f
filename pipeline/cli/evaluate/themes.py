"""``yoyak evaluate themes``: how well sentences fall into themes."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from ..app import NOTHING_DONE, Config, EncoderName, Language, settings_from, shown, wrong_usage
from ..text import tr

if TYPE_CHECKING:
    from rich.console import Console

    from pipeline.evaluate.themes import ThemeQuality
    from pipeline.settings import Lang


def themes(
    gold: Annotated[Path, typer.Argument(help=tr("cli.gold"), exists=True, show_default=False)],
    split: Annotated[str | None, typer.Option("--split", help=tr("cli.split"), metavar="fit|test")] = None,
    worst_count: Annotated[int, typer.Option("--worst", min=0, help=tr("cli.worst"))] = 15,
    encoder: EncoderName = None,
    config: Config = None,
    lang: Language = None,
) -> None:
    """Print accuracy, F1, a confusion table, calibration error and the worst sentences."""
    from rich.console import Console
    from rich.text import Text

    from pipeline.evaluate.labelled import read_labelled
    from pipeline.evaluate.themes import judge, quality, worst

    settings = settings_from(config, lang, {"encoder.name": encoder})
    try:
        judged = judge(read_labelled(gold, split), settings)
    except ValueError as error:
        wrong_usage(str(error))
    except OSError as error:
        typer.echo(str(error), err=True)
        raise typer.Exit(NOTHING_DONE) from error
    sets = {one.set: [j for j in judged if j.set == one.set] for one in judged}
    if not sets:
        wrong_usage(tr("themes.no-gold", settings.lang))
    console = Console(highlight=False, soft_wrap=True)
    for name, own in sets.items():
        console.print(Text(name, "bold"))
        _print_quality(console, quality(own), settings.lang)
    for one in worst(judged, worst_count):
        console.print(
            Text(f"{one.article}:{one.index} ", "dim"),
            Text(f"{'+'.join(one.gold)} → {one.theme} {one.score:.2f} ", "cyan"),
            Text(shown(one.text)),
        )


def _print_quality(console: Console, found: ThemeQuality, lang: Lang) -> None:
    from rich.table import Table

    figures = Table(show_header=False, box=None)
    for key, value in (
        ("sentences", f"{found.sentences}"),
        ("accuracy", f"{found.accuracy:.3f}"),
        ("macro-f1", f"{found.macro_f1:.3f}"),
        ("calibration", f"{found.calibration_error:.3f}"),
        ("score-error", f"{found.score_error:.3f}"),
        ("agreed", _or_none(found.agreed)),
        ("by-reader", ", ".join(f"{one:.3f}" for one in found.by_reader) or "–"),
        ("second-right", _or_none(found.second_right)),
        ("second-found", _or_none(found.second_found)),
        ("off-topic", _or_none(found.off_topic)),
    ):
        figures.add_row(tr(f"themes.{key}", lang), value)
    console.print(figures)
    names = list(found.f1)
    table = Table(tr("themes.confusion", lang), *names, "F1")
    for name in names:
        table.add_row(name, *(str(found.confusion.get((name, b), 0)) for b in names), f"{found.f1[name]:.2f}")
    console.print(table)


def _or_none(value: float | None) -> str:
    return "–" if value is None else f"{value:.3f}"
