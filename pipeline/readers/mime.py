"""MIME messages: parts and headers of mails and web archives, however they were written.

By Python's older parser (``compat32``): its newer one reads a header of 100 kB in a minute.
"""

from __future__ import annotations

import re
from base64 import b64decode
from email import message_from_bytes, policy
from email.errors import HeaderParseError
from email.header import decode_header
from email.message import Message
from email.utils import collapse_rfc2231_value

from ..records import Unreadable
from .encodings import decode

#: Longest header, in characters, that is looked at.
_LONGEST = 4_000
_FAULTS = (IndexError, ValueError, LookupError, TypeError, AttributeError, RecursionError, HeaderParseError)


def parse(data: bytes) -> Message:
    """The message in a file.

    Raises
    ------
    Unreadable
        ``bad-file`` where there is none.
    """
    try:
        message = message_from_bytes(data, policy=policy.compat32)
    except _FAULTS as error:
        raise Unreadable("bad-file", f"MIME: {error}") from error
    if not message.keys():
        raise Unreadable("bad-file", "MIME: no header")
    return message


def leaves(message: Message) -> list[Message]:
    """Parts that hold no others, in their order; a message that is attached is one of them."""
    found: list[Message] = []
    queue = [message]
    while queue:
        part = queue.pop()
        inner = part.get_payload() if part.is_multipart() and not is_message(part) else None
        if isinstance(inner, list):
            queue.extend(reversed([one for one in inner if isinstance(one, Message)]))
        else:
            found.append(part)
    return found


def is_message(part: Message) -> bool:
    """Whether a part is a message of its own: one that was forwarded as an attachment."""
    return kind(part) in ("message/rfc822", "message/global")


def message_bytes(part: Message) -> bytes | None:
    """The message that such a part holds, as a file."""
    try:
        inner = part.get_payload(0)
        if not isinstance(inner, Message):
            return None
        coding = str(part.get("content-transfer-encoding", "")).strip().lower()
        if not inner.keys() and coding == "base64":
            return b64decode(str(inner.get_payload()))  # against the rules, yet done
        return inner.as_bytes()
    except _FAULTS:
        return None


def header(message: Message, name: str) -> str:
    """A header as text: encoded words decoded, raw bytes of UTF-8 or CP949 too."""
    raw = next((str(value) for key, value in message.raw_items() if key.lower() == name.lower()), "")[
        :_LONGEST
    ]
    if any("\udc80" <= char <= "\udcff" for char in raw):
        return _decoded(raw.encode("utf-8", "surrogateescape"), None)
    raw = raw.encode("utf-8", "replace").decode("utf-8")
    try:
        parts = decode_header(raw)
    except _FAULTS:
        return raw
    return "".join(_decoded(part, charset) if isinstance(part, bytes) else part for part, charset in parts)


def _decoded(raw: bytes, charset: str | None) -> str:
    try:
        return decode(raw, charset).text
    except Unreadable:
        return raw.decode("utf-8", "replace")


def kind(part: Message) -> str:
    """Content type of a part, such as ``text/html``."""
    return part.get_content_type() if _is_short(part, "content-type") else "text/plain"


def charset(part: Message) -> str | None:
    """Encoding that a part declares."""
    try:
        return part.get_content_charset() if _is_short(part, "content-type") else None
    except _FAULTS:
        return None


def file_name(part: Message) -> str:
    """Name of an attachment; empty for what is none."""
    if not (_is_short(part, "content-disposition") and _is_short(part, "content-type")):
        return ""
    try:
        value = part.get_param("filename", None, "content-disposition") or part.get_param("name", None)
        name = collapse_rfc2231_value(value) if isinstance(value, str | tuple) else ""
        name = "".join(_decoded(p, c) if isinstance(p, bytes) else p for p, c in decode_header(name))
    except _FAULTS:
        return ""
    return re.sub(r"[\x00-\x1f/\\]+", "_", name.encode("utf-8", "replace").decode("utf-8")).strip()[:200]


def payload(part: Message) -> bytes | None:
    """Bytes of a part, transfer encoding undone."""
    try:
        found = part.get_payload(decode=True)
    except _FAULTS:
        return None
    return found if isinstance(found, bytes) else None


def _is_short(part: Message, name: str) -> bool:
    return all(len(str(value)) <= _LONGEST for key, value in part.raw_items() if key.lower() == name)
