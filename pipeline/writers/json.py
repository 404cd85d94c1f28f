"""JSON, and its schema, straight from the records."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any, TypeVar

from pydantic import TypeAdapter, ValidationError
from pydantic_core import from_json

from ..records import DataError, Digest, Report

_R = TypeVar("_R")
_RECORDS: dict[str, Any] = {"report": Report, "digest": Digest}


_ADAPTERS: dict[Any, TypeAdapter[Any]] = {}


def _adapter(record: Any) -> TypeAdapter[Any]:
    """The adapter of a record's type; making one takes a while, so each is made once."""
    if record not in _ADAPTERS:
        _ADAPTERS[record] = TypeAdapter(record)
    return _ADAPTERS[record]


def dump(record: Any, indent: int | None = None) -> str:
    """JSON of a record; one line without `indent`."""
    return _adapter(type(record)).dump_json(record, indent=indent).decode("utf-8")


def report_json(report: Report, texts: Mapping[str, str]) -> str:
    """JSON of a report."""
    return dump(report, indent=1) + "\n"


def digest_json(digest: Digest, texts: Mapping[str, str], templates: Path | None = None) -> str:
    """JSON of a digest."""
    return dump(digest, indent=1) + "\n"


def load_report(data: str | bytes) -> Report:
    """Read a report back from its JSON.

    Raises
    ------
    DataError
        When it is not one; its place is the key.
    """
    return load_record(Report, data)


def load_record(record: type[_R], data: str | bytes) -> _R:
    """Read a record of some type back from its JSON.

    Raises
    ------
    DataError
        When it is none; its place is the key.
    """
    adapter: TypeAdapter[_R] = _adapter(record)
    try:
        # As it is written now: nothing has to be made of it but the record.
        return adapter.validate_json(data)
    except ValidationError:
        pass
    try:
        return adapter.validate_python(_of_today(from_json(data)))
    except ValueError as error:
        if not isinstance(error, ValidationError):
            raise DataError("", f"no JSON: {error}") from error
        first = error.errors(include_url=False)[0]
        raise DataError(".".join(map(str, first["loc"])), first["msg"]) from error


def load_digest(data: str | bytes) -> Digest:
    """Read a digest back from its JSON; one of an earlier version lacks keys, and gets their defaults.

    The stories of ``yoyak.digest/1`` are threads without an ``event``.

    Raises
    ------
    DataError
        When it is not one; its place is the key.
    """
    return load_record(Digest, data)


def _of_today(found: Any) -> Any:
    """What JSON holds, as it would be written now.

    Warnings were ``code: detail`` once. In ``yoyak.digest/1`` a story stood under one theme with all of its
    lines: a thread without an event.
    """
    if not isinstance(found, dict):
        return found
    if isinstance(notes := found.get("warnings"), list):
        parts = [note.partition(": ") if isinstance(note, str) else note for note in notes]
        told = [{"code": p[0], "detail": p[2]} if isinstance(p, tuple) else p for p in parts]
        found = {**found, "warnings": told}
    if found.get("schema") == "yoyak.digest/1":
        found = {**found, "schema": "yoyak.digest/2"}
    return found


def schema(name: str) -> dict[str, Any]:
    """JSON Schema (2020-12) of ``report`` or ``digest``."""
    found = _adapter(_RECORDS[name]).json_schema(mode="serialization")
    return {"$schema": "https://json-schema.org/draft/2020-12/schema", **found}
