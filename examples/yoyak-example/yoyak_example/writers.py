"""Org mode: reports and digests as outlines."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

from pipeline.records import Digest, Report


def report_org(report: Report, texts: Mapping[str, str]) -> str:
    """The summary of an article."""
    lines = [f"- {report.sentences[i].text}" for i in report.summary]
    return "\n".join([f"* {report.title or report.id}", *lines, ""])


def digest_org(digest: Digest, texts: Mapping[str, str], templates: Path | None) -> str:
    """What is told at a glance, and the sources."""
    glance = [f"- {one.text}" for one in digest.glance]
    sources = [f"- {one.title or one.id}" for one in digest.sources]
    return "\n".join([f"* {digest.title}", *glance, f"* {texts['digest.sources']}", *sources, ""])
