"""Settings of a newsroom: where articles come from, and how an issue goes out."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import Literal

from pydantic import Field, field_validator

from .toml import Checked, read_toml, resource, validated

_ADDRESS = re.compile(r"https?://[^\s/?#]+", re.IGNORECASE)
_NAME = re.compile(r"[A-Za-z_][A-Za-z0-9_]*")


def _addresses(value: tuple[str, ...]) -> tuple[str, ...]:
    for address in value:
        if not _ADDRESS.match(address):
            raise ValueError(f"an address begins with https:// or http://: {address!r}")
    return value


class SourceSettings(Checked):
    """Where articles come from."""

    feeds: tuple[str, ...] = ()
    opml: str = ""
    addresses: tuple[str, ...] = ()
    inbox: str = "inbox"
    parallel: int = Field(8, ge=1, le=64)
    """Servers that are asked at the same time."""
    pause: float = Field(1.0, ge=0, le=60)
    """Seconds between two requests to one server; robots.txt may ask for more."""
    days: int = Field(0, ge=0)
    """Articles dated more days before the issue are too old for it; 0: none is."""

    @field_validator("feeds", "addresses")
    @classmethod
    def _are_addresses(cls, value: tuple[str, ...]) -> tuple[str, ...]:
        return _addresses(value)


class ListmonkSettings(Checked):
    """A listmonk that gets a draft of the campaign; its token is a secret."""

    url: str = ""
    user: str = ""
    lists: tuple[int, ...] = ()
    template: int = 0


class GhostSettings(Checked):
    """A Ghost that gets a draft of the post; its Admin API key is a secret."""

    url: str = ""
    newsletter: str = ""


class SendingSettings(Checked):
    """How an issue goes out. Secrets stand in the environment or in a file, never here."""

    server: str = ""
    port: int = Field(587, ge=1, le=65535)
    security: Literal["starttls", "tls", "none"] = "starttls"
    user: str = ""
    secret: str = "YOYAK_SMTP_PASSWORD"
    """Name of the environment variable with the password."""
    secret_file: str = ""
    """A file with the password, where the variable is not set."""
    test: str = ""
    """Who gets an issue first, to look at."""
    recipients: str = ""
    """A file with one address a line; without it the newsletter's recipient gets one message."""
    one_click: bool = False
    """The address in ``newsletter.unsubscribe`` answers POST as RFC 8058 says."""
    retries: int = Field(3, ge=0, le=10)
    pause: float = Field(0.0, ge=0, le=60)
    """Seconds between two messages."""
    listmonk: ListmonkSettings = ListmonkSettings()
    ghost: GhostSettings = GhostSettings()

    @field_validator("secret")
    @classmethod
    def _is_a_name(cls, value: str) -> str:
        if value and not _NAME.fullmatch(value):
            raise ValueError("the name of an environment variable; the secret itself does not belong here")
        return value


class _Label(Checked):
    id: Literal["withdrawn", "corrected"]
    words: tuple[str, ...]
    example: tuple[str, ...]
    against: tuple[str, ...]


class _Labels(Checked):
    label: tuple[_Label, ...]


@lru_cache(maxsize=1)
def load_labels() -> dict[str, str]:
    """Labels before titles that tell of another article: ``withdrawn`` or ``corrected``, by the label.

    Raises
    ------
    ConfigError
        The file is wrong.
    """
    path = resource("configs/newsroom.toml")
    found = validated(_Labels, read_toml(path), path)
    return {"".join(word.split()): one.id for one in found.label for word in one.words}
