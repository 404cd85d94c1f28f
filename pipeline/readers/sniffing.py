"""What a file is, by its first bytes where its name does not tell or can't be right."""

from __future__ import annotations

import re
from collections.abc import Collection

from ..records import Unreadable
from .article import File
from .packed import Packed

_TEXTS = frozenset({".txt", ".md", ".markdown", ""})
# Hangul documents: those of old, and the name of a stream in the container of newer ones.
_HANGUL = b"HWP Document File V"
_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_HEADER = "FileHeader".encode("utf-16-le")
_PAGE = re.compile(
    rb"\s*+(?>(?:<!--.{0,2000}?-->|<\?xml[^>]{0,200}+>)\s*+)*+<(?:!doctype\s++html|html)\b",
    re.IGNORECASE | re.DOTALL,
)
#: How a feed begins.
FEED = re.compile(rb"\s*+(?>(?:<\?[^>]{0,300}+>|<!--.{0,2000}?-->)\s*+)*+<(?:rss|feed|rdf:RDF)\b", re.DOTALL)
_ARCHIVE = re.compile(
    rb"(?>[\w-]++:[^\n]*+\n(?:[ \t][^\n]*+\n)*+){0,30}?content-type:\s*+multipart/related", re.IGNORECASE
)


def kind_of(file: File, known: Collection[str]) -> str:
    """The ending of the format to read a file as.

    A name that a reader knows is believed, but for a text file that is a page, a PDF or an archive, and a
    page that is a web archive. A file without an ending, and standard input, are told by their content.
    """
    suffix = file.suffix
    head = file.data[:4096].removeprefix(b"\xef\xbb\xbf")
    if suffix in (".html", ".htm") and _ARCHIVE.match(head):
        return ".mhtml"
    if suffix not in _TEXTS and (suffix in known or file.path != "-"):
        return suffix
    if head.startswith(b"%PDF-"):
        return ".pdf"
    if head.startswith(b"PK\x03\x04"):
        return _packed(file)
    if head.startswith(_HANGUL) or (head.startswith(_OLE) and _HEADER in file.data):
        return ".hwp"
    if _PAGE.match(head):
        return ".html"
    if FEED.match(head):
        return ".xml"
    if suffix:
        return suffix
    if head.lstrip()[:1] == b"{":
        return ".jsonl" if re.search(rb"\}[^\S\n]*+\n\s*+\{", file.data) else ".json"
    if re.match(rb"\s*\[\s*\{", head):
        return ".json"
    return ".txt"


def _packed(file: File) -> str:
    try:
        packed = Packed(file.data, file.limits)
    except Unreadable:
        return ".zip"
    if "word/document.xml" in packed:
        return ".docx"
    return ".hwpx" if any(name.startswith("Contents/section") for name in packed.members) else ".zip"
