"""Who labelled what a model is fitted to: the first lines of its file."""

from __future__ import annotations

import textwrap
from collections.abc import Iterable
from pathlib import Path

_WIDTH = 100
#: The numbers of a head are those of its fit; what is read before them goes on changing.
_TODAY = "# What its command printed last stands beside that command in docs/quality.md.\n"


def tell_labels(output: Path, sources: Iterable[Path]) -> None:
    """Put who labelled the sources, and where its numbers of today are, above what a model's file says."""
    text = output.read_text(encoding="utf-8")
    output.write_text(labels_told(sources) + _TODAY + text, encoding="utf-8")


def labels_told(sources: Iterable[Path]) -> str:
    """Lines of a comment that name the sets, and who labelled them."""
    from pipeline.evaluate.sets import labelled_by

    lines = []
    for who, sets in labelled_by(sources).items():
        head = f"Labelled by {who}" if who else "Labels as they come with the data"
        lines += textwrap.wrap(f"{head}: {', '.join(sets)}.", _WIDTH, break_on_hyphens=False)
    return "".join(f"# {line}\n" for line in lines)
