"""``yoyak why-leans``: which rule says that a sentence leans on another."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Annotated, Any

import typer

from .app import (
    ALL_WELL,
    NOTHING_DONE,
    SOME_FAILED,
    Config,
    Fields,
    Inputs,
    Language,
    fields_from,
    formats,
    pipeline_for,
    reason,
    settings_from,
    shown,
)
from .text import tr

if TYPE_CHECKING:
    from rich.console import Console

    from pipeline.records import Cohesion, Document
    from pipeline.settings import Lang

#: Columns that a rule, and what a sentence leans on, take at most; those that the sentence has at least.
_WIDEST, _LEAST = {"rule": 28, "on": 14}, 24


def why_leans(
    inputs: Inputs,
    format: Annotated[str, typer.Option("--format", help=tr("cli.formats"), metavar="table,json")] = "table",
    config: Config = None,
    lang: Language = None,
    fields: Fields = None,
) -> None:
    """Print each sentence that leans on another, with the rules that say so."""
    from rich.console import Console

    from pipeline import read
    from pipeline.records import Article

    settings = settings_from(config, lang, fields_from(fields, lang))
    (shape,) = formats(format, ("table", "json"), settings.lang)[:1]
    pipeline = pipeline_for(settings)
    articles, failed = [], 0
    for item in read(inputs, settings.reading()):
        if isinstance(item, Article):
            articles.append(item)
        elif item.reason != "duplicate":
            failed += 1
            typer.echo(f"{shown(item.source)}: {reason(item, settings.lang)}", err=True)
    found = [(document, pipeline.held(document)) for document in pipeline.documents(articles)]
    if shape == "json":
        told = [_record(document, held) for document, held in found]
        typer.echo(json.dumps(told, ensure_ascii=False, indent=2))
    else:
        console = Console(highlight=False)
        for document, held in found:
            _table(console, document, held, settings.lang)
    if not found:
        typer.echo(tr("cli.nothing-done", settings.lang), err=True)
        raise typer.Exit(NOTHING_DONE)
    raise typer.Exit(SOME_FAILED if failed else ALL_WELL)


def _record(document: Document, held: Cohesion) -> dict[str, Any]:
    """What is found of an article, as JSON has it. Sentences are named by their index in its report."""
    return {
        "id": document.article.id,
        "title": document.title,
        "sentences": [
            {
                "index": unit.index,
                "text": unit.text,
                "leans": [{"rule": lean.rule, "on": list(lean.on)} for lean in held.leans[unit.index]],
                "marks": sorted(held.marks[unit.index]),
                "subject": held.antecedents[unit.index],
                "quoted": unit.index in held.quoted,
            }
            for unit in document.units
            if unit.kind in ("body", "item")
        ],
    }


def _table(console: Console, document: Document, held: Cohesion, lang: Lang) -> None:
    from rich.table import Table

    table = Table(title=shown(document.title or ""))
    for name in ("index", "rule", "on"):
        table.add_column(tr(f"leans.{name}", lang), max_width=_WIDEST.get(name), overflow="fold")
    table.add_column(tr("leans.sentence", lang), min_width=_LEAST)
    for unit in document.units:
        for n, lean in enumerate(held.leans[unit.index]):
            on = ", ".join(map(str, lean.on)) or tr("leans.nothing", lang)
            index, text = (str(unit.index), shown(unit.text)) if n == 0 else ("", "")
            table.add_row(index, lean.rule, on, text)
    console.print(table)
