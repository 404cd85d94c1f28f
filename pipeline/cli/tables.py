"""What the commands share that give tables: formats by name, on the terminal or in a folder."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import TYPE_CHECKING

import typer

from .app import formats, write, wrong_usage
from .console import put
from .text import tr

if TYPE_CHECKING:
    from pipeline.settings import Lang

#: For people, at a terminal.
TABLE = "table"


def table_formats(asked: str, writers: Iterable[str], output: Path | None, lang: Lang) -> list[str]:
    """Names of formats out of a comma-separated list. Exits with 2 for one that can't be had, or be shown."""
    names = formats(asked, (TABLE, *writers), lang)
    if output is None and "parquet" in names and sys.stdout.isatty():
        wrong_usage(tr("cli.needs-output", lang, format="parquet"))
    return names


def put_tables(
    names: Iterable[str],
    show: Callable[[], None],
    content: Callable[[str], str | bytes],
    output: Path | None,
    stem: str,
    lang: Lang,
) -> None:
    """Print tables in each format, or write them into a folder.

    Parameters
    ----------
    show
        Prints them for people.
    content
        Gives them in a format by its name.
    stem
        Name of the files without their ending; ``csv-bom`` ends in ``csv``.
    """
    for name in names:
        if name == TABLE:
            show()
            continue
        try:
            made = content(name)
        except ModuleNotFoundError:
            wrong_usage(tr("cli.no-pyarrow", lang))
        if output is None:
            put(made, name, nl=False)
        else:
            file = output / f"{stem}.{name.removesuffix('-bom')}"
            write(file, made, lang)
            typer.echo(file)
