"""yoyak: Korean articles in, an editor's newsletter out. Offline, without a language model.

>>> import yoyak
>>> yoyak.summarize(text, length=3)      # sentences of an article, verbatim
>>> yoyak.keywords(text)                 # (term, score)
>>> yoyak.themes(texts)                  # sentences by theme
>>> yoyak.digest(texts)                  # a newsletter in Markdown

With files, settings and records::

    for report in yoyak.Pipeline().stream(yoyak.read("articles/")): ...

Errors are a `YoyakError`. The package stands in the folder ``pipeline``; what is listed here stays as it is
from one minor version to the next, and both names give the same objects.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from pipeline import __version__
    from pipeline.adapters import SentenceVectors, embedder
    from pipeline.encode import Encoder
    from pipeline.records import (
        Article,
        ArticleError,
        ConfigError,
        DataError,
        Digest,
        EncoderError,
        Failure,
        Keyword,
        Report,
        Sentence,
        TemplateError,
        YoyakError,
    )
    from pipeline.run import Pipeline, load_encoder, read
    from pipeline.settings import Settings, load_settings
    from pipeline.texts import digest, keywords, summarize, themes, words

__all__ = [
    "Article",
    "ArticleError",
    "ConfigError",
    "DataError",
    "Digest",
    "Encoder",
    "EncoderError",
    "Failure",
    "Keyword",
    "Pipeline",
    "Report",
    "Sentence",
    "SentenceVectors",
    "Settings",
    "TemplateError",
    "YoyakError",
    "__version__",
    "digest",
    "embedder",
    "keywords",
    "load_encoder",
    "load_settings",
    "read",
    "summarize",
    "themes",
    "words",
]

#: Where each stands, where it is no record.
_HOMES = {
    "Encoder": ".encode",
    "Pipeline": ".run",
    "SentenceVectors": ".adapters",
    "Settings": ".settings",
    "__version__": "",
    "digest": ".texts",
    "embedder": ".adapters",
    "keywords": ".texts",
    "load_encoder": ".run",
    "load_settings": ".settings",
    "read": ".run",
    "summarize": ".texts",
    "themes": ".texts",
    "words": ".texts",
}


def __getattr__(name: str) -> Any:
    # Imported on first use: `import yoyak` stays instant.
    if name in __all__:
        from importlib import import_module

        return getattr(import_module(f"pipeline{_HOMES.get(name, '.records')}"), name)
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")


def __dir__() -> list[str]:
    from importlib.util import find_spec

    # A class of scikit-learn's, which need not be installed.
    return sorted(name for name in __all__ if name != "SentenceVectors" or find_spec("sklearn"))
