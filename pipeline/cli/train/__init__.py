"""``yoyak train``: the models of ``models/`` again, from data. One file a model."""

from __future__ import annotations

from importlib.util import find_spec

import typer

from ..app import wrong_usage
from ..text import tr
from .background import background
from .disagreements import disagreements
from .editor import editor
from .encoder import encoder
from .figures import figures
from .keywords import keywords
from .stories import stories
from .themes import themes

train = typer.Typer(no_args_is_help=True, rich_markup_mode=None)
#: What is fitted by SciPy's L-BFGS-B; the others are counted, or have another library or none.
_BY_SCIPY = ("themes", "keywords", "stories", "figures")


@train.callback()
def needs(context: typer.Context) -> None:
    """Tell what has to be installed besides."""
    if context.invoked_subcommand in _BY_SCIPY and find_spec("scipy") is None:
        wrong_usage(tr("cli.missing-extra", extra="train"))


for _command in (background, encoder, themes, editor, keywords, stories, figures, disagreements):
    train.command(help=tr(f"cli.train-{_command.__name__}"))(_command)
