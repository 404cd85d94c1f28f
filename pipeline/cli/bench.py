"""``yoyak bench``: what a report costs, as a ratio to Kiwi alone."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Annotated, Any

import typer

from .app import ALL_WELL, NOTHING_DONE, Config, Inputs, Language, pipeline_for, settings_from
from .console import put
from .text import tr

if TYPE_CHECKING:
    from pipeline.evaluate.cost import Costs
    from pipeline.settings import Lang


def bench(
    inputs: Inputs,
    rounds: Annotated[int, typer.Option("--rounds", min=1, help=tr("cli.rounds"))] = 3,
    against: Annotated[
        str | None, typer.Option("--against", help=tr("cli.against"), metavar="sumy,keybert,…")
    ] = None,
    processes: Annotated[
        int | None, typer.Option("--processes", min=2, help=tr("cli.bench-processes"))
    ] = None,
    format: Annotated[str, typer.Option("--format", help=tr("cli.formats"), metavar="table,json")] = "table",
    config: Config = None,
    lang: Language = None,
) -> None:
    """Print the whole and every step over Kiwi alone, on the same text in the same run."""
    settings = settings_from(config, lang, {})
    from pipeline import read
    from pipeline.evaluate.cost import costs, speed_up
    from pipeline.evaluate.peers import PEERS
    from pipeline.records import Article

    from .app import formats

    (name,) = formats(format, ("table", "json"), settings.lang)[:1]
    peers = formats(against, PEERS, settings.lang, "cli.bad-peer") if against else []
    pipeline = pipeline_for(settings)
    articles = [one for one in read(inputs, settings.reading()) if isinstance(one, Article)]
    if not articles:
        typer.echo(tr("cli.nothing-done", settings.lang), err=True)
        raise typer.Exit(NOTHING_DONE)
    found = costs(pipeline, articles, rounds, peers)
    faster = speed_up(settings, articles, processes) if processes else None
    if name == "json":
        put(json.dumps(_record(found, faster), ensure_ascii=False, indent=1), "json")
    else:
        _show(found, faster, processes or 1, settings.lang)
    raise typer.Exit(ALL_WELL)


def _record(found: Costs, faster: float | None) -> dict[str, Any]:
    from dataclasses import asdict

    record = {"schema": "yoyak.bench/1", **asdict(found), "over_kiwi": round(found.whole / found.kiwi, 3)}
    return record if faster is None else {**record, "speed_up": round(faster, 3)}


def _show(found: Costs, faster: float | None, processes: int, lang: Lang) -> None:
    from rich.console import Console
    from rich.table import Table

    counts = {"articles": found.articles, "characters": found.characters // found.articles}
    table = Table(title=tr("bench.title", lang, **counts), title_justify="left")
    table.add_column(tr("bench.step", lang))
    table.add_column(tr("bench.each", lang), justify="right")
    table.add_column(tr("bench.ratio", lang), justify="right")

    def row(label: str, seconds: float) -> None:
        table.add_row(label, f"{1000 * seconds / found.articles:.2f}", f"{seconds / found.kiwi:.2f}")

    row(tr("bench.kiwi", lang), found.kiwi)
    row(tr("bench.whole", lang), found.whole)
    row(tr("bench.wall", lang), found.wall)
    table.add_section()
    for step, seconds in found.steps.items():
        row(tr(f"bench.{step}", lang), seconds)
    row(tr("bench.rest", lang), max(0.0, found.whole - sum(found.steps.values())))
    table.add_section()
    for name, taken in found.peers.items():
        if taken is None:
            table.add_row(name, tr("bench.not-installed", lang, name=name), "")
        else:
            row(name, taken)
    Console(highlight=False).print(table)
    memory = "?" if found.memory is None else f"{found.memory / 1_000_000:,.0f}"
    values = {"alone": f"{1000 * found.alone:.1f}", "start": f"{found.start:.2f}", "memory": memory}
    typer.echo(tr("bench.line", lang, **values))
    if faster is not None:
        typer.echo(tr("bench.processes", lang, count=processes, times=f"{faster:.2f}"))
