"""JSON Lines and JSON: one record a line, a list of records, or one record."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping
from typing import Any

from ..records import Article, Failure, Limits, Unreadable
from .article import File, hash_of
from .encodings import Decoded, decode
from .fields import article_of

_STRUCTURE = re.compile(r'"(?:[^"\\]|\\.)*+"?|[\[{]|[\]}]', re.DOTALL)
#: Keys under which a file keeps its list of records.
_LISTS = (
    "articles",
    "items",
    "data",
    "results",
    "documents",
    "news",
    "records",
    "posts",
    "entries",
    "rows",
    "기사",
)


def read_jsonl(file: File) -> Iterator[Article | Failure]:
    """An article for each line that is not blank; a bad line is a failure and the next is read."""
    found = decode(file.data, file.declared)
    empty = True
    for number, line in enumerate(_lines(found.text), 1):
        if line.strip():
            empty = False
            yield read_line(file, found, f"{file.path}:{number}", f"{file.stem}-{number}", line)
    if empty:
        raise Unreadable("empty")


def _lines(text: str) -> Iterator[str]:
    """Lines one at a time: a list of them would take as much memory as the text again."""
    start = 0
    while (end := text.find("\n", start)) >= 0:
        yield text[start:end]
        start = end + 1
    yield text[start:]


def is_record(text: str, limits: Limits) -> bool:
    """Whether a text is one record, and no list of them.

    Raises
    ------
    Unreadable
        It is no JSON at all.
    """
    found = parsed(text, limits)
    return isinstance(found, Mapping) and _records(found) is None


def read_line(file: File, found: Decoded, place: str, name: str, line: str) -> Article | Failure:
    """The article of a line; `found` says how the file was decoded."""
    try:
        record = parsed(line, file.limits)
        return _article(file, found, record, place, name, hash_of(line.strip().encode("utf-8", "replace")))
    except Unreadable as error:
        return error.failure(place)


def _article(file: File, found: Decoded, record: Any, place: str, name: str, digest: str) -> Article:
    if not isinstance(record, Mapping):
        raise Unreadable("not-a-record")
    form = "jsonl" if file.suffix in (".jsonl", ".ndjson") else "json"
    return article_of(
        file,
        record,
        place=place,
        name=name,
        digest=digest,
        format=form,
        encoding=found.encoding,
        notes=found.notes,
    )


def read_json(file: File) -> Iterator[Article | Failure]:
    """Articles of a JSON file: a record, a list of them, or an object that holds such a list."""
    found = decode(file.data, file.declared)
    if not found.text.strip():
        raise Unreadable("empty")
    try:
        data = parsed(found.text, file.limits)
    except Unreadable as error:
        if error.reason == "bad-json" and "Extra data" in error.detail:
            yield from read_jsonl(file)  # JSON Lines under the wrong name
            return
        raise
    records = _records(data)
    if records is None:
        yield _article(file, found, data, file.path, file.stem, hash_of(file.data))
        return
    if not records:
        raise Unreadable("empty")
    for number, record in enumerate(records, 1):
        place = f"{file.path}:{number}"
        digest = hash_of(json.dumps(record, ensure_ascii=True, sort_keys=True).encode())
        try:
            yield _article(file, found, record, place, f"{file.stem}-{number}", digest)
        except Unreadable as error:
            yield error.failure(place)


def _records(data: Any) -> list[Any] | None:
    if isinstance(data, list):
        return data
    if isinstance(data, Mapping):
        for key in _LISTS:
            value = data.get(key)
            if isinstance(value, list) and value and all(isinstance(one, Mapping) for one in value):
                return value
    return None


def parsed(text: str, limits: Limits) -> Any:
    """A JSON value.

    Raises
    ------
    Unreadable
        ``too-deep`` before the parser is asked, so that no nesting can exhaust it; ``bad-json``.
    """
    depth = deepest = 0
    for match in _STRUCTURE.finditer(text):
        if match[0] in "[{":
            depth += 1
            deepest = max(deepest, depth)
        elif match[0] in "]}":
            depth -= 1
    if deepest > limits.depth:
        raise Unreadable("too-deep", f"{deepest:,} > {limits.depth}")
    try:
        return json.loads(text)
    except (ValueError, RecursionError) as error:
        raise Unreadable("bad-json", str(error)) from error
