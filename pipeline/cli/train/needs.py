"""What a fit needs before it begins: sets that may be learned from, and what fits."""

from __future__ import annotations

from collections.abc import Iterable
from importlib.util import find_spec
from pathlib import Path

from pipeline.resources import Lang

from ..app import only_fit, wrong_usage
from ..text import PACKAGES, tr


def may_fit(sources: Iterable[Path], lang: Lang) -> None:
    """End the command where a source is held back, or SciPy and scikit-learn are not there."""
    only_fit(sources, lang)
    if find_spec("sklearn") is None:
        wrong_usage(tr("cli.missing-extra", lang, extra=PACKAGES["train"]))
