"""Plain text and Markdown, with optional TOML front matter between lines of ``+++``."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterator
from datetime import date, datetime, time
from pathlib import Path

from ..records import Article, Failure, Source
from .article import METADATA, article_id, decoded, hash_of

_FRONT = re.compile(
    r"\ufeff?\s*\+\+\+[ \t]*\r?\n(?P<toml>.*?)^\+\+\+[ \t]*(?:\r?\n|\Z)", re.DOTALL | re.MULTILINE
)


def read_text(path: str, data: bytes) -> Iterator[Article | Failure]:
    """One article from a text or Markdown file."""
    text = decoded(path, data)
    if isinstance(text, Failure):
        yield text
        return
    front = _FRONT.match(text)
    try:
        metadata = _metadata(front["toml"]) if front else {}
    except ValueError as error:
        yield Failure(path, "read", "front-matter", str(error))
        return
    start = front.end() if front else 0
    if not text[start:].strip("\ufeff \t\r\n"):
        yield Failure(path, "read", "empty")
        return
    title = metadata.pop("title", None)
    digest = hash_of(data)
    yield Article(
        id=article_id(title or ("stdin" if path == "-" else Path(path).stem), digest),
        title=title,
        source=Source(path=path, sha256=digest, **metadata),
        text=text,
        body=(start, len(text)),
    )


def _metadata(toml: str) -> dict[str, str]:
    """Known keys as text; TOML dates in their ISO form. Others are none of our business."""
    try:
        table = tomllib.loads(toml.replace("\r\n", "\n"))
    except tomllib.TOMLDecodeError as error:
        raise ValueError(str(error)) from error
    found: dict[str, str] = {}
    for key in ("title", *METADATA):
        value = table.get(key)
        if isinstance(value, datetime | date | time):
            value = value.isoformat()
        if value is not None and not isinstance(value, str):
            raise ValueError(f"{key}: not a text")
        if value and value.strip():
            found[key] = " ".join(value.split())
    return found
