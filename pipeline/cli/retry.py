"""``yoyak retry``: what failed in a folder, once more."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from .app import Language, Quiet, RunReport, Verbose, settings_from
from .outcome import Talk
from .outputs import retry_folder


def retry(
    folder: Annotated[Path, typer.Argument(show_default=False, metavar="DIR")],
    lang: Language = None,
    quiet: Quiet = False,
    verbose: Verbose = False,
    report: RunReport = None,
) -> None:
    """Try again what ``failures.jsonl`` of a folder names, and finish what was not done to its end."""
    retry_folder(folder, settings_from(None, lang, {}).lang, Talk(quiet, verbose, report))
