"""``yoyak learn``: what was corrected in issues, kept for those to come."""

from __future__ import annotations

from difflib import unified_diff
from pathlib import Path
from typing import Annotated

import typer

from pipeline.settings import LEARNED, load_changes, load_learned, load_themes

from .app import Language
from .newsroom import Day, Folder, day, opened
from .text import tr


def learn(
    newsroom: Folder = Path(),
    date: Day = None,
    yes: Annotated[bool, typer.Option("--yes", help=tr("desk.learn-yes"))] = False,
    lang: Language = None,
) -> None:
    """Show what the changes of all issues, or of one, would teach the newsletter; write it with --yes."""
    with opened(newsroom, lang) as room:
        from pipeline.newsroom import CHANGES, ISSUES
        from pipeline.newsroom.learning import learned
        from pipeline.writers import learned_toml, write_whole

        own = room.settings.lang
        asked = day(date, own) or "*"
        files = sorted((room.folder / ISSUES).glob(f"{asked}/{CHANGES}"))
        themes = {theme.id for theme in load_themes(room.settings.themes.set).themes}
        known = load_learned(room.folder)
        found = learned(known, [load_changes(file) for file in files], themes)
        before, after = (
            learned_toml(one.hidden, one.aliases, one.examples).splitlines() for one in (known, found)
        )
        if found == known:
            typer.echo(tr("desk.learn-nothing", own), err=True)
            return
        for line in list(unified_diff(before, after, LEARNED, LEARNED, lineterm="", n=1))[2:]:
            typer.echo(line)
        if yes:
            path = room.folder / LEARNED
            write_whole(path, learned_toml(found.hidden, found.aliases, found.examples))
            typer.echo(tr("desk.learn-wrote", own, path=path), err=True)
        else:
            typer.echo(tr("desk.learn-would", own), err=True)
