"""The command line. One file a command; `app` holds what they share."""

from __future__ import annotations

from .app import app
from .digest import digest
from .evaluate import evaluate
from .evaluate_keywords import keywords as evaluate_keywords
from .evaluate_stories import stories
from .evaluate_summaries import summaries
from .keywords import keywords
from .schema import schema
from .summarize import summarize
from .text import tr
from .themes import themes
from .train import train
from .train_editor import editor
from .train_keywords import keywords as train_keywords
from .words import words

__all__ = ["app", "main"]

app.command(help=tr("cli.summarize"))(summarize)
app.command(help=tr("cli.digest"))(digest)
app.command(help=tr("cli.keywords"))(keywords)
app.add_typer(themes, name="themes", help=tr("cli.themes"))
app.command(help=tr("cli.schema"))(schema)
app.add_typer(train, name="train", help=tr("cli.train"))
app.add_typer(evaluate, name="evaluate", help=tr("cli.evaluate"))
app.add_typer(words, name="words", help=tr("cli.words"))
evaluate.command(help=tr("cli.evaluate-stories"))(stories)
evaluate.command("keywords", help=tr("cli.evaluate-keywords"))(evaluate_keywords)
train.command("keywords", help=tr("cli.train-keywords"))(train_keywords)
train.command("editor", help=tr("cli.train-editor"))(editor)
evaluate.command("summaries", help=tr("cli.evaluate-summaries"))(summaries)


def main() -> None:
    """Entry point of ``yoyak``."""
    app(prog_name="yoyak")
