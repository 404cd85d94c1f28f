"""The version, where the data files are, and the texts for people: all that `yoyak --help` needs."""

from __future__ import annotations

import tomllib
from functools import lru_cache
from pathlib import Path
from typing import Literal

__version__ = "0.1.0"

Lang = Literal["ko", "en"]

_PACKAGE = Path(__file__).resolve().parent


def resource(name: str) -> Path:
    """Path of a data file or folder, such as ``configs/default.toml``.

    The wheel carries ``configs/`` and ``models/`` inside the package; a checkout has them beside it.
    """
    inside = _PACKAGE / name
    return inside if inside.exists() else _PACKAGE.parent / name


@lru_cache(maxsize=2)
def load_messages(lang: Lang) -> dict[str, str]:
    """Texts for people, by dotted key, in the language that is asked for."""
    file = resource(f"configs/messages/{lang}.toml")
    sections = tomllib.loads(file.read_text(encoding="utf-8"))
    return {f"{section}.{key}": text for section, texts in sections.items() for key, text in texts.items()}
