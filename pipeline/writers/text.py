"""Plain text."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

from ..records import Digest, Report
from .templating import render
from .views import digest_view, report_view


def report_text(report: Report, texts: Mapping[str, str]) -> str:
    """Plain text of a report."""
    return render("report.txt", report_view(report, texts))


def digest_text(digest: Digest, texts: Mapping[str, str], templates: Path | None = None) -> str:
    """Plain text of a digest."""
    return render("digest.txt", {**digest_view(digest, texts), "unsubscribe": None}, templates)
