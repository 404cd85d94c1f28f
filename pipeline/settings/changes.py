"""``issue.toml``: what an editor changed in an issue, by hand or at the desk."""

from __future__ import annotations

import tomllib
from pathlib import Path
from typing import Literal

from ..records import (
    Changes,
    Comment,
    ConfigError,
    Headline,
    Hidden,
    LineKey,
    LineOrder,
    Merged,
    Moved,
    Pin,
    Replaced,
    StoryKey,
    StoryOrder,
)
from .toml import Checked, validated


class _Story(Checked):
    article: str
    theme: str

    def key(self) -> StoryKey:
        return StoryKey(self.article, self.theme)


class _Sentence(Checked):
    sentence: int
    text: str = ""


class _Line(_Sentence):
    article: str

    def key(self) -> LineKey:
        return LineKey(self.article, self.sentence, self.text)


class _Pin(_Line):
    theme: str


class _Replaced(_Line):
    by: _Sentence


class _Headline(_Story):
    headline: str


class _MovedStory(_Story):
    to: str


class _MovedLine(_Line):
    to: str


class _StoryOrder(Checked):
    theme: str
    articles: tuple[str, ...]


class _LineOrder(_Story):
    lines: tuple[_Line, ...]


class _Merged(Checked):
    term: str
    into: str


class _Row(Checked):
    table: Literal["figures", "disagreements"]
    subject: str | None = None
    metric: str | None = None
    period: str | None = None


class _Apart(Checked):
    at: Literal["opening", "closing"]
    text: str


class _Below(_Story):
    text: str


class _IssueFile(Checked):
    version: int = 0
    sections: tuple[str, ...] = ()
    hidden: tuple[str, ...] = ()
    lead: _Story | None = None
    pinned: tuple[_Story, ...] = ()
    lines: tuple[_Pin, ...] = ()
    dropped: tuple[_Story | _Line, ...] = ()
    replaced: tuple[_Replaced, ...] = ()
    headlines: tuple[_Headline, ...] = ()
    moved: tuple[_MovedStory | _MovedLine, ...] = ()
    order: tuple[_StoryOrder | _LineOrder, ...] = ()
    merged: tuple[_Merged, ...] = ()
    rows: tuple[_Row, ...] = ()
    words: tuple[_Apart | _Below, ...] = ()


def load_changes(file: Path) -> Changes:
    """An editor's changes; none where there is no file.

    Raises
    ------
    ConfigError
        When it can't be read; it names the key, with its line.
    """
    try:
        return read_changes(file.read_bytes(), file)
    except FileNotFoundError:
        return Changes()
    except OSError as error:
        raise ConfigError(file, "", error.strerror or str(error)) from error


def read_changes(data: bytes, file: Path) -> Changes:
    """The changes that the bytes of a file hold; see `load_changes`."""
    try:
        tables = tomllib.loads(data.decode("utf-8-sig"))
    except UnicodeDecodeError as error:
        raise ConfigError(file, "", f"not UTF-8: byte {error.start}") from error
    except tomllib.TOMLDecodeError as error:
        raise ConfigError(file, "", str(error)) from error
    found = validated(_IssueFile, tables, file)
    return Changes(
        version=found.version,
        lead=found.lead.key() if found.lead else None,
        pinned=tuple(one.key() for one in found.pinned),
        lines=tuple(Pin(one.key(), one.theme) for one in found.lines),
        dropped=tuple(one.key() for one in found.dropped),
        replaced=tuple(
            Replaced(one.key(), LineKey(one.article, one.by.sentence, one.by.text)) for one in found.replaced
        ),
        headlines=tuple(Headline(one.key(), one.headline) for one in found.headlines),
        moved=tuple(Moved(one.key(), one.to) for one in found.moved),
        sections=found.sections,
        order=tuple(
            StoryOrder(one.theme, one.articles)
            if isinstance(one, _StoryOrder)
            else LineOrder(one.key(), tuple(line.key() for line in one.lines))
            for one in found.order
        ),
        hidden=found.hidden,
        merged=tuple(Merged(one.term, one.into) for one in found.merged),
        rows=tuple(Hidden(one.table, one.subject, one.metric, one.period) for one in found.rows),
        words=tuple(
            Comment(one.text, one.at if isinstance(one, _Apart) else one.key()) for one in found.words
        ),
    )
