"""The folder of the output as state: what is there and up to date is left, the rest is made, nothing is lost.

`decide` says what is to be done and touches nothing; `folder` reads and writes around it, by `manifest`,
`files`, `shards` and `lock`. `work` is what is done to an article, `summarize` the whole.
"""

from __future__ import annotations

from .decide import SHARDED
from .folder import FAILURES, STATE, Counts, Store, failures_in
from .summaries import fill, job_of, retry, settings_of
from .work import Written

__all__ = [
    "FAILURES",
    "SHARDED",
    "STATE",
    "Counts",
    "Store",
    "Written",
    "failures_in",
    "fill",
    "job_of",
    "retry",
    "settings_of",
]
