"""What the site does to a page: links to files of the repository that are no pages become names of them."""

from __future__ import annotations

import re
from typing import Any

_LINK = re.compile(r"(?<!!)\[([^\]]+)\]\((\.\./[^)\s]+)\)")


def on_page_markdown(markdown: str, **_: Any) -> str:
    """On GitHub such a link leads to the file; a site has only its pages."""
    return _LINK.sub(lambda match: f"{match[1]} (`{match[2].removeprefix('../').split('#')[0]}`)", markdown)


_CODE = re.compile(r"(<pre[^>]*>(?:<span></span>)?<code)>")


def on_page_content(html: str, **_: Any) -> str:
    """Code that may be wider than the page can be scrolled by keys."""
    return _CODE.sub(r'\1 tabindex="0">', html)
