"""``yoyak evaluate``: quality against gold data."""

from __future__ import annotations

import typer

evaluate = typer.Typer(no_args_is_help=True, rich_markup_mode=None)
