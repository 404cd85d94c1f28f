"""The command line. One file a command; `app` holds what they share."""

from __future__ import annotations

from .app import app
from .bench import bench
from .console import closed, prepare
from .desk import desk
from .digest import digest
from .evaluate import evaluate
from .figures import figures
from .find import find
from .gather import gather
from .issue import issue, morning
from .keywords import keywords
from .leans import why_leans
from .learn import learn
from .new import new
from .plugins import plugins
from .retry import retry
from .schema import schema
from .send import send
from .summarize import summarize
from .text import tr
from .themes import themes
from .train import train
from .words import words

__all__ = ["app", "main"]

app.command(help=tr("cli.summarize"))(summarize)
app.command(help=tr("cli.retry"))(retry)
app.command(help=tr("cli.digest"))(digest)
app.command(help=tr("newsroom.new-help"))(new)
app.command(help=tr("newsroom.gather-help"))(gather)
app.command(help=tr("newsroom.issue-help"))(issue)
app.command(help=tr("newsroom.morning-help"))(morning)
app.command(help=tr("desk.help-text"))(desk)
app.command(help=tr("desk.learn-help"))(learn)
app.command(help=tr("newsroom.send-help"))(send)
app.command(help=tr("newsroom.find-help"))(find)
app.command(help=tr("cli.keywords"))(keywords)
app.command(help=tr("cli.figures"))(figures)
app.add_typer(themes, name="themes", help=tr("cli.themes"))
app.command("why-leans", help=tr("cli.why-leans"))(why_leans)
app.command(help=tr("cli.schema"))(schema)
app.add_typer(train, name="train", help=tr("cli.train"))
app.add_typer(evaluate, name="evaluate", help=tr("cli.evaluate"))
app.command(help=tr("cli.bench"))(bench)
app.add_typer(words, name="words", help=tr("cli.words"))
app.command(help=tr("cli.plugins"))(plugins)


def main() -> None:
    """Entry point of ``yoyak``."""
    prepare()
    try:
        app(prog_name="yoyak")
    finally:
        closed()
