"""What can go wrong when an encoder is loaded; the terminal has a message for each."""

from __future__ import annotations

from pathlib import Path


class EncoderError(Exception):
    """An encoder that can't be had. The subclasses carry what a message needs."""


class MissingExtraError(EncoderError):
    """The encoder needs packages that are not in the base install."""

    def __init__(self, extra: str, encoder: str) -> None:
        super().__init__(f"{encoder} needs the extra [{extra}]")
        self.extra, self.encoder = extra, encoder


class ModelNotFoundError(EncoderError):
    """No such encoder: not one of ours, not a folder, not in the cache, and not to be had over the network.

    Attributes
    ----------
    folder
        Where one of our own models should have been; None when a name was looked for elsewhere.
    """

    def __init__(self, encoder: str, folder: Path | None = None) -> None:
        super().__init__(f"no model {encoder}" + (f" in {folder}" if folder else ""))
        self.encoder, self.folder = encoder, folder


class ModelFormatError(EncoderError):
    """A model folder that is there but can't be read: damaged, or of another format version."""

    def __init__(self, folder: Path, reason: str) -> None:
        super().__init__(f"{folder}: {reason}")
        self.folder, self.reason = folder, reason
