"""Single values of settings that are there already."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from ..records import ConfigError
from .model import Settings
from .toml import resource, validated


def changed(settings: Settings, overrides: Mapping[str, Any]) -> Settings:
    """Settings with single values of theirs replaced, as `load_settings` takes them.

    Raises
    ------
    ConfigError
        Names the key of a wrong value.
    """
    tables: dict[str, dict[str, Any]] = {}
    for key, value in overrides.items():
        if value is not None:
            table, _, last = key.partition(".")
            tables.setdefault(table, getattr(settings, table).model_dump())[last] = value
    made = {}
    for table, data in tables.items():
        try:
            made[table] = validated(type(getattr(settings, table)), data, resource("configs/default.toml"))
        except ConfigError as error:
            place = f"{table}.{error.place.split(' ')[0]}"
            raise ConfigError("settings", place, error.problem, error.known) from error
    return settings.model_copy(update=made)
