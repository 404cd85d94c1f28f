"""Reading, with the readers of plug-ins too."""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator
from functools import wraps

from .. import plugins, readers
from ..records import Article, Failure, Reading


@wraps(readers.read)
def read(
    inputs: str | os.PathLike[str] | Iterable[str | os.PathLike[str]], reading: Reading | None = None
) -> Iterator[Article | Failure]:
    """As `readers.read`."""
    plugins.load()
    return readers.read(inputs, reading)
