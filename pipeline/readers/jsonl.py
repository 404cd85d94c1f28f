"""JSON Lines: one record a line, with a title and either ``body`` or ``sentences``."""

from __future__ import annotations

import json
from collections.abc import Iterator
from itertools import accumulate
from pathlib import Path
from typing import Any

from ..records import Article, Failure, Source
from .article import METADATA, article_id, decoded, hash_of


def read_jsonl(path: str, data: bytes) -> Iterator[Article | Failure]:
    """An article for each line that is not blank; a bad line is a failure and the next is read."""
    text = decoded(path, data)
    if isinstance(text, Failure):
        yield text
        return
    lines = [(n, line) for n, line in enumerate(text.lstrip("\ufeff").split("\n"), 1) if line.strip()]
    if not lines:
        yield Failure(path, "read", "empty")
    for number, line in lines:
        yield _article(f"{path}:{number}", line, f"{Path(path).stem}-{number}")


def _article(place: str, line: str, name: str) -> Article | Failure:
    try:
        record = json.loads(line)
    except (ValueError, RecursionError) as error:
        return Failure(place, "read", "bad-json", str(error))
    if not isinstance(record, dict):
        return Failure(place, "read", "not-a-record")
    try:
        fields = {key: _text(record, key) for key in ("title", *METADATA)}
        text, sentences = _body(record)
    except ValueError as error:
        return Failure(place, "read", "bad-field", str(error))
    if not text.strip():
        return Failure(place, "read", "empty")
    title = fields.pop("title")
    digest = hash_of(line.strip().encode())
    return Article(
        id=article_id(title or name, digest),
        title=title,
        source=Source(path=place, sha256=digest, **fields),
        text=text,
        body=(0, len(text)),
        sentences=sentences,
    )


def _text(record: dict[str, Any], key: str) -> str | None:
    value = record.get(key)
    if value is None:
        return None
    if not isinstance(value, str):
        raise ValueError(f"{key}: not a text")
    return " ".join(_sound(key, value).split()) or None


def _body(record: dict[str, Any]) -> tuple[str, tuple[tuple[int, int], ...] | None]:
    """The text and, where the record gives sentences, their spans in it: one a line, as they are."""
    sentences = record.get("sentences")
    if sentences is None:
        body = record.get("body")
        if not isinstance(body, str):
            raise ValueError("body: missing" if body is None else "body: not a text")
        return _sound("body", body), None
    if not isinstance(sentences, list) or not all(isinstance(s, str) for s in sentences):
        raise ValueError("sentences: not a list of texts")
    kept = [_sound("sentences", s) for s in sentences]
    starts = accumulate((len(s) + 1 for s in kept), initial=0)
    spans = tuple((start, start + len(s)) for start, s in zip(starts, kept, strict=False))
    return "\n".join(kept), spans


def _sound(key: str, value: str) -> str:
    """A text that can be written as UTF-8: JSON can spell half of a surrogate pair, a file can't."""
    try:
        value.encode("utf-8")
    except UnicodeEncodeError as error:
        raise ValueError(f"{key}: lone surrogate at character {error.start}") from error
    if "\0" in value:
        raise ValueError(f"{key}: NUL at character {value.index(chr(0))}")
    return value
