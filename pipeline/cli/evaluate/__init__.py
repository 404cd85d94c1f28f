"""``yoyak evaluate``: quality against gold data. One file a step."""

from __future__ import annotations

from ..text import tr
from ..typed import App
from .digest import digest
from .encoder import encoder
from .figures import figures
from .keywords import keywords
from .stories import stories
from .summaries import summaries
from .themes import themes
from .units import units

evaluate = App(no_args_is_help=True)
for _command in (encoder, themes, summaries, keywords, figures, stories, units, digest):
    evaluate.command(help=tr(f"cli.evaluate-{_command.__name__}"))(_command)
