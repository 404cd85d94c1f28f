"""yoyak: Korean articles in, an editor's newsletter out.

>>> from pipeline import Pipeline, read
>>> for report in Pipeline().stream(read("articles/")): ...

The package under the name of its folder; ``import yoyak`` gives the same objects, and functions for texts.
All errors of the package are a `YoyakError`; `pipeline.records.errors` shows their tree.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from .resources import __version__

if TYPE_CHECKING:
    from .records import ConfigError, DataError, EncoderError, TemplateError, YoyakError
    from .run import Pipeline, load_encoder, read

__all__ = [
    "ConfigError",
    "DataError",
    "EncoderError",
    "Pipeline",
    "TemplateError",
    "YoyakError",
    "__version__",
    "load_encoder",
    "read",
]


def __getattr__(name: str) -> Any:
    # Imported on first use: `import pipeline` and `yoyak --help` stay instant.
    if name in __all__:
        from importlib import import_module

        home = "records" if name.endswith("Error") else "run"
        return getattr(import_module(f".{home}", __name__), name)
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")


def __dir__() -> list[str]:
    return sorted(__all__)
