"""Jinja2 with the filters that keep an article's text inert."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping
from functools import lru_cache
from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit

if TYPE_CHECKING:
    from jinja2 import Environment

_MARKDOWN = re.compile(r"([\\`*_{}\[\]<>|~#])")
_LIST_MARK = re.compile(r"^(\s*)([-+=]|\d+[.)])")
# Direction overrides and isolates turn the text around them, invisible tags hide in it.
_HIDDEN = re.compile(r"[\u202a-\u202e\u2066-\u2069\u200e\u200f\U000e0000-\U000e007f]")


def render(template: str, values: Mapping[str, Any]) -> str:
    """Fill in a template of ``pipeline/templates``."""
    return _environment().get_template(template).render(values)


@lru_cache(maxsize=1)
def _environment() -> Environment:
    from jinja2 import Environment, PackageLoader, StrictUndefined

    environment = Environment(
        loader=PackageLoader("pipeline", "templates"),
        autoescape=lambda name: name is not None and ".html" in name,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
    )
    environment.filters.update(link=link, md=markdown, plain=plain, percent=percent)
    return environment


def link(url: str | None) -> str | None:
    """An address that may be followed: http or https, with a host; else None."""
    if not url:
        return None
    try:
        parts = urlsplit(url)
    except ValueError:
        return None
    inert = not any(c.isspace() or unicodedata.category(c) == "Cc" or c in "<>\"'`()\\" for c in url)
    return url if parts.scheme in ("http", "https") and parts.hostname and inert else None


def plain(text: str | None) -> str:
    """One line without control characters and direction marks."""
    shown = _HIDDEN.sub("", text or "")
    return " ".join("".join(" " if unicodedata.category(c) == "Cc" else c for c in shown).split())


def markdown(text: str | None) -> str:
    """Text as Markdown that shows just it: no marks, no HTML, no list at its start."""
    escaped = _MARKDOWN.sub(r"\\\1", plain(text)).replace("&", "&amp;")
    return _LIST_MARK.sub(lambda m: m[1] + m[2][:-1] + "\\" + m[2][-1], escaped)


def percent(share: float) -> str:
    """A share as a whole percentage."""
    return f"{share * 100:.0f}%"
