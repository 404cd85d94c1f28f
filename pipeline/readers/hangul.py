"""How paragraphs of Hangul documents are marked, old format and new."""

from __future__ import annotations

import re

_HEADING = re.compile(r"(?:개요|outline|제목|heading|큰제목|중제목|소제목)\s*\d*$", re.IGNORECASE)
_TITLE = re.compile(r"(?:제목|title|문서\s?제목)$", re.IGNORECASE)


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
