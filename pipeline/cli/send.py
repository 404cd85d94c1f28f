"""``yoyak send``: an issue goes out."""

from __future__ import annotations

from collections import Counter
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from pipeline.records import SendError

from .app import ALL_WELL, NOTHING_DONE, SOME_FAILED, Language, shown, wrong_usage
from .newsroom import Day, Folder, day, opened
from .text import tr

if TYPE_CHECKING:
    from pipeline.newsroom.send import Fate, Outcome
    from pipeline.settings import Lang

_DRAFTS = ("listmonk", "ghost")
#: Fates that are told one by one, and after which not all is done.
_BAD: tuple[Fate, ...] = ("unknown", "unknown-before", "refused", "passing")


def send(
    newsroom: Folder = Path(),
    date: Day = None,
    test: Annotated[bool, typer.Option("--test", help=tr("send.test-option"))] = False,
    now: Annotated[bool, typer.Option("--now", help=tr("send.now-option"))] = False,
    dry_run: Annotated[bool, typer.Option("--dry-run", help=tr("send.dry-option"))] = False,
    again: Annotated[list[str] | None, typer.Option("--again", help=tr("send.again-option"))] = None,
    draft: Annotated[
        str | None, typer.Option("--draft", help=tr("send.draft-option"), metavar="|".join(_DRAFTS))
    ] = None,
    lang: Language = None,
) -> None:
    """Send an issue: to the address that tests it first, then to all, each once."""
    with opened(newsroom, lang) as room:
        own = room.settings.lang
        when = day(date, own)
        if draft is not None and draft not in _DRAFTS:
            wrong_usage(tr("cli.bad-choice", own, option="--draft", value=draft, known=", ".join(_DRAFTS)))
        try:
            if draft is not None:
                from pipeline.newsroom.drafts import draft as put

                typer.echo(put(room, draft, when))
                raise typer.Exit(ALL_WELL)
            from pipeline.newsroom.send import send as work

            found = work(
                room,
                when,
                test=test,
                now=now,
                dry=dry_run,
                again=again or (),
                told=lambda one: _tell(one, own, dry_run),
            )
        except SendError as error:
            typer.echo(tr(f"send.{error.reason}", own, detail=shown(error.detail)), err=True)
            raise typer.Exit(NOTHING_DONE) from error
    fates = Counter(one.fate for one in found.outcomes)
    counts = {
        "date": found.date,
        "sent": fates["sent"],
        "before": fates["sent-before"],
        "all": len(found.outcomes),
    }
    key = "dry" if dry_run else "tested" if found.test else "done"
    typer.echo(tr(f"send.{key}", own, **counts), err=True)
    if fates["unknown"] + fates["unknown-before"]:
        typer.echo(tr("send.how-again", own, count=fates["unknown"] + fates["unknown-before"]), err=True)
    raise typer.Exit(SOME_FAILED if any(fates[fate] for fate in _BAD) else ALL_WELL)


def _tell(one: Outcome, lang: Lang, dry: bool) -> None:
    if one.fate in _BAD or (dry and one.fate == "waiting"):
        told = {"recipient": shown(one.recipient), "detail": shown(one.detail)}
        typer.echo(tr(f"send.fate-{one.fate}", lang, **told), err=one.fate in _BAD)
