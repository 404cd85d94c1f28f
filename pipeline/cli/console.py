"""The console: text in its own encoding, with the nearest of what that lacks; a closed pipe is no error."""

from __future__ import annotations

import codecs
import errno
import io
import os
import re
import sys
import unicodedata
from functools import lru_cache

import typer

#: Stands in for ``errors="replace"`` on standard output and standard error.
_NEAREST = "yoyak-nearest"
#: What looks or reads the same, for characters that do not decompose into it.
_ALIKE = {"—": "-", "–": "-", "−": "-", "‑": "-", "•": "·", "█": "#", "₩": "￦", "\xa0": " "}
_NOT_ASCII = re.compile(r"[^\x00-\x7f]")
_UNSEEN = frozenset({"Cf", "Mn", "Me", "Cc"})
#: A pipe that nobody reads, also as Windows tells of it.
_GONE = frozenset({errno.EPIPE, errno.EINVAL})
_MARKUP = frozenset({"html", "email", "rss"})


def prepare() -> None:
    """Let nothing that is printed raise, whatever the console's encoding."""
    codecs.register_error(_NEAREST, _nearest)
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            # ASCII is what is left when nobody said anything; Korean in it would be question marks alone.
            said = None if codecs.lookup(stream.encoding).name == "ascii" else stream.encoding
            stream.reconfigure(encoding=said or "utf-8", errors=_NEAREST)


def put(content: str | bytes, name: str, *, nl: bool = True) -> None:
    """Print a document in a format by its name.

    JSON and markup are UTF-8 by what they are or say; on a console of another encoding they are written in
    ASCII, which reads the same in any.
    """
    if isinstance(content, str) and not _is_utf8():
        if name == "json":
            content = _NOT_ASCII.sub(_escaped, content)
        elif name in _MARKUP:
            content = content.encode("ascii", "xmlcharrefreplace").decode("ascii")
    typer.echo(content, nl=nl)


def closed() -> None:
    """Whoever read the output has enough: what is left to write goes nowhere."""
    for stream in (sys.stdout, sys.stderr):
        try:
            stream.flush()
        except OSError as error:
            if error.errno not in _GONE:
                raise
            os.dup2(os.open(os.devnull, os.O_WRONLY), stream.fileno())


def _is_utf8() -> bool:
    name = getattr(sys.stdout, "encoding", None) or "utf-8"
    return codecs.lookup(name).name.startswith("utf")


def _escaped(match: re.Match[str]) -> str:
    code = ord(match[0])
    if code < 0x10000:
        return f"\\u{code:04x}"
    high, low = divmod(code - 0x10000, 0x400)
    return f"\\u{0xD800 + high:04x}\\u{0xDC00 + low:04x}"


@lru_cache(maxsize=1)
def _jamo() -> re.Pattern[str]:
    """Conjoining jamo: Hangul as macOS writes it in file names."""
    from ..korean.spelling import JAMO  # the help has no need of it

    return re.compile(rf"[{JAMO}]++")


def _nearest(error: UnicodeError) -> tuple[str, int]:
    """Error handler of a codec: the nearest that the encoding has, else a question mark."""
    if not isinstance(error, UnicodeEncodeError):
        raise error
    jamo = _jamo().match(error.object, error.start)
    if jamo is not None:
        whole = unicodedata.normalize("NFC", jamo[0])
        return "".join(c if _has(error.encoding, c) else "?" for c in whole), jamo.end()
    found = []
    for char in error.object[error.start : error.end]:
        parts = unicodedata.normalize("NFKD", char)
        near = _ALIKE.get(char) or "".join(c for c in parts if unicodedata.category(c) not in _UNSEEN)
        if near and unicodedata.category(char) == "Zs":
            near = " "
        found.append(near if _has(error.encoding, near) else "?")
    return "".join(found), error.end


def _has(encoding: str, text: str) -> bool:
    try:
        text.encode(encoding)
    except UnicodeEncodeError:
        return False
    return True
