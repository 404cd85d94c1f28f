"""Mails as they are saved (.eml): the text, and the attachments that a reader knows."""

from __future__ import annotations

import re
from collections.abc import Iterator
from email import message_from_bytes, policy
from email.message import EmailMessage, Message
from email.utils import parseaddr, parsedate_to_datetime

from ..records import Article, Failure
from .article import File, Unreadable, is_empty, make_article
from .encodings import Decoded, decode
from .html import declared_charset
from .markup import markdown_of_fragment

#: Letters from which on the plain version of a mail is believed to be all of it.
_ENOUGH = 200
_SIGNATURE = re.compile(r"^-- ?\r?$", re.MULTILINE)
_DEEPEST = 3


def read_mail(file: File) -> Iterator[Article | Failure | File]:
    """The article of a mail, then its attachments, to be read by their own readers."""
    try:
        message = message_from_bytes(file.data, policy=policy.default)
        parts = [part for part in message.walk() if not part.is_multipart()]
    except (ValueError, RecursionError, LookupError, TypeError, AttributeError) as error:
        raise Unreadable("bad-file", f"mail: {error}") from error
    if not isinstance(message, EmailMessage) or not (message.keys() or message.is_multipart()):
        raise Unreadable("bad-file", "mail: no header")
    attached = [part for part in parts if _filename(part)]
    texts = {
        kind: decoded
        for kind in ("text/html", "text/plain")
        if (decoded := _text([p for p in parts if not _filename(p)], kind)) is not None
    }
    article: Article | Unreadable
    try:
        article = _article(file, message, texts)
    except Unreadable as error:
        article = error
    if isinstance(article, Article):
        yield article
    elif not attached or article.reason != "empty":
        raise article
    if file.depth < _DEEPEST:
        for part in attached:
            if (payload := _payload(part)) is not None:
                yield File(
                    f"{file.path}/{_filename(part)}",
                    payload,
                    file.reading,
                    declared=_charset(part),
                    depth=file.depth + 1,
                )


def _article(file: File, message: EmailMessage, texts: dict[str, Decoded]) -> Article:
    plain, page = texts.get("text/plain"), texts.get("text/html")
    found = plain
    if page is not None and (plain is None or len(re.findall(r"[^\W_]", plain.text)) < _ENOUGH):
        found = Decoded(markdown_of_fragment(page.text, file.limits), page.encoding, page.notes)
        if plain is not None and len(plain.text.strip()) > len(found.text):
            found = plain
    if found is None or is_empty(found.text):
        raise Unreadable("empty")
    signature = _SIGNATURE.search(found.text)
    name, address = parseaddr(_header(message, "From"))
    return make_article(
        file,
        found.text[: signature.start()] if signature and signature.start() > 0 else found.text,
        format="mail",
        title=re.sub(
            r"^(?:\s*(?:re|fw|fwd|답장|전달)\s*:\s*)+", "", _header(message, "Subject"), flags=re.IGNORECASE
        ),
        metadata={
            "author": name or address,
            "published": _date(message),
            "publisher": _header(message, "Organization"),
        },
        encoding=found.encoding,
        notes=found.notes,
    )


def _header(message: EmailMessage, name: str) -> str:
    """A header as text. Mails of the wild have raw CP949 or UTF-8 in it, which Python keeps as surrogates."""
    raw = next((str(value) for key, value in message.raw_items() if key.lower() == name.lower()), "")
    if any("\udc80" <= char <= "\udcff" for char in raw):
        try:
            return decode(raw.encode("utf-8", "surrogateescape")).text
        except (Unreadable, UnicodeEncodeError):
            return raw.encode("utf-8", "replace").decode("utf-8")
    try:
        return str(message.get(name) or "")
    except (ValueError, LookupError, TypeError, AttributeError):
        return raw


def _date(message: EmailMessage) -> str:
    value = _header(message, "Date")
    try:
        return parsedate_to_datetime(value).isoformat()
    except (ValueError, TypeError, IndexError, OverflowError):
        return value


def _text(parts: list[Message], kind: str) -> Decoded | None:
    """The parts of one kind, each decoded as it declares, one after the other."""
    found: list[Decoded] = []
    for part in parts:
        if part.get_content_type() == kind and (payload := _payload(part)) is not None and payload.strip():
            found.append(
                decode(
                    payload, _charset(part) or (declared_charset(payload) if kind == "text/html" else None)
                )
            )
    if not found:
        return None
    notes = tuple(dict.fromkeys(note for one in found for note in one.notes))
    return Decoded("\n\n".join(one.text for one in found), found[0].encoding, notes)


def _payload(part: Message) -> bytes | None:
    try:
        payload = part.get_payload(decode=True)
    except (ValueError, LookupError, TypeError, AttributeError):
        return None
    return payload if isinstance(payload, bytes) else None


def _charset(part: Message) -> str | None:
    try:
        return part.get_content_charset()
    except (ValueError, LookupError, TypeError, AttributeError):
        return None


def _filename(part: Message) -> str:
    try:
        name = part.get_filename() or ""
    except (ValueError, LookupError, TypeError, AttributeError, IndexError):
        return ""
    return re.sub(r"[\x00-\x1f/\\]+", "_", name.encode("utf-8", "replace").decode("utf-8")).strip()
