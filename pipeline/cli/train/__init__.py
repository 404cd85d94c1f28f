"""``yoyak train``: the models of ``models/`` again, from data. One file a model."""

from __future__ import annotations

from ..text import tr
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

for _command in (background, encoder, themes, editor, keywords, stories, figures, disagreements):
    train.command(help=tr(f"cli.train-{_command.__name__}"))(_command)
