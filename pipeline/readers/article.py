"""What readers share: the id of an article, and decoding."""

from __future__ import annotations

import re
import unicodedata
from hashlib import sha256

from ..records import Failure

#: Metadata that every format may give, besides the title.
METADATA = ("url", "publisher", "author", "published", "rights")


def article_id(name: str, digest: str) -> str:
    """Make a readable slug with ten hexadecimal digits of the content's hash.

    Only a–z, 0–9, Hangul syllables and hyphens, at most 51 code points: safe as a file name on Windows,
    macOS and Linux, and unchanged by their Unicode normalization of names as far as it is composed.
    """
    words = re.findall(r"[a-z0-9가-힣]+", unicodedata.normalize("NFKC", name[:400]).casefold())
    slug = "-".join(words)[:40].strip("-")
    return f"{slug or 'article'}-{digest[:10]}"


def hash_of(data: bytes) -> str:
    """SHA-256 in hexadecimal."""
    return sha256(data).hexdigest()


def decoded(path: str, data: bytes) -> str | Failure:
    """Decode UTF-8 text, line ends as they came, or say why it is none."""
    try:
        text = data.decode("utf-8")
    except UnicodeDecodeError as error:
        return Failure(path, "read", "not-utf8", f"byte {error.start}")
    if "\0" in text:
        return Failure(path, "read", "binary", f"character {text.index(chr(0))}")
    return text
