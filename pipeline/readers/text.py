"""Plain text and Markdown, with front matter or none: TOML in ``+++``, plain keys in ``---``."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterator, Mapping
from datetime import date, datetime, time
from typing import Any

from ..records import Article, Failure, Unreadable
from .article import File, make_article
from .encodings import decode
from .fields import kept_of, mapping, metadata_of, own_id

_TOML = re.compile(
    r"(?<!\s)\s*+\+\+\+[ \t]*\r?\n(?P<head>.*?)^\+\+\+[ \t]*(?:\r?\n|\Z)", re.DOTALL | re.MULTILINE
)
_YAML = re.compile(
    r"---[ \t]*\r?\n(?P<head>(?>[ \t]*(?:#[^\n]*)?\r?\n|[\w-]+:[^\n]*\n|[ \t]+[^\n]*\n|- [^\n]*\n)+?)"
    r"(?:---|\.\.\.)[ \t]*(?:\r?\n|\Z)"
)
_PAIR = re.compile(r"(?m)^([\w-]++):[ \t]*+([^\r\n]++)\r?$")


def read_text(file: File) -> Iterator[Article | Failure]:
    """One article from a text or Markdown file."""
    found = decode(file.data, file.declared)
    front = _TOML.match(found.text)
    plain = None if front else _YAML.match(found.text)
    table = _toml(front["head"]) if front else _plain(plain["head"]) if plain else {}
    metadata = known(table, file.reading.zone)
    # Lines between rules that hold no metadata are text.
    matched = front or (plain if table else None)
    yield make_article(
        file,
        found.text,
        format="markdown" if file.suffix in (".md", ".markdown") else "text",
        title=metadata.get("title"),
        metadata=metadata,
        start=matched.end() if matched else 0,
        encoding=found.encoding,
        own=own_id(table, file.reading.fields) if table else None,
        kept=kept_of(table, file.reading.keep, file.limits),
        notes=found.notes,
    )


def _toml(head: str) -> dict[str, Any]:
    """The table of TOML front matter; its dates in their ISO form."""
    try:
        table = tomllib.loads(head.replace("\r\n", "\n"))
    except (tomllib.TOMLDecodeError, RecursionError) as error:
        raise Unreadable("front-matter", str(error)) from error
    return {
        key: value.isoformat() if isinstance(value, datetime | date | time) else value
        for key, value in table.items()
    }


def _plain(head: str) -> dict[str, Any]:
    """``key: value`` lines of YAML front matter; nested values are not read, but lists in one line are."""
    return {key: _value(value) for key, value in _PAIR.findall(head)}


def _value(text: str) -> str | list[str]:
    text = text.strip()
    if text[:1] in ("'", '"'):
        end = text.find(text[0], 1)
        return text[1 : end if end > 0 else None]
    text = text.split(" #", 1)[0].rstrip()
    if text[:1] == "[" and text[-1:] == "]":
        return [part.strip().strip("\"'") for part in text[1:-1].split(",")]
    return "" if text in ("~", "null", "|", ">") else text


def known(table: Mapping[str, Any], zone: str) -> dict[str, str | None]:
    """The metadata among a table's keys, by the names that records have for them.

    Raises
    ------
    Unreadable
        ``bad-field`` when one of them is no text.
    """
    found = mapping(table, ())
    return metadata_of(
        table, {name: key for name, key in found.items() if name not in ("body", "sentences")}, zone
    )
