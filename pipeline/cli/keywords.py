"""``yoyak keywords``: keyword tables of articles, themes, a batch, or two batches."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from .app import (
    Config,
    EncoderName,
    Fields,
    Inputs,
    Language,
    Themes,
    Words,
    fields_from,
    settings_from,
    shown,
    wrong_usage,
)
from .batch import Batch
from .tables import TABLE, put_tables, table_formats
from .text import tr

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from rich.table import Table

    from pipeline.records import DigestKeyword, KeywordRow, KeywordTable
    from pipeline.settings import Settings

_BAR = 8
_COLUMNS = ("rank", "term", "kind", "count", "score", "theme")
_WIDE = ("kind", "theme")  # on a wide terminal only
_WIDE_TERMINAL = 100
_WIDEST, _VARIANTS = 30, 24
_LEAST_SHOWN = 0.05
_BY = ("article", "theme", "batch")
_ALL = 1000


def keywords(
    inputs: Inputs,
    output: Annotated[Path | None, typer.Option("-o", "--output", help=tr("cli.keywords-out"))] = None,
    top: Annotated[int | None, typer.Option("--top", min=1, help=tr("cli.top"))] = None,
    by: Annotated[str, typer.Option("--by", help=tr("cli.keywords-by"), metavar="|".join(_BY))] = "article",
    compare: Annotated[
        Path | None, typer.Option("--compare", help=tr("cli.keywords-compare"), exists=True)
    ] = None,
    why: Annotated[bool, typer.Option("--why", help=tr("cli.keywords-why"))] = False,
    format: Annotated[
        str, typer.Option("--format", help=tr("cli.formats"), metavar="table,csv,csv-bom,json,md,parquet")
    ] = TABLE,
    words: Words = None,
    themes: Themes = None,
    encoder: EncoderName = None,
    config: Config = None,
    lang: Language = None,
    fields: Fields = None,
) -> None:
    """Print keyword tables, or write them into a folder with ``-o``."""
    asked = {
        "keywords.top": top,
        "themes.set": themes,
        "encoder.name": encoder,
        "korean.user_words": str(words) if words else None,
        **fields_from(fields, lang),
    }
    settings = settings_from(config, lang, asked)
    shown = settings.keywords.top
    if compare is not None:  # what is compared is whole tables; only what is shown is cut
        settings = settings_from(config, lang, {**asked, "keywords.top": _ALL})
    from pipeline.settings import load_messages
    from pipeline.writers.tables import KEYWORD_WRITERS

    names = table_formats(format, KEYWORD_WRITERS, output, settings.lang)
    if by not in _BY:
        wrong_usage(tr("cli.bad-choice", settings.lang, option="--by", value=by, known=", ".join(_BY)))
    texts = load_messages(settings.lang)
    batch = Batch(inputs, settings, prints=names == [TABLE])
    tables = _tables(batch, settings, by, compare, texts, shown)
    put_tables(
        names,
        lambda: _show(tables, texts, why),
        lambda name: KEYWORD_WRITERS[name](tables, texts),
        output,
        "keywords",
        settings.lang,
    )
    batch.finish()


def _tables(
    batch: Batch, settings: Settings, by: str, compare: Path | None, texts: Mapping[str, str], top: int
) -> list[KeywordTable]:
    from pipeline.writers.tables import batch_table, report_table, trend_table

    labels = batch.pipeline.labels()
    if compare is not None:
        now = batch.pipeline.batch_keywords(list(batch), _ALL)
        trends = batch.pipeline.compare_keywords(now, _earlier(compare, batch, settings))
        strongest = sorted(trends[: 2 * top], key=lambda trend: -trend.z)
        return [trend_table(texts["keywords.trends"], strongest, labels)]
    if by == "article":
        return [report_table(report) for report in batch]
    reports = list(batch)
    if by == "batch":
        found = batch.pipeline.batch_keywords(reports, top)
        return [batch_table("all", texts["keywords.all"], found, labels)]
    of_themes = batch.pipeline.theme_keywords(reports, top)
    return [batch_table(id, label, of_themes[id], labels) for id, label in labels.items() if id in of_themes]


def _earlier(path: Path, batch: Batch, settings: Settings) -> Sequence[DigestKeyword]:
    """Keywords of an earlier batch: out of its digest.json, or of its articles."""
    from pipeline import read
    from pipeline.records import DataError
    from pipeline.writers import load_digest

    file = path / "digest.json" if path.is_dir() else path
    if file.name == "digest.json" and file.is_file():
        try:
            return load_digest(file.read_bytes()).keywords
        except (OSError, DataError) as error:
            wrong_usage(tr("cli.config-error", settings.lang, detail=f"{file}: {error}"))
    reports = list(batch.pipeline.stream(read([path]), batch.failures.append))
    return batch.pipeline.batch_keywords(reports, _ALL)


def _show(tables: Sequence[KeywordTable], texts: Mapping[str, str], why: bool) -> None:
    from rich.console import Console

    console = Console(highlight=False)
    for table in tables:
        console.print(_table(table, texts, why, console.width >= _WIDE_TERMINAL))


def _table(table: KeywordTable, texts: Mapping[str, str], why: bool, wide: bool) -> Table:
    from rich.table import Table
    from rich.text import Text

    changes = any(row.change for row in table.rows)
    found = Table(title=Text(shown(table.title or table.id)), title_justify="left", expand=True)
    last = "change" if changes else "why" if why else "first"
    keys = [key for key in _COLUMNS if wide or key not in _WIDE]
    for key in keys:
        right = key in ("rank", "count")
        found.add_column(
            texts[f"keywords.{key}"], justify="right" if right else "left", no_wrap=True, max_width=_WIDEST
        )
    found.add_column(texts[f"keywords.{last}"], no_wrap=not why, overflow="ellipsis", ratio=1)
    for row in table.rows:
        term = Text(shown(row.term), "bold")
        if row.variants:
            term.append(f" ({shown(', '.join(row.variants))[:_VARIANTS]})", "not bold dim")
        cell = _change(row, texts) if changes else _parts(row, texts) if why else row.first
        cells: dict[str, str | Text] = {
            "rank": str(row.rank),
            "term": term,
            "kind": texts[f"keywords.{row.kind}"],
            "count": str(row.count),
            "score": f"{'█' * max(1, round(row.score * _BAR)):<{_BAR}} {row.score:.2f}",
            "theme": Text(shown(row.theme or "")),
        }
        found.add_row(*(cells[key] for key in keys), Text(shown(cell)))
    return found


def _parts(row: KeywordRow, texts: Mapping[str, str]) -> str:
    return " ".join(
        f"{texts[f'keywords.part-{part}']} {value:+.1f}"
        for part, value in row.parts.items()
        if abs(value) >= _LEAST_SHOWN
    )


def _change(row: KeywordRow, texts: Mapping[str, str]) -> str:
    return f"{texts[f'keywords.{row.change}']} {row.before} → {row.count}"
