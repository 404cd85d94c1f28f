"""Texts for the person at the terminal."""

from __future__ import annotations

import os
import sys
from typing import Any

from pipeline.resources import Lang, load_messages


def language(arguments: list[str]) -> Lang:
    """The language of ``--lang``, else of ``YOYAK_LANG``, else Korean.

    Help texts are made before the arguments are parsed, hence this look ahead.
    """
    asked = os.environ.get("YOYAK_LANG", "ko")
    for i, argument in enumerate(arguments):
        if argument == "--lang" and i + 1 < len(arguments):
            asked = arguments[i + 1]
        elif argument.startswith("--lang="):
            asked = argument.removeprefix("--lang=")
    return "en" if asked == "en" else "ko"


def said(argument: str | None) -> str | None:
    """Text of an argument, whose bytes Python keeps as surrogates where the locale can't read them."""
    if argument is None or not any("\ud800" <= char <= "\udfff" for char in argument):
        return argument
    return argument.encode("utf-8", "surrogateescape").decode("utf-8", "replace")


def in_words(text: str, lang: Lang | None = None) -> str:
    """What a library says, in the language of the person."""
    if (lang or language(sys.argv[1:])) == "en":
        return text
    from pipeline.settings import in_korean

    return in_korean(text)


#: What the extras consist of: by name a package is found wherever yoyak itself came from.
PACKAGES = {
    "desk": "starlette uvicorn",
    "train": "scikit-learn scipy",
    "transformers": "sentence-transformers torch datasets accelerate",
}


def tr(key: str, lang: Lang | None = None, **values: Any) -> str:
    """Text by its key in ``configs/messages``, filled in."""
    text = load_messages(lang or language(sys.argv[1:]))[key]
    return text.format(**values) if values else text
