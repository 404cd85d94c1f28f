"""Records into files. Adding an output format is adding a function to one of the two dicts."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from ..records import Digest, Report
from .files import write_whole
from .html import digest_html, report_html
from .json import digest_json, dump, load_digest, load_report, report_json, schema
from .markdown import digest_markdown, report_markdown
from .text import digest_text, report_text

__all__ = ["DIGEST_WRITERS", "REPORT_WRITERS", "dump", "load_digest", "load_report", "schema", "write_whole"]

#: Texts for people, by key of ``configs/messages``.
Texts = Mapping[str, str]

#: One article's report, by file ending.
REPORT_WRITERS: dict[str, Callable[[Report, Texts], str]] = {
    "json": report_json,
    "md": report_markdown,
    "html": report_html,
    "txt": report_text,
}

#: A digest, by file ending.
DIGEST_WRITERS: dict[str, Callable[[Digest, Texts], str]] = {
    "json": digest_json,
    "md": digest_markdown,
    "html": digest_html,
    "txt": digest_text,
}
