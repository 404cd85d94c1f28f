"""The steps in their order: `tools` loads, `steps` and `digests` make, `batches` and `Pipeline` run them.

`lab` has them one by one, for training and measuring.
"""

from __future__ import annotations

from .articles import read
from .pipeline import Pipeline
from .steps import Analysed, Explained, ranked
from .tools import load_encoder

__all__ = ["Analysed", "Explained", "Pipeline", "load_encoder", "ranked", "read"]
