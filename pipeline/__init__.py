"""yoyak: Korean articles in, an editor's newsletter out.

>>> from pipeline import Pipeline, read
>>> for report in Pipeline().stream(read("articles/")): ...
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from .run import Pipeline, load_encoder, read

__version__ = "0.1.0"
__all__ = ["Pipeline", "__version__", "load_encoder", "read"]


def __getattr__(name: str) -> Any:
    # Imported on first use: `import pipeline` and `yoyak --help` stay instant.
    if name in __all__:
        from . import run

        return getattr(run, name)
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
