"""``yoyak train``: the models of ``models/`` again, from data. One file a model."""

from __future__ import annotations

from importlib.util import find_spec

import typer

from ..app import wrong_usage
from ..text import PACKAGES, tr
from ..typed import App
from .background import background
from .disagreements import disagreements
from .editor import editor
from .encoder import encoder
from .figures import figures
from .keywords import keywords
from .stories import stories
from .themes import themes

train = App(no_args_is_help=True)
#: What is fitted by SciPy or scikit-learn; the others are counted, or have another library or none.
_FITTED = ("themes", "keywords", "stories", "figures", "disagreements")


@train.callback()
def needs(context: typer.Context) -> None:
    """Tell what has to be installed besides."""
    if context.invoked_subcommand in _FITTED and find_spec("sklearn") is None:
        wrong_usage(tr("cli.missing-extra", extra=PACKAGES["train"]))


for _command in (background, encoder, themes, editor, keywords, stories, figures, disagreements):
    train.command(help=tr(f"cli.train-{_command.__name__}"))(_command)
