"""What the site does to a page: links to files of the repository that are no pages become names of them."""

from __future__ import annotations

import re
from typing import Any

_LINK = re.compile(r"(?<!!)\[([^\]]+)\]\((\.\./[^)\s]+)\)")


def on_page_markdown(markdown: str, **_: Any) -> str:
    """On GitHub such a link leads to the file; a site has only its pages."""
    return _LINK.sub(lambda match: f"{match[1]} (`{match[2].removeprefix('../').split('#')[0]}`)", markdown)
