"""Plain text and Markdown, with front matter or none: TOML in ``+++``, plain keys in ``---``."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterator, Mapping
from datetime import date, datetime, time

from ..records import Article, Failure
from .article import METADATA, File, Unreadable, make_article
from .encodings import decode

_TOML = re.compile(r"\s*\+\+\+[ \t]*\r?\n(?P<head>.*?)^\+\+\+[ \t]*(?:\r?\n|\Z)", re.DOTALL | re.MULTILINE)
_YAML = re.compile(
    r"---[ \t]*\r?\n(?P<head>(?>[ \t]*(?:#[^\n]*)?\r?\n|[\w-]+:[^\n]*\n|[ \t]+[^\n]*\n|- [^\n]*\n)+?)"
    r"(?:---|\.\.\.)[ \t]*(?:\r?\n|\Z)"
)
_PAIR = re.compile(r"(?m)^([\w-]++):[ \t]*+([^\r\n]++)\r?$")
#: What other programs call the metadata.
_NAMES = {"date": "published", "link": "url", "source": "publisher", "copyright": "rights"}


def read_text(file: File) -> Iterator[Article | Failure]:
    """One article from a text or Markdown file."""
    found = decode(file.data, file.declared)
    front = _TOML.match(found.text)
    try:
        metadata = _toml(front["head"]) if front else {}
    except ValueError as error:
        raise Unreadable("front-matter", str(error)) from error
    plain = None if front else _YAML.match(found.text)
    if plain:
        metadata = _plain(plain["head"])
    # Lines between rules that hold no metadata are text.
    matched = front or (plain if metadata else None)
    yield make_article(
        file,
        found.text,
        format="markdown" if file.suffix in (".md", ".markdown") else "text",
        title=metadata.get("title"),
        metadata=metadata,
        start=matched.end() if matched else 0,
        encoding=found.encoding,
        notes=found.notes,
    )


def _toml(head: str) -> dict[str, str]:
    """Known keys as text; TOML dates in their ISO form. Others are none of our business."""
    try:
        table = tomllib.loads(head.replace("\r\n", "\n"))
    except (tomllib.TOMLDecodeError, RecursionError) as error:
        raise ValueError(str(error)) from error
    return known(table)


def _plain(head: str) -> dict[str, str]:
    """``key: value`` lines of YAML front matter; nested values are not read."""
    return known({key: value.strip().strip("\"'") for key, value in _PAIR.findall(head)})


def known(table: Mapping[str, object]) -> dict[str, str]:
    """The metadata among a table's keys.

    Raises
    ------
    ValueError
        When one of them is neither text nor a date.
    """
    found: dict[str, str] = {}
    for name, value in table.items():
        key = name if name in METADATA or name == "title" else _NAMES.get(name, "")
        if not key or value is None or (key != name and key in table):
            continue
        if isinstance(value, datetime | date | time):
            value = value.isoformat()
        if not isinstance(value, str):
            raise ValueError(f"{name}: not a text")
        if value.strip():
            found[key] = " ".join(value.split())
    return found
