"""What can go wrong, as one tree: ``except YoyakError`` catches all that the package itself raises.

::

    YoyakError
    ├── ArticleError        a text that no report can be made of (a ValueError too)
    ├── BadChangeError      a change of an issue that makes no sense (a ValueError too)
    ├── ConfigError         a setting, or a file of settings, themes, rules or words (a ValueError too)
    ├── DataError           a file of gold or training data, a report or digest read back (a ValueError too)
    │   └── GoldError           a gold summary
    ├── EncoderError        an encoder that can't be had
    │   ├── MissingExtraError   its packages are not installed
    │   ├── ModelNotFoundError  there is no such model
    │   └── ModelFormatError    its folder is damaged, or of another version
    ├── FolderBusyError     another process writes into the folder of the output
    ├── SendError           an issue, or a message of it, that could not be sent
    ├── SentError           a change of an issue that has gone out
    ├── StaleError          a change of an issue that was changed elsewhere meanwhile
    ├── TemplateError       a template of one's own that can't be filled in
    └── Unreadable          inside the readers only: callers get a `Failure`

Articles that can't be read raise nothing: `read` and `Pipeline.stream` go on, and give a `Failure`. What the
system says of a file (`OSError`) passes as it is, and a wrong argument is a plain ValueError.
"""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

from .article import Failure


class YoyakError(Exception):
    """The base of every error of this package."""


class ConfigError(YoyakError, ValueError):
    """A settings, theme or rules file that can't be used. The message names the file and the place.

    Attributes
    ----------
    known
        The values that there are, where these can be counted.
    """

    def __init__(self, file: Path | str, place: str, problem: str, known: Iterable[str] = ()) -> None:
        super().__init__(f"{file}: {place}: {problem}" if place else f"{file}: {problem}")
        self.file, self.place, self.problem, self.known = str(file), place, problem, tuple(known)


class ArticleError(YoyakError, ValueError):
    """A text that `yoyak.summarize` and the like can make nothing of; the message is for people.

    Attributes
    ----------
    failure
        What a batch would give in the place of a report.
    """

    def __init__(self, failure: Failure, message: str) -> None:
        super().__init__(message)
        self.failure = failure


class DataError(YoyakError, ValueError):
    """Data that are not what they should be.

    Attributes
    ----------
    place
        The file, its line, or the key.
    """

    def __init__(self, place: object, problem: str) -> None:
        super().__init__(f"{place}: {problem}" if str(place) else problem)
        self.place, self.problem = str(place), problem


class GoldError(DataError):
    """A gold summary that can't be used.

    Attributes
    ----------
    place
        The file, with the number of the record where it has several.
    problem
        A code, for which ``configs/messages`` has the words in ``[gold]``.
    detail
        What the words name.
    """

    def __init__(self, place: object, problem: str, detail: object = "") -> None:
        super().__init__(place, problem.replace("-", " ") + (f": {detail}" if str(detail) else ""))
        self.problem, self.detail = problem, str(detail)


class EncoderError(YoyakError):
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


class FolderBusyError(YoyakError):
    """Another process writes into the folder.

    Attributes
    ----------
    holder
        Its number, as far as that is known.
    """

    def __init__(self, folder: Path, holder: str = "") -> None:
        super().__init__(f"{folder}: in use by process {holder or '?'}")
        self.folder, self.holder = folder, holder


class SendError(YoyakError):
    """An issue, or a message of it, that could not be sent.

    Attributes
    ----------
    reason
        A code, for which ``configs/messages`` has the words in ``[send]``.
    detail
        What the words leave open: what the server said, a name.
    """

    def __init__(self, reason: str, detail: str = "") -> None:
        super().__init__(f"{reason} {detail}".strip())
        self.reason, self.detail = reason, detail


class TemplateError(YoyakError):
    """A template of one's own that can't be filled in; its message is that of the error behind it.

    Attributes
    ----------
    file, line
        Where in the template.
    """

    def __init__(self, file: str, line: int, problem: str) -> None:
        super().__init__(problem)
        self.file, self.line, self.problem = file, line, problem


class Unreadable(YoyakError):  # noqa: N818 (it is what the failure says, not an error of ours)
    """A file, or a part of it, that gives no article: `Failure.reason` and `Failure.detail`."""

    def __init__(self, reason: str, detail: str = "") -> None:
        super().__init__(f"{reason} {detail}".strip())
        self.reason, self.detail = reason, detail

    def failure(self, path: str) -> Failure:
        """As the batch reports it."""
        return Failure(path, "read", self.reason, self.detail)


class BadChangeError(YoyakError, ValueError):
    """A change that makes no sense: what it names is not there, or it is too long."""


class StaleError(YoyakError):
    """The issue was changed elsewhere since whoever asks has seen it."""


class SentError(YoyakError):
    """The issue has gone out."""
