"""``yoyak train``: the models of ``models/`` again, from data. One file a model."""

from __future__ import annotations

from importlib.util import find_spec

import typer

from ..app import wrong_usage
from ..text import tr
from .background import background
from .editor import editor
from .encoder import encoder
from .figures import figures
from .keywords import keywords
from .stories import stories
from .themes import themes

train = typer.Typer(no_args_is_help=True, rich_markup_mode=None)


@train.callback()
def needs(context: typer.Context) -> None:
    """Tell what has to be installed besides."""
    # Vectors are trained with another library, and the background is counted.
    if context.invoked_subcommand not in ("background", "encoder") and find_spec("scipy") is None:
        wrong_usage(tr("cli.missing-extra", extra="train"))


for _command in (background, encoder, themes, editor, keywords, stories, figures):
    train.command(help=tr(f"cli.train-{_command.__name__}"))(_command)
