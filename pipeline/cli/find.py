"""``yoyak find``: what was printed, found again."""

from __future__ import annotations

from functools import partial
from pathlib import Path
from typing import Annotated

import typer

from .app import ALL_WELL, NOTHING_DONE, Language, shown
from .newsroom import Folder, opened
from .text import said, tr


def find(
    words: Annotated[list[str], typer.Argument(help=tr("newsroom.words"), show_default=False)],
    newsroom: Folder = Path(),
    top: Annotated[int, typer.Option("--top", min=1, help=tr("newsroom.top"))] = 20,
    lang: Language = None,
) -> None:
    """Print the lines of earlier issues that have these words, with their sources. Exits with 1 for none."""
    with opened(newsroom, lang) as room:
        from pipeline import korean
        from pipeline.newsroom.find import find as search
        from pipeline.run.tools import kiwi_for

        own = room.settings.lang
        tokenize = partial(korean.tokenize, kiwi_for(room.settings))
        found = search(room.base, " ".join(said(word) or "" for word in words), tokenize, top)
        for one in found:
            issue = tr("newsroom.found-in", own, date=one.date, number=one.number)
            sources = " · ".join(
                filter(None, (one.publisher, one.title if one.title != one.text else "", one.url))
            )
            typer.echo(f"{shown(one.text)}\n  {shown(sources) or tr('digest.material', own)}\n  {issue}\n")
        if not found:
            typer.echo(tr("newsroom.not-found", own), err=True)
    raise typer.Exit(ALL_WELL if found else NOTHING_DONE)
