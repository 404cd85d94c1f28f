"""How paragraphs of Hangul documents are marked, old format and new."""

from __future__ import annotations

import re

from ..korean.labels import STYLES, TITLE

_HEADING = re.compile(rf"(?:{STYLES}|outline|[큰중소]{TITLE})\s*\d*$", re.IGNORECASE)
_TITLE = re.compile(rf"(?:title|(?:문서\s?)?{TITLE})$", re.IGNORECASE)


def marked(text: str, style: str, head: str) -> list[str]:
    """Lines of a paragraph, by the name of its style and its head: ``OUTLINE``, ``NUMBER``, ``BULLET``."""
    shown = text.strip()
    flat = " ".join(shown.split())
    if not flat:
        return []
    if _TITLE.fullmatch(style):
        return [f"# {flat}"]
    if head == "OUTLINE" or _HEADING.match(style):
        return [f"## {flat}"]
    if head in ("BULLET", "NUMBER"):
        return [f"- {flat}"]
    return [line.strip() for line in shown.split("\n") if line.strip()]
