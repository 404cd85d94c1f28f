"""``yoyak gather``: what is new in feeds, pages and the inbox."""

from __future__ import annotations

from pathlib import Path

import typer

from .app import ALL_WELL, SOME_FAILED, Language
from .newsroom import Folder, opened, tell_gathered
from .text import tr


def gather(newsroom: Folder = Path(), lang: Language = None) -> None:
    """Take in what is new. Exits with 3 where a source failed."""
    with opened(newsroom, lang) as room:
        from pipeline.newsroom.gather import gather as work

        own = room.settings.lang
        found = work(room, lambda one: typer.echo(tr("newsroom.taken", own, title=one.title or "-")))
        tell_gathered(found, own)
    raise typer.Exit(SOME_FAILED if found.failures else ALL_WELL)
