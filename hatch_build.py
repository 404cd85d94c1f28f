"""What a wheel carries besides the code: the data folders, unless it only points at a checkout."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from hatchling.builders.hooks.plugin.interface import BuildHookInterface

#: What models were fitted to: nothing that a user runs reads it.
_TRAINING = "models/training"


class DataFolders(BuildHookInterface):  # type: ignore[type-arg]
    """Put ``configs/`` and ``models/`` inside the package of a standard wheel.

    An editable one has neither: a copy of them would go stale beside the checkout, and `settings.resource`
    finds the checkout's own.
    """

    def initialize(self, version: str, build_data: dict[str, Any]) -> None:
        """Map the folders, by the kind of wheel (``standard`` or ``editable``)."""
        if version == "standard":
            models = [f"models/{path.name}" for path in Path(self.root, "models").iterdir()]
            carried = {"configs", *models} - {_TRAINING}
            build_data["force_include"] |= {name: f"pipeline/{name}" for name in sorted(carried)}
