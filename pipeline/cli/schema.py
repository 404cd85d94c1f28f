"""``yoyak schema``: the JSON Schema of what the program writes."""

from __future__ import annotations

import json
from enum import StrEnum
from typing import Annotated

import typer

from .console import put
from .text import tr


class Which(StrEnum):
    """The records that have a schema."""

    report = "report"
    digest = "digest"


def schema(which: Annotated[Which, typer.Argument(help=tr("cli.which-schema"), show_default=False)]) -> None:
    """Print the JSON Schema."""
    from pipeline.writers import schema as json_schema

    put(json.dumps(json_schema(which.value), ensure_ascii=False, indent=1), "json")
