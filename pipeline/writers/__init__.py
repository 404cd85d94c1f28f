"""Records into files. Adding an output format is adding a function to one of the two dicts."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from pathlib import Path

from ..records import Digest, Report
from .changes import changes_toml, learned_toml
from .files import write_whole
from .html import digest_html, report_html
from .json import digest_json, dump, load_digest, load_report, report_json, schema
from .mail import digest_email, digest_eml
from .markdown import digest_markdown, report_markdown
from .overview import overview_html
from .rss import digest_rss
from .templating import init_templates, render
from .text import digest_text, report_text
from .views import failure_text
from .why import why_lines

__all__ = [
    "DIGEST_WRITERS",
    "ENDINGS",
    "OWN",
    "REPORT_WRITERS",
    "changes_toml",
    "dump",
    "failure_text",
    "init_templates",
    "learned_toml",
    "load_digest",
    "load_report",
    "overview_html",
    "render",
    "schema",
    "why_lines",
    "write_whole",
]

#: Texts for people, by key of ``configs/messages``.
Texts = Mapping[str, str]

#: One article's report, by file ending.
REPORT_WRITERS: dict[str, Callable[[Report, Texts], str]] = {
    "json": report_json,
    "md": report_markdown,
    "html": report_html,
    "txt": report_text,
}

#: A digest, by format; with a folder of templates that stand in for the package's own.
DIGEST_WRITERS: dict[str, Callable[[Digest, Texts, Path | None], str]] = {
    "json": digest_json,
    "md": digest_markdown,
    "html": digest_html,
    "txt": digest_text,
    "email": digest_email,
    "eml": digest_eml,
    "rss": digest_rss,
}

#: Those of them that are written where nobody says: a plug-in's waits to be asked for.
OWN: tuple[str, ...] = tuple(DIGEST_WRITERS)

#: File endings of formats that are not their own.
ENDINGS: dict[str, str] = {"email": "email.html"}
