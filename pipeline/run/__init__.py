"""The order of the steps: `pipeline`; what they are given: `parts`; the steps one by one: `lab`."""

from __future__ import annotations

from ..readers import read
from .parts import load_encoder
from .pipeline import Pipeline

__all__ = ["Pipeline", "load_encoder", "read"]
