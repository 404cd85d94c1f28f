"""``yoyak summarize``: a report for each article."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, NoReturn

import typer

from .app import (
    Config,
    EncoderName,
    Engine,
    Fields,
    Inputs,
    Language,
    Length,
    Method,
    Quiet,
    RunReport,
    Themes,
    Verbose,
    Words,
    Workers,
    fields_from,
    formats,
    settings_from,
    shown,
    wrong_usage,
)
from .batch import Batch
from .cluster import RAY, to_cluster
from .console import put
from .outcome import Talk
from .outputs import DEFAULT, is_file, to_file, to_folder
from .running import INTERRUPTED, measured, stoppable
from .text import said, tr

if TYPE_CHECKING:
    from rich.console import Console

    from pipeline.records import Report
    from pipeline.settings import Settings

#: Formats of which each report is a line where it is printed.
_LINES = ("json", "jsonl")


def summarize(
    inputs: Inputs,
    output: Annotated[
        str | None, typer.Option("-o", "--output", help=tr("cli.summaries-out"), metavar="PATH")
    ] = None,
    format: Annotated[
        str | None,
        typer.Option("--format", help=tr("cli.formats"), metavar="json,md,html,txt,jsonl,parquet"),
    ] = None,
    length: Length = None,
    method: Method = None,
    themes: Themes = None,
    words: Words = None,
    per_theme: Annotated[int | None, typer.Option("--per-theme", min=0, help=tr("cli.per-theme"))] = None,
    query: Annotated[str | None, typer.Option("--query", help=tr("cli.query"))] = None,
    theme: Annotated[str | None, typer.Option("--theme", help=tr("cli.theme"))] = None,
    why: Annotated[bool, typer.Option("--why", help=tr("cli.why"))] = False,
    encoder: EncoderName = None,
    config: Config = None,
    lang: Language = None,
    engine: Engine = None,
    workers: Workers = None,
    fields: Fields = None,
    keep: Annotated[list[str] | None, typer.Option("--keep", help=tr("cli.keep"), metavar="COLUMN")] = None,
    force: Annotated[bool, typer.Option("--force", help=tr("cli.force"))] = False,
    quiet: Quiet = False,
    verbose: Verbose = False,
    report: RunReport = None,
) -> None:
    """Summarize each article: files with ``-o``, else a page on a terminal or ``--format`` on a pipe."""
    settings = settings_from(
        config,
        lang,
        {
            "summary.length": length,
            "summary.method": method,
            "summary.per_theme": per_theme,
            "summary.query": said(query),
            "summary.theme": said(theme),
            "themes.set": themes,
            "encoder.name": encoder,
            "korean.user_words": words and str(words),
            "run.engine": engine,
            "run.workers": workers,
            "run.batch": 1 if "-" in inputs else None,  # each line is answered before the next is there
            "read.keep": [name for part in keep for name in part.split(",") if name] if keep else None,
            **fields_from(fields, lang),
        },
    )
    from pipeline.store import SHARDED
    from pipeline.writers import REPORT_WRITERS

    talk = Talk(quiet, verbose, report)
    names = formats(format, (*REPORT_WRITERS, *SHARDED), settings.lang) if format else []
    if output is None and "parquet" in names:
        wrong_usage(tr("cli.needs-output", settings.lang, format="parquet"))
    steering = [name for name, value in (("--query", query), ("--theme", theme)) if value]
    if steering and settings.summary.method != "editor":
        told = {"options": ", ".join(steering), "method": settings.summary.method}
        typer.echo(tr("cli.only-editor", settings.lang, **told), err=True)
    if why and (output or (names and "txt" not in names)):
        typer.echo(tr("cli.why-in-json", settings.lang), err=True)
    if settings.run.engine == RAY:
        to_cluster(inputs, output, settings, names, talk, force=force)
    if output is None:
        _print(Batch(inputs, settings, prints=True, talk=talk), settings, names, why)
    if is_file(out := Path(output)):
        to_file(Batch(inputs, settings, talk=talk), out, settings, names)
    to_folder(inputs, out, settings, tuple(names) or DEFAULT, talk, force=force)


def _print(batch: Batch, settings: Settings, names: list[str], why: bool) -> NoReturn:
    """Print each report as it is made."""
    from pipeline.settings import load_messages
    from pipeline.writers import REPORT_WRITERS, dump, why_lines

    texts = load_messages(settings.lang)
    with measured(batch, settings.lang) as clock, stoppable(batch):
        if clock:
            clock.watch_encoder(batch.pipeline.tools.encoder)
        for report in batch:
            if not names and sys.stdout.isatty():
                _show(report, texts, _console(), why)
            for name in names or ([] if sys.stdout.isatty() else ["txt"]):
                put(
                    dump(report) if name in _LINES else REPORT_WRITERS[name](report, texts),
                    "json" if name in _LINES else name,
                )
                if why and name == "txt":
                    typer.echo("\n".join(shown(line) for line in why_lines(report, texts)) + "\n")
        if batch.stopping:
            typer.echo(tr("cli.stopped", settings.lang, count=batch.reports), err=True)
            raise typer.Exit(INTERRUPTED)
        batch.finish()


def _console() -> Console:
    from rich.console import Console

    return Console(highlight=False)


def _show(report: Report, texts: dict[str, str], console: Console, why: bool) -> None:
    """A readable page on a terminal. Text of the article is never read as markup."""
    from rich.padding import Padding
    from rich.rule import Rule
    from rich.text import Text

    console.print(Rule(Text(shown(report.title or texts["digest.untitled"]), "bold"), align="left"))
    console.print(Text(shown(report.source.path), "dim"))
    labels = {theme.id: theme.label for theme in report.themes}
    for index in report.summary:
        sentence = report.sentences[index]
        line = (
            Text("• ")
            + Text(shown(sentence.text))
            + Text(f"  ({texts['digest.speech']})" if sentence.speech else "", "dim")
            + Text(f"  {labels.get(sentence.theme or '', '')}", "cyan")
        )
        console.print(Padding(line, (0, 2)))
    shares = "  ".join(f"{theme.label} {theme.share:.0%}" for theme in report.themes)
    console.print(Padding(Text(shares, "dim"), (1, 2, 0, 2)))
    terms = ", ".join(f"{keyword.term}({keyword.count})" for keyword in report.keywords)
    console.print(Padding(Text(shown(terms), "green"), (0, 2, 1, 2)))
    if why:
        from pipeline.writers import why_lines

        for text in why_lines(report, texts):
            console.print(Padding(Text(shown(text), "dim" if text.startswith(" ") else ""), (0, 2)))
