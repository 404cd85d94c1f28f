"""``yoyak desk``: an issue corrected in the browser."""

from __future__ import annotations

import webbrowser
from pathlib import Path
from typing import Annotated

import typer

from .app import Language, wrong_usage
from .newsroom import Day, Folder, day, opened, tell_remade
from .text import PACKAGES, tr


def desk(
    newsroom: Folder = Path(),
    date: Day = None,
    port: Annotated[int, typer.Option("--port", min=0, max=65535, help=tr("desk.port"))] = 0,
    no_browser: Annotated[bool, typer.Option("--no-browser", help=tr("desk.no-browser"))] = False,
    lang: Language = None,
) -> None:
    """Open the day's issue on the desk."""
    with opened(newsroom, lang) as room:
        own = room.settings.lang
        asked = day(date, own)
        try:
            import starlette
            import uvicorn  # noqa: F401
        except ImportError:
            wrong_usage(tr("cli.missing-extra", own, extra=PACKAGES["desk"]))
        del starlette
        from pipeline.desk import Sheet
        from pipeline.desk.serving import listen, serve

        try:
            found = listen(port)
        except OSError as error:
            wrong_usage(tr("desk.no-port", own, port=port, detail=error.strerror or str(error)))
        room.material(asked, told=tell_remade(own))
        sheet = Sheet(room, asked)

        def told(url: str) -> None:
            typer.echo(tr("desk.open-here", own, url=url), err=True)
            typer.echo(tr("desk.stop-how", own), err=True)
            if not no_browser:
                webbrowser.open(url)

        serve(sheet, found, told)
