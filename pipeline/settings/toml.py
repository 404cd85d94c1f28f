"""Where the data files are, and TOML that is read and checked."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Mapping
from pathlib import Path
from typing import Annotated, Any, TypeVar

from pydantic import BaseModel, BeforeValidator, ConfigDict, ValidationError, ValidationInfo

from ..records import ConfigError
from ..resources import resource as resource

#: Context of the validation of a file of our own.
_TESTED = "tested"


class Checked(BaseModel):
    """A table of a settings or data file: unknown keys are errors."""

    model_config = ConfigDict(extra="forbid", frozen=True)


def compilable(text: str, info: ValidationInfo | None = None) -> str:
    """A regular expression that compiles; pydantic tells of a ValueError, not of an ``re.error``."""
    if info is not None and info.context == _TESTED:
        return text
    try:
        re.compile(text)
    except re.error as error:
        raise ValueError(f"not a regular expression: {error}") from error
    return text


_M = TypeVar("_M", bound=BaseModel)


def read_toml(path: Path) -> dict[str, Any]:
    """Tables of a TOML file; a `ConfigError` says why there are none."""
    try:
        return tomllib.loads(path.read_text(encoding="utf-8"))
    except OSError as error:
        raise ConfigError(path, "", error.strerror or str(error)) from error
    except UnicodeDecodeError as error:
        raise ConfigError(path, "", f"not UTF-8: byte {error.start}") from error
    except tomllib.TOMLDecodeError as error:
        raise ConfigError(path, "", str(error)) from error


def validated(model: type[_M], data: Mapping[str, Any], path: Path, *, tested: bool = False) -> _M:
    """Check data against a model; a `ConfigError` names the key, with its line in the file.

    Parameters
    ----------
    tested
        A file of our own: its expressions, which the tests compile, are not compiled at every start.
    """
    try:
        return model.model_validate(data, context=_TESTED if tested else None)
    except ValidationError as error:
        first = error.errors(include_url=False)[0]
        keys = [str(key) for key in first["loc"]]
        problem = first["msg"]
        if first["type"] == "extra_forbidden":
            problem = f"unknown key {keys[-1]!r}"
        elif not isinstance(first["input"], dict | list):
            problem += f" (given: {first['input']!r})"
        line = _line_of(path, keys)
        raise ConfigError(path, ".".join(keys) + (f" (line {line})" if line else ""), problem) from error


def _line_of(path: Path, keys: list[str]) -> int | None:
    """Line of a dotted key: below its table's head where there is one, else its first mention.

    Of tables that stand there several times one is meant by its number (``rule.17.against``); the line is
    that of its head where the key is missing.
    """
    names = [key for key in keys if not key.isdigit()]
    if not names:
        return None
    lines = path.read_text(encoding="utf-8").splitlines()
    table = re.compile(r"\s*\[+\s*" + r"\s*\.\s*".join(map(re.escape, names[:-1])) + r"\s*\]+")
    heads = [n for n, line in enumerate(lines) if names[:-1] and table.match(line)]
    key = re.compile(rf"\s*(?:\[+\s*)?['\"]?{re.escape(names[-1])}['\"]?\s*(?:=|\]|\.)")
    if len(keys) > 1 and keys[1].isdigit() and int(keys[1]) < len(heads):
        head, end = [*heads, len(lines)][int(keys[1]) :][:2]
        return next((n + 1 for n in range(head, end) if key.match(lines[n])), head + 1)
    head = heads[0] if heads else 0
    return next((n + 1 for n in range(head, len(lines)) if key.match(lines[n])), None)


def overlaid(base: dict[str, Any], over: Mapping[str, Any]) -> dict[str, Any]:
    """Tables with other tables over them, key by key."""
    merged = dict(base)
    for key, value in over.items():
        both = isinstance(value, Mapping) and isinstance(merged.get(key), dict)
        merged[key] = overlaid(merged[key], value) if both else value
    return merged


def _joined(value: Any) -> Any:
    return "|".join(value) if isinstance(value, list | tuple) else value


def _unwrapped(value: Any) -> Any:
    return "".join(line.lstrip(" ") for line in value.split("\n")) if isinstance(value, str) else value


#: A regular expression on one line or several, whose breaks and what indents them mean nothing.
Wrapped = Annotated[str, BeforeValidator(_unwrapped)]

#: A regular expression, or several of which one is enough.
Expression = Annotated[str, BeforeValidator(_joined)]
