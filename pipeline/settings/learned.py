"""``learned.toml``: what an editor's changes taught a newsletter, beside its settings."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from pydantic import Field

from .model import Settings, load_settings
from .toml import Checked, read_toml, validated

#: Beside ``newsletter.toml``.
LEARNED = "learned.toml"


class Learned(Checked):
    """What holds beyond the issue in which it was changed.

    Attributes
    ----------
    hidden
        Keywords that no issue shows.
    aliases
        Groups of keywords that are one thing.
    examples
        Sentences by the id of the theme that they belong to.
    """

    hidden: tuple[str, ...] = ()
    aliases: tuple[tuple[str, ...], ...] = ()
    examples: dict[str, tuple[str, ...]] = Field(default_factory=dict)


def load_learned(folder: Path) -> Learned:
    """What a newsletter has learned; nothing where there is no file. A `ConfigError` names key and line."""
    file = folder / LEARNED
    return validated(Learned, read_toml(file), file) if file.is_file() else Learned()


def load_newsletter(file: Path) -> Settings:
    """Settings of a newsletter, and what it has learned besides.

    Raises
    ------
    ConfigError
        One of the files is wrong; it names the file and the key.
    """
    settings, learned = load_settings(file), load_learned(file.parent)
    examples = {theme: list(texts) for theme, texts in settings.themes.examples}
    for theme, texts in learned.examples.items():
        examples.setdefault(theme, []).extend(texts)
    overrides: dict[str, Any] = {
        "digest.hidden": [*settings.digest.hidden, *learned.hidden],
        "digest.aliases": [*settings.digest.aliases, *learned.aliases],
        "themes.examples": examples,
    }
    return load_settings(file, overrides) if learned != Learned() else settings
