"""Markdown."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

from ..records import Digest, Report
from .templating import render
from .views import digest_view, report_view


def report_markdown(report: Report, texts: Mapping[str, str]) -> str:
    """Markdown page of a report."""
    return render("report.md", report_view(report, texts))


def digest_markdown(digest: Digest, texts: Mapping[str, str], templates: Path | None = None) -> str:
    """Markdown page of a digest."""
    return render("digest.md", digest_view(digest, texts), templates)
