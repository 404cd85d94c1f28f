"""Mails as they are saved (.eml): the text, and the attachments that a reader knows."""

from __future__ import annotations

import re
from collections.abc import Iterator
from email.message import Message
from email.utils import parseaddr, parsedate_to_datetime

from ..records import Article, Failure
from . import mime
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
    message = mime.parse(file.data)
    parts = mime.leaves(message)
    attached = [part for part in parts if mime.file_name(part)]
    own = [part for part in parts if not mime.file_name(part)]
    texts = {kind: found for kind in ("text/html", "text/plain") if (found := _text(own, kind)) is not None}
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
            if (data := mime.payload(part)) is not None:
                place = f"{file.path}/{mime.file_name(part)}"
                yield File(place, data, file.reading, declared=mime.charset(part), depth=file.depth + 1)


def _article(file: File, message: Message, texts: dict[str, Decoded]) -> Article:
    plain, page = texts.get("text/plain"), texts.get("text/html")
    found = plain
    if page is not None and (plain is None or len(re.findall(r"[^\W_]", plain.text)) < _ENOUGH):
        found = Decoded(markdown_of_fragment(page.text, file.limits), page.encoding, page.notes)
        if plain is not None and len(plain.text.strip()) > len(found.text):
            found = plain
    if found is None or is_empty(found.text):
        raise Unreadable("empty")
    signature = _SIGNATURE.search(found.text)
    name, address = parseaddr(mime.header(message, "From"))
    return make_article(
        file,
        found.text[: signature.start()] if signature and signature.start() > 0 else found.text,
        format="mail",
        title=re.sub(
            r"^(?:\s*(?:re|fw|fwd|답장|전달)\s*:\s*)+",
            "",
            mime.header(message, "Subject"),
            flags=re.IGNORECASE,
        ),
        metadata={
            "author": name or address,
            "published": _date(message),
            "publisher": mime.header(message, "Organization"),
        },
        encoding=found.encoding,
        notes=found.notes,
    )


def _date(message: Message) -> str:
    value = mime.header(message, "Date")
    try:
        return parsedate_to_datetime(value).isoformat()
    except (ValueError, TypeError, IndexError, OverflowError):
        return value


def _text(parts: list[Message], kind: str) -> Decoded | None:
    """The parts of one kind, each decoded as it declares, one after the other."""
    found: list[Decoded] = []
    for part in parts:
        data = mime.payload(part) if mime.kind(part) == kind else None
        if data is not None and data.strip():
            named = mime.charset(part) or (declared_charset(data) if kind == "text/html" else None)
            found.append(decode(data, named))
    if not found:
        return None
    notes = tuple(dict.fromkeys(note for one in found for note in one.notes))
    return Decoded("\n\n".join(one.text for one in found), found[0].encoding, notes)
