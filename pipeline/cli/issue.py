"""``yoyak issue``: the next issue of a newsroom; ``yoyak morning`` gathers first."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import typer

from .app import ALL_WELL, NOTHING_DONE, SOME_FAILED, Language, shown
from .newsroom import Day, Folder, Since, day, opened, tell_gathered, tell_remade
from .text import tr

if TYPE_CHECKING:
    from pipeline.newsroom import Newsroom


def issue(newsroom: Folder = Path(), date: Day = None, since: Since = None, lang: Language = None) -> None:
    """Write the issue of a day from what is new since the last one."""
    with opened(newsroom, lang) as room:
        code = _issue(room, date, since)
    raise typer.Exit(code)


def morning(newsroom: Folder = Path(), date: Day = None, lang: Language = None) -> None:
    """Gather, then write the issue. Exits with 3 where a source failed."""
    with opened(newsroom, lang) as room:
        from pipeline.newsroom.gather import gather

        found = gather(room)
        tell_gathered(found, room.settings.lang)
        code = _issue(room, date, None)
    raise typer.Exit(code or (SOME_FAILED if found.failures else ALL_WELL))


def _issue(room: Newsroom, date: str | None, since: str | None) -> int:
    lang = room.settings.lang
    made = room.material(day(date, lang), day(since, lang), tell_remade(lang))
    if made.sent:
        typer.echo(tr("newsroom.is-sent", lang, date=made.date), err=True)
        return NOTHING_DONE
    if not made.articles:
        typer.echo(tr("newsroom.nothing-new", lang), err=True)
        return NOTHING_DONE
    changes = room.changes(made.date)
    edited = room.compose(made, changes)
    for unmet in edited.unmet:
        told = {"about": shown(unmet.about), "kind": tr(f"newsroom.change-{unmet.kind}", lang)}
        typer.echo(tr(f"newsroom.unmet-{unmet.why}", lang, **told), err=True)
    for path in room.write(made, edited.digest, changes):
        typer.echo(shown(str(path)))
    typer.echo(
        tr("newsroom.issued", lang, date=made.date, number=made.number, count=len(made.articles)), err=True
    )
    return ALL_WELL
