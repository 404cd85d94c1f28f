"""What the templates are given: the records, and what they need to look up."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from ..records import Digest, Report


def report_view(report: Report, texts: Mapping[str, str]) -> dict[str, Any]:
    """Values for the report templates."""
    return {
        "report": report,
        "t": _section(texts),
        "labels": {theme.id: theme.label for theme in report.themes},
        "chosen": [report.sentences[i] for i in report.summary],
    }


def digest_view(digest: Digest, texts: Mapping[str, str]) -> dict[str, Any]:
    """Values for the digest templates; sources are numbered in their order."""
    return {
        "digest": digest,
        "t": _section(texts),
        "number": {source.id: n for n, source in enumerate(digest.sources, 1)},
        "labels": {theme.id: theme.label for theme in digest.themes},
        "glance": [(theme, theme.stories[0].lines[0]) for theme in digest.themes if theme.stories[0].lines],
        "failures": [
            (failure, _reason(failure.reason, failure.detail, texts)) for failure in digest.failures
        ],
    }


def _section(texts: Mapping[str, str]) -> dict[str, str]:
    return {key.removeprefix("digest."): text for key, text in texts.items() if key.startswith("digest.")} | {
        "lang": texts["cli.code"]
    }


def _reason(reason: str, detail: str, texts: Mapping[str, str]) -> str:
    return texts.get(f"failures.{reason}", reason).replace("{detail}", detail)
