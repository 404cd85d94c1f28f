"""``yoyak evaluate summaries``: every method against what people chose, or would print."""

from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from ..app import (
    NOTHING_DONE,
    Config,
    EncoderName,
    Language,
    formats,
    pipeline_for,
    settings_from,
    shown,
    wrong_usage,
)
from ..console import put
from ..text import tr

if TYPE_CHECKING:
    from collections.abc import Sequence

    from rich.table import Table

    from pipeline.evaluate.picks import PicksQuality
    from pipeline.evaluate.summaries import Interval, MethodQuality
    from pipeline.settings import Lang, Settings


def summaries(
    gold: Annotated[Path, typer.Argument(help=tr("cli.gold-summaries"), exists=True, show_default=False)],
    method: Annotated[str | None, typer.Option("--method", help=tr("cli.methods-evaluated"))] = None,
    format: Annotated[str, typer.Option("--format", help=tr("cli.formats"), metavar="table,json")] = "table",
    encoder: EncoderName = None,
    config: Config = None,
    lang: Language = None,
) -> None:
    """Print how near every method comes to what people chose, with 95 % intervals, against a baseline.

    Of gold summaries precision@k, F1 by characters and ROUGE; of readers' picks how many of them, or of the
    next best, a summary has, and how many of its sentences are not understood by themselves.
    """
    settings = settings_from(config, lang, {"encoder.name": encoder})
    from pipeline.evaluate.gold import read_summaries
    from pipeline.evaluate.picks import is_picks
    from pipeline.evaluate.summaries import BASELINE, as_json, cases, evaluate_summaries
    from pipeline.records import GoldError
    from pipeline.salience import METHODS

    (shape,) = formats(format, ("table", "json"), settings.lang)[:1]
    names = formats(method or ",".join(METHODS), METHODS, settings.lang, "cli.bad-method")
    try:
        if is_picks(gold):
            _picks(gold, names, shape, settings)
            return
        found = cases(pipeline_for(settings), read_summaries(gold))
    except GoldError as error:
        wrong_usage(tr(f"gold.{error.problem}", settings.lang, place=error.place, detail=shown(error.detail)))
    except OSError as error:
        typer.echo(str(error), err=True)
        raise typer.Exit(NOTHING_DONE) from error
    qualities = evaluate_summaries(found, names)
    if "rouge1" not in qualities[0].scores:
        typer.echo(tr("cli.no-rouge", settings.lang), err=True)
    if shape == "json":
        put(json.dumps(as_json(qualities, len(found)), ensure_ascii=False, indent=1), shape)
        return
    from rich.console import Console

    console = Console(highlight=False)
    title = tr("cli.evaluated", settings.lang, count=len(found), sentences=sum(len(c.gold) for c in found))
    console.print(_table(qualities, title, BASELINE, settings.lang))


def _picks(gold: Path, names: Sequence[str], shape: str, settings: Settings) -> None:
    from pipeline.evaluate.picks import BASELINE, evaluate_picks, picks_as_json, picks_cases, read_picks

    found = picks_cases(pipeline_for(settings), read_picks(gold))
    qualities = evaluate_picks(found, names)
    if shape == "json":
        put(json.dumps(picks_as_json(qualities, len(found)), ensure_ascii=False, indent=1), shape)
        return
    from rich.console import Console

    lang = settings.lang
    title = tr("cli.judged", lang, count=len(found), readers=len(found[0].picked))
    Console(highlight=False).print(_table(qualities, title, BASELINE, lang))


def _table(qualities: Sequence[MethodQuality | PicksQuality], title: str, baseline: str, lang: Lang) -> Table:
    """A row a method and measure, narrow enough for any terminal."""
    from rich.table import Table

    from pipeline.evaluate.summaries import MethodQuality

    table = Table(title=title, title_justify="left")
    for key in ("method-name", "measure", "value", "to-baseline"):
        table.add_column(tr(f"cli.{key}", lang, method=baseline), no_wrap=True)
    for one in qualities:
        told = [
            (measure, _interval(score), _interval(apart, signed=True) if apart else "")
            for measure, score in one.scores.items()
            for apart in [one.against_baseline.get(measure)]
        ]
        if isinstance(one, MethodQuality):
            told += [("dangling", str(one.dangling), ""), ("repeated", str(one.repeated), "")]
        else:
            told = [("unclear" if m == "dangling" else m, value, apart) for m, value, apart in told]
        name = tr("cli.readers-among", lang) if one.method == "readers" else one.method
        for n, (measure, value, apart) in enumerate(told):
            label = tr(f"measures.{measure}", lang)
            table.add_row(name if not n else "", label, value, apart, end_section=n == len(told) - 1)
    return table


def _interval(one: Interval, signed: bool = False) -> str:
    form = "{:+.3f}" if signed else "{:.3f}"
    return f"{form.format(one.mean)} ({form.format(one.low)}…{form.format(one.high)})"
