"""What the site does to a page: links to files of the repository that are no pages become names of them."""

from __future__ import annotations

import re
from typing import Any

_LINK = re.compile(r"(?<!!)\[([^\]]+)\]\((\.\./[^)\s]+)\)")
#: For GitHub: the site has a switch of its own.
_OTHER_LANGUAGE = re.compile(r"(?m)^\[(?:English|한국어)\]\([\w.-]+\.md\)\n")
_PICTURE = re.compile(r'(<img[^>]*? src=")([\w.-]+\.png")')


def on_page_markdown(markdown: str, **_: Any) -> str:
    """On GitHub such a link leads to the file; a site has only its pages."""
    markdown = _OTHER_LANGUAGE.sub("", markdown)
    return _LINK.sub(lambda match: f"{match[1]} (`{match[2].removeprefix('../').split('#')[0]}`)", markdown)


def on_post_page(output: str, *, page: Any, **_: Any) -> str:
    """Pictures stand beside the pages of the first language."""
    return _PICTURE.sub(r"\1../\2", output) if page.file.dest_uri.startswith("en/") else output
