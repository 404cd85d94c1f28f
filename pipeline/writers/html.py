"""HTML: one file, no script, no outside request."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

from ..records import Digest, Report
from .templating import render
from .views import digest_view, report_view


def report_html(report: Report, texts: Mapping[str, str]) -> str:
    """HTML page of a report."""
    return render("report.html", report_view(report, texts))


def digest_html(digest: Digest, texts: Mapping[str, str], templates: Path | None = None) -> str:
    """HTML page of a digest."""
    return render("digest.html", digest_view(digest, texts), templates)
